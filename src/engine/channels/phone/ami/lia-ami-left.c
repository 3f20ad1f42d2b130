/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-left.h"

#include "lia-phone-file.h"

#define MAX_SECONDS (G_GINT64_CONSTANT (253402300800)) /* the year 10000 */

enum {
  WORD_VERSION,
  WORD_CAME,
  WORD_JOINED,
  WORD_LEFT,
  WORD_ENDED,
  WORD_RESULT,
  WORD_QUEUE,
  WORD_DID,
  WORD_PRESENTATION,
  WORD_CHANNEL,
  WORD_MESSAGE,
  WORD_BYTES,
  WORD_RECORDED,
  WORD_NUMBER,
  WORD_NAME,
  N_WORDS,
};

/** lia_ami_left_family: (transfer full): where the notes of the day of @at_ms are: "liaison-left/22". */
char *
lia_ami_left_family (gint64 at_ms)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (CLAMP (at_ms / 1000, 0, MAX_SECONDS - 1));

  return g_strdup_printf ("liaison-left/%02d", g_date_time_get_day_of_month (at));
}

/** lia_ami_left_key: (transfer full): where the note of a call is that ended at @ended_ms by the PBX's clock: "liaison-left/22/1795358734.4". */
char *
lia_ami_left_key (const char *uniqueid,
                  gint64      ended_ms)
{
  g_autofree char *family = lia_ami_left_family (ended_ms);

  return g_strdup_printf ("%s/%s", family, uniqueid);
}

/* 0 when it is none. */
static gint64
read_time (const char *word)
{
  gint64 seconds = 0;

  return g_ascii_string_to_signed (word, 10, 1, MAX_SECONDS - 1, &seconds, NULL) ? seconds * 1000 : 0;
}

/* Of QUEUESTATUS, then of DIALSTATUS. Anything else says that a queue took nobody in: FULL, JOINEMPTY, LEAVEEMPTY, JOINUNAVAIL, LEAVEUNAVAIL. */
static const struct
{
  const char    *word;
  LiaCallOutcome outcome;
  LiaWaitResult  wait;
} results[] = {
  { "ANSWER", LIA_CALL_OUTCOME_ANSWERED, LIA_WAIT_ANSWERED },
  { "CONTINUE", LIA_CALL_OUTCOME_ANSWERED, LIA_WAIT_ANSWERED },
  { "ABANDON", LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED },
  { "TIMEOUT", LIA_CALL_OUTCOME_TIMED_OUT, LIA_WAIT_TIMED_OUT },
  { "", LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED }, /* nobody was rung */
  { "CANCEL", LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED },
  { "NOANSWER", LIA_CALL_OUTCOME_NO_ANSWER, LIA_WAIT_ABANDONED },
  { "BUSY", LIA_CALL_OUTCOME_REJECTED, LIA_WAIT_ABANDONED },
  { "CHANUNAVAIL", LIA_CALL_OUTCOME_UNREACHABLE, LIA_WAIT_ABANDONED },
  { "CONGESTION", LIA_CALL_OUTCOME_UNREACHABLE, LIA_WAIT_ABANDONED },
};

static void
take_result (LiaCall     *call,
             LiaCallWait *wait,
             const char  *result)
{
  call->outcome = LIA_CALL_OUTCOME_CLOSED;
  wait->result = LIA_WAIT_CLOSED;
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      if (!g_str_equal (result, results[i].word))
        continue;
      call->outcome = results[i].outcome;
      wait->result = results[i].wait;
    }
  if (call->outcome == LIA_CALL_OUTCOME_ANSWERED)
    call->answered_ms = wait->to_ms;
}

static void
add_file (LiaCall    *call,
          const char *path,
          gint64      from_ms,
          gboolean    is_voicemail)
{
  g_autofree char  *file = lia_phone_file_from_path (path);
  LiaCallRecording *recording;

  if (file == NULL || lia_call_find_recording (call, file) != NULL)
    return;

  recording = lia_call_recording_new ();
  g_set_str (&recording->file, file);
  g_set_str (&recording->leg, call->uniqueid);
  recording->is_voicemail = is_voicemail;
  recording->from_ms = from_ms;
  recording->to_ms = call->ended_ms;
  g_ptr_array_add (call->recordings, recording);
}

