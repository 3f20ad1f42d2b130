/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-audio.h"

G_BEGIN_DECLS

typedef enum {
  LIA_PHONE_RING_NONE,
  LIA_PHONE_RING_CALL,
  LIA_PHONE_RING_SECOND_CALL, /* softly: it must not drown the customer */
  LIA_PHONE_RING_BACK,        /* it rings there: a tone in the headset */
} LiaPhoneRing;

#define LIA_TYPE_PHONE_RINGER (lia_phone_ringer_get_type ())

/**
 * LiaPhoneRinger:
 *
 * Rings until it is told to stop.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneRinger, lia_phone_ringer, LIA, PHONE_RINGER, GObject)

LiaPhoneRinger *lia_phone_ringer_new (LiaPhoneAudio *audio);
void            lia_phone_ringer_set_ring (LiaPhoneRinger *self, LiaPhoneRing ring);

G_END_DECLS
