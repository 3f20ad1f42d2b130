/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Sending mail, as agents ask for it: the entry and its row in the outbox are written in one transaction; the outbox does the rest. A message that
 * is taken back becomes a draft again.
 */

#include "lia-commands-table.h"

#include "lia-chat-way.h"
#include "lia-compose.h"
#include "lia-id.h"
#include "lia-mail-hub.h"
#include "lia-mail-store.h"
#include "lia-outbox-store.h"
#include "lia-queries.h"
#include "lia-response-uses.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#include <string.h>

#define MAX_RECIPIENTS 100
#define MAX_BODY_BYTES (900 * 1024)
#define MAX_SUBJECT_BYTES 1000
#define MAX_REFERENCES 21
#define MAX_UNDO_S 60

/* A message on its way into the outbox. */
typedef struct
{
  LiaDraft      *draft;
  const char    *then;
  gint64         channel_id;
  LiaMailbox    *mailbox;
  LiaEntry      *entry;
  char          *in_reply_to; /* or NULL */
  JsonArray     *references;  /* or NULL */
  JsonArray     *canned;      /* or NULL */
  char          *visitor;     /* or NULL */
  gint64         not_before_ms;
  LiaCommandMail more;
} Message;

static void
message_clear (Message *message)
{
  g_clear_object (&message->draft);
  g_clear_object (&message->mailbox);
  g_clear_object (&message->entry);
  g_clear_pointer (&message->in_reply_to, g_free);
  g_clear_pointer (&message->references, json_array_unref);
  g_clear_pointer (&message->canned, json_array_unref);
  g_clear_pointer (&message->visitor, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Message, message_clear)

/* What was asked ---------------------------------------------------------------------------------------------------------------------- */

static gboolean
check_addresses (GPtrArray  *list,
                 const char *name,
                 guint      *count,
                 GError    **error)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      LiaAddress *address = g_ptr_array_index (list, i);

      if (!lia_address_is_valid_email (address->address))
        {
          g_autofree char *pointer = g_strdup_printf ("/%s/%u", name, i);
          lia_problem_set_invalid (error, pointer, "address", "“%s” is not an e-mail address", address->address);
          return FALSE;
        }
      (*count)++;
    }

  return TRUE;
}

static gboolean
check_recipients (LiaDraft *draft,
                  GError  **error)
{
  guint count = 0;

  if (!check_addresses (draft->to, "to", &count, error) || !check_addresses (draft->cc, "cc", &count, error) ||
      !check_addresses (draft->bcc, "bcc", &count, error))
    return FALSE;
  if (count == 0)
    lia_problem_set_invalid (error, "/to", "missing", "There is nobody to send it to");
  else if (count > MAX_RECIPIENTS)
    lia_problem_set_invalid (error, "/to", "length", "A message has at most %d recipients", MAX_RECIPIENTS);

  return count > 0 && count <= MAX_RECIPIENTS;
}

static gboolean
read_message (LiaCommandCall *call,
              Message        *message,
              GError        **error)
{
  message->draft = lia_wire_decode_draft (call->d, error);
  if (message->draft == NULL || !lia_json_str (call->d, "then", LIA_JSON_OPTIONAL, 16, &message->then, error) || !check_recipients (message->draft, error) ||
      !lia_response_uses_read (call->d, &message->canned, error))
    return FALSE;

  const char *subject = message->draft->subject != NULL ? message->draft->subject : "";
  const char *body = message->draft->body != NULL ? message->draft->body : "";
  if (message->then == NULL)
    message->then = "pending";
  if (g_strcmp0 (message->draft->mode, "email") != 0)
    lia_problem_set_invalid (error, "/mode", "value", "Only “email” and “chat” can be sent");
  else if (!g_str_equal (message->then, "keep") && !g_str_equal (message->then, "close") && !g_str_equal (message->then, "pending"))
    lia_problem_set_invalid (error, "/then", "value", "Only “keep”, “close” and “pending” are possible");
  else if (strlen (subject) > MAX_SUBJECT_BYTES || strpbrk (subject, "\r\n") != NULL)
    lia_problem_set_invalid (error, "/subject", "value", "The subject is too long, or has more than one line");
  else if (strlen (body) > MAX_BODY_BYTES)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE, "The text is too long: at most 900 KiB.");
  else if (body[0] == '\0' && (message->draft->attachments == NULL || message->draft->attachments->len == 0))
    lia_problem_set_invalid (error, "/body", "missing", "The message is empty");
  else
    return TRUE;

  return FALSE;
}

