/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-way.h"

G_BEGIN_DECLS

/* What was said in a chat, as the text of a mail. */

char *lia_chat_talk_quote (LiaDb            *db,
                           const LiaChatWay *way,
                           gint64            conversation_id,
                           GError          **error);
char *lia_chat_talk_transcript (LiaDb            *db,
                                const LiaChatWay *way,
                                gint64            conversation_id,
                                const char       *zone,
                                GError          **error);

G_END_DECLS
