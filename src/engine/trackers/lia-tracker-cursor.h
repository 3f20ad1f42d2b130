/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker.h"

G_BEGIN_DECLS

/**
 * LiaTrackerCursor:
 * @since_ms: from when on changes are asked for, by the tracker's clock
 * @offset: how many of these were read already
 * @newest_ms: the newest change that was seen among them
 *
 * Where we are in a tracker's list of changes, for trackers that give it out in pages.
 */
typedef struct
{
  gint64 since_ms;
  gint64 offset;
  gint64 newest_ms;
} LiaTrackerCursor;

gboolean           lia_tracker_cursor_parse (LiaTrackerCursor *self,
                                             const char       *text);
LiaTrackerChanges *lia_tracker_cursor_begin (GPtrArray *newest);
LiaTrackerChanges *lia_tracker_cursor_advance (const LiaTrackerCursor *self,
                                               GPtrArray              *issues,
                                               gint64                  step,
                                               gboolean                more);

G_END_DECLS
