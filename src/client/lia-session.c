/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One fiber, for as long as the session is started:
 *
 *   snapshot (first time) -> open -> hello {epoch, since} -> welcome -> [snapshot, when it is not the first time] -> live -> closed
 *        ^                                                '-> resync -> snapshot -> live                                     |
 *        '----------------------------- wait 0.2 … 30 s with full jitter, or until the network changes <---------------------'
 *
 * `since` moves with every event that is handed on, so nothing is lost or handed on twice over a reconnect. Frames of a view are not in
 * the journal: what they said while we were away is read again, which `missed` asks for.
 */

#include "lia-session.h"

#include "lia-config.h"

#include "lia-async.h"
#include "lia-frames.h"
#include "lia-replies.h"
#include "lia-soup.h"
#include "lia-stream.h"

#include <gio/gunixsocketaddress.h>

#define WAIT_LEAST_MS 200
#define WAIT_MOST_MS 30000
#define WELCOME_TIMEOUT_MS 10000
#define CLOSE_NO_TOKEN 4401

struct _LiaSession
{
  GObject parent_instance;

  LiaApi        *api;
  DexFuture     *running; /* dropping it ends the fiber */
  DexFuture     *refreshing;
  LiaStream     *stream;
  DexPromise    *greeted; /* resolved when there is a greeting */
  LiaFrame      *greeting;
  GQueue         held; /* of LiaFrame: what came while a snapshot is read, which they may be newer than */
  guint          reading_snapshots;
  DexPromise    *kicked; /* resolved when waiting makes no sense any more */
  LiaClientState state;
  char          *epoch;
  gint64         since;
  GStrv          views;
  gboolean       metrics; /* are watched */
  guint          failures;
  gboolean       knows_network;
  gboolean       greeted_once;
};

G_DEFINE_FINAL_TYPE (LiaSession, lia_session, G_TYPE_OBJECT)

enum {
  STATE_CHANGED,
  SNAPSHOT,
  FRAME,
  MISSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* From a start to the next stop. The session may have been started again before the fiber of the last time comes to know that it has ended. */
typedef struct
{
  LiaSession *session;
  DexFuture  *stopped;
} Run;

static void
run_free (gpointer data)
{
  Run *self = data;

  g_clear_object (&self->session);
  dex_clear (&self->stopped);
  g_free (self);
}

static gboolean
is_stopped (Run *self)
{
  return !dex_future_is_pending (self->stopped);
}

static DexFuture *
run_start (LiaSession  *session,
           DexFiberFunc fiber)
{
  Run *run = g_new0 (Run, 1);

  run->session = g_object_ref (session);

  return lia_spawn_cancellable (fiber, run, run_free, &run->stopped);
}

static void
set_state (LiaSession    *self,
           LiaClientState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_signal_emit (self, signals[STATE_CHANGED], 0, state);
}

static void
send_watch (LiaSession *self)
{
  g_autofree char *watch = lia_frame_watch ((const char *const *)self->views, self->metrics);

  if (self->stream != NULL)
    lia_stream_send (self->stream, watch);
}

static void
take_views (LiaSession  *self,
            LiaSnapshot *snapshot)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) views = NULL;

  for (guint i = 0; i < snapshot->views->len; i++)
    g_strv_builder_add (builder, ((LiaView *)snapshot->views->pdata[i])->id);
  views = g_strv_builder_end (builder);

  if (self->views != NULL && g_strv_equal ((const char *const *)self->views, (const char *const *)views))
    return;

  g_strfreev (self->views);
  self->views = g_steal_pointer (&views);
  send_watch (self);
}

/* Events that were seen before come again after some reconnects */
static void
drop_seen_events (LiaSession *self,
                  LiaFrame   *frame)
{
  for (guint i = 0; i < frame->events->len;)
    {
      const LiaEvent *event = frame->events->pdata[i];

      if (event->seq <= self->since)
        {
          g_ptr_array_remove_index (frame->events, i);
          continue;
        }
      self->since = event->seq;
      i++;
    }
}

static void
hand_on (LiaSession *self,
         LiaFrame   *frame)
{
  if (self->reading_snapshots > 0)
    g_queue_push_tail (&self->held, lia_frame_ref (frame));
  else
    g_signal_emit (self, signals[FRAME], 0, frame);
}

static void
release_held (LiaSession *self)
{
  while (self->reading_snapshots == 0 && !g_queue_is_empty (&self->held))
    {
      g_autoptr (LiaFrame) frame = g_queue_pop_head (&self->held);

      g_signal_emit (self, signals[FRAME], 0, frame);
    }
}

