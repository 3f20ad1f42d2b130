/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ws-parser.h"

G_BEGIN_DECLS

/**
 * LiaSocket:
 *
 * One held WebSocket of a client (lia_socket_mux_add()). It takes some 300 bytes while nothing is under way, so it is no GObject. Main context only.
 *
 * What it has to tell comes from the main loop, never from within a call to it: whoever sends to all sockets of a list need not fear that the list
 * changes meanwhile. It may be used until it has told that it is closed, and longer by whoever holds a reference: then it does nothing.
 */
typedef struct _LiaSocket LiaSocket;

/**
 * LiaSocketKind:
 * @hello_ms: within this lia_socket_welcome() has to be called, else it is closed with %LIA_WS_CODE_NO_HELLO
 * @max_queued: bytes that may wait for a slow reader, who is closed beyond with %LIA_WS_CODE_SLOW
 * @max_frames: that may come at once, else it is closed with %LIA_WS_CODE_TOO_FAST
 * @frame_ms: how long it takes until one more may come
 * @message: a text or a binary message has come
 * @drained: (nullable): all that waited is written
 * @closed: the last that is told, once. @code is a #LiaWsCode or the peer's, @reason may be empty
 *
 * What sockets of one kind have in common; has to outlive them.
 */
typedef struct
{
  guint hello_ms;
  gsize max_queued;
  guint max_frames;
  guint frame_ms;
  void (*message) (LiaSocket          *socket,
                   const LiaWsMessage *message,
                   gpointer            data);
  void (*drained) (LiaSocket *socket,
                   gpointer   data);
  void (*closed) (LiaSocket  *socket,
                  guint       code,
                  const char *reason,
                  gpointer    data);
} LiaSocketKind;

LiaSocket *lia_socket_ref (LiaSocket *self);
void       lia_socket_unref (LiaSocket *self);
void       lia_socket_welcome (LiaSocket *self);
void       lia_socket_send (LiaSocket *self,
                            GBytes    *frame);
void       lia_socket_close (LiaSocket  *self,
                             guint       code,
                             const char *reason);
gboolean   lia_socket_is_open (LiaSocket *self);
gsize      lia_socket_get_queued (LiaSocket *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaSocket, lia_socket_unref)

G_END_DECLS
