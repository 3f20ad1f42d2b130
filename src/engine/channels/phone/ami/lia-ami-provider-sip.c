/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

#include <string.h>

/*
 * Which of an agent's calls a channel is: no event says it, but the channel can be asked for the Call-ID of its SIP dialogue, which the telephone
 * knows too. Without an answer the app goes by marks and numbers.
 */

#define MAX_CALL_ID_BYTES 255

/* RFC 3261, section 25.1: a word, or two with an @ between; none of their characters is a space or beyond ASCII. */
static gboolean
is_call_id (const char *text)
{
  const gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;

  return length <= MAX_CALL_ID_BYTES;
}

static void
take_call_id (LiaAmiProvider *self,
              const char     *uniqueid,
              const char     *value)
{
  if (is_call_id (value))
    lia_ami_model_set_sip (self->model, uniqueid, value);
}

/** lia_ami_provider_ask_sip: asks once for the Call-ID of each channel of @call that leads to an agent's telephone. */
void
lia_ami_provider_ask_sip (LiaAmiProvider *self,
                          LiaCall        *call)
{
  for (guint i = 0; i < call->legs->len && self->client != NULL; i++)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->ended_ms != 0)
        g_hash_table_remove (self->asked, leg->uniqueid);
      else if (leg->kind == LIA_LEG_AGENT && *leg->sip == '\0' && g_str_has_prefix (leg->channel, "PJSIP/") &&
               g_hash_table_add (self->asked, g_strdup (leg->uniqueid)))
        lia_ami_provider_ask (self, leg->channel, leg->uniqueid, "CHANNEL(pjsip,call-id)", take_call_id);
    }
}
