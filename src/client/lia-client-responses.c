/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-responses.h"

#include "lia-client-private.h"
#include "lia-replies.h"

/**
 * lia_client_save_response:
 * @response: the whole of it; without an id a new one, else `ver` is the version that was changed
 *
 * Answers with its id. Rejects with %LIA_PROBLEM_VALIDATION (what is wrong with it, in words for its author), %LIA_PROBLEM_FORBIDDEN,
 * %LIA_PROBLEM_NOT_FOUND, or %LIA_PROBLEM_VERSION_CONFLICT when somebody else has changed it since: the index has theirs soon.
 */
DexFuture *
lia_client_save_response (LiaClient *self,
                          LiaCanned *response)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CANNED (response));

  d = json_object_new ();
  json_object_set_object_member (d, "response", lia_wire_encode_canned (response));

  return dex_future_then (lia_client_command (self, NULL, "response.save", NULL, response->ver, 0, FALSE, d),
                          lia_client_to_string_cb, (gpointer) "response", NULL);
}

static gpointer
decode_outcome (JsonObject *object,
                GError    **error)
{
  g_autoptr (GError) refusal = NULL;
  const char *id = NULL;
  JsonObject *problem = NULL;
  gint64      ver;

  if (!lia_json_obj (object, "problem", LIA_JSON_OPTIONAL, &problem, error) ||
      !lia_json_str (object, "response", problem != NULL ? LIA_JSON_OPTIONAL : LIA_JSON_REQUIRED, 256, &id, error) ||
      !lia_json_int (object, "ver", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &ver, error))
    return NULL;
  if (problem != NULL)
    refusal = lia_wire_decode_problem (problem);

  return lia_response_outcome_new (id, ver, refusal);
}

static DexFuture *
to_outcomes_cb (DexFuture *future,
                gpointer   data)
{
  JsonObject *d = g_value_get_boxed (dex_future_get_value (future, NULL));
  guint       n = GPOINTER_TO_UINT (data);
  GError     *error = NULL;
  g_autoptr (GPtrArray) outcomes = lia_replies_decode_values (d, "rows", NULL, decode_outcome, &error);

  if (outcomes == NULL)
    return dex_future_new_for_error (error);
  if (outcomes->len != n)
    return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_INTERNAL, "%u answers to %u responses", outcomes->len, n);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&outcomes));
}

static DexFuture *
send_many (LiaClient  *self,
           const char *lane,
           const char *key,
           const char *kind,
           JsonArray  *responses)
{
  JsonObject *d = json_object_new ();
  guint       n = json_array_get_length (responses);
  g_autoptr (JsonObject) body = NULL;

  json_object_set_array_member (d, "responses", responses);
  body = lia_command_encode (key, kind, NULL, 0, 0, FALSE, d);

  return dex_future_then (lia_api_command (lia_client_get_api (self), lane, body), to_outcomes_cb, GUINT_TO_POINTER (n), NULL);
}

/**
 * lia_client_import_responses: lia_client_save_response() for many: those that are not refused are saved together, or none.
 * @lane: commands of one lane are carried out one after the other, those of several side by side
 * @key: the command's: what is given again with it is not saved again
 * @responses: of LiaCanned, at most 500
 *
 * Answers with a GPtrArray of LiaResponseOutcome, one for each.
 */
DexFuture *
lia_client_import_responses (LiaClient  *self,
                             const char *lane,
                             const char *key,
                             GPtrArray  *responses)
{
  JsonArray *list;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (responses != NULL);

  list = json_array_new ();
  for (guint i = 0; i < responses->len; i++)
    json_array_add_object_element (list, lia_wire_encode_canned (responses->pdata[i]));

  return send_many (self, lane, key, "response.import", list);
}

/**
 * lia_client_revert_responses: takes versions back that this agent made and nobody has changed since; what began with one is gone.
 * @versions: of LiaResponseOutcome, as they were answered when they were made, at most 500
 *
 * Answers as lia_client_import_responses() does.
 */
