/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaEffort:
 *
 * What a customer has been through with us: today, which begins at midnight where the engine is, and in the last 30 days. A call that goes on is counted,
 * but of its times only what is over.
 */
typedef struct
{
  gint64 calls_today;     /* that the customer made */
  gint64 answered_today;  /* of these */
  gint64 waited_today_ms; /* in queues, on hold, parked; whoever called */
  gint64 talked_today_ms;
  gint64 contacts;  /* that the customer began in 30 days: messages, calls; 500 at most are looked at */
  gint64 transfers; /* in 30 days: how often handed on to another queue or agent within a call */
  gint64 waited_ms; /* in 30 days */
  gint64 open;      /* conversations that are not closed, now */
} LiaEffort;

LiaEffort *lia_effort_copy (const LiaEffort *self);
gboolean   lia_effort_equal (const LiaEffort *a,
                             const LiaEffort *b);

G_END_DECLS
