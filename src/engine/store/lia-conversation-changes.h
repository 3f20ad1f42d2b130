/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation-record.h"
#include "lia-entry-facts.h"

G_BEGIN_DECLS

gboolean lia_conversation_read_waiting (LiaConversationRecord *record,
                                        LiaDb                 *db,
                                        GError               **error);
gboolean lia_conversation_read_sending (LiaConversationRecord *record,
                                        LiaDb                 *db,
                                        GError               **error);
void     lia_conversation_set_state (LiaConversationRecord *record,
                                     LiaConversationState   state);
void     lia_conversation_settle_answered (LiaConversationRecord *record,
                                           const LiaEntryFacts   *facts);
gboolean lia_conversation_apply_state_entry (LiaConversationRecord *record,
                                             const LiaEntryFacts   *facts,
                                             GError               **error);

G_END_DECLS
