/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The two questions that are asked of the index: what was meant by these letters, and what does this conversation need. */

#include "lia-canned-index-private.h"

#include <math.h>

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

/* Before a letter is typed: what resembles the customer's words, then what is used. */
static GArray *
all_rows (LiaCannedIndex *self,
          float           least_similarity)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (LiaCannedRow));

  for (guint32 place = 0; place < self->documents->len; place++)
    {
      const LiaCannedPrior *prior = lia_canned_index_prior (self, place);
      gboolean              suggested = prior->similarity >= LIA_CANNED_SIMILAR_ENOUGH;
      LiaCannedRow          row = { .place = place, .score = prior->value + (suggested ? 1 + prior->similarity : 0) };

      if (!isinf (prior->value) && prior->similarity >= least_similarity)
        g_array_append_val (rows, row);
    }

  return rows;
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
    {
      rows = all_rows (self, 0);
      return make_hits (self, rows, NULL, max);
    }

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
  g_autoptr (GArray) rows = NULL;

  g_return_val_if_fail (LIA_IS_CANNED_INDEX (self), NULL);
  g_return_val_if_fail (LIA_IS_CANNED_CONTEXT (context), NULL);

  lia_canned_index_prepare (self, context);
  rows = all_rows (self, LIA_CANNED_SIMILAR_ENOUGH);

  return make_hits (self, rows, NULL, max);
}
