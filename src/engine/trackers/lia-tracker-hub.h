/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

#define LIA_TYPE_TRACKER_HUB (lia_tracker_hub_get_type ())

/**
 * LiaTrackerHub:
 *
 * All issue trackers that are set up, each with its worker. They share one gate before each host. Main context only.
 */
G_DECLARE_FINAL_TYPE (LiaTrackerHub, lia_tracker_hub, LIA, TRACKER_HUB, GObject)

LiaTrackerHub *lia_tracker_hub_new (LiaEngine *engine);
DexFuture     *lia_tracker_hub_start (LiaTrackerHub *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture     *lia_tracker_hub_stop (LiaTrackerHub *self) G_GNUC_WARN_UNUSED_RESULT;
void           lia_tracker_hub_reload (LiaTrackerHub *self);
void           lia_tracker_hub_wake (LiaTrackerHub *self,
                                     gint64         tracker_id);
gboolean       lia_tracker_hub_sync (LiaTrackerHub *self,
                                     gint64         tracker_id);
LiaTracker    *lia_tracker_hub_dup (LiaTrackerHub *self,
                                    gint64         tracker_id,
                                    GError       **error);
void           lia_tracker_hub_add_channels (LiaTrackerHub *self,
                                             GHashTable    *channels);

G_END_DECLS
