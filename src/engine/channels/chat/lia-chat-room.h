/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-hub.h"
#include "lia-chat-line.h"
#include "lia-chat-state.h"

G_BEGIN_DECLS

typedef struct _LiaChatClient LiaChatClient;

/**
 * LiaChatRoom:
 *
 * A visitor who is there, in however many windows. What is new for her is read from the store, once for all of them, from the number on that the
 * slowest one has: so nothing can be missed, come twice, or come in another order than it has there. Counted; main context only.
 */
typedef struct _LiaChatRoom LiaChatRoom;

LiaChatRoom    *lia_chat_room_new (LiaChatHub     *hub,
                                   LiaChatVisitor *visitor);
LiaChatRoom    *lia_chat_room_ref (LiaChatRoom *self);
void            lia_chat_room_unref (LiaChatRoom *self);
LiaChatVisitor *lia_chat_room_get_visitor (LiaChatRoom *self);
gint64          lia_chat_room_get_conversation (LiaChatRoom *self);
void            lia_chat_room_set_conversation (LiaChatRoom *self,
                                                gint64       conversation_id);
gboolean        lia_chat_room_is_there (LiaChatRoom *self);
gint64          lia_chat_room_get_left (LiaChatRoom *self);
void            lia_chat_room_add (LiaChatRoom   *self,
                                   LiaChatClient *client);
void            lia_chat_room_remove (LiaChatRoom   *self,
                                      LiaChatClient *client);
DexFuture      *lia_chat_room_wait (LiaChatRoom *self) G_GNUC_WARN_UNUSED_RESULT;
guint           lia_chat_room_get_n_waiting (LiaChatRoom *self);
void            lia_chat_room_wait_done (LiaChatRoom *self);
void            lia_chat_room_wake (LiaChatRoom *self);
void            lia_chat_room_broadcast (LiaChatRoom *self,
                                         char        *text);
void            lia_chat_room_note_state (LiaChatRoom        *self,
                                          const LiaChatState *state);
gboolean        lia_chat_room_is_waiting (LiaChatRoom *self);
void            lia_chat_room_stand (LiaChatRoom *self, LiaChatLine *line, gint64 read_us);
void            lia_chat_room_refresh (LiaChatRoom *self);
void            lia_chat_room_set_pages (LiaChatRoom *self,
                                         JsonArray   *pages);
JsonArray      *lia_chat_room_get_pages (LiaChatRoom *self);
void            lia_chat_room_type (LiaChatRoom *self);
void            lia_chat_room_arrived (LiaChatRoom *self,
                                       gint64       n);
void            lia_chat_room_seen (LiaChatRoom *self,
                                    gint64       n);
void            lia_chat_room_leave (LiaChatRoom *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatRoom, lia_chat_room_unref)

G_END_DECLS