/* The mailbox that this conversation came in by; for one that we begin, the first. */
static gboolean
find_mailbox (LiaCommandCall *call,
              Message        *message,
              GError        **error)
{
  message->channel_id = message->more.mailbox_id;
  if (message->channel_id == 0 &&
      !lia_db_get_int (call->db, &message->channel_id, error,
                       "SELECT coalesce ("
                       "(SELECT channel.id FROM entry JOIN entry_text AS t ON t.seq = entry.seq JOIN channel ON channel.id = json_extract (t.x, '$.channel') AND channel.kind = 'mail'"
                       " WHERE entry.conversation_id = $1 AND entry.kind = 'email' ORDER BY entry.seq DESC LIMIT 1),"
                       "(SELECT min (id) FROM channel WHERE kind = 'mail'), 0)",
                       "i", call->conversation_id))
    return FALSE;
  if (message->channel_id == 0)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, "There is no mailbox to send from.");
      return FALSE;
    }

  g_autoptr (JsonObject) config = lia_workspace_channel_config (call->db, message->channel_id, error);
  message->mailbox = config != NULL ? lia_wire_decode_mailbox (config, error) : NULL;

  return message->mailbox != NULL;
}

static gboolean
complete_attachments (LiaCommandCall *call,
                      Message        *message,
                      GError        **error)
{
  gint64 total;

  if (!lia_command_complete_attachments (call, message->draft->attachments, &total, error))
    return FALSE;
  if (total <= LIA_DRAFT_MAX_FILE_BYTES)
    return TRUE;
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE, "The attachments are too large: at most 18 MiB go with a message.");

  return FALSE;
}

/* What it answers ---------------------------------------------------------------------------------------------------------------------- */

static char *
without_brackets (const char *message_id)
{
  gsize length = strlen (message_id);

  if (length > 2 && message_id[0] == '<' && message_id[length - 1] == '>')
    return g_strndup (message_id + 1, length - 2);

  return g_strdup (message_id);
}

/* The first and the last twenty: RFC 5322 3.6.4 lets long threads be cut, and servers refuse long headers. */
static JsonArray *
cut_references (JsonArray  *earlier,
                const char *parent)
{
  JsonArray *references = json_array_new ();
  guint      length = earlier != NULL ? json_array_get_length (earlier) : 0;

  for (guint i = 0; i < length; i++)
    {
      const char *reference;

      if ((i == 0 || i + MAX_REFERENCES > length + 1) && lia_json_arr_str (earlier, i, 1000, &reference, NULL))
        {
          g_autofree char *bare = without_brackets (reference);
          if (g_strcmp0 (bare, parent) != 0)
            json_array_add_string_element (references, bare);
        }
    }
  json_array_add_string_element (references, parent);

  return references;
}

static gboolean
find_parent (LiaCommandCall *call,
             Message        *message,
             GError        **error)
{
  gint64      seq, known;
  const char *reply = message->draft->reply;
  JsonArray  *earlier = NULL;

  if (message->draft->entry == NULL || g_strcmp0 (reply, "new") == 0 || g_strcmp0 (reply, "forward") == 0)
    return TRUE;
  if (!lia_id_parse (message->draft->entry, "e", &seq) ||
      !lia_db_get_int (call->db, &known, error, "SELECT count(*) FROM entry WHERE seq = $1 AND conversation_id = $2", "ii", seq, call->conversation_id) || known == 0)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "What you answer is not in this conversation.");
      return FALSE;
    }

  g_autofree char *message_id = lia_db_get_text (call->db, error, "SELECT coalesce (message_id, '') FROM entry WHERE seq = $1", "i", seq);
  g_autofree char *x_text = message_id != NULL ? lia_query_entry_x (call->db, seq, error) : NULL;
  g_autoptr (JsonObject) x = x_text != NULL ? lia_json_parse (x_text, -1, G_MAXSIZE, error) : NULL;
  if (x == NULL)
    return FALSE;
  if (message_id[0] == '\0')
    return TRUE;
  lia_json_arr (x, "refs", LIA_JSON_OPTIONAL, 1000, &earlier, NULL);
  message->in_reply_to = without_brackets (message_id);
  message->references = cut_references (earlier, message->in_reply_to);

  return TRUE;
}

