/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-queries.h"

G_BEGIN_DECLS

/* Shared by the files of queries. */

/* A row of a list for agent $1. The joins go out from `c`, whose index the query names. */
#define LIA_ROW_COLUMNS                                                                                                         \
  "c.id, c.ver, c.sort, c.subject, c.customer_id, k.name, k.address, c.channel, c.queue_id, c.state, c.assignee_id, "           \
  "c.last_in_seq > coalesce (r.seq, 0), c.priority, c.tags, c.due_at, c.due_kind, c.waiting_since, c.snooze_until, c.last_at, " \
  "c.snippet, c.entries, c.sending, d.agent_id IS NOT NULL, c.callback, c.lang, c.lang_set, c.last_seq, c.created_at, c.closed_at, c.asked_since > 0 AND c.state <> 'closed' "
#define LIA_ROW_JOINS                                                                 \
  " CROSS JOIN customer AS k ON k.id = c.customer_id "                                \
  "LEFT JOIN conversation_read AS r ON r.agent_id = $1 AND r.conversation_id = c.id " \
  "LEFT JOIN draft AS d ON d.agent_id = $1 AND d.conversation_id = c.id "

/* The place where a page ended: two numbers, the second one unique. */
typedef struct
{
  gint64 first;
  gint64 second;
} LiaCursor;

gboolean         lia_cursor_parse (const char *text,
                                   LiaCursor  *cursor,
                                   GError    **error);
char            *lia_cursor_format (gint64 first,
                                    gint64 second);
LiaConversation *lia_query_read_row (LiaRows *rows,
                                     gboolean whole);
gboolean         lia_query_finish (GError **failure,
                                   GError **error);

G_END_DECLS
