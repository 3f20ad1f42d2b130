/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-publish.h"

#include "lia-client-private.h"
#include "lia-wire.h"

#define MOST_ROWS 2000 /* as many as the engine gives */

static gboolean
read_row (JsonArray  *rows,
          guint       index,
          GHashTable *published,
          GError    **error)
{
  JsonObject *row;
  const char *response;
  const char *site;
  GPtrArray  *sites;

  if (!lia_json_arr_obj (rows, index, &row, error) || !lia_json_str (row, "response", LIA_JSON_REQUIRED, 256, &response, error) ||
      !lia_json_str (row, "site", LIA_JSON_REQUIRED, 256, &site, error))
    return FALSE;
  sites = g_hash_table_lookup (published, response);
  if (sites == NULL)
    {
      sites = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (published, g_strdup (response), sites);
    }
  g_ptr_array_add (sites, g_strdup (site));

  return TRUE;
}

static DexFuture *
read_published_cb (DexFuture *future,
                   gpointer   data)
{
  JsonObject *reply = lia_client_get_reply (future);
  g_autoptr (GHashTable) published = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  GError    *error = NULL;
  JsonArray *rows;

  if (!lia_json_arr (reply, "rows", LIA_JSON_REQUIRED, MOST_ROWS, &rows, &error))
    return dex_future_new_for_error (error);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (!read_row (rows, i, published, &error))
      return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_HASH_TABLE, g_steal_pointer (&published));
}

/** lia_client_read_published: on which sites which responses are published; also on sites that are there no more. */
DexFuture *
lia_client_read_published (LiaClient *self)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return dex_future_then (lia_api_get (lia_client_get_api (self), "/v1/responses/published"), read_published_cb, NULL, NULL);
}

/**
 * lia_client_publish_response:
 * @sites: channels' ids, all of them each time; none takes it back
 *
 * For supervisors. Rejects with %LIA_PROBLEM_VALIDATION where strangers cannot read it, in plain words. LiaResponses tells of it when it is done.
 */
DexFuture *
lia_client_publish_response (LiaClient         *self,
                             const char        *response,
                             const char *const *sites)
{
  JsonObject *d;
  JsonArray  *list;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (response != NULL);

  d = lia_client_with_text ("response", response);
  list = json_array_new ();
  for (guint i = 0; sites[i] != NULL; i++)
    json_array_add_string_element (list, sites[i]);
  json_object_set_array_member (d, "sites", list);

  return dex_future_then (lia_client_command (self, NULL, "response.publish", NULL, 0, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}
