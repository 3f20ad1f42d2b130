/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where everything stands: allocation, drawing, and the adjustment.
 *
 * The adjustment's value is never changed but by who scrolls, because animations and kinetic scrolling compute the next value from the last one: a
 * correction in between would be seen as a jump. So when rows above the viewport turn out higher than was guessed, or older ones are put before
 * them, it is the adjustment's lower end that moves: value = position in pixels + bias, and lower = bias.
 */

#include "lia-timeline-private.h"

#include "lia-config.h"

#include <math.h>

#define OVERSCAN 200
#define MAX_WIDTH 860
#define JUMP_PAGES 3

/** lia_timeline_measure_row: LiaMeasureRow of the geometry; makes the row live. */
int
lia_timeline_measure_row (guint    position,
                          gpointer data)
{
  LiaTimeline *self = data;
  LiveRow     *row = lia_timeline_need_row (self, position);

  row->used = TRUE;
  gtk_widget_measure (GTK_WIDGET (row->widget), GTK_ORIENTATION_VERTICAL, self->width, NULL, &row->height, NULL, NULL);

  return row->height;
}

static void
configure (LiaTimeline *self,
           int          height)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double         position = (double)lia_timeline_geometry_get_position (self->geometry);
  double         total = MAX ((double)lia_timeline_geometry_get_total (self->geometry), height);

  if (position <= 0 || position + height >= total)
    self->fraction = 0;
  self->bias = self->value - self->fraction - position;

  self->configuring = TRUE;
  gtk_adjustment_configure (adjustment, self->value, self->bias, self->bias + total, height * 0.1, height * 0.9, height);
  self->value = gtk_adjustment_get_value (adjustment);
  self->configuring = FALSE;
}

static gboolean
on_idle (gpointer data)
{
  LiaTimeline *self = data;
  gboolean     at_end = lia_timeline_geometry_is_pinned (self->geometry);

  self->idle = 0;

  if (at_end != self->at_end)
    {
      self->at_end = at_end;
      g_object_notify (G_OBJECT (self), "at-end");
    }

  if (self->has_older && !self->older_asked && lia_timeline_get_n_rows (self) > 0 &&
      lia_timeline_geometry_get_position (self->geometry) < 2 * gtk_widget_get_height (GTK_WIDGET (self)))
    {
      self->older_asked = TRUE;
      g_signal_emit (self, lia_timeline_signals[LOAD_OLDER], 0);
    }

  return G_SOURCE_REMOVE;
}

static void
remember_anchor (LiaTimeline *self)
{
  int      offset;
  LiveRow *row = lia_timeline_find_row (self, lia_timeline_geometry_get_anchor (self->geometry, &offset));

  if (row != NULL)
    g_set_str (&self->anchor_id, lia_timeline_row_get_entry (row->widget)->id);
}

static void
show_newest_button (LiaTimeline *self,
                    int          height)
{
  gboolean pinned = lia_timeline_geometry_is_pinned (self->geometry);
  gint64   below = lia_timeline_geometry_get_total (self->geometry) - lia_timeline_geometry_get_position (self->geometry) - height;

  if (pinned)
    self->n_new = 0;

  gtk_widget_set_child_visible (self->newest, !pinned && (self->n_new > 0 || below > height));
}

static void
allocate_over (LiaTimeline *self,
               GtkWidget   *child,
               int          width,
               int          height,
               gboolean     at_top)
{
  GtkRequisition size;
  int            x;

  if (!gtk_widget_should_layout (child))
    return;

  gtk_widget_get_preferred_size (child, NULL, &size);
  size.width = MIN (size.width, width);
  x = (width - size.width) / 2;
  /* Without words it stands aside, where it covers no text. */
  if (gtk_widget_has_css_class (child, "quiet"))
    x = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? 0 : width - size.width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, at_top ? 0 : height - size.height, size.width, size.height }, -1);
}

