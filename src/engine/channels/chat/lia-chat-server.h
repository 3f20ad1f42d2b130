/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-hub.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LIA_TYPE_CHAT_SERVER (lia_chat_server_get_type ())

/**
 * LiaChatServer:
 *
 * What strangers reach, through a proxy: it takes calls in, judges them by their headers, and hands WebSockets to the mux.
 */
G_DECLARE_FINAL_TYPE (LiaChatServer, lia_chat_server, LIA, CHAT_SERVER, GObject)

LiaChatServer *lia_chat_server_new (LiaChatHub *hub,
                                    const char *proxy);
gboolean       lia_chat_server_listen (LiaChatServer *self,
                                       GSocket       *socket,
                                       GError       **error);
void           lia_chat_server_stop (LiaChatServer *self);

G_END_DECLS
