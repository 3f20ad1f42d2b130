/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-tracker-setup.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Issue trackers as they are set up. Inside a #LiaStoreFunc. */

GPtrArray       *lia_query_trackers (LiaDb   *db,
                                     GError **error);
LiaTrackerSetup *lia_query_tracker (LiaDb   *db,
                                    gint64   id,
                                    char   **secret,
                                    GError **error);
gboolean         lia_query_tracker_ids (LiaDb    *db,
                                        gpointer  data,
                                        gpointer *result,
                                        GError  **error);

G_END_DECLS
