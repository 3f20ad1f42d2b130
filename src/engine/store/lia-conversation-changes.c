/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a conversation's row changes with its entries: what is waited for, what is being sent, what a state entry says. */

#include "lia-conversation-changes.h"

#include "lia-id.h"
#include "lia-json.h"

#define MAX_WORD 1024
#define MAX_TAGS 1000

/* Whether what the customer waits for is a call. */
static gboolean
read_callback (LiaConversationRecord *record,
               LiaDb                 *db,
               GError               **error)
{
  gint64 n = 0;

  if (record->waiting_since != 0 &&
      !lia_db_get_int (db, &n, error,
                       "SELECT count (*) FROM entry AS e WHERE e.conversation_id = $1 AND e.waits = 1 AND " LIA_WAITS_FOR_CALL,
                       "i", record->id))
    return FALSE;
  record->place.callback = n > 0;

  return TRUE;
}

/** lia_conversation_read_waiting: since when the customer waits, and when we last answered, from the entries as they are now. */
gboolean
lia_conversation_read_waiting (LiaConversationRecord *record,
                               LiaDb                 *db,
                               GError               **error)
{
  g_autoptr (LiaRows) rows = NULL;
  GError *failure = NULL;

  if (!lia_db_get_int (db, &record->last_out_at, error, "SELECT max (at) FROM entry WHERE conversation_id = $1 AND answers = 1", "i",
                       record->id))
    return FALSE;

  rows = lia_db_query (db, error, "SELECT at, target_ms FROM entry WHERE conversation_id = $1 AND waits = 1 ORDER BY at LIMIT 1", "i",
                       record->id);
  if (rows == NULL)
    return FALSE;

  record->waiting_since = 0;
  record->target_ms = 0;
  if (lia_rows_next (rows, &failure))
    {
      record->waiting_since = lia_rows_int (rows, 0);
      record->target_ms = lia_rows_int (rows, 1);
    }

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  return read_callback (record, db, error);
}

/** lia_conversation_set_state: whatever belonged to the state before is over. */
void
lia_conversation_set_state (LiaConversationRecord *record,
                            LiaConversationState   state)
{
  record->place.state = state;
  record->closed_at = 0;
  record->snooze_until = 0;
  record->woken_at = 0;
}

/** lia_conversation_settle_answered: we have answered: the customer does not wait any more, unless with a newer message. */
void
lia_conversation_settle_answered (LiaConversationRecord *record,
                                  const LiaEntryFacts   *facts)
{
  gboolean late = record->place.state == LIA_CONVERSATION_CLOSED && facts->at_ms < record->closed_at;

  if (record->waiting_since == 0 && !late && !facts->keep_state)
    lia_conversation_set_state (record, LIA_CONVERSATION_PENDING);
}

static gboolean
apply_tags (LiaConversationRecord *record,
            JsonObject            *details,
            GError               **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *tags;

  if (!lia_json_arr (details, "tags", LIA_JSON_REQUIRED, MAX_TAGS, &tags, error))
    return FALSE;

  json_node_set_array (node, tags);
  g_free (record->tags);
  record->tags = json_to_string (node, FALSE);

  return TRUE;
}

static gboolean
apply_snooze (LiaConversationRecord *record,
              JsonObject            *details,
              GError               **error)
{
  gint64 until;

  if (!lia_json_time (details, "until", LIA_JSON_REQUIRED, &until, error))
    return FALSE;

  lia_conversation_set_state (record, LIA_CONVERSATION_SNOOZED);
  record->snooze_until = until;

  return TRUE;
}

static gboolean
apply_subject (LiaConversationRecord *record,
               JsonObject            *details,
               GError               **error)
{
  const char *subject;

  if (!lia_json_str (details, "subject", LIA_JSON_REQUIRED, G_MAXSIZE, &subject, error))
    return FALSE;

  g_free (record->subject);
  record->subject = g_strdup (subject);

  return TRUE;
}

static gboolean
apply_queue (LiaConversationRecord *record,
             JsonObject            *details,
             GError               **error)
{
  const char *queue;

  if (!lia_json_str (details, "queue", LIA_JSON_REQUIRED, MAX_WORD, &queue, error))
    return FALSE;

  lia_id_parse (queue, "q", &record->place.queue_id);

  return TRUE;
}

/* "" leaves it to what the customer writes next. */
static gboolean
apply_language (LiaConversationRecord *record,
                JsonObject            *details,
                GError               **error)
{
  const char *language;

  if (!lia_json_str (details, "language", LIA_JSON_REQUIRED, MAX_WORD, &language, error))
    return FALSE;

  g_set_str (&record->language, language);
  record->language_set = *language != '\0';

  return TRUE;
}

/** lia_conversation_apply_state_entry: an entry of kind "state" says what an agent, or the time, has done to the conversation. */
gboolean
lia_conversation_apply_state_entry (LiaConversationRecord *record,
                                    const LiaEntryFacts   *facts,
                                    GError               **error)
{
  const char *what;
  const char *assignee;

  if (facts->details == NULL)
    return TRUE;

  if (!lia_json_str (facts->details, "what", LIA_JSON_REQUIRED, MAX_WORD, &what, error) ||
      !lia_json_str (facts->details, "assignee", LIA_JSON_OPTIONAL, MAX_WORD, &assignee, error))
    return FALSE;

  if (g_strcmp0 (what, "assigned") == 0)
    lia_id_parse (assignee, "a", &record->place.assignee_id);
  else if (g_strcmp0 (what, "released") == 0)
    record->place.assignee_id = 0;
  else if (g_strcmp0 (what, "snoozed") == 0)
    return apply_snooze (record, facts->details, error);
  else if (g_strcmp0 (what, "woken") == 0)
    {
      lia_conversation_set_state (record, LIA_CONVERSATION_OPEN);
      record->woken_at = facts->at_ms;
    }
  else if (g_strcmp0 (what, "closed") == 0)
    {
      lia_conversation_set_state (record, LIA_CONVERSATION_CLOSED);
      record->closed_at = facts->at_ms;
    }
  else if (g_strcmp0 (what, "reopened") == 0)
    lia_conversation_set_state (record, LIA_CONVERSATION_OPEN);
  else if (g_strcmp0 (what, "tagged") == 0)
    return apply_tags (record, facts->details, error);
  else if (g_strcmp0 (what, "renamed") == 0)
    return apply_subject (record, facts->details, error);
  else if (g_strcmp0 (what, "moved") == 0)
    return apply_queue (record, facts->details, error);
  else if (g_strcmp0 (what, "language") == 0)
    return apply_language (record, facts->details, error);

  return TRUE;
}

/** lia_conversation_read_sending: the worst state of what we are sending there. */
gboolean
lia_conversation_read_sending (LiaConversationRecord *record,
                               LiaDb                 *db,
                               GError               **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *worst = NULL;

  worst = lia_db_get_text (db, &failure,
                           "SELECT state FROM entry WHERE conversation_id = $1 "
                           "AND state IN ('queued', 'sending', 'deferred', 'failed', 'unconfirmed') "
                           "ORDER BY CASE state WHEN 'failed' THEN 0 WHEN 'unconfirmed' THEN 1 WHEN 'deferred' THEN 2 WHEN 'sending' THEN 3 "
                           "ELSE 4 END LIMIT 1",
                           "i", record->id);
  if (failure != NULL && !g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  g_free (record->sending);
  record->sending = worst != NULL ? g_steal_pointer (&worst) : g_strdup ("");

  return TRUE;
}
