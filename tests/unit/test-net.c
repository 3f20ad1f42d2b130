/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a server that does not shake hands. Certificates that are wrong are tried in engine/test_mail_tls.py. */

#include "lia-async.h"
#include "lia-net.h"
#include "lia-test-store.h"

#include <string.h>

#define PATIENCE_MS (60 * 1000)

typedef struct
{
  const char *name;
  const char *says;
  gboolean    resets; /* with what was sent to it unread */
  LiaNetError code;
} Server;

static const Server servers[] = {
  { "ends", "", FALSE, LIA_NET_ERROR_REFUSED },
  { "dies", "", TRUE, LIA_NET_ERROR_REFUSED },
  { "ends-on-the-way", "\x16\x03\x03\x40\x10\x02", FALSE, LIA_NET_ERROR_REFUSED },
  { "dies-on-the-way", "\x16\x03\x03\x40\x10\x02", TRUE, LIA_NET_ERROR_REFUSED },
  { "asterisk", "Asterisk Call Manager/9.0.0\r\n", FALSE, LIA_NET_ERROR_NO_TLS },
  { "smtp", "220 a\r\n", FALSE, LIA_NET_ERROR_NO_TLS },
  { "http", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", FALSE, LIA_NET_ERROR_NO_TLS },
};

static gboolean
serve_cb (GThreadedSocketService *service,
          GSocketConnection      *connection,
          GObject                *source,
          const Server           *server)
{
  GSocket     *socket = g_socket_connection_get_socket (connection);
  char         hello[4096];
  const gsize  length = strlen (server->says);
  const gssize sent = length > 0 ? g_socket_send (socket, server->says, length, NULL, NULL) : 0;

  g_assert_cmpint (sent, ==, length);
  g_socket_receive (socket, hello, server->resets ? 1 : sizeof hello, NULL, NULL);
  g_socket_close (socket, NULL);

  return TRUE;
}

static GSocketService *
start (const Server *server,
       guint16      *port)
{
  GSocketService *service = g_threaded_socket_service_new (10);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_listener_add_address (G_SOCKET_LISTENER (service), wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (serve_cb), (gpointer)server);
  g_socket_service_start (service);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  return service;
}

typedef struct
{
  guint16 port;
  GError *error;
} Try;

static DexFuture *
try_fiber (gpointer data)
{
  Try *self = data;
  g_autoptr (GSocketConnection) tcp = lia_net_connect ("127.0.0.1", self->port, 60, PATIENCE_MS, &self->error);

  g_assert_no_error (self->error);
  g_assert_null (lia_net_start_tls (tcp, "127.0.0.1", self->port, NULL, PATIENCE_MS, &self->error));

  return dex_future_new_for_boolean (TRUE);
}

static void
test_no_handshake (gconstpointer data)
{
  const Server *server = data;
  Try           try = { 0 };
  g_autoptr (GSocketService) service = start (server, &try.port);
  g_autoptr (DexFuture) fiber = lia_spawn (try_fiber, &try, NULL);
  g_autoptr (GError) error = NULL;

  test_settle (fiber);
  error = try.error;
  g_assert_error (error, LIA_NET_ERROR, (int)server->code);
  g_socket_service_stop (service);
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autofree char *path = g_strconcat ("/net/no-handshake/", servers[i].name, NULL);

      g_test_add_data_func (path, &servers[i], test_no_handshake);
    }

  return g_test_run ();
}
