/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

#include <string.h>

/*
 * Offers: who was rung, and what came of it. The first that says so opens or closes an offer. Why it ended is told several times and best by the
 * channel's end, so a later cause may still correct a plain "cancelled" or "no answer".
 */

/** lia_ami_model_open_offer: @leg is rung; nothing when it is no agent's, or rings already. */
void
lia_ami_model_open_offer (LiaAmiModel *self,
                          LiaAmiLeg   *leg,
                          gint64       at_ms)
{
  LiaCallOffer *offer;

  if (!lia_ami_leg_is_inside (leg) || leg->state == LIA_LEG_UP || leg->offer != NULL)
    return;

  offer = lia_call_offer_new ();
  g_set_str (&offer->agent, leg->agent);
  offer->from_ms = at_ms;
  leg->offer = offer;
  g_ptr_array_add (leg->call->offers, offer);
  lia_ami_model_touch (self, leg->call);
}

static gboolean
may_correct (LiaOfferResult known,
             LiaOfferResult result)
{
  return (known == LIA_OFFER_CANCELLED || known == LIA_OFFER_NO_ANSWER) && (result == LIA_OFFER_ELSEWHERE || result == LIA_OFFER_REJECTED);
}

/** lia_ami_model_close_offer: @leg rings no more. */
void
lia_ami_model_close_offer (LiaAmiModel   *self,
                           LiaAmiLeg     *leg,
                           LiaOfferResult result,
                           gint64         at_ms)
{
  LiaCallOffer *offer = leg->offer;

  if (offer == NULL || (offer->to_ms != 0 && !may_correct (offer->result, result)))
    return;

  if (offer->to_ms == 0)
    offer->to_ms = MAX (at_ms, offer->from_ms);
  offer->result = result;
  lia_ami_model_touch (self, leg->call);
}

static LiaOfferResult
result_of_cause (int cause)
{
  switch (cause)
    {
    case 17: /* busy */
    case 21: /* rejected */
      return LIA_OFFER_REJECTED;
    case 18: /* no response */
    case 19: /* no answer */
      return LIA_OFFER_NO_ANSWER;
    case 26:
      return LIA_OFFER_ELSEWHERE;
    case 1:  /* no such number */
    case 3:  /* no route */
    case 20: /* absent */
    case 27: /* out of order */
      return LIA_OFFER_UNREACHABLE;
    default:
      return LIA_OFFER_CANCELLED;
    }
}

/**
 * lia_ami_model_close_offer_by_cause:
 * @cause: of the channel's end, ITU-T Q.850
 */
void
lia_ami_model_close_offer_by_cause (LiaAmiModel *self,
                                    LiaAmiLeg   *leg,
                                    int          cause,
                                    gint64       at_ms)
{
  lia_ami_model_close_offer (self, leg, result_of_cause (cause), at_ms);
}

/* "5553000@trunk", "trunk/sip:5553000@host", "trunk/5553000" -> "5553000"; NULL where no number is in it. */
static char *
read_dialled (const char *dialled)
{
  const char *start = strrchr (dialled, '/');
  const char *at = strchr (dialled, '@');

  start = start != NULL && (at == NULL || start < at) ? start + 1 : dialled;
  if (g_str_has_prefix (start, "sip:"))
    start += strlen ("sip:");
  if (start == dialled && at == NULL)
    return NULL;

  return g_strndup (start, strcspn (start, "@"));
}

/* What the customer is called by is the number in the string that is dialled: the channel's own has the prefix for outside lines too. */
static void
read_number (LiaAmiLeg     *leg,
             LiaAmiMessage *message)
{
  const char      *dialled = lia_ami_message_get (message, "DialString");
  g_autofree char *number = NULL;

  if (leg->kind != LIA_LEG_CUSTOMER || leg->call->direction == LIA_CALL_IN || dialled == NULL)
    return;

  number = read_dialled (dialled);
  if (number != NULL && *number != '\0')
    g_set_str (&leg->call->number, number);
}

static void
start_dialling (LiaAmiModel *self,
                LiaAmiLeg   *leg,
                LiaAmiLeg   *dialler)
{
  if (leg->dialler != NULL || leg->state == LIA_LEG_UP)
    return;

  leg->dialler = g_strdup (dialler->uniqueid);
  dialler->n_dialling++;
  if (*leg->agent == '\0' && dialler->wire != NULL)
    g_set_str (&leg->agent, dialler->wire->agent);
  lia_ami_model_touch (self, dialler->call);
}

