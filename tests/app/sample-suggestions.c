/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What could be better among the responses of the desk in memory: it learns nothing, and finds twins at once. */

#include "sample-client.h"

#include "lia-canned-figures.h"
#include "lia-canned-twins.h"
#include "lia-client-responses.h"
#include "lia-suggestions.h"

struct _LiaSuggestions
{
  GObject parent_instance;

  LiaClient  *client;
  GHashTable *done;
  GPtrArray  *lists[LIA_SUGGESTION_N_KINDS];
};

G_DEFINE_FINAL_TYPE (LiaSuggestions, lia_suggestions, G_TYPE_OBJECT)

static void
lia_suggestions_finalize (GObject *object)
{
  LiaSuggestions *self = LIA_SUGGESTIONS (object);

  g_clear_object (&self->client);
  g_hash_table_unref (self->done);
  for (guint i = 0; i < LIA_SUGGESTION_N_KINDS; i++)
    g_ptr_array_unref (self->lists[i]);

  G_OBJECT_CLASS (lia_suggestions_parent_class)->finalize (object);
}

static void
lia_suggestions_class_init (LiaSuggestionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_suggestions_finalize;
  g_signal_new ("changed", LIA_TYPE_SUGGESTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_suggestions_init (LiaSuggestions *self)
{
  self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < LIA_SUGGESTION_N_KINDS; i++)
    self->lists[i] = g_ptr_array_new_with_free_func (g_object_unref);
}

void
lia_suggestions_refresh (LiaSuggestions *self)
{
  g_autoptr (GPtrArray) library = lia_canned_index_list (lia_responses_get_index (lia_client_get_responses (self->client)));
  g_autoptr (GPtrArray) pairs = lia_canned_find_twins (library, self->lists[LIA_SUGGESTION_BY_HAND]);
  GPtrArray *twins = self->lists[LIA_SUGGESTION_TWINS];

  g_ptr_array_set_size (twins, 0);
  for (guint i = 0; i < pairs->len; i++)
    if (!g_hash_table_contains (self->done, ((LiaSuggestion *)pairs->pdata[i])->key))
      g_ptr_array_add (twins, g_object_ref (pairs->pdata[i]));
  g_signal_emit_by_name (self, "changed");
}

LiaSuggestions *
lia_suggestions_new (LiaClient *client)
{
  LiaSuggestions *self = g_object_new (LIA_TYPE_SUGGESTIONS, NULL);

  self->client = g_object_ref (client);
  lia_suggestions_refresh (self);

  return self;
}

LiaSuggestionsState
lia_suggestions_get_state (LiaSuggestions *self)
{
  return LIA_SUGGESTIONS_READY;
}

const GError *
lia_suggestions_get_error (LiaSuggestions *self)
{
  return NULL;
}

GPtrArray *
lia_suggestions_get (LiaSuggestions   *self,
                     LiaSuggestionKind kind)
{
  return self->lists[kind];
}

guint
lia_suggestions_count (LiaSuggestions *self)
{
  return self->lists[LIA_SUGGESTION_TWINS]->len;
}

void
lia_suggestions_set_done (LiaSuggestions *self,
                          const char     *key,
                          gboolean        done)
{
  if (done)
    g_hash_table_add (self->done, g_strdup (key));
  else
    g_hash_table_remove (self->done, key);
  lia_suggestions_refresh (self);
}

DexFuture *
lia_client_dismiss_suggestion (LiaClient  *self,
                               const char *key,
                               gboolean    dismissed)
{
  return dex_future_new_true ();
}

DexFuture *
lia_client_get_response_figures (LiaClient  *self,
                                 const char *response)
{
  return dex_future_new_take_object (lia_canned_figures_new ());
}
