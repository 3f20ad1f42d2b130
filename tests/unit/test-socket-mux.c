/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-descriptors.h"
#include "lia-test-socket.h"
#include "lia-test-wait.h"
#include "lia-test-ws.h"

#include <sys/resource.h>
#include <sys/socket.h>

#define KIB 1024
#define ENOUGH (1024 * KIB)

#define PING "89 80 00000000 "
#define PINGS_10 PING PING PING PING PING PING PING PING PING PING

static GBytes *
frame_of (gsize length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  return lia_ws_frame_new (LIA_WS_TEXT, text, length);
}

static void
test_messages (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);
  g_autoptr (GBytes) frame = lia_ws_frame_new (LIA_WS_TEXT, "Good day", 8);

  test_peer_say (peer, "81 85 37fa213d 7f9f4d5158 02 81 00000000 'a' 89 82 00000000 'hi' 80 81 00000000 'b'");
  assert_told (peer, "text Hello\nbinary ab\n");
  lia_socket_send (peer->socket, frame);
  assert_read (peer, "pong hi");
  assert_read (peer, "text Good day");
  g_assert_cmpuint (lia_socket_mux_get_buffered (mux), ==, 0);
}

/* A message that comes in pieces is all that is kept of it. */
static void
test_pieces (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  test_peer_say (peer, "81 85 00000000 'He'");
  wait_until (lia_socket_mux_get_buffered (mux) == 2);
  test_peer_say (peer, "'llo'");
  assert_told (peer, "text Hello\n");
  g_assert_cmpuint (lia_socket_mux_get_buffered (mux), ==, 0);
}

/* Time ---------------------------------------------------------------------------------------------------------------------------------- */

static void
test_no_hello (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) silent = test_peer_new (mux);
  g_autoptr (LiaTestPeer) welcome = test_peer_new (mux);

  lia_socket_welcome (welcome->socket);
  test_mux_pass (mux, 5000 - LIA_TIMER_TICK_MS);
  g_assert_cmpstr (silent->told->str, ==, "");
  test_mux_pass (mux, 2 * LIA_TIMER_TICK_MS);
  g_assert_cmpstr (silent->told->str, ==, "closed 4408 no hello in time\n");
  assert_read (silent, "close 4408 no hello in time");
  g_assert_true (lia_socket_is_open (welcome->socket));
}

static void
test_pings (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) alive = test_peer_new (mux);
  g_autoptr (LiaTestPeer) dead = test_peer_new (mux);

  lia_socket_welcome (alive->socket);
  lia_socket_welcome (dead->socket);
  test_mux_pass (mux, LIA_SOCKET_PING_MS + LIA_TIMER_TICK_MS);
  assert_read (alive, "ping ");
  test_peer_say (alive, "8a 80 00000000");
  test_mux_pass (mux, LIA_SOCKET_PING_MS + LIA_TIMER_TICK_MS);
  assert_read (alive, "ping ");
  test_mux_pass (mux, LIA_SOCKET_DEAD_MS - 2 * LIA_SOCKET_PING_MS);
  g_assert_cmpstr (dead->told->str, ==, "closed 1006 \n");
  assert_read (dead, "ping ");
  assert_read (dead, "ping ");
  assert_read (dead, "end");
  g_assert_true (lia_socket_is_open (alive->socket));
  g_assert_cmpuint (lia_socket_mux_get_n_sockets (mux), ==, 1);
}

/* Bytes alone are no life: a message that never ends does. */
static void
test_endless_message (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  lia_socket_welcome (peer->socket);
  test_peer_say (peer, "81 fe 1000 00000000");
  for (gint64 ms = 0; ms < LIA_SOCKET_MESSAGE_MS; ms += 1000)
    {
      g_assert_cmpstr (peer->told->str, ==, "");
      test_peer_say (peer, "'x' 89 80 00000000");
      lia_socket_mux_tick (mux);
      test_mux_pass (mux, 1000);
    }
  test_mux_pass (mux, LIA_TIMER_TICK_MS);
  g_assert_cmpstr (peer->told->str, ==, "closed 1008 the message takes too long\n");
}

/* One message after the other is no endless one. */
static void
test_busy (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  lia_socket_welcome (peer->socket);
  test_peer_say (peer, "81");
  for (guint i = 0; i < 10; i++)
    {
      lia_socket_mux_tick (mux);
      test_mux_pass (mux, LIA_SOCKET_MESSAGE_MS / 2);
      test_peer_say (peer, "80 00000000 81");
    }
  lia_socket_mux_tick (mux);
  g_assert_cmpuint (peer->n_messages, ==, 10);
  g_assert_true (lia_socket_is_open (peer->socket));
}

