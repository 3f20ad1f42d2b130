/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Text to words: NFKC with full case folding (ß = ss), Latin, Greek, Cyrillic, Arabic and Hebrew without their marks, words split where
 * letters and digits end, scripts written without blanks as overlapping pairs. Measured: without this "退款" is not found in "退款政策" and
 * "ruckerstattung" not in "Rückerstattung". Offsets are the original's, so that what was found can be marked.
 */

#include "lia-tokens.h"

#include <string.h>

#define MAX_WORD_BYTES 64
#define MAX_COMPOUND_PARTS 8
#define MAX_TEXT_BYTES (512 * 1024) /* of one text; what is behind it is not indexed */

typedef enum {
  CHARACTER_OTHER,
  CHARACTER_WORD,
  CHARACTER_PAIRED, /* of a script without blanks */
  CHARACTER_JOINER,
} CharacterKind;

typedef struct
{
  const char  *text;
  const char  *end;
  LiaTokenFunc func;
  gpointer     data;
  guint        compound;
} Scan;

static gboolean
is_paired (gunichar c)
{
  if (c < 0x0e00)
    return FALSE;

  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;
    default:
      return FALSE;
    }
}

static CharacterKind
kind_of (gunichar c)
{
  if (c < 0x80)
    {
      if (g_ascii_isalnum (c))
        return CHARACTER_WORD;

      return c != 0 && strchr ("@.-_+/:#'&", c) != NULL ? CHARACTER_JOINER : CHARACTER_OTHER;
    }

  if (c == 0x2019 || c == 0x2010 || c == 0x2011)
    return CHARACTER_JOINER;
  if (!g_unichar_isalnum (c) && !g_unichar_ismark (c))
    return CHARACTER_OTHER;

  return is_paired (c) ? CHARACTER_PAIRED : CHARACTER_WORD;
}

static gboolean
is_mark_to_strip (gunichar c)
{
  return (c >= 0x0300 && c <= 0x036f) || (c >= 0x0591 && c <= 0x05c7) || (c >= 0x064b && c <= 0x0652) || c == 0x0670 ||
         (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe20 && c <= 0xfe2f);
}

/* Letters with a stroke and the like, which Unicode does not take apart. */
static const char *
replacement_of (gunichar c)
{
  static const struct
  {
    gunichar    from;
    const char *to;
  } table[] = {
    { 0x00e6, "ae" },
    { 0x00f0, "d" },
    { 0x00f8, "o" },
    { 0x00fe, "th" },
    { 0x0111, "d" },
    { 0x0127, "h" },
    { 0x0131, "i" },
    { 0x0142, "l" },
    { 0x0153, "oe" },
    { 0x0167, "t" },
  };

  for (guint i = 0; c >= 0x00e6 && c <= 0x0167 && i < G_N_ELEMENTS (table); i++)
    {
      if (table[i].from == c)
        return table[i].to;
    }

  return NULL;
}

static char *
fold_unicode (const char *word,
              gsize       length)
{
  g_autofree char *decomposed = g_utf8_normalize (word, length, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (decomposed, -1);
  g_autoptr (GString) kept = g_string_sized_new (strlen (folded));

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar    c = g_utf8_get_char (at);
      const char *replacement = replacement_of (c);

      if (replacement != NULL)
        g_string_append (kept, replacement);
      else if (!is_mark_to_strip (c) && (g_unichar_isalnum (c) || g_unichar_ismark (c)))
        g_string_append_unichar (kept, c);
    }

  return g_utf8_normalize (kept->str, kept->len, G_NORMALIZE_ALL_COMPOSE);
}

static void
emit (Scan       *scan,
      const char *start,
      const char *end,
      gboolean    tail)
{
  char             ascii[MAX_WORD_BYTES + 1];
  g_autofree char *folded = NULL;
  gsize            length = end - start;
  gsize            n = 0;
  LiaToken         token = { ascii, start - scan->text, end - scan->text, scan->compound, tail };

  if (length > MAX_WORD_BYTES)
    return;

  while (n < length && (guchar)start[n] < 0x80)
    {
      ascii[n] = g_ascii_tolower (start[n]);
      n++;
    }
  ascii[n] = '\0';

  if (n < length)
    {
      folded = fold_unicode (start, length);
      token.text = folded;
    }

  if (token.text != NULL && token.text[0] != '\0')
    scan->func (&token, scan->data);
}

