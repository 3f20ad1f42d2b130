/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-hub.h"
#include "lia-chat-news.h"
#include "lia-chat-room.h"

G_BEGIN_DECLS

/*
 * LiaChatClient: one WebSocket of a visitor. It says who it is first (`hello`); from then on it is in that visitor's room. Counted; the socket holds
 * a reference until it is closed.
 */

gboolean lia_chat_client_add (LiaChatHub *hub,
                              int         fd,
                              const char *host,
                              const char *origin,
                              GError    **error);
void     lia_chat_client_send (LiaChatClient *self,
                               const char    *text);
void     lia_chat_client_send_page (LiaChatClient     *self,
                                    const LiaChatPage *page);
gboolean lia_chat_client_can_take (LiaChatClient *self);
gint64   lia_chat_client_get_sent (LiaChatClient *self);
void     lia_chat_client_forget_room (LiaChatClient *self);

G_END_DECLS
