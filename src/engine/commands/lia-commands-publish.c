/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Canned responses for visitors of web sites. Somebody says so of each one: nothing is published because it is there. */

#include "lia-commands-table.h"

#include "lia-canned-public.h"
#include "lia-id.h"
#include "lia-queries-responses.h"

#define MAX_SITES 50

/* @ids: (out) (transfer full): of gint64, each once */
static gboolean
read_site (LiaCommandCall *call,
           JsonArray      *names,
           guint           index,
           JsonArray      *ids,
           GHashTable     *seen,
           GError        **error)
{
  g_autofree char *pointer = g_strdup_printf ("/sites/%u", index);
  const char      *name;
  gint64           id = 0;
  gint64           n = 0;

  if (!lia_json_arr_str (names, index, 32, &name, error))
    return FALSE;
  if (lia_id_parse (name, "h", &id) && !lia_db_get_int (call->db, &n, error, "SELECT count (*) FROM channel WHERE id = $1 AND kind = 'chat'", "i", id))
    return FALSE;
  if (n == 0)
    {
      lia_problem_set_invalid (error, pointer, "value", "“%s” is no web site with a chat", name);
      return FALSE;
    }
  if (g_hash_table_add (seen, GSIZE_TO_POINTER ((gsize)id)))
    json_array_add_int_element (ids, id);

  return TRUE;
}

static JsonArray *
read_sites (LiaCommandCall *call,
            GError        **error)
{
  g_autoptr (JsonArray) ids = json_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  JsonArray *names;

  if (!lia_json_arr (call->d, "sites", LIA_JSON_REQUIRED, MAX_SITES, &names, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (names); i++)
    if (!read_site (call, names, i, ids, seen, error))
      return NULL;

  return g_steal_pointer (&ids);
}

/* Taking back is always possible. */
static gboolean
check_fit (LiaCanned *canned,
           JsonArray *sites,
           GError   **error)
{
  g_autofree char *unfit = NULL;

  if (json_array_get_length (sites) == 0 || lia_canned_public_fits (canned, &unfit))
    return TRUE;
  lia_problem_set_invalid (error, "/response", "unfit", "Visitors of a web site cannot be shown “%s”: %s.", canned->title, unfit);

  return FALSE;
}

/** lia_command_response_publish: {response, sites:["h_2"…]}: whose visitors find it; none takes it back */
gboolean
lia_command_response_publish (LiaCommandCall *call,
                              GError        **error)
{
  gint64 id;
  g_autoptr (LiaCanned) canned = lia_command_id (call, "response", "r", &id, error) ? lia_query_response (call->db, call->agent_id, id, error) : NULL;
  g_autoptr (JsonArray) sites = canned != NULL ? read_sites (call, error) : NULL;
  JsonObject *data;

  if (sites == NULL || !check_fit (canned, sites, error))
    return FALSE;
  data = json_object_new ();
  json_object_set_int_member (data, "response", id);
  json_object_set_array_member (data, "sites", g_steal_pointer (&sites));

  return lia_command_append (call, "response.published", 0, data, error) != 0;
}