DexFuture *
lia_client_revert_responses (LiaClient  *self,
                             const char *lane,
                             const char *key,
                             GPtrArray  *versions)
{
  JsonArray *list;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (versions != NULL);

  list = json_array_new ();
  for (guint i = 0; i < versions->len; i++)
    {
      const LiaResponseOutcome *version = versions->pdata[i];
      JsonObject               *one = json_object_new ();

      json_object_set_string_member (one, "response", version->id);
      json_object_set_int_member (one, "ver", version->ver);
      json_array_add_object_element (list, one);
    }

  return send_many (self, lane, key, "response.revert", list);
}

static DexFuture *
send_simple (LiaClient  *self,
             const char *kind,
             const char *response,
             gint64      ver)
{
  return dex_future_then (lia_client_command (self, NULL, kind, NULL, ver, 0, FALSE, lia_client_with_text ("response", response)),
                          lia_client_to_true_cb, NULL, NULL);
}

/** lia_client_retire_response: it is no longer found; saved with another state it is back. @ver: the version that was seen, or 0. */
DexFuture *
lia_client_retire_response (LiaClient  *self,
                            const char *response,
                            gint64      ver)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (response != NULL);

  return send_simple (self, "response.retire", response, ver);
}

/** lia_client_remove_response: for good. What is reviewed for the team has to be retired before: %LIA_PROBLEM_FORBIDDEN. */
DexFuture *
lia_client_remove_response (LiaClient  *self,
                            const char *response,
                            gint64      ver)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (response != NULL);

  return send_simple (self, "response.remove", response, ver);
}

static DexFuture *
read_versions_cb (DexFuture *future,
                  gpointer   data)
{
  JsonObject *reply = g_value_get_boxed (dex_future_get_value (future, NULL));
  GError     *error = NULL;
  g_autoptr (GPtrArray) versions =
      lia_replies_decode_values (reply, "rows", NULL, (LiaReplyDecode)lia_wire_decode_canned_version, &error);
  g_autoptr (GListStore) store = NULL;

  if (versions == NULL)
    return dex_future_new_for_error (error);

  store = g_list_store_new (LIA_TYPE_CANNED_VERSION);
  g_list_store_splice (store, 0, 0, versions->pdata, versions->len);

  return dex_future_new_take_object (g_steal_pointer (&store));
}

/**
 * lia_client_get_response_versions:
 * @before: only older ones than this version; 0 = from the newest on
 *
 * What a response was, the newest first, at most 50; fewer are the last. %LIA_PROBLEM_NOT_FOUND.
 */
DexFuture *
lia_client_get_response_versions (LiaClient  *self,
                                  const char *response,
                                  gint64      before)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (response != NULL);

  escaped = g_uri_escape_string (response, NULL, FALSE);
  path = g_strdup_printf ("/v1/responses/%s/versions?limit=50&before=%" G_GINT64_FORMAT, escaped, before);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), read_versions_cb, NULL, NULL);
}

static DexFuture *
to_figures_cb (DexFuture *future,
               gpointer   data)
{
  GError           *error = NULL;
  LiaCannedFigures *figures = lia_wire_decode_canned_figures (g_value_get_boxed (dex_future_get_value (future, NULL)), &error);

  return figures != NULL ? dex_future_new_take_object (figures) : dex_future_new_for_error (error);
}

/** lia_client_get_response_figures: how it was used. %LIA_PROBLEM_NOT_FOUND. */
DexFuture *
lia_client_get_response_figures (LiaClient  *self,
                                 const char *response)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (response != NULL);

  escaped = g_uri_escape_string (response, NULL, FALSE);
  path = g_strdup_printf ("/v1/responses/%s/figures", escaped);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), to_figures_cb, NULL, NULL);
}

/** lia_client_dismiss_suggestion: it is not told again; with FALSE it is. For everybody when a supervisor says so. */
DexFuture *
lia_client_dismiss_suggestion (LiaClient  *self,
                               const char *key,
                               gboolean    dismissed)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (key != NULL);

  d = lia_client_with_text ("key", key);
  json_object_set_boolean_member (d, "dismissed", dismissed);

  return dex_future_then (lia_client_command (self, NULL, "suggestion.dismiss", NULL, 0, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}
