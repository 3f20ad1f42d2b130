/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * frame -> look up in the table -> (prepare) -> one write transaction: same key? role, version, what is newer, run, keep the answer -> (after)
 *
 * A command that failed is not kept under its key: it may be sent again, changed (force) or not. One that was done answers the same for ever
 * (seven days), whatever happened since.
 */

#include "lia-commands.h"

#include "lia-async.h"
#include "lia-commands-table.h"
#include "lia-http-call.h"
#include "lia-id.h"
#include "lia-idempotency.h"
#include "lia-json-text.h"
#include "lia-queries.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#define MAX_KEY_BYTES 64
#define MAX_STALE 50

typedef struct
{
  gatomicrefcount   ref_count;
  LiaEngine        *engine;
  JsonObject       *frame;
  const LiaCommand *command;
  LiaCommandCall    call;
  char             *body_hash;
  gboolean          known; /* the key has been used for just this: the answer is an old one */
} Run;

static Run *
run_ref (Run *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
run_unref (Run *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->call.after_data != NULL && self->call.free_after_data != NULL)
    self->call.free_after_data (self->call.after_data);
  g_object_unref (self->engine);
  json_object_unref (self->frame);
  g_clear_pointer (&self->call.d, json_object_unref);
  g_clear_pointer (&self->call.answer, json_object_unref);
  g_clear_pointer (&self->call.stale_entries, g_ptr_array_unref);
  g_clear_pointer (&self->call.current, json_object_unref);
  g_free (self->body_hash);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_unref)

/* What was asked ------------------------------------------------------------------------------------------------------------------------- */

static char *
hash_body (const char *name,
           const char *conversation,
           JsonObject *d)
{
  g_autofree char *text = lia_json_to_text (d);
  g_autofree char *body = g_strjoin ("\n", name, conversation != NULL ? conversation : "", text, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, body, -1);
}

static gboolean
find_command (Run        *self,
              const char *name,
              GError    **error)
{
  gsize             n_commands;
  const LiaCommand *commands = lia_commands_list (&n_commands);

  for (gsize i = 0; i < n_commands; i++)
    if (g_str_equal (commands[i].name, name))
      self->command = &commands[i];

  if (self->command == NULL)
    lia_problem_set_invalid (error, "/k", "unknown", "There is no command “%s”", name);
  return self->command != NULL;
}

static gboolean
read_conversation_id (Run        *self,
                      const char *conversation,
                      GError    **error)
{
  if (conversation == NULL)
    {
      if (self->command->needs_conversation)
        lia_problem_set_invalid (error, "/conv", "missing", "“conv” is missing");
      return !self->command->needs_conversation;
    }
  if (lia_id_parse (conversation, "c", &self->call.conversation_id))
    return TRUE;

  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such conversation.");
  return FALSE;
}

static gboolean
read_frame (Run     *self,
            GError **error)
{
  LiaCommandCall *call = &self->call;
  JsonObject     *frame = self->frame;
  JsonObject     *d;
  const char     *name;
  const char     *conversation;

  if (!lia_json_str (frame, "key", LIA_JSON_REQUIRED, MAX_KEY_BYTES, &call->key, error) ||
      !lia_json_str (frame, "k", LIA_JSON_REQUIRED, 64, &name, error) ||
      !lia_json_str (frame, "conv", LIA_JSON_OPTIONAL, 32, &conversation, error) ||
      !lia_json_int (frame, "ver", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &call->ver, error) ||
      !lia_json_int (frame, "seen", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &call->seen, error) ||
      !lia_json_bool (frame, "force", LIA_JSON_OPTIONAL, &call->force, error) ||
      !lia_json_obj (frame, "d", LIA_JSON_OPTIONAL, &d, error) ||
      !find_command (self, name, error) ||
      !read_conversation_id (self, conversation, error))
    return FALSE;

  if (call->key[0] == '\0')
    {
      lia_problem_set_invalid (error, "/key", "missing", "“key” is empty");
      return FALSE;
    }
  call->d = d != NULL ? json_object_ref (d) : json_object_new ();
  self->body_hash = hash_body (name, conversation, call->d);
  return TRUE;
}

/* On a store thread ---------------------------------------------------------------------------------------------------------------------- */

