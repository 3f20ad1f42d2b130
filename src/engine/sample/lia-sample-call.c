/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-call.h"

#define NORMAL_CLEARING 16 /* ITU-T Q.850 */

LiaCall *
lia_sample_call_new (const char      *pbx,
                     const char      *uniqueid,
                     LiaCallDirection direction,
                     gint64           now_ms)
{
  LiaCall *call = lia_call_new ();

  g_set_str (&call->pbx, pbx);
  g_set_str (&call->uniqueid, uniqueid);
  g_strfreev (call->linked);
  call->linked = g_strdupv ((char *[]){ call->uniqueid, NULL });
  call->direction = direction;
  call->state = direction == LIA_CALL_IN ? LIA_CALL_NEW : LIA_CALL_DIALLING;
  call->created_ms = now_ms;

  return call;
}

void
lia_sample_call_add_leg (LiaCall    *call,
                         LiaLegKind  kind,
                         const char *agent,
                         const char *channel,
                         LiaLegState state,
                         gint64      now_ms)
{
  LiaCallLeg *leg = lia_call_leg_new ();

  g_free (leg->uniqueid);
  leg->uniqueid = call->legs->len == 0 ? g_strdup (call->uniqueid) : g_strdup_printf ("%s.%u", call->uniqueid, call->legs->len);
  g_set_str (&leg->channel, channel);
  g_set_str (&leg->agent, agent);
  leg->kind = kind;
  leg->state = state;
  leg->started_ms = now_ms;
  g_ptr_array_add (call->legs, leg);
}

static LiaCallLeg *
find_leg (LiaCall    *call,
          const char *agent)
{
  for (guint i = call->legs->len; i-- > 0;)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->ended_ms == 0 && leg->kind == LIA_LEG_AGENT && g_str_equal (leg->agent, agent))
        return leg;
    }

  return NULL;
}

static void
end_leg (LiaCallLeg *leg,
         gint64      now_ms)
{
  if (leg == NULL || leg->ended_ms != 0)
    return;
  leg->state = LIA_LEG_DOWN;
  leg->held = FALSE;
  leg->ended_ms = now_ms;
  leg->cause = NORMAL_CLEARING;
}

void
lia_sample_call_wait (LiaCall    *call,
                      const char *queue,
                      gint64      now_ms)
{
  LiaCallWait *wait = lia_call_wait_new ();

  g_set_str (&wait->queue, queue);
  g_set_str (&call->queue, queue);
  wait->from_ms = now_ms;
  g_ptr_array_add (call->waits, wait);
  call->state = LIA_CALL_WAITING;
}

void
lia_sample_call_stop_waiting (LiaCall      *call,
                              LiaWaitResult result,
                              gint64        now_ms)
{
  LiaCallWait *wait = lia_call_last_wait (call);

  if (wait == NULL || wait->to_ms != 0)
    return;
  wait->to_ms = now_ms;
  wait->result = result;
}

/* Ends what the agent does; what the customer spent with music counts. */
static void
close_part (LiaCall    *call,
            const char *agent,
            gint64      now_ms)
{
  for (guint i = 0; i < call->segments->len; i++)
    {
      LiaCallSegment *segment = call->segments->pdata[i];
      gboolean        spoke;

      if (segment->to_ms != 0 || !g_str_equal (segment->agent, agent))
        continue;
      segment->to_ms = now_ms;
      spoke = lia_call_find_segment (call, LIA_SEGMENT_TALK, agent) != NULL;
      if (segment->kind == LIA_SEGMENT_HOLD || segment->kind == LIA_SEGMENT_PARK || (segment->kind == LIA_SEGMENT_CONSULT && spoke))
        call->hold_ms += now_ms - segment->from_ms;
    }
}

static void
begin_part (LiaCall       *call,
            const char    *agent,
            LiaSegmentKind kind,
            gint64         now_ms)
{
  LiaCallSegment *segment = lia_call_segment_new ();

  g_set_str (&segment->agent, agent);
  segment->kind = kind;
  segment->from_ms = now_ms;
  g_ptr_array_add (call->segments, segment);
}

