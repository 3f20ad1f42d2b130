/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-setup.h"
#include "lia-tracker-web.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

#define LIA_TRACKER_MAX_FILE_BYTES (25 * 1024 * 1024) /* as uploads to us have it */

/* The makes of trackers that there are: one table, to which a new one adds its line. */

gboolean    lia_tracker_kinds_check (LiaTrackerSetup *setup,
                                     GError         **error);
void        lia_tracker_kinds_vouch (LiaNetGuard     *guard,
                                     LiaTrackerSetup *setup);
LiaTracker *lia_tracker_kinds_open (LiaTrackerWeb   *web,
                                    LiaTrackerSetup *setup,
                                    const char      *key,
                                    GError         **error);
gint64      lia_tracker_kinds_get_max_file (LiaTrackerSetup *setup);
gboolean    lia_tracker_kinds_same_origin (const char *url,
                                           const char *other);

G_END_DECLS
