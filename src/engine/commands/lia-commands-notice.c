/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Telling customers of a fix, one by one. The notice leaves the list in the transaction that has the message in the outbox, so each is told once, whoever asks for
 * it how often.
 */

#include "lia-commands-table.h"

#include "lia-callback-owner.h"
#include "lia-id.h"
#include "lia-notices.h"
#include "lia-queries-notices.h"
#include "lia-time.h"
#include "lia-wire.h"

#define MAX_SUBJECT_BYTES 1000
#define MAX_BODY_BYTES (900 * 1024)

static LiaNotice *
find (LiaCommandCall *call,
      gint64         *id,
      GError        **error)
{
  g_autoptr (LiaNotice) notice = lia_command_id (call, "notice", "n", id, error) ? lia_query_notice (call->db, *id, lia_time_now (), error) : NULL;

  if (notice != NULL)
    lia_id_parse (notice->conv, "c", &call->conversation_id);

  return g_steal_pointer (&notice);
}

static gboolean
conflict (LiaCommandCall *call,
          LiaNotice      *notice,
          const char     *words,
          GError        **error)
{
  call->current = lia_wire_encode_notice (notice);
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, words);

  return FALSE;
}

static gboolean
check_due (LiaCommandCall *call,
           LiaNotice      *notice,
           GError        **error)
{
  switch (notice->state)
    {
    case LIA_NOTICE_DUE:
      return TRUE;
    case LIA_NOTICE_SENT:
      return conflict (call, notice, "This customer was told already.", error);
    case LIA_NOTICE_SKIPPED:
      return conflict (call, notice, "Somebody has decided that this customer is not told.", error);
    case LIA_NOTICE_CANCELLED:
    default:
      return conflict (call, notice, "There is nothing to tell any more.", error);
    }
}

static gboolean
check_held (LiaCommandCall *call,
            LiaNotice      *notice,
            GError        **error)
{
  gboolean anyway = FALSE;

  if (!lia_json_bool (call->d, "anyway", LIA_JSON_OPTIONAL, &anyway, error))
    return FALSE;

  return notice->held_ms == 0 || anyway || conflict (call, notice, "This customer was told of something else just now.", error);
}

/* Many are told in one go when somebody has read one of these messages, and that is on its way or there. */
static gboolean
check_sample (LiaCommandCall *call,
              LiaNotice      *notice,
              GError        **error)
{
  gboolean many = FALSE;
  gint64   finding = 0;
  gint64   n;

  if (!lia_json_bool (call->d, "many", LIA_JSON_OPTIONAL, &many, error))
    return FALSE;
  lia_id_parse (notice->finding, "f", &finding);
  if (!many)
    return TRUE;
  if (!lia_db_get_int (call->db, &n, error,
                       "SELECT count (*) FROM finding AS f CROSS JOIN finding AS m ON m.root_id = f.root_id CROSS JOIN notice AS n ON n.finding_id = m.id AND n.fix = m.fix "
                       "WHERE f.id = $1 AND n.state = 'sent'",
                       "i", finding))
    return FALSE;

  return n > 0 || conflict (call, notice, "Nobody was told of this fix yet: read one of these messages, and send that one first.", error);
}

static gboolean
append_change (LiaCommandCall *call,
               gint64          id,
               JsonObject     *data,
               GError        **error)
{
  json_object_set_int_member (data, "notice", id);

  return lia_command_append (call, "notice.changed", 0, data, error) != 0;
}

/* What became of it, where everybody sees who was told of what */
static gboolean
say (LiaCommandCall *call,
     LiaNotice      *notice,
     const char     *to,
     const char     *reason,
     GError        **error)
{
  g_autoptr (LiaEntry) entry = lia_command_new_entry (call, LIA_ENTRY_STATE, error);
  g_autoptr (JsonObject) details = json_object_new ();

  if (entry == NULL)
    return FALSE;
  json_object_set_string_member (details, "what", "notice");
  json_object_set_string_member (details, "notice", notice->id);
  json_object_set_string_member (details, "finding", notice->finding);
  json_object_set_string_member (details, "title", notice->title);
  json_object_set_string_member (details, "to", to);
  json_object_set_string_member (details, "reason", reason);
  g_free (entry->details);
  entry->details = lia_json_to_text (details);

  return lia_command_append_entry (call, entry, error) != 0;
}

/* Sending --------------------------------------------------------------------------------------------------------------------------------- */

/* How it goes, and what it says. Texts are the command's. */
typedef struct
{
  LiaNoticeWay way;
  const char  *subject;
  const char  *body;
} Wish;

