/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mail-error.h"

G_DEFINE_QUARK (lia-mail-error, lia_mail_error)

/**
 * lia_mail_error_to_code:
 *
 * The code that a diagnosis gives for @error, as API.md names it.
 */
const char *
lia_mail_error_to_code (const GError *error)
{
  static const char *const codes[] = { "no-such-host", "refused", "timeout", "refused", "not-a-server", "no-tls", "wrong-host",
                                       "expired", "unknown-ca", "wrong-password", "unavailable", "refused", "too-large", "stopped" };

  if (error->domain != LIA_MAIL_ERROR || (guint)error->code >= G_N_ELEMENTS (codes))
    return "refused";

  return codes[error->code];
}

/** lia_mail_error_is_certificate: whether somebody has to look at the server's certificate, so that trying again is of no use. */
gboolean
lia_mail_error_is_certificate (const GError *error)
{
  return g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_WRONG_HOST) ||
         g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_EXPIRED) ||
         g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_UNKNOWN_CA) ||
         g_error_matches (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO_TLS);
}
