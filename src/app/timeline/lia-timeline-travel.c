/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The keyboard: Up and Down from entry to entry, Page Up and Page Down, Home and End, Enter for the entry's menu. An entry that is higher than the
 * window is scrolled through before the next one is reached.
 */

#include "lia-timeline-private.h"

#define STEP 0.8 /* of the viewport */

typedef enum {
  TRAVEL_UP,
  TRAVEL_DOWN,
  TRAVEL_PAGE_UP,
  TRAVEL_PAGE_DOWN,
  TRAVEL_HOME,
  TRAVEL_END,
} Travel;

static int
viewport (LiaTimeline *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self));
}

static int
top_of (LiaTimeline *self,
        guint        row)
{
  return (int)(lia_timeline_geometry_get_top (self->geometry, row) - lia_timeline_geometry_get_position (self->geometry));
}

/* The first row whose top is in view, else the one that fills it. */
static guint
first_visible (LiaTimeline *self)
{
  int   offset;
  guint row = lia_timeline_geometry_get_anchor (self->geometry, &offset);

  if (offset > 0 && row + 1 < lia_timeline_get_n_rows (self) && top_of (self, row + 1) < viewport (self))
    row++;

  return row;
}

/** lia_timeline_reveal: scrolls as little as needed to have @row in view; its beginning, when it is too high. */
void
lia_timeline_reveal (LiaTimeline *self,
                     guint        row)
{
  int height = lia_timeline_measure_row (row, self);
  int top, bottom;

  lia_timeline_geometry_set_height (self->geometry, row, height);
  top = top_of (self, row);
  bottom = top + height;

  if (ABS (top) > 4 * viewport (self))
    {
      lia_timeline_touch (self);
      lia_timeline_geometry_set_anchor (self->geometry, row, 0);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  else if (top < 0 || height > viewport (self))
    {
      lia_timeline_scroll_pixels (self, top);
    }
  else if (bottom > viewport (self))
    {
      lia_timeline_scroll_pixels (self, bottom - viewport (self));
    }
}

static void
focus_row (LiaTimeline *self,
           guint        position)
{
  lia_timeline_focus_row (self, lia_timeline_need_row (self, position));
}

/** lia_timeline_focus_row: the keyboard goes to @row, and comes back to it after it was elsewhere. */
void
lia_timeline_focus_row (LiaTimeline *self,
                        LiveRow     *row)
{
  g_set_str (&self->focus_id, lia_timeline_row_get_entry (row->widget)->id);
  gtk_widget_grab_focus (GTK_WIDGET (row->widget));
}

static void
go_to (LiaTimeline *self,
       guint        position)
{
  lia_timeline_reveal (self, position);
  focus_row (self, position);
}

static void
go_down (LiaTimeline *self,
         guint        from)
{
  int bottom = top_of (self, from) + lia_timeline_geometry_get_height (self->geometry, from);

  if (bottom > viewport (self) && top_of (self, from) <= 0)
    lia_timeline_scroll_pixels (self, MIN ((int)(viewport (self) * STEP), bottom - viewport (self)));
  else if (from + 1 < lia_timeline_get_n_rows (self))
    go_to (self, from + 1);
}

static void
go_up (LiaTimeline *self,
       guint        from)
{
  int top = top_of (self, from);

  if (top < 0)
    {
      lia_timeline_scroll_pixels (self, -MIN ((int)(viewport (self) * STEP), -top));
    }
  else if (from > 0)
    {
      guint to = from - 1;
      int   height = lia_timeline_measure_row (to, self);

      /* One that is too high is entered from its end. */
      lia_timeline_geometry_set_height (self->geometry, to, height);
      if (height > viewport (self))
        lia_timeline_scroll_pixels (self, top - viewport (self));
      else
        lia_timeline_reveal (self, to);
      focus_row (self, to);
    }
}

static void
page (LiaTimeline *self,
      int          direction)
{
  lia_timeline_scroll_pixels (self, direction * (int)(viewport (self) * 0.9));
  focus_row (self, first_visible (self));
}

static gboolean
travel (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  guint        n = lia_timeline_get_n_rows (self);
  LiveRow     *focused = lia_timeline_get_focused (self);
  Travel       where = g_variant_get_int32 (args);

  if (n == 0)
    return GDK_EVENT_PROPAGATE;

  /* Arrow keys in a button or a link of the row stay there. */
  if (focused == NULL && (where == TRAVEL_UP || where == TRAVEL_DOWN))
    {
      go_to (self, lia_timeline_geometry_is_pinned (self->geometry) ? n - 1 : first_visible (self));
      return GDK_EVENT_STOP;
    }

  switch (where)
    {
    case TRAVEL_UP:
      go_up (self, focused->position);
      break;
    case TRAVEL_DOWN:
      go_down (self, focused->position);
      break;
    case TRAVEL_PAGE_UP:
      page (self, -1);
      break;
    case TRAVEL_PAGE_DOWN:
      page (self, 1);
      break;
    case TRAVEL_HOME:
      go_to (self, 0);
      break;
    case TRAVEL_END:
      lia_timeline_scroll_to_end (self);
      focus_row (self, n - 1);
      break;
    default:
      break;
    }

  return GDK_EVENT_STOP;
}

static gboolean
open_entry (GtkWidget *widget,
            GVariant  *args,
            gpointer   user_data)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  LiveRow     *row = lia_timeline_get_focused (self);

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, lia_timeline_signals[ACTIVATE_ENTRY], 0, lia_timeline_row_get_entry (row->widget));
  lia_timeline_open_menu (self, row, -1, -1);

  return GDK_EVENT_STOP;
}

