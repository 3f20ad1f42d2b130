/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Web sites of the desk in memory. */

#include "sample-client.h"

#include "lia-client-publish.h"
#include "lia-client-sites.h"
#include "lia-problem.h"
#include "lia-wire.h"

static void
put (LiaClient   *self,
     const char  *id,
     LiaChatSite *site,
     const char  *queue)
{
  g_autoptr (LiaChannel) channel = lia_channel_new ();
  g_autoptr (JsonObject) config = lia_wire_encode_chat_site (site);

  channel->id = g_strdup (id);
  channel->kind = g_strdup ("chat");
  channel->name = g_strdup (*site->name != '\0' ? site->name : site->key);
  channel->queue = g_strdup (queue);
  channel->state = g_strdup ("ready");
  channel->detail = g_strdup ("");
  channel->config = lia_json_to_text (config);
  g_list_store_append (G_LIST_STORE (lia_client_get_channels (self)), channel);
}

/** sample_client_add_site: the shop, which has the key “k1”. */
void
sample_client_add_site (LiaClient *self)
{
  g_autoptr (JsonObject) config = lia_json_parse ("{\"key\":\"shop\",\"name\":\"Larch Cycles\",\"origins\":[\"https://shop.example\",\"https://www.shop.example\"],"
                                                  "\"color\":\"#26593b\",\"greeting\":\"Hello!\",\"prechat\":[\"name\"],\"languages\":[\"en\",\"de\"],\"jwt_kids\":[\"k1\"],"
                                                  "\"self_service\":true,\"max_wait_s\":120,\"mailbox\":\"h_1\",\"url\":\"https://chat.shop.example\"}",
                                                  -1, LIA_JSON_MAX_BYTES, NULL);
  g_autoptr (LiaChatSite) site = lia_wire_decode_chat_site (config, NULL);

  put (self, "h_2", site, "q_2");
}

/* What is asked of the engine, as it would read it */
static DexFuture *
ask (LiaClient   *self,
     const char  *what,
     LiaChatSite *site,
     const char  *queue,
     const char  *kid,
     const char  *secret)
{
  g_autoptr (JsonObject) config = lia_wire_encode_chat_site (site);
  g_autofree char *text = lia_json_to_text (config);
  g_autofree char *line = g_strdup_printf ("%s %s %s %s %d", what, text, queue, kid != NULL ? kid : "-", secret != NULL ? (int)strlen (secret) : 0);

  return sample_client_answer (self, line);
}

DexFuture *
lia_client_add_site (LiaClient   *self,
                     LiaChatSite *site,
                     const char  *queue,
                     const char  *kid,
                     const char  *secret)
{
  GError *error = NULL;

  if (g_str_equal (site->key, "taken"))
    {
      lia_problem_set_invalid (&error, "/key", "exists", "Another site has this key");
      return dex_future_new_for_error (error);
    }
  put (self, "h_9", site, queue);

  return ask (self, "add-site", site, queue, kid, secret);
}

DexFuture *
lia_client_update_site (LiaClient   *self,
                        const char  *channel,
                        LiaChatSite *site,
                        const char  *queue,
                        const char  *kid,
                        const char  *secret)
{
  return ask (self, "update-site", site, queue, kid, secret);
}

/* (transfer full): response's id -> GPtrArray of channels' ids: another one each time, as an answer is */
static GHashTable *
copy_published (LiaClient *self)
{
  GHashTable    *before = g_object_get_data (G_OBJECT (self), "published");
  GHashTable    *published = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  GHashTableIter iter;
  gpointer       response, sites;

  if (before == NULL)
    return published;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &response, &sites))
    g_hash_table_insert (published, g_strdup (response), g_ptr_array_ref (sites));

  return published;
}

DexFuture *
lia_client_read_published (LiaClient *self)
{
  return dex_future_new_take_boxed (G_TYPE_HASH_TABLE, copy_published (self));
}

DexFuture *
lia_client_publish_response (LiaClient         *self,
                             const char        *response,
                             const char *const *sites)
{
  g_autofree char *list = g_strjoinv (" ", (char **)sites);
  g_autofree char *line = g_strdup_printf ("publish %s: %s", response, list);
  GPtrArray       *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTable      *published = copy_published (self);

  for (guint i = 0; sites[i] != NULL; i++)
    g_ptr_array_add (ids, g_strdup (sites[i]));
  g_hash_table_insert (published, g_strdup (response), ids);
  g_object_set_data_full (G_OBJECT (self), "published", published, (GDestroyNotify)g_hash_table_unref);

  return sample_client_answer (self, line);
}
