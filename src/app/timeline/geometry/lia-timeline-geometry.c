/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where the rows of a timeline are, when most of them have never been measured.
 *
 * The invariant: what is looked at never moves unless somebody scrolls. So the place in the timeline is not a number of pixels from its start,
 * which changes whenever a row above turns out higher than was guessed, but an anchor: a row, and how many pixels of it are above the
 * viewport. Or it is pinned: the end of the last row stands at the bottom of the viewport, and new rows push the others up.
 *
 * Heights are kept in a Fenwick tree (Fenwick 1994): sums, searches and changes of one height in O(log n), appending too. Rows that come or go in the
 * middle or at the start make it be built anew, once, when it is next asked for: O(n), 0.3 ms for 100,000 rows.
 *
 * One thread.
 */

#include "lia-timeline-geometry.h"

#include <math.h>
#include <string.h>

typedef struct
{
  guint height : 31;
  guint measured : 1;
} Row;

struct _LiaTimelineGeometry
{
  GArray  *rows; /* of Row */
  GArray  *tree; /* of gint64, one more than rows; tree[i] sums the (i & -i) rows that end with row i - 1 */
  gboolean tree_stale;

  guint    anchor_row;
  int      anchor_offset; /* pixels of the anchor row above the viewport; negative: it starts below the viewport's top */
  gboolean pinned;
};

static inline Row *
row_at (LiaTimelineGeometry *self,
        guint                row)
{
  return &g_array_index (self->rows, Row, row);
}

static inline gint64 *
tree_of (LiaTimelineGeometry *self)
{
  return (gint64 *)(gpointer)self->tree->data;
}

static void
build_tree (LiaTimelineGeometry *self)
{
  guint   n = self->rows->len;
  gint64 *tree;

  g_array_set_size (self->tree, n + 1);
  tree = tree_of (self);
  tree[0] = 0;

  for (guint i = 1; i <= n; i++)
    tree[i] = row_at (self, i - 1)->height;

  for (guint i = 1; i <= n; i++)
    {
      guint parent = i + (i & -i);

      if (parent <= n)
        tree[parent] += tree[i];
    }

  self->tree_stale = FALSE;
}

static void
need_tree (LiaTimelineGeometry *self)
{
  if (self->tree_stale)
    build_tree (self);
}

static void
append_to_tree (LiaTimelineGeometry *self,
                guint                row)
{
  guint  node = row + 1;
  gint64 sum = row_at (self, row)->height;

  for (guint step = 1; step < (node & -node); step <<= 1)
    sum += tree_of (self)[node - step];

  g_array_append_val (self->tree, sum);
}

static gint64
sum_before (LiaTimelineGeometry *self,
            guint                row)
{
  gint64 sum = 0;

  need_tree (self);

  for (guint i = row; i > 0; i -= i & -i)
    sum += tree_of (self)[i];

  return sum;
}

/** lia_timeline_geometry_new: no rows, pinned. */
LiaTimelineGeometry *
lia_timeline_geometry_new (void)
{
  LiaTimelineGeometry *self = g_new0 (LiaTimelineGeometry, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->tree = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->tree_stale = TRUE;
  self->pinned = TRUE;

  return self;
}

void
lia_timeline_geometry_free (LiaTimelineGeometry *self)
{
  g_array_unref (self->rows);
  g_array_unref (self->tree);
  g_free (self);
}

guint
lia_timeline_geometry_get_n_rows (LiaTimelineGeometry *self)
{
  return self->rows->len;
}

static void
move_anchor (LiaTimelineGeometry *self,
             guint                position,
             guint                removed,
             guint                added)
{
  if (self->anchor_row >= position + removed)
    {
      self->anchor_row += added - removed;
    }
  else if (self->anchor_row >= position && removed != added)
    {
      self->anchor_row = position;
      self->anchor_offset = 0;
    }

  if (self->anchor_row >= self->rows->len)
    {
      self->anchor_row = self->rows->len > 0 ? self->rows->len - 1 : 0;
      self->anchor_offset = 0;
    }
}

/**
 * lia_timeline_geometry_splice:
 * @position: the first row that changed
 * @removed: how many rows went there
 * @added: how many came in their place
 * @estimates: (array length=added): guesses of their heights, each > 0
 *
 * As #GListModel::items-changed. The anchor stays on its row; when that went, on what came in its place. As many rows added as removed
 * are taken for new versions of the same rows.
 */
void
lia_timeline_geometry_splice (LiaTimelineGeometry *self,
                              guint                position,
                              guint                removed,
                              guint                added,
                              const int           *estimates)
{
  guint    before = self->rows->len;
  gboolean appending = removed == 0 && position == before && !self->tree_stale;

  g_return_if_fail (position + removed <= before);

  if (removed > added)
    {
      g_array_remove_range (self->rows, position, removed - added);
    }
  else if (added > removed)
    {
      guint gap = added - removed;

      g_array_set_size (self->rows, before + gap);
      memmove (row_at (self, 0) + position + gap, row_at (self, 0) + position, (before - position) * sizeof (Row));
    }

  for (guint i = 0; i < added; i++)
    *row_at (self, position + i) = (Row){ .height = MAX (1, estimates[i]), .measured = FALSE };

  if (appending)
    {
      for (guint i = 0; i < added; i++)
        append_to_tree (self, position + i);
    }
  else
    {
      self->tree_stale = TRUE;
    }

  move_anchor (self, position, removed, added);
}

/** lia_timeline_geometry_set_height: @row was measured. */
void
lia_timeline_geometry_set_height (LiaTimelineGeometry *self,
                                  guint                row,
                                  int                  height)
{
  Row *it;
  int  change;

  g_return_if_fail (row < self->rows->len);

  it = row_at (self, row);
  change = MAX (1, height) - (int)it->height;
  *it = (Row){ .height = MAX (1, height), .measured = TRUE };

  if (change == 0 || self->tree_stale)
    return;

  for (guint i = row + 1; i <= self->rows->len; i += i & -i)
    tree_of (self)[i] += change;
}

/**
 * lia_timeline_geometry_forget_heights:
 * @scale: by what every height is multiplied to be a better guess
 *
 * The width changed: all heights are guesses again.
 */
void
lia_timeline_geometry_forget_heights (LiaTimelineGeometry *self,
                                      double               scale)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = row_at (self, i);

      *row = (Row){ .height = MAX (1, (int)lround (row->height * scale)), .measured = FALSE };
    }

  self->tree_stale = TRUE;
}

