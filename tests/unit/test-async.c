/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fibers, and those who wait for them no more. */

#include "lia-async.h"

#include <gio/gio.h>

typedef struct
{
  DexFuture *news;
  DexFuture *dropped; /* or NULL */
  guint      begun;
  guint      ended;
  gboolean   told;
} Work;

static void
work_clear (Work *work)
{
  dex_clear (&work->news);
  dex_clear (&work->dropped);
}

static DexFuture *
work_fiber (gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;

  work->begun++;
  dex_await (work->dropped != NULL ? lia_until (dex_ref (work->news), work->dropped) : dex_ref (work->news), &error);
  work->told = error == NULL;
  work->ended++;

  return dex_future_new_for_int (7);
}

static DexFuture *
derive_cb (DexFuture *future,
           gpointer   data)
{
  return dex_ref (future);
}

static void
iterate (guint n)
{
  for (guint i = 0; i < n; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_result (void)
{
  Work work = { .news = dex_future_new_for_boolean (TRUE) };
  g_autoptr (DexFuture) result = lia_spawn (work_fiber, &work, NULL);

  g_assert_cmpuint (work.begun, ==, 0);
  while (dex_future_is_pending (result))
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (g_value_get_int (dex_future_get_value (result, NULL)), ==, 7);
  g_assert_true (work.told);
  work_clear (&work);
}

/* libdex alone runs such a fiber twice, the second time without a function. */
static void
test_news_while_dropped (void)
{
  DexPromise *news = dex_promise_new ();
  Work        work = { .news = dex_ref (news) };
  DexFuture  *derived = dex_future_finally (lia_spawn (work_fiber, &work, NULL), derive_cb, NULL, NULL);

  iterate (5);
  g_assert_cmpuint (work.begun, ==, 1);
  dex_clear (&derived);
  dex_promise_resolve_boolean (news, TRUE);
  iterate (20);

  g_assert_cmpuint (work.begun, ==, 1);
  g_assert_cmpuint (work.ended, ==, 1);
  g_assert_true (work.told);
  dex_unref (news);
  work_clear (&work);
}

/* libdex alone cancels it, as one of both waits no more. */
static void
test_another_still_waits (void)
{
  DexPromise *news = dex_promise_new ();
  Work        work = { .news = dex_ref (news) };
  DexFuture  *result = lia_spawn (work_fiber, &work, NULL);
  DexFuture  *one = dex_future_finally (dex_ref (result), derive_cb, NULL, NULL);
  DexFuture  *other = dex_future_finally (result, derive_cb, NULL, NULL);

  iterate (5);
  dex_clear (&one);
  iterate (20);
  g_assert_cmpuint (work.ended, ==, 0);
  dex_promise_resolve_boolean (news, TRUE);
  iterate (20);

  g_assert_true (work.told);
  g_assert_true (dex_future_is_resolved (other));
  dex_clear (&other);
  dex_unref (news);
  work_clear (&work);
}

static void
test_dropped_ends (void)
{
  DexPromise *news = dex_promise_new ();
  Work        work = { .news = dex_ref (news) };
  DexFuture  *result = lia_spawn_cancellable (work_fiber, &work, NULL, &work.dropped);

  iterate (5);
  g_assert_cmpuint (work.ended, ==, 0);
  dex_clear (&result);
  iterate (20);

  g_assert_cmpuint (work.ended, ==, 1);
  g_assert_false (work.told);
  dex_unref (news);
  work_clear (&work);
}

/* Dropped before it has begun: it begins, and ends at once. */
static void
test_dropped_early (void)
{
  DexPromise *news = dex_promise_new ();
  Work        work = { .news = dex_ref (news) };
  DexFuture  *result = lia_spawn_cancellable (work_fiber, &work, NULL, &work.dropped);

  dex_clear (&result);
  iterate (20);

  g_assert_cmpuint (work.ended, ==, 1);
  g_assert_false (work.told);
  dex_unref (news);
  work_clear (&work);
}

static void
test_timeout (void)
{
  DexPromise *news = dex_promise_new ();
  Work        work = { .news = dex_ref (news) };
  DexFuture  *result = lia_with_timeout (lia_spawn_cancellable (work_fiber, &work, NULL, &work.dropped), 1);
  g_autoptr (GError) error = NULL;

  while (dex_future_is_pending (result))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (dex_future_get_value (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  dex_clear (&result);
  iterate (20);
  g_assert_cmpuint (work.ended, ==, 1);
  g_assert_false (work.told);
  dex_unref (news);
  work_clear (&work);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/async/result", test_result);
  g_test_add_func ("/async/news-while-dropped", test_news_while_dropped);
  g_test_add_func ("/async/another-still-waits", test_another_still_waits);
  g_test_add_func ("/async/dropped-ends", test_dropped_ends);
  g_test_add_func ("/async/dropped-early", test_dropped_early);
  g_test_add_func ("/async/timeout", test_timeout);

  return g_test_run ();
}
