/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a server is reached, and how it proves who it is. All calls are for fibers. */

/**
 * LiaNetError:
 * @LIA_NET_ERROR_NO_SUCH_HOST: the name does not exist
 * @LIA_NET_ERROR_REFUSED: nothing listens there, the way is barred, or it is closed before both have shaken hands: the server may be starting
 * @LIA_NET_ERROR_TIMEOUT: no answer in time
 * @LIA_NET_ERROR_NO_TLS: no encryption: what it says is something else
 * @LIA_NET_ERROR_WRONG_HOST: the certificate is another server's
 * @LIA_NET_ERROR_EXPIRED: the certificate is not valid any more, or not yet
 * @LIA_NET_ERROR_UNKNOWN_CA: nobody whom we trust vouches for the certificate
 */
typedef enum {
  LIA_NET_ERROR_NO_SUCH_HOST,
  LIA_NET_ERROR_REFUSED,
  LIA_NET_ERROR_TIMEOUT,
  LIA_NET_ERROR_NO_TLS,
  LIA_NET_ERROR_WRONG_HOST,
  LIA_NET_ERROR_EXPIRED,
  LIA_NET_ERROR_UNKNOWN_CA,
} LiaNetError;

#define LIA_NET_ERROR (lia_net_error_quark ())
GQuark      lia_net_error_quark (void);
const char *lia_net_error_to_code (const GError *error);

GSocketConnection *lia_net_connect (const char *host,
                                    guint       port,
                                    guint       keepalive_s,
                                    guint       timeout_ms,
                                    GError    **error);
GIOStream         *lia_net_start_tls (GSocketConnection *tcp,
                                      const char        *host,
                                      guint              port,
                                      const char        *ca_pem,
                                      guint              timeout_ms,
                                      GError           **error);

gboolean lia_net_is_vouched_for (GTlsCertificate *certificate,
                                 const char      *host,
                                 guint            port,
                                 const char      *ca_pem);

G_END_DECLS
