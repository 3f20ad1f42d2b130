/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation.h"
#include "lia-view.h"

G_BEGIN_DECLS

/**
 * LiaDueUrgency:
 *
 * How a due time is shown: a colour, a symbol and words each, so that none is needed alone.
 */
typedef enum {
  LIA_DUE_NONE,
  LIA_DUE_LATER,
  LIA_DUE_SOON,
  LIA_DUE_OVERDUE,
  LIA_DUE_SNOOZED,
} LiaDueUrgency;

char         *lia_format_time (gint64 time_ms,
                               gint64 now_ms);
char         *lia_format_day (gint64 time_ms);
char         *lia_format_moment (gint64 time_ms,
                                 gint64 now_ms);
char         *lia_format_span (gint64 span_ms);
LiaDueUrgency lia_due_urgency (LiaConversation *conversation,
                               gint64           now_ms);
char         *lia_format_due (LiaConversation *conversation,
                              gint64           now_ms);
const char   *lia_format_state (LiaConversation *conversation);
char         *lia_format_customer (const LiaAddress *customer);
char         *lia_format_address (const char *address);
const char   *lia_format_subject (LiaConversation *conversation);
const char   *lia_view_title (LiaView *view);
const char   *lia_view_icon (LiaView *view);
const char   *lia_channel_icon (const char *channel);
const char   *lia_channel_title (const char *channel);

G_END_DECLS
