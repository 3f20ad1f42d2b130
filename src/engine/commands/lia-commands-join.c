/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A caller reads out the code that her page shows: then we know where she is, and which chat is hers. Whose both are follows from what her site has
 * signed, or from what the agent says, never from what looks alike.
 */

#include "lia-commands-phone-private.h"

#include "lia-chat-hub-private.h"
#include "lia-id.h"
#include "lia-queries.h"

/* What is known before the transaction. */
typedef struct
{
  LiaChatVisitor *visitor;
  char           *code;
  char           *url;
  char           *title;
  gint64          entry; /* that tells of it already, or 0 */
} Join;

/* The two that are joined, as they stand in the store; 0 = none */
typedef struct
{
  gint64 call;
  gint64 call_conversation;
  gint64 call_customer;
  gint64 chat_conversation;
  gint64 chat_customer;
  gint64 call_is_all; /* whoever calls was nobody before this call */
} Sides;

static void
join_free (gpointer data)
{
  Join *join = data;

  lia_chat_visitor_unref (join->visitor);
  g_free (join->code);
  g_free (join->url);
  g_free (join->title);
  g_free (join);
}

/* Before the transaction ------------------------------------------------------------------------------------------------------------------ */

static char *
read_code (LiaCommandCall *call,
           GError        **error)
{
  const char *typed;
  char       *code;

  if (!lia_json_str (call->d, "code", LIA_JSON_REQUIRED, 64, &typed, error))
    return NULL;
  code = lia_chat_code_read (typed);
  if (code == NULL)
    lia_problem_set_invalid (error, "/code", "value", "A page code has six digits");

  return code;
}

/* Wrong ones are counted: a code is not to be found by trying. */
static LiaChatCode *
find_code (LiaCommandCall *call,
           const char     *uniqueid,
           GError        **error)
{
  LiaChatHub      *hub = lia_engine_get_chat (call->engine);
  g_autofree char *text = read_code (call, error);
  g_autofree char *agent = lia_id_format ("a", call->agent_id);
  LiaChatCode     *code = text != NULL ? lia_chat_codes_find (lia_chat_hub_get_codes (hub), text, g_get_monotonic_time () / 1000) : NULL;
  gboolean         known = code != NULL && g_strcmp0 (code->call, uniqueid) == 0;

  if (text == NULL || (!known && !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_GUESS, agent, error)))
    return NULL;
  if (code == NULL)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "No page shows this code now.");
  else if (!known && code->call != NULL)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "This code was read out in another call.");
  else
    return code;

  return NULL;
}

static Join *
new_join (const LiaChatCode *code)
{
  Join *join = g_new0 (Join, 1);

  join->visitor = lia_chat_visitor_ref (code->visitor);
  join->code = g_strdup (code->text);
  join->url = g_strdup (code->url);
  join->title = g_strdup (code->title);
  join->entry = code->entry;

  return join;
}

DexFuture *
lia_command_call_join_prepare (LiaCommandCall *call)
{
  GError      *error = NULL;
  LiaCall     *about = lia_command_phone_call (call, LIA_WHICH_MINE, &error);
  LiaChatCode *code = about != NULL ? find_code (call, about->uniqueid, &error) : NULL;

  if (code == NULL)
    return dex_future_new_for_error (error);
  call->free_after_data = join_free;

  return dex_future_new_for_pointer (new_join (code));
}

