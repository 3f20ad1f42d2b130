/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What agents do with a conversation. Each change of its state is an entry on its timeline. What is so already is answered without an entry, so
 * that a double click leaves one.
 */

#include "lia-commands-table.h"

#include "lia-id.h"
#include "lia-queries.h"
#include "lia-response-uses.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#define MAX_NOTE_BYTES (256 * 1024)
#define MAX_TAGS 20
#define MAX_TAG_BYTES 64
#define MAX_SUBJECT_BYTES 1000
#define MAX_LANGUAGE_BYTES 35

static LiaConversation *
get_conversation (LiaCommandCall *call,
                  GError        **error)
{
  return lia_query_conversation (call->db, call->agent_id, call->conversation_id, error);
}

/* The details of a state entry with everything null but what happened. */
static JsonObject *
new_details (LiaConversation *conversation,
             const char      *what,
             const char      *to)
{
  JsonObject *d = json_object_new ();

  json_object_set_string_member (d, "what", what);
  json_object_set_string_member (d, "from", lia_conversation_state_to_string (conversation->state));
  lia_json_set_str (d, "to", to);
  json_object_set_null_member (d, "assignee");
  json_object_set_null_member (d, "tag");
  json_object_set_null_member (d, "until");
  return d;
}

/* @d: (transfer full) */
static gboolean
append_state (LiaCommandCall *call,
              JsonObject     *d,
              GError        **error)
{
  g_autoptr (JsonObject) owned = d;
  g_autoptr (LiaEntry) entry = lia_command_new_entry (call, LIA_ENTRY_STATE, error);

  if (entry == NULL)
    return FALSE;

  g_free (entry->details);
  entry->details = lia_json_to_text (owned);
  return lia_command_append_entry (call, entry, error) != 0;
}

gboolean
lia_command_note_add (LiaCommandCall *call,
                      GError        **error)
{
  g_autoptr (LiaDraft) note = NULL;
  g_autoptr (LiaEntry) entry = NULL;
  g_autoptr (JsonArray) canned = NULL;
  const char *body;
  gint64      total;
  gint64      seq;

  if (!lia_json_str (call->d, "body", LIA_JSON_REQUIRED, MAX_NOTE_BYTES, &body, error))
    return FALSE;
  note = lia_wire_decode_draft (call->d, error);
  if (note == NULL || !lia_command_complete_attachments (call, note->attachments, &total, error) ||
      !lia_response_uses_read (call->d, &canned, error))
    return FALSE;
  if (body[strspn (body, " \t\r\n")] == '\0' && note->attachments->len == 0)
    {
      lia_problem_set_invalid (error, "/body", "missing", "The note is empty");
      return FALSE;
    }

  entry = lia_command_new_entry (call, LIA_ENTRY_NOTE, error);
  if (entry == NULL)
    return FALSE;
  g_free (entry->text);
  entry->text = g_strdup (body);
  g_clear_pointer (&entry->attachments, g_ptr_array_unref);
  entry->attachments = g_ptr_array_ref (note->attachments);
  g_free (entry->details);
  entry->details = lia_response_uses_tell (canned);
  seq = lia_command_append_entry_with (call, entry, lia_response_uses_keep (canned), error);
  if (seq == 0 || !lia_response_uses_count (call->db, seq, error))
    return FALSE;

  lia_command_answer_id (call, "entry", "e", seq);
  return TRUE;
}

/* The customer of an address; a new one where it is not known. */
static gint64
find_or_make_customer (LiaCommandCall *call,
                       const char     *name,
                       const char     *address,
                       GError        **error)
{
  g_autoptr (GError) failure = NULL;
  gint64      id = lia_query_customer_by_address (call->db, "email", address, &failure);
  JsonObject *data;
  JsonObject *one;
  JsonArray  *addresses;

  if (failure != NULL && !g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return 0;
    }
  if (id > 0)
    return id;

  one = json_object_new ();
  json_object_set_string_member (one, "kind", "email");
  json_object_set_string_member (one, "value", address);
  addresses = json_array_new ();
  json_array_add_object_element (addresses, one);
  data = json_object_new ();
  json_object_set_string_member (data, "name", name != NULL ? name : "");
  json_object_set_string_member (data, "org", "");
  json_object_set_string_member (data, "lang", "");
  json_object_set_array_member (data, "addresses", addresses);
  return lia_command_append (call, "customer.created", 0, data, error);
}

static gboolean
read_queue (LiaCommandCall *call,
            gint64         *queue_id,
            GError        **error)
{
  const char *text;
  gint64      n = 0;

  if (!lia_json_str (call->d, "queue", LIA_JSON_OPTIONAL, 32, &text, error))
    return FALSE;
  if (text == NULL)
    return lia_db_get_int (call->db, queue_id, error, "SELECT id FROM queue ORDER BY id LIMIT 1", "");

  if (lia_id_parse (text, "q", queue_id) &&
      lia_db_get_int (call->db, &n, NULL, "SELECT count(*) FROM queue WHERE id = $1", "i", *queue_id) && n == 1)
    return TRUE;

  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such queue.");
  return FALSE;
}