static const char *
end_of_run (const char   *at,
            const char   *end,
            CharacterKind kind)
{
  while (at < end)
    {
      gunichar      c = g_utf8_get_char (at);
      CharacterKind here = kind_of (c);

      if (here != kind && !(here != CHARACTER_OTHER && g_unichar_ismark (c)))
        break;
      at = g_utf8_next_char (at);
    }

  return at;
}

/* A character with the marks that follow it. */
static const char *
next_cluster (const char *at,
              const char *end)
{
  do
    at = g_utf8_next_char (at);
  while (at < end && g_unichar_ismark (g_utf8_get_char (at)));

  return at;
}

static void
emit_pairs (Scan       *scan,
            const char *start,
            const char *end)
{
  const char *first = start;

  while (first < end)
    {
      const char *second = next_cluster (first, end);

      scan->compound++; /* pairs overlap: never one whole */
      if (second < end)
        emit (scan, first, next_cluster (second, end), FALSE);
      else
        emit (scan, first, end, TRUE);
      first = second;
    }
}

/**
 * lia_tokens_scan:
 * @text: (array length=length): valid UTF-8
 * @func: called for each word, in order
 *
 * Takes a text apart.
 */
void
lia_tokens_scan (const char  *text,
                 gsize        length,
                 LiaTokenFunc func,
                 gpointer     data)
{
  Scan        scan = { text, text + MIN (length, MAX_TEXT_BYTES), func, data, 0 };
  const char *at = text;
  gboolean    glued = FALSE; /* to the word before */

  if (length > MAX_TEXT_BYTES)
    scan.end = g_utf8_find_prev_char (text, scan.end + 1);

  while (at < scan.end)
    {
      CharacterKind kind = kind_of (g_utf8_get_char (at));
      const char   *start = at;

      if (kind == CHARACTER_OTHER || kind == CHARACTER_JOINER)
        {
          glued = glued && kind == CHARACTER_JOINER;
          at = g_utf8_next_char (at);
          continue;
        }

      if (!glued)
        scan.compound++;
      at = end_of_run (at, scan.end, kind);
      if (kind == CHARACTER_PAIRED)
        emit_pairs (&scan, start, at);
      else
        emit (&scan, start, at, FALSE);
      glued = kind == CHARACTER_WORD;
    }
}

typedef struct
{
  GString *words;
  GString *wholes;
  GString *whole; /* of the compound under way */
  guint    compound;
  guint    n_parts;
} Indexing;

static void
append_word (GString    *string,
             const char *word)
{
  if (string->len > 0)
    g_string_append_c (string, ' ');
  g_string_append (string, word);
}

static void
end_compound (Indexing *indexing)
{
  if (indexing->n_parts > 1 && indexing->n_parts <= MAX_COMPOUND_PARTS && indexing->whole->len <= MAX_WORD_BYTES)
    append_word (indexing->wholes, indexing->whole->str);

  g_string_truncate (indexing->whole, 0);
  indexing->n_parts = 0;
}

static void
on_indexed (const LiaToken *token,
            gpointer        data)
{
  Indexing *indexing = data;

  if (token->compound != indexing->compound)
    end_compound (indexing);

  indexing->compound = token->compound;
  indexing->n_parts++;
  if (indexing->n_parts <= MAX_COMPOUND_PARTS)
    g_string_append (indexing->whole, token->text);
  append_word (indexing->words, token->text);
}

/**
 * lia_tokens_index:
 * @words: gets the words, apart by blanks
 * @wholes: gets each compound without its punctuation: "ord2026117" for "ORD-2026/117", so that it is found as it is said
 *
 * Adds a text to what is stored for search.
 */
void
lia_tokens_index (const char *text,
                  gsize       length,
                  GString    *words,
                  GString    *wholes)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  Indexing indexing = { words, wholes, whole, 0, 0 };

  lia_tokens_scan (text, length, on_indexed, &indexing);
  end_compound (&indexing);
}
