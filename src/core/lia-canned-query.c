/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The questions that are asked of the index: what was meant by these letters, what does this conversation need, what is used in such ones. */

#include "lia-canned-index-private.h"

#include <math.h>

#define LEAST_USE 0.5 /* sent once in the last month */

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  return lia_canned_index_compare (data, a, b);
}

static GPtrArray *
make_hits (LiaCannedIndex *self,
           GArray         *rows,
           const GArray   *phrases,
           guint           max)
{
  GPtrArray *hits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_array_sort_with_data (rows, compare_rows, self);
  for (guint i = 0; i < rows->len && hits->len < max; i++)
    {
      const LiaCannedRow *row = &g_array_index (rows, LiaCannedRow, i);

      if (g_hash_table_add (seen, GUINT_TO_POINTER (row->place)))
        g_ptr_array_add (hits, lia_canned_index_make_hit (self, row, phrases));
    }

  return hits;
}

typedef gboolean (*Wanted) (LiaCannedIndex *self,
                            guint32         place);

static gboolean
is_any (LiaCannedIndex *self,
        guint32         place)
{
  return TRUE;
}

static gboolean
is_similar (LiaCannedIndex *self,
            guint32         place)
{
  return lia_canned_index_prior (self, place)->similarity >= LIA_CANNED_SIMILAR_ENOUGH;
}

static gboolean
is_used_here (LiaCannedIndex *self,
              guint32         place)
{
  const LiaCannedDocument *document = lia_canned_index_document (self, place);

  return document->aim->misfit == 0 && lia_canned_use_at (&document->use, self->context->now_ms) >= LEAST_USE;
}

/* Before a letter is typed: what resembles the customer's words, then what is used. */
static GPtrArray *
find_unasked (LiaCannedIndex *self,
              Wanted          is_wanted,
              guint           max)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LiaCannedRow));
  g_autofree LiaCannedCandidate *heap = NULL;
  LiaCannedBest                  best = { .max = MIN (max, self->n_documents) };

  best.heap = heap = g_new (LiaCannedCandidate, best.max);
  for (guint32 place = 0; best.max > 0 && place < self->documents->len; place++)
    {
      float value = lia_canned_index_prior (self, place)->value;

      if (is_similar (self, place))
        value += 1 + lia_canned_index_prior (self, place)->similarity;
      if (isinf (value) || (best.n == best.max && value < heap[0].score) || !is_wanted (self, place))
        continue;
      lia_canned_index_offer (self, &best, (LiaCannedCandidate){ place, value });
    }
  for (guint i = 0; i < best.n; i++)
    g_array_append_vals (rows, &(LiaCannedRow){ .place = heap[i].place, .score = heap[i].score }, 1);

  return make_hits (self, rows, NULL, max);
}

/**
 * lia_canned_index_query:
 * @typed: any text
 * @max: how many rows at most
 *
 * What an agent may have meant, the best first. Without a word typed: what lia_canned_index_suggest() says, then what is used most.
 *
 * Returns: (transfer full): LiaCannedHit
 */
GPtrArray *
lia_canned_index_query (LiaCannedIndex   *self,
                        const char       *typed,
                        LiaCannedContext *context,
                        guint             max)
{
  g_autoptr (GArray) phrases = NULL;
  g_autoptr (GArray) rows = NULL;

  g_return_val_if_fail (LIA_IS_CANNED_INDEX (self), NULL);
  g_return_val_if_fail (LIA_IS_CANNED_CONTEXT (context), NULL);

  lia_canned_index_prepare (self, context);
  phrases = lia_canned_index_read (self, typed);
  if (phrases->len == 0)
    return find_unasked (self, is_any, max);

  rows = g_array_new (FALSE, FALSE, sizeof (LiaCannedRow));
  for (guint i = 0; i < phrases->len; i++)
    lia_canned_index_rank (self, &g_array_index (phrases, LiaCannedPhrase, i), i, rows);

  return make_hits (self, rows, phrases, max);
}

/**
 * lia_canned_index_suggest:
 *
 * Responses to the customer's last message, the best first.
 *
 * Returns: (transfer full): LiaCannedHit; empty when nothing is similar enough to be shown unasked
 */
GPtrArray *
lia_canned_index_suggest (LiaCannedIndex   *self,
                          LiaCannedContext *context,
                          guint             max)
{
  g_return_val_if_fail (LIA_IS_CANNED_INDEX (self), NULL);
  g_return_val_if_fail (LIA_IS_CANNED_CONTEXT (context), NULL);

  lia_canned_index_prepare (self, context);

  return find_unasked (self, is_similar, max);
}

/**
 * lia_canned_index_most_used:
 *
 * What the agent and the team send, the agent's own sendings counting threefold, among the responses that are not made for another channel,
 * queue, language or product.
 *
 * Returns: (transfer full): LiaCannedHit, the best first: by use, and made for this one before made for any; empty when nothing was sent lately
 */
GPtrArray *
lia_canned_index_most_used (LiaCannedIndex   *self,
                            LiaCannedContext *context,
                            guint             max)
{
  g_return_val_if_fail (LIA_IS_CANNED_INDEX (self), NULL);
  g_return_val_if_fail (LIA_IS_CANNED_CONTEXT (context), NULL);

  lia_canned_index_prepare (self, context);

  return find_unasked (self, is_used_here, max);
}
