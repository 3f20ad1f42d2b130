/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

/*
 * What each agent does with a call, computed from who is connected with whom:
 *
 *   rung                                            ring
 *   connected with the customer                     talk, or hold when one of the two pressed it
 *   connected with one of ours, or calling one      consult, when there is a customer; else talk
 *   in no bridge, and so is the customer            hold: both were sent away to come back. Not believed at once: before a call ends it looks so too
 *   anything else                                   nothing: whoever has left the customer is not with him, whatever became of the channel
 *
 * A parked customer makes a segment "park" of the agent who had him last.
 */

#define NOTHING (-1)

void
lia_ami_segment_free (LiaAmiSegment *self)
{
  g_free (self->agent);
  g_free (self);
}

/* The last segment of the agent; of that kind, unless it is NOTHING. */
static LiaAmiSegment *
find_last (LiaAmiCall *call,
           const char *agent,
           int         kind)
{
  for (guint i = call->segments->len; i-- > 0;)
    {
      LiaAmiSegment *segment = call->segments->pdata[i];

      if (g_str_equal (segment->agent, agent) && (kind == NOTHING || segment->kind == (LiaSegmentKind)kind))
        return segment;
    }

  return NULL;
}

/* A living channel has it. */
static gboolean
is_owned (LiaAmiCall    *call,
          LiaAmiSegment *segment)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      if (((LiaAmiLeg *)call->legs->pdata[i])->segment == segment)
        return TRUE;
    }

  return FALSE;
}

/* Who moves from bridge to bridge passes through states that nobody meant. */
static gint64
get_shortest (const LiaAmiSegment *segment)
{
  if (segment->is_limbo)
    return LIA_AMI_LIMBO_MS;

  return segment->kind == LIA_SEGMENT_HOLD ? LIA_AMI_SAME_MS : 1;
}

static void
end_segment (LiaAmiCall    *call,
             LiaAmiSegment *segment,
             gint64         at_ms)
{
  segment->to_ms = MAX (at_ms, segment->from_ms);
  if (segment->to_ms - segment->from_ms < get_shortest (segment))
    g_ptr_array_remove (call->segments, segment);
}

/** lia_ami_call_close_segment: what @leg did is over. */
void
lia_ami_call_close_segment (LiaAmiCall *self,
                            LiaAmiLeg  *leg,
                            gint64      at_ms)
{
  LiaAmiSegment *segment = g_steal_pointer (&leg->segment);

  if (segment != NULL)
    end_segment (self, segment, at_ms);
}

/** lia_ami_call_close_orphans: ends what goes on in nobody's channel: of a call that was restored, or that has ended. */
void
lia_ami_call_close_orphans (LiaAmiCall *self,
                            gint64      at_ms)
{
  for (guint i = self->segments->len; i-- > 0;)
    {
      LiaAmiSegment *segment = self->segments->pdata[i];

      if (segment->to_ms == 0 && !is_owned (self, segment))
        end_segment (self, segment, at_ms);
    }
}

/* One that goes on and lost its channel, or ended only just now. */
static LiaAmiSegment *
find_to_continue (LiaAmiCall    *call,
                  const char    *agent,
                  LiaSegmentKind kind,
                  gint64         at_ms)
{
  LiaAmiSegment *segment = find_last (call, agent, kind);

  if (segment == NULL || is_owned (call, segment))
    return NULL;

  return segment->to_ms == 0 || at_ms - segment->to_ms <= LIA_AMI_SAME_MS ? segment : NULL;
}

static void
open_segment (LiaAmiCall    *call,
              LiaAmiLeg     *leg,
              const char    *agent,
              LiaSegmentKind kind,
              gint64         at_ms)
{
  LiaAmiSegment *segment = find_to_continue (call, agent, kind, at_ms);

  if (segment == NULL)
    {
      segment = g_new0 (LiaAmiSegment, 1);
      segment->agent = g_strdup (agent);
      segment->kind = kind;
      segment->from_ms = at_ms;
      g_ptr_array_add (call->segments, segment);
    }
  segment->to_ms = 0;
  leg->segment = segment;
}

static void
set_segment (LiaAmiModel *self,
             LiaAmiLeg   *leg,
             const char  *agent,
             int          kind)
{
  if (leg->segment != NULL && kind == (int)leg->segment->kind && !leg->segment->is_limbo)
    return;

  lia_ami_call_close_segment (leg->call, leg, self->now_ms);
  if (kind != NOTHING)
    open_segment (leg->call, leg, agent, kind, self->now_ms);
}

