/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

gboolean lia_tracker_tell_counts (LiaStore   *store,
                                  gint64      tracker_id,
                                  LiaTracker *tracker,
                                  gboolean    now,
                                  GError    **refusal,
                                  GError    **error);

G_END_DECLS