/* Whether the visitor of a chat sees it in the panel, too: when it is for her, in the conversation that began there. */
static gboolean
find_visitor (LiaCommandCall *call,
              Message        *message,
              GError        **error)
{
  g_autoptr (LiaChatWay) way = NULL;
  gint64 chats;

  message->visitor = g_strdup (message->more.visitor);
  if (message->visitor != NULL || g_strcmp0 (message->draft->reply, "forward") == 0)
    return TRUE;
  if (!lia_db_get_int (call->db, &chats, error,
                       "SELECT count (*) FROM chat_thread AS t JOIN conversation AS c ON c.id = t.conversation_id WHERE c.id = $1 AND c.channel = 'chat'", "i",
                       call->conversation_id))
    return FALSE;
  if (chats == 0)
    return TRUE;

  way = lia_chat_way_read (call->db, call->conversation_id, 0, error);
  for (guint i = 0; way != NULL && way->address != NULL && message->draft->to != NULL && i < message->draft->to->len; i++)
    if (g_ascii_strcasecmp (((LiaAddress *)message->draft->to->pdata[i])->address, way->address->address) == 0)
      g_set_str (&message->visitor, way->visitor);

  return way != NULL;
}

/* What stands below the own words is folded; where they end is known of what we put together. */
static GArray *
find_folds (Message *message)
{
  const char *text = message->entry->text;
  LiaFold     below = { .start = message->more.own_bytes, .end = strlen (text), .kind = LIA_FOLD_QUOTE };
  GArray     *folds;

  if (!message->more.is_chat)
    return lia_fold_find (text, NULL);
  folds = g_array_new (FALSE, FALSE, sizeof (LiaFold));
  if (below.start < below.end)
    g_array_append_val (folds, below);

  return folds;
}

/* The entry ----------------------------------------------------------------------------------------------------------------------------- */

static void
take_list (GPtrArray **target,
           GPtrArray  *list)
{
  if (list == NULL)
    return;
  g_ptr_array_unref (*target);
  *target = g_ptr_array_ref (list);
}

static gboolean
make_entry (LiaCommandCall *call,
            Message        *message,
            GError        **error)
{
  g_autoptr (GBytes) key = lia_mail_store_key (call->db, error);
  LiaDraft   *draft = message->draft;
  LiaEntry   *entry = key != NULL ? lia_command_new_entry (call, LIA_ENTRY_EMAIL, error) : NULL;
  const char *at = strrchr (message->mailbox->address, '@');

  if (entry == NULL)
    return FALSE;

  const char      *sender_name = message->mailbox->sender_name;
  g_autofree char *message_id = lia_mail_token_message_id (key, call->conversation_id, at != NULL ? at + 1 : "localhost");
  message->entry = entry;
  entry->direction = LIA_DIRECTION_OUT;
  g_set_str (&entry->subject, draft->subject != NULL ? draft->subject : "");
  g_set_str (&entry->text, draft->body != NULL ? draft->body : "");
  g_clear_pointer (&entry->from, lia_address_unref);
  entry->from = lia_address_new (sender_name != NULL && sender_name[0] != '\0' ? sender_name : entry->author->name, message->mailbox->address);
  take_list (&entry->to, draft->to);
  take_list (&entry->cc, draft->cc);
  take_list (&entry->bcc, draft->bcc);
  take_list (&entry->attachments, draft->attachments);
  entry->message_id = g_strdup_printf ("<%s>", message_id);
  entry->send_state = LIA_SEND_QUEUED;
  entry->undo_until_ms = message->not_before_ms > entry->at_ms ? message->not_before_ms : 0;
  g_clear_pointer (&entry->folds, g_array_unref);
  entry->folds = find_folds (message);
  g_free (entry->details);
  entry->details = lia_response_uses_tell (message->canned);

  return TRUE;
}

