/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The best few of many places: a heap, so that a place that is none of them costs one comparison. */

#include "lia-canned-index-private.h"

#include <string.h>

/** lia_canned_index_compare_places: by title. Equal scores must not change places with the way the index was filled. */
int
lia_canned_index_compare_places (LiaCannedIndex *self,
                                 guint32         one,
                                 guint32         other)
{
  LiaCanned *a = lia_canned_index_document (self, one)->canned;
  LiaCanned *b = lia_canned_index_document (self, other)->canned;
  int        order = strcmp (a->title, b->title);

  return order != 0 ? order : strcmp (a->id, b->id);
}

static gboolean
is_before (LiaCannedIndex           *self,
           const LiaCannedCandidate *one,
           const LiaCannedCandidate *other)
{
  if (one->score != other->score)
    return one->score > other->score;

  return lia_canned_index_compare_places (self, one->place, other->place) < 0;
}

static void
add (LiaCannedIndex    *self,
     LiaCannedBest     *best,
     LiaCannedCandidate candidate)
{
  LiaCannedCandidate *heap = best->heap;
  guint               at;

  for (at = best->n++; at > 0 && is_before (self, &heap[(at - 1) / 2], &candidate); at = (at - 1) / 2)
    heap[at] = heap[(at - 1) / 2];
  heap[at] = candidate;
}

static void
replace_worst (LiaCannedIndex    *self,
               LiaCannedBest     *best,
               LiaCannedCandidate candidate)
{
  LiaCannedCandidate *heap = best->heap;
  guint               at;
  guint               child;

  for (at = 0; 2 * at + 1 < best->n; at = child)
    {
      child = 2 * at + 1;
      if (child + 1 < best->n && is_before (self, &heap[child], &heap[child + 1]))
        child++;
      if (!is_before (self, &candidate, &heap[child]))
        break;
      heap[at] = heap[child];
    }
  heap[at] = candidate;
}

/** lia_canned_index_offer: takes @candidate if it is one of the best. */
void
lia_canned_index_offer (LiaCannedIndex    *self,
                        LiaCannedBest     *best,
                        LiaCannedCandidate candidate)
{
  if (best->n < best->max)
    add (self, best, candidate);
  else if (best->max > 0 && is_before (self, &candidate, &best->heap[0]))
    replace_worst (self, best, candidate);
}
