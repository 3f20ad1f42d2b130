/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-entry.h"

G_BEGIN_DECLS

#define LIA_TYPE_TIMELINE_MODEL (lia_timeline_model_get_type ())

/**
 * LiaTimelineModel:
 *
 * A #GListModel of #LiaEntry: one conversation's timeline, oldest first, the newest page at once, kept true by the event stream while the object
 * lives. Older pages are put before the first by lia_timeline_model_load_older(), which the timeline calls when it comes near the top.
 *
 * Properties: `conversation` (LiaConversation, the newest value; NULL until loaded), `loading` (boolean: first page on its way), `has-older` (boolean),
 * `unread-from` (int64: seq of the first unread entry, 0 = none; fixed when opened, for the unread line), `draft` (LiaDraft or NULL: mine, as
 * found on opening), `problem` (string or NULL).
 */
G_DECLARE_FINAL_TYPE (LiaTimelineModel, lia_timeline_model, LIA, TIMELINE_MODEL, GObject)

LiaTimelineModel *lia_timeline_model_new (LiaClient  *client,
                                          const char *conversation);
const char       *lia_timeline_model_get_id (LiaTimelineModel *self);
LiaConversation  *lia_timeline_model_get_conversation (LiaTimelineModel *self);
LiaDraft         *lia_timeline_model_get_draft (LiaTimelineModel *self);
gboolean          lia_timeline_model_get_loading (LiaTimelineModel *self);
gboolean          lia_timeline_model_get_has_older (LiaTimelineModel *self);
gint64            lia_timeline_model_get_unread_from (LiaTimelineModel *self);
gint64            lia_timeline_model_get_last_seq (LiaTimelineModel *self);
void              lia_timeline_model_load_older (LiaTimelineModel *self);

G_END_DECLS
