/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/**
 * LiaChatLine:
 *
 * All who wait for a first answer, as they stood when it was read: once for everybody who is told of it, however many they are. Not changed any more.
 */
typedef struct _LiaChatLine LiaChatLine;

void lia_chat_line_free (gpointer self);

gboolean lia_chat_line_read (LiaDb    *db,
                             gpointer  unused,
                             gpointer *line,
                             GError  **error);
gboolean lia_chat_line_find (LiaChatLine *self,
                             gint64       conversation_id,
                             gint64       now_ms,
                             gint64      *position,
                             gint64      *wait_ms);
gboolean lia_chat_line_read_usual (LiaDb   *db,
                                   gint64   queue_id,
                                   gint64  *usual_ms,
                                   GError **error);
gint64   lia_chat_line_left (gint64 usual_ms,
                             gint64 waited_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatLine, lia_chat_line_free)

G_END_DECLS
