/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-line.h"
#include "lia-store.h"

G_BEGIN_DECLS

#define LIA_TYPE_CHAT_LINES (lia_chat_lines_get_type ())

/**
 * LiaChatLines:
 *
 * Reads the line of those who wait, for all who ask at a time: reading it costs the more the longer it is, and then the most want to know.
 */
G_DECLARE_FINAL_TYPE (LiaChatLines, lia_chat_lines, LIA, CHAT_LINES, GObject)

LiaChatLines *lia_chat_lines_new (LiaStore *store);
void          lia_chat_lines_stop (LiaChatLines *self);
LiaStore     *lia_chat_lines_get_store (LiaChatLines *self);
LiaChatLine  *lia_chat_lines_await (LiaChatLines *self,
                                    GError      **error);

G_END_DECLS