void
lia_sample_call_offer (LiaCall    *call,
                       const char *agent,
                       const char *channel,
                       gint64      now_ms)
{
  LiaCallOffer *offer = lia_call_offer_new ();

  g_set_str (&offer->agent, agent);
  offer->from_ms = now_ms;
  g_ptr_array_add (call->offers, offer);
  begin_part (call, agent, LIA_SEGMENT_RING, now_ms);
  lia_sample_call_add_leg (call, LIA_LEG_AGENT, agent, channel, LIA_LEG_RINGING, now_ms);
  if (call->state == LIA_CALL_WAITING || call->state == LIA_CALL_TALKING || call->state == LIA_CALL_HELD)
    call->state = LIA_CALL_RINGING;
}

void
lia_sample_call_close_offer (LiaCall       *call,
                             const char    *agent,
                             LiaOfferResult result,
                             gint64         now_ms)
{
  LiaCallLeg *leg = find_leg (call, agent);

  for (guint i = 0; i < call->offers->len; i++)
    {
      LiaCallOffer *offer = call->offers->pdata[i];

      if (offer->to_ms != 0 || !g_str_equal (offer->agent, agent))
        continue;
      offer->to_ms = now_ms;
      offer->result = result;
    }
  close_part (call, agent, now_ms);
  if (result == LIA_OFFER_ANSWERED && leg != NULL)
    leg->state = LIA_LEG_UP;
  else
    end_leg (leg, now_ms);
  if (result != LIA_OFFER_ANSWERED && call->state == LIA_CALL_RINGING)
    call->state = LIA_CALL_WAITING;
}

static LiaCallState
state_during (LiaSegmentKind kind)
{
  switch (kind)
    {
    case LIA_SEGMENT_HOLD:
      return LIA_CALL_HELD;
    case LIA_SEGMENT_CONSULT:
      return LIA_CALL_CONSULTING;
    case LIA_SEGMENT_PARK:
      return LIA_CALL_PARKED;
    case LIA_SEGMENT_RING:
      return LIA_CALL_RINGING;
    case LIA_SEGMENT_TALK:
    case LIA_SEGMENT_WRAP:
    default:
      return LIA_CALL_TALKING;
    }
}

void
lia_sample_call_part (LiaCall       *call,
                      const char    *agent,
                      LiaSegmentKind kind,
                      gint64         now_ms)
{
  LiaCallLeg *leg = find_leg (call, agent);

  close_part (call, agent, now_ms);
  begin_part (call, agent, kind, now_ms);
  call->state = state_during (kind);
  if (kind == LIA_SEGMENT_PARK)
    end_leg (leg, now_ms);
  else if (leg != NULL)
    leg->held = kind == LIA_SEGMENT_HOLD;
  if (kind != LIA_SEGMENT_TALK || call->answered_ms != 0)
    return;
  call->answered_ms = now_ms;
  call->wait_ms = lia_call_waited (call, now_ms);
}

void
lia_sample_call_leave (LiaCall    *call,
                       const char *agent,
                       gint64      now_ms)
{
  close_part (call, agent, now_ms);
  end_leg (find_leg (call, agent), now_ms);
}

void
lia_sample_call_end (LiaCall       *call,
                     LiaCallOutcome outcome,
                     gint64         now_ms)
{
  LiaWaitResult left = outcome == LIA_CALL_OUTCOME_ABANDONED ? LIA_WAIT_ABANDONED : LIA_WAIT_ANSWERED;

  lia_sample_call_stop_waiting (call, left, now_ms);
  for (guint i = 0; i < call->offers->len; i++)
    {
      LiaCallOffer *offer = call->offers->pdata[i];

      if (offer->to_ms == 0)
        lia_sample_call_close_offer (call, offer->agent, LIA_OFFER_CANCELLED, now_ms);
    }
  for (guint i = 0; i < call->segments->len; i++)
    close_part (call, ((LiaCallSegment *)call->segments->pdata[i])->agent, now_ms);
  for (guint i = 0; i < call->legs->len; i++)
    end_leg (call->legs->pdata[i], now_ms);
  if (call->wait_ms == 0)
    call->wait_ms = lia_call_waited (call, now_ms);
  g_set_str (&call->slot, "");
  call->recording = FALSE;
  call->state = LIA_CALL_ENDED;
  call->outcome = outcome;
  call->ended_ms = now_ms;
}
