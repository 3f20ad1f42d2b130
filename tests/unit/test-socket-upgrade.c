/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From libsoup's handshake to the mux. */

#include "lia-socket-upgrade.h"
#include "lia-test-socket.h"
#include "lia-test-wait.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#define HANDSHAKE "GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" \
                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define SHOP "Origin: https://shop.example\r\n"
#define PROTOCOL "Sec-WebSocket-Protocol: other, chat\r\n"

static const char *const origins[] = { "https://shop.example", "https://www.shop.example", NULL };
static const char       *protocols[] = { "chat", NULL };

typedef struct
{
  SoupServer   *server;
  LiaSocketMux *mux;
  int           client; /* the one that is connecting */
  LiaTestPeer  *peer;   /* what became of it */
  gboolean      is_full;
  GError       *error;
} Door;

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  const guint status = lia_socket_upgrade_check (message, origins, protocols);

  if (status != 0)
    soup_server_message_set_status (message, status, NULL);
}

static void
set_most_descriptors (rlim_t most)
{
  struct rlimit limit;

  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &limit));
  limit.rlim_cur = MIN (most, limit.rlim_max);
  g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &limit));
}

static void
on_websocket (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *connection,
              gpointer                 data)
{
  Door *self = data;
  int   ends[2] = { -1, self->client };

  if (self->is_full)
    set_most_descriptors (3);
  ends[0] = lia_socket_upgrade_take (message, &self->error);
  set_most_descriptors (RLIM_INFINITY);
  if (ends[0] >= 0)
    self->peer = test_peer_new_of (self->mux, ends, &test_socket_kind);
}

static void
door_open (Door *self)
{
  g_autoptr (GError) error = NULL;

  *self = (Door){ .server = soup_server_new (NULL, NULL), .mux = test_mux_new (100, 1024 * 1024), .client = -1 };
  soup_server_add_handler (self->server, "/socket", on_request, self, NULL);
  soup_server_add_websocket_handler (self->server, "/socket", NULL, (char **)protocols, on_websocket, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
}

static void
door_clear (Door *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->mux);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Door, door_clear)

static int
connect_to (Door *self)
{
  GSList                  *uris = soup_server_get_uris (self->server);
  const struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK), .sin_port = htons ((guint16)g_uri_get_port (uris->data)) };
  const int                fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  g_assert_no_errno (connect (fd, (const struct sockaddr *)&address, sizeof address));
  return fd;
}

/* A byte at a time, so that no frame is taken with it. TRUE: it is there. */
static gboolean
read_answer (int      fd,
             GString *answer)
{
  char byte;

  while (recv (fd, &byte, 1, MSG_DONTWAIT) == 1)
    {
      g_string_append_c (answer, byte);
      if (g_str_has_suffix (answer->str, "\r\n\r\n"))
        return TRUE;
    }

  return FALSE;
}

/* The answer to a handshake with these headers; who is let in is the door's peer. */
static char *
knock (Door       *self,
       const char *headers)
{
  g_autofree char *request = g_strconcat (headers, "\r\n", NULL);
  g_autoptr (GString) answer = g_string_new (NULL);

  self->client = connect_to (self);
  g_assert_cmpint (send (self->client, request, strlen (request), 0), ==, strlen (request));
  wait_until (read_answer (self->client, answer));

  return g_string_free_and_steal (g_steal_pointer (&answer));
}

static void
refused (const char *headers,
         const char *status)
{
  g_auto (Door) door = { 0 };
  g_autofree char *answer = NULL;

  door_open (&door);
  answer = knock (&door, headers);
  g_assert_true (g_str_has_prefix (answer + strlen ("HTTP/1.1 "), status));
  g_assert_null (door.peer);
  g_clear_fd (&door.client, NULL);
}

