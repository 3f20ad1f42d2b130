/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-line-call.h"

/**
 * lia_phone_line_call_milestones:
 *
 * Returns: (transfer full): a text that is another one when something has happened that is worth an event of the journal: not positions and timers,
 *   which live frames tell
 */
char *
lia_phone_line_call_milestones (LiaCall *call)
{
  GString *marks = g_string_new (NULL);

  g_string_append_printf (marks, "%d %d %d %d %s %s %s|", call->state, call->outcome, call->recording, call->tainted, call->queue, call->number, call->slot);
  for (guint i = 0; i < call->offers->len; i++)
    g_string_append_printf (marks, "o%d", ((LiaCallOffer *)call->offers->pdata[i])->result);
  for (guint i = 0; i < call->waits->len; i++)
    g_string_append_printf (marks, "w%d", ((LiaCallWait *)call->waits->pdata[i])->result);
  for (guint i = 0; i < call->segments->len; i++)
    g_string_append_printf (marks, "s%d", ((LiaCallSegment *)call->segments->pdata[i])->to_ms != 0);
  for (guint i = 0; i < call->recordings->len; i++)
    g_string_append_printf (marks, "r%d", ((LiaCallRecording *)call->recordings->pdata[i])->to_ms != 0);

  return g_string_free_and_steal (marks);
}

/** lia_phone_line_call_has_part: whether the agent has to do with the call now, ringing and holding included. */
gboolean
lia_phone_line_call_has_part (LiaCall    *call,
                              const char *agent)
{
  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];

      if (g_str_equal (segment->agent, agent) && segment->kind != LIA_SEGMENT_WRAP && segment->to_ms == 0)
        return TRUE;
    }

  return FALSE;
}

/** lia_phone_line_call_end: (transfer full): as much of a call as was seen of it: all that goes on ends at @at_ms. */
LiaCall *
lia_phone_line_call_end (LiaCall       *seen,
                         gint64         at_ms,
                         LiaCallOutcome outcome)
{
  LiaCall *call = lia_call_copy (seen);

  call->state = LIA_CALL_ENDED;
  call->outcome = outcome;
  call->ended_ms = MAX (at_ms, call->created_ms);
  for (guint i = 0; i < call->legs->len; i++)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      leg->ended_ms = leg->ended_ms != 0 ? leg->ended_ms : call->ended_ms;
      leg->state = LIA_LEG_DOWN;
    }
  for (guint i = 0; i < call->segments->len; i++)
    {
      LiaCallSegment *segment = call->segments->pdata[i];

      segment->to_ms = segment->to_ms != 0 ? segment->to_ms : call->ended_ms;
    }
  for (guint i = 0; i < call->offers->len; i++)
    {
      LiaCallOffer *offer = call->offers->pdata[i];

      if (offer->to_ms != 0)
        continue;
      offer->to_ms = call->ended_ms;
      offer->result = LIA_OFFER_CANCELLED;
    }
  for (guint i = 0; i < call->waits->len; i++)
    {
      LiaCallWait *wait = call->waits->pdata[i];

      if (wait->to_ms != 0)
        continue;
      wait->to_ms = call->ended_ms;
      wait->result = LIA_WAIT_LOST;
    }
  for (guint i = 0; i < call->recordings->len; i++)
    {
      LiaCallRecording *recording = call->recordings->pdata[i];

      recording->to_ms = recording->to_ms != 0 ? recording->to_ms : MAX (call->ended_ms, recording->from_ms);
    }

  return call;
}

/* The last wait ended as the PBX says; one that was not seen at all is added. */
static void
complete_waits (LiaCall *call,
                LiaCall *left)
{
  LiaCallWait *last = lia_call_last_wait (call);
  LiaCallWait *noted = lia_call_last_wait (left);

  if (noted == NULL || (last != NULL && last->result != LIA_WAIT_LOST && last->result != LIA_WAIT_OPEN))
    return;
  if (last == NULL)
    {
      g_ptr_array_add (call->waits, lia_call_wait_copy (noted));
      return;
    }
  last->to_ms = MAX (noted->to_ms, last->from_ms);
  last->result = noted->result;
}

/* What was recorded while nobody looked. A message is what the call came to, unless somebody talked. */
static void
complete_recordings (LiaCall *call,
                     LiaCall *left)
{
  for (guint i = 0; i < left->recordings->len; i++)
    {
      LiaCallRecording *noted = left->recordings->pdata[i];

      if (lia_call_find_recording (call, noted->file) == NULL)
        g_ptr_array_add (call->recordings, lia_call_recording_copy (noted));
      if (noted->is_voicemail && call->answered_ms == 0)
        call->outcome = LIA_CALL_OUTCOME_VOICEMAIL;
    }
}

static void
complete_end (LiaCall *call,
              LiaCall *left)
{
  complete_waits (call, left);
  call->state = LIA_CALL_ENDED;
  call->ended_ms = MAX (left->ended_ms, call->created_ms);
  call->recovered = TRUE;
  if (call->answered_ms == 0)
    call->answered_ms = left->answered_ms;
  call->outcome = call->answered_ms != 0 ? LIA_CALL_OUTCOME_ANSWERED : left->outcome;
  call->wait_ms = lia_call_waited (call, call->ended_ms);
}

/**
 * lia_phone_line_call_complete:
 * @left: the same call as the PBX noted it at its end
 *
 * Returns: (transfer full): what was seen of the call, with its true end where that was not seen, and with recordings that were not
 */
LiaCall *
lia_phone_line_call_complete (LiaCall *seen,
                              LiaCall *left)
{
  LiaCall *call = lia_call_copy (seen);

  if (seen->ended_ms == 0 || seen->outcome == LIA_CALL_OUTCOME_LOST)
    complete_end (call, left);
  complete_recordings (call, left);

  return call;
}

/** lia_phone_line_call_last_seen: the last moment of which we know something. */
gint64
lia_phone_line_call_last_seen (LiaCall *call)
{
  gint64 at_ms = MAX (call->created_ms, call->answered_ms);

  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];

      at_ms = MAX (at_ms, MAX (segment->from_ms, segment->to_ms));
    }

  return at_ms;
}

/** lia_phone_line_call_take_identity: what only the engine knows of the call. */
void
lia_phone_line_call_take_identity (LiaCall *call,
                                   LiaCall *known)
{
  g_set_str (&call->id, known->id);
  g_set_str (&call->conv, known->conv);
  g_set_str (&call->customer, known->customer);
  g_set_str (&call->match_reason, known->match_reason);
  g_set_str (&call->disposition, known->disposition);
  call->match = known->match;
  g_free (call->effort);
  call->effort = lia_effort_copy (known->effort);
  g_ptr_array_set_size (call->consents, 0);
  for (guint i = 0; i < known->consents->len; i++)
    g_ptr_array_add (call->consents, lia_call_consent_copy (known->consents->pdata[i]));
}

/** lia_phone_line_call_set_wraps: @wraps: of LiaCallSegment: wrap-ups, which no PBX knows of; they take the place of those that it has. */
void
lia_phone_line_call_set_wraps (LiaCall   *call,
                               GPtrArray *wraps)
{
  for (guint i = call->segments->len; i-- > 0;)
    {
      if (((LiaCallSegment *)call->segments->pdata[i])->kind == LIA_SEGMENT_WRAP)
        g_ptr_array_remove_index (call->segments, i);
    }
  for (guint i = 0; i < wraps->len; i++)
    g_ptr_array_add (call->segments, lia_call_segment_copy (wraps->pdata[i]));
}
