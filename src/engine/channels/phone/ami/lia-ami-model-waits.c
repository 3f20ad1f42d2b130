/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

/*
 * Waits: who stands in which queue. A queue says "abandoned" of everybody who leaves without an agent: who gave up, was thrown out, was taken out
 * or was sent elsewhere. Which of these it was is told by what the channel does next, so a wait that has ended may be without a result for a while.
 */

/** lia_ami_leg_is_waiting: it stands in a queue. */
gboolean
lia_ami_leg_is_waiting (const LiaAmiLeg *self)
{
  return self->wait != NULL && self->wait->to_ms == 0 && !self->taken;
}

/** lia_ami_leg_is_undecided: it has left a queue and it is not known why. */
gboolean
lia_ami_leg_is_undecided (const LiaAmiLeg *self)
{
  return self->wait != NULL && self->wait->to_ms != 0;
}

/**
 * lia_ami_model_open_wait:
 * @position: from 1; 0 = not told
 */
void
lia_ami_model_open_wait (LiaAmiModel *self,
                         LiaAmiLeg   *leg,
                         const char  *queue,
                         gint64       from_ms,
                         gint64       position)
{
  LiaCallWait *wait = lia_call_wait_new ();

  g_set_str (&wait->queue, queue);
  wait->from_ms = from_ms;
  wait->position = position;
  leg->wait = wait;
  leg->withdrawn = FALSE;
  leg->taken = FALSE;
  g_ptr_array_add (leg->call->waits, wait);
  lia_ami_model_add_queue (self, queue);
  lia_ami_model_touch (self, leg->call);
}

/** lia_ami_model_close_wait: it is known how the wait came out. */
void
lia_ami_model_close_wait (LiaAmiModel  *self,
                          LiaAmiLeg    *leg,
                          LiaWaitResult result,
                          gint64        at_ms)
{
  LiaCallWait *wait = g_steal_pointer (&leg->wait);

  if (wait == NULL)
    return;

  if (wait->to_ms == 0)
    wait->to_ms = MAX (at_ms, wait->from_ms);
  wait->result = result;
  leg->withdrawn = FALSE;
  leg->taken = FALSE;
  lia_ami_model_touch (self, leg->call);
}

/* Who stands behind moves. */
static void
shift (LiaAmiModel *self,
       LiaAmiLeg   *mover,
       const char  *queue,
       gint64       from,
       int          by)
{
  GHashTableIter iter;
  LiaAmiLeg     *leg;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&leg))
    {
      if (leg == mover || !lia_ami_leg_is_waiting (leg) || leg->wait->position < from || !g_str_equal (leg->wait->queue, queue))
        continue;
      leg->wait->position += by;
      lia_ami_model_touch (self, leg->call);
    }
}

/*
 * (nullable): the wait that goes on when the leg joins @queue: it was taken out for somebody who did not take it, or we looked away in the moment between.
 * It is the same caller, who has waited all the time.
 */
static LiaCallWait *
find_interrupted (LiaAmiModel *self,
                  LiaAmiLeg   *leg,
                  const char  *queue)
{
  GPtrArray   *waits = leg->call->waits;
  LiaCallWait *last = waits->len > 0 ? waits->pdata[waits->len - 1] : NULL;
  gboolean     is_recent = last != NULL && last->result == LIA_WAIT_LOST && self->now_ms - last->to_ms <= LIA_AMI_UNDECIDED_MS;

  return last != NULL && (leg->taken || is_recent) && g_str_equal (last->queue, queue) ? last : NULL;
}

static void
go_on_waiting (LiaAmiModel *self,
               LiaAmiLeg   *leg,
               LiaCallWait *wait,
               gint64       position)
{
  wait->to_ms = 0;
  wait->result = LIA_WAIT_OPEN;
  wait->position = position;
  leg->wait = wait;
  leg->taken = leg->withdrawn = FALSE;
  lia_ami_model_touch (self, leg->call);
}

void
lia_ami_model_handle_queue_join (LiaAmiModel   *self,
                                 LiaAmiMessage *message)
{
  LiaAmiLeg   *leg = lia_ami_model_get_leg (self, message, "");
  const char  *queue = lia_ami_message_get (message, "Queue");
  const gint64 position = lia_ami_message_get_int64 (message, "Position", 0);
  LiaCallWait *interrupted;

  if (leg == NULL || queue == NULL || (lia_ami_leg_is_waiting (leg) && g_str_equal (leg->wait->queue, queue)))
    return;

  interrupted = find_interrupted (self, leg, queue);
  if (interrupted != NULL)
    {
      go_on_waiting (self, leg, interrupted, position);
    }
  else
    {
      lia_ami_model_close_wait (self, leg, LIA_WAIT_TRANSFERRED, self->now_ms);
      lia_ami_model_open_wait (self, leg, queue, self->now_ms, position);
    }
  if (position > 0)
    shift (self, leg, queue, position, 1);
}