static void
set_width (LiaTimeline *self,
           int          width)
{
  int      rows_width = MAX (MIN (width, MAX_WIDTH), 1);
  LiveRow *row = self->rows->len > 0 ? self->rows->pdata[0] : NULL;
  int      least = 0;

  /* Rows are never narrower than they can be: rather cut than broken. */
  if (row != NULL)
    gtk_widget_measure (GTK_WIDGET (row->widget), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  rows_width = MAX (rows_width, least);
  self->left = MAX (0, (width - rows_width) / 2);

  if (rows_width == self->width)
    return;

  lia_timeline_geometry_forget_heights (self->geometry, (double)self->width / rows_width);
  self->width = rows_width;
  for (guint i = 0; i < self->rows->len; i++)
    ((LiveRow *)self->rows->pdata[i])->stale = TRUE;
}

static void
place_rows (LiaTimeline     *self,
            LiaTimelineRange range)
{
  int    y = range.y;
  gint64 position = lia_timeline_geometry_get_position (self->geometry);

  for (guint i = 0; i < self->rows->len; i++)
    {
      LiveRow *row = self->rows->pdata[i];
      int      width = self->width;
      int      least;

      if (row->position < range.first || row->position >= range.first + range.n_rows)
        {
          /* The focused row, somewhere out of view. */
          row->y = (int)CLAMP (lia_timeline_geometry_get_top (self->geometry, row->position) - position, -100000, 100000);
          row->height = MAX (row->height, 1);
        }
      else
        {
          row->y = y;
          y += row->height;
        }

      gtk_widget_measure (GTK_WIDGET (row->widget), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      width = MAX (width, least);
      gtk_widget_size_allocate (GTK_WIDGET (row->widget), &(GtkAllocation){ self->left, row->y, width, row->height }, -1);
    }
}

static void
lia_timeline_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  LiaTimeline     *self = LIA_TIMELINE (widget);
  LiaTimelineRange range;

  set_width (self, width);

  lia_timeline_begin_layout (self);
  range = lia_timeline_geometry_layout (self->geometry, height, OVERSCAN, lia_timeline_measure_row, self);
  /* Scrolling may have measured rows that it went past. */
  lia_timeline_end_layout (self);
  place_rows (self, range);
  remember_anchor (self);
  configure (self, height);

  show_newest_button (self, height);
  gtk_widget_set_child_visible (self->spinner, self->has_older && lia_timeline_geometry_get_position (self->geometry) == 0 && range.n_rows > 0);
  allocate_over (self, self->newest, width, height, FALSE);
  allocate_over (self, self->spinner, width, height, TRUE);

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

static void
lia_timeline_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 400;
}

static GtkSizeRequestMode
lia_timeline_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
lia_timeline_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  int          height = gtk_widget_get_height (widget);

  for (guint i = 0; i < self->rows->len; i++)
    {
      LiveRow *row = self->rows->pdata[i];

      if (row->y < height && row->y + row->height > 0)
        gtk_widget_snapshot_child (widget, GTK_WIDGET (row->widget), snapshot);
    }

  gtk_widget_snapshot_child (widget, self->spinner, snapshot);
  gtk_widget_snapshot_child (widget, self->newest, snapshot);
}

/* --- Scrolling --- */

/** lia_timeline_touch: somebody goes somewhere: from now on the timeline stays where they are. */
void
lia_timeline_touch (LiaTimeline *self)
{
  self->touched = TRUE;
}

/** lia_timeline_scroll_pixels: down when positive; true to the pixel. */
void
lia_timeline_scroll_pixels (LiaTimeline *self,
                            int          pixels)
{
  lia_timeline_touch (self);
  lia_timeline_geometry_scroll_by (self->geometry, pixels, lia_timeline_measure_row, self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
on_value_changed (GtkAdjustment *adjustment,
                  LiaTimeline   *self)
{
  double value = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);
  double change = value - self->value;
  double exact = change + self->fraction;
  double whole = round (exact);

  if (self->configuring || change == 0 || lia_timeline_get_n_rows (self) == 0)
    return;

  lia_timeline_touch (self);

  if (value + page >= gtk_adjustment_get_upper (adjustment) - 0.5 && change > 0)
    lia_timeline_geometry_pin (self->geometry);
  else if (fabs (change) < page * JUMP_PAGES)
    lia_timeline_geometry_scroll_by (self->geometry, (int)whole, lia_timeline_measure_row, self);
  else
    lia_timeline_geometry_scroll_to (self->geometry, (gint64)round (value - self->bias));

  self->fraction = exact - whole;
  self->value = value;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/** lia_timeline_set_adjustment: (nullable): of GtkScrollable. */
void
lia_timeline_set_adjustment (LiaTimeline   *self,
                             GtkOrientation orientation,
                             GtkAdjustment *adjustment)
{
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustments[orientation], on_value_changed, self);

  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);

  g_set_object (&self->adjustments[orientation], g_object_ref_sink (adjustment));
  g_object_unref (adjustment);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_value_changed), self);
      self->value = gtk_adjustment_get_value (adjustment);
    }

  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
lia_timeline_drop_adjustments (LiaTimeline *self)
{
  for (int i = 0; i < 2; i++)
    {
      if (self->adjustments[i] != NULL)
        g_signal_handlers_disconnect_by_func (self->adjustments[i], on_value_changed, self);
      g_clear_object (&self->adjustments[i]);
    }
}

void
lia_timeline_install_layout (GtkWidgetClass *widget_class)
{
  widget_class->measure = lia_timeline_measure;
  widget_class->get_request_mode = lia_timeline_get_request_mode;
  widget_class->size_allocate = lia_timeline_size_allocate;
  widget_class->snapshot = lia_timeline_snapshot;
}
