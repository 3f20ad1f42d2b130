/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-offers.h"
#include "lia-conversation.h"
#include "lia-frames.h"

G_BEGIN_DECLS

/* Whether who chats is there. */
typedef enum {
  LIA_VISITOR_NONE, /* nobody chats here, or nothing is known */
  LIA_VISITOR_HERE,
  LIA_VISITOR_GONE,
} LiaVisitor;

/** LiaPageSeen: a page of the site that a visitor has agreed to show. */
typedef struct
{
  char  *url;
  char  *title;
  gint64 at_ms;
} LiaPageSeen;

#define LIA_TYPE_LIVE_CHATS (lia_live_chats_get_type ())

/**
 * LiaLiveChats:
 *
 * What is true of chats at this moment and in no journal: whether the visitor is there, how far they have read, whether they type, on which page they are.
 *
 * Signals: `changed` (string: the conversation, or NULL for all), on the main loop.
 */
G_DECLARE_FINAL_TYPE (LiaLiveChats, lia_live_chats, LIA, LIVE_CHATS, GObject)

LiaLiveChats *lia_live_chats_new (void);
void          lia_live_chats_take (LiaLiveChats *self,
                                   LiaFrame     *frame);
void          lia_live_chats_take_here (LiaLiveChats      *self,
                                        const char *const *conversations);
void          lia_live_chats_end_typing (LiaLiveChats *self,
                                         const char   *conversation);
void          lia_live_chats_lose (LiaLiveChats *self);

LiaChatOffers *lia_live_chats_get_offers (LiaLiveChats *self);

LiaVisitor lia_live_chats_get_visitor (LiaLiveChats    *self,
                                       LiaConversation *conversation);
gint64     lia_live_chats_get_seen (LiaLiveChats *self,
                                    const char   *conversation);
void       lia_live_chats_take_pages (LiaLiveChats *self,
                                      const char   *conversation,
                                      JsonArray    *pages);
GPtrArray *lia_live_chats_get_pages (LiaLiveChats *self,
                                     const char   *conversation);
gboolean   lia_live_chats_is_typing (LiaLiveChats *self,
                                     const char   *conversation);
gboolean   lia_live_chats_may_tell (LiaLiveChats *self,
                                    const char   *conversation);

G_END_DECLS
