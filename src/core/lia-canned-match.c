/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One typed word against all words of a vocabulary: the word itself, words that begin with it, words that are one or two typos away or begin
 * so, and words whose letters it skips ("pwd" for password). A typo is a letter too many, too few, another one, or two swapped (optimal string
 * alignment). Measured with 117,000 words: a look at which letters occur leaves a few thousand to be compared, so that a plain scan takes 20 to
 * 40 µs and no index of misspellings is needed, which could not find beginnings anyway.
 */

#include "lia-canned-match.h"

#include "lia-canned-letters.h"

#include <string.h>

#define EXACT 1.0f
#define BEGINNING 0.72f      /* and up to */
#define BEGINNING_MORE 0.22f /* this more, the more of the word was typed */
#define ONE_TYPO 0.64f
#define TWO_TYPOS 0.46f
#define BEGINNING_ONE_TYPO 0.52f
#define BEGINNING_TWO_TYPOS 0.36f
#define FIRST_LETTER_WRONG 0.12f /* off */
#define LETTERS 0.34f
#define LETTERS_MORE 0.2f
#define MIN_LIKENESS 0.5f
#define FORM 0.25f
#define FORM_MORE 0.45f
#define TWO_LETTERS 2
#define MIN_BODY_BEGINNING 3
#define MAX_BODY_WORDS 256

static void
add_match (GArray        *matches,
           guint32        word,
           float          score,
           LiaCannedMatch kind)
{
  g_array_append_vals (matches, &(LiaCannedWordMatch){ word, score, kind }, 1);
}

/* The word itself and those that begin with it. */
static void
match_beginning (LiaCannedVocabulary *vocabulary,
                 const char          *text,
                 guint                min_letters,
                 guint                max_words,
                 GArray              *matches)
{
  g_autofree char *after = g_strconcat (text, "\xff", NULL); /* which no word has */
  gsize            length = strlen (text);
  guint            end = lia_canned_vocabulary_first (vocabulary, after);
  gboolean         beginnings = g_utf8_strlen (text, -1) >= min_letters;

  for (guint i = lia_canned_vocabulary_first (vocabulary, text); i < end && matches->len < max_words; i++)
    {
      guint32        number = g_array_index (vocabulary->sorted, guint32, i);
      LiaCannedWord *word = lia_canned_vocabulary_word (vocabulary, number);

      if (!beginnings && word->n_bytes > length)
        break;
      if (word->n_postings == 0)
        continue;
      if (word->n_bytes == length)
        add_match (matches, number, EXACT, LIA_CANNED_MATCH_EXACT);
      else
        add_match (matches, number, BEGINNING + BEGINNING_MORE * length / word->n_bytes, LIA_CANNED_MATCH_BEGINNING);
    }
}

/* "refunding" for refund. */
static void
match_forms (LiaCannedVocabulary *vocabulary,
             const char          *text,
             const gunichar      *typed,
             guint                n_typed,
             GArray              *matches)
{
  g_autofree char *stem = NULL;

  if (n_typed <= LIA_CANNED_MIN_STEM)
    return;

  stem = g_utf8_substring (text, 0, LIA_CANNED_MIN_STEM);
  for (guint i = lia_canned_vocabulary_first (vocabulary, stem); i < vocabulary->sorted->len; i++)
    {
      guint32        number = g_array_index (vocabulary->sorted, guint32, i);
      LiaCannedWord *word = lia_canned_vocabulary_word (vocabulary, number);
      gunichar       letters[LIA_CANNED_MAX_LETTERS + 1];
      float          likeness;

      if (!g_str_has_prefix (word->text, stem))
        break;
      if (word->n_postings == 0 || g_str_has_prefix (word->text, text))
        continue;
      likeness = lia_canned_likeness (typed, n_typed, letters, lia_canned_letters (word->text, letters));
      if (likeness >= MIN_LIKENESS)
        add_match (matches, number, FORM + FORM_MORE * likeness, LIA_CANNED_MATCH_FORM);
    }
}

