/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-enums.h"

#include "lia-words-private.h"

LIA_DEFINE_WORDS (LiaConversationState, lia_conversation_state, "open", "pending", "snoozed", "closed")

LIA_DEFINE_WORDS (LiaEntryKind, lia_entry_kind, "email", "chat", "call", "voicemail", "note", "state", "visit", "finding", "promise", "survey")

LIA_DEFINE_WORDS (LiaDirection, lia_direction, "", "in", "out")

LIA_DEFINE_WORDS (LiaAuthorKind, lia_author_kind, "system", "customer", "agent")

LIA_DEFINE_WORDS (LiaSendState, lia_send_state, "", "queued", "sending", "deferred", "sent", "partial", "failed", "unconfirmed", "cancelled", "delivered")
