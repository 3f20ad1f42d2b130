/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-letters.h"

G_BEGIN_DECLS

/* The words of all canned responses, and where each occurs. Not for use outside of the index. */

#define LIA_CANNED_NO_WORD G_MAXUINT32

#define LIA_CANNED_FEW_POSTINGS 2

/**
 * LiaCannedWord:
 * @text: folded; NULL in a place that is free
 * @few: where it occurs, as long as @n_allocated is 0: most words occur once or twice, and a look elsewhere costs more than all the rest
 * @many: (array length=n_postings): else; in no order; what the numbers mean is the owner's
 * @n_bytes: of @text
 */
typedef struct
{
  char *text;
  union
  {
    guint32  few[LIA_CANNED_FEW_POSTINGS];
    guint32 *many;
  };
  guint32 n_postings;
  guint32 n_allocated;
  guint32 n_bytes;
} LiaCannedWord;

static inline const guint32 *
lia_canned_word_postings (const LiaCannedWord *word)
{
  return word->n_allocated > 0 ? word->many : word->few;
}

/**
 * LiaCannedVocabulary:
 * @words: LiaCannedWord, by number
 * @masks: guint32 for each word: which letters occur, for a quick look
 * @lengths: guint8 for each word: letters; 0 = is never taken for a mistyped word
 * @sorted: guint32 numbers of words in the order of their bytes, once settled
 */
typedef struct
{
  GArray     *words;
  GArray     *masks;
  GArray     *lengths;
  GArray     *sorted;
  GArray     *added; /* numbers that are not in @sorted yet */
  GArray     *free_places;
  GHashTable *by_text;
  guint       n_unused;
  gboolean    fuzzy;
} LiaCannedVocabulary;

LiaCannedVocabulary *lia_canned_vocabulary_new (gboolean fuzzy);
void                 lia_canned_vocabulary_free (LiaCannedVocabulary *self);
guint32              lia_canned_vocabulary_add (LiaCannedVocabulary *self,
                                                const char          *text);
guint32              lia_canned_vocabulary_find (LiaCannedVocabulary *self,
                                                 const char          *text);
void                 lia_canned_vocabulary_post (LiaCannedVocabulary *self,
                                                 guint32              word,
                                                 guint32              posting);
void                 lia_canned_vocabulary_unpost (LiaCannedVocabulary *self,
                                                   guint32              word,
                                                   guint32              posting);
void                 lia_canned_vocabulary_settle (LiaCannedVocabulary *self);
guint                lia_canned_vocabulary_first (LiaCannedVocabulary *self,
                                                  const char          *beginning);
gboolean             lia_canned_vocabulary_knows (LiaCannedVocabulary *self,
                                                  const char          *beginning);
guint32              lia_canned_mask_of (const char *text);

static inline LiaCannedWord *
lia_canned_vocabulary_word (LiaCannedVocabulary *self,
                            guint32              word)
{
  return &((LiaCannedWord *)(void *)self->words->data)[word];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCannedVocabulary, lia_canned_vocabulary_free)

G_END_DECLS
