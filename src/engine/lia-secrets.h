/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

#define LIA_TYPE_SECRETS (lia_secrets_get_type ())

/**
 * LiaSecrets:
 *
 * Passwords of channels: in the system's password store (libsecret), or in a private file where there is none. Never in the store, in a log or
 * on a command line.
 *
 * A secret is known by @account and @kind. A channel's account is an opaque word that is made when the channel is added and
 * stands as `"secret"` in its config inside the engine; the kind of its password is "password".
 * The account of the telephone in an agent's app is one secret as a whole (lia-phone-account.h).
 */
G_DECLARE_FINAL_TYPE (LiaSecrets, lia_secrets, LIA, SECRETS, GObject)

LiaSecrets *lia_secrets_new (const char *workspace,
                             const char *credentials_file,
                             GError    **error);
DexFuture  *lia_secrets_store (LiaSecrets *self,
                               const char *account,
                               const char *kind,
                               const char *label,
                               const char *secret) G_GNUC_WARN_UNUSED_RESULT;
DexFuture  *lia_secrets_lookup (LiaSecrets *self,
                                const char *account,
                                const char *kind) G_GNUC_WARN_UNUSED_RESULT;
DexFuture  *lia_secrets_forget (LiaSecrets *self,
                                const char *account) G_GNUC_WARN_UNUSED_RESULT;

/* lookup resolves to the string, or rejects with G_IO_ERROR_NOT_FOUND; all reject with LIA_PROBLEM_CHANNEL_DOWN in plain words when no store
 * for passwords can be reached. */

G_END_DECLS