/* The wheel runs by itself: the real clock, once. */
static void
test_real_time (void)
{
  static LiaSocketKind hasty;
  g_autoptr (LiaSocketMux) mux = lia_socket_mux_new (10, ENOUGH, NULL);
  g_autoptr (LiaTestPeer) peer = NULL;
  int ends[2];

  hasty = test_socket_kind;
  hasty.hello_ms = 1;
  g_assert_no_errno (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
  peer = test_peer_new_of (mux, ends, &hasty);
  assert_told (peer, "closed 4408 no hello in time\n");
}

/* Limits -------------------------------------------------------------------------------------------------------------------------------- */

static void
test_too_fast (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  for (guint i = 0; i < 20; i++)
    test_peer_say (peer, PINGS_10);
  assert_told (peer, "closed 4429 too many frames\n");
}

/* A frame a millisecond is what it may send: time for ten lets ten more in. */
static void
test_fast_enough (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  for (guint i = 0; i < 30; i++)
    {
      test_peer_say (peer, PINGS_10);
      lia_socket_mux_tick (mux);
      test_mux_pass (mux, 10);
    }
  g_assert_cmpstr (peer->told->str, ==, "");
  g_assert_true (lia_socket_is_open (peer->socket));
}

/* Pieces of messages count as frames. */
static void
test_fragments_too_fast (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  peer->echo = TRUE;
  for (guint i = 0; i < 50; i++)
    test_peer_say (peer, "02 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 80 80 00000000");
  assert_told (peer, "closed 4429 too many frames\n");
  g_assert_cmpuint (peer->n_messages, <, 50);
}

static void
test_slow_reader (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, 1024 * ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);
  g_autoptr (GBytes) frame = frame_of (5000);
  g_autofree char *line = NULL;
  guint            n_sent = 0;
  guint            n_read = 0;

  for (; lia_socket_is_open (peer->socket); n_sent++)
    {
      g_assert_cmpuint (n_sent, <, 10000);
      g_assert_cmpuint (lia_socket_get_queued (peer->socket), <=, test_socket_kind.max_queued);
      lia_socket_send (peer->socket, frame);
    }
  g_assert_cmpuint (lia_socket_mux_get_buffered (mux), <, 6000); /* the frame that is half written, and the close */
  assert_told (peer, "closed 4409 what is sent is not read\n");

  for (line = test_peer_read (peer); g_str_equal (line, "text of 5000"); n_read++)
    {
      g_free (line);
      line = test_peer_read (peer);
    }
  g_assert_cmpstr (line, ==, "close 4409 what is sent is not read");
  g_assert_cmpuint (n_read, >, 0);
  g_assert_cmpuint (n_read, <, n_sent);
  assert_read (peer, "end");
}

/* A frame of which a part is written is written to its end, or what comes after it could not be understood. */
static void
test_half_written (void)
{
  const int small = 4096;
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, 1024 * ENOUGH);
  g_autoptr (LiaTestPeer) peer = NULL;
  g_autoptr (GBytes) frame = frame_of (50000);
  int ends[2];

  test_tcp_pair (ends);
  g_assert_no_errno (setsockopt (ends[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small));
  g_assert_no_errno (setsockopt (ends[1], SOL_SOCKET, SO_RCVBUF, &small, sizeof small));
  peer = test_peer_new_of (mux, ends, &test_socket_kind);
  lia_socket_send (peer->socket, frame);
  g_assert_cmpuint (lia_socket_get_queued (peer->socket), >, 0);
  g_assert_cmpuint (lia_socket_get_queued (peer->socket), <, g_bytes_get_size (frame));
  lia_socket_send (peer->socket, frame);
  assert_told (peer, "closed 4409 what is sent is not read\n");
  assert_read (peer, "text of 50000");
  assert_read (peer, "close 4409 what is sent is not read");
  assert_read (peer, "end");
}

static void
test_drained (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, 1024 * ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);
  guint n = 0;

  for (; lia_socket_get_queued (peer->socket) == 0; n++)
    {
      g_autofree char *text = g_strdup_printf ("%-900u", n);
      g_autoptr (GBytes) frame = lia_ws_frame_new (LIA_WS_TEXT, text, strlen (text));

      lia_socket_send (peer->socket, frame);
    }
  g_assert_cmpuint (lia_socket_mux_get_buffered (mux), ==, lia_socket_get_queued (peer->socket));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *expected = g_strdup_printf ("text %-900u", i);

      assert_read (peer, expected);
    }
  assert_told (peer, "drained\n");
  g_assert_cmpuint (lia_socket_mux_get_buffered (mux), ==, 0);
}

/* What was sent before a close is not lost with it, however slowly it is read. */
static void
test_close_behind_queue (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, 1024 * ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);
  g_autoptr (GBytes) frame = frame_of (5000);
  guint n = 0;

  for (; lia_socket_get_queued (peer->socket) == 0; n++)
    lia_socket_send (peer->socket, frame);
  lia_socket_close (peer->socket, 1000, NULL);
  lia_socket_mux_tick (mux);
  for (guint i = 0; i < n; i++)
    assert_read (peer, "text of 5000");
  assert_read (peer, "close 1000 ");
}