static gint64
append_entry (LiaCommandCall *call,
              Message        *message,
              GError        **error)
{
  static const char *const of_the_store[] = { "id", "seq", "conv" };
  gint64                   head = lia_query_head (call->db, error);
  JsonObject              *x = json_object_new ();

  if (head < 0)
    {
      json_object_unref (x);
      return 0;
    }
  message->entry->outbox = lia_id_format ("o", head + 1);

  JsonObject *data = lia_wire_encode_entry (message->entry);
  for (guint i = 0; i < G_N_ELEMENTS (of_the_store); i++)
    {
      if (json_object_has_member (data, of_the_store[i]))
        json_object_remove_member (data, of_the_store[i]);
    }
  json_object_set_int_member (x, "channel", message->channel_id);
  json_object_set_string_member (x, "then", message->then);
  if (message->more.quiet)
    json_object_set_boolean_member (x, "quiet", TRUE);
  if (message->more.is_chat)
    json_object_set_boolean_member (x, "chat", TRUE);
  lia_json_set_str (x, "visitor", message->visitor);
  lia_json_set_str (x, "reply", message->draft->reply);
  lia_json_set_str (x, "answers", message->draft->entry);
  lia_json_set_str (x, "in_reply_to", message->in_reply_to);
  if (message->references != NULL)
    json_object_set_array_member (x, "refs", json_array_ref (message->references));
  if (message->draft->fields != NULL)
    json_object_set_string_member (x, "fields", message->draft->fields);
  if (message->canned != NULL)
    json_object_set_array_member (x, "canned", json_array_ref (message->canned));
  json_object_set_object_member (data, "x", x);

  return lia_command_append (call, "entry.added", 0, data, error);
}

