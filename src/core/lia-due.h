/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-enums.h"

G_BEGIN_DECLS

/**
 * LiaDueFacts:
 * @waiting_since_ms: the customer's first message that nobody answered, 0 = nobody waits
 * @last_out_ms: our newest public message, 0 = never answered
 * @target_ms: within what time that message is to be answered, 0 = as the queue says
 * @snooze_until_ms: while snoozed
 * @woken_ms: when a snooze ended that is not dealt with yet, 0 = none
 *
 * What a due time follows from.
 */
typedef struct
{
  LiaConversationState state;
  gint64               waiting_since_ms;
  gint64               last_out_ms;
  gint64               target_ms;
  gint64               first_target_ms; /* the queue's */
  gint64               next_target_ms;
  gint64               snooze_until_ms;
  gint64               woken_ms;
  gint64               closed_ms;
  gint64               last_ms; /* the newest entry */
} LiaDueFacts;

/**
 * LiaDue:
 * @due_ms: 0 = nothing is due
 * @kind: "first", "next", "snooze" or NULL
 * @sort: lists stand in ascending order of it: what is due by its time, then the rest, newest first
 */
typedef struct
{
  gint64      due_ms;
  const char *kind;
  gint64      sort;
} LiaDue;

LiaDue lia_due_compute (const LiaDueFacts *facts);
gint64 lia_due_sort_newest_first (gint64 time_ms);

G_END_DECLS