int
lia_timeline_geometry_get_height (LiaTimelineGeometry *self,
                                  guint                row)
{
  return row_at (self, row)->height;
}

gboolean
lia_timeline_geometry_is_measured (LiaTimelineGeometry *self,
                                   guint                row)
{
  return row_at (self, row)->measured;
}

gint64
lia_timeline_geometry_get_total (LiaTimelineGeometry *self)
{
  return sum_before (self, self->rows->len);
}

gint64
lia_timeline_geometry_get_top (LiaTimelineGeometry *self,
                               guint                row)
{
  return sum_before (self, MIN (row, self->rows->len));
}

/**
 * lia_timeline_geometry_find:
 * @offset: (out): how far @position is below the row's top
 *
 * The row at @position. Before the start it is the first row, after the end the last.
 */
guint
lia_timeline_geometry_find (LiaTimelineGeometry *self,
                            gint64               position,
                            int                 *offset)
{
  guint n = self->rows->len;
  guint found = 0;
  guint step = 1;

  *offset = 0;
  if (n == 0 || position <= 0)
    return 0;

  need_tree (self);

  while (step << 1 <= n)
    step <<= 1;

  for (; step > 0; step >>= 1)
    {
      if (found + step <= n && tree_of (self)[found + step] <= position)
        {
          found += step;
          position -= tree_of (self)[found];
        }
    }

  if (found == n)
    {
      found = n - 1;
      position += row_at (self, found)->height;
    }

  *offset = (int)MIN (position, G_MAXINT);

  return found;
}

/** lia_timeline_geometry_get_position: where the top of the viewport is. True after lia_timeline_geometry_layout(). */
gint64
lia_timeline_geometry_get_position (LiaTimelineGeometry *self)
{
  return sum_before (self, self->anchor_row) + self->anchor_offset;
}

void
lia_timeline_geometry_pin (LiaTimelineGeometry *self)
{
  self->pinned = TRUE;
}

/** lia_timeline_geometry_unpin: keep the rows that are seen now, also when the last one grows. */
void
lia_timeline_geometry_unpin (LiaTimelineGeometry *self)
{
  self->pinned = FALSE;
}

gboolean
lia_timeline_geometry_is_pinned (LiaTimelineGeometry *self)
{
  return self->pinned;
}

/** lia_timeline_geometry_set_anchor: have the top of the viewport @offset pixels below the top of @row (above it, when negative). */
void
lia_timeline_geometry_set_anchor (LiaTimelineGeometry *self,
                                  guint                row,
                                  int                  offset)
{
  self->anchor_row = self->rows->len > 0 ? MIN (row, self->rows->len - 1) : 0;
  self->anchor_offset = offset;
  self->pinned = FALSE;
}

guint
lia_timeline_geometry_get_anchor (LiaTimelineGeometry *self,
                                  int                 *offset)
{
  *offset = self->anchor_offset;

  return self->anchor_row;
}

