/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-hub.h"

#include "lia-chat-answers.h"
#include "lia-chat-codec.h"
#include "lia-chat-codes.h"
#include "lia-chat-limits.h"
#include "lia-chat-lines.h"
#include "lia-chat-place.h"
#include "lia-chat-post.h"
#include "lia-chat-room.h"
#include "lia-chat-upload.h"
#include "lia-socket-mux.h"

G_BEGIN_DECLS

/* For the parts of the hub: its server, rooms and clients. */

LiaEngine      *lia_chat_hub_get_engine (LiaChatHub *self);
LiaStore       *lia_chat_hub_get_store (LiaChatHub *self);
char           *lia_chat_hub_dup_present (LiaChatHub *self);
gint64          lia_chat_hub_get_head (LiaChatHub *self);
LiaChatLines   *lia_chat_hub_get_lines (LiaChatHub *self);
LiaChatAnswers *lia_chat_hub_get_answers (LiaChatHub *self);
LiaChatCodes   *lia_chat_hub_get_codes (LiaChatHub *self);
LiaSocketMux   *lia_chat_hub_get_mux (LiaChatHub *self);
LiaChatUploads *lia_chat_hub_get_uploads (LiaChatHub *self);
LiaChatPlace   *lia_chat_hub_find_place (LiaChatHub *self,
                                         const char *key);
LiaChatPlace   *lia_chat_hub_get_place (LiaChatHub *self,
                                        gint64      channel_id);
gboolean        lia_chat_hub_has_origin (LiaChatHub *self,
                                         const char *origin);
LiaChatRoom    *lia_chat_hub_open_room (LiaChatHub     *self,
                                        LiaChatVisitor *visitor);
void            lia_chat_hub_forget_room (LiaChatHub  *self,
                                          LiaChatRoom *room);
LiaChatVisitor *lia_chat_hub_await_visitor (LiaChatHub *self,
                                            const char *token,
                                            GError    **error);
DexFuture      *lia_chat_hub_post (LiaChatHub     *self,
                                   LiaChatVisitor *visitor,
                                   const char     *host,
                                   const char     *cid,
                                   const char     *body) G_GNUC_WARN_UNUSED_RESULT;
DexFuture      *lia_chat_hub_post_file (LiaChatHub     *self,
                                        LiaChatVisitor *visitor,
                                        const char     *host,
                                        const char     *cid,
                                        LiaAttachment  *file) G_GNUC_WARN_UNUSED_RESULT;
DexFuture      *lia_chat_hub_leave (LiaChatHub        *self,
                                    LiaChatVisitor    *visitor,
                                    const char        *host,
                                    const LiaChatLeft *left) G_GNUC_WARN_UNUSED_RESULT;
void            lia_chat_hub_posted (LiaChatHub          *self,
                                     LiaChatVisitor      *visitor,
                                     const char          *host,
                                     const LiaChatPosted *posted);
gboolean        lia_chat_hub_take (LiaChatHub  *self,
                                   LiaChatLimit limit,
                                   const char  *who,
                                   GError     **error);

gboolean lia_chat_hub_has_room_at_door (LiaChatHub *self,
                                        const char *host);
void     lia_chat_hub_come_to_door (LiaChatHub *self,
                                    const char *host);
void     lia_chat_hub_leave_door (LiaChatHub *self,
                                  const char *host);

G_END_DECLS
