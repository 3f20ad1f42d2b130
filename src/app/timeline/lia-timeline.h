/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment-drag.h"
#include "lia-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_TIMELINE (lia_timeline_get_type ())

/**
 * LiaTimeline:
 *
 * The entries of a conversation, oldest first, for a #GtkScrolledWindow (it is #GtkScrollable). It opens at the newest entry, or at the line above the
 * first unread one, at any length, and what is looked at never moves unless somebody scrolls.
 *
 * Properties: `model` (GListModel of LiaEntry), `agents` (GListModel of LiaAgent, for names), `unread-from` (int64: seq of the first unread entry,
 * 0 = none), `has-older` (boolean: there is more before the first entry), `at-end` (boolean, read-only: the newest entry is in view).
 *
 * Signals: `load-older` (): the start comes near; `activate-entry` (LiaEntry); `reply-requested` (LiaEntry, mode: "reply", "all", "forward",
 * "quote"); `open-attachment`, `save-attachment` (LiaEntry, LiaAttachment); `view-original`, `retry`, `undo`, `settle` (LiaEntry); `open-link` (uri): when
 * nobody stops it, the link is opened after the real host was shown.
 */
G_DECLARE_FINAL_TYPE (LiaTimeline, lia_timeline, LIA, TIMELINE, GtkWidget)

LiaTimeline *lia_timeline_new (void);
GListModel  *lia_timeline_get_model (LiaTimeline *self);
void         lia_timeline_set_model (LiaTimeline *self,
                                     GListModel  *model);
void         lia_timeline_set_agents (LiaTimeline *self,
                                      GListModel  *agents);
void         lia_timeline_set_queues (LiaTimeline *self,
                                      GListModel  *queues);
gint64       lia_timeline_get_unread_from (LiaTimeline *self);
void         lia_timeline_set_seen (LiaTimeline *self,
                                    gint64       seq);
void         lia_timeline_set_unread_from (LiaTimeline *self,
                                           gint64       seq);
gboolean     lia_timeline_get_has_older (LiaTimeline *self);
void         lia_timeline_set_has_older (LiaTimeline *self,
                                         gboolean     has_older);
gboolean     lia_timeline_get_at_end (LiaTimeline *self);
void         lia_timeline_set_blob_loader (LiaTimeline  *self,
                                           LiaBlobLoader loader,
                                           gpointer      data);
void         lia_timeline_scroll_to_end (LiaTimeline *self);
gboolean     lia_timeline_scroll_to_entry (LiaTimeline *self,
                                           const char  *id);
char        *lia_timeline_dup_selected_text (LiaTimeline *self);
LiaEntry    *lia_timeline_dup_quoted (LiaTimeline *self,
                                      char       **words,
                                      gsize       *start,
                                      gsize       *end);

G_END_DECLS
