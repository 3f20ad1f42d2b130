/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-timer-wheel.h"
#include "lia-token-bucket.h"

#define TIMERS 300
#define STEPS 20000
#define START_MS 1234567

typedef struct
{
  LiaTimer timer; /* first, so that it is one */
  gint64   due_ms;
} Wait;

static void
test_order (void)
{
  LiaTimerWheel wheel;
  LiaTimer      soon = { 0 };
  LiaTimer      late = { 0 };

  lia_timer_wheel_init (&wheel, START_MS);
  g_assert_cmpint (lia_timer_wheel_next_ms (&wheel), ==, -1);
  lia_timer_wheel_set (&wheel, &late, START_MS + 5000);
  lia_timer_wheel_set (&wheel, &soon, START_MS + 1000);
  g_assert_cmpint (lia_timer_wheel_next_ms (&wheel), >=, START_MS + 1000);
  g_assert_cmpint (lia_timer_wheel_next_ms (&wheel), <, START_MS + 1000 + LIA_TIMER_TICK_MS);
  g_assert_null (lia_timer_wheel_pop (&wheel, START_MS + 999));
  g_assert_true (lia_timer_wheel_pop (&wheel, START_MS + 1000 + LIA_TIMER_TICK_MS) == &soon);
  g_assert_null (lia_timer_wheel_pop (&wheel, START_MS + 1000 + LIA_TIMER_TICK_MS));
  lia_timer_wheel_set (&wheel, &late, START_MS + 100000);
  g_assert_null (lia_timer_wheel_pop (&wheel, START_MS + 99999));
  lia_timer_wheel_remove (&wheel, &late);
  lia_timer_wheel_remove (&wheel, &late);
  g_assert_cmpint (lia_timer_wheel_next_ms (&wheel), ==, -1);
}

/* What is set into the past comes at once; a program that was stopped for long misses nothing. */
static void
test_jumps (void)
{
  LiaTimerWheel wheel;
  LiaTimer      timer = { 0 };

  lia_timer_wheel_init (&wheel, START_MS);
  lia_timer_wheel_set (&wheel, &timer, 0);
  g_assert_true (lia_timer_wheel_pop (&wheel, START_MS) == &timer);
  lia_timer_wheel_set (&wheel, &timer, START_MS + 1000);
  g_assert_true (lia_timer_wheel_pop (&wheel, START_MS + G_GINT64_CONSTANT (1000000000)) == &timer);
}

static void
check_popped (Wait  *waits,
              gint64 now_ms)
{
  for (guint i = 0; i < TIMERS; i++)
    {
      const gboolean is_in = waits[i].timer.link != NULL;

      g_assert_true (is_in ? waits[i].due_ms > now_ms - LIA_TIMER_TICK_MS : waits[i].due_ms == 0);
    }
}

/* Against the plain meaning: nothing early, nothing later than a tick, nothing lost; some further away than the wheel is long. */
static void
test_any (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree Wait *waits = g_new0 (Wait, TIMERS);
  LiaTimerWheel    wheel;
  gint64           now_ms = START_MS;

  lia_timer_wheel_init (&wheel, now_ms);
  for (guint step = 0; step < STEPS; step++)
    {
      Wait *wait = &waits[g_rand_int_range (random, 0, TIMERS)];
      Wait *popped;

      if (g_rand_int_range (random, 0, 4) > 0)
        {
          wait->due_ms = now_ms + g_rand_int_range (random, 1, 2 * LIA_TIMER_SLOTS * LIA_TIMER_TICK_MS);
          lia_timer_wheel_set (&wheel, &wait->timer, wait->due_ms);
        }
      else
        {
          lia_timer_wheel_remove (&wheel, &wait->timer);
          wait->due_ms = 0;
        }
      now_ms += g_rand_int_range (random, 0, 1000);
      while ((popped = (Wait *)lia_timer_wheel_pop (&wheel, now_ms)) != NULL)
        {
          g_assert_cmpint (popped->due_ms, <=, now_ms);
          popped->due_ms = 0;
        }
      check_popped (waits, now_ms);
      g_assert_true (wheel.n_timers == 0 || lia_timer_wheel_next_ms (&wheel) > now_ms); /* else it would be asked in a circle */
    }
}

static void
test_bucket (void)
{
  LiaTokenBucket bucket = { 0 };
  gint64         now_ms = START_MS;

  for (guint i = 0; i < 10; i++)
    g_assert_true (lia_token_bucket_take (&bucket, 1, 10, 100, now_ms));
  g_assert_false (lia_token_bucket_take (&bucket, 1, 10, 100, now_ms));
  g_assert_false (lia_token_bucket_take (&bucket, 1, 10, 100, now_ms + 99));
  g_assert_true (lia_token_bucket_take (&bucket, 1, 10, 100, now_ms + 100));
  g_assert_false (lia_token_bucket_take (&bucket, 1, 10, 100, now_ms + 100));

  now_ms += 1000000;
  g_assert_false (lia_token_bucket_take (&bucket, 11, 10, 100, now_ms));
  g_assert_true (lia_token_bucket_take (&bucket, 10, 10, 100, now_ms));
  g_assert_false (lia_token_bucket_take (&bucket, 1, 10, 100, now_ms));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timer-wheel/order", test_order);
  g_test_add_func ("/timer-wheel/jumps", test_jumps);
  g_test_add_func ("/timer-wheel/any", test_any);
  g_test_add_func ("/token-bucket", test_bucket);

  return g_test_run ();
}
