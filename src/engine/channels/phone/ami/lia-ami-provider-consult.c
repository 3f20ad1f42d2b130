/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-job.h"

#include "lia-async.h"

#include <string.h>

/*
 * Transfers. The PBX says "succeeded" to a transfer to nowhere and drops the caller, and lets an agent complete a transfer to somebody who was
 * busy: so the target is looked at first, and completing waits for an answer.
 *
 * To consult, the PBX presses keys of its own for the agent and calls the target over a Local channel, whose near end ";1" is put together with the
 * agent and is up once the target has answered. A target that is busy can leave the agent alone there, with a busy tone or without: the agent is brought
 * back to the caller by us then.
 */

#define TRANSFER_CONTEXT "liaison-transfer"
#define CONSULT_MS 5000
#define COMPLETE_MS 3000
#define REPAIR_MS 700 /* the PBX may bring the agent back by itself */

/* The near end of the Local channel that the agent consults over: the newest. */
static LiaCallLeg *
find_near_end (LiaCall *call)
{
  for (guint i = call != NULL ? call->legs->len : 0; i-- > 0;)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->kind == LIA_LEG_PLUMBING && leg->ended_ms == 0 && g_str_has_prefix (leg->channel, "Local/") && g_str_has_suffix (leg->channel, ";1"))
        return leg;
    }

  return NULL;
}

static gboolean
is_consulting (LiaAmiJob *job)
{
  for (guint i = 0; job->call != NULL && i < job->call->segments->len; i++)
    {
      const LiaCallSegment *segment = job->call->segments->pdata[i];

      if (segment->kind == LIA_SEGMENT_CONSULT && segment->to_ms == 0)
        return TRUE;
    }

  return FALSE;
}

static LiaCallLeg *
need_talking (LiaAmiJob *job,
              GError   **error)
{
  LiaCallLeg *leg = lia_ami_job_need_leg (job, error);

  if (leg == NULL || lia_ami_job_need_customer (job, error) == NULL)
    return NULL;
  if (leg->state == LIA_LEG_UP && !is_consulting (job))
    return leg;
  lia_ami_job_fail (error, LIA_PHONE_ERROR_STATE, leg->state == LIA_LEG_UP ? "You are consulting somebody already." : "You have not answered this call yet.");

  return NULL;
}

/* Liaison's context brings a caller back whom nobody takes; without it he goes where agents dial. */
static const char *
find_context (LiaAmiJob *job)
{
  return lia_ami_job_need_context (job, TRANSFER_CONTEXT, NULL) ? TRANSFER_CONTEXT : lia_ami_job_get_context (job);
}

/** lia_ami_job_transfer: the caller goes to the target at once. */
gboolean
lia_ami_job_transfer (LiaAmiJob *job,
                      GError   **error)
{
  LiaCallLeg *leg = need_talking (job, error);

  return leg != NULL && lia_ami_job_need_number (job, job->command->target, error) &&
         lia_ami_job_do (job, error, "BlindTransfer", "Channel", leg->channel, "Context", find_context (job), "Exten", job->command->target, NULL);
}

/* Consulting ------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
has_near_end (LiaAmiJob *job)
{
  return find_near_end (job->call) != NULL && is_consulting (job);
}

/* The number is pressed key by key; "#" says that it is whole. */
static gboolean
can_be_pressed (const char *number)
{
  return number[strspn (number, "0123456789*")] == '\0';
}

static gboolean
has_left (LiaAmiJob *job)
{
  return lia_ami_call_find_leg (job->call, job->command->phone) == NULL;
}

/** lia_ami_job_complete: the agent's telephone hangs up, and the two others are put together. */
gboolean
lia_ami_job_complete (LiaAmiJob *job,
                      GError   **error)
{
  LiaCallLeg *leg = lia_ami_job_need_leg (job, error);
  LiaCallLeg *near_end = find_near_end (job->call);

  if (leg == NULL || lia_ami_job_need_customer (job, error) == NULL)
    return FALSE;
  if (near_end == NULL || !is_consulting (job))
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_STATE, "You are not consulting anybody.");
  if (near_end->state != LIA_LEG_UP)
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_STATE, "Your colleague has not answered yet.");
  if (!lia_ami_job_do (job, error, "Hangup", "Channel", leg->channel, "Cause", "16", NULL))
    return FALSE;

  return lia_ami_job_wait (job, has_left, COMPLETE_MS) || lia_ami_job_fail (error, LIA_PHONE_ERROR_TIMEOUT, "The transfer was not completed.");
}

/** lia_ami_job_cancel: the agent has the caller again. */
gboolean
lia_ami_job_cancel (LiaAmiJob *job,
                    GError   **error)
{
  LiaCallLeg *leg = lia_ami_job_need_leg (job, error);

  if (leg == NULL)
    return FALSE;
  if (!is_consulting (job))
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_STATE, "You are not consulting anybody.");

  return lia_ami_job_do (job, error, "CancelAtxfer", "Channel", leg->channel, NULL);
}

