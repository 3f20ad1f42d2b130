/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"
#include "lia-entry.h"

G_BEGIN_DECLS

/**
 * LiaEntryDetails:
 * @what: of a state entry: "assigned", "released", "snoozed", "woken", "closed", "reopened", "tagged", "renamed" (see lia-journal.h)
 * @to: the new state
 * @assignee: agent's id
 * @subject: the new subject
 * @until_ms: when it comes back
 * @number: of a call or a promised one: whom
 * @reason: of a promised call
 * @settled: the call that was missed or promised is not needed any more
 *
 * What an entry's `details` say by its kind. Strings are never NULL; what is not there is empty or 0.
 */
typedef struct
{
  char    *what;
  char    *to;
  char    *assignee;
  char    *subject;
  gint64   until_ms;
  char    *number;
  char    *reason;
  gboolean settled;
} LiaEntryDetails;

LiaEntryDetails *lia_entry_details_new (LiaEntry *entry);
void             lia_entry_details_free (LiaEntryDetails *self);
LiaCall         *lia_entry_details_call (LiaEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaEntryDetails, lia_entry_details_free)

G_END_DECLS