/* Limbo ------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_nowhere (const LiaAmiLeg *leg)
{
  return leg != NULL && leg->state == LIA_LEG_UP && leg->bridge == NULL && leg->n_dialling == 0 && !leg->hanging_up && leg->wait == NULL;
}

/* The agent and the customer live, are in no bridge, and talked until just now, or were in limbo before. */
static gboolean
is_limbo (LiaAmiModel *self,
          LiaAmiLeg   *leg)
{
  const LiaAmiSegment *last = find_last (leg->call, leg->agent, NOTHING);

  if (!is_nowhere (leg) || !is_nowhere (lia_ami_call_get_customer (leg->call)))
    return FALSE;
  if (last == NULL || last->kind == LIA_SEGMENT_RING)
    return FALSE;

  return last->to_ms == 0 || self->now_ms - last->to_ms <= LIA_AMI_LIMBO_MS;
}

/* A hold since they stopped talking, which is forgotten should it be short. */
static void
set_limbo (LiaAmiModel *self,
           LiaAmiLeg   *leg)
{
  LiaAmiSegment *last;

  if (leg->segment != NULL && leg->segment->is_limbo)
    return;

  lia_ami_call_close_segment (leg->call, leg, self->now_ms);
  last = find_last (leg->call, leg->agent, NOTHING);
  if (last == NULL)
    return;

  gint64 from_ms = last->to_ms;

  open_segment (leg->call, leg, leg->agent, LIA_SEGMENT_HOLD, self->now_ms);
  if (leg->segment == last)
    return;

  leg->segment->is_limbo = TRUE;
  leg->segment->from_ms = from_ms;
  lia_ami_model_want_tick (self, from_ms + LIA_AMI_LIMBO_MS);
}

/* What an agent does -------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  gboolean customer; /* or one from outside */
  gboolean inside;   /* somebody else of ours */
  gboolean held;     /* one of them pressed it */
  gboolean calling;  /* a Local channel's near end: somebody is called over it */
} Company;

static void
look_at (Company         *company,
         const LiaAmiLeg *leg,
         const LiaAmiLeg *other)
{
  if (other->kind == LIA_LEG_PLUMBING)
    {
      company->calling |= other->bridge == leg->bridge && g_str_has_suffix (other->channel, ";1");
      return;
    }
  if (other->kind == LIA_LEG_SPY)
    return;

  company->held |= other->held;
  if (other == leg)
    return;

  company->customer |= other->kind == LIA_LEG_CUSTOMER;
  company->inside |= other->kind == LIA_LEG_AGENT || other->kind == LIA_LEG_COLLEAGUE;
}

static int
activity_in_bridge (LiaAmiModel *self,
                    LiaAmiLeg   *leg)
{
  g_autoptr (GPtrArray) legs = g_ptr_array_new ();
  gboolean has_customer = lia_ami_call_had_customer (leg->call);
  Company  company = { 0 };

  lia_ami_model_walk (self, leg, legs);
  for (guint i = 0; i < legs->len; i++)
    look_at (&company, leg, legs->pdata[i]);

  if (company.customer || (company.inside && !has_customer))
    return company.held ? LIA_SEGMENT_HOLD : LIA_SEGMENT_TALK;
  if (company.inside)
    return LIA_SEGMENT_CONSULT;

  return company.calling && lia_ami_call_get_customer (leg->call) != NULL ? LIA_SEGMENT_CONSULT : NOTHING;
}

static int
activity (LiaAmiModel *self,
          LiaAmiLeg   *leg)
{
  LiaAmiLeg *customer = lia_ami_call_get_customer (leg->call);

  if (leg->state != LIA_LEG_UP)
    return leg->offer != NULL && leg->offer->to_ms == 0 ? LIA_SEGMENT_RING : NOTHING;
  if (leg->bridge != NULL)
    return activity_in_bridge (self, leg);

  /* before they have talked, it is the customer whom he dials */
  return leg->n_dialling > 0 && customer != NULL && leg->call->answered_ms != 0 ? LIA_SEGMENT_CONSULT : NOTHING;
}

static void
derive_agent (LiaAmiModel *self,
              LiaAmiLeg   *leg)
{
  if (leg->bridge == NULL && is_limbo (self, leg))
    set_limbo (self, leg);
  else
    set_segment (self, leg, leg->agent, activity (self, leg));
}

/* Who parked the customer: who talked last. */
static const char *
find_parker (LiaAmiCall *call)
{
  for (guint i = call->segments->len; i-- > 0;)
    {
      const LiaAmiSegment *segment = call->segments->pdata[i];

      if (segment->kind != LIA_SEGMENT_RING)
        return segment->agent;
    }

  return "";
}