/* Repair ---------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  LiaAmiProvider *provider;
  LiaAmiClient   *client;
  char           *near_end;
  char           *channel;
} Repair;

static void
repair_free (gpointer data)
{
  Repair *repair = data;

  g_object_unref (repair->provider);
  g_object_unref (repair->client);
  g_free (repair->near_end);
  g_free (repair->channel);
  g_free (repair);
}

static DexFuture *
repair_fiber (gpointer data)
{
  Repair       *repair = data;
  LiaAmiAction *action;

  dex_await (dex_timeout_new_msec (REPAIR_MS), NULL);
  if (!g_hash_table_remove (repair->provider->consults, repair->near_end))
    return dex_future_new_for_boolean (FALSE);

  action = lia_ami_action_new ("CancelAtxfer");
  lia_ami_action_add (action, "Channel", repair->channel);

  return lia_ami_client_send (repair->client, action);
}

static gboolean
is_failure (const char *status)
{
  static const char *const words[] = { "BUSY", "NOANSWER", "CHANUNAVAIL", "CONGESTION", NULL };

  return status != NULL && g_strv_contains (words, status);
}

static void
repair (LiaAmiProvider *self,
        const char     *near_end,
        const char     *channel)
{
  Repair *repair = g_new0 (Repair, 1);

  repair->provider = g_object_ref (self);
  repair->client = g_object_ref (self->client);
  repair->near_end = g_strdup (near_end);
  repair->channel = g_strdup (channel);
  dex_future_disown (lia_spawn (repair_fiber, repair, repair_free));
}

/* Whether @far_end is the other half of the Local channel that begins at @near_end: they are named alike, and were made one after the other. */
static gboolean
is_far_end_of (LiaAmiProvider *self,
               const char     *far_end,
               const char     *near_end)
{
  g_autofree char *name = g_strdup (far_end);
  const gsize      length = strlen (name);

  if (length < 2 || name[length - 1] != '2' || name[length - 2] != ';')
    return FALSE;
  name[length - 1] = '1';

  return g_strcmp0 (lia_ami_model_find_channel (self->model, near_end), name) == 0;
}

/* Whom an agent consults is busy: what dialled is the far end. */
static void
look_for_failure (LiaAmiProvider *self,
                  LiaAmiMessage  *event)
{
  const char    *dialler = lia_ami_message_get (event, "Channel");
  GHashTableIter iter;
  const char    *near_end, *channel;

  if (dialler == NULL || !is_failure (lia_ami_message_get (event, "DialStatus")))
    return;

  g_hash_table_iter_init (&iter, self->consults);
  while (g_hash_table_iter_next (&iter, (gpointer *)&near_end, (gpointer *)&channel))
    {
      if (is_far_end_of (self, dialler, near_end))
        repair (self, near_end, channel);
    }
  if (self->n_starting > 0)
    g_hash_table_add (self->refused, g_strdup (dialler));
}

/** lia_ami_provider_watch_consults: who is consulted answers, is busy, or is gone. */
void
lia_ami_provider_watch_consults (LiaAmiProvider *self,
                                 LiaAmiMessage  *event)
{
  const char *name = lia_ami_message_get_name (event);
  const char *uniqueid = lia_ami_message_get (event, "Uniqueid");

  if ((g_hash_table_size (self->consults) == 0 && self->n_starting == 0) || lia_ami_message_get_taint (event) != 0)
    return;
  if (g_str_equal (name, "DialEnd"))
    look_for_failure (self, event);
  else if (uniqueid != NULL && (g_str_equal (name, "Hangup") || (g_str_equal (name, "Newstate") && lia_ami_message_get_int64 (event, "ChannelState", 0) == 6)))
    g_hash_table_remove (self->consults, uniqueid);
}

/* Beginning ------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
call_target (LiaAmiJob  *job,
             const char *channel,
             GError    **error)
{
  g_autofree char *keys = g_strconcat (job->command->target, "#", NULL);

  if (!lia_ami_job_do (job, error, "Atxfer", "Channel", channel, "Context", find_context (job), "Exten", keys, NULL))
    return FALSE;

  return lia_ami_job_wait (job, has_near_end, CONSULT_MS) || lia_ami_job_fail (error, LIA_PHONE_ERROR_TIMEOUT, "The telephone system did not call your colleague.");
}

/* Who refuses at once has done so before we know of it. */
static void
watch (LiaAmiProvider   *self,
       const LiaCallLeg *near_end,
       const char       *channel)
{
  GHashTableIter iter;
  const char    *far_end;

  g_hash_table_insert (self->consults, g_strdup (near_end->uniqueid), g_strdup (channel));
  g_hash_table_iter_init (&iter, self->refused);
  while (g_hash_table_iter_next (&iter, (gpointer *)&far_end, NULL))
    {
      if (is_far_end_of (self, far_end, near_end->uniqueid))
        repair (self, near_end->uniqueid, channel);
    }
}

/** lia_ami_job_consult: resolves when the target is being called. */
gboolean
lia_ami_job_consult (LiaAmiJob *job,
                     GError   **error)
{
  LiaAmiProvider  *provider = job->provider;
  LiaCallLeg      *leg = need_talking (job, error);
  g_autofree char *channel = g_strdup (leg != NULL ? leg->channel : NULL);
  gboolean         is_called;

  if (leg == NULL || !lia_ami_job_need_number (job, job->command->target, error))
    return FALSE;
  if (!can_be_pressed (job->command->target))
    return lia_ami_job_fail (error, LIA_PHONE_ERROR_NO_TARGET, "Only a number of digits can be consulted.");

  provider->n_starting++;
  is_called = call_target (job, channel, error);
  if (is_called)
    watch (provider, find_near_end (job->call), channel);
  if (--provider->n_starting == 0)
    g_hash_table_remove_all (provider->refused);

  return is_called;
}
