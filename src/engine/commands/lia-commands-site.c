/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Web sites with a chat, as channels: what `channel.add` and `channel.update` have of their own for them. */

#include "lia-commands-site.h"

#include "lia-id.h"
#include "lia-secrets.h"
#include "lia-wire.h"

#include <string.h>

#define MAX_KEYS 8
#define MAX_KID 40
#define MIN_SECRET 32 /* RFC 7518 3.2: no shorter than the hash */
#define MAX_SECRET 512

static gboolean
read_key (JsonArray   *keys,
          guint        index,
          const char **kid,
          const char **secret,
          GError     **error)
{
  JsonObject *key;

  if (!lia_json_arr_obj (keys, index, &key, error) || !lia_json_str (key, "kid", LIA_JSON_REQUIRED, MAX_KID, kid, error) ||
      !lia_json_str (key, "secret", LIA_JSON_REQUIRED, MAX_SECRET, secret, error))
    return FALSE;
  if (lia_chat_site_is_key (*kid) && strlen (*secret) >= MIN_SECRET)
    return TRUE;
  lia_problem_set_invalid (error, "/jwt_keys", "value", "A key has a name of a-z, 0-9 and “-”, and a secret of at least %d characters", MIN_SECRET);

  return FALSE;
}

/* The names of the keys that are given now are those that there are; without any it stays as it is. */
static gboolean
take_kids (LiaChatSite *site,
           JsonObject  *d,
           GError     **error)
{
  g_autoptr (GStrvBuilder) kids = g_strv_builder_new ();
  const char *kid;
  const char *secret;
  JsonArray  *keys;

  if (!lia_json_arr (d, "jwt_keys", LIA_JSON_OPTIONAL, MAX_KEYS, &keys, error))
    return FALSE;
  if (keys == NULL)
    return TRUE;

  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      if (!read_key (keys, i, &kid, &secret, error))
        return FALSE;
      g_strv_builder_add (kids, kid);
    }
  g_strfreev (site->jwt_kids);
  site->jwt_kids = g_strv_builder_end (kids);

  return TRUE;
}

/**
 * lia_command_site_read:
 * @config: (out): as the channel's config keeps it
 * @name: (out): what the channel is called
 */
gboolean
lia_command_site_read (JsonObject  *d,
                       JsonObject **config,
                       char       **name,
                       GError     **error)
{
  g_autoptr (LiaChatSite) site = lia_wire_decode_chat_site (d, error);
  gint64 mailbox_id;

  if (site == NULL || !take_kids (site, d, error))
    return FALSE;
  if (*site->mailbox != '\0' && !lia_id_parse (site->mailbox, "h", &mailbox_id))
    {
      lia_problem_set_invalid (error, "/mailbox", "value", "“%s” is no mailbox", site->mailbox);
      return FALSE;
    }
  *config = lia_wire_encode_chat_site (site);
  *name = g_strdup (*site->name != '\0' ? site->name : site->key);

  return TRUE;
}

/** lia_command_site_is_new: whether no other site has its key: pages name it by that. */
gboolean
lia_command_site_is_new (LiaDb      *db,
                         gint64      channel_id,
                         JsonObject *config,
                         GError    **error)
{
  g_autoptr (LiaChatSite) site = lia_wire_decode_chat_site (config, error);
  gint64 n;

  if (site == NULL || !lia_db_get_int (db, &n, error,
                                       "SELECT count (*) FROM channel WHERE kind = 'chat' AND id <> $1 AND json_extract (config, '$.key') = $2", "it",
                                       channel_id, site->key))
    return FALSE;
  if (n > 0)
    lia_problem_set_invalid (error, "/key", "exists", "Another site has this key");

  return n == 0;
}

gboolean
lia_command_site_has_keys (LiaCommandCall *call)
{
  return json_object_has_member (call->d, "jwt_keys");
}

/** lia_command_site_keep_keys: in a fiber, before the transaction: the secrets go where passwords are. */
gboolean
lia_command_site_keep_keys (LiaCommandCall *call,
                            const char     *account,
                            GError        **error)
{
  const char *kid;
  const char *secret;
  JsonArray  *keys;

  if (!lia_json_arr (call->d, "jwt_keys", LIA_JSON_OPTIONAL, MAX_KEYS, &keys, error))
    return FALSE;

  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    {
      g_autofree char *kind = NULL;

      if (!read_key (keys, i, &kid, &secret, error))
        return FALSE;
      kind = lia_command_site_secret (kid);
      if (!dex_await (lia_secrets_store (lia_engine_get_secrets (call->engine), account, kind, "Liaison: identities of visitors", secret), error))
        return FALSE;
    }

  return TRUE;
}

/** lia_command_site_secret: (transfer full): the kind of a key's secret among those of the channel's account. */
char *
lia_command_site_secret (const char *kid)
{
  return g_strconcat ("jwt-", kid, NULL);
}
