/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-media.h"
#include "lia-sip.h"

G_BEGIN_DECLS

struct _LiaPhoneCall
{
  GObject parent_instance;

  LiaSip        *sip; /* not owned: the phone loses its calls before it */
  LiaPhoneMedia *media;
  nua_handle_t  *handle;

  LiaPhoneCallState state;
  LiaPhoneEnd       end;
  char             *number;
  char             *name;
  char             *sip_id;
  char             *mark;
  double            level;
  LiaPhoneSound     sound;
  gboolean          muted;
  gboolean          pending;

  LiaPhoneSession *theirs; /* what was last agreed on, or NULL */
  LiaSrtpKey      *ours;
  gboolean         needs_secure;
  gboolean         tries_plain; /* the offer of enciphered sound was declined: once more without */
  gboolean         has_challenge;
  gboolean         wants_hold;
  gboolean         refers;
  guint            glare_timeout;

  GString *keys; /* those that were not sent yet */
  guint    key_timeout;
  gboolean key_is_down;
};

LiaPhoneCall *lia_phone_call_new_incoming (LiaSip *sip, LiaPhoneMedia *media, nua_handle_t *handle, const sip_t *invite);
LiaPhoneCall *lia_phone_call_new_outgoing (LiaSip *sip, LiaPhoneMedia *media, const char *number, gboolean needs_secure);
void          lia_phone_call_handle_event (LiaPhoneCall *self, nua_event_t event, int status, const sip_t *message, tagi_t tags[]);
void          lia_phone_call_lose (LiaPhoneCall *self);
gboolean      lia_phone_call_has_early_sound (LiaPhoneCall *self);

/* Between lia-phone-call.c, what the agent wants, lia-phone-call-events.c, what the other end says, and the files for a part of it */
void lia_phone_call_set_pending (LiaPhoneCall *self, gboolean pending);
void lia_phone_call_set_state (LiaPhoneCall *self, LiaPhoneCallState state);
void lia_phone_call_finish (LiaPhoneCall *self, LiaPhoneEnd end);
void lia_phone_call_drop_handle (LiaPhoneCall *self);
void lia_phone_call_invite (LiaPhoneCall *self);
void lia_phone_call_send_hold (LiaPhoneCall *self);
void lia_phone_call_end_transfer (LiaPhoneCall *self, gboolean taken);
void lia_phone_call_start_sound (LiaPhoneCall *self);
void lia_phone_call_follow_sound (LiaPhoneCall *self);
void lia_phone_call_read_caller (LiaPhoneCall *self, const sip_t *invite);
void lia_phone_call_read_marks (LiaPhoneCall *self, const sip_t *message);

G_END_DECLS
