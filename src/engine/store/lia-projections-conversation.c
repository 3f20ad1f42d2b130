/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A conversation's begin, how far agents have read it, and their drafts in it. */

#include "lia-conversation-record.h"
#include "lia-due.h"
#include "lia-id.h"
#include "lia-json.h"
#include "lia-projections.h"
#include "lia-view-counts.h"

#define MAX_TEXT (64 * 1024)
#define FIRST_QUEUE 1

/* A number, or as the API spells it; none is the first queue. */
static gboolean
read_queue (JsonObject *data,
            gint64     *queue_id,
            GError    **error)
{
  g_autoptr (GError) no_number = NULL;
  const char *id;

  if (!lia_json_int (data, "queue", LIA_JSON_OPTIONAL, 0, G_MAXINT64, queue_id, &no_number))
    {
      if (!lia_json_str (data, "queue", LIA_JSON_OPTIONAL, MAX_TEXT, &id, error))
        return FALSE;
      lia_id_parse (id, "q", queue_id);
    }

  if (*queue_id == 0)
    *queue_id = FIRST_QUEUE;

  return TRUE;
}

static gboolean
insert_conversation (LiaProjection              *self,
                     const LiaConversationPlace *place,
                     const char                 *subject,
                     const char                 *channel,
                     GError                    **error)
{
  gint64 closed_at = place->state == LIA_CONVERSATION_CLOSED ? self->at_ms : 0;

  return lia_db_exec (self->db, error,
                      "INSERT INTO conversation (id, ver, customer_id, channel, queue_id, state, subject, sort, last_at, created_at, closed_at) "
                      "VALUES ($1, 1, $2, $3, $4, $5, coalesce ($6, ''), $7, $8, $8, nullif ($9, 0))",
                      "iitittiii", self->seq, self->customer_id, channel, place->queue_id,
                      lia_conversation_state_to_string (place->state), subject, lia_due_sort_newest_first (self->at_ms), self->at_ms,
                      closed_at);
}

/** lia_project_conversation_created: {subject, channel, queue?, state?}, of the event's customer */
gboolean
lia_project_conversation_created (LiaProjection *self,
                                  GError       **error)
{
  LiaConversationPlace place = { .state = LIA_CONVERSATION_OPEN };
  const char          *subject;
  const char          *channel;
  const char          *state;

  if (!lia_json_str (self->data, "subject", LIA_JSON_OPTIONAL, MAX_TEXT, &subject, error) ||
      !lia_json_str (self->data, "channel", LIA_JSON_REQUIRED, MAX_TEXT, &channel, error) ||
      !lia_json_str (self->data, "state", LIA_JSON_OPTIONAL, MAX_TEXT, &state, error) ||
      !read_queue (self->data, &place.queue_id, error))
    return FALSE;

  if (g_strcmp0 (state, "closed") == 0)
    place.state = LIA_CONVERSATION_CLOSED;

  self->conversation_id = self->seq;
  self->ver = 1;

  if (!lia_db_exec (self->db, error, "UPDATE customer SET conversations = conversations + 1, open = open + $2 WHERE id = $1", "ii",
                    self->customer_id, (gint64)(place.state == LIA_CONVERSATION_OPEN)))
    return FALSE;

  if (lia_db_changes (self->db) == 0)
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such customer");
      return FALSE;
    }

  return insert_conversation (self, &place, subject, channel, error) &&
         lia_view_counts_add (self->db, &place, error);
}

static gboolean
was_current (LiaProjection *self,
             gboolean      *current,
             GError       **error)
{
  GError *failure = NULL;
  gint64  value = 0;

  if (!lia_db_get_int (self->db, &value, &failure, "SELECT current FROM conversation_read WHERE agent_id = $1 AND conversation_id = $2", "ii",
                       self->actor_id, self->conversation_id) &&
      !g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  g_clear_error (&failure);
  *current = value != 0;

  return TRUE;
}

/** lia_project_conversation_read: {seq}; 0 makes it unread */
gboolean
lia_project_conversation_read (LiaProjection *self,
                               GError       **error)
{
  g_autoptr (LiaConversationRecord) record = lia_conversation_record_load (self->db, self->conversation_id, error);
  gboolean before;
  gboolean after;
  gint64   seq;

  if (record == NULL ||
      !lia_json_int (self->data, "seq", LIA_JSON_REQUIRED, 0, G_MAXINT64, &seq, error) ||
      !was_current (self, &before, error))
    return FALSE;

  self->customer_id = record->customer_id;
  self->ver = record->ver;
  seq = MIN (seq, record->last_seq); /* nobody has read what comes later */
  after = record->place.last_in_seq != 0 && seq >= record->place.last_in_seq;

  return lia_db_exec (self->db, error,
                      "INSERT INTO conversation_read (agent_id, conversation_id, seq, current) VALUES ($1, $2, $3, $4) "
                      "ON CONFLICT (agent_id, conversation_id) DO UPDATE SET seq = $3, current = $4",
                      "iiii", self->actor_id, self->conversation_id, seq, (gint64)after) &&
         (before == after || lia_view_counts_read (self->db, self->actor_id, &record->place, after ? 1 : -1, error));
}

/** lia_project_draft_saved: {draft: {…} or null} */
gboolean
lia_project_draft_saved (LiaProjection *self,
                         GError       **error)
{
  JsonObject      *draft;
  g_autofree char *text = NULL;

  if (!lia_json_obj (self->data, "draft", LIA_JSON_OPTIONAL, &draft, error) ||
      !lia_db_get_int (self->db, &self->ver, error, "SELECT ver FROM conversation WHERE id = $1", "i", self->conversation_id))
    return FALSE;

  if (draft == NULL)
    return lia_db_exec (self->db, error, "DELETE FROM draft WHERE agent_id = $1 AND conversation_id = $2", "ii",
                        self->actor_id, self->conversation_id);

  text = lia_json_to_text (draft);

  return lia_db_exec (self->db, error,
                      "INSERT INTO draft (agent_id, conversation_id, json, at, seq) VALUES ($1, $2, $3, $4, $5) "
                      "ON CONFLICT (agent_id, conversation_id) DO UPDATE SET json = $3, at = $4, seq = $5",
                      "iitii", self->actor_id, self->conversation_id, text, self->at_ms, self->seq);
}