/* On a fiber: reads the snapshot and hands it on, before all frames that came meanwhile */
static gboolean
load_snapshot (Run     *run,
               GError **error)
{
  LiaSession *self = run->session;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (LiaSnapshot) snapshot = NULL;

  self->reading_snapshots++;
  object = dex_await_boxed (lia_until (lia_api_get (self->api, "/v1/snapshot"), run->stopped), error);
  self->reading_snapshots--;

  snapshot = object != NULL && !is_stopped (run) ? lia_snapshot_decode (object, error) : NULL;
  if (snapshot != NULL)
    {
      if (self->epoch == NULL)
        {
          self->epoch = g_strdup (snapshot->epoch);
          self->since = snapshot->seq;
        }
      take_views (self, snapshot);
      g_signal_emit (self, signals[SNAPSHOT], 0, snapshot);
    }
  release_held (self);

  return snapshot != NULL;
}

/* A welcome that does not resume leaves as much untold as a resync does */
static gboolean
is_resumed (const LiaFrame *greeting)
{
  return greeting->type == LIA_FRAME_WELCOME && greeting->resumed;
}

static void
on_frame_cb (LiaStream *stream,
             LiaFrame  *frame,
             gpointer   data)
{
  LiaSession *self = data;

  if (self->greeting == NULL && (frame->type == LIA_FRAME_WELCOME || frame->type == LIA_FRAME_RESYNC))
    {
      self->greeting = lia_frame_ref (frame);
      if (!is_resumed (frame))
        {
          /* Before the next frame is looked at: its events count from here */
          g_set_str (&self->epoch, frame->epoch);
          self->since = frame->seq;
        }
      dex_promise_resolve_boolean (self->greeted, TRUE);
      return;
    }
  if (frame->type == LIA_FRAME_EVENTS)
    drop_seen_events (self, frame);

  hand_on (self, frame);
}

static gboolean
open_stream (Run     *run,
             GError **error)
{
  LiaSession *self = run->session;
  g_autoptr (SoupWebsocketConnection) connection = dex_await_object (lia_until (lia_api_open_stream (self->api), run->stopped), error);
  g_autofree char *hello = NULL;

  if (connection == NULL || is_stopped (run))
    return FALSE;

  g_clear_object (&self->stream);
  g_clear_pointer (&self->greeting, lia_frame_unref);
  dex_clear (&self->greeted);
  self->greeted = dex_promise_new ();
  self->stream = lia_stream_new (connection);
  g_signal_connect_object (self->stream, "frame", G_CALLBACK (on_frame_cb), self, G_CONNECT_DEFAULT);

  hello = lia_frame_hello (self->epoch, self->since, (const char *const *)self->views, self->metrics, "liaison/" LIA_VERSION);
  lia_stream_send (self->stream, hello);

  return TRUE;
}

/* On a fiber: from the opened stream to where everything is true again */
static gboolean
greet (Run     *run,
       GError **error)
{
  LiaSession *self = run->session;
  gint64      since = self->since;
  gboolean    resynced;
  g_autoptr (GError) cause = NULL;

  dex_await (dex_future_first (dex_ref (self->greeted), lia_stream_wait_closed (self->stream),
                               dex_timeout_new_msec (WELCOME_TIMEOUT_MS), dex_ref (run->stopped), NULL),
             &cause);
  if (is_stopped (run))
    return FALSE;
  if (self->greeting == NULL)
    {
      if (cause != NULL)
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "The engine does not greet");
      return FALSE;
    }

  resynced = !is_resumed (self->greeting);
  if (resynced || self->greeted_once)
    {
      set_state (self, LIA_CLIENT_RESYNCING);
      if (!load_snapshot (run, error))
        return FALSE;
    }

  /* Rows come by frames of views, which tell only what changes from now on; entries come by the journal, from `since` on */
  g_signal_emit (self, signals[MISSED], 0,
                 self->greeted_once ? G_MAXINT64 : self->greeting->seq,
                 resynced ? G_MAXINT64 : self->greeted_once ? G_MININT64
                                                            : since);
  self->greeted_once = TRUE;
  self->failures = 0;
  set_state (self, LIA_CLIENT_LIVE);

  return TRUE;
}

/* One connection, from the beginning to its end. FALSE when the fiber is to end. */
static gboolean
run_once (Run *run)
{
  LiaSession *self = run->session;
  g_autoptr (GError) error = NULL;
  gboolean lived = FALSE;
  guint    code = 0;

  if ((self->epoch != NULL || load_snapshot (run, &error)) && open_stream (run, &error) && greet (run, &error))
    {
      lived = TRUE;
      code = dex_await_uint (lia_until (lia_stream_wait_closed (self->stream), run->stopped), &error);
    }

  if (is_stopped (run))
    return FALSE;

  g_debug ("No connection: %s (%u)", error != NULL ? error->message : "closed", code);
  g_clear_object (&self->stream);
  if (code == CLOSE_NO_TOKEN)
    lia_api_forget_token (self->api);
  self->failures += !lived;
  set_state (self, lived ? LIA_CLIENT_CONNECTING : LIA_CLIENT_OFFLINE);

  return !is_stopped (run);
}

