/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loads and saves a conversation's row for the projections, and works out what follows: due time, order, counts. */

#include "lia-conversation-record.h"

#include "lia-due.h"
#include "lia-view-counts.h"

/** lia_conversation_record_load: (transfer full): the row, or NULL with %LIA_STORE_ERROR_NOT_FOUND. */
LiaConversationRecord *
lia_conversation_record_load (LiaDb   *db,
                              gint64   id,
                              GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT ver, customer_id, subject, tags, state, assignee_id, queue_id, last_in_seq, "
                                           "waiting_since, target_ms, snooze_until, woken_at, last_out_at, last_at, last_seq, entries, "
                                           "snippet, sending, closed_at, callback, lang, lang_set, asked_since FROM conversation WHERE id = $1",
                                           "i", id);
  g_autoptr (LiaConversationRecord) self = g_new0 (LiaConversationRecord, 1);
  GError *failure = NULL;

  if (rows == NULL)
    return NULL;

  if (!lia_rows_next (rows, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      else
        g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no conversation %" G_GINT64_FORMAT, id);
      return NULL;
    }

  self->id = id;
  self->ver = lia_rows_int (rows, 0);
  self->customer_id = lia_rows_int (rows, 1);
  self->subject = g_strdup (lia_rows_text (rows, 2));
  self->tags = g_strdup (lia_rows_text (rows, 3));
  lia_conversation_state_from_string (lia_rows_text (rows, 4), &self->place.state);
  self->place.assignee_id = lia_rows_int (rows, 5);
  self->place.queue_id = lia_rows_int (rows, 6);
  self->place.last_in_seq = lia_rows_int (rows, 7);
  self->place.callback = lia_rows_int (rows, 19) != 0;
  self->before = self->place;
  self->waiting_since = lia_rows_int (rows, 8);
  self->target_ms = lia_rows_int (rows, 9);
  self->snooze_until = lia_rows_int (rows, 10);
  self->woken_at = lia_rows_int (rows, 11);
  self->last_out_at = lia_rows_int (rows, 12);
  self->last_at = lia_rows_int (rows, 13);
  self->last_seq = lia_rows_int (rows, 14);
  self->entries = lia_rows_int (rows, 15);
  self->snippet = g_strdup (lia_rows_text (rows, 16));
  self->sending = g_strdup (lia_rows_text (rows, 17));
  self->closed_at = lia_rows_int (rows, 18);
  self->language = g_strdup (lia_rows_text (rows, 20));
  self->language_set = lia_rows_int (rows, 21) != 0;
  self->asked_since = lia_rows_int (rows, 22);

  return g_steal_pointer (&self);
}

static gboolean
compute_due (LiaConversationRecord *self,
             LiaDb                 *db,
             LiaDue                *due,
             GError               **error)
{
  LiaDueFacts facts = {
    .state = self->place.state,
    .waiting_since_ms = self->waiting_since != 0 ? self->waiting_since : self->asked_since,
    .last_out_ms = self->last_out_at,
    .target_ms = self->target_ms,
    .snooze_until_ms = self->snooze_until,
    .woken_ms = self->woken_at,
    .closed_ms = self->closed_at,
    .last_ms = self->last_at,
  };

  if (!lia_db_get_int (db, &facts.first_target_ms, error, "SELECT first_target_ms FROM queue WHERE id = $1", "i", self->place.queue_id) ||
      !lia_db_get_int (db, &facts.next_target_ms, error, "SELECT next_target_ms FROM queue WHERE id = $1", "i", self->place.queue_id))
    return FALSE;

  *due = lia_due_compute (&facts);

  return TRUE;
}

static gboolean
update_customer (LiaConversationRecord *self,
                 LiaDb                 *db,
                 GError               **error)
{
  gint64 was_open = self->before.state != LIA_CONVERSATION_CLOSED;
  gint64 is_open = self->place.state != LIA_CONVERSATION_CLOSED;

  return was_open == is_open ||
         lia_db_exec (db, error, "UPDATE customer SET open = open + $2 WHERE id = $1", "ii", self->customer_id, is_open - was_open);
}

/** lia_conversation_record_save: writes the row back as its next version. */
gboolean
lia_conversation_record_save (LiaConversationRecord *self,
                              LiaDb                 *db,
                              GError               **error)
{
  LiaDue due;

  if (!compute_due (self, db, &due, error))
    return FALSE;

  self->ver++;

  return lia_db_exec (db, error,
                      "UPDATE conversation SET ver = $2, subject = $3, tags = $4, state = $5, assignee_id = nullif ($6, 0), queue_id = $7, "
                      "last_in_seq = $8, waiting_since = nullif ($9, 0), target_ms = nullif ($10, 0), snooze_until = nullif ($11, 0), "
                      "woken_at = nullif ($12, 0), last_out_at = nullif ($13, 0), last_at = $14, last_seq = $15, entries = $16, "
                      "snippet = $17, sending = $18, closed_at = nullif ($19, 0), sort = $20, due_at = nullif ($21, 0), due_kind = $22, callback = $23, "
                      "lang = $24, lang_set = $25, asked_since = nullif ($26, 0) "
                      "WHERE id = $1",
                      "iitttiiiiiiiiiiittiiititii",
                      self->id, self->ver, self->subject, self->tags, lia_conversation_state_to_string (self->place.state),
                      self->place.assignee_id, self->place.queue_id, self->place.last_in_seq, self->waiting_since, self->target_ms,
                      self->snooze_until, self->woken_at, self->last_out_at, self->last_at, self->last_seq, self->entries,
                      self->snippet, self->sending, self->closed_at, due.sort, due.due_ms, due.kind,
                      (gint64)self->place.callback, self->language, (gint64)self->language_set, self->asked_since) &&
         update_customer (self, db, error) &&
         lia_view_counts_move (db, self->id, &self->before, &self->place, error);
}

void
lia_conversation_record_free (LiaConversationRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->subject);
  g_free (self->tags);
  g_free (self->snippet);
  g_free (self->sending);
  g_free (self->language);
  g_free (self);
}
