/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-audio.h"
#include "lia-phone-call.h"

G_BEGIN_DECLS

typedef enum {
  LIA_PHONE_UDP,
  LIA_PHONE_TCP,
  LIA_PHONE_TLS,
} LiaPhoneTransport;

/**
 * LiaPhoneAccount:
 *
 * Where the phone registers, and as whom.
 */
typedef struct
{
  char             *server; /* name or address of the telephone system (with TLS a name); NULL: none, calls come and go directly */
  guint             port;   /* 0: the transport's usual one */
  LiaPhoneTransport transport;
  char             *user;
  char             *secret;
  char             *name;         /* what the other end is shown, or NULL */
  char             *authority;    /* a file of certificates (PEM) to trust instead of the system's, or NULL */
  gboolean          needs_secure; /* refuse calls whose sound is not enciphered */
  guint             local_port;   /* 0: any */
} LiaPhoneAccount;

LiaPhoneAccount *lia_phone_account_copy (const LiaPhoneAccount *self);
void             lia_phone_account_free (LiaPhoneAccount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaPhoneAccount, lia_phone_account_free)

typedef enum {
  LIA_PHONE_OFF,
  LIA_PHONE_CONNECTING,
  LIA_PHONE_READY,
  LIA_PHONE_REFUSED,     /* the user or the secret is wrong; it seldom tries again by itself */
  LIA_PHONE_UNREACHABLE, /* it tries again by itself */
} LiaPhoneState;

/* More at once help nobody: a third caller hears busy. */
#define LIA_PHONE_MAX_CALLS 2

#define LIA_TYPE_PHONE (lia_phone_get_type ())

/**
 * LiaPhone:
 *
 * The agent's own telephone: it registers with the company's telephone system (SIP, RFC 3261), rings, and holds up to two calls. All of it
 * runs on the main context of its thread; nothing blocks.
 */
G_DECLARE_FINAL_TYPE (LiaPhone, lia_phone, LIA, PHONE, GObject)

LiaPhone      *lia_phone_new (LiaPhoneAudio *audio);
void           lia_phone_connect (LiaPhone *self, const LiaPhoneAccount *account);
void           lia_phone_try_again (LiaPhone *self);
void           lia_phone_disconnect (LiaPhone *self);
LiaPhoneState  lia_phone_get_state (LiaPhone *self);
const char    *lia_phone_get_problem (LiaPhone *self);
GListModel    *lia_phone_get_calls (LiaPhone *self);
LiaPhoneAudio *lia_phone_get_audio (LiaPhone *self);
LiaPhoneCall  *lia_phone_dial (LiaPhone *self, const char *number);
void           lia_phone_expect (LiaPhone *self, const char *mark);
char          *lia_phone_dup_contact (LiaPhone *self);

G_END_DECLS
