/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Setting issue trackers up, and trying them. The key goes to the password store before the transaction, as those of channels do. */

#include "lia-commands-table.h"

#include "lia-async.h"
#include "lia-id.h"
#include "lia-json.h"
#include "lia-push-store.h"
#include "lia-queries-trackers.h"
#include "lia-secrets.h"
#include "lia-tracker-hub.h"
#include "lia-tracker-kinds.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#define MAX_TOKEN_BYTES 4096
#define SECRET "password"
#define TRIAL_MS 8000 /* for each question: somebody waits for the answer */

/* From prepare() to run() and after(). */
typedef struct
{
  char            *account; /* where its key is */
  char            *token;   /* the key that is to be tried */
  LiaTrackerSetup *setup;   /* how it would be */
  LiaTrackerProbe *probe;   /* what was found, or: */
  GError          *failure; /* of %LIA_TRACKER_ERROR */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->account);
  if (work->token != NULL)
    explicit_bzero (work->token, strlen (work->token));
  g_free (work->token);
  g_clear_object (&work->setup);
  g_clear_pointer (&work->probe, lia_tracker_probe_free);
  g_clear_error (&work->failure);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* How it is, and below it what the command says; the id is 0 for a new one. */
typedef struct
{
  JsonObject *given;
  gint64      agent_id; /* who asks */
  gint64      id;
  char       *account;
  char       *url; /* as it is */
} Known;