/* Full jitter: a thousand clients of a restarted engine do not come back in step */
static gboolean
wait_before_next (Run *run)
{
  LiaSession *self = run->session;
  guint       most_ms = MIN (WAIT_LEAST_MS << MIN (self->failures, 10), WAIT_MOST_MS);
  guint       wait_ms = (guint)g_random_int_range (0, (gint32)most_ms + 1);

  dex_clear (&self->kicked);
  self->kicked = dex_promise_new ();
  dex_await (dex_future_first (dex_ref (self->kicked), dex_timeout_new_msec ((int)wait_ms), dex_ref (run->stopped), NULL), NULL);

  return !is_stopped (run);
}

static DexFuture *
session_fiber (gpointer data)
{
  Run *run = data;

  while (!is_stopped (run) && run_once (run) && wait_before_next (run))
    ;

  return dex_future_new_true ();
}

static DexFuture *
refresh_fiber (gpointer data)
{
  Run *run = data;

  if (!is_stopped (run))
    load_snapshot (run, NULL);

  return dex_future_new_true ();
}

static void
on_network_changed_cb (GNetworkMonitor *monitor,
                       gboolean         available,
                       LiaSession      *self)
{
  if (self->kicked != NULL && dex_future_is_pending (DEX_FUTURE (self->kicked)))
    dex_promise_resolve_boolean (self->kicked, TRUE);
  if (self->stream != NULL)
    lia_stream_probe (self->stream);
}

static void
lia_session_dispose (GObject *object)
{
  LiaSession *self = LIA_SESSION (object);

  lia_session_stop (self);
  g_clear_object (&self->api);

  G_OBJECT_CLASS (lia_session_parent_class)->dispose (object);
}

static void
lia_session_finalize (GObject *object)
{
  LiaSession *self = LIA_SESSION (object);

  g_free (self->epoch);
  g_strfreev (self->views);

  G_OBJECT_CLASS (lia_session_parent_class)->finalize (object);
}

static guint
new_signal (const char *name,
            guint       n_params,
            GType       type)
{
  return g_signal_new (name, LIA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, type, type);
}

static void
lia_session_class_init (LiaSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_session_dispose;
  object_class->finalize = lia_session_finalize;

  signals[STATE_CHANGED] = new_signal ("state-changed", 1, LIA_TYPE_CLIENT_STATE);
  signals[SNAPSHOT] = new_signal ("snapshot", 1, G_TYPE_POINTER);
  signals[FRAME] = new_signal ("frame", 1, G_TYPE_POINTER);
  signals[MISSED] = new_signal ("missed", 2, G_TYPE_INT64);
}

static void
lia_session_init (LiaSession *self)
{
  g_queue_init (&self->held);
}

LiaSession *
lia_session_new (LiaApi             *api,
                 GSocketConnectable *address)
{
  LiaSession *self = g_object_new (LIA_TYPE_SESSION, NULL);

  self->api = g_object_ref (api);

  /* A change of the network says nothing about a socket on this machine */
  self->knows_network = !G_IS_UNIX_SOCKET_ADDRESS (address);

  return self;
}

void
lia_session_start (LiaSession *self)
{
  if (self->running != NULL)
    return;

  set_state (self, LIA_CLIENT_CONNECTING);
  if (self->knows_network)
    g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed_cb), self, G_CONNECT_DEFAULT);
  self->running = run_start (self, session_fiber);
}

/** lia_session_stop: ends it; what was seen is kept for the next start. */
void
lia_session_stop (LiaSession *self)
{
  if (self->knows_network)
    g_signal_handlers_disconnect_by_func (g_network_monitor_get_default (), on_network_changed_cb, self);
  dex_clear (&self->running);
  dex_clear (&self->refreshing);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->greeting, lia_frame_unref);
  dex_clear (&self->greeted);
  dex_clear (&self->kicked);
  g_queue_clear_full (&self->held, (GDestroyNotify)lia_frame_unref);
  set_state (self, LIA_CLIENT_OFFLINE);
}

/** lia_session_watch_metrics: whether the engine is to send figures, over all reconnects. */
void
lia_session_watch_metrics (LiaSession *self,
                           gboolean    metrics)
{
  if (self->metrics == metrics)
    return;

  self->metrics = metrics;
  send_watch (self);
}

/** lia_session_refresh: reads the snapshot again, for what no event tells. */
void
lia_session_refresh (LiaSession *self)
{
  dex_clear (&self->refreshing);
  self->refreshing = run_start (self, refresh_fiber);
}

/** lia_session_get_epoch: (nullable): which journal the engine has; another one when it was restored from a backup. NULL before the first answer. */
const char *
lia_session_get_epoch (LiaSession *self)
{
  return self->epoch;
}
