/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-sites.h"

#include "lia-client-private.h"
#include "lia-wire.h"

/* @kid: (nullable): of the one key that there is from now on; NULL: the keys stay */
static JsonObject *
encode (LiaChatSite *site,
        const char  *queue,
        const char  *kid,
        const char  *secret)
{
  JsonObject *d = lia_wire_encode_chat_site (site);

  json_object_remove_member (d, "jwt_kids"); /* the engine knows which it has */
  if (queue != NULL)
    lia_json_set_str (d, "queue", queue);
  if (kid != NULL)
    {
      JsonObject *key = json_object_new ();
      JsonArray  *keys = json_array_new ();

      lia_json_set_str (key, "kid", kid);
      lia_json_set_str (key, "secret", secret);
      json_array_add_object_element (keys, key);
      json_object_set_array_member (d, "jwt_keys", keys);
    }

  return d;
}

/**
 * lia_client_add_site:
 * @queue: (nullable): where its conversations go; NULL for the first one
 * @kid: (nullable): the name of the key that its server signs identities with, and @secret, the key; NULL: there is none
 *
 * Answers with the channel's id. %LIA_PROBLEM_VALIDATION says by its pointer what is wrong ("/key", "/origins/0").
 */
DexFuture *
lia_client_add_site (LiaClient   *self,
                     LiaChatSite *site,
                     const char  *queue,
                     const char  *kid,
                     const char  *secret)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CHAT_SITE (site));

  d = encode (site, queue, kid, secret);
  json_object_set_string_member (d, "kind", "chat");

  return dex_future_then (lia_client_command (self, NULL, "channel.add", NULL, 0, 0, FALSE, d), lia_client_to_string_cb, (gpointer) "channel", NULL);
}

/** lia_client_update_site: its `key` stays whatever @site says; a @kid and its @secret take the place of all keys that there are, NULL leaves them. */
DexFuture *
lia_client_update_site (LiaClient   *self,
                        const char  *channel,
                        LiaChatSite *site,
                        const char  *queue,
                        const char  *kid,
                        const char  *secret)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CHAT_SITE (site));

  d = encode (site, queue, kid, secret);
  lia_json_set_str (d, "channel", channel);

  return dex_future_then (lia_client_command (self, NULL, "channel.update", NULL, 0, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}