static gboolean
add_recipients (LiaDb     *db,
                gint64     id,
                GPtrArray *list,
                GError   **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      LiaAddress *address = g_ptr_array_index (list, i);

      if (!lia_db_exec (db, error, "INSERT INTO outbox_recipient (outbox_id, address) VALUES ($1, $2) ON CONFLICT DO NOTHING", "it", id, address->address))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_outbox (LiaCommandCall *call,
            Message        *message,
            gint64          id,
            GError        **error)
{
  LiaEntry        *entry = message->entry;
  g_autofree char *message_id = without_brackets (entry->message_id);

  return lia_db_exec (call->db, error,
                      "INSERT INTO outbox (id, channel_id, conversation_id, agent_id, state, not_before, next_try, message_id, sender, created_at)"
                      " VALUES ($1, $2, $3, $4, 'queued', $5, $5, $6, $7, $8)",
                      "iiiiitti", id, message->channel_id, call->conversation_id, call->agent_id, message->not_before_ms, message_id,
                      message->mailbox->address, entry->at_ms) &&
         add_recipients (call->db, id, entry->to, error) && add_recipients (call->db, id, entry->cc, error) && add_recipients (call->db, id, entry->bcc, error);
}

static gboolean
close_conversation (LiaCommandCall *call,
                    GError        **error)
{
  g_autoptr (LiaConversation) conversation = lia_query_conversation (call->db, call->agent_id, call->conversation_id, error);
  g_autoptr (LiaEntry) entry = conversation != NULL ? lia_command_new_entry (call, LIA_ENTRY_STATE, error) : NULL;

  if (entry == NULL)
    return FALSE;
  g_free (entry->details);
  entry->details = g_strdup_printf ("{\"what\":\"closed\",\"from\":\"%s\",\"to\":\"closed\",\"assignee\":null,\"tag\":null,\"until\":null}",
                                    lia_conversation_state_to_string (conversation->state));

  return lia_command_append_entry (call, entry, error) != 0;
}

static gboolean
read_undo (LiaCommandCall *call,
           Message        *message,
           GError        **error)
{
  g_autoptr (JsonObject) settings = lia_workspace_settings (call->db, error);
  gint64 undo_s;

  if (settings == NULL)
    return FALSE;
  if (!lia_json_int (settings, "undo_send_s", LIA_JSON_OPTIONAL, 0, MAX_UNDO_S, &undo_s, NULL))
    undo_s = 10;
  message->not_before_ms = lia_time_now () + undo_s * 1000;

  return TRUE;
}

/** lia_command_mail_send: `message.send` with the mode "email" */
gboolean
lia_command_mail_send (LiaCommandCall       *call,
                       const LiaCommandMail *mail,
                       GError              **error)
{
  g_auto (Message) message = { .more = *mail };
  gint64 id;

  if (!read_message (call, &message, error) || !find_mailbox (call, &message, error) || !complete_attachments (call, &message, error) ||
      !find_parent (call, &message, error) || !find_visitor (call, &message, error) || !read_undo (call, &message, error) || !make_entry (call, &message, error))
    return FALSE;
  id = append_entry (call, &message, error);
  if (id == 0 || !add_outbox (call, &message, id, error) || (!mail->quiet && !lia_command_delete_draft (call, NULL, error)) ||
      (g_str_equal (message.then, "close") && !close_conversation (call, error)))
    return FALSE;

  lia_command_answer_id (call, "entry", "e", id);
  lia_command_answer_id (call, "outbox", "o", id);
  lia_json_set_time (call->answer, "undo_until", message.entry->undo_until_ms);

  return TRUE;
}

gboolean
lia_command_message_send (LiaCommandCall *call,
                          GError        **error)
{
  const char *mode;

  if (!lia_json_str (call->d, "mode", LIA_JSON_OPTIONAL, 16, &mode, error))
    return FALSE;

  return g_strcmp0 (mode, "chat") == 0 ? lia_command_chat_send (call, error) : lia_command_mail_send (call, &(LiaCommandMail){ 0 }, error);
}

/**
 * lia_command_send_quietly: as `message.send`, but it answers nothing that the customer has asked, and the agent's own draft there stays.
 */
gboolean
lia_command_send_quietly (LiaCommandCall *call,
                          gboolean        by_chat,
                          GError        **error)
{
  return by_chat ? lia_command_chat_send_quietly (call, error) : lia_command_mail_send (call, &(LiaCommandMail){ .quiet = TRUE }, error);
}

/* Afterwards ---------------------------------------------------------------------------------------------------------------------------- */

static gboolean
gone_already (GError **error)
{
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "It is too late for that: the message has another state by now.");
  return FALSE;
}

/* The outbox row that the command names, with its conversation for the events. */
static gboolean
find_outbox (LiaCommandCall *call,
             gint64         *id,
             GError        **error)
{
  if (!lia_command_id (call, "outbox", "o", id, error))
    return FALSE;

  return lia_db_get_int (call->db, &call->conversation_id, error, "SELECT conversation_id FROM outbox WHERE id = $1", "i", *id);
}

static LiaDraft *
draft_of (LiaDb   *db,
          gint64   id,
          GError **error)
{
  g_autofree char *text = lia_query_entry (db, id, error);
  g_autofree char *x_text = text != NULL ? lia_query_entry_x (db, id, error) : NULL;
  g_autoptr (JsonObject) object = x_text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;
  g_autoptr (JsonObject) x = object != NULL ? lia_json_parse (x_text, -1, G_MAXSIZE, error) : NULL;
  g_autoptr (LiaEntry) entry = x != NULL ? lia_wire_decode_entry (object, error) : NULL;
  const char *reply = NULL, *answers = NULL, *fields = NULL;
  gboolean    is_chat = FALSE;

  if (entry == NULL || !lia_json_str (x, "reply", LIA_JSON_OPTIONAL, 16, &reply, error) || !lia_json_str (x, "answers", LIA_JSON_OPTIONAL, 32, &answers, error) ||
      !lia_json_str (x, "fields", LIA_JSON_OPTIONAL, G_MAXSIZE, &fields, error) || !lia_json_bool (x, "chat", LIA_JSON_OPTIONAL, &is_chat, error))
    return NULL;

  LiaDraft *draft = lia_draft_new ();
  draft->key = g_uuid_string_random (); /* the one that it went with has its answer */
  draft->mode = g_strdup (is_chat ? "chat" : "email");
  draft->reply = g_strdup (reply != NULL ? reply : "new");
  draft->entry = g_strdup (answers);
  draft->body = is_chat ? g_strstrip (lia_entry_dup_own_words (entry)) : g_strdup (entry->text);
  draft->subject = g_strdup (entry->subject);
  draft->to = g_ptr_array_ref (entry->to);
  draft->cc = g_ptr_array_ref (entry->cc);
  draft->bcc = g_ptr_array_ref (entry->bcc);
  draft->attachments = g_ptr_array_ref (entry->attachments);
  draft->fields = g_strdup (fields);

  return draft;
}

