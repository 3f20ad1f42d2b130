/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

/* A call as others see it, and back: what was known of it before the engine was started anew. */

static gboolean
is_shown (LiaAmiModel         *self,
          const LiaAmiSegment *segment)
{
  return !segment->is_limbo || segment->to_ms != 0 || self->now_ms - segment->from_ms >= LIA_AMI_LIMBO_MS;
}

/* Our clock may have been set back meanwhile: nothing lasts for less than no time. 0: it goes on. */
static gint64
end_of (gint64 from_ms,
        gint64 to_ms)
{
  return to_ms == 0 ? 0 : MAX (from_ms, to_ms);
}

static void
export_segments (LiaAmiModel *self,
                 LiaAmiCall  *call,
                 LiaCall     *value)
{
  lia_ami_call_sort_segments (call);
  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaAmiSegment *segment = call->segments->pdata[i];
      LiaCallSegment      *part;

      if (!is_shown (self, segment))
        continue;
      part = lia_call_segment_new ();
      g_set_str (&part->agent, segment->agent);
      part->kind = segment->kind;
      part->from_ms = segment->from_ms;
      part->to_ms = end_of (segment->from_ms, segment->to_ms);
      g_ptr_array_add (value->segments, part);
    }
}

static void
export_legs (LiaAmiCall *call,
             LiaCall    *value)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      const LiaAmiLeg *leg = call->legs->pdata[i];
      LiaCallLeg      *part = lia_call_leg_new ();

      g_set_str (&part->uniqueid, leg->uniqueid);
      g_set_str (&part->channel, leg->channel);
      g_set_str (&part->agent, leg->kind == LIA_LEG_PLUMBING ? "" : leg->agent);
      g_set_str (&part->mode, leg->mode);
      g_set_str (&part->sip, leg->sip != NULL ? leg->sip : "");
      part->kind = leg->kind;
      part->state = leg->state;
      part->held = leg->held;
      part->started_ms = leg->started_ms;
      part->ended_ms = end_of (leg->started_ms, leg->ended_ms);
      part->cause = leg->cause;
      g_ptr_array_add (value->legs, part);
      value->recording |= leg->recording;
    }
}

static int
compare_legs (gconstpointer a,
              gconstpointer b)
{
  const LiaCallLeg *one = a;
  const LiaCallLeg *other = b;

  return one->started_ms < other->started_ms ? -1 : one->started_ms > other->started_ms;
}

static int
compare_offers (gconstpointer a,
                gconstpointer b)
{
  const LiaCallOffer *one = a;
  const LiaCallOffer *other = b;

  return one->from_ms < other->from_ms ? -1 : one->from_ms > other->from_ms;
}

static void
export_parts (LiaAmiModel *self,
              LiaAmiCall  *call,
              LiaCall     *value)
{
  export_legs (call, value);
  export_segments (self, call, value);
  for (guint i = 0; i < call->offers->len; i++)
    {
      LiaCallOffer *offer = lia_call_offer_copy (call->offers->pdata[i]);

      offer->to_ms = end_of (offer->from_ms, offer->to_ms);
      g_ptr_array_add (value->offers, offer);
    }
  for (guint i = 0; i < call->waits->len; i++)
    {
      LiaCallWait *wait = lia_call_wait_copy (call->waits->pdata[i]);

      wait->to_ms = end_of (wait->from_ms, wait->to_ms);
      g_ptr_array_add (value->waits, wait);
    }
  for (guint i = 0; i < call->recordings->len; i++)
    g_ptr_array_add (value->recordings, lia_call_recording_copy (call->recordings->pdata[i]));
  g_ptr_array_sort_values (value->legs, compare_legs);
  g_ptr_array_sort_values (value->offers, compare_offers);
}

/* The queue's part of it: the last queue, and the time until somebody answered. */
static void
export_wait (LiaAmiCall *call,
             LiaCall    *value)
{
  for (guint i = 0; i < call->waits->len; i++)
    {
      const LiaCallWait *wait = call->waits->pdata[i];

      g_set_str (&value->queue, wait->queue);
      if (call->answered_ms == 0 || wait->from_ms < call->answered_ms)
        value->wait_ms += MAX (0, wait->to_ms - wait->from_ms);
    }
}

