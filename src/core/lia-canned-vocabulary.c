/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Words are numbered, so that a list of them is a list of small numbers. They are sorted only when somebody asks for a beginning: filling an
 * index of 100,000 responses sorts once, and a single new word is merged in. A word that occurs nowhere any more keeps its number until
 * enough of them are there to be swept.
 */

#include "lia-canned-vocabulary.h"

#include <string.h>

#define MIN_UNUSED_TO_SWEEP 256

static void
word_clear (gpointer data)
{
  LiaCannedWord *word = data;

  g_clear_pointer (&word->text, g_free);
  if (word->n_allocated > 0)
    g_free (word->many);
  memset (word, 0, sizeof *word);
}

/**
 * lia_canned_vocabulary_new:
 * @fuzzy: whether its words are searched with typos
 */
LiaCannedVocabulary *
lia_canned_vocabulary_new (gboolean fuzzy)
{
  LiaCannedVocabulary *self = g_new0 (LiaCannedVocabulary, 1);

  self->words = g_array_new (FALSE, TRUE, sizeof (LiaCannedWord));
  g_array_set_clear_func (self->words, word_clear);
  self->masks = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->lengths = g_array_new (FALSE, TRUE, sizeof (guint8));
  self->sorted = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->added = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->free_places = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->by_text = g_hash_table_new (g_str_hash, g_str_equal);
  self->fuzzy = fuzzy;

  return self;
}

void
lia_canned_vocabulary_free (LiaCannedVocabulary *self)
{
  g_hash_table_unref (self->by_text);
  g_array_unref (self->words);
  g_array_unref (self->masks);
  g_array_unref (self->lengths);
  g_array_unref (self->sorted);
  g_array_unref (self->added);
  g_array_unref (self->free_places);
  g_free (self);
}

/**
 * lia_canned_mask_of: Returns: a bit for each letter that occurs. Letters may share one: a bit that is missing says for certain that a letter is.
 */
guint32
lia_canned_mask_of (const char *text)
{
  guint32 mask = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      mask |= 1u << (c >= 'a' && c <= 'z' ? c - 'a' : c & 31);
    }

  return mask;
}

/* Numbers mean another thing with one digit changed. */
static guint8
length_for_typos (const char *text)
{
  guint n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (g_ascii_isdigit (*at))
        return 0;
      n++;
    }

  return n <= LIA_CANNED_MAX_LETTERS ? n : 0;
}

static guint32
take_place (LiaCannedVocabulary *self)
{
  guint32 place = self->words->len;

  if (self->free_places->len > 0)
    {
      place = g_array_index (self->free_places, guint32, self->free_places->len - 1);
      g_array_set_size (self->free_places, self->free_places->len - 1);
    }
  else
    {
      g_array_set_size (self->words, place + 1);
      g_array_set_size (self->masks, place + 1);
      g_array_set_size (self->lengths, place + 1);
    }

  return place;
}

/** lia_canned_vocabulary_add: Returns: the number of a word, which is new or not; it occurs nowhere until it is posted */
guint32
lia_canned_vocabulary_add (LiaCannedVocabulary *self,
                           const char          *text)
{
  guint32        number = lia_canned_vocabulary_find (self, text);
  LiaCannedWord *word;

  if (number != LIA_CANNED_NO_WORD)
    return number;

  number = take_place (self);
  word = lia_canned_vocabulary_word (self, number);
  word->text = g_strdup (text);
  word->n_bytes = strlen (text);
  if (self->fuzzy)
    {
      g_array_index (self->masks, guint32, number) = lia_canned_mask_of (text);
      g_array_index (self->lengths, guint8, number) = length_for_typos (text);
    }
  g_array_append_val (self->added, number);
  g_hash_table_insert (self->by_text, word->text, GUINT_TO_POINTER (number + 1));
  self->n_unused++;

  return number;
}

/** lia_canned_vocabulary_find: Returns: the number of a word, or LIA_CANNED_NO_WORD */
guint32
lia_canned_vocabulary_find (LiaCannedVocabulary *self,
                            const char          *text)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_text, text));

  return found > 0 ? found - 1 : LIA_CANNED_NO_WORD;
}

static void
make_room (LiaCannedWord *word)
{
  guint32 few[LIA_CANNED_FEW_POSTINGS];

  if (word->n_allocated > 0)
    {
      word->n_allocated += word->n_allocated / 2;
      word->many = g_renew (guint32, word->many, word->n_allocated);
      return;
    }

  memcpy (few, word->few, sizeof few);
  word->n_allocated = 2 * LIA_CANNED_FEW_POSTINGS;
  word->many = g_new (guint32, word->n_allocated);
  memcpy (word->many, few, sizeof few);
}