static gboolean
lia_timeline_focus (GtkWidget       *widget,
                    GtkDirectionType direction)
{
  LiaTimeline *self = LIA_TIMELINE (widget);
  LiveRow     *row = lia_timeline_get_focused (self);

  /* Tab comes to one row, goes through what is in it, and leaves; Up and Down change rows. */
  if (row != NULL)
    return gtk_widget_child_focus (GTK_WIDGET (row->widget), direction);
  if (lia_timeline_get_n_rows (self) == 0)
    return FALSE;

  row = self->focus_id != NULL ? lia_timeline_find_entry (self, self->focus_id) : NULL;
  if (row != NULL && row->y < viewport (self) && row->y + row->height > 0)
    return gtk_widget_grab_focus (GTK_WIDGET (row->widget));

  /* Without scrolling: the window gives its focus when it opens, too. */
  focus_row (self, lia_timeline_geometry_is_pinned (self->geometry) ? lia_timeline_get_n_rows (self) - 1 : first_visible (self));

  return TRUE;
}

static gboolean
lia_timeline_grab_focus (GtkWidget *widget)
{
  LiveRow *row = lia_timeline_get_focused (LIA_TIMELINE (widget));

  /* Asked again it does not go on to the row's first button, as Tab does. */
  return row != NULL ? gtk_widget_grab_focus (GTK_WIDGET (row->widget)) : lia_timeline_focus (widget, GTK_DIR_TAB_FORWARD);
}

void
lia_timeline_install_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint  key;
    guint  keypad;
    Travel where;
  } keys[] = {
    { GDK_KEY_Up, GDK_KEY_KP_Up, TRAVEL_UP },
    { GDK_KEY_Down, GDK_KEY_KP_Down, TRAVEL_DOWN },
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, TRAVEL_PAGE_UP },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, TRAVEL_PAGE_DOWN },
    { GDK_KEY_Home, GDK_KEY_KP_Home, TRAVEL_HOME },
    { GDK_KEY_End, GDK_KEY_KP_End, TRAVEL_END },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i].key, 0, travel, "i", keys[i].where);
      gtk_widget_class_add_binding (widget_class, keys[i].keypad, 0, travel, "i", keys[i].where);
    }

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, open_entry, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, open_entry, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, open_entry, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, open_entry, NULL);

  widget_class->focus = lia_timeline_focus;
  widget_class->grab_focus = lia_timeline_grab_focus;
}