static void
test_max_sockets (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (2, ENOUGH);
  g_autoptr (LiaTestPeer) one = test_peer_new (mux);
  g_autoptr (LiaTestPeer) two = test_peer_new (mux);
  g_autoptr (LiaTestPeer) three = test_peer_new (mux);
  g_autoptr (LiaTestPeer) four = NULL;

  g_assert_cmpstr (three->told->str, ==, "2 sockets are held already\n");
  assert_read (three, "close 1013 ");
  assert_read (three, "end");
  test_peer_hang_up (one);
  assert_told (one, "closed 1006 \n");
  four = test_peer_new (mux);
  g_assert_nonnull (four->socket);
}

static void
test_max_buffered (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, 64 * KIB);
  g_autoptr (LiaTestPeer) one = test_peer_new (mux);
  g_autoptr (LiaTestPeer) two = test_peer_new (mux);
  g_autofree guint8 *zeros = g_malloc0 (40 * KIB);

  test_peer_say (one, "82 fe f000 00000000");
  g_assert_cmpuint (test_peer_write (one, zeros, 40 * KIB), ==, 40 * KIB);
  wait_until (lia_socket_mux_get_buffered (mux) == 40 * KIB);
  test_peer_say (two, "82 fe f000 00000000");
  g_assert_cmpuint (test_peer_write (two, zeros, 40 * KIB), ==, 40 * KIB);
  assert_told (two, "closed 1013 too busy\n");
  g_assert_true (lia_socket_is_open (one->socket));
  test_peer_hang_up (two);
  wait_until (lia_socket_mux_get_buffered (mux) == 40 * KIB);
}

/* Who sends a lot gets one turn, as everybody else. */
static void
test_turns (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) loud = test_peer_new (mux);
  g_autoptr (LiaTestPeer) modest = test_peer_new (mux);
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (8 * KIB);

  for (guint i = 0; i < 16; i++)
    test_ws_add_frame (stream, 0x82, zeros, 8 * KIB);
  g_assert_cmpuint (test_peer_write (loud, stream->data, stream->len), ==, stream->len);
  test_peer_say (modest, "81 81 00000000 'a'");
  lia_socket_mux_tick (mux);
  g_assert_cmpuint (loud->n_messages, ==, 7);
  g_assert_cmpuint (modest->n_messages, ==, 1);
  lia_socket_mux_tick (mux);
  lia_socket_mux_tick (mux);
  g_assert_cmpuint (loud->n_messages, ==, 16);
}

/* Thousands, and each costs next to nothing. */
static void
test_size (void)
{
  g_assert_cmpuint (sizeof (struct _LiaSocket), <, 300);
}

static void
limit_descriptors (rlim_t most)
{
  struct rlimit limit;

  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &limit));
  limit.rlim_cur = most;
  g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &limit));
}

static void
test_no_descriptors (void)
{
  g_autoptr (GError) error = NULL;

  limit_descriptors (3);
  g_assert_null (lia_socket_mux_new (10, ENOUGH, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES);
  lia_descriptors_raise ();
}

static void
test_descriptors (void)
{
  struct rlimit    limit;
  g_autofree char *shortage = NULL;

  limit_descriptors (600);
  g_assert_cmpuint (lia_descriptors_for (88, &shortage), ==, 88);
  g_assert_null (shortage);
  g_assert_cmpuint (lia_descriptors_for (89, &shortage), ==, 88);
  g_assert_nonnull (strstr (shortage, "open 600 files at once; to hold 89 connections it needs 601."));
  lia_descriptors_raise ();
  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &limit));
  g_assert_cmpuint (limit.rlim_cur, ==, MIN (limit.rlim_max, 65536));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/socket-mux/messages", test_messages);
  g_test_add_func ("/socket-mux/pieces", test_pieces);
  g_test_add_func ("/socket-mux/no-hello", test_no_hello);
  g_test_add_func ("/socket-mux/pings", test_pings);
  g_test_add_func ("/socket-mux/endless-message", test_endless_message);
  g_test_add_func ("/socket-mux/busy", test_busy);
  g_test_add_func ("/socket-mux/real-time", test_real_time);
  g_test_add_func ("/socket-mux/too-fast", test_too_fast);
  g_test_add_func ("/socket-mux/fast-enough", test_fast_enough);
  g_test_add_func ("/socket-mux/fragments-too-fast", test_fragments_too_fast);
  g_test_add_func ("/socket-mux/slow-reader", test_slow_reader);
  g_test_add_func ("/socket-mux/half-written", test_half_written);
  g_test_add_func ("/socket-mux/drained", test_drained);
  g_test_add_func ("/socket-mux/close-behind-queue", test_close_behind_queue);
  g_test_add_func ("/socket-mux/max-sockets", test_max_sockets);
  g_test_add_func ("/socket-mux/max-buffered", test_max_buffered);
  g_test_add_func ("/socket-mux/turns", test_turns);
  g_test_add_func ("/socket-mux/size", test_size);
  g_test_add_func ("/socket-mux/no-descriptors", test_no_descriptors);
  g_test_add_func ("/descriptors", test_descriptors);

  return g_test_run ();
}
