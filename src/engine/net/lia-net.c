/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-net.h"

#include "lia-async.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/*
 * Certificates are verified against the system's authorities and, where given, against one own authority. There is no way to switch that off.
 */

#define DEAD_PEER_MS (30 * 1000)

G_DEFINE_QUARK (lia-net-error, lia_net_error)

/** lia_net_error_to_code: (transfer none): the word of API.md for an error of %LIA_NET_ERROR. */
const char *
lia_net_error_to_code (const GError *error)
{
  static const char *const codes[] = { "no-such-host", "refused", "timeout", "no-tls", "wrong-host", "expired", "unknown-ca" };

  g_return_val_if_fail (error != NULL && error->domain == LIA_NET_ERROR, NULL);

  return codes[error->code];
}

/* What the socket must do by itself: notice a peer that is gone without a word, and send small commands at once. */
static void
tune_socket (GSocketConnection *tcp,
             guint              keepalive_s)
{
  GSocket *socket = g_socket_connection_get_socket (tcp);

  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPIDLE, (int)keepalive_s, NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPINTVL, (int)MAX (keepalive_s / 4, 1), NULL);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_USER_TIMEOUT, DEAD_PEER_MS, NULL);
}

static void
set_connect_error (const char   *host,
                   const GError *cause,
                   GError      **error)
{
  if (cause->domain == G_RESOLVER_ERROR)
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_NO_SUCH_HOST, "There is no server called “%s”.", host);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) || cause->domain == DEX_ERROR)
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_TIMEOUT, "The server “%s” does not answer.", host);
  else
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_REFUSED, "The server “%s” cannot be reached.", host);
}

/**
 * lia_net_connect:
 * @keepalive_s: after so much silence the socket asks whether the server is still there
 *
 * Opens a connection, not encrypted yet: nothing secret can be sent before lia_net_start_tls().
 *
 * Returns: (transfer full) (nullable): errors are of %LIA_NET_ERROR
 */
GSocketConnection *
lia_net_connect (const char *host,
                 guint       port,
                 guint       keepalive_s,
                 guint       timeout_ms,
                 GError    **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = g_network_address_new (host, port);
  g_autoptr (GError) cause = NULL;
  GSocketConnection *tcp = dex_await_object (lia_with_timeout (dex_socket_client_connect (client, address), timeout_ms), &cause);

  if (tcp == NULL)
    set_connect_error (host, cause, error);
  else
    tune_socket (tcp, keepalive_s);

  return tcp;
}

/* A handshake: whom we want to speak to, and what was wrong with who answered. */
typedef struct
{
  GSocketConnectable  *identity;
  char                *ca_pem;
  GTlsCertificateFlags flags;
  char                *name; /* whom the refused certificate is for */
} Handshake;

static void
handshake_clear (Handshake *self)
{
  g_clear_object (&self->identity);
  g_free (self->ca_pem);
  g_free (self->name);
}

static void
handshake_unref (gpointer  data,
                 GClosure *closure)
{
  g_rc_box_release_full (data, (GDestroyNotify)handshake_clear);
}

/* TRUE when @certificate, or one of its issuers, was signed by one of the authorities in our PEM text and is for the server's name. */
static gboolean
own_authority_accepts (const char           *ca_pem,
                       GSocketConnectable   *identity,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags *flags)
{
  static const char end_mark[] = "-----END CERTIFICATE-----";

  for (const char *start = ca_pem; *start != '\0';)
    {
      const char *end = strstr (start, end_mark);
      if (end == NULL)
        break;
      end += strlen (end_mark);

      g_autoptr (GTlsCertificate) authority = g_tls_certificate_new_from_pem (start, end - start, NULL);
      if (authority != NULL)
        {
          *flags = g_tls_certificate_verify (certificate, identity, authority);
          if (*flags == G_TLS_CERTIFICATE_NO_FLAGS)
            return TRUE;
        }
      start = end;
    }

  return FALSE;
}

/**
 * lia_net_is_vouched_for:
 * @ca_pem: (nullable): PEM text of an own authority
 *
 * For a certificate that the system's authorities do not vouch for: whether ours does, and it is for @host.
 */
gboolean
lia_net_is_vouched_for (GTlsCertificate *certificate,
                        const char      *host,
                        guint            port,
                        const char      *ca_pem)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (host, (guint16)port);
  GTlsCertificateFlags flags;

  return ca_pem != NULL && own_authority_accepts (ca_pem, identity, certificate, &flags);
}

