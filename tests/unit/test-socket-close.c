/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a connection ends, whoever ends it. */

#include "lia-test-socket.h"
#include "lia-test-wait.h"

#include <sys/socket.h>

#define KIB 1024
#define ENOUGH (1024 * KIB)

static GBytes *
frame_of (gsize length)
{
  g_autofree char *text = g_strnfill (length, 'x');

  return lia_ws_frame_new (LIA_WS_TEXT, text, length);
}

static void
test_client_closes (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  test_peer_say (peer, "81 81 00000000 'a' 88 85 00000000 03e8 'bye' 81 81 00000000 'b'");
  assert_told (peer, "text a\nclosed 1000 bye\n");
  assert_read (peer, "close 1000 bye");
  assert_read (peer, "end");
  g_assert_cmpuint (lia_socket_mux_get_n_sockets (mux), ==, 1);
  test_peer_hang_up (peer);
  wait_until (lia_socket_mux_get_n_sockets (mux) == 0);
}

static void
test_client_closes_without_a_word (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  test_peer_say (peer, "88 80 00000000");
  assert_told (peer, "closed 1005 \n");
  assert_read (peer, "close ");
  assert_read (peer, "end");
}

static void
test_we_close (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  lia_socket_close (peer->socket, 4000, "enough");
  g_assert_cmpstr (peer->told->str, ==, ""); /* never from within the call */
  assert_told (peer, "closed 4000 enough\n");
  assert_read (peer, "close 4000 enough");
  test_peer_say (peer, "81 81 00000000 'a' 89 80 00000000 88 82 00000000 0fa0");
  assert_read (peer, "end");
  test_peer_hang_up (peer);
  wait_until (lia_socket_mux_get_n_sockets (mux) == 0);
  g_assert_cmpstr (peer->told->str, ==, "closed 4000 enough\n");
}

static void
test_close_unanswered (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  lia_socket_close (peer->socket, 1000, NULL);
  test_mux_pass (mux, LIA_SOCKET_CLOSE_MS - LIA_TIMER_TICK_MS);
  g_assert_cmpuint (lia_socket_mux_get_n_sockets (mux), ==, 1);
  test_mux_pass (mux, 2 * LIA_TIMER_TICK_MS);
  g_assert_cmpuint (lia_socket_mux_get_n_sockets (mux), ==, 0);
  assert_told (peer, "closed 1000 \n");
}

/* It is told why, though there is more behind what was wrong. */
static void
test_rule_broken (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);
  g_autofree guint8 *more = g_malloc0 (64 * KIB);

  test_peer_say (peer, "81 81 00000000 'a' 83 80 00000000 81 81 00000000 'b'");
  g_assert_cmpuint (test_peer_write (peer, more, 64 * KIB), ==, 64 * KIB);
  assert_told (peer, "text a\nclosed 1002 unknown opcode\n");
  assert_read (peer, "close 1002 unknown opcode");
  assert_read (peer, "end");
  g_assert_cmpuint (lia_socket_mux_get_n_sockets (mux), ==, 1);

  for (gsize written = 0; lia_socket_mux_get_n_sockets (mux) > 0; written += test_peer_write (peer, more, 64 * KIB))
    {
      g_assert_cmpuint (written, <, ENOUGH);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
test_fragment_flood (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  test_peer_say (peer, "01 81 00000000 'a'");
  for (guint i = 0; i < 100; i++)
    test_peer_say (peer, "00 81 00000000 'a'");
  assert_told (peer, "closed 1008 too many fragments\n");
  assert_read (peer, "close 1008 too many fragments");
}

static void
test_vanishes (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  test_peer_say (peer, "81 81 00000000 'a' 81 85 00000000 'He'");
  test_peer_hang_up (peer);
  assert_told (peer, "text a\nclosed 1006 \n");
  g_assert_cmpuint (lia_socket_mux_get_n_sockets (mux), ==, 0);
  g_assert_cmpuint (lia_socket_mux_get_buffered (mux), ==, 0);
}

static void
test_half_closed (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  shutdown (peer->fd, SHUT_WR);
  assert_told (peer, "closed 1006 \n");
  assert_read (peer, "end");
}

static void
test_reset (void)
{
  const struct linger at_once = { 1, 0 };
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = NULL;
  int ends[2];

  test_tcp_pair (ends);
  peer = test_peer_new_of (mux, ends, &test_socket_kind);
  g_assert_no_errno (setsockopt (peer->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once));
  test_peer_hang_up (peer);
  assert_told (peer, "closed 1006 \n");
  g_assert_cmpuint (lia_socket_mux_get_n_sockets (mux), ==, 0);
}

/* Who sends notices that nobody is there, and hears of it from the main loop. */
static void
test_sending_to_nobody (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);
  g_autoptr (GBytes) frame = frame_of (10);

  test_peer_hang_up (peer);
  lia_socket_send (peer->socket, frame);
  lia_socket_send (peer->socket, frame);
  lia_socket_close (peer->socket, 1000, NULL);
  g_assert_cmpstr (peer->told->str, ==, "");
  assert_told (peer, "closed 1006 \n");
}

static void
close_it (LiaTestPeer *peer)
{
  lia_socket_close (peer->socket, 1000, NULL);
}

static void
test_closed_in_callback (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  peer->on_message = close_it;
  test_peer_say (peer, "81 81 00000000 'a' 81 81 00000000 'b' 81 81 00000000 'c'");
  assert_told (peer, "text a\nclosed 1000 \n");
}

