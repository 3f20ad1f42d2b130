/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation-record.h"
#include "lia-entry-facts.h"

G_BEGIN_DECLS

/* Of an entry `e` that waits: it waits for a call, and not for one that still rings. */
#define LIA_WAITS_FOR_CALL  \
  "(e.kind = 'promise' OR " \
  "(e.kind IN ('call', 'voicemail') AND NOT EXISTS (SELECT 1 FROM call WHERE call.seq = e.seq AND call.ended_at IS NULL)))"

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
