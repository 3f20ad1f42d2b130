/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-hub.h"

G_BEGIN_DECLS

#define LIA_TYPE_CHAT_ROUTER (lia_chat_router_get_type ())

/**
 * LiaChatRouter:
 *
 * Offers waiting chats to agents. Offers stand nowhere but here: an engine that is started anew makes them anew, of who waits and who is there then.
 * Main context only.
 */
G_DECLARE_FINAL_TYPE (LiaChatRouter, lia_chat_router, LIA, CHAT_ROUTER, GObject)

LiaChatRouter *lia_chat_router_new (LiaChatHub *hub);
void           lia_chat_router_start (LiaChatRouter *self);
void           lia_chat_router_stop (LiaChatRouter *self);
void           lia_chat_router_look (LiaChatRouter *self);
void           lia_chat_router_greet (LiaChatRouter *self,
                                      gint64         agent_id);
gboolean       lia_chat_router_is_offered (LiaChatRouter *self,
                                           gint64         agent_id,
                                           gint64         conversation_id,
                                           gint64        *owner_id);
void           lia_chat_router_decline (LiaChatRouter *self,
                                        gint64         agent_id,
                                        gint64         conversation_id);

G_END_DECLS