/* Whichever comes first, the other one's messages come no more. */
static void
close_other (LiaTestPeer *peer)
{
  LiaTestPeer *other = peer->data;

  test_peer_hang_up (other);
  if (other->socket != NULL)
    lia_socket_vanish (other->socket);
}

static void
test_closed_by_another (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) one = test_peer_new (mux);
  g_autoptr (LiaTestPeer) two = test_peer_new (mux);

  one->on_message = two->on_message = close_other;
  one->data = two;
  two->data = one;
  test_peer_say (one, "81 81 00000000 'a'");
  test_peer_say (two, "81 81 00000000 'a'");
  lia_socket_mux_tick (mux);
  g_assert_cmpuint (one->n_messages + two->n_messages, ==, 1);
  g_assert_cmpstr (one->n_messages == 1 ? two->told->str : one->told->str, ==, "closed 1006 \n");
  g_assert_cmpuint (lia_socket_mux_get_n_sockets (mux), ==, 1);
}

static void
let_go (LiaTestPeer *peer)
{
  g_clear_object ((GObject **)peer->data);
}

static void
test_mux_goes_in_callback (void)
{
  LiaSocketMux *mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);

  peer->on_message = let_go;
  peer->data = &mux;
  test_peer_say (peer, "81 81 00000000 'a' 81 81 00000000 'b'");
  assert_told (peer, "text a\ntext b\nclosed 1006 \n");
  g_assert_null (mux);
  assert_read (peer, "end");
}

static void
test_mux_goes (void)
{
  const guint   before = test_n_descriptors ();
  LiaSocketMux *mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) peer = test_peer_new (mux);
  g_autoptr (LiaTestPeer) closing = test_peer_new (mux);
  g_autoptr (LiaSocket) held = lia_socket_ref (peer->socket);
  g_autoptr (GBytes) frame = frame_of (10);

  lia_socket_close (closing->socket, 4000, NULL);
  g_object_unref (mux);
  g_assert_cmpstr (peer->told->str, ==, "closed 1006 \n");
  g_assert_cmpstr (closing->told->str, ==, "closed 4000 \n");
  lia_socket_send (held, frame);
  lia_socket_close (held, 1000, NULL);
  g_assert_cmpuint (test_n_descriptors (), ==, before + 2); /* the clients' */
}

static void
test_stop (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (LiaTestPeer) polite = test_peer_new (mux);
  g_autoptr (LiaTestPeer) deaf = test_peer_new (mux);
  g_autoptr (LiaTestPeer) late = NULL;
  g_autoptr (GBytes) frame = lia_ws_frame_new (LIA_WS_TEXT, "last", 4);
  g_autoptr (DexFuture) stopped = NULL;
  g_autoptr (DexFuture) again = NULL;

  lia_socket_send (polite->socket, frame);
  stopped = lia_socket_mux_stop (mux);
  again = lia_socket_mux_stop (mux);
  assert_read (polite, "text last");
  assert_read (polite, "close 1012 ");
  assert_told (polite, "closed 1012 \n");
  assert_told (deaf, "closed 1012 \n");
  test_peer_say (polite, "88 82 00000000 03f4");
  assert_read (polite, "end");
  test_peer_hang_up (polite);
  wait_until (lia_socket_mux_get_n_sockets (mux) == 1);

  late = test_peer_new (mux);
  g_assert_cmpstr (late->told->str, ==, "No more sockets are taken\n");
  assert_read (late, "close 1012 ");
  assert_read (late, "end");

  g_assert_true (dex_future_is_pending (stopped));
  test_mux_pass (mux, LIA_SOCKET_CLOSE_MS + LIA_TIMER_TICK_MS);
  g_assert_true (dex_future_is_resolved (stopped));
  g_assert_true (dex_future_is_resolved (again));
}

static void
test_stop_empty (void)
{
  g_autoptr (LiaSocketMux) mux = test_mux_new (10, ENOUGH);
  g_autoptr (DexFuture) stopped = lia_socket_mux_stop (mux);

  g_assert_true (dex_future_is_resolved (stopped));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/socket-close/client-closes", test_client_closes);
  g_test_add_func ("/socket-close/client-closes-without-a-word", test_client_closes_without_a_word);
  g_test_add_func ("/socket-close/we-close", test_we_close);
  g_test_add_func ("/socket-close/close-unanswered", test_close_unanswered);
  g_test_add_func ("/socket-close/rule-broken", test_rule_broken);
  g_test_add_func ("/socket-close/fragment-flood", test_fragment_flood);
  g_test_add_func ("/socket-close/vanishes", test_vanishes);
  g_test_add_func ("/socket-close/half-closed", test_half_closed);
  g_test_add_func ("/socket-close/reset", test_reset);
  g_test_add_func ("/socket-close/sending-to-nobody", test_sending_to_nobody);
  g_test_add_func ("/socket-close/closed-in-callback", test_closed_in_callback);
  g_test_add_func ("/socket-close/closed-by-another", test_closed_by_another);
  g_test_add_func ("/socket-close/mux-goes-in-callback", test_mux_goes_in_callback);
  g_test_add_func ("/socket-close/mux-goes", test_mux_goes);
  g_test_add_func ("/socket-close/stop", test_stop);
  g_test_add_func ("/socket-close/stop-empty", test_stop_empty);

  return g_test_run ();
}
