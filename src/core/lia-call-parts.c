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
