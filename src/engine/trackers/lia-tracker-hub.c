/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-hub.h"

#include "lia-async.h"
#include "lia-channel.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-problem.h"
#include "lia-queries-trackers.h"
#include "lia-secrets.h"
#include "lia-tracker-kinds.h"
#include "lia-tracker-worker.h"
#include "lia-wire.h"

/*
 * Trackers at the same server share a gate, a guard and its connections, so a change of one begins these anew, and leaves those at other servers alone.
 * The old workers have ended before the new ones begin: two for one tracker would send twice.
 */

/* One that is set up */
typedef struct
{
  LiaTrackerHub    *hub; /* not owned */
  gint64            id;
  char             *server;  /* how all at its server were set up when it began */
  LiaTrackerWorker *worker;  /* or NULL, and: */
  char             *problem; /* why it does not run */
} Place;

struct _LiaTrackerHub
{
  GObject parent_instance;

  LiaEngine  *engine; /* it owns us */
  GHashTable *places; /* gint64 * -> Place */
  GHashTable *webs;   /* server, as in Place -> LiaTrackerWeb */
  DexFuture  *reloading;
  gboolean    busy;
  gboolean    again;
  gboolean    stopped;
};

G_DEFINE_FINAL_TYPE (LiaTrackerHub, lia_tracker_hub, G_TYPE_OBJECT)

static void
place_free (gpointer data)
{
  Place *place = data;

  if (place->worker != NULL)
    g_signal_handlers_disconnect_by_data (place->worker, place);
  g_clear_object (&place->worker);
  g_free (place->server);
  g_free (place->problem);
  g_free (place);
}

static void
lia_tracker_hub_dispose (GObject *object)
{
  LiaTrackerHub *self = LIA_TRACKER_HUB (object);

  dex_clear (&self->reloading);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->webs, g_hash_table_unref);

  G_OBJECT_CLASS (lia_tracker_hub_parent_class)->dispose (object);
}

static void
lia_tracker_hub_class_init (LiaTrackerHubClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_tracker_hub_dispose;
}

static void
lia_tracker_hub_init (LiaTrackerHub *self)
{
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, place_free);
  self->webs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

LiaTrackerHub *
lia_tracker_hub_new (LiaEngine *engine)
{
  LiaTrackerHub *self = g_object_new (LIA_TYPE_TRACKER_HUB, NULL);

  self->engine = engine;

  return self;
}

/* Telling ---------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
append_changed (LiaDb    *db,
                gpointer  data,
                gpointer *result,
                GError  **error)
{
  const gint64     id = *(gint64 *)data;
  g_autofree char *text = g_strdup_printf ("{\"tracker\":%" G_GINT64_FORMAT "}", id);
  gint64           known;

  return lia_db_get_int (db, &known, error, "SELECT count (*) FROM tracker WHERE id = $1", "i", id) &&
         (known == 0 || lia_journal_append (db, &(LiaJournalEvent){ .kind = "tracker.changed", .data = text }, error) != 0);
}

static void
tell_changed (Place *place)
{
  LiaTrackerHub *self = place->hub;

  if (!self->stopped)
    dex_future_disown (lia_store_write (lia_engine_get_store (self->engine), append_changed, g_memdup2 (&place->id, sizeof place->id), g_free, NULL));
}

static LiaChannel *
dup_channel (const Place *place)
{
  LiaChannel *channel = lia_channel_new ();

  channel->id = lia_id_format ("t", place->id);
  channel->state = g_strdup (place->worker != NULL ? lia_tracker_worker_get_state (place->worker) : "needs-login");
  channel->detail = g_strdup (place->worker != NULL ? lia_tracker_worker_get_detail (place->worker) : place->problem);
  channel->last_ok_ms = place->worker != NULL ? lia_tracker_worker_get_last_ok (place->worker) : 0;

  return channel;
}

/** lia_tracker_hub_add_channels: "t_5" -> #LiaChannel, of which only the state says something. */
void
lia_tracker_hub_add_channels (LiaTrackerHub *self,
                              GHashTable    *channels)
{
  GHashTableIter iter;
  Place         *place;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&place))
    g_hash_table_insert (channels, lia_id_format ("t", place->id), dup_channel (place));
}

