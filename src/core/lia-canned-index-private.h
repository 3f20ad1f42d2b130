/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-index.h"
#include "lia-canned-match.h"
#include "lia-canned-vocabulary.h"

G_BEGIN_DECLS

/* What the parts of the index share. */

/*
 * To the customer's message, to be shown unasked. Chosen on CLINC150's validation messages: of those that have an answer four of five get
 * suggestions, of those that have none one of six.
 */
#define LIA_CANNED_SIMILAR_ENOUGH 0.38f

/** LiaCannedField: where a word stands, besides in bodies. */
typedef enum {
  LIA_CANNED_FIELD_START, /* the first word of the title */
  LIA_CANNED_FIELD_TITLE,
  LIA_CANNED_FIELD_SHORTCUT,
  LIA_CANNED_FIELD_ALIAS,
  LIA_CANNED_FIELD_TAG,
  LIA_CANNED_FIELD_INITIALS, /* first letters of the title's words; never mistyped */
  LIA_CANNED_N_FIELDS,
} LiaCannedField;

/* A posting of a head word is the document's place with the field in its lowest bits; of a body word the place alone. */
#define LIA_CANNED_FIELD_BITS 3
#define LIA_CANNED_POSTING(place, field) ((guint32)(place) << LIA_CANNED_FIELD_BITS | (field))
#define LIA_CANNED_POSTING_PLACE(posting) ((posting) >> LIA_CANNED_FIELD_BITS)
#define LIA_CANNED_POSTING_FIELD(posting) ((posting) & ((1u << LIA_CANNED_FIELD_BITS) - 1))

#define LIA_CANNED_WHOLE G_MAXUINT16

/**
 * LiaCannedHead:
 * @part: which alias or tag, from 0; LIA_CANNED_WHOLE = several words written as one
 * @position: which word of it
 */
typedef struct
{
  guint32 word;
  guint16 part;
  guint8  field;
  guint8  position;
} LiaCannedHead;

/**
 * LiaCannedAim:
 * @example: one of the responses
 * @worth: in the context that the priors are for; negative infinity = must not be shown
 * @misfit: for what else than this conversation it is
 *
 * For whom and for what responses are made. Those that agree in it share one, so that a context is compared with a few aims, not with every response.
 */
typedef struct
{
  char        *key;
  LiaCanned   *example;
  guint        n_documents;
  float        worth;
  LiaCannedFit misfit;
} LiaCannedAim;

/**
 * LiaCannedDocument:
 * @canned: NULL in a place that is free, as is @aim
 * @use: the agent's own sendings weighed with those of all
 * @heads: (array length=n_heads): the words of title, shortcut, aliases and tags
 * @bodies: (array length=n_bodies): the numbers of the words of its texts, ascending, each once
 */
typedef struct
{
  LiaCanned     *canned;
  LiaCannedAim  *aim;
  LiaCannedUse   use;
  LiaCannedHead *heads;
  guint32       *bodies;
  guint32        n_heads;
  guint32        n_bodies;
} LiaCannedDocument;

/**
 * LiaCannedPrior:
 * @value: what speaks for a document before anything is typed; negative infinity = must not be shown
 * @similarity: to the customer's message, from 0 to 1
 * @n_title_letters: letters of the title's words
 */
typedef struct
{
  float   value;
  float   similarity;
  guint32 n_title_letters;
} LiaCannedPrior;

/**
 * LiaCannedTally:
 * @typed: a bit for each typed word that was found
 * @sum: of their scores
 * @last: the best score of the typed word under way
 *
 * What a document has got so far.
 */
typedef struct
{
  guint32 typed;
  float   sum;
  float   last;
} LiaCannedTally;

struct _LiaCannedIndex
{
  GObject parent_instance;

  GArray              *documents; /* LiaCannedDocument, by place */
  GArray              *free_places;
  GHashTable          *by_id; /* id of a response, its place + 1 */
  GHashTable          *aims;  /* LiaCannedAim, by its key */
  LiaCannedVocabulary *heads;
  LiaCannedVocabulary *bodies;
  guint                n_documents;
  guint64              total_heads; /* words of all documents, for their mean length */
  guint64              total_bodies;