static void
test_refused (void)
{
  refused (HANDSHAKE PROTOCOL, "403");
  refused (HANDSHAKE PROTOCOL "Origin: https://evil.example\r\n", "403");
  refused (HANDSHAKE PROTOCOL "Origin: null\r\n", "403");
  refused (HANDSHAKE PROTOCOL "Origin: https://shop.example.evil.example\r\n", "403");
  refused (HANDSHAKE PROTOCOL "Origin: http://shop.example\r\n", "403");
  refused (HANDSHAKE PROTOCOL SHOP "Origin: https://evil.example\r\n", "403");
  refused (HANDSHAKE SHOP, "400");
  refused (HANDSHAKE SHOP "Sec-WebSocket-Protocol: other\r\n", "400");
  refused ("GET /socket HTTP/1.1\r\nHost: localhost\r\n" SHOP PROTOCOL, "400");
  refused ("GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" SHOP PROTOCOL,
           "400");
}

static void
test_let_in (void)
{
  g_auto (Door) door = { 0 };
  g_autofree char *answer = NULL;
  g_autoptr (LiaTestPeer) peer = NULL;

  door_open (&door);
  answer = knock (&door, HANDSHAKE SHOP PROTOCOL);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 101 "));
  g_assert_nonnull (strstr (answer, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
  g_assert_nonnull (strstr (answer, "Sec-WebSocket-Protocol: chat\r\n"));
  wait_until (door.peer != NULL);
  peer = door.peer;

  peer->echo = TRUE;
  test_peer_say (peer, "81 85 00000000 'Hello'");
  assert_read (peer, "text Hello");
  test_peer_say (peer, "88 82 00000000 03e8");
  assert_told (peer, "closed 1000 \n");
  assert_read (peer, "close 1000 ");
  assert_read (peer, "end");
}

/* RFC 6455 4.1: a client waits for the answer. What comes with its question is not ours to guess at. */
static void
test_too_early (void)
{
  g_auto (Door) door = { 0 };
  g_autofree char *answer = NULL;
  g_autoptr (LiaTestPeer) peer = NULL;

  door_open (&door);
  answer = knock (&door, HANDSHAKE SHOP PROTOCOL "\r\n\x81\x85\x01\x01\x01\x01Idmmn");
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 101 "));
  wait_until (door.peer != NULL);
  peer = door.peer;
  test_peer_say (peer, "81 84 00000000 'late'");
  assert_told (peer, "text late\n");
}

/* One descriptor each, and none when all is over: libsoup has let go of its own. */
static void
test_descriptors (void)
{
  g_auto (Door) door = { 0 };
  g_autoptr (GPtrArray) peers = g_ptr_array_new_with_free_func ((GDestroyNotify)test_peer_free);
  guint before;

  door_open (&door);
  before = test_n_descriptors ();
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *answer = knock (&door, HANDSHAKE SHOP PROTOCOL);

      wait_until (door.peer != NULL);
      door.peer->echo = TRUE;
      g_ptr_array_add (peers, g_steal_pointer (&door.peer));
    }
  wait_until (test_n_descriptors () == before + 2 * peers->len);
  for (guint i = 0; i < peers->len; i++)
    {
      test_peer_say (g_ptr_array_index (peers, i), "81 81 00000000 'a'");
      assert_read (g_ptr_array_index (peers, i), "text a");
    }
  g_ptr_array_set_size (peers, 0);
  wait_until (test_n_descriptors () == before);
}

static void
test_too_many (void)
{
  g_auto (Door) door = { 0 };
  g_autofree char *answer = NULL;
  char             byte;

  door_open (&door);
  door.is_full = TRUE;
  answer = knock (&door, HANDSHAKE SHOP PROTOCOL);
  wait_until (door.error != NULL);
  g_assert_error (door.error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES);
  wait_until (recv (door.client, &byte, 1, MSG_DONTWAIT) == 0);
  g_clear_fd (&door.client, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/socket-upgrade/refused", test_refused);
  g_test_add_func ("/socket-upgrade/let-in", test_let_in);
  g_test_add_func ("/socket-upgrade/too-early", test_too_early);
  g_test_add_func ("/socket-upgrade/descriptors", test_descriptors);
  g_test_add_func ("/socket-upgrade/too-many", test_too_many);

  return g_test_run ();
}