static gboolean
look_up_key (Run     *self,
             LiaDb   *db,
             char   **answer,
             GError **error)
{
  LiaIdempotency verdict;

  if (!lia_idempotency_find (db, self->call.agent_id, self->call.key, self->body_hash, &verdict, answer, error))
    return FALSE;

  self->known = verdict == LIA_IDEMPOTENCY_REPEATED;
  if (verdict != LIA_IDEMPOTENCY_REUSED)
    return TRUE;

  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_IDEMPOTENCY_KEY_REUSED, "This key was used for another command.");
  return FALSE;
}

static int
rank (const char *role)
{
  if (g_strcmp0 (role, "admin") == 0)
    return 3;
  return g_strcmp0 (role, "supervisor") == 0 ? 2 : 1;
}

static gboolean
check_role (Run     *self,
            LiaDb   *db,
            GError **error)
{
  g_autoptr (LiaAgent) agent = lia_workspace_agent (db, self->call.agent_id, error);

  if (agent == NULL)
    return FALSE;
  if (rank (agent->role) >= rank (self->command->role))
    return TRUE;

  g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "This is for the role %s.", self->command->role);
  return FALSE;
}

static gboolean
check_newer (Run     *self,
             LiaDb   *db,
             GError **error)
{
  LiaCommandCall *call = &self->call;
  g_autoptr (LiaEntryPage) page = NULL;

  if (call->seen == 0 || call->force)
    return TRUE;

  page = lia_query_entries_after (db, call->conversation_id, call->seen, call->agent_id, MAX_STALE, error);
  if (page == NULL)
    return FALSE;
  if (page->entries->len == 0)
    return TRUE;

  call->stale_entries = g_ptr_array_ref (page->entries);
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_STALE_VIEW, "There is something newer in this conversation.");
  return FALSE;
}

static gboolean
check_conversation (Run     *self,
                    LiaDb   *db,
                    GError **error)
{
  g_autoptr (LiaConversation) conversation = NULL;

  if (self->call.conversation_id == 0)
    return TRUE;

  conversation = lia_query_conversation (db, self->call.agent_id, self->call.conversation_id, error);
  if (conversation == NULL)
    return FALSE;
  if (self->call.ver == 0 || self->call.ver == conversation->ver)
    return check_newer (self, db, error);

  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "Somebody changed this conversation meanwhile.");
  return FALSE;
}

static gboolean
keep_answer (Run     *self,
             LiaDb   *db,
             char   **answer,
             GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 head = lia_query_head (db, error);

  if (head < 0)
    return FALSE;

  lia_json_text_begin (text, NULL);
  lia_json_text_add_str (text, "key", self->call.key);
  lia_json_text_add_int (text, "seq", head);
  lia_json_text_add_object (text, "d", json_object_ref (self->call.answer));
  lia_json_text_end (text);

  if (!lia_idempotency_keep (db, self->call.agent_id, self->call.key, self->body_hash, text->str, error))
    return FALSE;
  *answer = g_strdup (text->str);
  return TRUE;
}

/* The newer state goes with the refusal, so that the asker need not ask again. */
static void
note_current (Run          *self,
              LiaDb        *db,
              const GError *error)
{
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT) && self->call.current == NULL && self->call.conversation_id != 0)
    {
      g_autoptr (LiaConversation) conversation = lia_query_conversation (db, self->call.agent_id, self->call.conversation_id, NULL);

      self->call.current = conversation != NULL ? lia_wire_encode_conversation (conversation) : NULL;
    }
  else if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_STALE_VIEW) && self->call.stale_entries != NULL)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      lia_json_text_begin (text, NULL);
      lia_json_text_add_list (text, "entries", self->call.stale_entries);
      lia_json_text_end (text);
      self->call.current = lia_json_parse (text->str, text->len, G_MAXSIZE, NULL);
    }
}

/* Pointers of the handlers begin in `d`. */
static gboolean
run_handler (Run     *self,
             GError **error)
{
  if (self->command->run (&self->call, error))
    return !self->command->is_audited || lia_command_note_audit (&self->call, self->command->name, error);

  lia_problem_prefix (error, "d", -1);
  return FALSE;
}

/*
 * What goes out has its draft's key. The draft goes with it, in the same transaction; also when a repeat finds that it went, as it may have been
 * saved again meanwhile by whoever got no answer.
 */
