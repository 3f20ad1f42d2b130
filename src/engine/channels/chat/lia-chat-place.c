/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-place.h"

#include "lia-commands-site.h"
#include "lia-secrets.h"
#include "lia-wire.h"

void
lia_chat_place_free (gpointer place)
{
  LiaChatPlace *self = place;

  g_clear_object (&self->site);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_free (self->problem);
  g_free (self);
}

/* What stands in the store of a site. */
typedef struct
{
  gint64 channel_id;
  char  *config;
} Row;

static void
row_free (Row *row)
{
  g_free (row->config);
  g_free (row);
}

static gboolean
read_rows (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT id, config FROM channel WHERE kind = 'chat' ORDER BY id", "");
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      Row *row = g_new0 (Row, 1);

      row->channel_id = lia_rows_int (rows, 0);
      row->config = g_strdup (lia_rows_text (rows, 1));
      g_ptr_array_add (list, row);
    }
  if (failure == NULL)
    *result = g_steal_pointer (&list);
  else
    g_propagate_error (error, failure);

  return failure == NULL;
}

/* A key that cannot be had signs nobody in; everything else of the site goes on. */
static void
await_keys (LiaChatPlace *self,
            LiaSecrets   *secrets,
            const char   *account)
{
  for (guint i = 0; self->site->jwt_kids[i] != NULL; i++)
    {
      g_autofree char *kind = lia_command_site_secret (self->site->jwt_kids[i]);
      g_autoptr (GError) error = NULL;
      char *secret = dex_await_string (lia_secrets_lookup (secrets, account, kind), &error);

      if (secret != NULL)
        g_hash_table_insert (self->keys, g_strdup (self->site->jwt_kids[i]), secret);
      else
        g_set_str (&self->problem, error->message);
    }
}

static LiaChatPlace *
await_place (LiaEngine *engine,
             const Row *row)
{
  g_autoptr (JsonObject) config = lia_json_parse (row->config, -1, LIA_JSON_MAX_BYTES, NULL);
  g_autoptr (LiaChatSite) site = config != NULL ? lia_wire_decode_chat_site (config, NULL) : NULL;
  LiaChatPlace *self;
  const char   *account = NULL;

  if (site == NULL)
    return NULL;
  self = g_new0 (LiaChatPlace, 1);
  self->channel_id = row->channel_id;
  self->site = g_steal_pointer (&site);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->problem = g_strdup ("");
  if (lia_json_str (config, "secret", LIA_JSON_OPTIONAL, 64, &account, NULL) && account != NULL)
    await_keys (self, lia_engine_get_secrets (engine), account);

  return self;
}

/** lia_chat_places_await: (transfer full): of #LiaChatPlace: the sites as they are set up. In a fiber. */
GPtrArray *
lia_chat_places_await (LiaEngine *engine,
                       GError   **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (lia_chat_place_free);
  g_autoptr (GPtrArray) rows = lia_store_await (lia_store_read (lia_engine_get_store (engine), read_rows, NULL, NULL, (GDestroyNotify)g_ptr_array_unref), error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      LiaChatPlace *place = await_place (engine, rows->pdata[i]);

      if (place != NULL)
        g_ptr_array_add (places, place);
    }

  return g_steal_pointer (&places);
}

static const char *
find_key (const char *kid,
          gpointer    keys)
{
  return g_hash_table_lookup (keys, kid);
}

/** lia_chat_place_believe: (transfer full) (nullable): who that is, as this site's server says. */
LiaChatIdentity *
lia_chat_place_believe (LiaChatPlace *self,
                        const char   *jwt,
                        gint64        now_ms,
                        GError      **error)
{
  return lia_chat_jwt_read (jwt, self->site->key, find_key, self->keys, now_ms, error);
}

gboolean
lia_chat_place_has_origin (const LiaChatPlace *self,
                           const char         *origin)
{
  return g_strv_contains ((const char *const *)self->site->origins, origin);
}

/**
 * lia_chat_place_dup_page:
 * @url: (nullable): whatever a visitor says
 *
 * Returns: (transfer full): the address of a page of the site, without query and fragment, which may be private; "" for any other. It is written anew
 *   from its parts: GUri takes out what stands in a text that is none.
 */
char *
lia_chat_place_dup_page (const LiaChatPlace *self,
                         const char         *url)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL) : NULL;
  g_autofree char *origin = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL)
    return g_strdup ("");
  origin = g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), "", NULL, NULL);
  if (!lia_chat_place_has_origin (self, origin))
    return g_strdup ("");

  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), g_uri_get_path (uri), NULL, NULL);
}
