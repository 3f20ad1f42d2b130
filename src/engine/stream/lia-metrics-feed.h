/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-stream.h"

G_BEGIN_DECLS

#define LIA_TYPE_METRICS_FEED (lia_metrics_feed_get_type ())

/**
 * LiaMetricsFeed:
 *
 * The day's figures for the supervisors among the hub's streams that watch them: computed once for all, a second after something changed at the
 * earliest, each second while somebody waits, and else each ten seconds, as some figures grow by themselves. Nobody watches: nothing is done.
 */
G_DECLARE_FINAL_TYPE (LiaMetricsFeed, lia_metrics_feed, LIA, METRICS_FEED, GObject)

LiaMetricsFeed *lia_metrics_feed_new (LiaStore  *store,
                                      GPtrArray *streams);
void            lia_metrics_feed_touch (LiaMetricsFeed *self);

G_END_DECLS
