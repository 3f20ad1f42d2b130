/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-metrics.h"

#include "lia-words-private.h"

#include <math.h>

LIA_DEFINE_WORDS (LiaServiceLevelKind, lia_service_level, "ignore", "negative", "positive")

/* What the service level is made of: who was answered or hung up within the target, and how many there were to be answered. */
typedef struct
{
  gint64 answered_in_time;
  gint64 abandoned_in_time;
  gint64 too_late; /* over the target, whatever came of it, or still waiting */
} Level;

static gint64
length_of (const LiaMetricWait *wait,
           gint64               now_ms)
{
  return MAX (0, (wait->to_ms != 0 ? wait->to_ms : now_ms) - wait->from_ms);
}

/** lia_metrics_is_answered: a person was connected; whoever was taken out of the queue by an agent has one. */
gboolean
lia_metrics_is_answered (LiaWaitResult result)
{
  return result == LIA_WAIT_ANSWERED || result == LIA_WAIT_GRABBED;
}

/** lia_metrics_is_short: hung up so soon that it was no real wait. */
gboolean
lia_metrics_is_short (const LiaMetricWait *wait,
                      const LiaQueueRules *rules)
{
  return wait->result == LIA_WAIT_ABANDONED && wait->to_ms - wait->from_ms <= rules->short_ms;
}

static void
count_result (LiaQueueFigures     *figures,
              const LiaMetricWait *wait,
              const LiaQueueRules *rules)
{
  switch (wait->result)
    {
    case LIA_WAIT_OPEN:
      figures->waiting++;
      break;
    case LIA_WAIT_ANSWERED:
    case LIA_WAIT_GRABBED:
      figures->answered++;
      break;
    case LIA_WAIT_ABANDONED:
      if (lia_metrics_is_short (wait, rules))
        figures->short_ones++;
      else
        figures->abandoned++;
      break;
    case LIA_WAIT_TIMED_OUT:
      figures->timed_out++;
      break;
    case LIA_WAIT_TRANSFERRED:
      figures->flow_out++;
      break;
    case LIA_WAIT_CLOSED:
      figures->closed++;
      break;
    case LIA_WAIT_LOST:
    default:
      figures->lost++;
      break;
    }
}

static void
count_level (Level               *level,
             const LiaMetricWait *wait,
             gint64               length_ms,
             gint64               target_ms)
{
  if (wait->result == LIA_WAIT_TRANSFERRED || wait->result == LIA_WAIT_CLOSED)
    return;
  if (length_ms > target_ms)
    level->too_late++;
  else if (lia_metrics_is_answered (wait->result))
    level->answered_in_time++;
  else if (wait->result == LIA_WAIT_ABANDONED)
    level->abandoned_in_time++;
}

/** lia_metrics_ratio: %LIA_METRIC_NONE of nothing. */
double
lia_metrics_ratio (gint64 part,
                   gint64 whole)
{
  return whole > 0 ? (double)part / (double)whole : LIA_METRIC_NONE;
}

static double
service_level (const Level        *level,
               LiaServiceLevelKind kind)
{
  gint64 events = level->answered_in_time + level->abandoned_in_time + level->too_late;

  switch (kind)
    {
    case LIA_SERVICE_LEVEL_IGNORE:
      return lia_metrics_ratio (level->answered_in_time, events - level->abandoned_in_time);
    case LIA_SERVICE_LEVEL_POSITIVE:
      return lia_metrics_ratio (level->answered_in_time + level->abandoned_in_time, events);
    case LIA_SERVICE_LEVEL_NEGATIVE:
    default:
      return lia_metrics_ratio (level->answered_in_time, events);
    }
}

static int
compare_int64 (gconstpointer a,
               gconstpointer b)
{
  const gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;

  return (left > right) - (left < right);
}

/* The median is between the two in the middle; of 90 %, the first that so many are not over (nearest rank). */
static void
take_waits (LiaQueueFigures *figures,
            GArray          *waits)
{
  const gint64 *sorted = (const gint64 *)(gpointer)waits->data;
  double        sum = 0;

  figures->asa_ms = figures->median_ms = figures->p90_ms = LIA_METRIC_NONE;
  if (waits->len == 0)
    return;

  g_array_sort (waits, compare_int64);
  for (guint i = 0; i < waits->len; i++)
    sum += sorted[i];
  figures->asa_ms = sum / waits->len;
  figures->median_ms = (sorted[(waits->len - 1) / 2] + sorted[waits->len / 2]) / 2.0;
  figures->p90_ms = sorted[(guint)ceil (waits->len * 0.9) - 1];
}