/* When they were begun is not noted: not before somebody talked, or the line was left. A message without a size is one whose size could not be found out. */
static void
take_files (LiaCall *call,
            gint64   from_ms,
            GStrv    words)
{
  gint64 bytes = LIA_AMI_LEAST_MESSAGE_BYTES;

  if (words[WORD_BYTES][0] != '\0')
    g_ascii_string_to_signed (words[WORD_BYTES], 10, 0, G_MAXINT64, &bytes, NULL);
  add_file (call, words[WORD_RECORDED], from_ms, FALSE);
  if (words[WORD_MESSAGE][0] == '\0' || bytes < LIA_AMI_LEAST_MESSAGE_BYTES)
    return;

  add_file (call, words[WORD_MESSAGE], from_ms, TRUE);
  if (call->outcome != LIA_CALL_OUTCOME_ANSWERED)
    call->outcome = LIA_CALL_OUTCOME_VOICEMAIL;
}

/* FALSE when the times cannot be those of one call. */
static gboolean
take_times (LiaCall     *call,
            LiaCallWait *wait,
            GStrv        words,
            gint64       offset_ms)
{
  const gint64 came_ms = read_time (words[WORD_CAME]);
  const gint64 ended_ms = read_time (words[WORD_ENDED]);

  if (came_ms == 0 || ended_ms < came_ms)
    return FALSE;

  call->created_ms = came_ms + offset_ms;
  call->ended_ms = ended_ms + offset_ms;
  wait->from_ms = CLAMP (read_time (words[WORD_JOINED]) + offset_ms, call->created_ms, call->ended_ms);
  wait->to_ms = CLAMP (read_time (words[WORD_LEFT]) + offset_ms, wait->from_ms, call->ended_ms);
  call->wait_ms = wait->to_ms - wait->from_ms;

  return TRUE;
}

static void
take_caller (LiaCall *call,
             GStrv    words)
{
  call->withheld = g_str_has_prefix (words[WORD_PRESENTATION], "prohib");
  g_set_str (&call->number, call->withheld ? "" : words[WORD_NUMBER]);
  g_set_str (&call->name, call->withheld ? "" : words[WORD_NAME]);
}

/* (transfer full) (nullable): the words of a note of today; an older one has nothing of files. */
static GStrv
split (const char *value)
{
  const gboolean is_old = g_str_has_prefix (value, "1|");
  const guint    n_files = is_old ? WORD_NUMBER - WORD_MESSAGE : 0;
  g_auto (GStrv) words = g_strsplit (value, "|", N_WORDS - n_files);
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  if (g_strv_length (words) != N_WORDS - n_files || (!is_old && !g_str_equal (words[WORD_VERSION], "2")))
    return NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      for (guint file = 0; i == WORD_MESSAGE && file < n_files; file++)
        g_strv_builder_add (all, "");
      g_strv_builder_add (all, words[i]);
    }

  return g_strv_builder_end (all);
}

static gboolean
is_of_an_agent (LiaAmiDirectory *directory,
                const char      *channel)
{
  g_autofree char *endpoint = lia_ami_endpoint_of_channel (channel);

  return endpoint != NULL && lia_ami_directory_find_endpoint (directory, endpoint) != NULL;
}

/**
 * lia_ami_left_parse:
 * @directory: who of the callers is one of us
 * @offset_ms: what our clock says more than the PBX's
 *
 * Returns: (transfer full) (nullable): the call, as a provider reports it; NULL for what is no note, and for a call between colleagues
 */
LiaCall *
lia_ami_left_parse (const char      *pbx,
                    LiaAmiDirectory *directory,
                    const char      *key,
                    const char      *value,
                    gint64           offset_ms)
{
  g_auto (GStrv) words = split (value);
  const char *uniqueid = strrchr (key, '/');

  if (uniqueid == NULL || uniqueid[1] == '\0' || words == NULL || is_of_an_agent (directory, words[WORD_CHANNEL]))
    return NULL;

  g_autoptr (LiaCall) call = lia_call_new ();
  g_autoptr (LiaCallWait) wait = lia_call_wait_new ();
  if (!take_times (call, wait, words, offset_ms))
    return NULL;

  g_set_str (&call->pbx, pbx);
  g_set_str (&call->uniqueid, uniqueid + 1);
  g_set_str (&call->queue, words[WORD_QUEUE]);
  g_set_str (&wait->queue, words[WORD_QUEUE]);
  g_set_str (&call->did, words[WORD_DID]);
  call->direction = LIA_CALL_IN;
  call->state = LIA_CALL_ENDED;
  call->offline = TRUE;
  take_result (call, wait, words[WORD_RESULT]);
  take_files (call, wait->to_ms, words);
  take_caller (call, words);
  if (words[WORD_QUEUE][0] != '\0')
    g_ptr_array_add (call->waits, g_steal_pointer (&wait));
  else
    call->wait_ms = 0;

  return g_steal_pointer (&call);
}
