/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-worker.h"

#include "lia-async.h"
#include "lia-push-store.h"
#include "lia-push-turn.h"
#include "lia-time.h"
#include "lia-tracker-told.h"
#include "lia-tracker-verdict.h"
#include "lia-tracker-watch.h"

/*
 * One fiber: recover -> { send what is due, one after the other -> look what has changed -> sleep until something is due or somebody wakes us }. Whose
 * key the tracker does not know is left alone until somebody has entered another one, or says that it is to try again.
 */

#define PAUSE_MS (5 * 1000) /* after an error of the store */
#define MAX_SLEEP_MS (5 * 60 * 1000)

struct _LiaTrackerWorker
{
  GObject parent_instance;

  LiaStore        *store;
  gint64           tracker_id;
  LiaTracker      *tracker;
  LiaTrackerWatch *watch;
  DexFuture       *fiber;
  DexPromise      *wake;
  gboolean         woken; /* while it was busy */
  gboolean         stopped;
  gboolean         locked_out;
  gboolean         tell_now; /* how many customers there are, however short ago it was told */
  char            *state;
  char            *detail;
  gint64           last_ok_ms;
};

G_DEFINE_FINAL_TYPE (LiaTrackerWorker, lia_tracker_worker, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
lia_tracker_worker_finalize (GObject *object)
{
  LiaTrackerWorker *self = LIA_TRACKER_WORKER (object);

  dex_clear (&self->fiber);
  dex_clear (&self->wake);
  g_clear_object (&self->store);
  g_clear_object (&self->tracker);
  g_clear_pointer (&self->watch, lia_tracker_watch_free);
  g_free (self->state);
  g_free (self->detail);

  G_OBJECT_CLASS (lia_tracker_worker_parent_class)->finalize (object);
}

static void
lia_tracker_worker_class_init (LiaTrackerWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_tracker_worker_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_tracker_worker_init (LiaTrackerWorker *self)
{
  self->state = g_strdup ("starting");
  self->detail = g_strdup ("");
}

static void
set_state (LiaTrackerWorker *self,
           const char       *state,
           const char       *detail)
{
  const gboolean state_changed = g_set_str (&self->state, state);
  const gboolean detail_changed = g_set_str (&self->detail, detail);

  if (state_changed || detail_changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* What an answer says of the tracker itself. @failure: NULL = it did what it was asked. */
static void
note_answer (LiaTrackerWorker *self,
             const GError     *failure)
{
  if (g_error_matches (failure, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_AUTH))
    {
      self->locked_out = TRUE;
      set_state (self, "needs-login", failure->message);
    }
  else if (failure != NULL && failure->domain == LIA_TRACKER_ERROR && lia_tracker_may_repeat (failure->code))
    set_state (self, "reconnecting", failure->message);
  else
    {
      self->last_ok_ms = lia_time_now ();
      set_state (self, "ready", "");
    }
}

static gboolean
work_on (LiaTrackerWorker *self,
         LiaPush          *push,
         GError          **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) failure = NULL;
  const gboolean done = lia_push_turn (self->store, self->tracker, push, &refusal, &failure);

  note_answer (self, refusal);
  if (done || g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_CONFLICT))
    return TRUE; /* or somebody has taken it back meanwhile */
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* The fiber -------------------------------------------------------------------------------------------------------------------------------- */

/* Sleeps until @next_ms, or until somebody wakes us. */
static void
rest_until (LiaTrackerWorker *self,
            gint64            next_ms,
            gint64            max_ms)
{
  const gint64 left_ms = next_ms > 0 ? CLAMP (next_ms - lia_time_now (), 1, max_ms) : max_ms;

  dex_clear (&self->wake);
  if (!self->woken && !self->stopped)
    {
      self->wake = dex_promise_new ();
      dex_await (dex_future_first (dex_timeout_new_msec (left_ms), dex_ref (DEX_FUTURE (self->wake)), NULL), NULL);
    }
  self->woken = FALSE;
}

static gboolean
tell_counts (LiaTrackerWorker *self,
             GError          **failure,
             GError          **error)
{
  const gboolean now = self->tell_now;

  self->tell_now = FALSE;

  return lia_tracker_tell_counts (self->store, self->tracker_id, self->tracker, now, failure, error);
}

static gboolean
look (LiaTrackerWorker *self,
      GError          **error)
{
  g_autoptr (GError) failure = NULL;

  if (!lia_tracker_watch_look (self->watch, &failure, error))
    return FALSE;
  if (failure == NULL && !tell_counts (self, &failure, error))
    return FALSE;
  note_answer (self, failure);

  return TRUE;
}

static gint64
sooner (gint64 a_ms,
        gint64 b_ms)
{
  return a_ms == 0 ? b_ms : MIN (a_ms, b_ms);
}

/* One round. FALSE: the store does not work. */
static gboolean
work (LiaTrackerWorker *self,
      GError          **error)
{
  g_autoptr (LiaPushAgenda) agenda = NULL;

  if (self->locked_out)
    {
      rest_until (self, 0, MAX_SLEEP_MS);
      return TRUE;
    }
  agenda = lia_push_store_agenda (self->store, self->tracker_id, error);
  if (agenda == NULL)
    return FALSE;
  if (agenda->due != NULL)
    return work_on (self, agenda->due, error);
  if (lia_tracker_watch_get_next (self->watch) <= lia_time_now ())
    return look (self, error);
  rest_until (self, sooner (agenda->next_ms, lia_tracker_watch_get_next (self->watch)), MAX_SLEEP_MS);

  return TRUE;
}

static DexFuture *
worker_fiber (gpointer data)
{
  LiaTrackerWorker *self = data;
  gboolean          recovered = FALSE;

  set_state (self, "ready", "");
  while (!self->stopped)
    {
      g_autoptr (GError) error = NULL;

      recovered = recovered || lia_push_store_recover (self->store, self->tracker_id, &error);
      if (recovered && work (self, &error))
        continue;
      g_warning ("tracker %" G_GINT64_FORMAT " waits: %s", self->tracker_id, error->message);
      rest_until (self, 0, PAUSE_MS);
    }

  return dex_future_new_for_boolean (TRUE);
}

LiaTrackerWorker *
lia_tracker_worker_new (LiaStore   *store,
                        gint64      tracker_id,
                        LiaTracker *tracker,
                        gboolean    by_release)
{
  LiaTrackerWorker *self = g_object_new (LIA_TYPE_TRACKER_WORKER, NULL);

  self->store = g_object_ref (store);
  self->tracker_id = tracker_id;
  self->tracker = g_object_ref (tracker);
  self->watch = lia_tracker_watch_new (store, tracker_id, tracker, by_release);

  return self;
}

void
lia_tracker_worker_start (LiaTrackerWorker *self)
{
  if (self->fiber == NULL)
    self->fiber = lia_spawn (worker_fiber, g_object_ref (self), g_object_unref);
}

/** lia_tracker_worker_stop: resolves when nothing is on its way any more. */
DexFuture *
lia_tracker_worker_stop (LiaTrackerWorker *self)
{
  self->stopped = TRUE;
  lia_tracker_worker_wake (self);

  return self->fiber != NULL ? dex_ref (self->fiber) : dex_future_new_for_boolean (TRUE);
}

/** lia_tracker_worker_wake: there is something new to send. */
void
lia_tracker_worker_wake (LiaTrackerWorker *self)
{
  self->woken = TRUE;
  if (self->wake != NULL && dex_future_is_pending (DEX_FUTURE (self->wake)))
    dex_promise_resolve_boolean (self->wake, TRUE);
}

/** lia_tracker_worker_sync: it is to try now, whatever went wrong before. */
void
lia_tracker_worker_sync (LiaTrackerWorker *self)
{
  self->locked_out = FALSE;
  self->tell_now = TRUE;
  lia_tracker_watch_hurry (self->watch);
  lia_tracker_worker_wake (self);
}

LiaTracker *
lia_tracker_worker_get_tracker (LiaTrackerWorker *self)
{
  return self->tracker;
}

/** lia_tracker_worker_get_state: a word as those of channels. */
const char *
lia_tracker_worker_get_state (LiaTrackerWorker *self)
{
  return self->state;
}

const char *
lia_tracker_worker_get_detail (LiaTrackerWorker *self)
{
  return self->detail;
}

gint64
lia_tracker_worker_get_last_ok (LiaTrackerWorker *self)
{
  return self->last_ok_ms;
}
