/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-job.h"

#include <string.h>

/* Commands that ring the agent's own telephone: dial, listen in, take a waiting or a parked caller. */

#define RING_MS "30000"
#define TAKEN_MS 2500 /* the queue lets a caller go within half a second */

/* What tells the app's own telephone that this ringing was asked for: it answers by itself. */
static void
add_mark (LiaAmiJob    *job,
          LiaAmiAction *action)
{
  const char      *name = *job->command->name != '\0' ? job->command->name : job->command->uniqueid;
  g_autofree char *mark = g_strdup_printf ("PJSIP_HEADER(add,X-Liaison-Call)=%s", name);

  if (*name != '\0' && name[strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-")] == '\0')
    lia_ami_action_add (action, "Variable", mark);
}

/* A call of our own has our own name from its first event on. */
static void
add_name (LiaAmiJob    *job,
          LiaAmiAction *action)
{
  const char *name = job->command->kind == LIA_PHONE_DIAL ? job->command->uniqueid : job->command->name;

  if (*name != '\0')
    lia_ami_action_add (action, "ChannelId", name);
}

static gboolean
originate (LiaAmiJob  *job,
           const char *context,
           const char *exten,
           const char *variable,
           GError    **error)
{
  LiaPhoneCommand *command = job->command;
  LiaAmiAction    *action = lia_ami_action_new ("Originate");

  lia_ami_action_add (action, "Channel", command->phone);
  lia_ami_action_add (action, "Context", context);
  lia_ami_action_add (action, "Exten", exten);
  lia_ami_action_add (action, "Priority", "1");
  lia_ami_action_add (action, "Timeout", RING_MS);
  lia_ami_action_add (action, "Async", "true");
  add_name (job, action);
  add_mark (job, action);
  if (variable != NULL)
    lia_ami_action_add (action, "Variable", variable);
  /* What the agent's telephone shows, while the call itself keeps the agent's number. */
  if (lia_ami_job_is_number (exten) && command->kind != LIA_PHONE_SUPERVISE)
    {
      g_autofree char *shown = g_strdup_printf ("CONNECTEDLINE(num,i)=%s", exten);
      lia_ami_action_add (action, "Variable", shown);
    }

  return lia_ami_job_send (job, action, error);
}

/** lia_ami_job_dial: our telephone is rung, and then the number. */
gboolean
lia_ami_job_dial (LiaAmiJob *job,
                  GError   **error)
{
  const char *number = job->command->target;

  return lia_ami_job_need_telephone (job, error) && lia_ami_job_need_number (job, number, error) &&
         originate (job, lia_ami_job_get_context (job), number, NULL, error);
}

/* Listening in ---------------------------------------------------------------------------------------------------------------------------- */

/* The channel with which we listen already goes to the same place of the dialplan again, as somebody else. */
static gboolean
change_mode (LiaAmiJob  *job,
             LiaCallLeg *own,
             const char *spied,
             const char *mode,
             GError    **error)
{
  return lia_ami_job_do (job, error, "Setvar", "Channel", own->channel, "Variable", "SPY_CHANNEL", "Value", spied, NULL) &&
         lia_ami_job_do (job, error, "Redirect", "Channel", own->channel, "Context", "liaison-spy", "Exten", mode, "Priority", "1", NULL);
}

/** lia_ami_job_supervise: our telephone is rung, and then hears the agent's channel. */
gboolean
lia_ami_job_supervise (LiaAmiJob *job,
                       GError   **error)
{
  static const char *const modes[] = { "listen", "whisper", "barge" };
  const char              *mode = modes[job->command->mode];
  LiaCallLeg              *own = lia_ami_call_find_leg (job->call, job->command->phone);
  LiaCallLeg              *leg = lia_ami_call_find_leg (job->call, job->command->target);
  g_autofree char         *variable = NULL;

  if (leg == NULL || leg->state != LIA_LEG_UP)
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_GONE, "The agent is not in this call any more.");
  if (strpbrk (leg->channel, ",()") != NULL)
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_UNSUPPORTED, "This telephone cannot be listened to.");

  if (own != NULL && own->kind == LIA_LEG_SPY && own->state == LIA_LEG_UP)
    return change_mode (job, own, leg->channel, mode, error);

  variable = g_strdup_printf ("SPY_CHANNEL=%s", leg->channel);

  return lia_ami_job_need_telephone (job, error) && lia_ami_job_need_context (job, "liaison-spy", error) &&
         originate (job, "liaison-spy", mode, variable, error);
}

/* Taking ---------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
rings (LiaAmiJob *job)
{
  return lia_ami_call_find_leg (job->call, job->command->phone) != NULL;
}

/* "PJSIP/alice" -> "alice": the dialplan rings PJSIP endpoints. */
static const char *
endpoint_name (const char *phone)
{
  return g_str_has_prefix (phone, "PJSIP/") ? phone + strlen ("PJSIP/") : NULL;
}

/* The dialplan passes it on to the telephone that it rings. */
static gboolean
mark_caller (LiaAmiJob  *job,
             LiaCallLeg *customer,
             GError    **error)
{
  return lia_ami_job_do (job, error, "Setvar", "Channel", customer->channel, "Variable", "__LIAISON_CALL", "Value", job->command->uniqueid, NULL);
}

static gboolean
withdraw (LiaAmiJob  *job,
          const char *queue,
          LiaCallLeg *customer,
          GError    **error)
{
  return lia_ami_job_do (job, error, "QueueWithdrawCaller",
                         "Queue", queue,
                         "Caller", customer->channel,
                         "WithdrawInfo", endpoint_name (job->command->phone),
                         NULL);
}

/** lia_ami_job_take: the waiting caller leaves the queue and rings the agent's telephone. */
gboolean
lia_ami_job_take (LiaAmiJob *job,
                  GError   **error)
{
  LiaCallLeg  *customer = lia_ami_job_need_customer (job, error);
  LiaCallWait *wait = lia_call_last_wait (job->call);

  if (customer == NULL)
    return FALSE;
  if (wait == NULL || wait->to_ms != 0)
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_STATE, "This caller is not waiting any more.");
  if (endpoint_name (job->command->phone) == NULL)
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_UNSUPPORTED, "Your telephone is of a kind that callers cannot be brought to.");
  if (!lia_ami_job_need_telephone (job, error) || !lia_ami_job_need_context (job, "liaison-grab", error) ||
      !mark_caller (job, customer, error) || !withdraw (job, wait->queue, customer, error))
    return FALSE;

  return lia_ami_job_wait (job, rings, TAKEN_MS) || lia_ami_job_fail (error, LIA_PHONE_ERROR_TIMEOUT, "The caller did not come to your telephone.");
}

static gboolean
park (LiaAmiJob *job,
      GError   **error)
{
  LiaCallLeg *leg = lia_ami_job_need_leg (job, error);
  LiaCallLeg *customer = leg != NULL ? lia_ami_job_need_customer (job, error) : NULL;

  return customer != NULL && lia_ami_job_do (job, error, "Park", "Channel", customer->channel, "TimeoutChannel", leg->channel, NULL);
}

/** lia_ami_job_park: puts the customer into a parking place, or rings the agent's telephone to bring him back. */
gboolean
lia_ami_job_park (LiaAmiJob *job,
                  GError   **error)
{
  if (job->command->on)
    return park (job, error);
  if (*job->call->slot == '\0')
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_STATE, "This call is not parked.");

  return lia_ami_job_need_telephone (job, error) && originate (job, lia_ami_job_get_context (job), job->call->slot, NULL, error);
}
