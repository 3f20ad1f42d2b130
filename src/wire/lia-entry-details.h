/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"
#include "lia-canned.h"
#include "lia-entry.h"

G_BEGIN_DECLS

/**
 * LiaEntryDetails:
 * @what: of a state entry: "assigned", "released", "snoozed", "woken", "closed", "reopened", "tagged", "renamed", "language", "moved", "issue", "notice", "importance", "call-offered", "call-declined" (see lia-journal.h)
 * @to: the new state; where @what is "issue" the tracker's own word, where it is "notice" how a customer was told of a fix, where it is "importance" how much it matters to them
 * @key: of an issue, also of feedback that the engineers have, as its tracker names it
 * @release: that the issue is planned for
 * @is_released: that one is out
 * @assignee: agent's id
 * @subject: the new subject
 * @queue_name: of the new queue, as it was called then
 * @language: the new language, "" = as the customer writes
 * @until_ms: when it comes back; of a call that is offered: until when it is
 * @number: of a call or a promised one: whom
 * @reason: of a promised call; why a customer was not told of a fix
 * @utc_offset_min: of a customer's mail: how far their clock is ahead of UTC; 0 = it does not tell
 * @responses: of a message of ours: ids of the canned responses in it
 * @formality: how these address the customer; any where it makes no difference
 * @kind: of feedback: which
 * @title: of feedback, and of a fix: what it is about; of a page: its title
 * @finding: of feedback, and of a question of the engineers: the id of the finding that it was captured for, or is about
 * @tracker: of a question: where it was asked
 * @url: of the issue, for people; of the page
 * @problem: of a question: why the answer could not be given
 * @second: of feedback: of the call in which it was said; -1: in none
 * @settled: the call that was missed or promised, or the answer to a question, is not needed any more
 * @code: that a caller read out of a page
 * @conversation: another one that it is joined to
 * @customer: whose the conversation is since then; empty where it stays whose it was
 * @offer: of a promised call: the entry of our offer that the customer has said yes to
 *
 * What an entry's `details` say by its kind. Strings are never NULL; what is not there is empty or 0.
 */
typedef struct
{
  char              *what;
  char              *to;
  char              *key;
  char              *release;
  gboolean           is_released;
  char              *assignee;
  char              *subject;
  char              *queue_name;
  char              *language;
  gint64             until_ms;
  char              *number;
  char              *reason;
  char              *kind;
  char              *title;
  char              *finding;
  char              *tracker;
  char              *url;
  char              *problem;
  char              *code;
  char              *conversation;
  char              *customer;
  char              *offer;
  gint64             second;
  gboolean           settled;
  int                utc_offset_min;
  GStrv              responses;
  LiaCannedFormality formality;
} LiaEntryDetails;

LiaEntryDetails *lia_entry_details_new (LiaEntry *entry);
void             lia_entry_details_free (LiaEntryDetails *self);
LiaCall         *lia_entry_details_call (LiaEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaEntryDetails, lia_entry_details_free)

G_END_DECLS