static gboolean
delete_draft (Run     *self,
              GError **error)
{
  return self->call.conversation_id == 0 || lia_command_delete_draft (&self->call, self->call.key, error);
}

static gboolean
run_new (Run     *self,
         LiaDb   *db,
         char   **answer,
         GError **error)
{
  return check_role (self, db, error) && check_conversation (self, db, error) && run_handler (self, error) && delete_draft (self, error) &&
         keep_answer (self, db, answer, error);
}

static gboolean
execute (LiaDb    *db,
         gpointer  data,
         gpointer *result,
         GError  **error)
{
  Run             *self = data;
  g_autofree char *answer = NULL;
  g_autoptr (GError) failure = NULL;

  self->call.db = db;
  if (look_up_key (self, db, &answer, &failure) && (self->known ? delete_draft (self, &failure) : run_new (self, db, &answer, &failure)))
    {
      *result = g_steal_pointer (&answer);
      return TRUE;
    }

  note_current (self, db, failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Before anything is prepared outside: may she, and is it not done already? */
static gboolean
check_first (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  Run             *self = data;
  g_autofree char *answer = NULL;

  return look_up_key (self, db, &answer, error) && check_role (self, db, error);
}

/* On the main context -------------------------------------------------------------------------------------------------------------------- */

static gboolean
prepare (Run     *self,
         GError **error)
{
  if (self->command->prepare == NULL)
    return TRUE;
  if (!dex_await (lia_store_read (lia_engine_get_store (self->engine), check_first, run_ref (self), (GDestroyNotify)run_unref, NULL), error))
    return FALSE;
  if (self->known)
    return TRUE;

  self->call.after_data = dex_await_pointer (self->command->prepare (&self->call), error);
  lia_problem_prefix (error, "d", -1);
  return *error == NULL;
}

static DexFuture *
future_of (JsonObject *answer)
{
  return dex_future_new_take_boxed (JSON_TYPE_OBJECT, answer);
}

static JsonObject *
refusal (JsonObject   *frame,
         const GError *error,
         JsonObject   *current)
{
  JsonObject *answer = json_object_new ();
  const char *key = NULL;

  lia_json_str (frame, "key", LIA_JSON_OPTIONAL, MAX_KEY_BYTES, &key, NULL);
  lia_json_set_str (answer, "key", key);
  json_object_set_object_member (answer, "problem", lia_http_problem (error, current));
  return answer;
}

static DexFuture *
run_fiber (gpointer data)
{
  Run             *self = data;
  LiaStore        *store = lia_engine_get_store (self->engine);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *answer = NULL;

  if (read_frame (self, &error) && prepare (self, &error))
    text = lia_store_await (lia_store_write (store, execute, run_ref (self), (GDestroyNotify)run_unref, g_free), &error);
  if (text == NULL)
    return future_of (refusal (self->frame, error, self->call.current));

  if (!self->known && self->command->after != NULL)
    self->command->after (&self->call);
  answer = lia_json_parse (text, -1, G_MAXSIZE, &error);
  return future_of (answer != NULL ? answer : refusal (self->frame, error, NULL));
}

/**
 * lia_commands_run:
 * @agent_id: who asks
 * @frame: as API.md has it: key, k, conv, ver, seen, force, d
 *
 * Returns: (transfer full): resolves to {"key","seq","d"} once that is durable, or to {"key","problem"}
 */
DexFuture *
lia_commands_run (LiaEngine  *engine,
                  gint64      agent_id,
                  JsonObject *frame)
{
  Run *self = g_new0 (Run, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->engine = g_object_ref (engine);
  self->frame = json_object_ref (frame);
  self->call.engine = engine;
  self->call.agent_id = agent_id;
  self->call.answer = json_object_new ();
  return lia_spawn (run_fiber, self, (GDestroyNotify)run_unref);
}

/** lia_commands_refuse: an answer without having looked at it. */
DexFuture *
lia_commands_refuse (JsonObject *frame,
                     LiaProblem  problem,
                     const char *detail)
{
  g_autoptr (GError) error = g_error_new_literal (LIA_PROBLEM, problem, detail);

  return future_of (refusal (frame, error, NULL));
}
