/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-socket.h"

#include "lia-test-wait.h"
#include "lia-test-ws.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* Time ---------------------------------------------------------------------------------------------------------------------------------- */

/* It stands still until a test lets it go on; far from the real one, by which nothing comes due then. */
static gint64 now_ms = G_GINT64_CONSTANT (1000000000000);

static gint64
test_clock (void)
{
  return now_ms;
}

LiaSocketMux *
test_mux_new (guint max_sockets,
              gsize max_buffered)
{
  g_autoptr (GError) error = NULL;
  LiaSocketMux *mux = lia_socket_mux_new (max_sockets, max_buffered, &error);

  g_assert_no_error (error);
  lia_socket_mux_set_clock (mux, test_clock);

  return mux;
}

/** test_mux_pass: lets time pass for it, all at once. */
void
test_mux_pass (LiaSocketMux *mux,
               gint64        ms)
{
  now_ms += ms;
  lia_socket_mux_tick (mux);
}

/* What it tells ------------------------------------------------------------------------------------------------------------------------- */

static void
on_message (LiaSocket          *socket,
            const LiaWsMessage *message,
            gpointer            data)
{
  LiaTestPeer *self = data;

  g_assert_true (socket == self->socket);
  self->n_messages++;
  if (self->echo)
    {
      g_autoptr (GBytes) frame = lia_ws_frame_new (message->opcode, message->data, message->length);

      lia_socket_send (socket, frame);
    }
  else
    g_string_append_printf (self->told, "%s %.*s\n", message->opcode == LIA_WS_TEXT ? "text" : "binary", (int)message->length, message->data);
  if (self->on_message != NULL)
    self->on_message (self);
}

static void
on_drained (LiaSocket *socket,
            gpointer   data)
{
  LiaTestPeer *self = data;

  g_assert_cmpuint (lia_socket_get_queued (socket), ==, 0);
  g_string_append (self->told, "drained\n");
}

static void
on_closed (LiaSocket  *socket,
           guint       code,
           const char *reason,
           gpointer    data)
{
  LiaTestPeer *self = data;

  g_assert_true (socket == self->socket);
  g_assert_false (lia_socket_is_open (socket));
  self->socket = NULL;
  g_string_append_printf (self->told, "closed %u %s\n", code, reason);
}

const LiaSocketKind test_socket_kind = { 5000, 64 * 1024, 100, 1, on_message, on_drained, on_closed };

/* The client ---------------------------------------------------------------------------------------------------------------------------- */

/** test_peer_new_of: @ends: the mux's, which is its own from now on, and the client's */
LiaTestPeer *
test_peer_new_of (LiaSocketMux        *mux,
                  const int           *ends,
                  const LiaSocketKind *kind)
{
  g_autoptr (GError) error = NULL;
  LiaTestPeer *self = g_new0 (LiaTestPeer, 1);

  self->mux = mux;
  self->fd = ends[1];
  self->told = g_string_new (NULL);
  self->heard = g_byte_array_new ();
  self->socket = lia_socket_mux_add (mux, ends[0], kind, self, &error);
  if (self->socket == NULL)
    g_string_append_printf (self->told, "%s\n", error->message);

  return self;
}

/** test_n_descriptors: how many this process has open. */
guint
test_n_descriptors (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;

  return n;
}

/** test_tcp_pair: @ends: (out): the server's and the client's */
void
test_tcp_pair (int ends[2])
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t          length = sizeof address;
  const int          listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_no_errno (bind (listener, (struct sockaddr *)&address, sizeof address));
  g_assert_no_errno (listen (listener, 1));
  g_assert_no_errno (getsockname (listener, (struct sockaddr *)&address, &length));
  ends[1] = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_no_errno (connect (ends[1], (struct sockaddr *)&address, sizeof address));
  ends[0] = accept4 (listener, NULL, NULL, SOCK_CLOEXEC);
  g_assert_cmpint (ends[0], >=, 0);
  close (listener);
}

LiaTestPeer *
test_peer_new (LiaSocketMux *mux)
{
  int ends[2];

  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends));
  return test_peer_new_of (mux, ends, &test_socket_kind);
}

void
test_peer_free (LiaTestPeer *self)
{
  if (self->socket != NULL)
    {
      lia_socket_vanish (self->socket);
      lia_socket_mux_tick (self->mux);
    }
  test_peer_hang_up (self);
  g_string_free (self->told, TRUE);
  g_byte_array_unref (self->heard);
  g_free (self);
}

void
test_peer_hang_up (LiaTestPeer *self)
{
  g_clear_fd (&self->fd, NULL);
}

/** test_peer_write: what goes without waiting. */
gsize
test_peer_write (LiaTestPeer  *self,
                 const guint8 *bytes,
                 gsize         length)
{
  gsize written = 0;

  while (written < length)
    {
      const gssize n = send (self->fd, bytes + written, length - written, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n < 0)
        break;
      written += (gsize)n;
    }

  return written;
}

/** test_peer_say: @notation: of test_ws_read() */
void
test_peer_say (LiaTestPeer *self,
               const char  *notation)
{
  g_autoptr (GByteArray) bytes = test_ws_read (notation);

  g_assert_cmpuint (test_peer_write (self, bytes->data, bytes->len), ==, bytes->len);
}

static void
hear (LiaTestPeer *self)
{
  guint8 bytes[4096];
  gssize n;

  while ((n = recv (self->fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0)
    g_byte_array_append (self->heard, bytes, (guint)n);
  self->is_at_end = n == 0 || errno != EAGAIN;
}

/* A server's frame: 0 = it is not complete. */
static gsize
frame_size (LiaTestPeer *self,
            gsize       *header)
{
  const GByteArray *heard = self->heard;
  gsize             length = heard->len > 1 ? heard->data[1] & 0x7f : 0;
  const gsize       n = length < 126 ? 0 : length == 126 ? 2
                                                         : 8;

  *header = 2 + n;
  if (heard->len < *header)
    return 0;
  length = n > 0 ? 0 : length;
  for (gsize i = 0; i < n; i++)
    length = length << 8 | heard->data[2 + i];

  return heard->len >= *header + length ? *header + length : 0;
}

static char *
describe (guint8      first,
          const char *payload,
          gsize       length)
{
  static const char *const names[] = { [LIA_WS_TEXT] = "text", [LIA_WS_BINARY] = "binary", [LIA_WS_CLOSE] = "close", [LIA_WS_PING] = "ping", [LIA_WS_PONG] = "pong" };
  const char              *name = names[first & 0xf];

  g_assert_cmpuint (first & 0xf0, ==, 0x80);
  if (length > 1000)
    return g_strdup_printf ("%s of %" G_GSIZE_FORMAT, name, length);
  if ((first & 0xf) != LIA_WS_CLOSE || length == 0)
    return g_strdup_printf ("%s %.*s", name, (int)length, payload);

  return g_strdup_printf ("close %u %.*s", (guint)((guint8)payload[0] << 8 | (guint8)payload[1]), (int)length - 2, payload + 2);
}

/** test_peer_read: (transfer full): the next frame that comes to the client, "end" when no more do. */
char *
test_peer_read (LiaTestPeer *self)
{
  gsize header;
  gsize size;
  char *line;

  wait_until ((hear (self), (size = frame_size (self, &header)) > 0 || self->is_at_end));
  if (size == 0)
    {
      g_assert_cmpuint (self->heard->len, ==, 0);
      return g_strdup ("end");
    }
  line = describe (self->heard->data[0], (const char *)self->heard->data + header, size - header);
  g_byte_array_remove_range (self->heard, 0, (guint)size);

  return line;
}
