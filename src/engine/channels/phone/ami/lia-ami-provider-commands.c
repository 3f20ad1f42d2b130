/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-job.h"

#include "lia-async.h"

/*
 * Commands: one at a time for a call. Each is a step in a fiber; what it needs of the call is looked up by the call's number each time, never by a
 * channel's name, which another call may have by now. All waiting in a step has a deadline.
 */

static gboolean
refuse_answer (LiaAmiJob *job,
               GError   **error)
{
  return lia_ami_job_fail (error, LIA_PHONE_ERROR_UNSUPPORTED, "Please answer on your telephone.");
}

static gboolean
refuse_mute (LiaAmiJob *job,
             GError   **error)
{
  return lia_ami_job_fail (error, LIA_PHONE_ERROR_UNSUPPORTED, "Please mute on your telephone.");
}

static const struct
{
  LiaAmiStep step;
  gboolean   needs_call;
} commands[] = {
  [LIA_PHONE_DIAL] = { lia_ami_job_dial, FALSE },
  [LIA_PHONE_ANSWER] = { refuse_answer, TRUE },
  [LIA_PHONE_HANGUP] = { lia_ami_job_hang_up, TRUE },
  [LIA_PHONE_HOLD] = { lia_ami_job_hold, TRUE },
  [LIA_PHONE_MUTE] = { refuse_mute, TRUE },
  [LIA_PHONE_DTMF] = { lia_ami_job_press, TRUE },
  [LIA_PHONE_TRANSFER] = { lia_ami_job_transfer, TRUE },
  [LIA_PHONE_CONSULT] = { lia_ami_job_consult, TRUE },
  [LIA_PHONE_COMPLETE] = { lia_ami_job_complete, TRUE },
  [LIA_PHONE_CANCEL] = { lia_ami_job_cancel, TRUE },
  [LIA_PHONE_PARK] = { lia_ami_job_park, TRUE },
  [LIA_PHONE_RECORD] = { lia_ami_job_record, TRUE },
  [LIA_PHONE_TAKE] = { lia_ami_job_take, TRUE },
  [LIA_PHONE_SUPERVISE] = { lia_ami_job_supervise, TRUE },
  [LIA_PHONE_PAUSE] = { lia_ami_job_pause, FALSE },
  [LIA_PHONE_LOGIN] = { lia_ami_job_log_in, FALSE },
  [LIA_PHONE_MOVE] = { lia_ami_job_move, TRUE },
  [LIA_PHONE_PRIORITY] = { lia_ami_job_set_priority, TRUE },
};

static void
job_free (gpointer data)
{
  LiaAmiJob *job = data;

  g_clear_object (&job->call);
  g_object_unref (job->client);
  g_object_unref (job->provider);
  lia_phone_command_unref (job->command);
  g_free (job);
}

static DexFuture *
job_fiber (gpointer data)
{
  LiaAmiJob *job = data;
  GError    *error = NULL;
  gboolean   is_done = commands[job->command->kind].step (job, &error);

  g_hash_table_remove (job->provider->busy, job->command->uniqueid);

  return is_done ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

/* A future that nobody waits for must not end the fiber: what has begun at the PBX is brought to its end. */
static DexFuture *
start (LiaAmiJob *job)
{
  DexFuture *fiber = lia_spawn (job_fiber, job, job_free);

  dex_future_disown (dex_ref (fiber));

  return fiber;
}

/** lia_ami_provider_run: see LiaPhoneProviderInterface. */
DexFuture *
lia_ami_provider_run (LiaAmiProvider  *self,
                      LiaPhoneCommand *command)
{
  const gboolean needs_call = commands[command->kind].needs_call;
  g_autoptr (LiaCall) call = NULL;
  LiaAmiJob *job;

  if (self->link.state != LIA_PHONE_LINK_UP)
    return dex_future_new_reject (LIA_PHONE_ERROR, LIA_PHONE_ERROR_DOWN, "The telephone system cannot be reached now.");
  if (needs_call && g_hash_table_contains (self->busy, command->uniqueid))
    return dex_future_new_reject (LIA_PHONE_ERROR, LIA_PHONE_ERROR_BUSY, "The call is busy with what was asked for before.");
  call = needs_call ? lia_ami_model_find_call (self->model, command->uniqueid) : NULL;
  if (needs_call && call == NULL)
    return dex_future_new_reject (LIA_PHONE_ERROR, LIA_PHONE_ERROR_GONE, "The call has ended meanwhile.");

  job = g_new0 (LiaAmiJob, 1);
  job->provider = g_object_ref (self);
  job->client = g_object_ref (self->client);
  job->command = lia_phone_command_ref (command);
  job->call = g_steal_pointer (&call);
  if (needs_call)
    g_hash_table_add (self->busy, g_strdup (command->uniqueid));

  return start (job);
}
