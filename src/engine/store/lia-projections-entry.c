/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Entries of timelines, and what they do to their conversation.
 *
 * Who waits for whom is decided by pairs of messages, not by the order of arrival alone, because a first sync brings old mail newest first: an
 * answer that was recorded after a message answers it when it is not older; a message that arrives after the answer was answered only when it
 * is clearly older (the clocks of two servers differ, and a customer's quick reply must never count as answered).
 */

#include "lia-conversation-changes.h"
#include "lia-entry-words.h"
#include "lia-json.h"
#include "lia-language.h"
#include "lia-projections-call.h"
#include "lia-projections-callback.h"
#include "lia-projections-chat.h"
#include "lia-projections-finding.h"
#include "lia-projections-joined.h"
#include "lia-projections-learning.h"
#include "lia-projections-question.h"
#include "lia-projections.h"

#define CLOCK_SLACK_MS "600000"
#define WAITS 1
#define ANSWERED 2

static gboolean
index_words (LiaProjection *self,
             gint64         place,
             JsonObject    *entry,
             const char    *visible,
             GError       **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) wholes = g_string_new (NULL);

  return lia_entry_facts_words (entry, visible, words, wholes, error) &&
         lia_entry_words_add (self->db, place, words->str, wholes->str, error);
}

static gboolean
insert_entry (LiaProjection       *self,
              const LiaEntryFacts *facts,
              gint64               waits,
              gint64               place,
              GError             **error)
{
  return lia_db_exec (self->db, error,
                      "INSERT INTO entry (seq, conversation_id, customer_id, at, kind, dir, agent_id, waits, answers, target_ms, state, "
                      "message_id, place) "
                      "VALUES ($1, $2, $3, $4, $5, nullif ($6, ''), nullif ($7, 0), $8, $9, nullif ($10, 0), $11, $12, nullif ($13, 0))",
                      "iiiittiiiitti", self->seq, self->conversation_id, self->customer_id, facts->at_ms,
                      lia_entry_kind_to_string (facts->kind), lia_direction_to_string (facts->direction), facts->agent_id, waits,
                      (gint64)facts->answers, facts->target_ms, facts->state, facts->message_id, place);
}

/* Whether a message that arrives now was answered before: see the head of this file. */
static gboolean
find_answered (LiaProjection       *self,
               const LiaEntryFacts *facts,
               gint64              *waits,
               GError             **error)
{
  gint64 answered = 0;

  if (!lia_db_get_int (self->db, &answered, error,
                       "SELECT count (*) FROM (SELECT 1 FROM entry WHERE conversation_id = $1 AND answers = 1 "
                       "AND at > $2 + " CLOCK_SLACK_MS " LIMIT 1)",
                       "ii", self->conversation_id, facts->at_ms))
    return FALSE;

  *waits = answered != 0 ? ANSWERED : WAITS;

  return TRUE;
}

static gboolean
apply_message (LiaProjection         *self,
               LiaConversationRecord *record,
               const LiaEntryFacts   *facts,
               gint64                 waits,
               GError               **error)
{
  if (facts->answers &&
      !lia_db_exec (self->db, error,
                    "UPDATE entry SET waits = 2 WHERE conversation_id = $1 AND waits = 1 AND at <= $2 AND seq < $3", "iii",
                    self->conversation_id, facts->at_ms, self->seq))
    return FALSE;

  if (!lia_conversation_read_waiting (record, self->db, error))
    return FALSE;

  if (waits == WAITS && record->place.state != LIA_CONVERSATION_OPEN)
    lia_conversation_set_state (record, LIA_CONVERSATION_OPEN);
  else if (facts->answers)
    lia_conversation_settle_answered (record, facts);

  return TRUE;
}

static gboolean
is_call (const LiaEntryFacts *facts)
{
  return facts->kind == LIA_ENTRY_CALL || facts->kind == LIA_ENTRY_VOICEMAIL;
}