static void
read_position (LiaAmiLeg     *leg,
               LiaAmiMessage *message)
{
  leg->wait->position = lia_ami_message_get_int64 (message, "Position", leg->wait->position);
}

void
lia_ami_model_handle_queue_abandon (LiaAmiModel   *self,
                                    LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "");

  if (leg == NULL || leg->wait == NULL)
    return;

  leg->withdrawn = TRUE;
  read_position (leg, message);
}

void
lia_ami_model_handle_queue_leave (LiaAmiModel   *self,
                                  LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "");

  if (leg == NULL || !lia_ami_leg_is_waiting (leg) || g_strcmp0 (lia_ami_message_get (message, "Queue"), leg->wait->queue) != 0)
    return;

  read_position (leg, message);
  if (leg->wait->position > 0)
    shift (self, leg, leg->wait->queue, leg->wait->position + 1, -1);
  leg->wait->to_ms = MAX (self->now_ms, leg->wait->from_ms);
  lia_ami_model_want_tick (self, self->now_ms + LIA_AMI_UNDECIDED_MS);
  if (leg->withdrawn && leg->hanging_up)
    lia_ami_model_close_wait (self, leg, LIA_WAIT_ABANDONED, self->now_ms);
  lia_ami_model_touch (self, leg->call);
}

/* The one event of a queue that is always right. */
void
lia_ami_model_handle_agent_connect (LiaAmiModel   *self,
                                    LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "");

  if (leg != NULL)
    lia_ami_model_close_wait (self, leg, LIA_WAIT_ANSWERED, self->now_ms);
}

static void
take_out (LiaAmiModel *self,
          LiaAmiLeg   *leg)
{
  leg->wait->to_ms = 0;
  leg->taken = TRUE;
  lia_ami_model_touch (self, leg->call);
}

/** lia_ami_model_wait_dials: who has just left a queue and rings somebody himself was sent there. Nobody talks to him yet. */
void
lia_ami_model_wait_dials (LiaAmiModel *self,
                          LiaAmiLeg   *leg)
{
  if (lia_ami_leg_is_undecided (leg))
    take_out (self, leg);
}

/** lia_ami_model_wait_is_answered: somebody talks to the customer: who was taken out of a queue for that waits no longer. */
void
lia_ami_model_wait_is_answered (LiaAmiModel *self,
                                LiaAmiLeg   *leg)
{
  if (leg->taken)
    lia_ami_model_close_wait (self, leg, LIA_WAIT_GRABBED, self->now_ms);
}

/** lia_ami_model_wait_hangs_up: a queue that gives up lets the dialplan hang up, who gives up does it himself. */
void
lia_ami_model_wait_hangs_up (LiaAmiModel *self,
                             LiaAmiLeg   *leg,
                             gint64       at_ms,
                             int          cause)
{
  const gboolean gave_up = leg->hanging_up || cause == 0;

  lia_ami_model_close_wait (self, leg, gave_up ? LIA_WAIT_ABANDONED : LIA_WAIT_TIMED_OUT, at_ms);
}

static LiaWaitResult
result_of_status (const char *status)
{
  if (g_str_equal (status, "TIMEOUT"))
    return LIA_WAIT_TIMED_OUT;
  if (g_str_equal (status, "CONTINUE"))
    return LIA_WAIT_ANSWERED;

  return LIA_WAIT_CLOSED; /* FULL, JOINEMPTY, LEAVEEMPTY, JOINUNAVAIL, LEAVEUNAVAIL */
}

/*
 * What the dialplan says: "LiaisonQueueLeft" behind Queue(), with its QUEUESTATUS; "LiaisonVoicemail" when the caller may speak, which is also how one
 * who chose that leaves the queue, and "LiaisonVoicemailLeft" afterwards.
 */
void
lia_ami_model_handle_user_event (LiaAmiModel   *self,
                                 LiaAmiMessage *message)
{
  LiaAmiLeg  *leg = lia_ami_model_get_leg (self, message, "");
  const char *name = lia_ami_message_get (message, "UserEvent");
  const char *status = lia_ami_message_get (message, "QueueStatus");

  if (leg == NULL || name == NULL)
    return;
  if (status == NULL)
    status = lia_ami_message_get (message, "Status"); /* of a dialplan that is older than this one */

  if (g_str_has_suffix (name, "QueueLeft") && g_strcmp0 (status, "WITHDRAW") == 0)
    {
      lia_ami_model_wait_dials (self, leg);
    }
  else if (g_str_has_suffix (name, "QueueLeft") && status != NULL && *status != '\0')
    {
      lia_ami_model_close_wait (self, leg, result_of_status (status), self->now_ms);
    }
  else if (g_str_has_suffix (name, "VoicemailLeft"))
    {
      lia_ami_model_end_voicemail (self, leg, message);
    }
  else if (g_str_has_suffix (name, "Voicemail"))
    {
      lia_ami_model_close_wait (self, leg, LIA_WAIT_TIMED_OUT, self->now_ms);
      lia_ami_model_begin_voicemail (self, leg, message);
    }
}
