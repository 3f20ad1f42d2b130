/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* sofia-sip gives back what it was given as these types; every file must say the same. */
#define NUA_MAGIC_T struct _LiaSip
#define NUA_HMAGIC_T struct _LiaPhoneCall

#include "lia-phone.h"

#include <sofia-sip/nua.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/tport_tag.h>

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaSip:
 *
 * The SIP stack of one registration: it lives a moment longer than its phone, to say goodbye to the telephone system.
 */
typedef struct _LiaSip LiaSip;

typedef void (*LiaSipCallback) (nua_event_t event, int status, const char *phrase, nua_handle_t *handle, LiaPhoneCall *call, const sip_t *sip, tagi_t tags[], gpointer user_data);

LiaSip       *lia_sip_new (const LiaPhoneAccount *account, GInetAddress *address, GInetAddress *theirs, LiaSipCallback callback, gpointer user_data);
void          lia_sip_close (LiaSip *self, nua_handle_t *registration);
nua_handle_t *lia_sip_make_handle (LiaSip *self, LiaPhoneCall *call, const char *to);
char         *lia_sip_uri (LiaSip *self, const char *number);
gboolean      lia_sip_is_secure (LiaSip *self);
gboolean      lia_sip_authenticate (LiaSip *self, nua_handle_t *handle, const sip_t *sip);
GInetAddress *lia_sip_get_address (LiaSip *self);
char         *lia_sip_dup_contact (LiaSip *self);

G_END_DECLS
