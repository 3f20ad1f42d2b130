/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be said to a PBX, and to which. The conversations themselves are in tests/protocol/ami. */

#include "lia-ami-client.h"
#include "lia-async.h"
#include "lia-net.h"
#include "lia-test-store.h"

#include <ifaddrs.h>
#include <netinet/in.h>
#include <string.h>

static char *
write_down (LiaAmiAction *action,
            GError      **error)
{
  g_autoptr (GBytes) bytes = lia_ami_action_to_bytes (action, error);
  gsize       length;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return text != NULL ? g_strndup (text, length) : NULL;
}

static void
test_action (void)
{
  g_autoptr (LiaAmiAction) action = lia_ami_action_new ("QueuePause");
  g_autoptr (GError) error = NULL;

  lia_ami_action_set_id (action, "t1");
  lia_ami_action_add (action, "Queue", "support");
  lia_ami_action_add (action, "Reason", "");
  lia_ami_action_add (action, "Variable", "a=Müller: \"x\"");
  lia_ami_action_add (action, "Variable", "b=2");
  g_autofree char *text = write_down (action, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "Action: QueuePause\r\nActionID: t1\r\nQueue: support\r\nReason: \r\nVariable: a=Müller: \"x\"\r\nVariable: b=2\r\n\r\n");
}

static void
assert_refused (const char *name,
                const char *value)
{
  g_autoptr (LiaAmiAction) action = lia_ami_action_new ("Hangup");
  g_autoptr (GError) error = NULL;

  lia_ami_action_add (action, name, value);
  lia_ami_action_add (action, "Cause", "16");
  g_assert_null (lia_ami_action_to_bytes (action, &error));
  g_assert_error (error, LIA_AMI_ERROR, LIA_AMI_ERROR_REFUSED);
}

static void
test_injection (void)
{
  static const char *const values[] = { "a\r\n\r\nAction: Originate", "a\r\nVariable: x", "a\n", "a\r", "\x01", "\x7f", "\xff", "J\xf6rg" };
  static const char *const names[] = { "", "a: b", "a b", "a\r\nb", "a\n", "Müller" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    assert_refused ("Channel", values[i]);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_refused (names[i], "b");
}

static void
test_sizes (void)
{
  g_autofree char *longest = g_strnfill (LIA_AMI_MAX_LINE_BYTES - strlen ("Channel: "), 'a');
  g_autofree char *longer = g_strconcat (longest, "a", NULL);
  g_autoptr (LiaAmiAction) action = lia_ami_action_new ("Originate");
  g_autoptr (GError) error = NULL;

  assert_refused ("Channel", longer);
  lia_ami_action_add (action, "Channel", longest);
  for (guint i = 3; i < LIA_AMI_MAX_LINES; i++)
    lia_ami_action_add (action, "Variable", "a=1");
  g_autofree char *text = write_down (action, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, LIA_AMI_MAX_LINES + 2);
  lia_ami_action_add (action, "Variable", "one too many");
  g_assert_null (write_down (action, &error));
  g_assert_error (error, LIA_AMI_ERROR, LIA_AMI_ERROR_REFUSED);
}

/* Whatever the values are: one action or none. */
static void
test_random (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (LiaAmiAction) action = lia_ami_action_new ("Hangup");
      g_autoptr (GString) value = g_string_new (NULL);

      for (guint i = g_test_rand_int_range (0, 20); i > 0; i--)
        g_string_append_c (value, (char)(g_test_rand_bit () ? g_test_rand_int_range (1, 256) : "\r\n: a"[g_test_rand_int_range (0, 5)]));
      lia_ami_action_set_id (action, "t1");
      lia_ami_action_add (action, "Channel", value->str);
      g_autofree char *text = write_down (action, NULL);
      g_autofree char *expected = g_strdup_printf ("Action: Hangup\r\nActionID: t1\r\nChannel: %s\r\n\r\n", value->str);
      if (text == NULL)
        continue;
      g_assert_cmpstr (text, ==, expected);
      g_assert_null (strpbrk (value->str, "\r\n"));
    }
}

static void
test_ids (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (LiaAmiAction) action = lia_ami_action_new ("Ping");
      const char *id = lia_ami_action_get_id (action);

      g_assert_cmpuint (strlen (id), ==, 24);
      g_assert_true (g_hash_table_add (seen, g_strdup (id)));
    }
}

static void
test_backoff (void)
{
  static const guint expected[] = { 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      guint delay_ms = lia_ami_client_backoff (i);
      g_assert_cmpuint (delay_ms, >=, expected[i] * 4 / 5);
      g_assert_cmpuint (delay_ms, <=, expected[i] * 6 / 5);
    }
  g_assert_cmpuint (lia_ami_client_backoff (G_MAXUINT), <=, 36000);
}

/* Which PBX --------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  LiaAmiClient *client;
  GError       *error;
} Try;

static DexFuture *
try_fiber (gpointer data)
{
  Try *self = data;

  g_assert_false (lia_ami_client_open (self->client, "secret", &self->error));

  return dex_future_new_for_boolean (TRUE);
}

static GError *
error_of (const char *host,
          guint       port,
          const char *tls)
{
  g_autoptr (LiaPbx) pbx = lia_pbx_new ();
  Try try = { NULL };

  pbx->host = g_strdup (host);
  pbx->port = port;
  pbx->tls = g_strdup (tls);
  pbx->login = g_strdup ("liaison");
  try.client = lia_ami_client_new (pbx);
  g_autoptr (DexFuture) fiber = lia_spawn (try_fiber, &try, NULL);
  test_settle (fiber);
  g_clear_object (&try.client);

  return try.error;
}

/* An address of this machine that is not loopback's, or NULL. */
static GInetAddress *
find_address (void)
{
  struct ifaddrs *list = NULL;
  GInetAddress   *found = NULL;

  g_assert_cmpint (getifaddrs (&list), ==, 0);
  for (struct ifaddrs *item = list; item != NULL && found == NULL; item = item->ifa_next)
    {
      if (item->ifa_addr == NULL || item->ifa_addr->sa_family != AF_INET)
        continue;
      g_autoptr (GSocketAddress) address = g_socket_address_new_from_native (item->ifa_addr, sizeof (struct sockaddr_in));
      GInetAddress *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
      if (!g_inet_address_get_is_loopback (inet))
        found = g_object_ref (inet);
    }
  freeifaddrs (list);

  return found;
}

/* The password leaves in the clear only to this very machine. */
static void
test_cleartext (void)
{
  g_autoptr (GInetAddress) address = find_address ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;

  if (address == NULL)
    {
      g_test_skip ("this machine has no address but loopback's");
      return;
    }

  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_socket_listener_add_address (listener, wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  g_autofree char *host = g_inet_address_to_string (address);

  error = error_of (host, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)), "none");
  g_assert_error (error, LIA_NET_ERROR, LIA_NET_ERROR_NO_TLS);
}

static void
test_unreachable (void)
{
  g_autoptr (GError) refused = error_of ("localhost", 1, "tls");

  g_assert_error (refused, LIA_NET_ERROR, LIA_NET_ERROR_REFUSED);
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/ami-client/action", test_action);
  g_test_add_func ("/ami-client/injection", test_injection);
  g_test_add_func ("/ami-client/sizes", test_sizes);
  g_test_add_func ("/ami-client/random", test_random);
  g_test_add_func ("/ami-client/ids", test_ids);
  g_test_add_func ("/ami-client/backoff", test_backoff);
  g_test_add_func ("/ami-client/cleartext", test_cleartext);
  g_test_add_func ("/ami-client/unreachable", test_unreachable);

  return g_test_run ();
}
