/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figures, held against ones that were computed by hand. */

#include "lia-metrics.h"

#define S(n) ((n) * G_GINT64_CONSTANT (1000))

/*
 * Target 20 s, short 5 s, now = 200 s:
 *   answered after 4, 10, 20, 31; grabbed after 15; abandoned after 3 (short), 12, 50; timed out after 60; flow-out after 8; closed at once;
 *   lost after 25; waiting for 18 and for 40
 */
static const LiaMetricWait waits[] = {
  { S (10), S (14), LIA_WAIT_ANSWERED },
  { S (20), S (30), LIA_WAIT_ANSWERED },
  { S (30), S (50), LIA_WAIT_ANSWERED },
  { S (40), S (71), LIA_WAIT_ANSWERED },
  { S (45), S (60), LIA_WAIT_GRABBED },
  { S (50), S (53), LIA_WAIT_ABANDONED },
  { S (60), S (72), LIA_WAIT_ABANDONED },
  { S (70), S (120), LIA_WAIT_ABANDONED },
  { S (80), S (140), LIA_WAIT_TIMED_OUT },
  { S (90), S (98), LIA_WAIT_TRANSFERRED },
  { S (95), S (95), LIA_WAIT_CLOSED },
  { S (100), S (125), LIA_WAIT_LOST },
  { S (182), 0, LIA_WAIT_OPEN },
  { S (160), 0, LIA_WAIT_OPEN },
};

static LiaQueueFigures
compute (LiaServiceLevelKind kind)
{
  const LiaQueueRules rules = { S (20), S (5), kind };
  LiaQueueFigures     figures;

  lia_metrics_of_queue (&figures, waits, G_N_ELEMENTS (waits), &rules, S (200));

  return figures;
}

static void
test_counts (void)
{
  LiaQueueFigures figures = compute (LIA_SERVICE_LEVEL_NEGATIVE);

  g_assert_cmpint (figures.entered, ==, 14);
  g_assert_cmpint (figures.offered, ==, 12);
  g_assert_cmpint (figures.answered, ==, 5);
  g_assert_cmpint (figures.abandoned, ==, 2);
  g_assert_cmpint (figures.short_ones, ==, 1);
  g_assert_cmpint (figures.timed_out, ==, 1);
  g_assert_cmpint (figures.flow_out, ==, 1);
  g_assert_cmpint (figures.closed, ==, 1);
  g_assert_cmpint (figures.lost, ==, 1);
  g_assert_cmpint (figures.waiting, ==, 2);
  g_assert_cmpint (figures.longest_now_ms, ==, S (40));
  g_assert_cmpint (figures.longest_ms, ==, S (60));
}

/*
 * Answered in time: 4, 10, 20, 15 = 4. Abandoned in time: 3, 12 = 2. Too late: 31, 50, 60, 25 and who waits for 40 = 5. Who waits for 18 is no
 * event yet. Events = 11.
 */
static void
test_service_level (void)
{
  g_assert_cmpfloat_with_epsilon (compute (LIA_SERVICE_LEVEL_IGNORE).service_level, 4.0 / 9, 1e-9);
  g_assert_cmpfloat_with_epsilon (compute (LIA_SERVICE_LEVEL_NEGATIVE).service_level, 4.0 / 11, 1e-9);
  g_assert_cmpfloat_with_epsilon (compute (LIA_SERVICE_LEVEL_POSITIVE).service_level, 6.0 / 11, 1e-9);
}

/* 4, 10, 15, 20, 31: mean 16, middle 15, nine tenths of five is the fifth. */
static void
test_waits (void)
{
  LiaQueueFigures figures = compute (LIA_SERVICE_LEVEL_NEGATIVE);

  g_assert_cmpfloat_with_epsilon (figures.asa_ms, 16000, 1e-6);
  g_assert_cmpfloat_with_epsilon (figures.median_ms, 15000, 1e-6);
  g_assert_cmpfloat_with_epsilon (figures.p90_ms, 31000, 1e-6);
}

static void
test_even_median (void)
{
  const LiaMetricWait two[] = { { 0, S (10), LIA_WAIT_ANSWERED }, { 0, S (13), LIA_WAIT_ANSWERED } };
  const LiaQueueRules rules = { S (20), S (5), LIA_SERVICE_LEVEL_NEGATIVE };
  LiaQueueFigures     figures;

  lia_metrics_of_queue (&figures, two, 2, &rules, S (20));
  g_assert_cmpfloat_with_epsilon (figures.median_ms, 11500, 1e-6);
}

