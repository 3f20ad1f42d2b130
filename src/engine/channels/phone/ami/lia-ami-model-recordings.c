/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

#include "lia-ami-left.h"
#include "lia-phone-file.h"

/*
 * Recordings: that one begins is told at once, in which file only to who asks (lia-ami-provider-record.c). Voicemail is what the dialplan records of a
 * caller whom nobody answered, and says so itself.
 */

static LiaCallRecording *
find_open (LiaAmiLeg *leg,
           gboolean   is_voicemail)
{
  for (guint i = leg->call->recordings->len; i-- > 0;)
    {
      LiaCallRecording *recording = leg->call->recordings->pdata[i];

      if (recording->to_ms == 0 && recording->is_voicemail == is_voicemail && g_str_equal (recording->leg, leg->uniqueid))
        return recording;
    }

  return NULL;
}

static gboolean
is_known (LiaAmiCall *call,
          const char *file)
{
  for (guint i = 0; i < call->recordings->len; i++)
    {
      if (g_str_equal (((LiaCallRecording *)call->recordings->pdata[i])->file, file))
        return TRUE;
    }

  return FALSE;
}

static LiaCallRecording *
add_recording (LiaAmiLeg  *leg,
               const char *path,
               gboolean    is_voicemail,
               gint64      from_ms)
{
  g_autofree char  *file = lia_phone_file_from_path (path);
  LiaCallRecording *recording;

  if (file == NULL || is_known (leg->call, file))
    return NULL;

  recording = lia_call_recording_new ();
  g_set_str (&recording->file, file);
  g_set_str (&recording->leg, leg->uniqueid);
  recording->is_voicemail = is_voicemail;
  recording->from_ms = from_ms;
  g_ptr_array_add (leg->call->recordings, recording);

  return recording;
}

/* MixMonitorStart, MixMonitorStop */
void
lia_ami_model_handle_recording (LiaAmiModel   *self,
                                LiaAmiMessage *message)
{
  LiaAmiLeg        *leg = lia_ami_model_get_leg (self, message, "");
  LiaCallRecording *recording;

  if (leg == NULL)
    return;

  leg->recording = g_str_equal (lia_ami_message_get_name (message), "MixMonitorStart");
  recording = leg->recording ? NULL : find_open (leg, FALSE);
  if (leg->recording)
    leg->recording_ms = self->now_ms;
  if (recording != NULL)
    recording->to_ms = MAX (self->now_ms, recording->from_ms);
  lia_ami_model_touch (self, leg->call);
}

/** lia_ami_model_end_recordings: @leg is no more, and nothing of it is recorded. */
void
lia_ami_model_end_recordings (LiaAmiModel *self,
                              LiaAmiLeg   *leg,
                              gint64       at_ms)
{
  leg->recording = FALSE;
  for (guint i = 0; i < leg->call->recordings->len; i++)
    {
      LiaCallRecording *recording = leg->call->recordings->pdata[i];

      if (recording->to_ms == 0 && g_str_equal (recording->leg, leg->uniqueid))
        recording->to_ms = MAX (at_ms, recording->from_ms);
    }
}

/** lia_ami_model_add_recording: what is recorded of the channel @uniqueid goes to the file @path, a path of the PBX. */
gboolean
lia_ami_model_add_recording (LiaAmiModel *self,
                             const char  *uniqueid,
                             const char  *path)
{
  LiaAmiLeg        *leg = lia_ami_model_find_leg (self, uniqueid);
  LiaCallRecording *recording = leg != NULL ? add_recording (leg, path, FALSE, MAX (leg->recording_ms, leg->started_ms)) : NULL;

  if (recording == NULL)
    return FALSE;

  if (!leg->recording)
    recording->to_ms = MAX (self->now_ms, recording->from_ms);
  lia_ami_model_touch (self, leg->call);

  return TRUE;
}

void
lia_ami_model_begin_voicemail (LiaAmiModel   *self,
                               LiaAmiLeg     *leg,
                               LiaAmiMessage *message)
{
  const char *file = lia_ami_message_get (message, "File");

  if (file != NULL && add_recording (leg, file, TRUE, self->now_ms) != NULL)
    lia_ami_model_touch (self, leg->call);
}

/* "Bytes" is empty where the dialplan could not find out. */
void
lia_ami_model_end_voicemail (LiaAmiModel   *self,
                             LiaAmiLeg     *leg,
                             LiaAmiMessage *message)
{
  LiaCallRecording *recording = find_open (leg, TRUE);

  if (recording == NULL)
    return;

  if (lia_ami_message_get_int64 (message, "Bytes", LIA_AMI_LEAST_MESSAGE_BYTES) < LIA_AMI_LEAST_MESSAGE_BYTES)
    g_ptr_array_remove (leg->call->recordings, recording);
  else
    recording->to_ms = MAX (self->now_ms, recording->from_ms);
  lia_ami_model_touch (self, leg->call);
}
