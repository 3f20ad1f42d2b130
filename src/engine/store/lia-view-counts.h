/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation-record.h"

G_BEGIN_DECLS

#define LIA_MAX_VIEWS_OF_CONVERSATION 5

/**
 * LiaViewKey:
 * @view: "mine", "waiting", "queue", "callbacks", "followups", "closed" or "all"
 * @of: the agent's or queue's number, or 0
 *
 * A view, as it is counted.
 */
typedef struct
{
  const char *view;
  gint64      of;
} LiaViewKey;

guint    lia_view_keys_of (const LiaConversationPlace *place,
                           LiaViewKey                  keys[LIA_MAX_VIEWS_OF_CONVERSATION]);
gboolean lia_view_counts_add (LiaDb                      *db,
                              const LiaConversationPlace *place,
                              GError                    **error);
gboolean lia_view_counts_move (LiaDb                      *db,
                               gint64                      conversation_id,
                               const LiaConversationPlace *before,
                               const LiaConversationPlace *after,
                               GError                    **error);
gboolean lia_view_counts_read (LiaDb                      *db,
                               gint64                      agent_id,
                               const LiaConversationPlace *place,
                               gint64                      change,
                               GError                    **error);

G_END_DECLS
