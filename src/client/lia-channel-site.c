/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-channel-site.h"

#include "lia-wire.h"

gboolean
lia_channel_is_site (LiaChannel *channel)
{
  return g_strcmp0 (channel->kind, "chat") == 0;
}

/**
 * lia_channel_dup_site:
 * @channel: a web site with a chat
 * @error: %LIA_PROBLEM_BAD_JSON or %LIA_PROBLEM_VALIDATION when its configuration cannot be read
 *
 * Returns: (transfer full): how the site is set up; of its keys the names alone
 */
LiaChatSite *
lia_channel_dup_site (LiaChannel *channel,
                      GError    **error)
{
  g_autoptr (JsonObject) config = lia_json_parse (channel->config != NULL ? channel->config : "", -1, LIA_JSON_MAX_BYTES, error);

  return config != NULL ? lia_wire_decode_chat_site (config, error) : NULL;
}
