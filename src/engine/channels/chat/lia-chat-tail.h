/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-lines.h"
#include "lia-engine.h"

G_BEGIN_DECLS

#define LIA_TYPE_CHAT_TAIL (lia_chat_tail_get_type ())

/**
 * LiaChatTail:
 *
 * Follows the journal, and wakes the rooms for which there is something new.
 */
G_DECLARE_FINAL_TYPE (LiaChatTail, lia_chat_tail, LIA, CHAT_TAIL, GObject)

LiaChatTail *lia_chat_tail_new (LiaChatLines *lines,
                                GHashTable   *rooms);
gint64       lia_chat_tail_get_head (LiaChatTail *self);
void         lia_chat_tail_stop (LiaChatTail *self);
DexFuture   *lia_chat_tail_start (LiaChatTail *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
