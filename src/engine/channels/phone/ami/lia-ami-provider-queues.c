/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-job.h"

#include "lia-agent.h"

#include <string.h>

/* Commands about queues: who is in them, who pauses, and where a waiting caller stands. */

/* What is so already is no error. */
static gboolean
forgive (gboolean    is_done,
         const char *words,
         GError    **error)
{
  if (is_done || error == NULL || *error == NULL || strstr ((*error)->message, words) == NULL)
    return is_done;

  g_clear_error (error);

  return TRUE;
}

static gboolean
name_missing (gboolean is_done,
              GError **error)
{
  static const struct
  {
    const char *words;
    const char *message;
  } causes[] = {
    { "No such queue", "The telephone system has no such queue." },
    { "Interface not found", "This telephone is in no queue." },
  };

  for (guint i = 0; !is_done && *error != NULL && i < G_N_ELEMENTS (causes); i++)
    {
      if (strstr ((*error)->message, causes[i].words) == NULL)
        continue;
      g_clear_error (error);
      return lia_ami_job_fail (error, LIA_PHONE_ERROR_NO_TARGET, causes[i].message);
    }

  return is_done;
}

/* Members --------------------------------------------------------------------------------------------------------------------------------- */

/** lia_ami_job_pause: in one queue or in all. */
gboolean
lia_ami_job_pause (LiaAmiJob *job,
                   GError   **error)
{
  LiaPhoneCommand *command = job->command;
  LiaAmiAction    *action = lia_ami_action_new ("QueuePause");

  lia_ami_action_add (action, "Interface", command->target);
  lia_ami_action_add (action, "Paused", command->on ? "true" : "false");
  lia_ami_action_add (action, "Reason", command->text);
  if (*command->queue != '\0')
    lia_ami_action_add (action, "Queue", command->queue);

  return name_missing (lia_ami_job_send (job, action, error), error);
}

/* Whose place it is: for its name, and for the telephone whose state the queue is to watch. */
static LiaAgent *
find_agent (LiaAmiProvider *self,
            const char     *interface)
{
  for (guint i = 0; i < self->agents->len; i++)
    {
      LiaAgent *agent = self->agents->pdata[i];

      if (g_strcmp0 (agent->member, interface) == 0 || g_str_equal (agent->phone, interface))
        return agent;
    }

  return NULL;
}

/** lia_ami_job_log_in: the member joins the queue, or leaves it. */
gboolean
lia_ami_job_log_in (LiaAmiJob *job,
                    GError   **error)
{
  LiaPhoneCommand *command = job->command;
  LiaAgent        *agent = find_agent (job->provider, command->target);
  LiaAmiAction    *action = lia_ami_action_new (command->on ? "QueueAdd" : "QueueRemove");
  gboolean         is_done;

  lia_ami_action_add (action, "Queue", command->queue);
  lia_ami_action_add (action, "Interface", command->target);
  if (command->on && agent != NULL)
    {
      lia_ami_action_add (action, "MemberName", agent->name);
      lia_ami_action_add (action, "StateInterface", agent->phone);
    }
  /* From the first moment on: a caller who waits rings whoever joins at once. */
  if (command->on)
    lia_ami_action_add (action, "Paused", command->paused ? "true" : "false");
  is_done = lia_ami_job_send (job, action, error);

  return name_missing (forgive (is_done, command->on ? "Already there" : "Not there", error), error);
}

/* Waiting callers ------------------------------------------------------------------------------------------------------------------------- */

static LiaCallLeg *
need_waiting (LiaAmiJob *job,
              GError   **error)
{
  LiaCallLeg  *customer = lia_ami_job_need_customer (job, error);
  LiaCallWait *wait = lia_call_last_wait (job->call);

  if (customer == NULL || (wait != NULL && wait->to_ms == 0))
    return customer;
  lia_ami_job_fail (error, LIA_PHONE_ERROR_STATE, "This caller is not waiting any more.");

  return NULL;
}

/** lia_ami_job_move: to another queue, by the same part of the dialplan that queues himself. */
gboolean
lia_ami_job_move (LiaAmiJob *job,
                  GError   **error)
{
  LiaCallLeg *customer = need_waiting (job, error);
  const char *queue = job->command->queue;
  g_auto (GStrv) queues = lia_ami_model_list_queues (job->provider->model);
  g_autofree char *channel = NULL;

  if (customer == NULL)
    return FALSE;
  if (!g_strv_contains ((const char *const *)queues, queue))
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_NO_TARGET, "The telephone system has no such queue.");

  channel = g_strdup (customer->channel);

  return lia_ami_job_need_context (job, "liaison-queue", error) &&
         lia_ami_job_do (job, error, "Setvar", "Channel", channel, "Variable", "LIAISON_QUEUE", "Value", queue, NULL) &&
         lia_ami_job_do (job, error, "Redirect", "Channel", channel, "Context", "liaison-queue", "Exten", "s", "Priority", "wait", NULL);
}

/** lia_ami_job_set_priority: no event tells who stands where after it. */
gboolean
lia_ami_job_set_priority (LiaAmiJob *job,
                          GError   **error)
{
  LiaCallLeg      *customer = need_waiting (job, error);
  g_autofree char *priority = g_strdup_printf ("%" G_GINT64_FORMAT, job->command->number);

  if (customer == NULL || !lia_ami_job_do (job, error, "QueueChangePriorityCaller",
                                           "Queue", lia_call_last_wait (job->call)->queue,
                                           "Caller", customer->channel,
                                           "Priority", priority,
                                           "Immediate", "true",
                                           NULL))
    return FALSE;

  lia_ami_provider_want_resync (job->provider);

  return TRUE;
}