static gboolean
is_with (LiaAmiModel *self,
         LiaAmiLeg   *leg,
         LiaLegKind   kind)
{
  g_autoptr (GPtrArray) legs = g_ptr_array_new ();

  lia_ami_model_walk (self, leg, legs);
  for (guint i = 0; i < legs->len; i++)
    {
      if (((LiaAmiLeg *)legs->pdata[i])->kind == kind)
        return TRUE;
    }

  return FALSE;
}

static void
derive_customer (LiaAmiModel *self,
                 LiaAmiLeg   *leg)
{
  gboolean is_parked = leg->bridge != NULL && leg->bridge->is_parking;

  set_segment (self, leg, find_parker (leg->call), is_parked ? LIA_SEGMENT_PARK : NOTHING);
  if (leg->taken && (is_with (self, leg, LIA_LEG_AGENT) || is_with (self, leg, LIA_LEG_COLLEAGUE)))
    lia_ami_model_wait_is_answered (self, leg);
}

/** lia_ami_model_is_with_colleague: the customer talks with somebody of whom there are no segments. */
gboolean
lia_ami_model_is_with_colleague (LiaAmiModel *self,
                                 LiaAmiCall  *call)
{
  LiaAmiLeg *customer = lia_ami_call_get_customer (call);

  return customer != NULL && is_with (self, customer, LIA_LEG_COLLEAGUE);
}

static void
note_answer (LiaAmiModel *self,
             LiaAmiCall  *call)
{
  if (call->answered_ms == 0 && lia_ami_model_is_with_colleague (self, call))
    call->answered_ms = self->now_ms;
  for (guint i = 0; call->answered_ms == 0 && i < call->segments->len; i++)
    {
      const LiaAmiSegment *segment = call->segments->pdata[i];

      if (segment->kind == LIA_SEGMENT_TALK || segment->kind == LIA_SEGMENT_HOLD)
        call->answered_ms = segment->from_ms;
    }
}

/** lia_ami_model_derive: brings the segments of @call up to date. */
void
lia_ami_model_derive (LiaAmiModel *self,
                      LiaAmiCall  *call)
{
  call->is_stale = FALSE;
  if (call->moving_ms != 0)
    return;

  for (guint i = 0; i < call->legs->len; i++)
    {
      LiaAmiLeg *leg = call->legs->pdata[i];

      if (!lia_ami_leg_is_alive (leg))
        continue;
      if (leg->kind == LIA_LEG_CUSTOMER)
        derive_customer (self, leg);
      else if (lia_ami_leg_is_inside (leg))
        derive_agent (self, leg);
    }
  note_answer (self, call);
}

static int
compare_from (gconstpointer a,
              gconstpointer b)
{
  const LiaAmiSegment *one = a;
  const LiaAmiSegment *other = b;

  return one->from_ms < other->from_ms ? -1 : one->from_ms > other->from_ms;
}

/** lia_ami_call_sort_segments: by their begin, as they are unless two calls became one. */
void
lia_ami_call_sort_segments (LiaAmiCall *self)
{
  g_ptr_array_sort_values (self->segments, compare_from);
}

/* Until when there was a customer who could hear music. */
static gint64
get_customers_end (LiaAmiCall *call)
{
  gint64 end_ms = 0;

  for (guint i = 0; i < call->legs->len; i++)
    {
      const LiaAmiLeg *leg = call->legs->pdata[i];

      if (leg->kind == LIA_LEG_CUSTOMER)
        end_ms = MAX (end_ms, lia_ami_leg_is_alive (leg) ? G_MAXINT64 : leg->ended_ms);
    }

  return end_ms > 0 ? end_ms : G_MAXINT64;
}

static gboolean
is_music (const LiaAmiSegment *segment)
{
  return segment->kind == LIA_SEGMENT_HOLD || segment->kind == LIA_SEGMENT_PARK || segment->kind == LIA_SEGMENT_CONSULT;
}

/** lia_ami_call_get_hold: for how long the customer heard music: held, parked, or waiting for the end of a consultation; what goes on is not in it. */
gint64
lia_ami_call_get_hold (LiaAmiCall *self)
{
  const gint64 end_ms = get_customers_end (self);
  gint64       sum = 0, covered_ms = 0;

  lia_ami_call_sort_segments (self);
  for (guint i = 0; i < self->segments->len; i++)
    {
      const LiaAmiSegment *segment = self->segments->pdata[i];
      const gint64         from_ms = MAX (segment->from_ms, covered_ms);
      const gint64         to_ms = MIN (segment->to_ms, end_ms);

      if (!is_music (segment) || to_ms <= from_ms)
        continue;
      sum += to_ms - from_ms;
      covered_ms = to_ms;
    }

  return sum;
}