static guint
typos_of_beginning_for (guint n_letters)
{
  return n_letters >= 8 ? 2 : n_letters >= 5 ? 1
                                             : 0;
}

static void
compare_word (LiaCannedVocabulary *vocabulary,
              guint32              number,
              const char          *text,
              const gunichar      *typed,
              guint                n_typed,
              guint                limit,
              GArray              *matches)
{
  LiaCannedWord *word = lia_canned_vocabulary_word (vocabulary, number);
  gunichar       letters[LIA_CANNED_MAX_LETTERS + 1];
  guint          n_letters;
  guint          beginning;
  guint          distance;
  float          score;

  if (word->n_postings == 0 || g_str_has_prefix (word->text, text))
    return;

  n_letters = lia_canned_letters (word->text, letters);
  distance = lia_canned_distance (typed, n_typed, letters, n_letters, limit, &beginning);
  if (distance <= limit)
    score = distance == 1 ? ONE_TYPO : TWO_TYPOS;
  else if (beginning <= MIN (limit, typos_of_beginning_for (n_typed)))
    score = beginning == 1 ? BEGINNING_ONE_TYPO : BEGINNING_TWO_TYPOS;
  else
    return;

  add_match (matches, number, letters[0] == typed[0] ? score : score - FIRST_LETTER_WRONG, LIA_CANNED_MATCH_TYPO);
}

/* A typo takes at most one letter of what was typed away, so all but @limit of its letters must occur. */
static void
match_typos (LiaCannedVocabulary *vocabulary,
             const char          *text,
             const gunichar      *typed,
             guint                n_typed,
             guint                limit,
             GArray              *matches)
{
  const guint32 *masks = (const guint32 *)(void *)vocabulary->masks->data;
  const guint8  *lengths = (const guint8 *)vocabulary->lengths->data;
  guint32        mask = lia_canned_mask_of (text);
  guint          min_length = MAX (1, n_typed - limit);

  for (guint32 number = 0; number < vocabulary->words->len; number++)
    {
      guint32 missing = mask & ~masks[number];

      missing &= missing - 1;
      if (limit == 2)
        missing &= missing - 1;
      if (missing == 0 && lengths[number] >= min_length)
        compare_word (vocabulary, number, text, typed, n_typed, limit, matches);
    }
}

static gboolean
skips_letters (const gunichar *typed,
               guint           n_typed,
               const char     *word)
{
  guint i = 0;

  if (g_utf8_get_char (word) != typed[0])
    return FALSE;
  for (const char *at = word; *at != '\0' && i < n_typed; at = g_utf8_next_char (at))
    {
      if (g_utf8_get_char (at) == typed[i])
        i++;
    }

  return i == n_typed;
}

/* "pwd" for password. */
static void
match_letters (LiaCannedVocabulary *vocabulary,
               const char          *text,
               const gunichar      *typed,
               guint                n_typed,
               GArray              *matches)
{
  const guint32 *masks = (const guint32 *)(void *)vocabulary->masks->data;
  const guint8  *lengths = (const guint8 *)vocabulary->lengths->data;
  guint32        mask = lia_canned_mask_of (text);

  for (guint32 number = 0; number < vocabulary->words->len; number++)
    {
      LiaCannedWord *word;

      if ((mask & ~masks[number]) != 0 || lengths[number] <= n_typed + 1)
        continue;

      word = lia_canned_vocabulary_word (vocabulary, number);
      if (word->n_postings > 0 && !g_str_has_prefix (word->text, text) && skips_letters (typed, n_typed, word->text))
        add_match (matches, number, LETTERS + LETTERS_MORE * n_typed / lengths[number], LIA_CANNED_MATCH_LETTERS);
    }
}

