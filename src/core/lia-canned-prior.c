/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What speaks for each response before a letter is typed: use, the conversation's channel, queue, language and product, and what the customer
 * wrote. It is worked out once for a context, so that a keystroke only reads one number of each response.
 */

#include "lia-canned-index-private.h"

#include <math.h>
#include <string.h>

#define USE 0.7f             /* at most, for a response that is used all the time */
#define USES_FOR_HALF 2.5    /* logarithm of the sendings that give half of that */
#define OWN_BESIDES_TEAM 2.0 /* the agent's own are in the team's too, so that they weigh three times as much */
#define FIT_CHANNEL 0.1f
#define FIT_QUEUE 0.15f
#define FIT_LANGUAGE 0.12f
#define FIT_PRODUCT 0.15f
#define SIMILARITY 0.6f

static float
worth_of_use (const LiaCanned *canned,
              gint64           now_ms)
{
  double uses = lia_canned_use_at (&canned->team_use, now_ms) + OWN_BESIDES_TEAM * lia_canned_use_at (&canned->own_use, now_ms);
  double worth = log1p (uses);

  return USE * worth / (worth + USES_FOR_HALF);
}

static gboolean
is_same_language (const char *one,
                  const char *other)
{
  gsize length = strcspn (one, "-_");

  return length == strcspn (other, "-_") && g_ascii_strncasecmp (one, other, length) == 0;
}

/* Whether it has a text for the language; a text for any language is neither. */
static void
fit_language (LiaCanned    *canned,
              const char   *language,
              LiaCannedFit *fit,
              LiaCannedFit *misfit)
{
  gboolean any = FALSE;

  for (guint i = 0; i < canned->variants->len; i++)
    {
      const LiaCannedVariant *variant = g_ptr_array_index (canned->variants, i);

      if (variant->language[0] == '\0')
        any = TRUE;
      else if (is_same_language (variant->language, language))
        {
          *fit |= LIA_CANNED_FIT_LANGUAGE;
          return;
        }
    }

  if (!any && canned->variants->len > 0)
    *misfit |= LIA_CANNED_FIT_LANGUAGE;
}

static void
fit_list (char        **hints,
          const char   *value,
          LiaCannedFit  bit,
          LiaCannedFit *fit,
          LiaCannedFit *misfit)
{
  if (value[0] == '\0' || hints[0] == NULL)
    return;
  if (g_strv_contains ((const char *const *)hints, value))
    *fit |= bit;
  else
    *misfit |= bit;
}

/**
 * lia_canned_index_fit:
 * @misfit: (out): for what else it is made
 *
 * Returns: what of the conversation the response is made for
 */
LiaCannedFit
lia_canned_index_fit (LiaCannedContext *context,
                      LiaCanned        *canned,
                      LiaCannedFit     *misfit)
{
  LiaCannedFit fit = 0;

  *misfit = 0;
  fit_list (canned->channels, context->channel, LIA_CANNED_FIT_CHANNEL, &fit, misfit);
  fit_list (canned->queues, context->queue, LIA_CANNED_FIT_QUEUE, &fit, misfit);
  fit_list (canned->products, context->product, LIA_CANNED_FIT_PRODUCT, &fit, misfit);
  if (context->language[0] != '\0')
    fit_language (canned, context->language, &fit, misfit);

  return fit;
}

static float
worth_of_fit (LiaCannedFit fit)
{
  return (fit & LIA_CANNED_FIT_CHANNEL ? FIT_CHANNEL : 0) + (fit & LIA_CANNED_FIT_QUEUE ? FIT_QUEUE : 0) +
         (fit & LIA_CANNED_FIT_LANGUAGE ? FIT_LANGUAGE : 0) + (fit & LIA_CANNED_FIT_PRODUCT ? FIT_PRODUCT : 0);
}

static gboolean
is_hidden (LiaCannedContext *context,
           const LiaCanned  *canned)
{
  if (canned->state == LIA_CANNED_RETIRED && !context->retired)
    return TRUE;

  return canned->scope == LIA_CANNED_PRIVATE && !g_str_equal (canned->owner, context->agent);
}

static float
value_of (LiaCannedContext *context,
          LiaCanned        *canned,
          float             similarity)
{
  LiaCannedFit misfit;
  LiaCannedFit fit = lia_canned_index_fit (context, canned, &misfit);

  return worth_of_use (canned, context->now_ms) + worth_of_fit (fit) - worth_of_fit (misfit) + SIMILARITY * similarity;
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
      lia_canned_vocabulary_settle (self->heads);
      lia_canned_vocabulary_settle (self->bodies);
    }
  g_set_object (&self->context, context);
  self->changed = FALSE;

  for (guint32 place = 0; place < self->documents->len; place++)
    {
      LiaCannedPrior *prior = lia_canned_index_prior (self, place);
      LiaCanned      *canned = lia_canned_index_document (self, place)->canned;
      gboolean        hidden = canned == NULL || is_hidden (context, canned);

      prior->value = hidden ? -INFINITY : 0;
      prior->similarity = 0;
    }
  lia_canned_index_resemble (self, context->message);
  for (guint32 place = 0; place < self->documents->len; place++)
    {
      LiaCannedPrior *prior = lia_canned_index_prior (self, place);

      if (!isinf (prior->value))
        prior->value = value_of (context, lia_canned_index_document (self, place)->canned, prior->similarity);
    }
}
