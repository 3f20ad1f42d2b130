/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

/*
 * Which file a recording goes to is in no event. The PBX keeps it in a variable of the channel, whoever began to record it: an agent's keys, the dialplan,
 * another program. So it is asked for as soon as the recording begins; when the channel has gone before the answer, so has what could be recorded.
 */

typedef struct
{
  LiaAmiProvider *provider;
  char           *uniqueid;
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
on_file (DexFuture *answer,
         gpointer   data)
{
  Question       *question = data;
  LiaAmiProvider *self = question->provider;
  const GValue   *value = dex_future_get_value (answer, NULL);
  const char     *path = value != NULL ? lia_ami_message_get (g_value_get_boxed (value), "Value") : NULL;

  if (path == NULL || *path == '\0' || self->stopped)
    return dex_future_new_for_boolean (FALSE);

  lia_ami_model_set_recorded (self->model, question->uniqueid, path);
  lia_ami_provider_flush_soon (self);

  return dex_future_new_for_boolean (TRUE);
}

/** lia_ami_provider_watch_recordings: looks at @event after the model has. */
void
lia_ami_provider_watch_recordings (LiaAmiProvider *self,
                                   LiaAmiMessage  *event)
{
  const char   *channel = lia_ami_message_get (event, "Channel");
  const char   *uniqueid = lia_ami_message_get (event, "Uniqueid");
  LiaAmiAction *action;
  Question     *question;

  if (!g_str_equal (lia_ami_message_get_name (event), "MixMonitorStart") || lia_ami_message_get_taint (event) != 0 || channel == NULL || uniqueid == NULL ||
      self->client == NULL)
    return;

  question = g_new0 (Question, 1);
  question->provider = g_object_ref (self);
  question->uniqueid = g_strdup (uniqueid);
  action = lia_ami_action_new ("Getvar");
  lia_ami_action_add (action, "Channel", channel);
  lia_ami_action_add (action, "Variable", "MIXMONITOR_FILENAME");
  dex_future_disown (dex_future_finally (lia_ami_client_send (self->client, action), on_file, question, question_free));
}

gboolean
lia_ami_provider_can_fetch (LiaPhoneProvider *provider)
{
  return LIA_AMI_PROVIDER (provider)->ari != NULL;
}

DexFuture *
lia_ami_provider_fetch (LiaPhoneProvider *provider,
                        const char       *file,
                        int               fd)
{
  return lia_ari_fetch (LIA_AMI_PROVIDER (provider)->ari, file, fd);
}
