/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Callbacks: whose each is, when it was due, when it was done. What waits for a call is known from the entries; here it is written down when that begins and ends. Who
 * closes the conversation says that no call is needed, and who reopens it that one is.
 */

#include "lia-projections-callback.h"

#include "lia-conversation-changes.h"

static gboolean
begin (LiaProjection         *self,
       LiaConversationRecord *record,
       GError               **error)
{
  return lia_db_exec (self->db, error,
                      "INSERT INTO callback (seq, conversation_id, queue_id, from_at, due_at, result, judged_at, owner_id) "
                      "SELECT w.seq, w.conversation_id, $2, w.at, w.due, '', w.due, $3 FROM (SELECT e.seq, e.conversation_id, e.at, "
                      "e.at + coalesce (e.target_ms, (SELECT first_target_ms FROM queue WHERE id = $2)) AS due "
                      "FROM entry AS e INDEXED BY entry_waits WHERE e.conversation_id = $1 AND e.waits = 1 AND " LIA_WAITS_FOR_CALL ") AS w WHERE true "
                      "ON CONFLICT (seq) DO UPDATE SET queue_id = excluded.queue_id, due_at = excluded.due_at, done_at = NULL, result = '', "
                      "judged_at = excluded.judged_at, owner_id = excluded.owner_id",
                      "iii", record->id, record->place.queue_id, record->place.assignee_id);
}

/* @by_customer: it was they who called, and got through */
static gboolean
end (LiaProjection         *self,
     LiaConversationRecord *record,
     gboolean               by_customer,
     GError               **error)
{
  gint64 closed = record->place.state == LIA_CONVERSATION_CLOSED;

  return lia_db_exec (self->db, error,
                      "UPDATE callback INDEXED BY callback_open SET done_at = $2, judged_at = CASE WHEN $2 < due_at THEN $2 ELSE due_at END, "
                      "result = CASE WHEN $2 > due_at THEN 'late' WHEN $3 THEN 'reached' ELSE 'kept' END "
                      "WHERE conversation_id = $1 AND done_at IS NULL AND ($4 OR NOT EXISTS "
                      "(SELECT 1 FROM entry AS e WHERE e.seq = callback.seq AND e.waits = 1))",
                      "iiii", record->id, self->at_ms, (gint64)by_customer, closed);
}

/**
 * lia_project_callbacks:
 * @record: of the conversation, after the event; not saved yet
 * @facts: of the entry that the event is about
 */
gboolean
lia_project_callbacks (LiaProjection         *self,
                       LiaConversationRecord *record,
                       const LiaEntryFacts   *facts,
                       GError               **error)
{
  gboolean by_customer = facts->kind == LIA_ENTRY_CALL && facts->direction == LIA_DIRECTION_IN && facts->answers;

  if (!record->before.callback && !record->place.callback)
    return TRUE;
  if (record->place.state != LIA_CONVERSATION_CLOSED && !begin (self, record, error))
    return FALSE;

  return end (self, record, by_customer, error);
}
