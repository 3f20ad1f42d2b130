/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-socket.h"

#include <libdex.h>

G_BEGIN_DECLS

#define LIA_TYPE_SOCKET_MUX (lia_socket_mux_get_type ())

/**
 * LiaSocketMux:
 *
 * Thousands of WebSockets in one source of the main context that was the thread's default when it was made.
 */
G_DECLARE_FINAL_TYPE (LiaSocketMux, lia_socket_mux, LIA, SOCKET_MUX, GObject)

LiaSocketMux *lia_socket_mux_new (guint    max_sockets,
                                  gsize    max_buffered,
                                  GError **error);
LiaSocket    *lia_socket_mux_add (LiaSocketMux        *self,
                                  int                  fd,
                                  const LiaSocketKind *kind,
                                  gpointer             data,
                                  GError             **error);
guint         lia_socket_mux_get_n_sockets (LiaSocketMux *self);
gsize         lia_socket_mux_get_buffered (LiaSocketMux *self);
DexFuture    *lia_socket_mux_stop (LiaSocketMux *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