/* A draft that the agent has begun since stays; the answer holds what was taken back all the same. What tells of a fix is a draft in the list of these. */
static gboolean
save_draft (LiaCommandCall *call,
            gint64          id,
            LiaDraft       *draft,
            GError        **error)
{
  gint64 drafts;
  gint64 notices;

  if (!lia_db_get_int (call->db, &drafts, error, "SELECT count(*) FROM draft WHERE agent_id = $1 AND conversation_id = $2", "ii", call->agent_id, call->conversation_id) ||
      !lia_db_get_int (call->db, &notices, error, "SELECT count(*) FROM notice WHERE entry_seq = $1", "i", id))
    return FALSE;
  if (drafts > 0 || notices > 0)
    return TRUE;

  JsonObject *data = json_object_new ();
  json_object_set_object_member (data, "draft", lia_wire_encode_draft (draft));

  return lia_command_append (call, "draft.saved", 0, data, error) != 0;
}

gboolean
lia_command_message_cancel (LiaCommandCall *call,
                            GError        **error)
{
  g_autoptr (LiaDraft) draft = NULL;
  gboolean done = FALSE;
  gint64   id;

  if (!find_outbox (call, &id, error))
    return FALSE;
  if (!lia_outbox_take_back (call->db, id, &done, error))
    return FALSE;
  if (!done)
    return gone_already (error);

  draft = draft_of (call->db, id, error);
  if (draft == NULL || !lia_outbox_change_entry (call->db, id, "cancelled", NULL, error) || !save_draft (call, id, draft, error))
    return FALSE;
  json_object_set_object_member (call->answer, "draft", lia_wire_encode_draft (draft));

  return TRUE;
}

gboolean
lia_command_message_retry (LiaCommandCall *call,
                           GError        **error)
{
  gint64 id;

  if (!find_outbox (call, &id, error))
    return FALSE;
  if (!lia_db_exec (call->db, error,
                    "UPDATE outbox SET state = 'queued', phase = '', next_try = $1, attempts = 0, first_try = NULL WHERE id = $2"
                    " AND state IN ('failed', 'deferred', 'unconfirmed', 'partial')",
                    "ii", lia_time_now (), id))
    return FALSE;
  if (lia_db_changes (call->db) == 0)
    return gone_already (error);

  return lia_db_exec (call->db, error, "UPDATE outbox_recipient SET state = '' WHERE outbox_id = $1 AND state = 'refused'", "i", id) &&
         lia_outbox_change_entry (call->db, id, "queued", NULL, error);
}

gboolean
lia_command_message_settle (LiaCommandCall *call,
                            GError        **error)
{
  gint64 id;

  if (!find_outbox (call, &id, error))
    return FALSE;
  if (!lia_db_exec (call->db, error, "UPDATE outbox SET state = 'sent', next_try = 0, sent_at = $1, sent_copy = 'wanted' WHERE id = $2 AND state = 'unconfirmed'",
                    "ii", lia_time_now (), id))
    return FALSE;

  return lia_db_changes (call->db) > 0 ? lia_outbox_change_entry (call->db, id, "sent", NULL, error) : gone_already (error);
}

/** lia_command_message_after: on the main context: there is something for the outbox to do. */
void
lia_command_message_after (LiaCommandCall *call)
{
  lia_mail_hub_wake_outbox (lia_engine_get_mail (call->engine));
}
