/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-stream.h"
#include "lia-view-feed.h"

G_BEGIN_DECLS

#define LIA_TYPE_VIEW_FEEDS (lia_view_feeds_get_type ())

/**
 * LiaViewFeeds:
 *
 * The feeds of all views that the hub's streams watch: one a view and agent, however many watch it.
 */
G_DECLARE_FINAL_TYPE (LiaViewFeeds, lia_view_feeds, LIA, VIEW_FEEDS, GObject)

LiaViewFeeds *lia_view_feeds_new (LiaStore  *store,
                                  GPtrArray *streams);
void          lia_view_feeds_touch (LiaViewFeeds *self,
                                    LiaStream    *stream,
                                    const GArray *conversations);
void          lia_view_feeds_prune (LiaViewFeeds *self);

G_END_DECLS
