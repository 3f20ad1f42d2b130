/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-sound.h"
#include "lia-timeline-geometry.h"
#include "lia-timeline-row.h"
#include "lia-timeline.h"

G_BEGIN_DECLS

/* What the files of the timeline share: lia-timeline.c (the model), -layout.c (where things are), -rows.c (live rows), -travel.c (keyboard), -actions.c (what rows ask
 * for, the menu), -selection.c (selected text over many rows). */

/* A row that exists as a widget. */
typedef struct
{
  LiaTimelineRow *widget;
  guint           position; /* in the model; G_MAXUINT: its entry has gone */
  int             y;        /* of its top, below the viewport's top */
  int             height;
  gboolean        stale; /* must be bound again */
  gboolean        used;  /* in the layout that is being made */
} LiveRow;

/* A place in the text of all entries. */
typedef struct
{
  guint row;
  gsize offset; /* bytes of the entry's text */
} TextPlace;

struct _LiaTimeline
{
  GtkWidget parent_instance;

  GtkAdjustment      *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];

  GListModel *model;
  GListModel *agents;
  GListModel *queues;
  gint64      unread_from;
  gint64      seen; /* by who chats */
  gboolean    has_older;
  gboolean    older_asked;
  gboolean    at_end;
  gboolean    touched;  /* somebody scrolled since the model was set */
  guint       n_new;    /* came while the end was not in view */
  GHashTable *foldings; /* char* entry id -> LiaFolding* */

  LiaTimelineGeometry *geometry;
  int                  width;    /* of rows */
  int                  left;     /* of rows */
  double               value;    /* the adjustment's, as it is shown now */
  double               bias;     /* value minus position in pixels; see lia-timeline-layout.c */
  double               fraction; /* of a pixel that was scrolled and not shown */
  gboolean             configuring;
  char                *anchor_id; /* the entry at the top of the viewport */
  char                *focus_id;  /* the entry that had the keyboard last */

  GPtrArray *rows; /* of LiveRow, in the order of their positions after an allocation */
  GPtrArray *pool; /* of LiveRow that show nothing */
  GtkWidget *newest;
  GtkWidget *newest_label;
  GtkWidget *spinner;
  GtkWidget *menu;

  TextPlace        selection_from; /* where it was begun */
  TextPlace        selection_to;
  gboolean         has_selection;
  GtkGesture      *drag;
  guint            drag_scroll; /* tick callback */
  graphene_point_t drag_point;

  LiaBlobLoader blob_loader;
  gpointer      blob_loader_data;
  LiaSound     *sound;    /* made with the first player that is seen */
  GHashTable   *previews; /* char* blob -> GdkPaintable */
  guint         idle;
  guint         midnight;
};

enum {
  LOAD_OLDER,
  ACTIVATE_ENTRY,
  REPLY_REQUESTED,
  OPEN_ATTACHMENT,
  SAVE_ATTACHMENT,
  VIEW_ORIGINAL,
  RETRY,
  UNDO,
  SETTLE,
  OPEN_LINK,
  N_SIGNALS
};

extern guint lia_timeline_signals[N_SIGNALS];

/* lia-timeline.c */
guint     lia_timeline_get_n_rows (LiaTimeline *self);
LiaEntry *lia_timeline_dup_entry (LiaTimeline *self,
                                  guint        row);

/* lia-timeline-layout.c */
void lia_timeline_install_layout (GtkWidgetClass *widget_class);
int  lia_timeline_measure_row (guint    row,
                               gpointer data);
void lia_timeline_set_adjustment (LiaTimeline   *self,
                                  GtkOrientation orientation,
                                  GtkAdjustment *adjustment);
void lia_timeline_drop_adjustments (LiaTimeline *self);
void lia_timeline_scroll_pixels (LiaTimeline *self,
                                 int          pixels);
void lia_timeline_touch (LiaTimeline *self);

/* lia-timeline-rows.c */
LiveRow *lia_timeline_find_row (LiaTimeline *self,
                                guint        position);
LiveRow *lia_timeline_need_row (LiaTimeline *self,
                                guint        position);
LiveRow *lia_timeline_find_entry (LiaTimeline *self,
                                  const char  *id);
LiveRow *lia_timeline_get_focused (LiaTimeline *self);
void     lia_timeline_begin_layout (LiaTimeline *self);
void     lia_timeline_end_layout (LiaTimeline *self);
void     lia_timeline_splice_rows (LiaTimeline *self,
                                   guint        position,
                                   guint        removed,
                                   guint        added);
void     lia_timeline_spoil_rows (LiaTimeline *self);
void     lia_timeline_free_rows (LiaTimeline *self);

/* lia-timeline-travel.c */
void lia_timeline_install_keys (GtkWidgetClass *widget_class);
void lia_timeline_reveal (LiaTimeline *self,
                          guint        row);
void lia_timeline_focus_row (LiaTimeline *self,
                             LiveRow     *row);

/* lia-timeline-actions.c */
void lia_timeline_install_actions (GtkWidgetClass *widget_class);
void lia_timeline_open_menu (LiaTimeline *self,
                             LiveRow     *row,
                             double       x,
                             double       y);

/* lia-timeline-selection.c */
void lia_timeline_init_selection (LiaTimeline *self);
void lia_timeline_select (LiaTimeline *self,
                          TextPlace    from,
                          TextPlace    to);
void lia_timeline_select_all (LiaTimeline *self);
void lia_timeline_clear_selection (LiaTimeline *self);
void lia_timeline_show_selection (LiaTimeline *self,
                                  LiveRow     *row);
void lia_timeline_splice_selection (LiaTimeline *self,
                                    guint        position,
                                    guint        removed,
                                    guint        added);

/* For the rows' widgets */
LiaBlobLoader lia_timeline_get_blob_loader (LiaTimeline *self,
                                            gpointer    *data);
LiaSound     *lia_timeline_get_sound (LiaTimeline *self);
GdkPaintable *lia_timeline_get_preview (LiaTimeline *self,
                                        const char  *blob);
void          lia_timeline_keep_preview (LiaTimeline  *self,
                                         const char   *blob,
                                         GdkPaintable *preview);

G_END_DECLS