/** lia_canned_vocabulary_post: the word occurs there. */
void
lia_canned_vocabulary_post (LiaCannedVocabulary *self,
                            guint32              number,
                            guint32              posting)
{
  LiaCannedWord *word = lia_canned_vocabulary_word (self, number);

  if (word->n_postings == MAX (LIA_CANNED_FEW_POSTINGS, word->n_allocated))
    make_room (word);
  if (word->n_postings == 0)
    self->n_unused--;
  (word->n_allocated > 0 ? word->many : word->few)[word->n_postings++] = posting;
}

/** lia_canned_vocabulary_unpost: takes back what lia_canned_vocabulary_post() was once told. */
void
lia_canned_vocabulary_unpost (LiaCannedVocabulary *self,
                              guint32              number,
                              guint32              posting)
{
  LiaCannedWord *word = lia_canned_vocabulary_word (self, number);
  guint32       *postings = word->n_allocated > 0 ? word->many : word->few;

  for (guint32 i = word->n_postings; i > 0; i--)
    {
      if (postings[i - 1] != posting)
        continue;

      postings[i - 1] = postings[--word->n_postings];
      if (word->n_postings == 0)
        self->n_unused++;
      return;
    }
}

/* Gives the places of unused words back. */
static void
sweep (LiaCannedVocabulary *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->sorted->len; i++)
    {
      guint32        number = g_array_index (self->sorted, guint32, i);
      LiaCannedWord *word = lia_canned_vocabulary_word (self, number);

      if (word->n_postings > 0)
        {
          g_array_index (self->sorted, guint32, kept++) = number;
          continue;
        }

      g_hash_table_remove (self->by_text, word->text);
      word_clear (word);
      g_array_index (self->lengths, guint8, number) = 0;
      g_array_append_val (self->free_places, number);
    }

  g_array_set_size (self->sorted, kept);
  self->n_unused = 0;
}

static int
compare_words (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  LiaCannedVocabulary *self = data;

  return strcmp (lia_canned_vocabulary_word (self, *(const guint32 *)a)->text,
                 lia_canned_vocabulary_word (self, *(const guint32 *)b)->text);
}

/* The index in @sorted, from @low on, of the first word that is not before @text. */
static guint
find_first (LiaCannedVocabulary *self,
            guint                low,
            const char          *text)
{
  guint high = self->sorted->len;

  while (low < high)
    {
      guint   middle = low + (high - low) / 2;
      guint32 number = g_array_index (self->sorted, guint32, middle);

      if (strcmp (lia_canned_vocabulary_word (self, number)->text, text) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Whole runs between two new words are copied: a few words among 200,000 take a tenth of a millisecond. */
static void
merge (LiaCannedVocabulary *self)
{
  GArray        *merged = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->sorted->len + self->added->len);
  const guint32 *sorted = (const guint32 *)(void *)self->sorted->data;
  guint          from = 0;

  g_array_sort_with_data (self->added, compare_words, self);
  for (guint i = 0; i < self->added->len; i++)
    {
      guint32 number = g_array_index (self->added, guint32, i);
      guint   to = find_first (self, from, lia_canned_vocabulary_word (self, number)->text);

      g_array_append_vals (merged, sorted + from, to - from);
      g_array_append_val (merged, number);
      from = to;
    }
  g_array_append_vals (merged, sorted + from, self->sorted->len - from);

  g_array_unref (self->sorted);
  self->sorted = merged;
  g_array_set_size (self->added, 0);
}

/** lia_canned_vocabulary_settle: brings it in order after changes, before anybody looks for beginnings. */
void
lia_canned_vocabulary_settle (LiaCannedVocabulary *self)
{
  if (self->added->len > 0)
    merge (self);
  if (self->n_unused > MAX (MIN_UNUSED_TO_SWEEP, self->sorted->len / 4))
    sweep (self);
}

/** lia_canned_vocabulary_first: Returns: the index in @sorted of the first word that is not before @beginning */
guint
lia_canned_vocabulary_first (LiaCannedVocabulary *self,
                             const char          *beginning)
{
  return find_first (self, 0, beginning);
}

/** lia_canned_vocabulary_knows: Returns: whether a word that occurs somewhere begins so */
gboolean
lia_canned_vocabulary_knows (LiaCannedVocabulary *self,
                             const char          *beginning)
{
  for (guint i = lia_canned_vocabulary_first (self, beginning); i < self->sorted->len; i++)
    {
      LiaCannedWord *word = lia_canned_vocabulary_word (self, g_array_index (self->sorted, guint32, i));

      if (!g_str_has_prefix (word->text, beginning))
        return FALSE;
      if (word->n_postings > 0)
        return TRUE;
    }

  return FALSE;
}