gboolean
lia_command_conversation_create (LiaCommandCall *call,
                                 GError        **error)
{
  JsonObject *customer;
  JsonObject *data;
  const char *name;
  const char *address;
  const char *subject;
  gint64      queue_id;
  gint64      customer_id;
  gint64      id;

  if (!lia_json_obj (call->d, "customer", LIA_JSON_REQUIRED, &customer, error) ||
      !lia_json_str (call->d, "subject", LIA_JSON_OPTIONAL, MAX_SUBJECT_BYTES, &subject, error) ||
      !read_queue (call, &queue_id, error))
    return FALSE;
  if (!lia_json_str (customer, "name", LIA_JSON_OPTIONAL, 200, &name, error) ||
      !lia_json_str (customer, "address", LIA_JSON_REQUIRED, 320, &address, error))
    {
      lia_problem_prefix (error, "customer", -1);
      return FALSE;
    }
  if (!lia_address_is_valid_email (address))
    {
      lia_problem_set_invalid (error, "/customer/address", "address", "“%s” is not an e-mail address", address);
      return FALSE;
    }

  call->conversation_id = 0;
  customer_id = find_or_make_customer (call, name, address, error);
  if (customer_id == 0)
    return FALSE;

  data = json_object_new ();
  json_object_set_string_member (data, "subject", subject != NULL ? subject : "");
  json_object_set_string_member (data, "channel", "email");
  json_object_set_int_member (data, "queue", queue_id);
  id = lia_command_append (call, "conversation.created", customer_id, data, error);
  if (id == 0)
    return FALSE;

  lia_command_answer_id (call, "conversation", "c", id);
  return TRUE;
}

static gboolean
assign (LiaCommandCall  *call,
        LiaConversation *conversation,
        gint64           agent_id,
        GError         **error)
{
  g_autofree char *agent = lia_id_format ("a", agent_id);
  JsonObject      *d;

  if (g_strcmp0 (conversation->assignee, agent) == 0)
    return TRUE;

  d = new_details (conversation, "assigned", NULL);
  json_object_set_string_member (d, "assignee", agent);
  return append_state (call, d, error);
}

gboolean
lia_command_conversation_take (LiaCommandCall *call,
                               GError        **error)
{
  g_autoptr (LiaConversation) conversation = get_conversation (call, error);
  g_autofree char *me = lia_id_format ("a", call->agent_id);

  if (conversation == NULL)
    return FALSE;
  if (conversation->assignee == NULL || call->force || g_str_equal (conversation->assignee, me))
    return assign (call, conversation, call->agent_id, error);

  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "A colleague has this conversation.");
  return FALSE;
}

gboolean
lia_command_conversation_assign (LiaCommandCall *call,
                                 GError        **error)
{
  g_autoptr (LiaConversation) conversation = NULL;
  g_autoptr (LiaAgent) agent = NULL;
  gint64 agent_id;

  if (!lia_command_id (call, "agent", "a", &agent_id, error))
    return FALSE;
  agent = lia_workspace_agent (call->db, agent_id, error);
  conversation = agent != NULL ? get_conversation (call, error) : NULL;
  return conversation != NULL && assign (call, conversation, agent_id, error);
}

gboolean
lia_command_conversation_release (LiaCommandCall *call,
                                  GError        **error)
{
  g_autoptr (LiaConversation) conversation = get_conversation (call, error);

  if (conversation == NULL)
    return FALSE;
  return conversation->assignee == NULL || append_state (call, new_details (conversation, "released", NULL), error);
}

/** lia_command_conversation_move: into another queue; who has it keeps it. */
gboolean
lia_command_conversation_move (LiaCommandCall *call,
                               GError        **error)
{
  g_autoptr (LiaConversation) conversation = NULL;
  g_autofree char *queue = NULL;
  g_autofree char *name = NULL;
  gint64           queue_id;
  JsonObject      *d;

  if (!lia_command_id (call, "queue", "q", &queue_id, error))
    return FALSE;
  name = lia_db_get_text (call->db, error, "SELECT name FROM queue WHERE id = $1", "i", queue_id);
  conversation = name != NULL ? get_conversation (call, error) : NULL;
  if (conversation == NULL)
    return FALSE;
  queue = lia_id_format ("q", queue_id);
  if (g_strcmp0 (conversation->queue, queue) == 0)
    return TRUE;

  d = new_details (conversation, "moved", NULL);
  json_object_set_string_member (d, "queue", queue);
  json_object_set_string_member (d, "queue_name", name);
  return append_state (call, d, error);
}

