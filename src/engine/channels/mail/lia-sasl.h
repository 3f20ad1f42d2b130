/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mail-error.h"

G_BEGIN_DECLS

/**
 * LiaSasl:
 *
 * One login, as RFC 4422 has it: pure, both IMAP and SMTP carry its messages in base64. Mechanisms, best first: SCRAM-SHA-256 (RFC 7677: the
 * password does not leave), PLAIN (RFC 4616), LOGIN; OAUTHBEARER (RFC 7628) and XOAUTH2 for access tokens.
 */
typedef struct _LiaSasl LiaSasl;

LiaSasl    *lia_sasl_new (const char *const *offered,
                          const char        *login,
                          const char        *password,
                          gboolean           secure,
                          GError           **error);
LiaSasl    *lia_sasl_new_token (const char *const *offered,
                                const char        *login,
                                const char        *token,
                                const char        *host,
                                guint              port,
                                gboolean           secure,
                                GError           **error);
void        lia_sasl_set_nonce (LiaSasl    *self,
                                const char *nonce);
const char *lia_sasl_get_mechanism (LiaSasl *self);
char       *lia_sasl_get_initial (LiaSasl *self);
char       *lia_sasl_answer (LiaSasl    *self,
                             const char *challenge,
                             GError    **error);
gboolean    lia_sasl_is_proven (LiaSasl *self);
void        lia_sasl_free (LiaSasl *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaSasl, lia_sasl_free)

G_END_DECLS
