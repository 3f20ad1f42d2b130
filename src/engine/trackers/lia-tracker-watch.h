/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

/**
 * LiaTrackerWatch:
 *
 * What is asked of one tracker again and again: what has changed there, and whether the issues that we know of are still there. For one fiber.
 */
typedef struct _LiaTrackerWatch LiaTrackerWatch;

LiaTrackerWatch *lia_tracker_watch_new (LiaStore   *store,
                                        gint64      tracker_id,
                                        LiaTracker *tracker,
                                        gboolean    by_release);
void             lia_tracker_watch_free (LiaTrackerWatch *self);
gint64           lia_tracker_watch_get_next (const LiaTrackerWatch *self);
void             lia_tracker_watch_hurry (LiaTrackerWatch *self);
gboolean         lia_tracker_watch_look (LiaTrackerWatch *self,
                                         GError         **failure,
                                         GError         **error);

G_END_DECLS
