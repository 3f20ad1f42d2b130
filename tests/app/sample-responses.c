/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the responses of the desk in memory. */

#include "sample-client.h"

#include "lia-canned-change.h"
#include "lia-canned-version.h"
#include "lia-client-responses.h"

static void
put (LiaClient *self,
     LiaCanned *canned)
{
  LiaResponses *responses = lia_client_get_responses (self);

  lia_canned_index_put (lia_responses_get_index (responses), canned);
  g_signal_emit_by_name (responses, "changed", canned->id);
}

/* (transfer full): as it is now */
static LiaCanned *
save (LiaClient *self,
      LiaCanned *response)
{
  LiaCanned *saved = lia_canned_copy (response);

  if (*saved->id == '\0')
    {
      g_free (saved->id);
      saved->id = g_uuid_string_random ();
    }
  saved->ver++;
  put (self, saved);

  return saved;
}

DexFuture *
lia_client_save_response (LiaClient *self,
                          LiaCanned *response)
{
  g_autoptr (LiaCanned) saved = save (self, response);

  return dex_future_new_for_string (saved->id);
}

DexFuture *
lia_client_import_responses (LiaClient  *self,
                             const char *lane,
                             const char *key,
                             GPtrArray  *responses)
{
  GPtrArray *outcomes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < responses->len; i++)
    {
      g_autoptr (LiaCanned) saved = save (self, responses->pdata[i]);

      g_ptr_array_add (outcomes, lia_response_outcome_new (saved->id, saved->ver, NULL));
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, outcomes);
}

/* All that this desk imports is new. */
DexFuture *
lia_client_revert_responses (LiaClient  *self,
                             const char *lane,
                             const char *key,
                             GPtrArray  *versions)
{
  GPtrArray *outcomes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < versions->len; i++)
    {
      LiaResponseOutcome *version = versions->pdata[i];

      dex_future_disown (lia_client_remove_response (self, version->id, version->ver));
      g_ptr_array_add (outcomes, lia_response_outcome_new (version->id, 0, NULL));
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, outcomes);
}

DexFuture *
lia_client_retire_response (LiaClient  *self,
                            const char *response,
                            gint64      ver)
{
  LiaCanned *before = lia_canned_index_get (lia_responses_get_index (lia_client_get_responses (self)), response);
  g_autoptr (LiaCanned) retired = before != NULL ? lia_canned_copy (before) : NULL;

  if (retired != NULL)
    {
      retired->state = LIA_CANNED_RETIRED;
      put (self, retired);
    }

  return dex_future_new_true ();
}

DexFuture *
lia_client_remove_response (LiaClient  *self,
                            const char *response,
                            gint64      ver)
{
  LiaResponses *responses = lia_client_get_responses (self);

  lia_canned_index_remove (lia_responses_get_index (responses), response);
  g_signal_emit_by_name (responses, "changed", response);

  return dex_future_new_true ();
}

DexFuture *
lia_client_get_response_versions (LiaClient  *self,
                                  const char *response,
                                  gint64      before)
{
  return dex_future_new_take_object (g_list_store_new (LIA_TYPE_CANNED_VERSION));
}
