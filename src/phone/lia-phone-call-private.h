/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-media.h"
#include "lia-sip.h"

G_BEGIN_DECLS

LiaPhoneCall *lia_phone_call_new_incoming (LiaSip *sip, LiaPhoneMedia *media, nua_handle_t *handle, const sip_t *invite);
LiaPhoneCall *lia_phone_call_new_outgoing (LiaSip *sip, LiaPhoneMedia *media, const char *number, gboolean needs_secure);
void          lia_phone_call_handle_event (LiaPhoneCall *self, nua_event_t event, int status, const sip_t *message, tagi_t tags[]);
void          lia_phone_call_lose (LiaPhoneCall *self);
gboolean      lia_phone_call_has_early_sound (LiaPhoneCall *self);

G_END_DECLS