static gboolean
read_texts (Wish           *self,
            LiaCommandCall *call,
            GError        **error)
{
  return lia_json_str (call->d, "subject", LIA_JSON_OPTIONAL, MAX_SUBJECT_BYTES, &self->subject, error) &&
         lia_json_str (call->d, "body", LIA_JSON_OPTIONAL, MAX_BODY_BYTES, &self->body, error);
}

static gboolean
can_go (LiaNotice   *notice,
        LiaNoticeWay way)
{
  switch (way)
    {
    case LIA_NOTICE_BY_EMAIL:
      return *notice->email != '\0';
    case LIA_NOTICE_BY_PHONE:
      return *notice->phone != '\0';
    case LIA_NOTICE_BY_CHAT:
      return g_str_equal (notice->channel, "chat");
    case LIA_NOTICE_BY_NOTHING:
    default:
      return FALSE;
    }
}

static gboolean
read_wish (Wish           *self,
           LiaCommandCall *call,
           LiaNotice      *notice,
           GError        **error)
{
  const char *by;

  if (!lia_json_str (call->d, "by", LIA_JSON_OPTIONAL, 16, &by, error) || !read_texts (self, call, error))
    return FALSE;
  self->way = lia_notice_get_way (notice, FALSE);
  if (by != NULL && !lia_notice_way_from_string (by, &self->way))
    lia_problem_set_invalid (error, "/by", "value", "Nobody can be told by “%s”", by);
  else if (!can_go (notice, self->way))
    lia_problem_set_invalid (error, "/by", "unreachable", "This customer cannot be reached that way");
  else
    return TRUE;

  return FALSE;
}

/* To them alone, as an answer to what they wrote last. */
static JsonObject *
make_mail (LiaCommandCall *call,
           LiaNotice      *notice,
           const Wish     *wish,
           GError        **error)
{
  g_autoptr (LiaAddress) to = lia_address_new (notice->customer->name, notice->email);
  JsonObject *mail;
  JsonArray  *list;
  gint64      answered = 0;

  if (!lia_db_get_int (call->db, &answered, error, "SELECT coalesce (max (seq), 0) FROM entry WHERE conversation_id = $1 AND kind = 'email' AND dir = 'in'", "i", call->conversation_id))
    return NULL;
  mail = json_object_new ();
  json_object_set_string_member (mail, "mode", "email");
  json_object_set_string_member (mail, "reply", answered != 0 ? "reply" : "new");
  if (answered != 0)
    {
      g_autofree char *id = lia_id_format ("e", answered);

      json_object_set_string_member (mail, "entry", id);
    }
  list = json_array_new ();
  json_array_add_object_element (list, lia_wire_encode_address (to));
  json_object_set_array_member (mail, "to", list);
  json_object_set_string_member (mail, "subject", wish->subject != NULL ? wish->subject : notice->topic);

  return mail;
}

static gboolean
send_message (LiaCommandCall *call,
              LiaNotice      *notice,
              const Wish     *wish,
              gint64         *entry,
              GError        **error)
{
  const gboolean by_chat = wish->way == LIA_NOTICE_BY_CHAT;
  g_autoptr (JsonObject) asked = call->d;
  g_autoptr (JsonObject) message = by_chat ? json_object_new () : make_mail (call, notice, wish, error);
  const char *id;
  gboolean    done;

  if (message == NULL)
    {
      g_steal_pointer (&asked);
      return FALSE;
    }
  json_object_set_string_member (message, "body", wish->body != NULL ? wish->body : "");
  json_object_set_string_member (message, "then", "keep");
  call->d = message;
  done = lia_command_send_quietly (call, by_chat, error);
  call->d = g_steal_pointer (&asked);

  return done && lia_json_str (call->answer, "entry", LIA_JSON_REQUIRED, 32, &id, error) && lia_id_parse (id, "e", entry);
}

/* What whoever calls has to say is what would be written. */
static gboolean
promise_call (LiaCommandCall *call,
              LiaNotice      *notice,
              const Wish     *wish,
              gint64         *entry,
              GError        **error)
{
  const gint64     now_ms = lia_time_now ();
  g_autofree char *reason = g_utf8_make_valid (wish->body != NULL && *wish->body != '\0' ? wish->body : notice->title, -1);
  gint64           target_ms;

  if (!lia_db_get_int (call->db, &target_ms, error, "SELECT q.callback_target_ms FROM conversation AS c CROSS JOIN queue AS q ON q.id = c.queue_id WHERE c.id = $1", "i",
                       call->conversation_id))
    return FALSE;
  *entry = lia_command_promise_call (call, now_ms + target_ms, notice->phone, reason, error);
  if (*entry == 0)
    return FALSE;
  lia_command_answer_id (call, "entry", "e", *entry);

  return lia_callback_give_anybody (call->db, now_ms, call->conversation_id, error);
}

