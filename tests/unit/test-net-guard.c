/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which addresses an address that somebody typed may lead to. */

#include "lia-net-guard.h"

#include "lia-test-wait.h"

static const struct
{
  const char *address;
  gboolean    is_public;
} addresses[] = {
  { "1.1.1.1", TRUE },
  { "9.255.255.255", TRUE },
  { "10.0.0.0", FALSE },
  { "10.255.255.255", FALSE },
  { "11.0.0.0", TRUE },
  { "0.0.0.0", FALSE },
  { "0.1.2.3", FALSE },
  { "100.63.255.255", TRUE },
  { "100.64.0.1", FALSE },
  { "100.128.0.0", TRUE },
  { "127.0.0.1", FALSE },
  { "127.255.255.254", FALSE },
  { "128.0.0.1", TRUE },
  { "169.253.255.255", TRUE },
  { "169.254.169.254", FALSE }, /* where clouds tell a machine its secrets */
  { "172.15.255.255", TRUE },
  { "172.16.0.1", FALSE },
  { "172.31.255.255", FALSE },
  { "172.32.0.0", TRUE },
  { "192.0.0.170", FALSE },
  { "192.0.2.1", FALSE },
  { "192.88.99.1", FALSE },
  { "192.167.255.255", TRUE },
  { "192.168.0.1", FALSE },
  { "192.169.0.0", TRUE },
  { "198.17.255.255", TRUE },
  { "198.18.0.1", FALSE },
  { "198.51.100.7", FALSE },
  { "203.0.113.7", FALSE },
  { "223.255.255.255", TRUE },
  { "224.0.0.1", FALSE },
  { "239.255.255.250", FALSE },
  { "240.0.0.1", FALSE },
  { "255.255.255.255", FALSE },
  { "::", FALSE },
  { "::1", FALSE },
  { "::127.0.0.1", FALSE },
  { "::ffff:127.0.0.1", FALSE },
  { "::ffff:169.254.169.254", FALSE },
  { "::ffff:10.1.2.3", FALSE },
  { "::ffff:1.1.1.1", TRUE },
  { "64:ff9b::10.0.0.1", FALSE },
  { "64:ff9b::1.1.1.1", TRUE },
  { "64:ff9b:1::1", FALSE },
  { "100::1", FALSE },
  { "2001::1", FALSE },
  { "2001:db8::1", FALSE },
  { "2002:7f00:1::", FALSE },
  { "2606:4700::1111", TRUE },
  { "3fff::1", FALSE },
  { "fc00::1", FALSE },
  { "fd00:ec2::254", FALSE },
  { "fe80::1", FALSE },
  { "febf::1", FALSE },
  { "fec0::1", FALSE },
  { "ff02::1", FALSE },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (addresses[i].address);

      g_assert_nonnull (address);
      if (lia_net_is_public (address) != addresses[i].is_public)
        g_error ("%s", addresses[i].address);
    }
}

static void
test_allowed (void)
{
  g_autoptr (LiaNetGuard) guard = lia_net_guard_new ();
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string ("192.168.0.1");

  g_assert_false (lia_net_guard_accepts (guard, "tracker.example.org", address));
  lia_net_guard_allow (guard, "Tracker.example.org.");
  g_assert_true (lia_net_guard_accepts (guard, "tracker.EXAMPLE.org", address));
  g_assert_false (lia_net_guard_accepts (guard, "example.org", address));
}

typedef struct
{
  gboolean           done;
  GSocketConnection *connection;
  GError            *error;
} Way;

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  Way *way = data;

  way->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &way->error);
  way->done = TRUE;
}

static Way
connect_to (LiaNetGuard *guard,
            const char  *host,
            guint16      port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = lia_net_guard_new_connectable (guard, host, port);
  Way way = { 0 };

  g_socket_client_connect_async (client, address, NULL, connected_cb, &way);
  wait_until (way.done);

  return way;
}

/* What a name resolves to counts */
static void
test_connections (void)
{
  static const char *const names[] = { "127.0.0.1", "localhost", "LOCALHOST." };
  g_autoptr (LiaNetGuard) guard = lia_net_guard_new ();
  g_autoptr (LiaNetGuard) open = lia_net_guard_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Way way = connect_to (guard, names[i], port);

      g_assert_error (way.error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      g_clear_error (&way.error);

      lia_net_guard_allow (open, names[i]);
      way = connect_to (open, names[i], port);
      g_assert_no_error (way.error);
      g_clear_object (&way.connection);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net-guard/addresses", test_addresses);
  g_test_add_func ("/net-guard/allowed", test_allowed);
  g_test_add_func ("/net-guard/connections", test_connections);

  return g_test_run ();
}
