/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-twins.h"

#include "lia-canned-change.h"
#include "lia-twins.h"

#include <string.h>

#define LEAST_LIKENESS 0.6
#define MAX_PAIRS 2000 /* of a library that was imported twice not all are told at once */

/* All that is compared: every text of every response, then the answers by hand */
typedef struct
{
  GPtrArray *texts; /* const char * */
  GPtrArray *of;    /* LiaCanned or LiaSuggestion of each */
} Texts;

static void
collect (Texts     *self,
         GPtrArray *library,
         GPtrArray *by_hand)
{
  for (guint i = 0; i < library->len; i++)
    {
      LiaCanned *canned = library->pdata[i];

      for (guint j = 0; canned->state != LIA_CANNED_RETIRED && j < canned->variants->len; j++)
        {
          g_ptr_array_add (self->texts, ((LiaCannedVariant *)canned->variants->pdata[j])->body);
          g_ptr_array_add (self->of, canned);
        }
    }
  for (guint i = 0; i < by_hand->len; i++)
    {
      g_ptr_array_add (self->texts, ((LiaSuggestion *)by_hand->pdata[i])->text);
      g_ptr_array_add (self->of, by_hand->pdata[i]);
    }
}

/* "r_9" before "r_12" */
static gboolean
is_before (const char *id,
           const char *other)
{
  gsize length = strlen (id), other_length = strlen (other);

  return length != other_length ? length < other_length : strcmp (id, other) < 0;
}

/* (transfer full) (nullable): NULL for a response that is like itself, and for two answers by hand */
static LiaSuggestion *
make_pair (gpointer one,
           gpointer other,
           double   likeness)
{
  LiaSuggestion *pair;

  if (one == other || !LIA_IS_CANNED (one))
    return NULL;

  pair = lia_suggestion_new (LIA_IS_CANNED (other) ? LIA_SUGGESTION_TWINS : LIA_SUGGESTION_BY_HAND);
  pair->likeness = likeness;
  if (pair->kind == LIA_SUGGESTION_TWINS)
    {
      const char *id = ((LiaCanned *)one)->id, *other_id = ((LiaCanned *)other)->id;
      gboolean    in_order = is_before (id, other_id);

      g_set_str (&pair->response, in_order ? id : other_id);
      g_set_str (&pair->other, in_order ? other_id : id);
      g_free (pair->key);
      pair->key = g_strconcat ("twins:", pair->response, ":", pair->other, NULL);
    }
  else
    {
      g_set_str (&pair->key, ((LiaSuggestion *)other)->key);
      g_set_str (&pair->other, ((LiaCanned *)one)->id);
    }

  return pair;
}

/**
 * lia_canned_find_twins:
 * @library: of LiaCanned; what is retired is left out
 * @by_hand: of LiaSuggestion: answers that are compared with the responses, too
 *
 * Touches nothing else, so that a thread can do it.
 *
 * Returns: (transfer full): of LiaSuggestion, the most alike first: twins, each two responses once, whichever of their texts are alike; and, as
 *   %LIA_SUGGESTION_BY_HAND, keys of @by_hand with the response (`other`) that says nearly the same
 */
GPtrArray *
lia_canned_find_twins (GPtrArray *library,
                       GPtrArray *by_hand)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GPtrArray) of = g_ptr_array_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) pairs = NULL;

  collect (&(Texts){ list, of }, library, by_hand);
  pairs = lia_twins_find ((const char *const *)list->pdata, list->len, LEAST_LIKENESS);
  for (guint i = 0; i < pairs->len && found->len < MAX_PAIRS; i++)
    {
      const LiaTwins *twins = &g_array_index (pairs, LiaTwins, i);
      g_autoptr (LiaSuggestion) pair = make_pair (of->pdata[twins->a], of->pdata[twins->b], twins->likeness);

      if (pair != NULL && g_hash_table_add (known, g_strdup (pair->key)))
        g_ptr_array_add (found, g_steal_pointer (&pair));
    }

  return found;
}

static void
add_new_words (GStrvBuilder *builder,
               GStrv         known,
               GStrv         words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *)known, words[i]))
      g_strv_builder_add (builder, words[i]);
}

static void
unite_words (GStrv *words,
             GStrv  others)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **)*words);
  add_new_words (builder, *words, others);
  g_strfreev (*words);
  *words = g_strv_builder_end (builder);
}

static void
unite_texts (LiaCanned *united,
             LiaCanned *other)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_variant_unref);

  for (guint i = 0; i < united->variants->len; i++)
    g_ptr_array_add (texts, lia_canned_variant_ref (united->variants->pdata[i]));
  for (guint i = 0; i < other->variants->len; i++)
    {
      LiaCannedVariant *text = other->variants->pdata[i];

      if (lia_canned_find_variant (united, text->language, text->formality, text->channel) == NULL)
        g_ptr_array_add (texts, lia_canned_variant_ref (text));
    }
  g_ptr_array_unref (united->variants);
  united->variants = g_steal_pointer (&texts);
}

/**
 * lia_canned_unite: one for two that say nearly the same.
 *
 * Returns: (transfer full): @kept, to be found by all that @other was found by, and with the texts that only @other has, as for another language
 */
LiaCanned *
lia_canned_unite (LiaCanned *kept,
                  LiaCanned *other)
{
  LiaCanned *united = lia_canned_copy (kept);

  unite_words (&united->tags, other->tags);
  unite_words (&united->aliases, other->aliases);
  if (g_utf8_collate (kept->title, other->title) != 0)
    unite_words (&united->aliases, (char *[]){ other->title, NULL });
  unite_texts (united, other);
  if (*united->shortcut == '\0')
    g_set_str (&united->shortcut, other->shortcut);
  if (*united->folder == '\0')
    g_set_str (&united->folder, other->folder);

  return united;
}
