/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LiaTimelineGeometry LiaTimelineGeometry;

/** LiaMeasureRow: the true height of @row in pixels, > 0. Called only for rows that are shown or scrolled past. */
typedef int (*LiaMeasureRow) (guint    row,
                              gpointer data);

/**
 * LiaTimelineRange:
 * @first: the first row to show
 * @n_rows: how many
 * @y: where the top of @first is, in pixels below the top of the viewport (mostly negative)
 */
typedef struct
{
  guint first;
  guint n_rows;
  int   y;
} LiaTimelineRange;

LiaTimelineGeometry *lia_timeline_geometry_new (void);
void                 lia_timeline_geometry_free (LiaTimelineGeometry *self);

/* Rows */
guint    lia_timeline_geometry_get_n_rows (LiaTimelineGeometry *self);
void     lia_timeline_geometry_splice (LiaTimelineGeometry *self,
                                       guint                position,
                                       guint                removed,
                                       guint                added,
                                       const int           *estimates);
void     lia_timeline_geometry_set_height (LiaTimelineGeometry *self,
                                           guint                row,
                                           int                  height);
void     lia_timeline_geometry_forget_heights (LiaTimelineGeometry *self,
                                               double               scale);
int      lia_timeline_geometry_get_height (LiaTimelineGeometry *self,
                                           guint                row);
gboolean lia_timeline_geometry_is_measured (LiaTimelineGeometry *self,
                                            guint                row);

/* Positions, in pixels below the top of row 0 */
gint64 lia_timeline_geometry_get_total (LiaTimelineGeometry *self);
gint64 lia_timeline_geometry_get_top (LiaTimelineGeometry *self,
                                      guint                row);
guint  lia_timeline_geometry_find (LiaTimelineGeometry *self,
                                   gint64               position,
                                   int                 *offset);
gint64 lia_timeline_geometry_get_position (LiaTimelineGeometry *self);

/* What is looked at */
void     lia_timeline_geometry_pin (LiaTimelineGeometry *self);
void     lia_timeline_geometry_unpin (LiaTimelineGeometry *self);
gboolean lia_timeline_geometry_is_pinned (LiaTimelineGeometry *self);
void     lia_timeline_geometry_set_anchor (LiaTimelineGeometry *self,
                                           guint                row,
                                           int                  offset);
guint    lia_timeline_geometry_get_anchor (LiaTimelineGeometry *self,
                                           int                 *offset);
void     lia_timeline_geometry_scroll_by (LiaTimelineGeometry *self,
                                          int                  pixels,
                                          LiaMeasureRow        measure,
                                          gpointer             data);
void     lia_timeline_geometry_scroll_to (LiaTimelineGeometry *self,
                                          gint64               position);

LiaTimelineRange lia_timeline_geometry_layout (LiaTimelineGeometry *self,
                                               int                  viewport,
                                               int                  overscan,
                                               LiaMeasureRow        measure,
                                               gpointer             data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTimelineGeometry, lia_timeline_geometry_free)

G_END_DECLS