/* Of what repeats what was said before, or is no word at all */
static gboolean
says_nothing_new (const LiaEntryFacts *facts)
{
  gboolean is_transcript = FALSE;

  if (facts->kind == LIA_ENTRY_EMAIL && facts->details != NULL)
    lia_json_bool (facts->details, "transcript", LIA_JSON_OPTIONAL, &is_transcript, NULL);

  return is_transcript || facts->kind == LIA_ENTRY_FINDING || facts->kind == LIA_ENTRY_VISIT || facts->kind == LIA_ENTRY_SURVEY;
}

static void
note_newest (LiaConversationRecord *record,
             const LiaEntryFacts   *facts,
             JsonObject            *entry,
             const char            *visible)
{
  gboolean newest = record->entries == 0 || facts->at_ms >= record->last_at;

  record->entries++;
  if (!newest || says_nothing_new (facts))
    return;

  record->last_at = facts->at_ms;
  g_free (record->snippet);
  record->snippet = lia_entry_facts_snippet (visible);
  /* In a chat a file comes without words. */
  if (*record->snippet == '\0' && facts->kind == LIA_ENTRY_CHAT && lia_entry_facts_file_name (entry) != NULL)
    g_set_str (&record->snippet, lia_entry_facts_file_name (entry));
}

/* What is in doubt changes nothing, neither do robots nor older messages, and an agent knows better. */
static void
note_language (LiaConversationRecord *record,
               const LiaEntryFacts   *facts,
               const char            *visible)
{
  const char *language;

  if (record->language_set || facts->direction != LIA_DIRECTION_IN || facts->auto_reply || (facts->kind != LIA_ENTRY_EMAIL && facts->kind != LIA_ENTRY_CHAT))
    return;

  language = *record->language == '\0' || facts->at_ms == record->last_at ? lia_language_of (visible) : NULL;
  if (language != NULL)
    g_set_str (&record->language, language);
}

/* Who answers in a chat that is nobody's has it, as with a call: the next message of the visitor is hers. */
static void
note_chatter (LiaConversationRecord *record,
              const LiaEntryFacts   *facts)
{
  if (facts->kind == LIA_ENTRY_CHAT && facts->answers && !facts->quiet && record->place.assignee_id == 0)
    record->place.assignee_id = facts->agent_id;
}

static gboolean
update_conversation (LiaProjection         *self,
                     LiaConversationRecord *record,
                     const LiaEntryFacts   *facts,
                     gint64                 waits,
                     const char            *visible,
                     GError               **error)
{
  record->last_seq = self->seq;
  if (facts->direction == LIA_DIRECTION_IN && !facts->quiet)
    record->place.last_in_seq = self->seq;

  if (facts->kind == LIA_ENTRY_STATE)
    {
      if (!lia_conversation_apply_state_entry (record, facts, error))
        return FALSE;
    }
  else
    {
      note_newest (record, facts, self->data, visible);
      note_language (record, facts, visible);
      if (is_call (facts) && !lia_project_call (self, self->seq, facts->details, record, error))
        return FALSE;
      if ((waits != 0 || facts->answers) && !apply_message (self, record, facts, waits, error))
        return FALSE;
      note_chatter (record, facts);
      if (facts->state[0] != '\0' && !lia_conversation_read_sending (record, self->db, error))
        return FALSE;
    }

  if (!lia_project_callbacks (self, record, facts, error) || (facts->is_question && !lia_project_question (self, self->seq, record, facts, error)) ||
      !lia_conversation_record_save (record, self->db, error))
    return FALSE;

  self->ver = record->ver;

  return TRUE;
}

