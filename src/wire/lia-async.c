/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-async.h"

#include <gio/gio.h>

/*
 * libdex can cancel a fiber of which nobody awaits the result any more, and does so wrongly before 1.0: it restarts one that has ended when what
 * it waited for comes at the same moment (mended upstream in e43a99d), and cancels one for which others still wait. So no fiber of Liaison is
 * cancelled by libdex: between it and whoever waits stands a promise. A fiber that is of no use when nobody waits is told so, and ends itself.
 */

static DexFuture *
keep_cb (DexFuture *fiber,
         gpointer   promise)
{
  GError       *error = NULL;
  const GValue *value = dex_future_get_value (fiber, &error);

  if (value != NULL)
    dex_promise_resolve (promise, value);
  else
    dex_promise_reject (promise, error);

  return NULL;
}

static void
run (DexPromise    *promise,
     DexFiberFunc   func,
     gpointer       data,
     GDestroyNotify free_data)
{
  DexFuture *fiber = dex_scheduler_spawn (NULL, LIA_FIBER_STACK_BYTES, func, data, free_data);

  dex_future_disown (dex_future_finally (fiber, keep_cb, dex_ref (promise), dex_unref));
}

/**
 * lia_spawn:
 * @func: the fiber's body
 * @data: (transfer full): its data
 *
 * Starts a fiber on the thread's main context. The default stack of libdex (128 kB) overflows in deep recursion of libraries that
 * we do not write, so every fiber of Liaison is started here, with 512 kB (mapped lazily: a parked fiber costs 5 kB).
 *
 * Returns: (transfer full): the fiber's result. The fiber comes to its end whether somebody waits for it or not
 */
DexFuture *
lia_spawn (DexFiberFunc   func,
           gpointer       data,
           GDestroyNotify free_data)
{
  DexPromise *promise = dex_promise_new ();

  run (promise, func, data, free_data);

  return DEX_FUTURE (promise);
}

static void
on_dropped (GCancellable *cancellable,
            gpointer      dropped)
{
  dex_promise_reject (dropped, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Not needed any more"));
}

static DexFuture *
pass_on_cb (DexFuture *future,
            gpointer   data)
{
  return dex_ref (future);
}

/**
 * lia_spawn_cancellable:
 * @dropped: (out) (transfer full): rejects with %G_IO_ERROR_CANCELLED when the result is dropped before it is there
 *
 * lia_spawn() for a fiber that waits with lia_until() for everything that may take long, and ends when that says so. It begins to run after @dropped
 * is set.
 *
 * Returns: (transfer full): its result. Dropping the last reference, or the last of what is derived from it, drops it
 */
DexFuture *
lia_spawn_cancellable (DexFiberFunc   func,
                       gpointer       data,
                       GDestroyNotify free_data,
                       DexFuture    **dropped)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  *dropped = DEX_FUTURE (dex_promise_new ());
  g_signal_connect_data (dex_promise_get_cancellable (promise), "cancelled", G_CALLBACK (on_dropped), dex_ref (*dropped), (GClosureNotify)(void (*) (void))dex_unref, 0);
  run (promise, func, data, free_data);

  /* Dropping a promise tells it nothing; dropping what is derived from it does */
  return dex_future_finally (DEX_FUTURE (promise), pass_on_cb, NULL, NULL);
}

/** lia_until: @future: (transfer full): what is waited for; @end: (transfer none): what rejects when waiting makes no sense any more. @future is dropped then. */
DexFuture *
lia_until (DexFuture *future,
           DexFuture *end)
{
  return dex_future_first (future, dex_ref (end), NULL);
}

/* libdex says it in a domain of its own, for which no caller looks */
static DexFuture *
timed_out_cb (DexFuture *future,
              gpointer   data)
{
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "There was no answer in time");
}

/**
 * lia_with_timeout:
 * @future: (transfer full): what is waited for
 * @timeout_ms: how long at most
 *
 * Every await on the outside world has a deadline: rejects with %G_IO_ERROR_TIMED_OUT when it passes first, and drops @future.
 */
DexFuture *
lia_with_timeout (DexFuture *future,
                  guint      timeout_ms)
{
  return dex_future_first (future,
                           dex_future_catch (dex_timeout_new_msec ((int)timeout_ms), timed_out_cb, NULL, NULL),
                           NULL);
}