/* The texts are kept: whoever takes the message back has them again. */
static gboolean
note_sent (LiaCommandCall *call,
           LiaNotice      *notice,
           const Wish     *wish,
           gint64          id,
           gint64          entry,
           GError        **error)
{
  JsonObject *data = json_object_new ();
  gint64      finding = 0;

  lia_id_parse (notice->finding, "f", &finding);
  json_object_set_string_member (data, "state", "sent");
  json_object_set_int_member (data, "entry", entry);
  lia_json_set_str (data, "subject", wish->subject);
  lia_json_set_str (data, "body", wish->body);

  return append_change (call, id, data, error) && say (call, notice, lia_notice_way_to_string (wish->way), "", error) && lia_notices_refresh (call->db, finding, error);
}

/** lia_command_notice_send: one customer, by the channel that they chose, or by another one that the command names. */
gboolean
lia_command_notice_send (LiaCommandCall *call,
                         GError        **error)
{
  gint64 id;
  gint64 entry = 0;
  Wish   wish = { 0 };
  g_autoptr (LiaNotice) notice = find (call, &id, error);

  if (notice == NULL || !check_due (call, notice, error) || !check_held (call, notice, error) || !check_sample (call, notice, error) ||
      !read_wish (&wish, call, notice, error))
    return FALSE;
  if (wish.way == LIA_NOTICE_BY_PHONE)
    return promise_call (call, notice, &wish, &entry, error) && note_sent (call, notice, &wish, id, entry, error);

  return send_message (call, notice, &wish, &entry, error) && note_sent (call, notice, &wish, id, entry, error);
}

/* Keeping ---------------------------------------------------------------------------------------------------------------------------------- */

/** lia_command_notice_save: the draft, as somebody has edited it; empty texts make it anew. */
gboolean
lia_command_notice_save (LiaCommandCall *call,
                         GError        **error)
{
  gint64      id;
  Wish        wish = { 0 };
  JsonObject *data;
  g_autoptr (LiaNotice) notice = find (call, &id, error);

  if (notice == NULL || !check_due (call, notice, error) || !read_texts (&wish, call, error))
    return FALSE;
  data = json_object_new ();
  json_object_set_string_member (data, "subject", wish.subject != NULL ? wish.subject : "");
  json_object_set_string_member (data, "body", wish.body != NULL ? wish.body : "");

  return append_change (call, id, data, error);
}

/** lia_command_notice_skip: this customer is not told, and why. */
gboolean
lia_command_notice_skip (LiaCommandCall *call,
                         GError        **error)
{
  gint64      id;
  gint64      finding = 0;
  const char *reason;
  JsonObject *data;
  g_autoptr (LiaNotice) notice = find (call, &id, error);

  if (notice == NULL || !check_due (call, notice, error) || !lia_json_str (call->d, "reason", LIA_JSON_REQUIRED, LIA_NOTICE_MAX_REASON_BYTES, &reason, error))
    return FALSE;
  if (reason[strspn (reason, " \t\r\n")] == '\0')
    {
      lia_problem_set_invalid (error, "/reason", "missing", "Say why this customer is not told");
      return FALSE;
    }
  lia_id_parse (notice->finding, "f", &finding);
  data = json_object_new ();
  json_object_set_string_member (data, "state", "skipped");
  json_object_set_string_member (data, "reason", reason);

  return append_change (call, id, data, error) && say (call, notice, "skipped", reason, error) && lia_notices_refresh (call->db, finding, error);
}

/** lia_command_notice_snooze: later. */
gboolean
lia_command_notice_snooze (LiaCommandCall *call,
                           GError        **error)
{
  gint64      id;
  gint64      until_ms;
  JsonObject *data;
  g_autoptr (LiaNotice) notice = find (call, &id, error);

  if (notice == NULL || !check_due (call, notice, error) || !lia_json_time (call->d, "until", LIA_JSON_OPTIONAL, &until_ms, error))
    return FALSE;
  data = json_object_new ();
  json_object_set_int_member (data, "snooze", until_ms);

  return append_change (call, id, data, error);
}

/** lia_command_notice_restore: who was skipped is to be told after all; again is no error. */
gboolean
lia_command_notice_restore (LiaCommandCall *call,
                            GError        **error)
{
  gint64      id;
  gint64      finding = 0;
  JsonObject *data;
  g_autoptr (LiaNotice) notice = find (call, &id, error);

  if (notice == NULL)
    return FALSE;
  if (notice->state != LIA_NOTICE_SKIPPED)
    return check_due (call, notice, error);
  lia_id_parse (notice->finding, "f", &finding);
  data = json_object_new ();
  json_object_set_string_member (data, "state", "due");

  return append_change (call, id, data, error) && lia_notices_refresh (call->db, finding, error);
}
