/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-lines.h"
#include "lia-chat-visitor.h"

G_BEGIN_DECLS

/**
 * LiaChatState:
 * @state: "none" (nothing was written yet), "waiting" (nobody has answered), "open", "closed"
 * @position: in the queue, from 1 on; 0 while she does not wait
 * @wait_ms: how much longer it probably takes, as long as the last ones today waited; 0 = nobody knows
 * @available: the queue is open, and one of us is there
 * @opens_ms: the queue is closed, until then; 0 = it is open, or nobody knows when it opens
 *
 * How things stand for a visitor.
 */
typedef struct
{
  gint64      last_n;
  gint64      conversation_id; /* 0 = none */
  const char *state;
  gint64      position;
  gint64      wait_ms;
  gboolean    available;
  gint64      opens_ms;
} LiaChatState;

LiaChatState *lia_chat_state_await (LiaChatLines   *lines,
                                    LiaChatVisitor *visitor,
                                    GError        **error);

G_END_DECLS