/* In it ----------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
read_row (LiaRows *rows,
          gint64  *first,
          gint64  *second,
          gint64  *third,
          GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      *first = lia_rows_int (rows, 0);
      *second = lia_rows_int (rows, 1);
      if (third != NULL)
        *third = lia_rows_int (rows, 2);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return *error == NULL;
}

static gboolean
read_sides (LiaCommandCall *call,
            Sides          *sides,
            GError        **error)
{
  const Join *join = call->after_data;
  g_autoptr (LiaRows) calls = NULL;
  g_autoptr (LiaRows) chats = NULL;
  const char *uniqueid;
  const char *pbx;
  gint64      channel_id = 0;
  GError     *failure = NULL;

  if (!lia_json_str (call->d, "call", LIA_JSON_REQUIRED, 128, &uniqueid, error) || !lia_json_str (call->d, "pbx", LIA_JSON_OPTIONAL, 32, &pbx, error))
    return FALSE;
  lia_id_parse (pbx, "h", &channel_id);
  calls = lia_db_query (call->db, &failure,
                        "SELECT k.seq, e.conversation_id, e.customer_id FROM call AS k JOIN entry AS e ON e.seq = k.seq "
                        "WHERE k.uniqueid = $1 AND ($2 = 0 OR k.channel_id = $2) ORDER BY k.seq DESC LIMIT 1",
                        "ti", uniqueid, channel_id);
  chats = lia_db_query (call->db, failure == NULL ? &failure : NULL,
                        "SELECT c.id, c.customer_id FROM chat_thread AS t JOIN conversation AS c ON c.id = t.conversation_id WHERE t.visitor = $1", "t",
                        join->visitor->visitor);
  if (!read_row (calls, &sides->call, &sides->call_conversation, &sides->call_customer, &failure) ||
      !read_row (chats, &sides->chat_conversation, &sides->chat_customer, NULL, &failure) ||
      !lia_db_get_int (call->db, &sides->call_is_all, &failure,
                       "SELECT NOT EXISTS (SELECT 1 FROM entry WHERE customer_id = $1 AND seq <> $2 AND kind NOT IN ('state', 'visit'))", "ii",
                       sides->call_customer, sides->call))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (sides->call == 0)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such call.");

  return sides->call != 0;
}

static void
set_id (JsonObject *d,
        const char *name,
        const char *prefix,
        gint64      id)
{
  g_autofree char *text = lia_id_format (prefix, id);

  if (id != 0)
    json_object_set_string_member (d, name, text);
}

/* An entry of the conversation: in the command's name, though it may be another conversation than the command's. */
static gint64
append (LiaCommandCall *call,
        gint64          conversation_id,
        LiaEntryKind    kind,
        JsonObject     *d,
        const char     *text,
        GError        **error)
{
  g_autoptr (JsonObject) details = d;
  g_autoptr (LiaEntry) entry = lia_command_new_entry (call, kind, error);
  gint64 before = call->conversation_id;
  gint64 seq;

  if (entry == NULL)
    return 0;
  g_free (entry->details);
  entry->details = lia_json_to_text (details);
  g_set_str (&entry->text, text);
  call->conversation_id = conversation_id;
  seq = lia_command_append_entry (call, entry, error);
  call->conversation_id = before;

  return seq;
}

/* On the call's side: what she looked at, and where she chats. */
static gint64
append_visit (LiaCommandCall *call,
              const Sides    *sides,
              GError        **error)
{
  const Join      *join = call->after_data;
  g_autofree char *text = g_strdup_printf ("%s\n%s", *join->title != '\0' ? join->title : join->url, join->url);
  JsonObject      *d = json_object_new ();

  json_object_set_string_member (d, "what", "page-code");
  json_object_set_string_member (d, "code", join->code);
  json_object_set_string_member (d, "url", join->url);
  json_object_set_string_member (d, "title", join->title);
  json_object_set_string_member (d, "name", join->visitor->name);
  json_object_set_string_member (d, "email", join->visitor->email);
  json_object_set_boolean_member (d, "verified", join->visitor->verified);
  if (sides->chat_conversation != sides->call_conversation)
    set_id (d, "conv", "c", sides->chat_conversation);

  return append (call, sides->call_conversation, LIA_ENTRY_VISIT, d, g_strstrip (text), error);
}

/* @customer_id: whose the conversation is now; 0 = it stays whose it is */
static gboolean
append_joined (LiaCommandCall *call,
               gint64          conversation_id,
               gint64          other_id,
               gint64          customer_id,
               GError        **error)
{
  const Join *join = call->after_data;
  JsonObject *d = json_object_new ();

  json_object_set_string_member (d, "what", "joined");
  json_object_set_string_member (d, "code", join->code);
  set_id (d, "conv", "c", other_id);
  set_id (d, "customer", "k", customer_id);

  return append (call, conversation_id, LIA_ENTRY_STATE, d, "", error) != 0;
}

static void
add_address (JsonArray  *addresses,
             const char *kind,
             const char *value)
{
  JsonObject *address = json_object_new ();

  json_object_set_string_member (address, "kind", kind);
  json_object_set_string_member (address, "value", value);
  json_array_add_object_element (addresses, address);
}

/* What she will write in the chat is this customer's, too. */
static gboolean
know_visitor (LiaCommandCall *call,
              gint64          customer_id,
              GError        **error)
{
  const Join *join = call->after_data;
  JsonObject *data = json_object_new ();
  JsonArray  *addresses = json_array_new ();
  gint64      before = call->conversation_id;
  gint64      seq;

  add_address (addresses, "chat", join->visitor->visitor);
  if (join->visitor->verified && lia_address_is_valid_email (join->visitor->email))
    add_address (addresses, "email", join->visitor->email);
  json_object_set_int_member (data, "customer", customer_id);
  json_object_set_array_member (data, "add_addresses", addresses);
  call->conversation_id = 0;
  seq = lia_command_append (call, "customer.changed", customer_id, data, error);
  call->conversation_id = before;

  return seq != 0;
}

