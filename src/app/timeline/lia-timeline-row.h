/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-message-text.h"
#include "lia-row-context.h"

G_BEGIN_DECLS

#define LIA_TYPE_TIMELINE_ROW (lia_timeline_row_get_type ())

/**
 * LiaTimelineRow:
 *
 * A row of the timeline: the day's heading and the unread line where they are due, then a card, or a small line for what only happened.
 */
G_DECLARE_FINAL_TYPE (LiaTimelineRow, lia_timeline_row, LIA, TIMELINE_ROW, GtkWidget)

LiaTimelineRow *lia_timeline_row_new (void);
void            lia_timeline_row_bind (LiaTimelineRow      *self,
                                       LiaEntry            *entry,
                                       const LiaRowContext *context);
LiaEntry       *lia_timeline_row_get_entry (LiaTimelineRow *self);
LiaMessageText *lia_timeline_row_get_text (LiaTimelineRow *self);
GtkWidget      *lia_timeline_row_get_menu_button (LiaTimelineRow *self);
void            lia_timeline_row_set_place (LiaTimelineRow *self,
                                            guint           position,
                                            guint           n_entries);

G_END_DECLS
