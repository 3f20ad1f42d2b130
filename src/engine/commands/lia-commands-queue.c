/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Queues and agents as they are set up, pausing others, and calls that are promised. */

#include "lia-commands-table.h"

#include "lia-id.h"
#include "lia-phone-hub.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#define DAY_S 86400
#define MAX_NAME_BYTES 200

/* A field that may be given, and what it is called in the journal. */
typedef struct
{
  const char *name;
  const char *as;
  gint64      max_s; /* 0 = a text */
} Field;

static gboolean
copy_field (const Field *field,
            JsonObject  *from,
            JsonObject  *to,
            GError     **error)
{
  const char *text;
  gint64      seconds;

  if (!json_object_has_member (from, field->name))
    return TRUE;

  if (field->max_s == 0)
    {
      if (!lia_json_str (from, field->name, LIA_JSON_REQUIRED, MAX_NAME_BYTES, &text, error))
        return FALSE;
      json_object_set_string_member (to, field->as, text);
      return TRUE;
    }
  if (!lia_json_int (from, field->name, LIA_JSON_REQUIRED, 0, field->max_s, &seconds, error))
    return FALSE;
  json_object_set_int_member (to, field->as, seconds * 1000);

  return TRUE;
}

/* Which one is meant; 0 for a new one, which needs a name. */
static gboolean
read_which (LiaCommandCall *call,
            const char     *member,
            const char     *prefix,
            const char     *count,
            gint64         *id,
            GError        **error)
{
  const char *name;
  gint64      n = 0;

  *id = 0;
  if (!json_object_has_member (call->d, member))
    return lia_json_str (call->d, "name", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &name, error);

  if (!lia_command_id (call, member, prefix, id, error) || !lia_db_get_int (call->db, &n, error, count, "i", *id))
    return FALSE;
  if (n == 0)
    g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such %s.", member);

  return n > 0;
}

static gboolean
save (LiaCommandCall *call,
      const char     *kind,
      const char     *member,
      const char     *prefix,
      gint64          id,
      JsonObject     *data,
      GError        **error)
{
  gint64 seq;

  if (id != 0)
    json_object_set_int_member (data, member, id);
  seq = lia_command_append (call, kind, 0, json_object_ref (data), error);
  if (seq == 0)
    return FALSE;
  lia_command_answer_id (call, member, prefix, id != 0 ? id : seq);

  return TRUE;
}

static gboolean
check_word (JsonObject        *d,
            const char        *member,
            const char *const *words,
            GError           **error)
{
  g_autofree char *pointer = g_strconcat ("/", member, NULL);
  const char      *word;

  if (!lia_json_str (d, member, LIA_JSON_OPTIONAL, 32, &word, error))
    return FALSE;
  if (word == NULL || g_strv_contains (words, word))
    return TRUE;
  lia_problem_set_invalid (error, pointer, "value", "“%s” is not possible here", word);

  return FALSE;
}

/* In one form, however they were typed; null is that nobody says when it is open. */
static gboolean
copy_hours (JsonObject *from,
            JsonObject *to,
            GError    **error)
{
  g_autoptr (LiaHours) hours = NULL;
  JsonObject *given;

  if (!json_object_has_member (from, "hours"))
    return TRUE;
  if (!lia_json_obj (from, "hours", LIA_JSON_OPTIONAL, &given, error))
    return FALSE;
  if (given == NULL)
    {
      json_object_set_null_member (to, "hours");
      return TRUE;
    }

  hours = lia_wire_decode_hours (given, error);
  if (hours == NULL)
    {
      lia_problem_prefix (error, "hours", -1);
      return FALSE;
    }
  json_object_set_object_member (to, "hours", lia_wire_encode_hours (hours));

  return TRUE;
}

gboolean
lia_command_queue_save (LiaCommandCall *call,
                        GError        **error)
{
  static const Field fields[] = {
    { "name", "name" },
    { "first_target_s", "first_target_ms", 30 * DAY_S },
    { "next_target_s", "next_target_ms", 30 * DAY_S },
    { "phone_name", "phone_name" },
    { "service_target_s", "service_target_ms", DAY_S },
    { "short_s", "short_ms", DAY_S },
    { "service_level", "service_level" },
    { "wrapup_s", "wrapup_ms", DAY_S },
    { "callback_target_s", "callback_target_ms", 30 * DAY_S },
  };
  static const char *const levels[] = { "ignore", "negative", "positive", NULL };
  g_autoptr (JsonObject) data = json_object_new ();
  const char *channel;
  gint64      channel_id = 0;
  gint64      id;

  if (!read_which (call, "queue", "q", "SELECT count(*) FROM queue WHERE id = $1", &id, error) ||
      !check_word (call->d, "service_level", levels, error) || !copy_hours (call->d, data, error) ||
      !lia_json_str (call->d, "phone_channel", LIA_JSON_OPTIONAL, 32, &channel, error))
    return FALSE;
  if (id == 0)
    json_object_set_int_member (data, "wrapup_ms", LIA_QUEUE_NEW_WRAPUP_MS);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!copy_field (&fields[i], call->d, data, error))
        return FALSE;
    }
  if (channel != NULL)
    {
      lia_id_parse (channel, "h", &channel_id);
      json_object_set_int_member (data, "phone_channel", channel_id);
    }

  return save (call, "queue.changed", "queue", "q", id, data, error);
}

