/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-metrics-feed.h"

#include "lia-async.h"
#include "lia-queries-day.h"
#include "lia-time.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#define INTERVAL_MS 1000
#define FIRST_MS 10 /* what belongs together comes together */
#define QUIET_MS 10000

struct _LiaMetricsFeed
{
  GObject parent_instance;

  LiaStore  *store;
  GPtrArray *streams; /* the hub's own list of LiaStream */
  guint      timer;
  gint64     due_us; /* monotonic: of the timer */
  gint64     last_us;
  gboolean   busy;
  gboolean   touched; /* while it was busy */
};

G_DEFINE_FINAL_TYPE (LiaMetricsFeed, lia_metrics_feed, G_TYPE_OBJECT)

static void
lia_metrics_feed_dispose (GObject *object)
{
  LiaMetricsFeed *self = LIA_METRICS_FEED (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (lia_metrics_feed_parent_class)->dispose (object);
}

static void
lia_metrics_feed_finalize (GObject *object)
{
  LiaMetricsFeed *self = LIA_METRICS_FEED (object);

  g_ptr_array_unref (self->streams);
  g_object_unref (self->store);

  G_OBJECT_CLASS (lia_metrics_feed_parent_class)->finalize (object);
}

static void
lia_metrics_feed_class_init (LiaMetricsFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_metrics_feed_dispose;
  object_class->finalize = lia_metrics_feed_finalize;
}

static void
lia_metrics_feed_init (LiaMetricsFeed *self)
{
}

/** lia_metrics_feed_new: @streams: the hub's list, in which streams come and go. */
LiaMetricsFeed *
lia_metrics_feed_new (LiaStore  *store,
                      GPtrArray *streams)
{
  LiaMetricsFeed *self = g_object_new (LIA_TYPE_METRICS_FEED, NULL);

  self->store = g_object_ref (store);
  self->streams = g_ptr_array_ref (streams);

  return self;
}

/* On a store thread ----------------------------------------------------------------------------------------------------------------------- */

/* Who asks, of which those who may not know are taken off, and what they get */
typedef struct
{
  GArray  *agents; /* of gint64 */
  GBytes  *frame;  /* NULL: nobody may know */
  gboolean waiting;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_array_unref (look->agents);
  g_clear_pointer (&look->frame, g_bytes_unref);
  g_free (look);
}

static gboolean
keep_supervisors (LiaDb   *db,
                  GArray  *agents,
                  GError **error)
{
  for (guint i = agents->len; i > 0; i--)
    {
      gboolean allowed;

      if (!lia_workspace_is_supervisor (db, g_array_index (agents, gint64, i - 1), &allowed, error))
        return FALSE;
      if (!allowed)
        g_array_remove_index (agents, i - 1);
    }

  return TRUE;
}

static gboolean
read_figures (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  Look  *look = data;
  gint64 now_ms = lia_time_now ();
  g_autoptr (LiaDayFigures) figures = NULL;
  g_autoptr (JsonObject) frame = NULL;
  char *text;

  if (!keep_supervisors (db, look->agents, error))
    return FALSE;
  if (look->agents->len == 0)
    return TRUE;
  figures = lia_query_day_figures (db, lia_day_begin (now_ms), now_ms, now_ms, error);
  if (figures == NULL)
    return FALSE;

  for (guint i = 0; i < figures->queues->len; i++)
    look->waiting |= ((LiaQueueDay *)figures->queues->pdata[i])->figures.waiting > 0;
  frame = json_object_new ();
  json_object_set_string_member (frame, "t", "metrics");
  json_object_set_object_member (frame, "d", lia_wire_encode_day_figures (figures));
  text = lia_json_to_text (frame);
  look->frame = g_bytes_new_take (text, strlen (text));

  return TRUE;
}

/* On the main context --------------------------------------------------------------------------------------------------------------------- */

static gboolean
has_agent (GArray *agents,
           gint64  agent)
{
  for (guint i = 0; i < agents->len; i++)
    if (g_array_index (agents, gint64, i) == agent)
      return TRUE;

  return FALSE;
}

static GArray *
list_watching (LiaMetricsFeed *self)
{
  GArray *agents = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->streams->len; i++)
    {
      LiaStream *stream = self->streams->pdata[i];
      gint64     agent = lia_stream_get_agent (stream);

      if (lia_stream_watches_metrics (stream) && !has_agent (agents, agent))
        g_array_append_val (agents, agent);
    }

  return agents;
}

/* Who is behind gets the next one. */
static void
send (LiaMetricsFeed *self,
      const Look     *look)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func (g_object_unref);

  /* Sending may close a stream, which leaves the list then. */
  for (guint i = 0; i < self->streams->len; i++)
    {
      LiaStream *stream = self->streams->pdata[i];

      if (lia_stream_watches_metrics (stream) && !lia_stream_is_behind (stream) && has_agent (look->agents, lia_stream_get_agent (stream)))
        g_ptr_array_add (streams, g_object_ref (stream));
    }
  for (guint i = 0; i < streams->len; i++)
    lia_stream_send (streams->pdata[i], look->frame);
}

static gboolean flush_cb (gpointer data);

static void
schedule (LiaMetricsFeed *self,
          gint64          after_ms)
{
  gint64 due_us = g_get_monotonic_time () + after_ms * 1000;

  if (self->timer != 0 && self->due_us <= due_us)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->due_us = due_us;
  self->timer = g_timeout_add ((guint)after_ms, flush_cb, self);
}

static DexFuture *
flush_fiber (gpointer data)
{
  LiaMetricsFeed *self = data;
  Look           *look = g_new0 (Look, 1);
  g_autoptr (GError) error = NULL;

  look->agents = list_watching (self);
  lia_store_await (lia_store_read (self->store, read_figures, look, NULL, NULL), &error);
  if (error != NULL)
    g_message ("stream: figures: %s", error->message);
  else if (look->frame != NULL)
    send (self, look);

  self->busy = FALSE;
  self->last_us = g_get_monotonic_time ();
  if (look->agents->len > 0)
    schedule (self, self->touched || look->waiting ? INTERVAL_MS : QUIET_MS);
  look_free (look);

  return dex_future_new_true ();
}

static gboolean
flush_cb (gpointer data)
{
  LiaMetricsFeed *self = data;
  g_autoptr (GArray) agents = list_watching (self);

  self->timer = 0;
  if (agents->len == 0)
    return G_SOURCE_REMOVE;
  self->busy = TRUE;
  self->touched = FALSE;
  dex_future_disown (lia_spawn (flush_fiber, g_object_ref (self), g_object_unref));

  return G_SOURCE_REMOVE;
}

/** lia_metrics_feed_touch: something has happened, or somebody watches now. */
void
lia_metrics_feed_touch (LiaMetricsFeed *self)
{
  gint64 since_ms = (g_get_monotonic_time () - self->last_us) / 1000;
  g_autoptr (GArray) agents = NULL;

  self->touched = TRUE;
  if (self->busy)
    return;
  agents = list_watching (self);
  if (agents->len > 0)
    schedule (self, since_ms >= INTERVAL_MS ? FIRST_MS : INTERVAL_MS - since_ms);
}
