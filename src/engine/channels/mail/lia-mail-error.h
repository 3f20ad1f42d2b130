/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaMailError:
 * @LIA_MAIL_ERROR_NO_SUCH_HOST: the name cannot be resolved
 * @LIA_MAIL_ERROR_REFUSED: nothing listens there, or no way leads there
 * @LIA_MAIL_ERROR_TIMEOUT: no answer in time
 * @LIA_MAIL_ERROR_CLOSED: the connection broke
 * @LIA_MAIL_ERROR_PROTOCOL: what came is not IMAP or SMTP, or against its rules
 * @LIA_MAIL_ERROR_NO_TLS: encryption is not offered, or somebody tampers with it. No secret was sent
 * @LIA_MAIL_ERROR_WRONG_HOST: the certificate is for another name. No secret was sent
 * @LIA_MAIL_ERROR_EXPIRED: the certificate is not valid now. No secret was sent
 * @LIA_MAIL_ERROR_UNKNOWN_CA: nobody we trust vouches for the certificate. No secret was sent
 * @LIA_MAIL_ERROR_AUTH: name or password refused
 * @LIA_MAIL_ERROR_UNAVAILABLE: the server says: not now
 * @LIA_MAIL_ERROR_NO: the server says no to this
 * @LIA_MAIL_ERROR_TOO_LARGE: over a limit, the server's or ours
 * @LIA_MAIL_ERROR_STOPPED: we were told to stop
 *
 * What a caller of the mail channel decides by.
 */
typedef enum {
  LIA_MAIL_ERROR_NO_SUCH_HOST,
  LIA_MAIL_ERROR_REFUSED,
  LIA_MAIL_ERROR_TIMEOUT,
  LIA_MAIL_ERROR_CLOSED,
  LIA_MAIL_ERROR_PROTOCOL,
  LIA_MAIL_ERROR_NO_TLS,
  LIA_MAIL_ERROR_WRONG_HOST,
  LIA_MAIL_ERROR_EXPIRED,
  LIA_MAIL_ERROR_UNKNOWN_CA,
  LIA_MAIL_ERROR_AUTH,
  LIA_MAIL_ERROR_UNAVAILABLE,
  LIA_MAIL_ERROR_NO,
  LIA_MAIL_ERROR_TOO_LARGE,
  LIA_MAIL_ERROR_STOPPED,
} LiaMailError;

#define LIA_MAIL_ERROR (lia_mail_error_quark ())
GQuark      lia_mail_error_quark (void);
const char *lia_mail_error_to_code (const GError *error);
gboolean    lia_mail_error_is_certificate (const GError *error);

G_END_DECLS
