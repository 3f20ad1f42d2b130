/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-job.h"

#include <string.h>

/* Commands within a conversation: end it, hold, keys, recording. */

#define KEY_MS "120"
#define KEY_PAUSE_MS 250
#define MAX_KEYS 32
#define RECORD_MS 3000

/** lia_ami_job_hang_up: the agent's part; the customer's ends by the dialplan, as if the agent had hung up. */
gboolean
lia_ami_job_hang_up (LiaAmiJob *job,
                     GError   **error)
{
  LiaCallLeg *leg = lia_ami_job_need_leg (job, error);

  return leg != NULL && lia_ami_job_do (job, error, "Hangup", "Channel", leg->channel, "Cause", "16", NULL);
}

/* Hold ------------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
send_apart (LiaAmiJob  *job,
            LiaCallLeg *leg,
            LiaCallLeg *customer,
            GError    **error)
{
  return lia_ami_job_do (job, error, "Redirect",
                         "Channel", customer->channel, "Context", "liaison-hold", "Exten", "s", "Priority", "1",
                         "ExtraChannel", leg->channel, "ExtraContext", "liaison-hold", "ExtraExten", "agent", "ExtraPriority", "1",
                         NULL);
}

static gboolean
is_held (LiaAmiJob *job)
{
  for (guint i = 0; job->call != NULL && i < job->call->segments->len; i++)
    {
      const LiaCallSegment *segment = job->call->segments->pdata[i];

      if (segment->kind == LIA_SEGMENT_HOLD && segment->to_ms == 0)
        return TRUE;
    }

  return FALSE;
}

/** lia_ami_job_hold: for telephones that cannot: both are sent away from each other, the customer to the music; then they are joined again. */
gboolean
lia_ami_job_hold (LiaAmiJob *job,
                  GError   **error)
{
  LiaCallLeg *leg = lia_ami_job_need_leg (job, error);
  LiaCallLeg *customer = leg != NULL ? lia_ami_job_need_customer (job, error) : NULL;

  if (customer == NULL)
    return FALSE;
  if (leg->state != LIA_LEG_UP || customer->state != LIA_LEG_UP)
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_STATE, "Nobody talks in this call yet.");
  if (is_held (job) == job->command->on)
    return TRUE;
  if (job->command->on)
    return lia_ami_job_need_context (job, "liaison-hold", error) && send_apart (job, leg, customer, error);

  return lia_ami_job_do (job, error, "Bridge", "Channel1", leg->channel, "Channel2", customer->channel, NULL);
}

/* Keys ------------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
press (LiaAmiJob  *job,
       const char *channel,
       const char *keys,
       const char *receive,
       GError    **error)
{
  for (const char *key = keys; *key != '\0'; key++)
    {
      const char digit[] = { *key, '\0' };

      if (!lia_ami_job_do (job, error, "PlayDTMF", "Channel", channel, "Digit", digit, "Duration", KEY_MS, "Receive", receive, NULL))
        return FALSE;
      if (key[1] != '\0')
        dex_await (dex_timeout_new_msec (KEY_PAUSE_MS), NULL);
    }

  return TRUE;
}

/* Whom the agent talks to: who came last beside himself, the customer when nobody else did. */
static LiaCallLeg *
find_other (LiaAmiJob  *job,
            LiaCallLeg *own)
{
  LiaCallLeg *other = NULL;

  for (guint i = 0; i < job->call->legs->len; i++)
    {
      LiaCallLeg *leg = job->call->legs->pdata[i];

      if (leg != own && leg->ended_ms == 0 && leg->state == LIA_LEG_UP && leg->kind != LIA_LEG_PLUMBING && leg->kind != LIA_LEG_SPY)
        other = leg;
    }

  return other;
}

/** lia_ami_job_press: the other side hears the keys. */
gboolean
lia_ami_job_press (LiaAmiJob *job,
                   GError   **error)
{
  const char      *keys = job->command->target;
  LiaCallLeg      *leg = lia_ami_job_need_leg (job, error);
  LiaCallLeg      *other = leg != NULL ? find_other (job, leg) : NULL;
  g_autofree char *channel = NULL;

  if (leg == NULL)
    return FALSE;
  if (*keys == '\0' || strlen (keys) > MAX_KEYS || keys[strspn (keys, "0123456789*#ABCD")] != '\0')
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_NO_TARGET, "These are no keys of a telephone.");
  if (other == NULL)
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_STATE, "There is nobody who could hear them.");

  channel = g_strdup (other->channel);

  return press (job, channel, keys, "false", error);
}

/* Recording ------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_as_wanted (LiaAmiJob *job)
{
  return job->call != NULL && job->call->recording == job->command->on;
}

/*
 * Recording by the PBX's own action would need the right to run programs there, so we press the agent's keys for it, whatever they are; the other side does
 * not hear them. They switch, so that we have to know how it is.
 */
gboolean
lia_ami_job_record (LiaAmiJob *job,
                    GError   **error)
{
  LiaCallLeg      *leg = lia_ami_job_need_leg (job, error);
  g_autofree char *channel = NULL;
  g_autofree char *keys = NULL;

  if (leg == NULL)
    return FALSE;
  if (is_as_wanted (job))
    return TRUE;
  channel = g_strdup (leg->channel);
  keys = lia_ami_job_ask (job, channel, "FEATUREMAP(automixmon)", error);
  if (keys == NULL)
    return FALSE;
  if (*keys == '\0')
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_UNSUPPORTED, "The telephone system has no keys for recording (automixmon in features.conf).");
  if (!press (job, channel, keys, "true", error))
    return FALSE;

  return lia_ami_job_wait (job, is_as_wanted, RECORD_MS) ||
         lia_ami_job_fail (error, LIA_PHONE_ERROR_REFUSED, job->command->on ? "The telephone system did not begin to record." : "The telephone system did not stop recording.");
}
