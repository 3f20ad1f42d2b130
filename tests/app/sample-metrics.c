/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-metrics.h"

#include "lia-deed.h"
#include "lia-metrics-watch.h"
#include "lia-queue-stay.h"
#include "lia-time.h"
#include "sample-phone.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)

struct _LiaMetricsWatch
{
  GObject parent_instance;

  LiaClient     *client;
  LiaDayFigures *figures;
  gint64         received_ms;
};

G_DEFINE_FINAL_TYPE (LiaMetricsWatch, lia_metrics_watch, G_TYPE_OBJECT)

static void
lia_metrics_watch_finalize (GObject *object)
{
  LiaMetricsWatch *self = LIA_METRICS_WATCH (object);

  g_object_set_data (G_OBJECT (self->client), "watch", NULL);
  g_object_unref (self->client);
  g_clear_object (&self->figures);
  G_OBJECT_CLASS (lia_metrics_watch_parent_class)->finalize (object);
}

static void
lia_metrics_watch_class_init (LiaMetricsWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_metrics_watch_finalize;
  g_signal_new ("changed", LIA_TYPE_METRICS_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  g_object_set_data (G_OBJECT (client), "watch", self);
  return self;
}

LiaDayFigures *
lia_metrics_watch_get_figures (LiaMetricsWatch *self)
{
  return self->figures;
}

gint64
lia_metrics_watch_get_received (LiaMetricsWatch *self)
{
  return self->received_ms;
}

gboolean
sample_metrics_are_watched (LiaClient *client)
{
  return g_object_get_data (G_OBJECT (client), "watch") != NULL;
}

void
sample_metrics_tell (LiaClient     *client,
                     LiaDayFigures *figures,
                     gint64         received_ms)
{
  LiaMetricsWatch *watch = g_object_get_data (G_OBJECT (client), "watch");

  g_set_object (&watch->figures, figures);
  watch->received_ms = received_ms;
  g_signal_emit_by_name (watch, "changed");
}

/* sample_metrics_new: (transfer full): a day of q_1 and of a_1: the figures of the picture, with as many who wait. */
LiaDayFigures *
sample_metrics_new (gint64 waiting)
{
  LiaDayFigures *figures = lia_day_figures_new ();
  LiaQueueDay   *queue = lia_queue_day_new ();
  LiaAgentDay   *agent = lia_agent_day_new ();

  figures->until_ms = lia_time_now ();
  figures->since_ms = figures->until_ms - 10 * HOUR_MS;
  g_set_str (&queue->queue, "q_1");
  queue->figures = (LiaQueueFigures){ .entered = 57, .offered = 55, .answered = 49, .abandoned = 3, .short_ones = 2, .waiting = waiting, .longest_now_ms = waiting * 48000, .longest_ms = 131000, .service_level = 0.899, .asa_ms = 14200, .median_ms = 11000, .p90_ms = 31500 };
  queue->aht_ms = LIA_METRIC_NONE;
  queue->callbacks_due = 2;
  queue->callbacks_late = 1;
  queue->callbacks_judged = 6;
  queue->callbacks_kept = 5;
  queue->callback_kept = 5.0 / 6;
  for (int i = 0; i < 10; i++)
    {
      LiaHourFigures *hour = lia_hour_figures_new ();

      hour->from_ms = figures->since_ms + i * HOUR_MS;
      hour->figures.entered = i * (10 - i);
      hour->figures.answered = hour->figures.entered * 4 / 5;
      g_ptr_array_add (queue->hours, hour);
    }
  g_ptr_array_add (figures->queues, queue);
  g_set_str (&agent->agent, "a_2");
  agent->figures.handled = 12;
  agent->figures.aht_ms = 233500;
  agent->figures.occupancy = 0.27;
  g_ptr_array_add (figures->agents, agent);
  return figures;
}

DexFuture *
lia_client_get_metric_rows (LiaClient  *self,
                            const char *name,
                            const char *of,
                            const char *after)
{
  g_autoptr (LiaValuePage) page = lia_value_page_new (LIA_TYPE_QUEUE_STAY);
  g_autoptr (LiaQueueStay) stay = lia_queue_stay_new ();

  sample_client_log (self, "rows %s %s\n", name, of);
  g_set_str (&stay->conv, "c_5");
  g_set_str (&stay->entry, "e_5");
  g_set_str (&stay->customer_name, "Jürgen Müller");
  stay->from_ms = lia_time_now () - HOUR_MS;
  stay->to_ms = stay->from_ms + 22000;
  stay->result = LIA_WAIT_ANSWERED;
  if (g_str_equal (name, "callbacks_judged"))
    stay->due_ms = stay->from_ms + HOUR_MS / 2;
  if (g_str_equal (name, "handled"))
    stay->handling_ms = 233500;
  g_list_store_append (page->values, stay);
  return dex_future_new_take_object (g_steal_pointer (&page));
}

/* Three deeds a page, the second page of one; of a_1 alone there is nothing. */
DexFuture *
lia_client_get_audit (LiaClient  *self,
                      const char *agent,
                      const char *before)
{
  static const char *const modes[] = { "listen", "whisper", "barge" };
  g_autoptr (LiaValuePage) page = lia_value_page_new (LIA_TYPE_DEED);
  guint n = g_strcmp0 (agent, "a_1") == 0 ? 0 : before != NULL ? 1
                                                               : 3;

  sample_client_log (self, "audit %s %s\n", agent != NULL ? agent : "-", before != NULL ? before : "-");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiaDeed) deed = lia_deed_new ();

      deed->at_ms = lia_time_now () - (i + 1) * HOUR_MS;
      g_set_str (&deed->actor, "a_1");
      g_set_str (&deed->agent, "a_2");
      g_set_str (&deed->what, before != NULL ? "queue.pause-agent" : "call.supervise");
      g_set_str (&deed->mode, modes[i]);
      g_set_str (&deed->customer_name, "Jürgen Müller");
      deed->on = TRUE;
      g_list_store_append (page->values, deed);
    }
  page->next = n == 3 ? g_strdup ("17") : NULL;

  return dex_future_new_take_object (g_steal_pointer (&page));
}

DexFuture *
lia_client_supervise_call (LiaClient  *self,
                           LiaCall    *call,
                           const char *agent,
                           const char *mode,
                           const char *name)
{
  sample_client_log (self, "supervise %s %s %s\n", call->uniqueid, agent, mode);
  return dex_future_new_true ();
}

DexFuture *
lia_client_pause_agent (LiaClient  *self,
                        const char *agent,
                        gboolean    on,
                        const char *reason)
{
  sample_client_log (self, "pause %s %d %s\n", agent, on, reason);
  return dex_future_new_true ();
}

DexFuture *
lia_client_log_in_queue (LiaClient  *self,
                         const char *queue,
                         const char *agent,
                         gboolean    on)
{
  sample_client_log (self, "log-in %s %s %d\n", queue, agent, on);
  return dex_future_new_true ();
}

DexFuture *
lia_client_set_call_priority (LiaClient *self,
                              LiaCall   *call,
                              int        priority)
{
  sample_client_log (self, "priority %s %d\n", call->uniqueid, priority);
  return dex_future_new_true ();
}
