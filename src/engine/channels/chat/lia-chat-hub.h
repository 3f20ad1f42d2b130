/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LIA_TYPE_CHAT_HUB (lia_chat_hub_get_type ())

/**
 * LiaChatHub:
 *
 * The chats of all web sites: what a site is, who is there, and what is new for them. Main context only.
 */
G_DECLARE_FINAL_TYPE (LiaChatHub, lia_chat_hub, LIA, CHAT_HUB, GObject)

LiaChatHub *lia_chat_hub_new (LiaEngine *engine);
DexFuture  *lia_chat_hub_start (LiaChatHub *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean    lia_chat_hub_listen (LiaChatHub *self,
                                 GSocket    *socket,
                                 const char *proxy,
                                 GError    **error);
DexFuture  *lia_chat_hub_stop (LiaChatHub *self) G_GNUC_WARN_UNUSED_RESULT;
void        lia_chat_hub_update (LiaChatHub *self,
                                 gint64      channel_id);
void        lia_chat_hub_add_channels (LiaChatHub *self,
                                       GHashTable *channels);
JsonArray  *lia_chat_hub_list (LiaChatHub *self);
void        lia_chat_hub_tell_joined (LiaChatHub *self,
                                      const char *visitor);
gint64      lia_chat_hub_get_left (LiaChatHub *self,
                                   gint64      conversation_id);
void        lia_chat_hub_type (LiaChatHub *self,
                               gint64      conversation_id,
                               const char *name);

/* Whom chats are offered to. */
void     lia_chat_hub_look (LiaChatHub *self);
void     lia_chat_hub_greet (LiaChatHub *self,
                             gint64      agent_id);
gboolean lia_chat_hub_is_offered (LiaChatHub *self,
                                  gint64      agent_id,
                                  gint64      conversation_id,
                                  gint64     *owner_id);
void     lia_chat_hub_decline (LiaChatHub *self,
                               gint64      agent_id,
                               gint64      conversation_id);

/*
 * lia_chat_hub_look(): @self: (nullable): who is there, or free, may be different now.
 * lia_chat_hub_greet(): @self: (nullable): one more of her apps is there.
 * lia_chat_hub_is_offered(): @owner_id: (out): whose it is until she takes it; 0 = nobody's.
 * lia_chat_hub_decline(): the next one is asked, if it is offered to her.
 */

G_END_DECLS
