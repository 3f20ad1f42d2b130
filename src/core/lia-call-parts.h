/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call-enums.h"

G_BEGIN_DECLS

/*
 * What a call consists of. Reference-counted values: filled by their maker, immutable once a call that holds them is published; a change is a
 * copy. Texts are never NULL. An `agent` is an agent's id, or "" where the telephone is nobody's that we know.
 */

/** LiaCallLeg: one party's connection to the PBX (a channel). */
typedef struct
{
  char       *uniqueid; /* unlike the channel's name, unique over restarts of the PBX */
  char       *channel;  /* "PJSIP/alice-0000001c" */
  LiaLegKind  kind;
  char       *agent; /* or "" */
  char       *mode;  /* of a supervisor who listens in: "listen", "whisper", "barge"; else "" */
  char       *sip;   /* the Call-ID by which an agent's own telephone knows it, "" = not known, or it speaks no SIP */
  LiaLegState state;
  gboolean    held; /* put on hold by the person at its end */
  gint64      started_ms;
  gint64      ended_ms; /* 0 = not ended */
  gint64      cause;    /* why it ended, ITU-T Q.850 (16 = normal clearing), 0 = unknown */
} LiaCallLeg;

/** LiaCallSegment: what one agent did with the call for a while. */
typedef struct
{
  char          *agent;
  LiaSegmentKind kind;
  gint64         from_ms;
  gint64         to_ms; /* 0 = it goes on */
} LiaCallSegment;

/** LiaCallOffer: one agent was rung. */
typedef struct
{
  char          *agent;
  gint64         from_ms;
  gint64         to_ms; /* 0 = it rings */
  LiaOfferResult result;
} LiaCallOffer;

/** LiaCallWait: the customer stood in one queue. */
typedef struct
{
  char         *queue; /* a queue's id; in what a provider reports, the PBX's name of it */
  gint64        from_ms;
  gint64        to_ms;    /* 0 = still waiting */
  gint64        position; /* from 1; the last one that was known */
  LiaWaitResult result;
} LiaCallWait;

/** LiaCallRecording: a file of what was said. */
typedef struct
{
  char             *file;         /* as the PBX calls it: a path within its folder of recordings; may hold what a caller chose */
  char             *leg;          /* the uniqueid of the channel that is recorded */
  gboolean          is_voicemail; /* what the caller said to nobody */
  LiaRecordingState state;
  char             *problem; /* why it was given up, for people; else "" */
  gint64            from_ms;
  gint64            to_ms; /* 0 = it goes on */
} LiaCallRecording;

/** LiaCallConsent: an agent asked the other side whether the call may be recorded, and they agreed. */
typedef struct
{
  char  *agent;
  gint64 at_ms;
} LiaCallConsent;

LiaCallLeg     *lia_call_leg_new (void);
LiaCallLeg     *lia_call_leg_copy (LiaCallLeg *self);
LiaCallLeg     *lia_call_leg_ref (LiaCallLeg *self);
void            lia_call_leg_unref (LiaCallLeg *self);
LiaCallSegment *lia_call_segment_new (void);
LiaCallSegment *lia_call_segment_copy (LiaCallSegment *self);
LiaCallSegment *lia_call_segment_ref (LiaCallSegment *self);
void            lia_call_segment_unref (LiaCallSegment *self);
LiaCallOffer   *lia_call_offer_new (void);
LiaCallOffer   *lia_call_offer_copy (LiaCallOffer *self);
LiaCallOffer   *lia_call_offer_ref (LiaCallOffer *self);
void            lia_call_offer_unref (LiaCallOffer *self);
LiaCallWait    *lia_call_wait_new (void);
LiaCallWait    *lia_call_wait_copy (LiaCallWait *self);
LiaCallWait    *lia_call_wait_ref (LiaCallWait *self);
void            lia_call_wait_unref (LiaCallWait *self);

LiaCallRecording *lia_call_recording_new (void);
LiaCallRecording *lia_call_recording_copy (LiaCallRecording *self);
LiaCallRecording *lia_call_recording_ref (LiaCallRecording *self);
void              lia_call_recording_unref (LiaCallRecording *self);
LiaCallConsent   *lia_call_consent_new (void);
LiaCallConsent   *lia_call_consent_copy (LiaCallConsent *self);
LiaCallConsent   *lia_call_consent_ref (LiaCallConsent *self);
void              lia_call_consent_unref (LiaCallConsent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCallLeg, lia_call_leg_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCallSegment, lia_call_segment_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCallOffer, lia_call_offer_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCallWait, lia_call_wait_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCallRecording, lia_call_recording_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCallConsent, lia_call_consent_unref)

G_END_DECLS