/* Beginning and ending --------------------------------------------------------------------------------------------------------------------- */

/* What is read of a tracker before it runs */
typedef struct
{
  gint64           id;
  LiaTrackerSetup *setup;
  char            *account;
  char            *server; /* as in Place */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_clear_object (&row->setup);
  g_free (row->account);
  g_free (row->server);
  g_free (row);
}

static char *
describe_server (GPtrArray *rows,
                 const Row *one)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = rows->pdata[i];
      g_autoptr (JsonObject) object = NULL;
      g_autofree char *json = NULL;

      if (!lia_tracker_kinds_same_origin (one->setup->url, row->setup->url))
        continue;
      object = lia_wire_encode_tracker (row->setup);
      json = lia_json_to_text (object);
      g_string_append_printf (text, "%s %s\n", json, row->account != NULL ? row->account : "");
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
read_rows (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GPtrArray) trackers = lia_query_trackers (db, error);

  if (trackers == NULL)
    return FALSE;
  for (guint i = 0; i < trackers->len; i++)
    {
      Row *row = g_new0 (Row, 1);

      g_ptr_array_add (rows, row);
      lia_id_parse (((LiaTrackerSetup *)trackers->pdata[i])->id, "t", &row->id);
      row->setup = lia_query_tracker (db, row->id, &row->account, error);
      if (row->setup == NULL)
        return FALSE;
    }
  for (guint i = 0; i < rows->len; i++)
    ((Row *)rows->pdata[i])->server = describe_server (rows, rows->pdata[i]);
  *result = g_steal_pointer (&rows);

  return TRUE;
}

static gboolean
has_server (GPtrArray  *rows,
            gint64      id,
            const char *server)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = rows->pdata[i];

      if ((id == 0 || row->id == id) && g_str_equal (row->server, server))
        return TRUE;
    }

  return FALSE;
}

/* Those that are not set up as @rows say, or do not run */
static void
end_others (LiaTrackerHub *self,
            GPtrArray     *rows)
{
  g_autoptr (GPtrArray) ends = g_ptr_array_new_with_free_func (dex_unref);
  GHashTableIter iter;
  Place         *place;
  const char    *server;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&place))
    {
      if (place->worker != NULL && has_server (rows, place->id, place->server))
        continue;
      if (place->worker != NULL)
        g_ptr_array_add (ends, lia_tracker_worker_stop (place->worker));
      g_hash_table_iter_remove (&iter);
    }
  g_hash_table_iter_init (&iter, self->webs);
  while (g_hash_table_iter_next (&iter, (gpointer *)&server, NULL))
    if (!has_server (rows, 0, server))
      g_hash_table_iter_remove (&iter);
  if (ends->len > 0)
    dex_await (dex_future_allv ((DexFuture *const *)ends->pdata, ends->len), NULL);
}

/* Its guard knows of no others than those at that server */
static LiaTrackerWeb *
get_web (LiaTrackerHub *self,
         GPtrArray     *rows,
         const char    *server)
{
  LiaTrackerWeb *web = g_hash_table_lookup (self->webs, server);
  g_autoptr (LiaNetGuard) guard = NULL;

  if (web != NULL)
    return web;
  guard = lia_net_guard_new ();
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((Row *)rows->pdata[i])->server, server))
      lia_tracker_kinds_vouch (guard, ((Row *)rows->pdata[i])->setup);
  web = lia_tracker_web_new (guard);
  g_hash_table_insert (self->webs, g_strdup (server), web);

  return web;
}

static void
begin_one (LiaTrackerHub *self,
           GPtrArray     *rows,
           const Row     *row)
{
  Place           *place = g_new0 (Place, 1);
  g_autofree char *key = NULL;
  g_autoptr (LiaTracker) tracker = NULL;
  g_autoptr (GError) error = NULL;

  place->hub = self;
  place->id = row->id;
  place->server = g_strdup (row->server);
  key = dex_await_string (lia_secrets_lookup (lia_engine_get_secrets (self->engine), row->account != NULL ? row->account : "", "password"), &error);
  if (key != NULL)
    tracker = lia_tracker_kinds_open (get_web (self, rows, row->server), row->setup, key, &error);
  g_hash_table_replace (self->places, &place->id, place);
  if (tracker == NULL)
    place->problem = g_strdup (error->message);
  else
    {
      place->worker = lia_tracker_worker_new (lia_engine_get_store (self->engine), row->id, tracker, row->setup->by_release);
      g_signal_connect_swapped (place->worker, "changed", G_CALLBACK (tell_changed), place);
      lia_tracker_worker_start (place->worker);
    }
}

