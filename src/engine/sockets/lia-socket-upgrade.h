/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * How a WebSocket comes from libsoup, whose handshake is good, to a LiaSocketMux. A path has a handler that calls lia_socket_upgrade_check() and answers where
 * that refuses, and a websocket handler that gives what lia_socket_upgrade_take() returns to lia_socket_mux_add() and keeps no reference to libsoup's own
 * connection: that lets go of its descriptor without a word then. What a client sends before it has the answer is lost; RFC 6455 4.1 forbids it.
 */

guint lia_socket_upgrade_check (SoupServerMessage *message,
                                const char *const *origins,
                                const char *const *protocols);
int   lia_socket_upgrade_take (SoupServerMessage *message,
                               GError           **error);

G_END_DECLS