/* The call's own record says whose it is, and why. */
static gboolean
know_caller (LiaCommandCall *call,
             const Sides    *sides,
             GError        **error)
{
  g_autoptr (JsonObject) d = lia_command_entry_details (call, sides->call, error);
  JsonObject *set;

  if (d == NULL)
    return FALSE;
  set_id (d, "customer", "k", sides->chat_customer);
  json_object_set_string_member (d, "match", "exact");
  json_object_set_string_member (d, "match_reason", "page-code");
  set = json_object_new ();
  json_object_set_object_member (set, "d", g_steal_pointer (&d));

  return lia_command_change_entry (call, sides->call, set, error);
}

/* Who was nobody before joins who is known: a caller of whom nothing else is known becomes whom the site has signed, else who chats becomes the caller. */
static gboolean
make_same (LiaCommandCall *call,
           const Sides    *sides,
           gint64         *customer_id,
           GError        **error)
{
  const Join *join = call->after_data;

  *customer_id = sides->call_customer;
  if (sides->chat_customer == sides->call_customer)
    return TRUE;
  if (sides->chat_customer == 0)
    return know_visitor (call, sides->call_customer, error);
  if (sides->call_is_all && join->visitor->verified)
    {
      *customer_id = sides->chat_customer;
      return append_joined (call, sides->call_conversation, sides->chat_conversation, sides->chat_customer, error) && know_caller (call, sides, error);
    }

  return know_visitor (call, sides->call_customer, error) &&
         append_joined (call, sides->chat_conversation, sides->call_conversation, sides->call_customer, error);
}

static void
answer (LiaCommandCall *call,
        const Sides    *sides,
        gint64          entry,
        gint64          customer_id,
        gboolean        same)
{
  const Join *join = call->after_data;

  lia_command_answer_id (call, "entry", "e", entry);
  lia_command_answer_id (call, "customer", "k", customer_id);
  if (sides->chat_conversation != 0)
    lia_command_answer_id (call, "conv", "c", sides->chat_conversation);
  json_object_set_boolean_member (call->answer, "same", same);
  json_object_set_boolean_member (call->answer, "verified", join->visitor->verified);
  json_object_set_string_member (call->answer, "name", join->visitor->name);
  json_object_set_string_member (call->answer, "email", join->visitor->email);
  json_object_set_string_member (call->answer, "url", join->url);
  json_object_set_string_member (call->answer, "title", join->title);
}

/** lia_command_call_join: `call.join`: see the head of this file. */
gboolean
lia_command_call_join (LiaCommandCall *call,
                       GError        **error)
{
  const Join *join = call->after_data;
  Sides       sides = { 0 };
  gint64      entry = join->entry;
  gint64      customer_id;
  gboolean    same = FALSE;

  if (!lia_json_bool (call->d, "same", LIA_JSON_OPTIONAL, &same, error) || !read_sides (call, &sides, error))
    return FALSE;
  same = same || join->visitor->verified || sides.chat_customer == sides.call_customer;
  if (entry == 0)
    {
      entry = append_visit (call, &sides, error);
      if (entry == 0 || (sides.chat_conversation != 0 && sides.chat_conversation != sides.call_conversation &&
                         !append_joined (call, sides.chat_conversation, sides.call_conversation, 0, error)))
        return FALSE;
    }
  customer_id = sides.call_customer;
  if (same && !make_same (call, &sides, &customer_id, error))
    return FALSE;
  answer (call, &sides, entry, customer_id, same);

  return TRUE;
}

/** lia_command_call_join_after: the code is this call's alone, and she is told. */
void
lia_command_call_join_after (LiaCommandCall *call)
{
  LiaChatHub  *hub = lia_engine_get_chat (call->engine);
  const Join  *join = call->after_data;
  LiaChatCode *code = join != NULL ? lia_chat_codes_find (lia_chat_hub_get_codes (hub), join->code, g_get_monotonic_time () / 1000) : NULL;
  const char  *uniqueid;
  const char  *entry;

  if (code == NULL || !lia_json_str (call->d, "call", LIA_JSON_REQUIRED, 128, &uniqueid, NULL) ||
      !lia_json_str (call->answer, "entry", LIA_JSON_REQUIRED, 32, &entry, NULL))
    return;
  g_set_str (&code->call, uniqueid);
  lia_id_parse (entry, "e", &code->entry);
  lia_chat_hub_tell_joined (hub, join->visitor->visitor);
}
