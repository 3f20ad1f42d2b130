/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which responses a reading of what was typed finds, and how well. First all places of all words are added up, which takes a nanosecond or two
 * a place, and the best few hundred are kept; then these are looked at word by word: order, neighbourhood, how much of the title was typed.
 */

#include "lia-canned-index-private.h"

#include <math.h>
#include <string.h>

#define SHORTLIST 256
#define ENOUGH 50 /* rows */
#define MANY_PLACES 5000
#define BODY 0.3f
#define MISSING 0.35f   /* off, for a word that occurs nowhere */
#define COMMONNESS 0.5f /* off a word that every response has */
#define NEIGHBOURS 0.08f
#define IN_ORDER 0.03f
#define SAME_WORD 0.3f /* off, when two typed words mean one */
#define START 0.06f
#define LATER_START 0.03f
#define COVERAGE 0.14f
#define WHOLE_SHORTCUT 0.5f
#define PRIOR 0.3f

static const float worth_of_field[LIA_CANNED_N_FIELDS] = {
  [LIA_CANNED_FIELD_START] = 1.0f,
  [LIA_CANNED_FIELD_TITLE] = 1.0f,
  [LIA_CANNED_FIELD_SHORTCUT] = 0.95f,
  [LIA_CANNED_FIELD_ALIAS] = 0.85f,
  [LIA_CANNED_FIELD_TAG] = 0.6f,
  [LIA_CANNED_FIELD_INITIALS] = 0.74f,
};

typedef struct
{
  LiaCannedIndex        *self;
  const LiaCannedPhrase *phrase;
  float                  weights[LIA_CANNED_MAX_TYPED];
  float                  total; /* of the weights */
  guint                  n_letters;
} Ranking;

/** lia_canned_index_compare: the order of rows: the best first, equal ones by title. */
int
lia_canned_index_compare (LiaCannedIndex     *self,
                          const LiaCannedRow *one,
                          const LiaCannedRow *other)
{
  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;

  return lia_canned_index_compare_places (self, one->place, other->place);
}

/* "how" and "the" say less than "refund". */
static float
weight_of (LiaCannedIndex       *self,
           const LiaCannedTyped *typed)
{
  guint32 number = lia_canned_vocabulary_find (self->heads, typed->text);
  guint   n = number != LIA_CANNED_NO_WORD ? lia_canned_vocabulary_word (self->heads, number)->n_postings : 0;

  return 1 - COMMONNESS * MIN (1, log1pf (n) / log1pf (self->n_documents));
}

/* Two letters are soon the initials of something else. */
static gboolean
counts_in (const LiaCannedWordMatch *match,
           LiaCannedField            field)
{
  return field != LIA_CANNED_FIELD_INITIALS || match->kind <= LIA_CANNED_MATCH_BEGINNING;
}

/* @everywhere: also in responses that none of the words before was found in */
static void
tally_word (Ranking *ranking,
            guint    index,
            gboolean everywhere)
{
  LiaCannedIndex       *self = ranking->self;
  const LiaCannedTyped *typed = ranking->phrase->words[index];
  guint32               bit = 1u << index;
  float                 weight = ranking->weights[index];

  for (guint i = 0; i < typed->heads->len; i++)
    {
      const LiaCannedWordMatch *match = &g_array_index (typed->heads, LiaCannedWordMatch, i);
      const LiaCannedWord      *word = lia_canned_vocabulary_word (self->heads, match->word);
      const guint32            *postings = lia_canned_word_postings (word);

      for (guint j = 0; j < word->n_postings; j++)
        {
          LiaCannedField field = LIA_CANNED_POSTING_FIELD (postings[j]);
          guint32        place = LIA_CANNED_POSTING_PLACE (postings[j]);

          if (counts_in (match, field) && (everywhere || lia_canned_index_tallied (self, place)->typed != 0))
            lia_canned_index_tally (self, place, bit, match->score * worth_of_field[field] * weight);
        }
    }

  for (guint i = 0; i < typed->bodies->len; i++)
    {
      const LiaCannedWordMatch *match = &g_array_index (typed->bodies, LiaCannedWordMatch, i);
      const LiaCannedWord      *word = lia_canned_vocabulary_word (self->bodies, match->word);
      const guint32            *postings = lia_canned_word_postings (word);

      for (guint j = 0; j < word->n_postings; j++)
        {
          if (everywhere || lia_canned_index_tallied (self, postings[j])->typed != 0)
            lia_canned_index_tally (self, postings[j], bit, match->score * BODY * weight);
        }
    }
}

