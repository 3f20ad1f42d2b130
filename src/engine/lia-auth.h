/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"

G_BEGIN_DECLS

#define LIA_TYPE_AUTH (lia_auth_get_type ())

/**
 * LiaAuth:
 *
 * Who is speaking. A token is 32 random bytes, `lia_a_` in front; only its SHA-256 is kept, in the store and in memory, so that a request
 * is judged when its headers are there, before a byte of its body is read.
 */
G_DECLARE_FINAL_TYPE (LiaAuth, lia_auth, LIA, AUTH, GObject)

LiaAuth    *lia_auth_new (LiaStore *store);
DexFuture  *lia_auth_load (LiaAuth *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture  *lia_auth_issue (LiaAuth *self,
                            gint64   agent_id) G_GNUC_WARN_UNUSED_RESULT;
DexFuture  *lia_auth_revoke (LiaAuth    *self,
                             const char *token) G_GNUC_WARN_UNUSED_RESULT;
gint64      lia_auth_check (LiaAuth    *self,
                            const char *token);
const char *lia_auth_make_secret (LiaAuth *self);
gboolean    lia_auth_check_secret (LiaAuth    *self,
                                   const char *secret);

/* Signal "revoked" (char *token): it ends; its streams are to be closed. */

char *lia_auth_random_token (const char *prefix);
char *lia_auth_token_hash (const char *token);

G_END_DECLS
