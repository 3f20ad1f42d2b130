/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-call-parts.h"

/** lia_call_leg_new: an empty leg, to be filled by its maker. */
LiaCallLeg *
lia_call_leg_new (void)
{
  LiaCallLeg *self = g_rc_box_new0 (LiaCallLeg);

  self->uniqueid = g_strdup ("");
  self->channel = g_strdup ("");
  self->agent = g_strdup ("");
  self->mode = g_strdup ("");
  self->sip = g_strdup ("");

  return self;
}

/** lia_call_leg_copy: a leg of its own, for a change. */
LiaCallLeg *
lia_call_leg_copy (LiaCallLeg *self)
{
  LiaCallLeg *copy = g_rc_box_dup (sizeof *self, self);

  copy->uniqueid = g_strdup (self->uniqueid);
  copy->channel = g_strdup (self->channel);
  copy->agent = g_strdup (self->agent);
  copy->mode = g_strdup (self->mode);
  copy->sip = g_strdup (self->sip);

  return copy;
}

LiaCallLeg *
lia_call_leg_ref (LiaCallLeg *self)
{
  return g_rc_box_acquire (self);
}

static void
leg_clear (gpointer data)
{
  LiaCallLeg *self = data;

  g_free (self->uniqueid);
  g_free (self->channel);
  g_free (self->agent);
  g_free (self->mode);
  g_free (self->sip);
}

void
lia_call_leg_unref (LiaCallLeg *self)
{
  g_rc_box_release_full (self, leg_clear);
}

/** lia_call_segment_new: an empty segment, to be filled by its maker. */
LiaCallSegment *
lia_call_segment_new (void)
{
  LiaCallSegment *self = g_rc_box_new0 (LiaCallSegment);

  self->agent = g_strdup ("");

  return self;
}

/** lia_call_segment_copy: a segment of its own, for a change. */
LiaCallSegment *
lia_call_segment_copy (LiaCallSegment *self)
{
  LiaCallSegment *copy = g_rc_box_dup (sizeof *self, self);

  copy->agent = g_strdup (self->agent);

  return copy;
}

LiaCallSegment *
lia_call_segment_ref (LiaCallSegment *self)
{
  return g_rc_box_acquire (self);
}

static void
segment_clear (gpointer data)
{
  g_free (((LiaCallSegment *)data)->agent);
}

void
lia_call_segment_unref (LiaCallSegment *self)
{
  g_rc_box_release_full (self, segment_clear);
}

/** lia_call_offer_new: an empty offer, to be filled by its maker. */
LiaCallOffer *
lia_call_offer_new (void)
{
  LiaCallOffer *self = g_rc_box_new0 (LiaCallOffer);

  self->agent = g_strdup ("");

  return self;
}

/** lia_call_offer_copy: an offer of its own, for a change. */
LiaCallOffer *
lia_call_offer_copy (LiaCallOffer *self)
{
  LiaCallOffer *copy = g_rc_box_dup (sizeof *self, self);

  copy->agent = g_strdup (self->agent);

  return copy;
}

LiaCallOffer *
lia_call_offer_ref (LiaCallOffer *self)
{
  return g_rc_box_acquire (self);
}

static void
offer_clear (gpointer data)
{
  g_free (((LiaCallOffer *)data)->agent);
}

void
lia_call_offer_unref (LiaCallOffer *self)
{
  g_rc_box_release_full (self, offer_clear);
}

/** lia_call_wait_new: an empty wait, to be filled by its maker. */
LiaCallWait *
lia_call_wait_new (void)
{
  LiaCallWait *self = g_rc_box_new0 (LiaCallWait);

  self->queue = g_strdup ("");

  return self;
}

/** lia_call_wait_copy: a wait of its own, for a change. */
LiaCallWait *
lia_call_wait_copy (LiaCallWait *self)
{
  LiaCallWait *copy = g_rc_box_dup (sizeof *self, self);

  copy->queue = g_strdup (self->queue);

  return copy;
}

LiaCallWait *
lia_call_wait_ref (LiaCallWait *self)
{
  return g_rc_box_acquire (self);
}

static void
wait_clear (gpointer data)
{
  g_free (((LiaCallWait *)data)->queue);
}

void
lia_call_wait_unref (LiaCallWait *self)
{
  g_rc_box_release_full (self, wait_clear);
}

/** lia_call_recording_new: an empty recording, to be filled by its maker. */
LiaCallRecording *
lia_call_recording_new (void)
{
  LiaCallRecording *self = g_rc_box_new0 (LiaCallRecording);

  self->file = g_strdup ("");
  self->leg = g_strdup ("");
  self->problem = g_strdup ("");

  return self;
}

/** lia_call_recording_copy: a recording of its own, for a change. */
LiaCallRecording *
lia_call_recording_copy (LiaCallRecording *self)
{
  LiaCallRecording *copy = g_rc_box_dup (sizeof *self, self);

  copy->file = g_strdup (self->file);
  copy->leg = g_strdup (self->leg);
  copy->problem = g_strdup (self->problem);

  return copy;
}

LiaCallRecording *
lia_call_recording_ref (LiaCallRecording *self)
{
  return g_rc_box_acquire (self);
}

static void
recording_clear (gpointer data)
{
  LiaCallRecording *self = data;

  g_free (self->file);
  g_free (self->leg);
  g_free (self->problem);
}

void
lia_call_recording_unref (LiaCallRecording *self)
{
  g_rc_box_release_full (self, recording_clear);
}

/** lia_call_consent_new: an empty mark of consent, to be filled by its maker. */
LiaCallConsent *
lia_call_consent_new (void)
{
  LiaCallConsent *self = g_rc_box_new0 (LiaCallConsent);

  self->agent = g_strdup ("");

  return self;
}

/** lia_call_consent_copy: a mark of its own, for a change. */
LiaCallConsent *
lia_call_consent_copy (LiaCallConsent *self)
{
  LiaCallConsent *copy = g_rc_box_dup (sizeof *self, self);

  copy->agent = g_strdup (self->agent);

  return copy;
}

LiaCallConsent *
lia_call_consent_ref (LiaCallConsent *self)
{
  return g_rc_box_acquire (self);
}

static void
consent_clear (gpointer data)
{
  g_free (((LiaCallConsent *)data)->agent);
}

void
lia_call_consent_unref (LiaCallConsent *self)
{
  g_rc_box_release_full (self, consent_clear);
}