/* The rarest word first. What is very common ("s", "the") adds to what was found, but finds nothing beside a rarer word. */
static void
tally_words (Ranking *ranking)
{
  const LiaCannedPhrase *phrase = ranking->phrase;
  guint32                done = 0;
  gboolean               found = FALSE;

  for (guint n = 0; n < phrase->n; n++)
    {
      guint rarest = G_MAXUINT;

      for (guint i = 0; i < phrase->n; i++)
        {
          if ((done & (1u << i)) == 0 && (rarest == G_MAXUINT || phrase->words[i]->n_places < phrase->words[rarest]->n_places))
            rarest = i;
        }
      tally_word (ranking, rarest, !found || phrase->words[rarest]->n_places <= MANY_PLACES);
      done |= 1u << rarest;
      found |= phrase->words[rarest]->n_places > 0;
    }
}

static float
with_prior (LiaCannedIndex *self,
            guint32         place,
            float           quality)
{
  return quality * (1 + PRIOR * lia_canned_index_prior (self, place)->value);
}

static float
coverage (guint n_typed,
          guint n_title)
{
  return n_title == 0 ? 0 : COVERAGE * MIN (1.0f, (float)n_typed / n_title);
}

/* Who finds enough with all words is not shown what has only some. */
static guint
words_that_may_miss (Ranking *ranking)
{
  LiaCannedIndex *self = ranking->self;
  guint32         all = (1u << ranking->phrase->n) - 1;
  guint           n = 0;

  if (ranking->phrase->n < 2)
    return 0;
  for (guint i = 0; i < self->n_touched && n < ENOUGH; i++)
    n += g_array_index (self->tallies, LiaCannedTally, g_array_index (self->touched, guint32, i)).typed == all;

  return n < ENOUGH ? MAX (1, ranking->phrase->n / 3) : 0;
}

static void
make_shortlist (Ranking       *ranking,
                LiaCannedBest *shortlist)
{
  LiaCannedIndex *self = ranking->self;
  guint           n_may_miss = words_that_may_miss (ranking);

  for (guint i = 0; i < self->n_touched; i++)
    {
      guint32               place = g_array_index (self->touched, guint32, i);
      LiaCannedTally       *tally = &g_array_index (self->tallies, LiaCannedTally, place);
      const LiaCannedPrior *prior = lia_canned_index_prior (self, place);
      guint                 n_missing = ranking->phrase->n - __builtin_popcount (tally->typed);
      float                 quality = tally->sum / ranking->total - MISSING * n_missing;

      *tally = (LiaCannedTally){ 0 };
      if (n_missing > n_may_miss || isinf (prior->value))
        continue;

      quality += coverage (ranking->n_letters, prior->n_title_letters);
      lia_canned_index_offer (self, shortlist, (LiaCannedCandidate){ place, with_prior (self, place, quality) });
    }
  self->n_touched = 0;
}

static const LiaCannedWordMatch *
find_match (const GArray *matches,
            guint32       word)
{
  guint low = 0;
  guint high = matches->len;

  while (low < high)
    {
      guint                     middle = low + (high - low) / 2;
      const LiaCannedWordMatch *match = &g_array_index (matches, LiaCannedWordMatch, middle);

      if (match->word == word)
        return match;
      if (match->word < word)
        low = middle + 1;
      else
        high = middle;
    }

  return NULL;
}

static gboolean
is_title (const LiaCannedHead *head)
{
  return head->field == LIA_CANNED_FIELD_START || head->field == LIA_CANNED_FIELD_TITLE;
}

static gboolean
is_same_text (const LiaCannedHead *one,
              const LiaCannedHead *other)
{
  return one->part == other->part && (one->field == other->field || (is_title (one) && is_title (other)));
}

/* What the place of a word adds to it, beside the places of the words before. */
static float
worth_of_order (const LiaCannedHead        *head,
                const LiaCannedHead *const *chosen,
                guint                       index)
{
  const LiaCannedHead *before = index > 0 ? chosen[index - 1] : NULL;

  for (guint i = 0; i < index; i++)
    {
      if (chosen[i] != NULL && is_same_text (chosen[i], head) && chosen[i]->position == head->position)
        return -SAME_WORD;
    }
  if (before == NULL || !is_same_text (before, head))
    return 0;

  return head->position == before->position + 1 ? NEIGHBOURS : head->position > before->position ? IN_ORDER
                                                                                                 : 0;
}

/**
 * Choice:
 *
 * The words of one response that the typed words are taken for.
 */
typedef struct
{
  const LiaCannedHead *heads[LIA_CANNED_MAX_TYPED]; /* NULL = in the body, or nowhere */
  LiaCannedMatch       worst;
  guint                n_missing;
  guint                n_title_letters; /* typed ones that are in the title */
  guint                n_in_shortcut;   /* whole words of it that were typed */
  gboolean             whole_shortcut;
  float                sum;
} Choice;

static void
note_head (Choice                   *choice,
           const LiaCannedHead      *head,
           const LiaCannedWordMatch *match,
           const LiaCannedTyped     *typed)
{
  LiaCannedMatch kind = head->field == LIA_CANNED_FIELD_INITIALS ? LIA_CANNED_MATCH_INITIALS : match->kind;

  choice->worst = MAX (choice->worst, kind);
  if (is_title (head))
    choice->n_title_letters += typed->n_letters;
  if (head->field == LIA_CANNED_FIELD_SHORTCUT && match->kind == LIA_CANNED_MATCH_EXACT)
    {
      choice->n_in_shortcut++;
      choice->whole_shortcut |= head->part == LIA_CANNED_WHOLE;
    }
}

