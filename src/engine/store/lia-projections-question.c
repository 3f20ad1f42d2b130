/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Questions of the engineers: an entry whose details say "question" keeps its conversation open until somebody has answered, or says that no answer is needed. The
 * customer does not wait for that: no figure of ours is about it. Who closes the conversation says that no answer is needed, as with calls.
 */

#include "lia-projections-question.h"

#include "lia-conversation-changes.h"
#include "lia-id.h"
#include "lia-json.h"

/* What of the conversation follows: @asks: of this entry, @before: it did until now */
static void
judge (LiaConversationRecord *record,
       gint64                 seq,
       const LiaEntryFacts   *facts,
       gboolean               before,
       gboolean               was_closed)
{
  if (facts->asks && !before && record->place.state != LIA_CONVERSATION_OPEN)
    lia_conversation_set_state (record, LIA_CONVERSATION_OPEN);
  if (facts->asks && !before)
    record->place.last_in_seq = MAX (record->place.last_in_seq, seq); /* nobody has read it */
  if (facts->asks || !before || record->asked_since != 0 || record->waiting_since != 0 || record->place.state != LIA_CONVERSATION_OPEN)
    return;
  lia_conversation_set_state (record, was_closed ? LIA_CONVERSATION_CLOSED : LIA_CONVERSATION_PENDING);
  record->closed_at = was_closed ? record->last_at : 0;
}

/**
 * lia_project_question:
 * @seq: the entry's
 * @record: of the conversation, after the event; not saved yet
 */
gboolean
lia_project_question (LiaProjection         *self,
                      gint64                 seq,
                      LiaConversationRecord *record,
                      const LiaEntryFacts   *facts,
                      GError               **error)
{
  const char *issue;
  const char *comment;
  const char *was = NULL;
  gint64      issue_id = 0;
  gint64      before;

  if (!lia_json_str (facts->details, "issue", LIA_JSON_REQUIRED, 64, &issue, error) ||
      !lia_json_str (facts->details, "comment", LIA_JSON_REQUIRED, 256, &comment, error) ||
      !lia_json_str (facts->details, "was", LIA_JSON_OPTIONAL, 32, &was, error) ||
      !lia_db_get_int (self->db, &before, error, "SELECT count (*) FROM question WHERE id = $1 AND settled = 0", "i", seq))
    return FALSE;
  lia_id_parse (issue, "i", &issue_id);
  if (!lia_db_exec (self->db, error,
                    "INSERT INTO question (id, conversation_id, issue_id, comment, at, settled) VALUES ($1, $2, $3, $4, $5, $6) "
                    "ON CONFLICT (id) DO UPDATE SET settled = excluded.settled",
                    "iiitii", seq, record->id, issue_id, comment, facts->at_ms != 0 ? facts->at_ms : self->at_ms, (gint64)!facts->asks) ||
      !lia_db_get_int (self->db, &record->asked_since, error, "SELECT coalesce (min (at), 0) FROM question WHERE conversation_id = $1 AND settled = 0", "i", record->id))
    return FALSE;
  judge (record, seq, facts, before > 0, g_strcmp0 (was, "closed") == 0);

  return TRUE;
}
