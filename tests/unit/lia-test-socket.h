/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-socket-private.h"

G_BEGIN_DECLS

/**
 * LiaTestPeer:
 * @fd: the client's end
 * @socket: ours; good until it has told that it is closed
 * @told: what it told, a line each
 * @heard: bytes that came to the client and are not looked at yet
 * @echo: each message is sent back
 * @on_message: (nullable): what to do at each
 *
 * A client of a mux, byte for byte, and what the mux tells of it.
 */
typedef struct _LiaTestPeer LiaTestPeer;
struct _LiaTestPeer
{
  LiaSocketMux *mux;
  int           fd;
  LiaSocket    *socket;
  GString      *told;
  GByteArray   *heard;
  gboolean      is_at_end;
  gboolean      echo;
  guint         n_messages;
  void (*on_message) (LiaTestPeer *peer);
  gpointer data;
};

extern const LiaSocketKind test_socket_kind; /* 5 s, 64 KiB, 100 frames and one a millisecond */

LiaSocketMux *test_mux_new (guint max_sockets,
                            gsize max_buffered);
void          test_mux_pass (LiaSocketMux *mux,
                             gint64        ms);

guint        test_n_descriptors (void);
void         test_tcp_pair (int ends[2]);
LiaTestPeer *test_peer_new (LiaSocketMux *mux);
LiaTestPeer *test_peer_new_of (LiaSocketMux        *mux,
                               const int           *ends,
                               const LiaSocketKind *kind);
void         test_peer_free (LiaTestPeer *self);
void         test_peer_say (LiaTestPeer *self,
                            const char  *notation);
gsize        test_peer_write (LiaTestPeer  *self,
                              const guint8 *bytes,
                              gsize         length);
void         test_peer_hang_up (LiaTestPeer *self);
char        *test_peer_read (LiaTestPeer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTestPeer, test_peer_free)

/* The client reads exactly this next. */
#define assert_read(peer, expected)                       \
  G_STMT_START                                            \
  {                                                       \
    g_autofree char *assert_line = test_peer_read (peer); \
                                                          \
    g_assert_cmpstr (assert_line, ==, expected);          \
  }                                                       \
  G_STMT_END

/* The mux tells exactly this of it. */
#define assert_told(peer, expected)                      \
  G_STMT_START                                           \
  {                                                      \
    wait_until ((peer)->told->len >= strlen (expected)); \
    g_assert_cmpstr ((peer)->told->str, ==, expected);   \
  }                                                      \
  G_STMT_END

G_END_DECLS
