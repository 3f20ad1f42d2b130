/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

/*
 * Which file a recording goes to is in no event. The PBX keeps it in a variable of the channel, whoever began to record it: an agent's keys, the dialplan,
 * another program. So it is asked for as soon as the recording begins; when the channel has gone before the answer, so has what could be recorded.
 */

static void
take_file (LiaAmiProvider *self,
           const char     *uniqueid,
           const char     *value)
{
  lia_ami_model_set_recorded (self->model, uniqueid, value);
}

/** lia_ami_provider_watch_recordings: looks at @event after the model has. */
void
lia_ami_provider_watch_recordings (LiaAmiProvider *self,
                                   LiaAmiMessage  *event)
{
  const char *channel = lia_ami_message_get (event, "Channel");
  const char *uniqueid = lia_ami_message_get (event, "Uniqueid");

  if (g_str_equal (lia_ami_message_get_name (event), "MixMonitorStart") && lia_ami_message_get_taint (event) == 0 && channel != NULL && uniqueid != NULL)
    lia_ami_provider_ask (self, channel, uniqueid, "MIXMONITOR_FILENAME", take_file);
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
