/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/**
 * LiaChatLine:
 *
 * All who wait for a first answer, as they stood when it was read: once for everybody who is told of it, however many they are. Not changed any more; of one thread at a time.
 */
typedef struct _LiaChatLine LiaChatLine;

LiaChatLine *lia_chat_line_ref (LiaChatLine *self);
void         lia_chat_line_unref (gpointer self);

gboolean lia_chat_line_read (LiaDb    *db,
                             gpointer  unused,
                             gpointer *line,
                             GError  **error);
gboolean lia_chat_line_find (LiaChatLine *self,
                             gint64       conversation_id,
                             gint64       now_ms,
                             gint64      *position,
                             gint64      *wait_ms);
void     lia_chat_line_stand (LiaChatLine *self,
                              gint64       queue_id,
                              gint64       since_ms,
                              gint64       conversation_id,
                              gint64       now_ms,
                              gint64      *position,
                              gint64      *wait_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatLine, lia_chat_line_unref)

G_END_DECLS