/** lia_project_entry_added: an entry, and `x` */
gboolean
lia_project_entry_added (LiaProjection *self,
                         GError       **error)
{
  g_autoptr (LiaConversationRecord) record = lia_conversation_record_load (self->db, self->conversation_id, error);
  g_autofree char *visible = NULL;
  LiaEntryFacts    facts;
  JsonObject      *x;
  gint64           waits = 0;
  gint64           place = 0;

  if (record == NULL ||
      !lia_json_obj (self->data, "x", LIA_JSON_OPTIONAL, &x, error) ||
      !lia_entry_facts_read (&facts, self->data, x, error))
    return FALSE;

  self->customer_id = record->customer_id;
  if (facts.at_ms == 0)
    facts.at_ms = self->at_ms;

  /* A vacation notice begins a conversation, but does not reopen one. */
  if (facts.waits && facts.auto_reply && record->entries > 0)
    facts.waits = FALSE;
  if (facts.waits && !find_answered (self, &facts, &waits, error))
    return FALSE;

  /* What we did to a conversation is not searched for. */
  if (facts.kind != LIA_ENTRY_STATE && !lia_entry_words_find_place (self->db, facts.at_ms, &place, error))
    return FALSE;

  visible = lia_entry_facts_visible_text (self->data, error);

  return visible != NULL &&
         insert_entry (self, &facts, waits, place, error) &&
         (waits != WAITS || lia_project_written_again (self, facts.at_ms, error)) &&
         (place == 0 || index_words (self, place, self->data, visible, error)) &&
         (facts.kind != LIA_ENTRY_FINDING || lia_project_quote (self, self->seq, &facts, error)) &&
         update_conversation (self, record, &facts, waits, visible, error) &&
         lia_project_joined (self, record, &facts, error) &&
         lia_project_chat (self, &facts, x, error);
}

static JsonObject *
read_object (LiaDb      *db,
             const char *sql,
             gint64      seq,
             GError    **error)
{
  g_autofree char *text = lia_db_get_text (db, error, sql, "i", seq);

  return text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;
}

static void
merge (JsonObject *object,
       JsonObject *changes)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *value;

  json_object_iter_init_ordered (&iter, changes);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (object, name, json_node_copy (value));
}

/* @entry and @x: NULL where they stay as they are */
static gboolean
write_changed (LiaProjection       *self,
               gint64               seq,
               const LiaEntryFacts *facts,
               JsonObject          *entry,
               JsonObject          *x,
               GError             **error)
{
  g_autofree char *json = entry != NULL ? lia_json_to_text (entry) : NULL;
  g_autofree char *x_text = x != NULL ? lia_json_to_text (x) : NULL;

  return lia_db_exec (self->db, error,
                      "UPDATE entry SET state = $2, message_id = $3, at = $4, answers = $5, x = coalesce ($6, x), json = coalesce ($7, json), "
                      "target_ms = nullif ($8, 0), kind = $9 WHERE seq = $1",
                      "ittiittit",
                      seq, facts->state, facts->message_id, facts->at_ms, (gint64)facts->answers, x_text, json, facts->target_ms,
                      lia_entry_kind_to_string (facts->kind));
}

/* The index is in the order of time. */
static gboolean
move_words (LiaProjection *self,
            gint64         seq,
            gint64         at_ms,
            JsonObject    *entry,
            GError       **error)
{
  g_autofree char *visible = lia_entry_facts_visible_text (entry, error);
  gint64           before;
  gint64           place;

  if (visible == NULL || !lia_db_get_int (self->db, &before, error, "SELECT place FROM entry WHERE seq = $1", "i", seq))
    return FALSE;

  return before == 0 ||
         (lia_entry_words_find_place (self->db, at_ms, &place, error) &&
          lia_entry_words_remove (self->db, before, error) &&
          lia_db_exec (self->db, error, "UPDATE entry SET place = $2 WHERE seq = $1", "ii", seq, place) &&
          index_words (self, place, entry, visible, error));
}

/* One of our messages counts as an answer no more (it failed, or was taken back), or counts again. */
static gboolean
judge_again (LiaProjection         *self,
             LiaConversationRecord *record,
             const LiaEntryFacts   *facts,
             GError               **error)
{
  if (!lia_db_exec (self->db, error,
                    "UPDATE entry SET waits = CASE WHEN EXISTS (SELECT 1 FROM entry AS answer WHERE answer.conversation_id = $1 "
                    "AND answer.answers = 1 AND (answer.at > entry.at + " CLOCK_SLACK_MS " OR (answer.at >= entry.at AND answer.seq > entry.seq))) "
                    "THEN 2 ELSE 1 END WHERE conversation_id = $1 AND waits > 0",
                    "i", record->id) ||
      !lia_conversation_read_waiting (record, self->db, error))
    return FALSE;

  if (facts->answers)
    lia_conversation_settle_answered (record, facts);
  else if (record->place.state == LIA_CONVERSATION_PENDING || record->place.state == LIA_CONVERSATION_CLOSED)
    lia_conversation_set_state (record, LIA_CONVERSATION_OPEN);

  return TRUE;
}

