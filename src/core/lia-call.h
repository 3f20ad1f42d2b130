/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call-parts.h"
#include "lia-effort.h"

G_BEGIN_DECLS

#define LIA_TYPE_CALL (lia_call_get_type ())

G_DECLARE_FINAL_TYPE (LiaCall, lia_call, LIA, CALL, GObject)

/**
 * LiaCall:
 *
 * A telephone call from its first channel to its last, whatever transfers lie between. Immutable once published: a change is a new value with
 * the same `pbx` and `uniqueid`. Texts and lists are never NULL.
 *
 * A provider fills all but the fields of the last block; there, `queue` and the waits' queues are the PBX's names, which the engine turns into ids
 * of its own.
 */
struct _LiaCall
{
  GObject parent_instance;

  char  *pbx;      /* the phone channel's id */
  char  *uniqueid; /* of its first channel; with `pbx` what makes a call the same call */
  GStrv  linked;   /* what the PBX calls the calls that were joined into this one (Linkedid), the first one first */
  char  *did;      /* the number that was called, "" when not known */
  char  *queue;    /* the last queue that it stood in, "" = none */
  char  *number;   /* the customer's, as the PBX gave it; "" when withheld */
  char  *e164;     /* the same as +…, "" when that cannot be told */
  char  *name;     /* the customer's, as the PBX gave it, without control characters */
  char  *slot;     /* where it is parked, else "" */
  gint64 created_ms;
  gint64 answered_ms; /* the customer was first connected to a person; 0 = not yet */
  gint64 ended_ms;    /* 0 = it goes on */
  gint64 wait_ms;     /* in queues until the first answer or the end, ringing included; 0 while it grows */
  gint64 hold_ms;     /* that the customer was on hold or parked, in holds that are over */

  LiaCallDirection direction;
  LiaCallState     state;
  LiaCallOutcome   outcome;

  gboolean withheld;  /* the customer suppressed the number */
  gboolean recording; /* is being recorded now */
  gboolean tainted;   /* an outsider tried to forge events of it: numbers and names are not to be trusted */
  gboolean recovered; /* a part of it was not seen, because the engine or the link was down */
  gboolean offline;   /* nothing of it was seen: the PBX has told afterwards what became of it, with times in whole seconds */

  GPtrArray *legs;       /* of LiaCallLeg, oldest first */
  GPtrArray *segments;   /* of LiaCallSegment, by `from_ms` */
  GPtrArray *offers;     /* of LiaCallOffer, by `from_ms` */
  GPtrArray *waits;      /* of LiaCallWait, by `from_ms` */
  GPtrArray *recordings; /* of LiaCallRecording, by `from_ms`; a provider leaves state and problem alone */

  char         *id;           /* the engine's, of the timeline's entry */
  char         *conv;         /* its conversation */
  char         *customer;     /* its customer's id, "" = not known */
  LiaMatchLevel match;        /* how the customer was recognised */
  char         *match_reason; /* see lia_phone_number_match() */
  char         *disposition;  /* what the agent said that it came to, "" = nothing yet */
  GPtrArray    *consents;     /* of LiaCallConsent, oldest first */
  LiaEffort    *effort;       /* of a live call: what its customer has been through; NULL unless it is certain who that is */
};

LiaCall *lia_call_new (void);
LiaCall *lia_call_copy (LiaCall *self);

LiaCallSegment   *lia_call_find_segment (LiaCall       *self,
                                         LiaSegmentKind kind,
                                         const char    *agent);
LiaCallWait      *lia_call_last_wait (LiaCall *self);
LiaCallRecording *lia_call_find_recording (LiaCall    *self,
                                           const char *file);
gint64            lia_call_time_in (LiaCall       *self,
                                    LiaSegmentKind kind,
                                    const char    *agent,
                                    gint64         now_ms);
gint64            lia_call_waited (LiaCall *self,
                                   gint64   now_ms);
gboolean          lia_call_is_waiting (LiaCall *self);

G_END_DECLS