static gboolean
may_be_mistyped (const gunichar *typed,
                 guint           n_typed)
{
  for (guint i = 0; i < n_typed; i++)
    {
      if (g_unichar_isdigit (typed[i]))
        return FALSE;
    }

  return TRUE;
}

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  const LiaCannedWordMatch *one = a;
  const LiaCannedWordMatch *other = b;

  if (one->word != other->word)
    return one->word < other->word ? -1 : 1;

  return one->score > other->score ? -1 : one->score < other->score;
}

/* A word that was found in two ways counts as the better one. */
static void
keep_best (GArray *matches)
{
  guint kept = 0;

  g_array_sort (matches, compare_matches);
  for (guint i = 0; i < matches->len; i++)
    {
      LiaCannedWordMatch match = g_array_index (matches, LiaCannedWordMatch, i);

      if (kept == 0 || g_array_index (matches, LiaCannedWordMatch, kept - 1).word != match.word)
        g_array_index (matches, LiaCannedWordMatch, kept++) = match;
    }
  g_array_set_size (matches, kept);
}

static void
match_spelling (LiaCannedTyped      *self,
                const char          *text,
                LiaCannedVocabulary *heads,
                LiaCannedVocabulary *bodies)
{
  gunichar typed[LIA_CANNED_MAX_LETTERS + 1];
  guint    n_typed = lia_canned_letters (text, typed);
  guint    n_before = self->heads->len;
  guint    limit;

  match_beginning (heads, text, 1, G_MAXUINT, self->heads);
  match_beginning (bodies, text, MIN_BODY_BEGINNING, self->bodies->len + MAX_BODY_WORDS, self->bodies);
  self->known |= self->heads->len > n_before;
  if (!may_be_mistyped (typed, n_typed))
    return;

  limit = lia_canned_typos_for (n_typed, self->heads->len - n_before);
  if (limit > 0)
    match_typos (heads, text, typed, n_typed, limit, self->heads);
  match_forms (heads, text, typed, n_typed, self->heads);
  if (n_typed > TWO_LETTERS || (n_typed == TWO_LETTERS && !self->known))
    match_letters (heads, text, typed, n_typed, self->heads);
}

static guint
count_places (LiaCannedVocabulary *vocabulary,
              const GArray        *matches)
{
  guint n = 0;

  for (guint i = 0; i < matches->len; i++)
    n += lia_canned_vocabulary_word (vocabulary, g_array_index (matches, LiaCannedWordMatch, i).word)->n_postings;

  return n;
}

/**
 * lia_canned_typed_new:
 * @spelled: (nullable): another spelling of the same word
 *
 * Both vocabularies must be settled; the result is good until one of them changes.
 */
LiaCannedTyped *
lia_canned_typed_new (const char          *text,
                      const char          *spelled,
                      LiaCannedVocabulary *heads,
                      LiaCannedVocabulary *bodies)
{
  LiaCannedTyped *self = g_new0 (LiaCannedTyped, 1);

  self->key = g_strjoin (" ", text, spelled, NULL);
  self->text = g_strdup (text);
  self->spelled = g_strdup (spelled);
  self->n_letters = g_utf8_strlen (text, -1);
  self->heads = g_array_new (FALSE, FALSE, sizeof (LiaCannedWordMatch));
  self->bodies = g_array_new (FALSE, FALSE, sizeof (LiaCannedWordMatch));

  match_spelling (self, text, heads, bodies);
  if (spelled != NULL)
    match_spelling (self, spelled, heads, bodies);
  keep_best (self->heads);
  keep_best (self->bodies);
  self->n_places = count_places (heads, self->heads) + count_places (bodies, self->bodies);

  return self;
}

void
lia_canned_typed_free (LiaCannedTyped *self)
{
  g_free (self->key);
  g_free (self->text);
  g_free (self->spelled);
  g_array_unref (self->heads);
  g_array_unref (self->bodies);
  g_free (self);
}
