/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two see the same call: the telephone in the app knows at once what happens at this end of it, the engine what the whole of it is. Pure functions
 * that make one of the two, and find out which belong together.
 */
#include "lia-line-state.h"

#include "lia-phone-number.h"

/* The live leg at which I am; the last one, as an older one may not have been taken down yet */
LiaCallLeg *
lia_line_my_leg (LiaCall    *call,
                 const char *me)
{
  for (guint i = call->legs->len; i-- > 0;)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->kind == LIA_LEG_AGENT && leg->ended_ms == 0 && g_str_equal (leg->agent, me))
        return leg;
    }

  return NULL;
}

/** lia_line_spy_leg: (nullable): the live leg with which I listen in. */
LiaCallLeg *
lia_line_spy_leg (LiaCall    *call,
                  const char *me)
{
  for (guint i = call->legs->len; i-- > 0;)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->kind == LIA_LEG_SPY && leg->ended_ms == 0 && g_str_equal (leg->agent, me))
        return leg;
    }

  return NULL;
}

/** lia_line_listened_leg: (nullable): of the agent who talks. */
LiaCallLeg *
lia_line_listened_leg (LiaCall *call)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->kind == LIA_LEG_AGENT && leg->ended_ms == 0 && leg->state == LIA_LEG_UP)
        return leg;
    }

  return NULL;
}

/**
 * lia_line_consulted_leg:
 *
 * Returns: (nullable): of whom I ask while the customer waits: one of us who came to the call after me. For the one who is asked there is none
 */
LiaCallLeg *
lia_line_consulted_leg (LiaCall    *call,
                        const char *me)
{
  LiaCallLeg *mine = lia_line_my_leg (call, me);

  for (guint i = call->legs->len; i-- > 0 && mine != NULL;)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if ((leg->kind == LIA_LEG_AGENT || leg->kind == LIA_LEG_COLLEAGUE) && leg->ended_ms == 0 && leg != mine && leg->started_ms >= mine->started_ms)
        return leg;
    }

  return NULL;
}

/** lia_line_asked_at: when I began to ask somebody, if that is over and I am still there; else 0. */
gint64
lia_line_asked_at (LiaCall    *call,
                   const char *me)
{
  LiaCallSegment *consult = lia_call_find_segment (call, LIA_SEGMENT_CONSULT, me);

  return consult != NULL && consult->to_ms != 0 && lia_line_my_leg (call, me) != NULL ? consult->from_ms : 0;
}

/** lia_line_asked_leg: (nullable): of whom I asked last, and who is gone. Others who were rung with me were gone before I asked. */
LiaCallLeg *
lia_line_asked_leg (LiaCall    *call,
                    const char *me)
{
  const gint64 at_ms = lia_line_asked_at (call, me);

  for (guint i = call->legs->len; i-- > 0 && at_ms != 0;)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if ((leg->kind == LIA_LEG_AGENT || leg->kind == LIA_LEG_COLLEAGUE) && leg->ended_ms >= at_ms)
        return leg;
    }

  return NULL;
}

