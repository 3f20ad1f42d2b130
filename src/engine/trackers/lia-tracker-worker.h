/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

#define LIA_TYPE_TRACKER_WORKER (lia_tracker_worker_get_type ())

/**
 * LiaTrackerWorker:
 *
 * What goes on between us and one tracker: sends what is to be filed, once, and looks what the engineers have made of it. Signal "changed": its state
 * is another one.
 */
G_DECLARE_FINAL_TYPE (LiaTrackerWorker, lia_tracker_worker, LIA, TRACKER_WORKER, GObject)

LiaTrackerWorker *lia_tracker_worker_new (LiaStore   *store,
                                          gint64      tracker_id,
                                          LiaTracker *tracker,
                                          gboolean    by_release);
void              lia_tracker_worker_start (LiaTrackerWorker *self);
DexFuture        *lia_tracker_worker_stop (LiaTrackerWorker *self) G_GNUC_WARN_UNUSED_RESULT;
void              lia_tracker_worker_wake (LiaTrackerWorker *self);
void              lia_tracker_worker_sync (LiaTrackerWorker *self);
LiaTracker       *lia_tracker_worker_get_tracker (LiaTrackerWorker *self);
const char       *lia_tracker_worker_get_state (LiaTrackerWorker *self);
const char       *lia_tracker_worker_get_detail (LiaTrackerWorker *self);
gint64            lia_tracker_worker_get_last_ok (LiaTrackerWorker *self);

G_END_DECLS
