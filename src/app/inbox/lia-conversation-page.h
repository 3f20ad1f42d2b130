/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-quote.h"
#include "lia-response-finder.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CONVERSATION_PAGE (lia_conversation_page_get_type ())

/**
 * LiaConversationPage:
 *
 * One conversation: its header, its timeline, the composer below.
 *
 * Properties: `conversation` (LiaConversation, the newest value; NULL when none is open or it is not loaded yet), `show-customer` (boolean).
 * Signals: `done` (string): the user has closed or snoozed the conversation; time for the next one.
 */
G_DECLARE_FINAL_TYPE (LiaConversationPage, lia_conversation_page, LIA, CONVERSATION_PAGE, AdwBin)

void               lia_conversation_page_set_client (LiaConversationPage *self,
                                                     LiaClient           *client,
                                                     GSettings           *settings);
void               lia_conversation_page_open (LiaConversationPage *self,
                                               const char          *conversation,
                                               const char          *entry);
LiaConversation   *lia_conversation_page_get_conversation (LiaConversationPage *self);
void               lia_conversation_page_write (LiaConversationPage *self);
gboolean           lia_conversation_page_focus_timeline (LiaConversationPage *self);
LiaResponseFinder *lia_conversation_page_get_finder (LiaConversationPage *self);
void               lia_conversation_page_insert_response (LiaConversationPage *self, LiaCanned *canned);
LiaQuote          *lia_conversation_page_dup_quote (LiaConversationPage *self, char **where);
DexFuture         *lia_conversation_page_flush (LiaConversationPage *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