static float
choose_head (Choice                  *choice,
             const LiaCannedDocument *document,
             const LiaCannedTyped    *typed,
             guint                    index)
{
  const LiaCannedWordMatch *best_match = NULL;
  float                     best = 0;

  for (guint i = 0; i < document->n_heads; i++)
    {
      const LiaCannedHead      *head = &document->heads[i];
      const LiaCannedWordMatch *match = find_match (typed->heads, head->word);
      float                     score;

      if (match == NULL || !counts_in (match, head->field))
        continue;
      score = match->score * worth_of_field[head->field] + worth_of_order (head, choice->heads, index);
      if (best_match == NULL || score > best)
        {
          best = score;
          best_match = match;
          choice->heads[index] = head;
        }
    }

  if (best_match != NULL)
    note_head (choice, choice->heads[index], best_match, typed);

  return best;
}

static float
find_in_body (const LiaCannedDocument *document,
              const LiaCannedTyped    *typed)
{
  float best = 0;
  guint at = 0;

  for (guint i = 0; i < typed->bodies->len && at < document->n_bodies; i++)
    {
      const LiaCannedWordMatch *match = &g_array_index (typed->bodies, LiaCannedWordMatch, i);

      while (at < document->n_bodies && document->bodies[at] < match->word)
        at++;
      if (at < document->n_bodies && document->bodies[at] == match->word)
        best = MAX (best, match->score * BODY);
    }

  return best;
}

static void
choose (const Ranking           *ranking,
        const LiaCannedDocument *document,
        Choice                  *choice)
{
  for (guint i = 0; i < ranking->phrase->n; i++)
    {
      const LiaCannedTyped *typed = ranking->phrase->words[i];
      float                 score = choose_head (choice, document, typed, i);

      if (choice->heads[i] == NULL)
        {
          score = find_in_body (document, typed);
          choice->n_missing += score == 0;
          choice->worst = score > 0 ? LIA_CANNED_MATCH_BODY : choice->worst;
        }
      choice->sum += score * ranking->weights[i];
    }
}

static guint
words_of_shortcut (const LiaCannedDocument *document)
{
  guint n = 0;

  for (guint i = 0; i < document->n_heads; i++)
    {
      if (document->heads[i].field == LIA_CANNED_FIELD_SHORTCUT)
        n = MAX (n, document->heads[i].position + 1u);
    }

  return n;
}

static float
quality_of (const Ranking *ranking,
            guint32        place,
            const Choice  *choice)
{
  const LiaCannedDocument *document = lia_canned_index_document (ranking->self, place);

  guint n = ranking->phrase->n;
  float quality = choice->sum / ranking->total - MISSING * choice->n_missing - ranking->phrase->penalty;

  quality += coverage (choice->n_title_letters, lia_canned_index_prior (ranking->self, place)->n_title_letters);
  for (guint i = 0; i < n; i++)
    {
      if (choice->heads[i] != NULL && choice->heads[i]->field == LIA_CANNED_FIELD_START)
        quality += i == 0 ? START : LATER_START;
    }
  if ((choice->whole_shortcut && n == 1) || (choice->n_in_shortcut == n && words_of_shortcut (document) == n))
    quality += WHOLE_SHORTCUT;

  return quality;
}

/**
 * lia_canned_index_rank:
 * @number: of the phrase
 * @rows: gets a LiaCannedRow for each of the best responses, in no order
 */
void
lia_canned_index_rank (LiaCannedIndex        *self,
                       const LiaCannedPhrase *phrase,
                       guint                  number,
                       GArray                *rows)
{
  Ranking            ranking = { .self = self, .phrase = phrase };
  LiaCannedCandidate heap[SHORTLIST];
  LiaCannedBest      shortlist = { .heap = heap, .max = SHORTLIST };

  for (guint i = 0; i < phrase->n; i++)
    {
      ranking.weights[i] = weight_of (self, phrase->words[i]);
      ranking.total += ranking.weights[i];
      ranking.n_letters += phrase->words[i]->n_letters;
    }
  tally_words (&ranking);

  make_shortlist (&ranking, &shortlist);
  for (guint i = 0; i < shortlist.n; i++)
    {
      LiaCannedDocument *document = lia_canned_index_document (self, heap[i].place);
      Choice             choice = { .worst = LIA_CANNED_MATCH_NONE };
      LiaCannedRow       row = { .place = heap[i].place, .phrase = number };

      choose (&ranking, document, &choice);
      row.score = with_prior (self, row.place, quality_of (&ranking, row.place, &choice));
      row.match = choice.worst;
      row.partial = choice.n_missing > 0;
      g_array_append_val (rows, row);
    }
}