gboolean
lia_command_conversation_snooze (LiaCommandCall *call,
                                 GError        **error)
{
  g_autoptr (LiaConversation) conversation = NULL;
  JsonObject *d;
  gint64      until_ms;

  if (!lia_json_time (call->d, "until", LIA_JSON_REQUIRED, &until_ms, error))
    return FALSE;
  if (until_ms <= lia_time_now ())
    {
      lia_problem_set_invalid (error, "/until", "range", "The time has passed already");
      return FALSE;
    }
  conversation = get_conversation (call, error);
  if (conversation == NULL)
    return FALSE;

  d = new_details (conversation, "snoozed", "snoozed");
  lia_json_set_time (d, "until", until_ms);
  return append_state (call, d, error);
}

gboolean
lia_command_conversation_close (LiaCommandCall *call,
                                GError        **error)
{
  g_autoptr (LiaConversation) conversation = get_conversation (call, error);

  if (conversation == NULL)
    return FALSE;
  return conversation->state == LIA_CONVERSATION_CLOSED || append_state (call, new_details (conversation, "closed", "closed"), error);
}

gboolean
lia_command_conversation_reopen (LiaCommandCall *call,
                                 GError        **error)
{
  g_autoptr (LiaConversation) conversation = get_conversation (call, error);

  if (conversation == NULL)
    return FALSE;
  return conversation->state == LIA_CONVERSATION_OPEN || append_state (call, new_details (conversation, "reopened", "open"), error);
}

/* Trimmed, without empty ones and repeats. */
static JsonArray *
read_tags (LiaCommandCall *call,
           GError        **error)
{
  g_autoptr (JsonArray) tags = json_array_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray  *given;
  const char *tag;

  if (!lia_json_arr (call->d, "tags", LIA_JSON_REQUIRED, MAX_TAGS, &given, error))
    return NULL;

  for (guint i = 0; i < json_array_get_length (given); i++)
    {
      g_autofree char *trimmed = NULL;

      if (!lia_json_arr_str (given, i, MAX_TAG_BYTES, &tag, error))
        {
          lia_problem_prefix (error, "tags", i);
          return NULL;
        }
      trimmed = g_strstrip (g_strdup (tag));
      if (trimmed[0] == '\0' || g_hash_table_contains (known, trimmed))
        continue;
      json_array_add_string_element (tags, trimmed);
      g_hash_table_add (known, g_steal_pointer (&trimmed));
    }
  return g_steal_pointer (&tags);
}

gboolean
lia_command_conversation_tag (LiaCommandCall *call,
                              GError        **error)
{
  g_autoptr (LiaConversation) conversation = NULL;
  g_autoptr (JsonArray) tags = read_tags (call, error);
  JsonObject *d;

  if (tags == NULL)
    return FALSE;
  conversation = get_conversation (call, error);
  if (conversation == NULL)
    return FALSE;

  d = new_details (conversation, "tagged", NULL);
  json_object_set_array_member (d, "tags", g_steal_pointer (&tags));
  return append_state (call, d, error);
}

/* A tag as RFC 5646 has them, or "" */
static gboolean
read_language (LiaCommandCall *call,
               const char    **language,
               GError        **error)
{
  if (!lia_json_str (call->d, "language", LIA_JSON_REQUIRED, MAX_LANGUAGE_BYTES, language, error))
    return FALSE;
  if (**language == '\0' || g_regex_match_simple ("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\\z", *language, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
    return TRUE;

  lia_problem_set_invalid (error, "/language", "value", "“%s” is not a language", *language);

  return FALSE;
}

gboolean
lia_command_conversation_language (LiaCommandCall *call,
                                   GError        **error)
{
  g_autoptr (LiaConversation) conversation = NULL;
  const char *language;
  JsonObject *d;

  if (!read_language (call, &language, error))
    return FALSE;
  conversation = get_conversation (call, error);
  if (conversation == NULL)
    return FALSE;
  if (conversation->language_set == (*language != '\0') && (*language == '\0' || g_str_equal (conversation->language, language)))
    return TRUE;

  d = new_details (conversation, "language", NULL);
  json_object_set_string_member (d, "language", language);
  return append_state (call, d, error);
}

gboolean
lia_command_conversation_read (LiaCommandCall *call,
                               GError        **error)
{
  JsonObject *data;
  gint64      seq;
  gint64      before = 0;

  if (!lia_json_int (call->d, "seq", LIA_JSON_REQUIRED, 0, G_MAXINT64, &seq, error))
    return FALSE;

  /* Clients tell it as one scrolls: only what is new is worth an event. */
  if (lia_db_get_int (call->db, &before, NULL, "SELECT seq FROM conversation_read WHERE agent_id = $1 AND conversation_id = $2", "ii",
                      call->agent_id, call->conversation_id) &&
      (before == seq || (seq != 0 && before > seq)))
    return TRUE;

  data = json_object_new ();
  json_object_set_int_member (data, "seq", seq);
  return lia_command_append (call, "conversation.read", 0, data, error) != 0;
}