static int
true_height (LiaTimelineGeometry *self,
             guint                row,
             LiaMeasureRow        measure,
             gpointer             data)
{
  if (!row_at (self, row)->measured)
    lia_timeline_geometry_set_height (self, row, measure (row, data));

  return row_at (self, row)->height;
}

/**
 * lia_timeline_geometry_scroll_by:
 *
 * Moves by exactly that many pixels (downwards when positive), measuring the rows it passes, so that the step is true. For steps of a few
 * viewports; for longer ones use lia_timeline_geometry_scroll_to().
 */
void
lia_timeline_geometry_scroll_by (LiaTimelineGeometry *self,
                                 int                  pixels,
                                 LiaMeasureRow        measure,
                                 gpointer             data)
{
  if (self->rows->len == 0)
    return;

  self->pinned = FALSE;
  self->anchor_offset += pixels;

  while (self->anchor_offset < 0 && self->anchor_row > 0)
    self->anchor_offset += true_height (self, --self->anchor_row, measure, data);

  self->anchor_offset = MAX (0, self->anchor_offset);

  while (self->anchor_row + 1 < self->rows->len)
    {
      int height = true_height (self, self->anchor_row, measure, data);

      if (self->anchor_offset < height)
        break;

      self->anchor_offset -= height;
      self->anchor_row++;
    }
}

/** lia_timeline_geometry_scroll_to: to a place far away, as far as its position is known. */
void
lia_timeline_geometry_scroll_to (LiaTimelineGeometry *self,
                                 gint64               position)
{
  self->pinned = FALSE;
  self->anchor_row = lia_timeline_geometry_find (self, position, &self->anchor_offset);
}

typedef struct
{
  LiaTimelineGeometry *self;
  LiaMeasureRow        measure;
  gpointer             data;
  guint                first;
  guint                end; /* the row after the last */
  int                  top;
  int                  bottom;
} Fill;

static int
measure_shown (Fill *fill,
               guint row)
{
  int height = MAX (1, fill->measure (row, fill->data));

  lia_timeline_geometry_set_height (fill->self, row, height);

  return height;
}

static void
fill_down (Fill *fill,
           int   until)
{
  while (fill->end < fill->self->rows->len && fill->bottom < until)
    fill->bottom += measure_shown (fill, fill->end++);
}

static void
fill_up (Fill *fill,
         int   until)
{
  while (fill->first > 0 && fill->top > until)
    fill->top -= measure_shown (fill, --fill->first);
}

static void
shift (Fill *fill,
       int   by)
{
  fill->top += by;
  fill->bottom += by;
}

static void
take_anchor (LiaTimelineGeometry *self,
             const Fill          *fill)
{
  int y = fill->top;

  for (guint row = fill->first; row < fill->end; row++)
    {
      int height = row_at (self, row)->height;

      if (y + height > 0 || row + 1 == fill->end)
        {
          self->anchor_row = row;
          self->anchor_offset = -y;
          return;
        }

      y += height;
    }
}

/**
 * lia_timeline_geometry_layout:
 * @viewport: its height
 * @overscan: how many pixels above and below it are filled too
 *
 * Which rows are to be shown, and where: from the anchor downwards, then upwards, so that the anchor stays where it is. Only at the two ends
 * rows give way: no gap is left there. Reaching the end pins. Every row of the range is measured, once.
 */
LiaTimelineRange
lia_timeline_geometry_layout (LiaTimelineGeometry *self,
                              int                  viewport,
                              int                  overscan,
                              LiaMeasureRow        measure,
                              gpointer             data)
{
  guint n = self->rows->len;
  Fill  fill = { self, measure, data, 0, 0, 0, 0 };

  if (n == 0)
    {
      self->anchor_row = 0;
      self->anchor_offset = 0;
      self->pinned = TRUE;
      return (LiaTimelineRange){ 0, 0, 0 };
    }

  if (self->pinned)
    {
      fill.first = fill.end = n;
      fill.top = fill.bottom = viewport;
    }
  else
    {
      fill.first = fill.end = self->anchor_row;
      fill.top = fill.bottom = -self->anchor_offset;
      fill_down (&fill, viewport + overscan);

      if (fill.end == n && fill.bottom < viewport)
        shift (&fill, viewport - fill.bottom);
    }

  fill_up (&fill, -overscan);

  if (fill.first == 0 && fill.top > 0)
    {
      shift (&fill, -fill.top);
      fill_down (&fill, viewport + overscan);
    }

  take_anchor (self, &fill);
  self->pinned = fill.end == n && fill.bottom <= viewport;

  return (LiaTimelineRange){ fill.first, fill.end - fill.first, fill.top };
}