static gboolean
is_rung (LiaCall    *call,
         const char *me)
{
  for (guint i = 0; i < call->offers->len; i++)
    {
      LiaCallOffer *offer = call->offers->pdata[i];

      if (offer->result == LIA_OFFER_OPEN && offer->to_ms == 0 && g_str_equal (offer->agent, me))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_parked_by (LiaCall    *call,
              const char *me)
{
  LiaCallSegment *park = lia_call_find_segment (call, LIA_SEGMENT_PARK, NULL);

  return call->state == LIA_CALL_PARKED && park != NULL && park->to_ms == 0 && g_str_equal (park->agent, me);
}

/** lia_line_is_mine: whether this agent is at one of its ends now, is rung for it, or has parked it. */
gboolean
lia_line_is_mine (LiaCall    *call,
                  const char *me)
{
  return call->state != LIA_CALL_ENDED && (lia_line_my_leg (call, me) != NULL || lia_line_spy_leg (call, me) != NULL || is_rung (call, me) || is_parked_by (call, me));
}

static LiaLineState
state_of_phone (LiaOwnPhone phone)
{
  switch (phone)
    {
    case LIA_OWN_PHONE_INCOMING:
      return LIA_LINE_RINGING;
    case LIA_OWN_PHONE_DIALLING:
      return LIA_LINE_DIALLING;
    case LIA_OWN_PHONE_UP:
      return LIA_LINE_TALKING;
    case LIA_OWN_PHONE_HELD:
      return LIA_LINE_HELD;
    case LIA_OWN_PHONE_NONE:
    case LIA_OWN_PHONE_ENDED:
    default:
      return LIA_LINE_ENDED;
    }
}

/* My end is up: what goes on in the call */
static LiaLineState
state_of_call (LiaOwnPhone phone,
               LiaCall    *call,
               const char *me)
{
  LiaCallLeg *consulted = call->state == LIA_CALL_CONSULTING ? lia_line_consulted_leg (call, me) : NULL;

  if (consulted != NULL)
    return consulted->state == LIA_LEG_UP ? LIA_LINE_CONSULTING : LIA_LINE_CONSULT_RINGING;
  if (call->state == LIA_CALL_DIALLING)
    return LIA_LINE_DIALLING;
  if (phone == LIA_OWN_PHONE_HELD || call->state == LIA_CALL_HELD)
    return LIA_LINE_HELD;

  return LIA_LINE_TALKING;
}

/**
 * lia_line_listening_state:
 * @call: (nullable): what the engine says
 *
 * Of a call in which I only listen: it never becomes mine, whatever the others do.
 */
LiaLineState
lia_line_listening_state (LiaOwnPhone phone,
                          LiaCall    *call,
                          const char *me)
{
  switch (phone)
    {
    case LIA_OWN_PHONE_INCOMING:
    case LIA_OWN_PHONE_DIALLING:
      return LIA_LINE_DIALLING;
    case LIA_OWN_PHONE_UP:
    case LIA_OWN_PHONE_HELD:
      return LIA_LINE_LISTENING;
    case LIA_OWN_PHONE_NONE:
      return call != NULL && call->state != LIA_CALL_ENDED && lia_line_spy_leg (call, me) != NULL ? LIA_LINE_LISTENING : LIA_LINE_ENDED;
    case LIA_OWN_PHONE_ENDED:
    default:
      return LIA_LINE_ENDED;
    }
}

/**
 * lia_line_state:
 * @call: (nullable): what the engine says
 * @me: this agent's id
 *
 * Never %LIA_LINE_WRAP_UP: that follows from what was before.
 */
LiaLineState
lia_line_state (LiaOwnPhone phone,
                LiaCall    *call,
                const char *me)
{
  LiaCallLeg *leg;

  if (call == NULL)
    return state_of_phone (phone);
  if (call->state == LIA_CALL_ENDED)
    return LIA_LINE_ENDED;
  if (is_parked_by (call, me))
    return LIA_LINE_PARKED;
  if (phone == LIA_OWN_PHONE_INCOMING)
    return LIA_LINE_RINGING;
  if (phone == LIA_OWN_PHONE_UP || phone == LIA_OWN_PHONE_HELD)
    return state_of_call (phone, call, me);
  if (phone == LIA_OWN_PHONE_DIALLING)
    return LIA_LINE_DIALLING;

  leg = lia_line_my_leg (call, me);
  if (phone == LIA_OWN_PHONE_ENDED || (leg == NULL && !is_rung (call, me)))
    return LIA_LINE_ENDED;
  if (leg != NULL && leg->state == LIA_LEG_UP)
    return state_of_call (phone, call, me);

  return call->direction == LIA_CALL_OUT || call->state == LIA_CALL_DIALLING ? LIA_LINE_DIALLING : LIA_LINE_RINGING;
}

static gboolean
has_id (LiaCall    *call,
        const char *id)
{
  if (g_str_equal (call->uniqueid, id) || g_strv_contains ((const char *const *)call->linked, id))
    return TRUE;

  for (guint i = 0; i < call->legs->len; i++)
    {
      if (g_str_equal (((LiaCallLeg *)call->legs->pdata[i])->uniqueid, id))
        return TRUE;
    }

  return FALSE;
}

/** lia_line_is_marked: @mark: (nullable): the X-Liaison-Call header. Whether it names @call. */
gboolean
lia_line_is_marked (LiaCall    *call,
                    const char *mark)
{
  return mark != NULL && *mark != '\0' && has_id (call, mark);
}

/** lia_line_has_sip: @sip: (nullable): the Call-ID. Whether the telephone system says that it is one of the SIP dialogues of @call. */
gboolean
lia_line_has_sip (LiaCall    *call,
                  const char *sip)
{
  for (guint i = 0; i < call->legs->len && sip != NULL && *sip != '\0'; i++)
    {
      if (g_str_equal (((LiaCallLeg *)call->legs->pdata[i])->sip, sip))
        return TRUE;
    }

  return FALSE;
}

/**
 * lia_line_join:
 * @number: what the telephone in the app was told of the other end; may be empty
 * @mark: (nullable): the X-Liaison-Call header
 * @sip: (nullable): the Call-ID
 *
 * How surely the telephone speaks of @call. A Call-ID that agrees decides; one that does not says nothing, for it may not be known yet, or somebody
 * between the two makes dialogues of his own. Else a mark decides, be it for or against.
 */
LiaJoin
lia_line_join (const char *number,
               const char *mark,
               const char *sip,
               LiaCall    *call)
{
  const char *reason;

  if (lia_line_has_sip (call, sip))
    return LIA_JOIN_SIP;
  if (mark != NULL && *mark != '\0')
    return has_id (call, mark) ? LIA_JOIN_MARK : LIA_JOIN_NONE;
  if (*number != '\0' && (g_str_equal (number, call->number) || g_str_equal (number, call->e164)))
    return LIA_JOIN_NUMBER;
  if (*call->number != '\0' && lia_phone_number_match (number, call->number, NULL, &reason) != LIA_MATCH_NONE)
    return LIA_JOIN_NUMBER;

  return LIA_JOIN_LEFT;
}

/** lia_line_continues: whether @before became a part of @call, as after a transfer. */
gboolean
lia_line_continues (LiaCall *call,
                    LiaCall *before)
{
  return g_str_equal (call->pbx, before->pbx) && has_id (call, before->uniqueid);
}
