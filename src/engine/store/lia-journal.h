/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/**
 * LiaJournalEvent:
 *
 * One thing that happened. The journal is the truth: the rows that an event changes are changed by lia_journal_append() itself, through the
 * same projection functions that `liaisond rebuild` runs, in the same transaction.
 */
typedef struct
{
  const char *kind;            /* as in the table of lia-projections.c: "entry.added", "conversation.changed", … */
  gint64      conversation_id; /* 0 = none */
  gint64      customer_id;     /* 0 = none */
  gint64      actor_id;        /* agent; 0 = the system or a customer */
  const char *command_key;     /* of the command that caused it, or NULL */
  gint64      at_ms;           /* when it happened; 0 = now */
  const char *data;            /* JSON object text: all that the projection needs */
} LiaJournalEvent;

gint64 lia_journal_append (LiaDb                 *db,
                           const LiaJournalEvent *event,
                           GError               **error);

G_END_DECLS
