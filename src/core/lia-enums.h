/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The words that come in fixed sets. Each has a name as the API spells it. */

typedef enum {
  LIA_CONVERSATION_OPEN,
  LIA_CONVERSATION_PENDING,
  LIA_CONVERSATION_SNOOZED,
  LIA_CONVERSATION_CLOSED,
} LiaConversationState;

const char *lia_conversation_state_to_string (LiaConversationState value);
gboolean    lia_conversation_state_from_string (const char *name, LiaConversationState *value);

typedef enum {
  LIA_ENTRY_EMAIL,
  LIA_ENTRY_CHAT,
  LIA_ENTRY_CALL,
  LIA_ENTRY_VOICEMAIL,
  LIA_ENTRY_NOTE,
  LIA_ENTRY_STATE,
  LIA_ENTRY_VISIT,
  LIA_ENTRY_FINDING,
  LIA_ENTRY_PROMISE,
  LIA_ENTRY_SURVEY,
} LiaEntryKind;

const char *lia_entry_kind_to_string (LiaEntryKind value);
gboolean    lia_entry_kind_from_string (const char *name, LiaEntryKind *value);

typedef enum {
  LIA_DIRECTION_NONE,
  LIA_DIRECTION_IN,
  LIA_DIRECTION_OUT,
} LiaDirection;

const char *lia_direction_to_string (LiaDirection value);
gboolean    lia_direction_from_string (const char *name, LiaDirection *value);

typedef enum {
  LIA_AUTHOR_SYSTEM,
  LIA_AUTHOR_CUSTOMER,
  LIA_AUTHOR_AGENT,
} LiaAuthorKind;

const char *lia_author_kind_to_string (LiaAuthorKind value);
gboolean    lia_author_kind_from_string (const char *name, LiaAuthorKind *value);

typedef enum {
  LIA_SEND_NONE,
  LIA_SEND_QUEUED,
  LIA_SEND_SENDING,
  LIA_SEND_DEFERRED,
  LIA_SEND_SENT,
  LIA_SEND_PARTIAL,
  LIA_SEND_FAILED,
  LIA_SEND_UNCONFIRMED,
  LIA_SEND_CANCELLED,
  LIA_SEND_DELIVERED, /* of a chat: it is on the visitor's screen */
} LiaSendState;

const char *lia_send_state_to_string (LiaSendState value);
gboolean    lia_send_state_from_string (const char *name, LiaSendState *value);

G_END_DECLS
