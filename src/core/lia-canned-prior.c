/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What speaks for each response before a letter is typed: use, the conversation's channel, queue, language and product, and what the customer
 * wrote. It is worked out once for a context, in about 20 ns a response, so that a keystroke only reads one number of each.
 */

#include "lia-canned-index-private.h"

#include <math.h>

#define USE 0.7f             /* at most, for a response that is used all the time */
#define USES_FOR_HALF 2.5f   /* logarithm of the sendings that give half of that */
#define OWN_BESIDES_TEAM 2.0 /* the agent's own are in the team's too, so that they weigh three times as much */

/** lia_canned_index_weigh_use: Returns: one number for both, good at any moment after the last sending */
LiaCannedUse
lia_canned_index_weigh_use (const LiaCanned *canned)
{
  gint64 last_ms = MAX (canned->team_use.last_ms, canned->own_use.last_ms);
  double count = lia_canned_use_at (&canned->team_use, last_ms) + OWN_BESIDES_TEAM * lia_canned_use_at (&canned->own_use, last_ms);

  return (LiaCannedUse){ count, last_ms };
}

/* What lia_canned_use_at() says, for 100,000 of them in a millisecond. */
static float
worth_of_use (const LiaCannedUse *use,
              gint64              now_ms)
{
  float age = (float)MAX (0, now_ms - use->last_ms) / LIA_CANNED_HALF_LIFE_MS;
  float worth = use->count > 0 ? log1pf ((float)use->count * exp2f (-age)) : 0;

  return USE * worth / (worth + USES_FOR_HALF);
}

static void
judge_aims (LiaCannedIndex   *self,
            LiaCannedContext *context)
{
  GHashTableIter iter;
  gpointer       aim;

  g_hash_table_iter_init (&iter, self->aims);
  while (g_hash_table_iter_next (&iter, NULL, &aim))
    lia_canned_aim_judge (aim, context);
}

/** lia_canned_index_prepare: brings everything that queries read up to date with the responses and the context. */
void
lia_canned_index_prepare (LiaCannedIndex   *self,
                          LiaCannedContext *context)
{
  if (!self->changed && self->context == context)
    return;

  if (self->changed)
    {
      g_hash_table_remove_all (self->typed);
      lia_canned_index_settle (self);
    }
  g_set_object (&self->context, context);
  self->changed = FALSE;

  judge_aims (self, context);
  for (guint32 place = 0; place < self->documents->len; place++)
    {
      const LiaCannedDocument *document = lia_canned_index_document (self, place);
      LiaCannedPrior          *prior = lia_canned_index_prior (self, place);

      prior->value = document->aim != NULL ? worth_of_use (&document->use, context->now_ms) + document->aim->worth : -INFINITY;
      prior->similarity = 0;
    }
  lia_canned_index_resemble (self, context->message);
}
