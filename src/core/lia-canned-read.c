/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How what was typed may be read: as it stands, with two neighbours as one word ("charge back"), with an unknown word as two ("giftcard",
 * "refpol").
 */

#include "lia-canned-index-private.h"
#include "lia-canned-text.h"

#include <string.h>

#define MAX_TYPED_BYTES 400
#define MAX_TO_JOIN 5 /* words; who typed more has said enough */
#define MIN_TO_SPLIT 5
#define MIN_BEFORE_SPLIT 2
#define MIN_AFTER_SPLIT 3
#define MIN_BEGINNING_BEFORE_SPLIT 3
#define MAX_SPLITS 4
#define JOINED 0.05f
#define SPLIT 0.08f
#define SPLIT_BEGINNINGS 0.15f
#define MAX_TYPED_KEPT 256

/** lia_canned_index_typed: Returns: (transfer none): the words that a typed word may stand for */
LiaCannedTyped *
lia_canned_index_typed (LiaCannedIndex *self,
                        const char     *text,
                        const char     *spelled)
{
  g_autofree char *key = g_strjoin (" ", text, spelled, NULL);
  LiaCannedTyped  *typed = g_hash_table_lookup (self->typed, key);

  if (typed != NULL)
    return typed;

  typed = lia_canned_typed_new (text, spelled, self->heads, self->bodies);
  g_hash_table_insert (self->typed, typed->key, typed);

  return typed;
}

static void
read_plainly (LiaCannedIndex  *self,
              const char      *typed,
              LiaCannedPhrase *phrase)
{
  g_autofree char *valid = g_utf8_make_valid (typed, strnlen (typed, MAX_TYPED_BYTES));
  g_autoptr (GArray) words = lia_canned_text_words (valid);

  for (guint i = 0; i < words->len && phrase->n < LIA_CANNED_MAX_TYPED; i++)
    {
      const LiaCannedTextWord *word = &g_array_index (words, LiaCannedTextWord, i);
      const LiaCannedTextWord *next = i + 1 < words->len ? word + 1 : NULL;
      const char              *spelled = next != NULL && next->kind == LIA_CANNED_TEXT_RESPELLED ? next->text : NULL;
      gboolean                 repeated = FALSE;

      if (word->kind != LIA_CANNED_TEXT_WORD)
        continue;
      for (guint j = 0; j < phrase->n; j++)
        repeated |= g_str_equal (phrase->words[j]->text, word->text);
      if (!repeated)
        phrase->words[phrase->n++] = lia_canned_index_typed (self, word->text, spelled);
    }
}

static void
add_joined (LiaCannedIndex        *self,
            const LiaCannedPhrase *plain,
            guint                  first,
            GArray                *phrases)
{
  g_autofree char *joined = g_strconcat (plain->words[first]->text, plain->words[first + 1]->text, NULL);
  LiaCannedPhrase  phrase = { .n = plain->n - 1, .penalty = JOINED };

  if (!lia_canned_vocabulary_knows (self->heads, joined))
    return;

  for (guint i = 0; i < phrase.n; i++)
    phrase.words[i] = plain->words[i > first ? i + 1 : i];
  phrase.words[first] = lia_canned_index_typed (self, joined, NULL);
  g_array_append_val (phrases, phrase);
}

static gboolean
is_word (LiaCannedIndex *self,
         const char     *text)
{
  guint32 number = lia_canned_vocabulary_find (self->heads, text);

  return number != LIA_CANNED_NO_WORD && lia_canned_vocabulary_word (self->heads, number)->n_postings > 0;
}

static void
add_split (LiaCannedIndex        *self,
           const LiaCannedPhrase *plain,
           guint                  split,
           const char            *before,
           const char            *after,
           float                  penalty,
           GArray                *phrases)
{
  LiaCannedPhrase phrase = { .n = plain->n + 1, .penalty = penalty };

  for (guint i = 0; i < phrase.n; i++)
    phrase.words[i] = plain->words[i > split ? i - 1 : i];
  phrase.words[split] = lia_canned_index_typed (self, before, NULL);
  phrase.words[split + 1] = lia_canned_index_typed (self, after, NULL);
  g_array_append_val (phrases, phrase);
}

/* @words: the first half has to be a whole word, else both may be beginnings. Returns the number of splits that make sense. */
static guint
add_splits (LiaCannedIndex        *self,
            const LiaCannedPhrase *plain,
            guint                  split,
            gboolean               words,
            GArray                *phrases)
{
  const char *text = plain->words[split]->text;
  guint       n_letters = plain->words[split]->n_letters;
  guint       least = words ? MIN_BEFORE_SPLIT : MIN_BEGINNING_BEFORE_SPLIT;
  guint       n = 0;

  for (guint cut = n_letters - MIN_AFTER_SPLIT; cut >= least && n < MAX_SPLITS; cut--)
    {
      const char      *after = g_utf8_offset_to_pointer (text, cut);
      g_autofree char *before = g_strndup (text, after - text);

      if (words ? !is_word (self, before) : !lia_canned_vocabulary_knows (self->heads, before))
        continue;
      if (!lia_canned_vocabulary_knows (self->heads, after))
        continue;
      add_split (self, plain, split, before, after, words ? SPLIT : SPLIT_BEGINNINGS, phrases);
      n++;
    }

  return n;
}

/** lia_canned_index_read: Returns: (transfer full): LiaCannedPhrase, the plain one first; empty when there is no word in what was typed */
GArray *
lia_canned_index_read (LiaCannedIndex *self,
                       const char     *typed)
{
  GArray         *phrases = g_array_new (FALSE, TRUE, sizeof (LiaCannedPhrase));
  LiaCannedPhrase plain = { .n = 0 };

  if (g_hash_table_size (self->typed) > MAX_TYPED_KEPT)
    g_hash_table_remove_all (self->typed);
  read_plainly (self, typed, &plain);
  if (plain.n == 0)
    return phrases;

  g_array_append_val (phrases, plain);
  for (guint i = 0; plain.n <= MAX_TO_JOIN && i + 1 < plain.n; i++)
    add_joined (self, &plain, i, phrases);
  for (guint i = 0; i < plain.n && plain.n < LIA_CANNED_MAX_TYPED; i++)
    {
      if (plain.words[i]->known || plain.words[i]->n_letters < MIN_TO_SPLIT)
        continue;
      if (add_splits (self, &plain, i, TRUE, phrases) == 0)
        add_splits (self, &plain, i, FALSE, phrases);
    }

  return phrases;
}
