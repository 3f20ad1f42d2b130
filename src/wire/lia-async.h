/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* What libdex 0.10 lacks, in one place. The rules for futures and fibers are in src/README.md. */

#define LIA_FIBER_STACK_BYTES (512 * 1024)

DexFuture *lia_spawn (DexFiberFunc   func,
                      gpointer       data,
                      GDestroyNotify free_data) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_spawn_cancellable (DexFiberFunc   func,
                                  gpointer       data,
                                  GDestroyNotify free_data,
                                  DexFuture    **dropped) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_until (DexFuture *future,
                      DexFuture *end) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_with_timeout (DexFuture *future,
                             guint      timeout_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
