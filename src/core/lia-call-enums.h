/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The words of the phone that come in fixed sets. Each has a name as the API spells it. */

typedef enum {
  LIA_CALL_IN,
  LIA_CALL_OUT,
  LIA_CALL_INTERNAL, /* between agents, or an agent and a colleague */
} LiaCallDirection;

const char *lia_call_direction_to_string (LiaCallDirection value);
gboolean    lia_call_direction_from_string (const char       *word,
                                            LiaCallDirection *value);

/* What the call is doing now, computed from its legs and bridges, never from what somebody asked for */
typedef enum {
  LIA_CALL_NEW,        /* in the dialplan: an announcement, a menu */
  LIA_CALL_WAITING,    /* in a queue, nobody is rung */
  LIA_CALL_RINGING,    /* in a queue or called directly: at least one agent is rung */
  LIA_CALL_DIALLING,   /* outbound: our own phone or the customer's rings */
  LIA_CALL_TALKING,    /* the customer and a person are connected */
  LIA_CALL_HELD,       /* connected, the customer hears music */
  LIA_CALL_CONSULTING, /* the customer waits while the agent speaks to a colleague, or rings one */
  LIA_CALL_PARKED,
  LIA_CALL_ENDED,
} LiaCallState;

const char *lia_call_state_to_string (LiaCallState value);
gboolean    lia_call_state_from_string (const char   *word,
                                        LiaCallState *value);

/* How the whole call came out */
typedef enum {
  LIA_CALL_OUTCOME_NONE,      /* not ended */
  LIA_CALL_OUTCOME_ANSWERED,  /* the customer was connected to a person */
  LIA_CALL_OUTCOME_ABANDONED, /* the customer hung up before */
  LIA_CALL_OUTCOME_TIMED_OUT, /* the queue gave up */
  LIA_CALL_OUTCOME_CLOSED,    /* outside the hours, queue empty or full: the system turned the customer away */
  LIA_CALL_OUTCOME_VOICEMAIL,
  LIA_CALL_OUTCOME_BUSY,        /* outbound and internal: the other side was busy, … */
  LIA_CALL_OUTCOME_NO_ANSWER,   /* … did not answer, … */
  LIA_CALL_OUTCOME_REJECTED,    /* … refused, … */
  LIA_CALL_OUTCOME_UNREACHABLE, /* … does not exist or is not registered */
  LIA_CALL_OUTCOME_CANCELLED,   /* the agent gave up before the customer answered */
  LIA_CALL_OUTCOME_LOST,        /* it ended while we could not see it */
} LiaCallOutcome;

const char *lia_call_outcome_to_string (LiaCallOutcome value);
gboolean    lia_call_outcome_from_string (const char     *word,
                                          LiaCallOutcome *value);

typedef enum {
  LIA_LEG_CUSTOMER,
  LIA_LEG_AGENT,
  LIA_LEG_COLLEAGUE, /* a person of ours who is no agent of Liaison, or an outside number a call was transferred to */
  LIA_LEG_PLUMBING,  /* joins two bridges; nobody is at its end */
  LIA_LEG_SPY,       /* a supervisor who listens in */
} LiaLegKind;

const char *lia_leg_kind_to_string (LiaLegKind value);
gboolean    lia_leg_kind_from_string (const char *word,
                                      LiaLegKind *value);

typedef enum {
  LIA_LEG_DOWN,    /* made, not rung; also after its end */
  LIA_LEG_RING,    /* it calls: the other side hears ringing */
  LIA_LEG_RINGING, /* it is called: it rings here */
  LIA_LEG_UP,
} LiaLegState;

const char *lia_leg_state_to_string (LiaLegState value);
gboolean    lia_leg_state_from_string (const char  *word,
                                       LiaLegState *value);

typedef enum {
  LIA_SEGMENT_RING,
  LIA_SEGMENT_TALK,
  LIA_SEGMENT_HOLD,
  LIA_SEGMENT_CONSULT,
  LIA_SEGMENT_PARK,
  LIA_SEGMENT_WRAP,
} LiaSegmentKind;

const char *lia_segment_kind_to_string (LiaSegmentKind value);
gboolean    lia_segment_kind_from_string (const char     *word,
                                          LiaSegmentKind *value);

/* How an offer to one agent came out */
typedef enum {
  LIA_OFFER_OPEN, /* it still rings */
  LIA_OFFER_ANSWERED,
  LIA_OFFER_NO_ANSWER,
  LIA_OFFER_REJECTED,
  LIA_OFFER_ELSEWHERE, /* somebody else was faster */
  LIA_OFFER_CANCELLED, /* the customer left */
  LIA_OFFER_UNREACHABLE,
} LiaOfferResult;

const char *lia_offer_result_to_string (LiaOfferResult value);
gboolean    lia_offer_result_from_string (const char     *word,
                                          LiaOfferResult *value);

/* How the wait in one queue came out */
typedef enum {
  LIA_WAIT_OPEN, /* still waiting */
  LIA_WAIT_ANSWERED,
  LIA_WAIT_ABANDONED,
  LIA_WAIT_TIMED_OUT,
  LIA_WAIT_GRABBED,     /* an agent took exactly this caller out of the queue */
  LIA_WAIT_TRANSFERRED, /* left to another queue or number */
  LIA_WAIT_CLOSED,      /* withdrawn by the system: closed, full, empty */
  LIA_WAIT_LOST,        /* it ended while we could not see it */
} LiaWaitResult;

const char *lia_wait_result_to_string (LiaWaitResult value);
gboolean    lia_wait_result_from_string (const char    *word,
                                         LiaWaitResult *value);

/* Where a recording is */
typedef enum {
  LIA_RECORDING_RUNNING,  /* it is being made */
  LIA_RECORDING_FETCHING, /* complete, and on its way to us */
  LIA_RECORDING_KEPT,     /* it is an attachment of the entry */
  LIA_RECORDING_REMOTE,   /* it stays on the PBX: there is no way to fetch it */
  LIA_RECORDING_FAILED,   /* it was given up */
} LiaRecordingState;

const char *lia_recording_state_to_string (LiaRecordingState value);
gboolean    lia_recording_state_from_string (const char        *word,
                                             LiaRecordingState *value);

/* A member's telephone as its queue sees it */
typedef enum {
  LIA_MEMBER_UNKNOWN,
  LIA_MEMBER_FREE,
  LIA_MEMBER_RINGING,
  LIA_MEMBER_IN_USE,
  LIA_MEMBER_RINGING_IN_USE,
  LIA_MEMBER_BUSY,
  LIA_MEMBER_ON_HOLD,
  LIA_MEMBER_INVALID,     /* there is no such telephone */
  LIA_MEMBER_UNREACHABLE, /* the telephone is not registered */
} LiaMemberState;

const char *lia_member_state_to_string (LiaMemberState value);
gboolean    lia_member_state_from_string (const char     *word,
                                          LiaMemberState *value);

/* How surely a number belongs to a customer */
typedef enum {
  LIA_MATCH_NONE,
  LIA_MATCH_GUESS,  /* the last digits agree */
  LIA_MATCH_LIKELY, /* the same national number, the country is not known of one */
  LIA_MATCH_EXACT,
} LiaMatchLevel;

const char *lia_match_level_to_string (LiaMatchLevel value);
gboolean    lia_match_level_from_string (const char    *word,
                                         LiaMatchLevel *value);

G_END_DECLS
