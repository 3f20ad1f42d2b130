/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-async.h"

#include <gio/gio.h>

/**
 * lia_spawn:
 * @func: the fiber's body
 * @data: (transfer full): its data
 *
 * Starts a fiber on the thread's main context. The default stack of libdex (128 kB) overflows in deep recursion of libraries that
 * we do not write, so every fiber of Liaison is started here, with 512 kB (mapped lazily: a parked fiber costs 5 kB).
 *
 * Returns: (transfer full): the fiber's result. Dropping it does not cancel the fiber; dropping a future derived from it does
 */
DexFuture *
lia_spawn (DexFiberFunc   func,
           gpointer       data,
           GDestroyNotify free_data)
{
  return dex_scheduler_spawn (NULL, LIA_FIBER_STACK_BYTES, func, data, free_data);
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
 * Every await on the outside world has a deadline: rejects with %G_IO_ERROR_TIMED_OUT when it passes first, and cancels @future.
 */
DexFuture *
lia_with_timeout (DexFuture *future,
                  guint      timeout_ms)
{
  return dex_future_first (future,
                           dex_future_catch (dex_timeout_new_msec ((int)timeout_ms), timed_out_cb, NULL, NULL),
                           NULL);
}
