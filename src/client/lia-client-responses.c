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

/**
 * lia_client_import_response: the same for one of many.
 * @lane: those of one lane are saved one after the other, those of several side by side
 * @key: the command's: what is given again with it is not saved again
 */
DexFuture *
lia_client_import_response (LiaClient  *self,
                            const char *lane,
                            const char *key,
                            LiaCanned  *response)
{
  g_autoptr (JsonObject) body = NULL;
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CANNED (response));

  d = json_object_new ();
  json_object_set_object_member (d, "response", lia_wire_encode_canned (response));
  body = lia_command_encode (key, "response.save", NULL, response->ver, 0, FALSE, d);

  return dex_future_then (lia_api_command (lia_client_get_api (self), lane, body), lia_client_to_string_cb, (gpointer) "response", NULL);
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
