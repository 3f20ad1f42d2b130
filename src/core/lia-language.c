/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-language.h"

#include <string.h>

/*
 * In which language a text is written. Where a script belongs to one language it says so; else the commonest words do: a word counts the more, the
 * fewer languages have it, a letter that few have counts a little. A wrong language would choose a wrong wording, so in doubt there is none.
 *
 * Only this file and the words know how it is done: a library that does it better takes the place of both.
 */

#define MAX_BYTES 4000        /* more says nothing new */
#define MIN_LETTERS 20        /* of scripts that do not write a word with a sign */
#define ENOUGH 1.3            /* two words that one language has alone, or some more that two have */
#define CLEARLY 1.25          /* times as much as the next */
#define OF_A_LETTER 0.25      /* as much as a word that four languages have */
#define MAX_LETTERS_SCORE 1.0 /* a name in a text shall not decide */

/* Scripts of one language */
static const struct
{
  GUnicodeScript script;
  const char    *tag;
} own_scripts[] = {
  { G_UNICODE_SCRIPT_GREEK, "el" },
  { G_UNICODE_SCRIPT_HEBREW, "he" },
  { G_UNICODE_SCRIPT_THAI, "th" },
  { G_UNICODE_SCRIPT_HANGUL, "ko" },
  { G_UNICODE_SCRIPT_GEORGIAN, "ka" },
  { G_UNICODE_SCRIPT_ARMENIAN, "hy" },
  { G_UNICODE_SCRIPT_TAMIL, "ta" },
  { G_UNICODE_SCRIPT_KHMER, "km" },
};

/* Letters that Arabic does not have, and its neighbours do */
#define NOT_ARABIC "پچگژٹڈڑںےکیە"

typedef struct
{
  guint scripts[G_N_ELEMENTS (own_scripts)];
  guint han, kana, arabic, not_arabic, written; /* written: with Latin or Cyrillic letters, told by words */
  guint letters;                                /* of all */
} Count;

/* What a word, or a letter, says: a bit a language */
typedef struct
{
  GHashTable *words;   /* char* -> guint64 */
  GHashTable *letters; /* gunichar -> guint64 */
} Known;

static void
add_bit (GHashTable *table,
         gpointer    key,
         guint       language)
{
  guint64 *bits = g_hash_table_lookup (table, key);

  if (bits == NULL)
    {
      bits = g_new0 (guint64, 1);
      g_hash_table_insert (table, key, bits);
    }
  *bits |= G_GUINT64_CONSTANT (1) << language;
}

static void
add_language (Known                  *known,
              const LiaLanguageWords *language,
              guint                   index)
{
  g_auto (GStrv) words = g_strsplit (language->words, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    add_bit (known->words, (gpointer)g_intern_string (words[i]), index);
  for (const char *p = language->letters; *p != '\0'; p = g_utf8_next_char (p))
    add_bit (known->letters, GUINT_TO_POINTER (g_utf8_get_char (p)), index);
}

static const Known *
get_known (void)
{
  static gsize once;
  static Known known;

  if (g_once_init_enter (&once))
    {
      guint                   n;
      const LiaLanguageWords *languages = lia_language_words (&n);

      g_assert (n <= 64);
      known.words = g_hash_table_new (g_str_hash, g_str_equal);
      known.letters = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < n; i++)
        add_language (&known, &languages[i], i);
      g_once_init_leave (&once, 1);
    }

  return &known;
}

static void
count_letter (Count   *count,
              gunichar letter)
{
  GUnicodeScript script = g_unichar_get_script (letter);

  count->letters++;
  if (script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_CYRILLIC)
    count->written++;
  else if (script == G_UNICODE_SCRIPT_HAN)
    count->han++;
  else if (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA)
    count->kana++;
  else if (script == G_UNICODE_SCRIPT_ARABIC)
    count->arabic++;
  if (script == G_UNICODE_SCRIPT_ARABIC && g_utf8_strchr (NOT_ARABIC, -1, letter) != NULL)
    count->not_arabic++;
  for (guint i = 0; i < G_N_ELEMENTS (own_scripts); i++)
    count->scripts[i] += own_scripts[i].script == script;
}

/* @letters of @count are most of it: names and product numbers stand between them in Latin letters. */
static gboolean
is_most (const Count *count,
         guint        letters)
{
  return letters * 2 > count->letters;
}