/* Nothing has happened: there is no figure. One who waits within the target is no event either. */
static void
test_nothing (void)
{
  const LiaMetricWait fresh = { S (10), 0, LIA_WAIT_OPEN };
  const LiaQueueRules rules = { S (20), S (5), LIA_SERVICE_LEVEL_NEGATIVE };
  LiaQueueFigures     figures;

  lia_metrics_of_queue (&figures, NULL, 0, &rules, S (20));
  g_assert_cmpfloat (figures.service_level, ==, LIA_METRIC_NONE);
  g_assert_cmpfloat (figures.asa_ms, ==, LIA_METRIC_NONE);
  g_assert_cmpint (figures.longest_ms, ==, 0);

  lia_metrics_of_queue (&figures, &fresh, 1, &rules, S (20));
  g_assert_cmpfloat (figures.service_level, ==, LIA_METRIC_NONE);
  g_assert_cmpint (figures.waiting, ==, 1);
}

/* The edges of the limits belong to them. */
static void
test_limits (void)
{
  const LiaQueueRules rules = { S (20), S (5), LIA_SERVICE_LEVEL_NEGATIVE };
  const LiaMetricWait at = { 0, S (5), LIA_WAIT_ABANDONED };
  const LiaMetricWait over = { 0, S (5) + 1, LIA_WAIT_ABANDONED };
  const LiaMetricWait late[] = { { 0, S (20), LIA_WAIT_ANSWERED }, { 0, S (20) + 1, LIA_WAIT_ANSWERED } };
  LiaQueueFigures     figures;

  g_assert_true (lia_metrics_is_short (&at, &rules));
  g_assert_false (lia_metrics_is_short (&over, &rules));
  lia_metrics_of_queue (&figures, late, 2, &rules, S (30));
  g_assert_cmpfloat_with_epsilon (figures.service_level, 0.5, 1e-9);
}

/*
 * From 0 to 1000 s: available 0-600, paused 600-900, offline after. Call 1: ring 100-110, talk 110-200, hold 200-230, talk 230-260, wrap 260-290.
 * Call 2: ring 400-420 (not answered). Call 3: talk 950-… goes on.
 */
static void
test_agent (void)
{
  const LiaMetricSpan spans[] = {
    { S (0), S (600), .availability = "available" },
    { S (600), S (900), .availability = "paused" },
    { S (900), 0, .availability = "offline" },
    { S (100), S (110), 1, LIA_SEGMENT_RING },
    { S (110), S (200), 1, LIA_SEGMENT_TALK },
    { S (200), S (230), 1, LIA_SEGMENT_HOLD },
    { S (230), S (260), 1, LIA_SEGMENT_TALK },
    { S (260), S (290), 1, LIA_SEGMENT_WRAP },
    { S (400), S (420), 2, LIA_SEGMENT_RING },
    { S (950), 0, 3, LIA_SEGMENT_TALK },
  };
  LiaAgentFigures figures;

  lia_metrics_of_agent (&figures, spans, G_N_ELEMENTS (spans), 0, S (1000));
  g_assert_cmpint (figures.handled, ==, 2);
  g_assert_cmpint (figures.talk_ms, ==, S (90 + 30 + 50));
  g_assert_cmpint (figures.hold_ms, ==, S (30));
  g_assert_cmpint (figures.wrap_ms, ==, S (30));
  g_assert_cmpint (figures.ring_ms, ==, S (30));
  g_assert_cmpint (figures.available_ms, ==, S (600 - 170 - 30 - 30));
  g_assert_cmpint (figures.paused_ms, ==, S (300));
  g_assert_cmpfloat_with_epsilon (figures.aht_ms, S (230) / 2.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (figures.occupancy, 230.0 / (230 + 370 + 30), 1e-9);
}

/* A stretch of time cuts what hangs over its ends; a call is handled where it was first spoken. */
static void
test_agent_clipped (void)
{
  const LiaMetricSpan spans[] = { { S (90), S (130), 1, LIA_SEGMENT_TALK }, { S (180), S (220), 2, LIA_SEGMENT_TALK } };
  LiaAgentFigures     figures;

  lia_metrics_of_agent (&figures, spans, G_N_ELEMENTS (spans), S (100), S (200));
  g_assert_cmpint (figures.talk_ms, ==, S (50));
  g_assert_cmpint (figures.handled, ==, 1);
  lia_metrics_of_agent (&figures, NULL, 0, S (100), S (200));
  g_assert_cmpfloat (figures.occupancy, ==, LIA_METRIC_NONE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/metrics/counts", test_counts);
  g_test_add_func ("/metrics/service-level", test_service_level);
  g_test_add_func ("/metrics/waits", test_waits);
  g_test_add_func ("/metrics/even-median", test_even_median);
  g_test_add_func ("/metrics/nothing", test_nothing);
  g_test_add_func ("/metrics/limits", test_limits);
  g_test_add_func ("/metrics/agent", test_agent);
  g_test_add_func ("/metrics/agent-clipped", test_agent_clipped);

  return g_test_run ();
}
