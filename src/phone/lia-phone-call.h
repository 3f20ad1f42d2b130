/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LiaPhoneCallState:
 * @LIA_PHONE_CALL_INCOMING: it rings here
 * @LIA_PHONE_CALL_DIALLING: the number was sent, nothing was heard yet
 * @LIA_PHONE_CALL_RINGING: it rings there
 * @LIA_PHONE_CALL_TALKING: the two hear each other
 * @LIA_PHONE_CALL_HELD: the agent put it on hold
 * @LIA_PHONE_CALL_ENDED: over; #LiaPhoneEnd says why
 */
typedef enum {
  LIA_PHONE_CALL_INCOMING,
  LIA_PHONE_CALL_DIALLING,
  LIA_PHONE_CALL_RINGING,
  LIA_PHONE_CALL_TALKING,
  LIA_PHONE_CALL_HELD,
  LIA_PHONE_CALL_ENDED,
} LiaPhoneCallState;

typedef enum {
  LIA_PHONE_END_HERE,      /* the agent hung up or rejected */
  LIA_PHONE_END_THERE,     /* the other end did */
  LIA_PHONE_END_ELSEWHERE, /* another phone took it */
  LIA_PHONE_END_BUSY,
  LIA_PHONE_END_NO_ANSWER,
  LIA_PHONE_END_REJECTED,
  LIA_PHONE_END_NO_NUMBER,   /* nobody has that number */
  LIA_PHONE_END_NO_SOUND,    /* the two phones have no way to code sound in common, or there is no sound device */
  LIA_PHONE_END_UNREACHABLE, /* the telephone system does not answer */
  LIA_PHONE_END_FAILED,
} LiaPhoneEnd;

/**
 * LiaPhoneSound:
 * @LIA_PHONE_SOUND_CHOSEN: by the devices that the agent chose
 * @LIA_PHONE_SOUND_DEFAULT: one of them failed (a headset was unplugged): it goes on by the system's default ones
 * @LIA_PHONE_SOUND_NONE: those failed as well: neither hears the other
 */
typedef enum {
  LIA_PHONE_SOUND_CHOSEN,
  LIA_PHONE_SOUND_DEFAULT,
  LIA_PHONE_SOUND_NONE,
} LiaPhoneSound;

#define LIA_TYPE_PHONE_CALL (lia_phone_call_get_type ())

/**
 * LiaPhoneCall:
 *
 * One call of the agent's own phone. Its properties say how it is; a request changes them when the other end has agreed, "pending" is
 * %TRUE until then.
 *
 * Signal "transferred" (gboolean): the other end took the call over, or refused to: then the call goes on here.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneCall, lia_phone_call, LIA, PHONE_CALL, GObject)

LiaPhoneCallState lia_phone_call_get_state (LiaPhoneCall *self);
LiaPhoneEnd       lia_phone_call_get_end (LiaPhoneCall *self);
const char       *lia_phone_call_get_number (LiaPhoneCall *self);
const char       *lia_phone_call_get_name (LiaPhoneCall *self);
const char       *lia_phone_call_get_sip_id (LiaPhoneCall *self);
const char       *lia_phone_call_get_mark (LiaPhoneCall *self);
LiaPhoneSound     lia_phone_call_get_sound (LiaPhoneCall *self);
double            lia_phone_call_get_level (LiaPhoneCall *self);
gboolean          lia_phone_call_can_send_keys (LiaPhoneCall *self);
gboolean          lia_phone_call_is_secure (LiaPhoneCall *self);
gboolean          lia_phone_call_is_pending (LiaPhoneCall *self);
gboolean          lia_phone_call_is_muted (LiaPhoneCall *self);
void              lia_phone_call_answer (LiaPhoneCall *self);
void              lia_phone_call_hang_up (LiaPhoneCall *self);
void              lia_phone_call_set_muted (LiaPhoneCall *self, gboolean muted);
void              lia_phone_call_set_held (LiaPhoneCall *self, gboolean held);
void              lia_phone_call_send_keys (LiaPhoneCall *self, const char *keys);
void              lia_phone_call_transfer (LiaPhoneCall *self, const char *number);
void              lia_phone_call_transfer_to (LiaPhoneCall *self, LiaPhoneCall *other);

G_END_DECLS