static const char *
by_script (const Count *count)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_scripts); i++)
    {
      if (is_most (count, count->scripts[i]))
        return own_scripts[i].tag;
    }
  if (is_most (count, count->han + count->kana))
    return count->kana * 10 > count->han ? "ja" : "zh";
  if (is_most (count, count->arabic) && count->not_arabic * 50 < count->arabic && count->letters >= MIN_LETTERS)
    return "ar";

  return NULL;
}

static void
score_bits (double        *scores,
            const guint64 *bits,
            double         most)
{
  int n = bits != NULL ? __builtin_popcountll (*bits) : 0;

  for (guint i = 0; n > 0 && i < 64; i++)
    {
      if (*bits >> i & 1)
        scores[i] += most / n;
    }
}

static gboolean
is_part (gunichar letter)
{
  return g_unichar_isalpha (letter) || g_unichar_ismark (letter) || letter == '\'';
}

/* The words of the text that are known, and its letters, each of which counts once. */
static void
score_text (const char *text,
            double     *scores)
{
  const Known *known = get_known ();
  double       letters[64] = { 0 };
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (const char *p = text; *p != '\0';)
    {
      const char *start = p;

      for (; *p != '\0' && is_part (g_utf8_get_char (p)); p = g_utf8_next_char (p))
        {
          gpointer letter = GUINT_TO_POINTER (g_utf8_get_char (p));

          if (g_hash_table_add (seen, letter))
            score_bits (letters, g_hash_table_lookup (known->letters, letter), OF_A_LETTER * 2);
        }
      if (p > start)
        {
          g_autofree char *word = g_strndup (start, p - start);

          score_bits (scores, g_hash_table_lookup (known->words, word), 1.0);
        }
      else
        p = g_utf8_next_char (p);
    }

  for (guint i = 0; i < 64; i++)
    scores[i] += MIN (letters[i], MAX_LETTERS_SCORE);
}

static const char *
by_words (const char *text)
{
  guint                   n;
  const LiaLanguageWords *languages = lia_language_words (&n);
  double                  scores[64] = { 0 };
  guint                   best = 0;
  double                  next = 0;

  score_text (text, scores);
  for (guint i = 1; i < n; i++)
    {
      if (scores[i] > scores[best])
        best = i;
    }
  for (guint i = 0; i < n; i++)
    next = i != best ? MAX (next, scores[i]) : next;

  return scores[best] >= ENOUGH && scores[best] >= next * CLEARLY ? languages[best].tag : NULL;
}

/** lia_language_list: (transfer full): the tags of all languages that lia_language_of() may find. */
GStrv
lia_language_list (void)
{
  static const char *const others[] = { "ja", "zh", "ar", NULL };
  guint                    n;
  const LiaLanguageWords  *languages = lia_language_words (&n);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    g_strv_builder_add (builder, languages[i].tag);
  for (guint i = 0; i < G_N_ELEMENTS (own_scripts); i++)
    g_strv_builder_add (builder, own_scripts[i].tag);
  g_strv_builder_addv (builder, (const char **)others);

  return g_strv_builder_end (builder);
}

/**
 * lia_language_of: the language that @text is written in.
 * @text: the writer's own words, without what they quote
 *
 * Returns: (nullable): a tag (BCP 47: "de"), a static string; NULL where that is not sure, as in most texts below forty letters
 */
const char *
lia_language_of (const char *text)
{
  g_autofree char *whole = g_utf8_make_valid (text, (gssize)strnlen (text, MAX_BYTES));
  g_autofree char *composed = g_utf8_normalize (whole, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autofree char *plain = g_utf8_strdown (composed, -1);
  Count            count = { 0 };

  g_strdelimit (plain, "\t\r\n", ' ');
  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalpha (g_utf8_get_char (p)))
        count_letter (&count, g_utf8_get_char (p));
    }

  return is_most (&count, count.written) ? count.letters >= MIN_LETTERS ? by_words (plain) : NULL : by_script (&count);
}

/** lia_language_is_common_word: whether @word, in small letters, is one that texts of some language cannot do without, so that it says nothing of what one is about. */
gboolean
lia_language_is_common_word (const char *word)
{
  return g_hash_table_contains (get_known ()->words, word);
}
