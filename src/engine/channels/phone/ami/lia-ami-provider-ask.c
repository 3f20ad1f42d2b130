/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

/* What no event tells of a channel. Nobody waits for the answer; there is none when the channel has gone before it. */

typedef struct
{
  LiaAmiProvider      *provider;
  char                *uniqueid;
  LiaAmiProviderAnswer tell;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->provider);
  g_free (question->uniqueid);
  g_free (question);
}

static DexFuture *
on_answer (DexFuture *answer,
           gpointer   data)
{
  Question       *question = data;
  LiaAmiProvider *self = question->provider;
  const GValue   *message = dex_future_get_value (answer, NULL);
  const char     *value = message != NULL ? lia_ami_message_get (g_value_get_boxed (message), "Value") : NULL;

  if (value == NULL || *value == '\0' || self->stopped)
    return dex_future_new_for_boolean (FALSE);

  question->tell (self, question->uniqueid, value);
  lia_ami_provider_flush_soon (self);

  return dex_future_new_for_boolean (TRUE);
}

/**
 * lia_ami_provider_ask:
 * @channel: its name
 * @uniqueid: its Uniqueid
 * @variable: "MIXMONITOR_FILENAME", "CHANNEL(pjsip,call-id)"
 * @tell: called with what the variable holds, unless that is nothing
 */
void
lia_ami_provider_ask (LiaAmiProvider      *self,
                      const char          *channel,
                      const char          *uniqueid,
                      const char          *variable,
                      LiaAmiProviderAnswer tell)
{
  LiaAmiAction *action;
  Question     *question;

  if (self->client == NULL)
    return;

  question = g_new0 (Question, 1);
  question->provider = g_object_ref (self);
  question->uniqueid = g_strdup (uniqueid);
  question->tell = tell;
  action = lia_ami_action_new ("Getvar");
  lia_ami_action_add (action, "Channel", channel);
  lia_ami_action_add (action, "Variable", variable);
  dex_future_disown (dex_future_finally (lia_ami_client_send (self->client, action), on_answer, question, question_free));
}