static char *
first_name_of (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);

  if (names == NULL || names->len == 0)
    return NULL;

  GBytes *name = g_ptr_array_index (names, 0);
  return g_utf8_make_valid (g_bytes_get_data (name, NULL), MIN (g_bytes_get_size (name), 253));
}

/* Called for a certificate that the system's authorities do not vouch for. */
static gboolean
on_accept_certificate_cb (GTlsConnection      *tls,
                          GTlsCertificate     *certificate,
                          GTlsCertificateFlags flags,
                          Handshake           *self)
{
  if (self->ca_pem != NULL && own_authority_accepts (self->ca_pem, self->identity, certificate, &flags))
    return TRUE;

  self->flags = flags;
  g_free (self->name);
  self->name = first_name_of (certificate);
  return FALSE;
}

static void
handshake_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;

  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (object), result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, error);
}

static DexFuture *
shake_hands (GTlsConnection *tls)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  g_tls_connection_handshake_async (tls, G_PRIORITY_DEFAULT, dex_promise_get_cancellable (promise), handshake_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static gboolean
is_timeout (const GError *error)
{
  return error->domain == DEX_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* A server that ends, or is starting, closes what it has not answered. One that speaks without TLS has said something, of which the handshake has
 * read no more than the five bytes that begin a record (RFC 8446, section 5.1): the rest is still there. GIO has one error for both. */
static gboolean
is_broken_off (GSocketConnection *tcp,
               const GError      *cause)
{
  return cause->domain == G_IO_ERROR || g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_EOF) ||
         (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS) && g_socket_get_available_bytes (g_socket_connection_get_socket (tcp)) <= 0);
}

static void
set_handshake_error (const Handshake   *self,
                     GSocketConnection *tcp,
                     const char        *host,
                     const GError      *cause,
                     GError           **error)
{
  if (self->flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_UNKNOWN_CA, "Nobody whom this computer trusts vouches for the certificate of “%s”.", host);
  else if (self->flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_WRONG_HOST, "The server's certificate is for %s, not for “%s”.",
                 self->name != NULL ? self->name : "another server", host);
  else if (self->flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_EXPIRED, "The certificate of “%s” has expired, or the clock of this computer is wrong.", host);
  else if (self->flags != 0)
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_UNKNOWN_CA, "The certificate of “%s” cannot be trusted.", host);
  else if (is_timeout (cause))
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_TIMEOUT, "The server “%s” does not answer.", host);
  else if (is_broken_off (tcp, cause))
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_REFUSED, "The server “%s” has broken off the connection.", host);
  else
    g_set_error (error, LIA_NET_ERROR, LIA_NET_ERROR_NO_TLS, "The server “%s” does not speak TLS on this port.", host);
}

/**
 * lia_net_start_tls:
 * @ca_pem: (nullable): PEM text of own authorities that vouch for the server, beside those of the system
 *
 * Encrypts a connection and verifies that the server is @host.
 *
 * Returns: (transfer full) (nullable): errors are of %LIA_NET_ERROR
 */
GIOStream *
lia_net_start_tls (GSocketConnection *tcp,
                   const char        *host,
                   guint              port,
                   const char        *ca_pem,
                   guint              timeout_ms,
                   GError           **error)
{
  Handshake *self = g_rc_box_new0 (Handshake);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GIOStream) tls = NULL;
  gboolean done;

  self->identity = g_network_address_new (host, port);
  self->ca_pem = g_strdup (ca_pem);
  tls = g_tls_client_connection_new (G_IO_STREAM (tcp), self->identity, &cause);
  if (tls == NULL)
    {
      g_set_error_literal (error, LIA_NET_ERROR, LIA_NET_ERROR_NO_TLS, cause->message);
      handshake_unref (self, NULL);
      return NULL;
    }

  g_signal_connect_data (tls, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), g_rc_box_acquire (self), handshake_unref, G_CONNECT_DEFAULT);
  done = dex_await (lia_with_timeout (shake_hands (G_TLS_CONNECTION (tls)), timeout_ms), &cause);
  if (!done)
    set_handshake_error (self, tcp, host, cause, error);
  handshake_unref (self, NULL);

  return done ? g_steal_pointer (&tls) : NULL;
}
