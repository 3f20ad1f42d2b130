/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-message-text.h"

G_BEGIN_DECLS

/**
 * LiaRowContext:
 * @previous: (nullable): the entry before
 * @previous_subject: (nullable): the last subject before this entry
 * @folding: (nullable): what was unfolded in this one
 * @agents: (nullable): of LiaAgent, for names
 * @now_ms: the wall clock, for "Today"
 * @unread: the line "New" stands above
 * @narrow: there is little width
 *
 * What a row must know beside its entry.
 */
typedef struct
{
  LiaEntry         *previous;
  const char       *previous_subject;
  const LiaFolding *folding;
  GListModel       *agents;
  gint64            now_ms;
  gboolean          unread;
  gboolean          narrow;
} LiaRowContext;

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
