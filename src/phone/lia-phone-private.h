/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-call-private.h"
#include "lia-phone-ringer.h"
#include "lia-phone.h"

G_BEGIN_DECLS

struct _LiaPhone
{
  GObject parent_instance;

  LiaPhoneAudio   *audio;
  LiaPhoneRinger  *ringer;
  GListStore      *calls;
  LiaPhoneAccount *account;
  LiaSip          *sip;
  nua_handle_t    *registration;
  GCancellable    *look_up;
  GInetAddress    *theirs; /* the telephone system's address */
  guint            retry;
  guint            pause_s;
  gboolean         has_challenge;
  LiaPhoneState    state;
  char            *problem;
  char            *expected;
};

/* Between lia-phone.c, its calls, and lia-phone-registration.c, how it is reached */
void     lia_phone_set_state (LiaPhone *self, LiaPhoneState state, const char *problem);
gboolean lia_phone_has_calls (LiaPhone *self);
void     lia_phone_close_sip (LiaPhone *self);
void     lia_phone_handle_event (nua_event_t event, int status, const char *phrase, nua_handle_t *handle, LiaPhoneCall *call, const sip_t *sip, tagi_t tags[], gpointer user_data);
void     lia_phone_handle_register_answer (LiaPhone *self, int status, const char *phrase, const sip_t *message);

G_END_DECLS