  GHashTable       *typed;   /* LiaCannedTyped by key: the words of the keystrokes before */
  LiaCannedContext *context; /* that the priors are for */
  GArray           *priors;  /* LiaCannedPrior, by place */
  GArray           *tallies; /* LiaCannedTally, by place; all zero between queries */
  GArray           *touched; /* as long as these; first the places whose tally is not zero */
  guint             n_touched;
  gboolean          changed; /* since the priors and typed words were made */
};

static inline LiaCannedDocument *
lia_canned_index_document (LiaCannedIndex *self,
                           guint32         place)
{
  return &((LiaCannedDocument *)(void *)self->documents->data)[place];
}

static inline LiaCannedPrior *
lia_canned_index_prior (LiaCannedIndex *self,
                        guint32         place)
{
  return &((LiaCannedPrior *)(void *)self->priors->data)[place];
}

static inline LiaCannedTally *
lia_canned_index_tallied (LiaCannedIndex *self,
                          guint32         place)
{
  return &((LiaCannedTally *)(void *)self->tallies->data)[place];
}

/* Gives a document what one typed word is worth in it, if that is more than it got for that word so far. */
static inline void
lia_canned_index_tally (LiaCannedIndex *self,
                        guint32         place,
                        guint32         bit,
                        float           score)
{
  LiaCannedTally *tally = lia_canned_index_tallied (self, place);

  if (tally->typed == 0)
    ((guint32 *)(void *)self->touched->data)[self->n_touched++] = place;

  if ((tally->typed & bit) == 0)
    {
      tally->typed |= bit;
      tally->sum += score;
      tally->last = score;
    }
  else if (score > tally->last)
    {
      tally->sum += score - tally->last;
      tally->last = score;
    }
}

/**
 * LiaCannedPhrase:
 * @words: (array length=n): LiaCannedTyped, borrowed
 * @penalty: for not being what was typed
 *
 * One reading of what was typed.
 */
#define LIA_CANNED_MAX_TYPED 8

typedef struct
{
  LiaCannedTyped *words[LIA_CANNED_MAX_TYPED];
  guint           n;
  float           penalty;
} LiaCannedPhrase;

/**
 * LiaCannedRow:
 *
 * A hit under way.
 */
typedef struct
{
  guint32        place;
  float          score;
  LiaCannedMatch match;
  gboolean       partial;
  guint          phrase; /* which of the readings found it */
} LiaCannedRow;

/** LiaCannedBest: the best of many: a heap with the worst on top. */
typedef struct
{
  guint32 place;
  float   score;
} LiaCannedCandidate;

typedef struct
{
  LiaCannedCandidate *heap; /* (array length=max): the first @n are there */
  guint               n;
  guint               max;
} LiaCannedBest;

void            lia_canned_index_offer (LiaCannedIndex    *self,
                                        LiaCannedBest     *best,
                                        LiaCannedCandidate candidate);
int             lia_canned_index_compare_places (LiaCannedIndex *self,
                                                 guint32         one,
                                                 guint32         other);
LiaCannedAim   *lia_canned_index_take_aim (LiaCannedIndex *self,
                                           LiaCanned      *canned);
void            lia_canned_index_drop_aim (LiaCannedIndex *self,
                                           LiaCannedAim   *aim);
void            lia_canned_aim_free (LiaCannedAim *self);
void            lia_canned_aim_judge (LiaCannedAim     *self,
                                      LiaCannedContext *context);
LiaCannedUse    lia_canned_index_weigh_use (const LiaCanned *canned);
void            lia_canned_index_prepare (LiaCannedIndex   *self,
                                          LiaCannedContext *context);
LiaCannedTyped *lia_canned_index_typed (LiaCannedIndex *self,
                                        const char     *text,
                                        const char     *spelled);
GArray         *lia_canned_index_read (LiaCannedIndex *self,
                                       const char     *typed);
void            lia_canned_index_rank (LiaCannedIndex        *self,
                                       const LiaCannedPhrase *phrase,
                                       guint                  number,
                                       GArray                *rows);
void            lia_canned_index_resemble (LiaCannedIndex *self,
                                           const char     *message);
int             lia_canned_index_compare (LiaCannedIndex     *self,
                                          const LiaCannedRow *one,
                                          const LiaCannedRow *other);
LiaCannedHit   *lia_canned_index_make_hit (LiaCannedIndex     *self,
                                           const LiaCannedRow *row,
                                           const GArray       *phrases);
LiaCannedFit    lia_canned_fit (LiaCannedContext *context,
                                LiaCanned        *canned,
                                LiaCannedFit     *misfit);

G_END_DECLS