/** lia_metrics_of_queue: @waits: those that began in the stretch of time that is asked for. */
void
lia_metrics_of_queue (LiaQueueFigures     *figures,
                      const LiaMetricWait *waits,
                      guint                n_waits,
                      const LiaQueueRules *rules,
                      gint64               now_ms)
{
  g_autoptr (GArray) answered = g_array_new (FALSE, FALSE, sizeof (gint64));
  Level level = { 0 };

  *figures = (LiaQueueFigures){ .entered = n_waits };
  for (guint i = 0; i < n_waits; i++)
    {
      gint64 length_ms = length_of (&waits[i], now_ms);

      count_result (figures, &waits[i], rules);
      count_level (&level, &waits[i], length_ms, rules->target_ms);
      if (lia_metrics_is_answered (waits[i].result))
        g_array_append_val (answered, length_ms);
      figures->longest_ms = MAX (figures->longest_ms, length_ms);
      if (waits[i].result == LIA_WAIT_OPEN)
        figures->longest_now_ms = MAX (figures->longest_now_ms, length_ms);
    }
  figures->offered = figures->entered - figures->flow_out - figures->closed;
  figures->service_level = service_level (&level, rules->service_level);
  take_waits (figures, answered);
}

static void
add_segment (LiaAgentFigures *figures,
             LiaSegmentKind   kind,
             gint64           length_ms)
{
  switch (kind)
    {
    case LIA_SEGMENT_TALK:
    case LIA_SEGMENT_CONSULT:
      figures->talk_ms += length_ms;
      break;
    case LIA_SEGMENT_HOLD:
      figures->hold_ms += length_ms;
      break;
    case LIA_SEGMENT_WRAP:
      figures->wrap_ms += length_ms;
      break;
    case LIA_SEGMENT_RING:
      figures->ring_ms += length_ms;
      break;
    case LIA_SEGMENT_PARK: /* the agent is free meanwhile */
    default:
      break;
    }
}

/* How much of it lies between @since_ms and @until_ms */
static gint64
clip (const LiaMetricSpan *span,
      gint64               since_ms,
      gint64               until_ms)
{
  gint64 to_ms = span->to_ms != 0 ? MIN (span->to_ms, until_ms) : until_ms;

  return MAX (0, to_ms - MAX (span->from_ms, since_ms));
}

/**
 * lia_metrics_of_agent:
 * @spans: one agent's segments of calls and states. The states may be left out: then there is no occupancy
 *
 * While agents speak they are "available" all the same, as that is what they have said; that time is taken off. A consultation is talking, to
 * a colleague.
 */
void
lia_metrics_of_agent (LiaAgentFigures     *figures,
                      const LiaMetricSpan *spans,
                      guint                n_spans,
                      gint64               since_ms,
                      gint64               until_ms)
{
  g_autoptr (GHashTable) calls = g_hash_table_new (g_int64_hash, g_int64_equal);
  gint64 said_ms = 0;
  gint64 busy_ms;

  *figures = (LiaAgentFigures){ 0 };
  for (guint i = 0; i < n_spans; i++)
    {
      const LiaMetricSpan *span = &spans[i];
      gint64               length_ms = clip (span, since_ms, until_ms);

      if (span->availability == NULL)
        add_segment (figures, span->kind, length_ms);
      else if (g_str_equal (span->availability, "available"))
        said_ms += length_ms;
      else if (g_str_equal (span->availability, "paused") || g_str_equal (span->availability, "busy"))
        figures->paused_ms += length_ms;
      if (span->availability == NULL && span->kind == LIA_SEGMENT_TALK && span->from_ms >= since_ms && span->from_ms < until_ms)
        g_hash_table_add (calls, (gpointer)&span->call);
    }

  figures->handled = g_hash_table_size (calls);
  figures->available_ms = MAX (0, said_ms - figures->talk_ms - figures->hold_ms - figures->ring_ms);
  busy_ms = figures->talk_ms + figures->hold_ms + figures->wrap_ms;
  figures->aht_ms = lia_metrics_ratio (busy_ms, figures->handled);
  figures->occupancy = lia_metrics_ratio (busy_ms, busy_ms + figures->available_ms + figures->ring_ms);
}