/* A call goes on: who waited speaks to us, or has given up; or the time has changed within which we are to call. */
static gboolean
judge_waiting (LiaProjection         *self,
               gint64                 seq,
               LiaConversationRecord *record,
               const LiaEntryFacts   *before,
               const LiaEntryFacts   *after,
               GError               **error)
{
  if (before->waits != after->waits &&
      !lia_db_exec (self->db, error, "UPDATE entry SET waits = $2 WHERE seq = $1", "ii", seq, (gint64)(after->waits ? WAITS : 0)))
    return FALSE;
  if (!lia_conversation_read_waiting (record, self->db, error))
    return FALSE;

  /* What comes later, as a recording does, says nothing new of that. */
  if (before->waits == after->waits && before->target_ms == after->target_ms)
    return TRUE;
  if (after->waits && record->waiting_since != 0 && record->place.state != LIA_CONVERSATION_OPEN)
    lia_conversation_set_state (record, LIA_CONVERSATION_OPEN);
  else if (before->waits && !after->waits && record->waiting_since == 0 && record->place.state == LIA_CONVERSATION_OPEN)
    lia_conversation_set_state (record, LIA_CONVERSATION_PENDING);

  return TRUE;
}

static gboolean
change_entry (LiaProjection *self,
              gint64         seq,
              JsonObject    *set,
              JsonObject    *x_set,
              GError       **error)
{
  g_autoptr (JsonObject) entry = read_object (self->db, "SELECT json FROM entry_text WHERE seq = $1", seq, error);
  g_autoptr (JsonObject) x = entry != NULL ? read_object (self->db, "SELECT x FROM entry_text WHERE seq = $1", seq, error) : NULL;
  g_autoptr (LiaConversationRecord) record = NULL;
  LiaEntryFacts before;
  LiaEntryFacts after;

  if (x == NULL || !lia_entry_facts_read (&before, entry, x, error))
    return FALSE;

  if (set != NULL)
    merge (entry, set);
  if (x_set != NULL)
    merge (x, x_set);

  record = lia_conversation_record_load (self->db, self->conversation_id, error);
  if (record == NULL ||
      !lia_entry_facts_read (&after, entry, x, error) ||
      !write_changed (self, seq, &after, set != NULL ? entry : NULL, x_set != NULL ? x : NULL, error) ||
      ((before.at_ms != after.at_ms || (set != NULL && json_object_has_member (set, "text"))) && !move_words (self, seq, after.at_ms, entry, error)) ||
      !lia_conversation_read_sending (record, self->db, error) ||
      (is_call (&after) && !lia_project_call (self, seq, after.details, record, error)) ||
      (after.kind == LIA_ENTRY_FINDING && !lia_project_quote (self, seq, &after, error)) ||
      (before.answers != after.answers && !judge_again (self, record, &after, error)) ||
      ((before.waits || after.waits) && !judge_waiting (self, seq, record, &before, &after, error)) ||
      !lia_project_callbacks (self, record, &after, error) ||
      (after.is_question && !lia_project_question (self, seq, record, &after, error)) ||
      !lia_conversation_record_save (record, self->db, error))
    return FALSE;

  self->customer_id = record->customer_id;
  self->ver = record->ver;

  return TRUE;
}

/** lia_project_entry_changed: {entry, set?: {state?, problem?, undo_until?, message_id?, at?, …}, x?: {…}} */
gboolean
lia_project_entry_changed (LiaProjection *self,
                           GError       **error)
{
  JsonObject *set;
  JsonObject *x;
  gint64      seq;

  if (!lia_json_int (self->data, "entry", LIA_JSON_REQUIRED, 1, G_MAXINT64, &seq, error) ||
      !lia_json_obj (self->data, "set", LIA_JSON_OPTIONAL, &set, error) ||
      !lia_json_obj (self->data, "x", LIA_JSON_OPTIONAL, &x, error) ||
      !lia_db_get_int (self->db, &self->conversation_id, error, "SELECT conversation_id FROM entry WHERE seq = $1", "i", seq))
    return FALSE;

  return change_entry (self, seq, set, x, error);
}