/* State ------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
has_segment (LiaCall       *value,
             LiaSegmentKind kind)
{
  for (guint i = 0; i < value->segments->len; i++)
    {
      const LiaCallSegment *segment = value->segments->pdata[i];

      if (segment->kind == kind && segment->to_ms == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_open_offer (LiaCall *value)
{
  for (guint i = 0; i < value->offers->len; i++)
    {
      if (((LiaCallOffer *)value->offers->pdata[i])->to_ms == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_open_wait (LiaCall *value)
{
  const LiaCallWait *wait = lia_call_last_wait (value);

  return wait != NULL && wait->to_ms == 0;
}

/* An agent has picked up, and the PBX is about to connect him. */
static gboolean
is_picked_up (LiaAmiCall *call)
{
  for (guint i = 0; call->answered_ms == 0 && call->direction == LIA_CALL_IN && i < call->legs->len; i++)
    {
      const LiaAmiLeg *leg = call->legs->pdata[i];

      if (lia_ami_leg_is_inside (leg) && lia_ami_leg_is_alive (leg) && leg->state == LIA_LEG_UP)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_dialling (LiaAmiCall *call)
{
  if (call->direction != LIA_CALL_OUT || call->answered_ms != 0)
    return FALSE;

  return lia_ami_call_get_customer (call) != NULL || !lia_ami_call_had_customer (call);
}

static LiaCallState
compute_state (LiaAmiModel *self,
               LiaAmiCall  *call,
               LiaCall     *value)
{
  if (call->ended_ms != 0)
    return LIA_CALL_ENDED;
  if (has_segment (value, LIA_SEGMENT_TALK) || lia_ami_model_is_with_colleague (self, call))
    return LIA_CALL_TALKING;
  if (has_segment (value, LIA_SEGMENT_CONSULT))
    return lia_ami_call_get_customer (call) != NULL ? LIA_CALL_CONSULTING : LIA_CALL_TALKING;
  if (has_segment (value, LIA_SEGMENT_HOLD))
    return LIA_CALL_HELD;
  if (has_segment (value, LIA_SEGMENT_PARK))
    return LIA_CALL_PARKED;
  if (is_dialling (call))
    return LIA_CALL_DIALLING;
  if (has_open_offer (value) || is_picked_up (call))
    return LIA_CALL_RINGING;

  return has_open_wait (value) ? LIA_CALL_WAITING : LIA_CALL_NEW;
}

/* Outcome ----------------------------------------------------------------------------------------------------------------------------- */

static LiaCallOutcome
outcome_of_offer (LiaOfferResult result)
{
  switch (result)
    {
    case LIA_OFFER_REJECTED:
      return LIA_CALL_OUTCOME_REJECTED;
    case LIA_OFFER_NO_ANSWER:
      return LIA_CALL_OUTCOME_NO_ANSWER;
    case LIA_OFFER_UNREACHABLE:
      return LIA_CALL_OUTCOME_UNREACHABLE;
    default:
      return LIA_CALL_OUTCOME_CANCELLED;
    }
}

static LiaCallOutcome
outcome_of_last_offer (LiaCall *value)
{
  const LiaCallOffer *offer = value->offers->len > 0 ? value->offers->pdata[value->offers->len - 1] : NULL;

  return offer != NULL ? outcome_of_offer (offer->result) : LIA_CALL_OUTCOME_CANCELLED;
}

static const LiaAmiLeg *
get_last_customer (LiaAmiCall *call)
{
  for (guint i = call->legs->len; i-- > 0;)
    {
      if (((LiaAmiLeg *)call->legs->pdata[i])->kind == LIA_LEG_CUSTOMER)
        return call->legs->pdata[i];
    }

  return NULL;
}

/* The customer was called and nobody talked to him: by the cause of his channel's end, else by what dialling came to. */
static LiaCallOutcome
outcome_of_dialled (const LiaAmiLeg *customer)
{
  switch (customer->cause)
    {
    case 17:
      return LIA_CALL_OUTCOME_BUSY;
    case 21:
      return LIA_CALL_OUTCOME_REJECTED;
    case 18:
    case 19:
      return LIA_CALL_OUTCOME_NO_ANSWER;
    case 1:
    case 3:
    case 20:
    case 27:
      return LIA_CALL_OUTCOME_UNREACHABLE;
    default:
      return customer->verdict != LIA_CALL_OUTCOME_NONE ? customer->verdict : LIA_CALL_OUTCOME_CANCELLED;
    }
}

static gboolean
has_voicemail (LiaCall *value)
{
  for (guint i = 0; i < value->recordings->len; i++)
    {
      if (((LiaCallRecording *)value->recordings->pdata[i])->is_voicemail)
        return TRUE;
    }

  return FALSE;
}

/* He called in and nobody talked to him. */
static LiaCallOutcome
outcome_of_caller (LiaAmiCall *call,
                   LiaCall    *value)
{
  const LiaCallWait *wait = lia_call_last_wait (value);
  const LiaAmiLeg   *customer = get_last_customer (call);

  if (has_voicemail (value))
    return LIA_CALL_OUTCOME_VOICEMAIL;
  if (wait != NULL && wait->result == LIA_WAIT_ABANDONED)
    return LIA_CALL_OUTCOME_ABANDONED;
  if (wait != NULL && wait->result == LIA_WAIT_TIMED_OUT)
    return LIA_CALL_OUTCOME_TIMED_OUT;
  if (wait != NULL && wait->result == LIA_WAIT_CLOSED)
    return LIA_CALL_OUTCOME_CLOSED;
  if (value->offers->len > 0 && outcome_of_last_offer (value) != LIA_CALL_OUTCOME_CANCELLED)
    return outcome_of_last_offer (value);
  if (value->offers->len == 0 && wait == NULL && customer != NULL && !customer->hanging_up && customer->cause != 0)
    return LIA_CALL_OUTCOME_CLOSED;

  return LIA_CALL_OUTCOME_ABANDONED;
}

static LiaCallOutcome
compute_outcome (LiaAmiCall *call,
                 LiaCall    *value)
{
  if (call->ended_ms == 0)
    return LIA_CALL_OUTCOME_NONE;
  if (call->is_lost)
    return LIA_CALL_OUTCOME_LOST;
  if (call->answered_ms != 0)
    return LIA_CALL_OUTCOME_ANSWERED;
  if (call->direction == LIA_CALL_IN)
    return outcome_of_caller (call, value);
  if (call->direction == LIA_CALL_OUT && lia_ami_call_had_customer (call))
    return outcome_of_dialled (get_last_customer (call));

  return outcome_of_last_offer (value);
}

/** lia_ami_model_export: @call as it is now. */
LiaCall *
lia_ami_model_export (LiaAmiModel *self,
                      LiaAmiCall  *call)
{
  LiaCall *value = lia_call_new ();

  g_set_str (&value->pbx, self->pbx);
  g_set_str (&value->uniqueid, call->uniqueid);
  g_strfreev (value->linked);
  value->linked = g_new0 (char *, call->linked->len + 1);
  for (guint i = 0; i < call->linked->len; i++)
    value->linked[i] = g_strdup (call->linked->pdata[i]);
  g_set_str (&value->did, call->did);
  g_set_str (&value->number, call->number);
  g_set_str (&value->name, call->name);
  g_set_str (&value->slot, call->slot);
  value->created_ms = call->created_ms;
  value->answered_ms = end_of (call->created_ms, call->answered_ms);
  value->ended_ms = end_of (MAX (call->created_ms, call->answered_ms), call->ended_ms);
  value->direction = call->direction;
  value->withheld = call->withheld;
  value->tainted = call->tainted;
  value->recovered = call->recovered;
  value->hold_ms = lia_ami_call_get_hold (call);
  export_parts (self, call, value);
  export_wait (call, value);
  value->state = compute_state (self, call, value);
  value->outcome = compute_outcome (call, value);

  return value;
}
