/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For whom and for what a response is made, and whether that is the conversation at hand. */

#include "lia-canned-index-private.h"

#include <math.h>
#include <string.h>

#define FIT_CHANNEL 0.1f
#define FIT_QUEUE 0.15f
#define FIT_LANGUAGE 0.12f
#define FIT_PRODUCT 0.15f

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
 * lia_canned_fit:
 * @misfit: (out): for what else it is made
 *
 * Returns: what of the conversation the response is made for
 */
LiaCannedFit
lia_canned_fit (LiaCannedContext *context,
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

/* Each text with its length, so that no two aims have one key. */
static void
add_to_key (GString    *key,
            const char *text)
{
  g_string_append_printf (key, "%zu:%s", strlen (text), text);
}

static void
add_list_to_key (GString *key,
                 char   **list)
{
  for (guint i = 0; list[i] != NULL; i++)
    add_to_key (key, list[i]);
  g_string_append_c (key, ';');
}

static char *
make_key (LiaCanned *canned)
{
  GString *key = g_string_new (canned->state == LIA_CANNED_RETIRED ? "retired;" : ";");

  if (canned->scope == LIA_CANNED_PRIVATE)
    add_to_key (key, canned->owner);
  g_string_append_c (key, ';');
  add_list_to_key (key, canned->channels);
  add_list_to_key (key, canned->queues);
  add_list_to_key (key, canned->products);
  for (guint i = 0; i < canned->variants->len; i++)
    add_to_key (key, ((LiaCannedVariant *)canned->variants->pdata[i])->language);

  return g_string_free_and_steal (key);
}

void
lia_canned_aim_free (LiaCannedAim *self)
{
  g_free (self->key);
  g_object_unref (self->example);
  g_free (self);
}

/** lia_canned_index_take_aim: (transfer none): until lia_canned_index_drop_aim() */
LiaCannedAim *
lia_canned_index_take_aim (LiaCannedIndex *self,
                           LiaCanned      *canned)
{
  g_autofree char *key = make_key (canned);
  LiaCannedAim    *aim = g_hash_table_lookup (self->aims, key);

  if (aim == NULL)
    {
      aim = g_new0 (LiaCannedAim, 1);
      aim->key = g_steal_pointer (&key);
      aim->example = g_object_ref (canned);
      g_hash_table_insert (self->aims, aim->key, aim);
    }
  aim->n_documents++;

  return aim;
}

void
lia_canned_index_drop_aim (LiaCannedIndex *self,
                           LiaCannedAim   *aim)
{
  if (--aim->n_documents == 0)
    g_hash_table_remove (self->aims, aim->key);
}

/** lia_canned_aim_judge: what it is worth in @context. */
void
lia_canned_aim_judge (LiaCannedAim     *self,
                      LiaCannedContext *context)
{
  LiaCannedFit fit = lia_canned_fit (context, self->example, &self->misfit);

  self->worth = is_hidden (context, self->example) ? -INFINITY : worth_of_fit (fit) - worth_of_fit (self->misfit);
}