static gboolean
renew (LiaTrackerHub *self,
       GError       **error)
{
  g_autoptr (GPtrArray) rows =
      lia_store_await (lia_store_read (lia_engine_get_store (self->engine), read_rows, NULL, NULL, (GDestroyNotify)g_ptr_array_unref), error);

  if (rows == NULL)
    return FALSE;
  end_others (self, rows);
  for (guint i = 0; i < rows->len && !self->stopped; i++)
    if (!g_hash_table_contains (self->places, &((Row *)rows->pdata[i])->id))
      begin_one (self, rows, rows->pdata[i]);

  return TRUE;
}

static DexFuture *
start_fiber (gpointer data)
{
  GError *error = NULL;

  return renew (data, &error) ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

/** lia_tracker_hub_start: resolves when all workers run. */
DexFuture *
lia_tracker_hub_start (LiaTrackerHub *self)
{
  return lia_spawn (start_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
reload_fiber (gpointer data)
{
  LiaTrackerHub *self = data;

  while (self->again && !self->stopped)
    {
      g_autoptr (GError) error = NULL;

      self->again = FALSE;
      if (!renew (self, &error))
        g_warning ("trackers do not run: %s", error->message);
    }
  self->busy = FALSE;

  return dex_future_new_for_boolean (TRUE);
}

/** lia_tracker_hub_reload: one was set up, changed or taken away, and that is durable. */
void
lia_tracker_hub_reload (LiaTrackerHub *self)
{
  self->again = TRUE;
  if (self->busy || self->stopped)
    return;
  self->busy = TRUE;
  dex_clear (&self->reloading);
  self->reloading = lia_spawn (reload_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
stop_fiber (gpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  end_others (data, none);

  return dex_future_new_for_boolean (TRUE);
}

/** lia_tracker_hub_stop: resolves when nothing is on its way any more. */
DexFuture *
lia_tracker_hub_stop (LiaTrackerHub *self)
{
  self->stopped = TRUE;

  return lia_spawn (stop_fiber, g_object_ref (self), g_object_unref);
}

/* Asking them ------------------------------------------------------------------------------------------------------------------------------ */

static LiaTrackerWorker *
find_worker (LiaTrackerHub *self,
             gint64         tracker_id)
{
  const Place *place = g_hash_table_lookup (self->places, &tracker_id);

  return place != NULL ? place->worker : NULL;
}

/** lia_tracker_hub_wake: there is something new to send. */
void
lia_tracker_hub_wake (LiaTrackerHub *self,
                      gint64         tracker_id)
{
  LiaTrackerWorker *worker = find_worker (self, tracker_id);

  if (worker != NULL)
    lia_tracker_worker_wake (worker);
}

/** lia_tracker_hub_sync: it is to try now, whatever went wrong before. FALSE: it does not run. */
gboolean
lia_tracker_hub_sync (LiaTrackerHub *self,
                      gint64         tracker_id)
{
  LiaTrackerWorker *worker = find_worker (self, tracker_id);

  if (worker != NULL)
    lia_tracker_worker_sync (worker);

  return worker != NULL;
}

/** lia_tracker_hub_dup: (transfer full): to be asked in a fiber; %LIA_PROBLEM_CHANNEL_DOWN when it does not run. */
LiaTracker *
lia_tracker_hub_dup (LiaTrackerHub *self,
                     gint64         tracker_id,
                     GError       **error)
{
  const Place *place = g_hash_table_lookup (self->places, &tracker_id);

  if (place != NULL && place->worker != NULL)
    return g_object_ref (lia_tracker_worker_get_tracker (place->worker));
  if (place != NULL)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, place->problem);
  else
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such tracker.");

  return NULL;
}