static void
known_clear (Known *self)
{
  g_free (self->account);
  g_free (self->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static void
merge (JsonObject *config,
       JsonObject *given)
{
  static const char *const fields[] = { "name", "url", "project", "type", "login", "dialect", "public", "near", "ca", "max_file", "done", "forms", "products" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (json_object_has_member (given, fields[i]))
      json_object_set_member (config, fields[i], json_object_dup_member (given, fields[i]));
}

static void
complete_name (LiaTrackerSetup *setup)
{
  g_autoptr (GUri) uri = *setup->name == '\0' ? g_uri_parse (setup->url, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri == NULL)
    return;
  g_free (setup->name);
  setup->name = g_strdup_printf ("%s, %s", setup->project, g_uri_get_host (uri));
}

/* (transfer full): how the tracker becomes by what was given, checked. */
static LiaTrackerSetup *
read_setup (LiaDb   *db,
            Known   *known,
            GError **error)
{
  g_autoptr (LiaTrackerSetup) before = known->id != 0 ? lia_query_tracker (db, known->id, &known->account, error) : NULL;
  g_autoptr (JsonObject) config = NULL;
  g_autoptr (LiaTrackerSetup) setup = NULL;

  if (known->id != 0 && before == NULL)
    return NULL;
  if (before != NULL)
    {
      g_set_str (&known->url, before->url);
      config = lia_wire_encode_tracker (before);
      merge (config, known->given);
    }
  setup = lia_wire_decode_tracker (config != NULL ? config : known->given, error);
  if (setup == NULL || !lia_tracker_kinds_check (setup, error))
    return NULL;
  complete_name (setup);

  return g_steal_pointer (&setup);
}

/* Here, too: nothing is kept and nobody is asked before it is known who wants that. */
static gboolean
read_known (LiaDb    *db,
            gpointer  data,
            gpointer *result,
            GError  **error)
{
  Known *known = data;
  g_autoptr (LiaAgent) agent = lia_workspace_agent (db, known->agent_id, error);

  if (agent == NULL)
    return FALSE;
  if (g_str_equal (agent->role, "admin"))
    *result = read_setup (db, known, error);
  else
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "This is for the role admin.");

  return *result != NULL;
}

static gboolean
read_id (LiaCommandCall *call,
         Known          *known,
         GError        **error)
{
  known->given = call->d;
  known->agent_id = call->agent_id;

  return !json_object_has_member (call->d, "tracker") || lia_command_id (call, "tracker", "t", &known->id, error);
}

/* In a fiber: the key that was given or, for the same server, the one that is kept. */
static char *
find_token (LiaCommandCall  *call,
            const Known     *known,
            LiaTrackerSetup *setup,
            GError         **error)
{
  const char *token;

  if (!lia_json_str (call->d, "token", LIA_JSON_OPTIONAL, MAX_TOKEN_BYTES, &token, error))
    return NULL;
  if (token != NULL && *token != '\0')
    return g_strdup (token);
  if (known->account != NULL && lia_tracker_kinds_same_origin (known->url, setup->url))
    return dex_await_string (lia_secrets_lookup (lia_engine_get_secrets (call->engine), known->account, SECRET), error);
  lia_problem_set_invalid (error, "/token", "missing", "%s", known->account != NULL ? "The tracker is at another address now: enter its key again" : "Enter the tracker’s key");

  return NULL;
}

/* In a fiber. */
static Work *
read_work (LiaCommandCall *call,
           Known          *known,
           GError        **error)
{
  g_autoptr (Work) work = g_new0 (Work, 1);

  if (!read_id (call, known, error))
    return NULL;
  work->setup = lia_store_await (lia_store_read (lia_engine_get_store (call->engine), read_known, known, NULL, g_object_unref), error);
  if (work->setup == NULL || (work->token = find_token (call, known, work->setup, error)) == NULL)
    return NULL;
  work->account = known->account != NULL ? g_strdup (known->account) : lia_command_make_account (call, "tracker");
  call->free_after_data = work_free;

  return g_steal_pointer (&work);
}

static DexFuture *
set_prepare_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  g_auto (Known) known = { 0 };
  GError          *error = NULL;
  Work            *work = read_work (call, &known, &error);
  g_autofree char *label = NULL;

  if (work == NULL)
    return dex_future_new_for_error (error);
  label = g_strdup_printf ("Liaison: %s", work->setup->name);
  if (!dex_await (lia_secrets_store (lia_engine_get_secrets (call->engine), work->account, SECRET, label, work->token), &error))
    {
      work_free (work);
      return dex_future_new_for_error (error);
    }

  return dex_future_new_for_pointer (work);
}

DexFuture *
lia_command_tracker_set_prepare (LiaCommandCall *call)
{
  return lia_spawn (set_prepare_fiber, call, NULL);
}

/** lia_command_tracker_set: a new one, or another setting of one that is there. */
gboolean
lia_command_tracker_set (LiaCommandCall *call,
                         GError        **error)
{
  const Work *work = call->after_data;
  g_auto (Known) known = { 0 };
  g_autoptr (LiaTrackerSetup) setup = read_id (call, &known, error) ? read_setup (call->db, &known, error) : NULL;
  static const char *const not_kept[] = { "id", "ver", "state", "detail", "last_ok" };
  JsonObject              *config;
  JsonObject              *data;
  gint64                   seq;

  if (setup == NULL)
    return FALSE;

  config = lia_wire_encode_tracker (setup);
  for (guint i = 0; i < G_N_ELEMENTS (not_kept); i++)
    json_object_remove_member (config, not_kept[i]);
  json_object_set_string_member (config, "secret", work->account);
  data = json_object_new ();
  if (known.id != 0)
    json_object_set_int_member (data, "tracker", known.id);
  json_object_set_object_member (data, "config", config);
  seq = lia_command_append (call, "tracker.changed", 0, data, error);
  if (seq == 0)
    return FALSE;
  lia_command_answer_id (call, "tracker", "t", known.id != 0 ? known.id : seq);

  return TRUE;
}

static gboolean
give_up (LiaCommandCall      *call,
         gint64               tracker_id,
         const char          *sql,
         const LiaPushChange *change,
         GError             **error)
{
  gint64 id = 0;

  do
    {
      if (!lia_db_get_int (call->db, &id, error, sql, "i", tracker_id) || (id != 0 && !lia_push_append_change (call->db, id, call->agent_id, change, error)))
        return FALSE;
    }
  while (id != 0);

  return TRUE;
}

/* What has not left yet does not leave any more. */
static gboolean
give_up_waiting (LiaCommandCall *call,
                 gint64          tracker_id,
                 GError        **error)
{
  const LiaPushChange unsent = { LIA_PUSH_FAILED, .problem = "The tracker was taken away before this was filed." };
  const LiaPushChange unfinished = { LIA_PUSH_FILED, .problem = "The tracker was taken away before all files were there." };
  const LiaPushChange unwithdrawn = { LIA_PUSH_FILED, .problem = "The tracker was taken away before this was withdrawn." };

  return give_up (call, tracker_id, "SELECT coalesce (min (id), 0) FROM push WHERE tracker_id = $1 AND state IN ('queued', 'unknown')", &unsent, error) &&
         give_up (call, tracker_id, "SELECT coalesce (min (id), 0) FROM push WHERE tracker_id = $1 AND state = 'attaching'", &unfinished, error) &&
         give_up (call, tracker_id, "SELECT coalesce (min (id), 0) FROM push WHERE tracker_id = $1 AND state = 'retracting'", &unwithdrawn, error);
}

/** lia_command_tracker_remove: what was filed there stays known as it was seen last. */
gboolean
lia_command_tracker_remove (LiaCommandCall *call,
                            GError        **error)
{
  g_autoptr (Work) work = g_new0 (Work, 1);
  JsonObject *data;
  gint64      id;

  if (!lia_command_id (call, "tracker", "t", &id, error) || (work->setup = lia_query_tracker (call->db, id, &work->account, error)) == NULL)
    return FALSE;
  data = json_object_new ();
  json_object_set_int_member (data, "tracker", id);
  if (!give_up_waiting (call, id, error) || lia_command_append (call, "tracker.removed", 0, data, error) == 0)
    return FALSE;
  call->after_data = g_steal_pointer (&work);
  call->free_after_data = work_free;

  return TRUE;
}

void
lia_command_tracker_set_after (LiaCommandCall *call)
{
  lia_tracker_hub_reload (lia_engine_get_trackers (call->engine));
}

void
lia_command_tracker_remove_after (LiaCommandCall *call)
{
  const Work *work = call->after_data;

  lia_tracker_hub_reload (lia_engine_get_trackers (call->engine));
  if (work != NULL && work->account != NULL)
    dex_future_disown (lia_secrets_forget (lia_engine_get_secrets (call->engine), work->account));
}

/** lia_command_tracker_sync: it is to try now, whatever went wrong before. */
gboolean
lia_command_tracker_sync (LiaCommandCall *call,
                          GError        **error)
{
  g_autoptr (Work) work = g_new0 (Work, 1);
  gint64 id;

  if (!lia_command_id (call, "tracker", "t", &id, error) || (work->setup = lia_query_tracker (call->db, id, NULL, error)) == NULL)
    return FALSE;
  call->after_data = g_steal_pointer (&work);
  call->free_after_data = work_free;

  return TRUE;
}

void
lia_command_tracker_sync_after (LiaCommandCall *call)
{
  const Work *work = call->after_data;
  gint64      id = 0;

  if (work != NULL && lia_id_parse (work->setup->id, "t", &id))
    lia_tracker_hub_sync (lia_engine_get_trackers (call->engine), id);
}

static DexFuture *
test_prepare_fiber (gpointer data)
{
  LiaCommandCall *call = data;
  g_auto (Known) known = { 0 };
  GError *error = NULL;
  Work   *work = read_work (call, &known, &error);
  g_autoptr (LiaNetGuard) guard = lia_net_guard_new ();
  g_autoptr (LiaTrackerWeb) web = lia_tracker_web_new (guard);
  g_autoptr (LiaTracker) tracker = NULL;

  if (work == NULL)
    return dex_future_new_for_error (error);
  lia_tracker_kinds_vouch (guard, work->setup);
  lia_tracker_web_set_deadline (web, TRIAL_MS);
  tracker = lia_tracker_kinds_open (web, work->setup, work->token, &work->failure);
  if (tracker != NULL)
    work->probe = lia_tracker_probe (tracker, &work->failure);

  return dex_future_new_for_pointer (work);
}

DexFuture *
lia_command_tracker_test_prepare (LiaCommandCall *call)
{
  return lia_spawn (test_prepare_fiber, call, NULL);
}

/** lia_command_tracker_test: what came of it. */
gboolean
lia_command_tracker_test (LiaCommandCall *call,
                          GError        **error)
{
  const Work *work = call->after_data;

  json_object_set_boolean_member (call->answer, "ok", work->probe != NULL);
  json_object_set_string_member (call->answer, "code", work->failure != NULL ? lia_tracker_error_to_name (work->failure->code) : "");
  json_object_set_string_member (call->answer, "detail", work->failure != NULL ? work->failure->message : "");
  json_object_set_string_member (call->answer, "login", work->probe != NULL ? work->probe->login : "");
  json_object_set_string_member (call->answer, "project", work->probe != NULL ? work->probe->project : "");

  return TRUE;
}
