/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-channel-mailbox.h"

#include "lia-wire.h"

/**
 * lia_channel_dup_mailbox:
 * @channel: a mail channel
 * @error: %LIA_PROBLEM_BAD_JSON or %LIA_PROBLEM_VALIDATION when its configuration cannot be read
 *
 * Returns: (transfer full): how the mailbox is set up, without its password
 */
LiaMailbox *
lia_channel_dup_mailbox (LiaChannel *channel,
                         GError    **error)
{
  g_autoptr (JsonObject) config = lia_json_parse (channel->config != NULL ? channel->config : "", -1, LIA_JSON_MAX_BYTES, error);

  return config != NULL ? lia_wire_decode_mailbox (config, error) : NULL;
}