gboolean
lia_command_agent_save (LiaCommandCall *call,
                        GError        **error)
{
  static const Field fields[] = {
    { "name", "name" },
    { "address", "address" },
    { "role", "role" },
    { "phone", "phone" },
    { "extension", "extension" },
    { "member", "member" },
  };
  static const char *const roles[] = { "agent", "supervisor", "admin", NULL };
  g_autoptr (JsonObject) data = json_object_new ();
  gint64 id;

  if (!read_which (call, "agent", "a", "SELECT count(*) FROM agent WHERE id = $1", &id, error) || !check_word (call->d, "role", roles, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!copy_field (&fields[i], call->d, data, error))
        return FALSE;
    }
  if (!lia_command_copy_chats (call->d, data, error))
    return FALSE;
  if (id == 0)
    json_object_set_string_member (data, "availability", "offline");

  return save (call, "agent.changed", "agent", "a", id, data, error);
}

void
lia_command_phone_reload_after (LiaCommandCall *call)
{
  lia_phone_hub_reload (lia_engine_get_phone (call->engine));
}

static const char *
state_asked (LiaCommandCall *call)
{
  gboolean on = FALSE;

  lia_json_bool (call->d, "on", LIA_JSON_OPTIONAL, &on, NULL);

  return on ? "paused" : "available";
}

gboolean
lia_command_queue_pause_agent (LiaCommandCall *call,
                               GError        **error)
{
  g_autoptr (LiaAgent) agent = NULL;
  const char *reason;
  gboolean    on;
  gint64      id;

  if (!lia_command_id (call, "agent", "a", &id, error) || !lia_json_bool (call->d, "on", LIA_JSON_REQUIRED, &on, error) ||
      !lia_json_str (call->d, "reason", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &reason, error) || (agent = lia_workspace_agent (call->db, id, error)) == NULL)
    return FALSE;

  return lia_command_say_availability (call, agent, state_asked (call), on && reason != NULL ? reason : "", error);
}

void
lia_command_queue_pause_agent_after (LiaCommandCall *call)
{
  const char *agent = "";
  const char *reason = NULL;

  lia_json_str (call->d, "agent", LIA_JSON_REQUIRED, 32, &agent, NULL);
  lia_json_str (call->d, "reason", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &reason, NULL);
  lia_phone_hub_set_availability (lia_engine_get_phone (call->engine), agent, state_asked (call), reason != NULL ? reason : "");
}

/* Who promises has to keep it, unless the conversation is a colleague's. */
static gboolean
own_unowned (LiaCommandCall *call,
             GError        **error)
{
  g_autoptr (LiaConversation) conversation = lia_query_conversation (call->db, call->agent_id, call->conversation_id, error);

  return conversation != NULL && (conversation->assignee != NULL || lia_command_conversation_take (call, error));
}

/** lia_command_promise_call: an entry that waits, as a missed call does, and is due when it was promised. Its number, or 0 with @error. */
gint64
lia_command_promise_call (LiaCommandCall *call,
                          gint64          due_ms,
                          const char     *number,
                          const char     *reason,
                          GError        **error)
{
  static const char *const of_the_store[] = { "id", "seq", "conv", "d" };
  g_autoptr (LiaEntry) entry = lia_command_new_entry (call, LIA_ENTRY_PROMISE, error);
  JsonObject *data;
  JsonObject *d;
  JsonObject *x;

  if (entry == NULL)
    return 0;

  d = json_object_new ();
  json_object_set_string_member (d, "what", "callback");
  lia_json_set_time (d, "due", due_ms);
  json_object_set_string_member (d, "number", number != NULL ? number : "");
  json_object_set_string_member (d, "reason", reason != NULL ? reason : "");
  json_object_set_boolean_member (d, "settled", FALSE);
  x = json_object_new ();
  json_object_set_int_member (x, "target_ms", MAX (due_ms - entry->at_ms, 1));
  data = lia_wire_encode_entry (entry);
  for (guint i = 0; i < G_N_ELEMENTS (of_the_store); i++)
    json_object_remove_member (data, of_the_store[i]);
  json_object_set_object_member (data, "d", d);
  json_object_set_object_member (data, "x", x);

  return lia_command_append (call, "entry.added", 0, data, error);
}

/** lia_command_callback_create: whoever promises has to keep it. */
gboolean
lia_command_callback_create (LiaCommandCall *call,
                             GError        **error)
{
  const char *number;
  const char *reason;
  gint64      due_ms;
  gint64      seq;

  if (!lia_json_time (call->d, "due", LIA_JSON_REQUIRED, &due_ms, error) ||
      !lia_json_str (call->d, "number", LIA_JSON_OPTIONAL, 64, &number, error) ||
      !lia_json_str (call->d, "reason", LIA_JSON_OPTIONAL, 1000, &reason, error) ||
      (seq = lia_command_promise_call (call, due_ms, number, reason, error)) == 0)
    return FALSE;
  lia_command_answer_id (call, "entry", "e", seq);

  return own_unowned (call, error);
}
