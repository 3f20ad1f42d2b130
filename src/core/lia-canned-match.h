/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-hit.h"
#include "lia-canned-vocabulary.h"

G_BEGIN_DECLS

/* Which words one typed word may stand for. Not for use outside of the index. */

/**
 * LiaCannedWordMatch:
 * @word: its number in the vocabulary
 * @score: how well it fits, in (0, 1]
 */
typedef struct
{
  guint32        word;
  float          score;
  LiaCannedMatch kind;
} LiaCannedWordMatch;

/**
 * LiaCannedTyped:
 * @key: both spellings
 * @text: one typed word, folded
 * @spelled: (nullable): the same with ae for ä
 * @n_letters: of @text
 * @heads: LiaCannedWordMatch in titles, shortcuts, aliases and tags, each word once
 * @bodies: LiaCannedWordMatch in bodies
 * @n_places: how often all these words occur
 * @known: a word of @heads is @text or begins with it
 */
typedef struct
{
  char    *key;
  char    *text;
  char    *spelled;
  guint    n_letters;
  GArray  *heads;
  GArray  *bodies;
  guint    n_places;
  gboolean known;
} LiaCannedTyped;

LiaCannedTyped *lia_canned_typed_new (const char          *text,
                                      const char          *spelled,
                                      LiaCannedVocabulary *heads,
                                      LiaCannedVocabulary *bodies);
void            lia_canned_typed_free (LiaCannedTyped *self);

G_END_DECLS
