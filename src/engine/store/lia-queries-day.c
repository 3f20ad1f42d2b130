/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the store, put into the formulas of lia-metrics.h: for each queue in which calls wait, and for each agent. */

#include "lia-queries-day.h"

#include "lia-id.h"
#include "lia-queries-metrics.h"
#include "lia-workspace.h"

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define MAX_HOURS 48 /* of a longer stretch nobody reads a line of hours */

/** lia_day_begin: midnight before @now_ms, where the engine is. */
gint64
lia_day_begin (gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) begin = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (begin) * 1000;
}

/** lia_queue_rules: what a queue has promised. */
LiaQueueRules
lia_queue_rules (LiaQueue *queue)
{
  LiaQueueRules rules = { queue->service_target_ms, queue->short_ms, LIA_SERVICE_LEVEL_NEGATIVE };

  lia_service_level_from_string (queue->service_level, &rules.service_level);

  return rules;
}

/* @waits: in the order in which they began: each hour's are a stretch of them */
static void
add_hours (LiaQueueDay         *day,
           const LiaMetricWait *waits,
           guint                n_waits,
           const LiaQueueRules *rules,
           const LiaDayFigures *figures,
           gint64               now_ms)
{
  guint begin = 0;

  if (figures->until_ms - figures->since_ms > MAX_HOURS * HOUR_MS)
    return;

  for (gint64 from_ms = figures->since_ms; from_ms < figures->until_ms; from_ms += HOUR_MS)
    {
      LiaHourFigures *hour = lia_hour_figures_new ();
      guint           end = begin;

      while (end < n_waits && waits[end].from_ms < from_ms + HOUR_MS)
        end++;
      hour->from_ms = from_ms;
      lia_metrics_of_queue (&hour->figures, waits + begin, end - begin, rules, now_ms);
      g_ptr_array_add (day->hours, hour);
      begin = end;
    }
}

/* Who came before the stretch and still waits, waits now, too: at midnight nobody is forgotten. */
static gboolean
add_earlier (LiaDb               *db,
             LiaQueueFigures     *of,
             gint64               queue_id,
             const LiaDayFigures *figures,
             gint64               now_ms,
             GError             **error)
{
  gint64 n_waiting = 0;
  gint64 first_ms = 0;

  if (!lia_query_metric_waiting (db, queue_id, figures->since_ms, &n_waiting, &first_ms, error))
    return FALSE;
  of->waiting += n_waiting;
  if (n_waiting > 0)
    of->longest_now_ms = MAX (of->longest_now_ms, now_ms - first_ms);

  return TRUE;
}

static LiaQueueDay *
query_queue (LiaDb               *db,
             const LiaDayFigures *figures,
             LiaQueue            *queue,
             gint64               now_ms,
             GError             **error)
{
  LiaQueueRules rules = lia_queue_rules (queue);
  gint64        number = 0;
  g_autoptr (LiaQueueDay) day = lia_queue_day_new ();
  g_autoptr (GArray) waits = NULL;
  g_autoptr (GArray) spans = NULL;
  LiaAgentFigures handling;

  lia_id_parse (queue->id, "q", &number);
  waits = lia_query_metric_waits (db, number, figures->since_ms, figures->until_ms, error);
  if (waits == NULL ||
      (spans = lia_query_metric_spans_of_queue (db, number, figures->since_ms, figures->until_ms, error)) == NULL ||
      !lia_query_metric_callbacks (db, number, now_ms, &day->callbacks_due, &day->callbacks_late, error) ||
      !lia_query_metric_callbacks_kept (db, number, figures->since_ms, figures->until_ms, &day->callbacks_judged, &day->callbacks_kept, error))
    return NULL;

  g_set_str (&day->queue, queue->id);
  day->kind = rules.service_level;
  lia_metrics_of_queue (&day->figures, (const LiaMetricWait *)(gpointer)waits->data, waits->len, &rules, now_ms);
  lia_metrics_of_agent (&handling, (const LiaMetricSpan *)(gpointer)spans->data, spans->len, figures->since_ms, now_ms);
  if (!add_earlier (db, &day->figures, number, figures, now_ms, error))
    return NULL;
  day->aht_ms = handling.aht_ms;
  day->callback_kept = lia_metrics_ratio (day->callbacks_kept, day->callbacks_judged);
  add_hours (day, (const LiaMetricWait *)(gpointer)waits->data, waits->len, &rules, figures, now_ms);

  return g_steal_pointer (&day);
}

static gboolean
add_queues (LiaDb         *db,
            LiaDayFigures *figures,
            gint64         now_ms,
            GError       **error)
{
  g_autoptr (GPtrArray) queues = lia_workspace_queue_values (db, 0, error);

  for (guint i = 0; queues != NULL && i < queues->len; i++)
    {
      LiaQueue    *queue = queues->pdata[i];
      LiaQueueDay *day;

      if (queue->phone_channel[0] == '\0')
        continue;
      day = query_queue (db, figures, queue, now_ms, error);
      if (day == NULL)
        return FALSE;
      g_ptr_array_add (figures->queues, day);
    }

  return queues != NULL;
}

static gboolean
add_agents (LiaDb         *db,
            LiaDayFigures *figures,
            gint64         now_ms,
            GError       **error)
{
  g_autoptr (GPtrArray) agents = lia_workspace_agent_values (db, error);
  gint64 until_ms = MIN (figures->until_ms, now_ms);

  for (guint i = 0; agents != NULL && i < agents->len; i++)
    {
      LiaAgent    *agent = agents->pdata[i];
      LiaAgentDay *day;
      gint64       number = 0;
      g_autoptr (GArray) spans = NULL;

      lia_id_parse (agent->id, "a", &number);
      spans = lia_query_metric_spans_of_agent (db, number, figures->since_ms, until_ms, error);
      if (spans == NULL)
        return FALSE;
      day = lia_agent_day_new ();
      g_set_str (&day->agent, agent->id);
      lia_metrics_of_agent (&day->figures, (const LiaMetricSpan *)(gpointer)spans->data, spans->len, figures->since_ms, until_ms);
      g_ptr_array_add (figures->agents, day);
    }

  return agents != NULL;
}

/** lia_query_day_figures: (transfer full): of the calls that came from @since_ms on, before @until_ms. */
LiaDayFigures *
lia_query_day_figures (LiaDb   *db,
                       gint64   since_ms,
                       gint64   until_ms,
                       gint64   now_ms,
                       GError **error)
{
  g_autoptr (LiaDayFigures) figures = lia_day_figures_new ();

  figures->since_ms = since_ms;
  figures->until_ms = until_ms;
  if (!add_queues (db, figures, now_ms, error) || !add_agents (db, figures, now_ms, error))
    return NULL;

  return g_steal_pointer (&figures);
}
