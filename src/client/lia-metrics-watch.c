/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-metrics-watch.h"

#include "lia-client-private.h"
#include "lia-time.h"

struct _LiaMetricsWatch
{
  GObject parent_instance;

  LiaClient     *client;
  LiaDayFigures *figures;
  gint64         received_ms; /* by this machine's clock: the engine's may be another */
};

G_DEFINE_FINAL_TYPE (LiaMetricsWatch, lia_metrics_watch, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_metrics_cb (LiaMetricsWatch *self,
               LiaDayFigures   *figures)
{
  g_set_object (&self->figures, figures);
  self->received_ms = lia_time_now ();
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lia_metrics_watch_dispose (GObject *object)
{
  LiaMetricsWatch *self = LIA_METRICS_WATCH (object);

  if (self->client != NULL)
    lia_client_unwatch_metrics (self->client);
  g_clear_object (&self->client);
  g_clear_object (&self->figures);

  G_OBJECT_CLASS (lia_metrics_watch_parent_class)->dispose (object);
}

static void
lia_metrics_watch_class_init (LiaMetricsWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_metrics_watch_dispose;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_METRICS_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_metrics_watch_init (LiaMetricsWatch *self)
{
}

LiaMetricsWatch *
lia_metrics_watch_new (LiaClient *client)
{
  LiaMetricsWatch *self = g_object_new (LIA_TYPE_METRICS_WATCH, NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (client, "metrics", G_CALLBACK (on_metrics_cb), self, G_CONNECT_SWAPPED);
  lia_client_watch_metrics (client);

  return self;
}

/** lia_metrics_watch_get_figures: (transfer none) (nullable): the newest; NULL before the first. */
LiaDayFigures *
lia_metrics_watch_get_figures (LiaMetricsWatch *self)
{
  g_return_val_if_fail (LIA_IS_METRICS_WATCH (self), NULL);

  return self->figures;
}

/** lia_metrics_watch_get_received: when the newest came, in milliseconds since 1970; 0 before the first. */
gint64
lia_metrics_watch_get_received (LiaMetricsWatch *self)
{
  g_return_val_if_fail (LIA_IS_METRICS_WATCH (self), 0);

  return self->received_ms;
}
