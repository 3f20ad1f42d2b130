/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"

G_BEGIN_DECLS

#define LIA_TYPE_VIEW_FEED (lia_view_feed_get_type ())

/**
 * LiaViewFeed:
 *
 * One view of one agent that somebody watches: collects which conversations changed, and says five times a second at most what that means for
 * the view: rows in it, rows out of it, its counts.
 *
 * Signal "frame" (GBytes *frame): to be sent to all who watch it.
 */
G_DECLARE_FINAL_TYPE (LiaViewFeed, lia_view_feed, LIA, VIEW_FEED, GObject)

LiaViewFeed *lia_view_feed_new (LiaStore   *store,
                                gint64      agent_id,
                                const char *view);
gint64       lia_view_feed_get_agent (LiaViewFeed *self);
const char  *lia_view_feed_get_view (LiaViewFeed *self);
void         lia_view_feed_touch (LiaViewFeed  *self,
                                  const GArray *conversations);

G_END_DECLS
