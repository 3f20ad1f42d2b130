/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * When a conversation is due, and where it stands in a list. Pure: the same facts give the same answer, now and in a rebuild.
 */

#include "lia-due.h"

/* Behind every time that can be due, and exact in a JSON number of any reader (< 2^53). */
#define SORT_BASE (G_GINT64_CONSTANT (1) << 52)

/** lia_due_sort_newest_first: a sort key behind all that is due, which grows smaller with time. */
gint64
lia_due_sort_newest_first (gint64 time_ms)
{
  return SORT_BASE - time_ms;
}

static LiaDue
due_while_open (const LiaDueFacts *facts)
{
  LiaDue due = { 0 };

  if (facts->waiting_since_ms != 0)
    {
      gboolean first = facts->last_out_ms == 0;
      gint64   target = facts->target_ms;

      if (target == 0)
        target = first ? facts->first_target_ms : facts->next_target_ms;
      due.due_ms = facts->waiting_since_ms + target;
      due.kind = first ? "first" : "next";
    }

  if (facts->woken_ms != 0 && (due.due_ms == 0 || facts->woken_ms < due.due_ms))
    {
      due.due_ms = facts->woken_ms;
      due.kind = "snooze";
    }

  return due;
}

/**
 * lia_due_compute:
 *
 * A customer who waits is due at the target after the first message that nobody answered: further ones do not push it back. What is snoozed
 * is due when it comes back, and stays so until it is dealt with. Pending and closed conversations are not due.
 */
LiaDue
lia_due_compute (const LiaDueFacts *facts)
{
  LiaDue due = { 0 };

  switch (facts->state)
    {
    case LIA_CONVERSATION_OPEN:
      due = due_while_open (facts);
      break;

    case LIA_CONVERSATION_SNOOZED:
      due.due_ms = facts->snooze_until_ms;
      due.kind = "snooze";
      break;

    case LIA_CONVERSATION_PENDING:
    case LIA_CONVERSATION_CLOSED:
    default:
      break;
    }

  if (due.due_ms != 0)
    due.sort = due.due_ms;
  else
    due.sort = lia_due_sort_newest_first (facts->state == LIA_CONVERSATION_CLOSED ? facts->closed_ms : facts->last_ms);

  return due;
}