/*
 * A queue's member may be reached in a roundabout way, "Local/5001@from-queue", which ends at a mobile telephone outside: whoever is rung over
 * it is the member.
 */
static void
inherit_agent (LiaAmiModel *self,
               LiaAmiLeg   *leg)
{
  if (leg->kind == LIA_LEG_COLLEAGUE && *leg->agent != '\0')
    {
      leg->kind = LIA_LEG_AGENT;
      lia_ami_model_touch (self, leg->call);
    }
}

void
lia_ami_model_handle_dial_begin (LiaAmiModel   *self,
                                 LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "Dest");
  LiaAmiLeg *dialler = lia_ami_model_get_leg (self, message, "");

  if (leg == NULL)
    return;

  if (dialler != NULL)
    {
      start_dialling (self, leg, dialler);
      inherit_agent (self, leg);
      lia_ami_model_wait_dials (self, dialler);
    }
  read_number (leg, message);
  lia_ami_model_read_caller (self, leg, message, "Dest");
  lia_ami_model_open_offer (self, leg, self->now_ms);
}

static LiaOfferResult
result_of_status (const char *status)
{
  if (g_str_equal (status, "ANSWER"))
    return LIA_OFFER_ANSWERED;
  if (g_str_equal (status, "NOANSWER"))
    return LIA_OFFER_NO_ANSWER;
  if (g_str_equal (status, "BUSY"))
    return LIA_OFFER_REJECTED;
  if (g_str_equal (status, "CHANUNAVAIL") || g_str_equal (status, "CONGESTION"))
    return LIA_OFFER_UNREACHABLE;

  return LIA_OFFER_CANCELLED;
}

static LiaCallOutcome
verdict_of_status (const char *status)
{
  if (g_str_equal (status, "ANSWER"))
    return LIA_CALL_OUTCOME_NONE;
  if (g_str_equal (status, "NOANSWER"))
    return LIA_CALL_OUTCOME_NO_ANSWER;
  if (g_str_equal (status, "BUSY"))
    return LIA_CALL_OUTCOME_BUSY;
  if (g_str_equal (status, "CHANUNAVAIL") || g_str_equal (status, "CONGESTION"))
    return LIA_CALL_OUTCOME_UNREACHABLE;

  return LIA_CALL_OUTCOME_CANCELLED;
}

void
lia_ami_model_handle_dial_end (LiaAmiModel   *self,
                               LiaAmiMessage *message)
{
  LiaAmiLeg  *leg = lia_ami_model_get_leg (self, message, "Dest");
  LiaAmiLeg  *dialler = lia_ami_model_get_leg (self, message, "");
  const char *status = lia_ami_message_get (message, "DialStatus");

  if (leg == NULL || status == NULL)
    return;

  if (dialler != NULL && !leg->is_dialled) /* the second time that it is told is of no use */
    {
      dialler->n_dialling -= dialler->n_dialling > 0;
      lia_ami_model_touch (self, dialler->call);
    }
  leg->is_dialled = TRUE;
  g_clear_pointer (&leg->dialler, g_free);
  if (leg->verdict == LIA_CALL_OUTCOME_NONE)
    leg->verdict = verdict_of_status (status);
  lia_ami_model_close_offer (self, leg, result_of_status (status), self->now_ms);
}

/* A queue rings a member. */
void
lia_ami_model_handle_agent_called (LiaAmiModel   *self,
                                   LiaAmiMessage *message)
{
  LiaAmiLeg  *leg = lia_ami_model_get_leg (self, message, "Dest");
  const char *interface = lia_ami_message_get (message, "Interface");
  const char *agent = interface != NULL ? lia_ami_directory_find_interface (self->directory, interface) : NULL;

  if (leg == NULL)
    return;

  if (agent != NULL && *leg->agent == '\0')
    g_set_str (&leg->agent, agent);
  inherit_agent (self, leg);
  lia_ami_model_open_offer (self, leg, self->now_ms);
}

/* AgentRingNoAnswer. Its "RingTime" is in ms where others are in s: nobody needs it. */
void
lia_ami_model_handle_no_answer (LiaAmiModel   *self,
                                LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "Dest");

  if (leg != NULL)
    lia_ami_model_close_offer (self, leg, LIA_OFFER_NO_ANSWER, self->now_ms);
}
