/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-list.h"

#include "lia-response-row.h"
#include "lia-response-words.h"

#include <glib/gi18n.h>

#define DEFAULT_ROWS 8

struct _LiaResponseList
{
  AdwBin parent_instance;

  GtkBox        *box;
  GtkScrollbar  *scrollbar;
  GtkAdjustment *adjustment; /* its value is the first row that is seen */
  GPtrArray     *rows;       /* LiaResponseRow, children of the box */
  GPtrArray     *hits;       /* LiaCannedHit */
  guint          max_rows;
  guint          selected;
  double         scrolled; /* parts of a row, by a touchpad */
};

enum {
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaResponseList, lia_response_list, ADW_TYPE_BIN)

static guint
get_first (LiaResponseList *self)
{
  return (guint)gtk_adjustment_get_value (self->adjustment);
}

static void
fill_rows (LiaResponseList *self)
{
  guint first = get_first (self);

  for (guint i = 0; i < self->rows->len; i++)
    {
      LiaResponseRow *row = self->rows->pdata[i];
      gboolean        used = i < self->max_rows && first + i < self->hits->len;

      if (used)
        lia_response_row_set_hit (row, self->hits->pdata[first + i], first + i, self->hits->len);
      lia_response_row_set_selected (row, used && first + i == self->selected);
      gtk_widget_set_visible (GTK_WIDGET (row), used);
    }
}

static void
select_hit (LiaResponseList *self,
            guint            position)
{
  guint first = get_first (self);

  self->selected = position;
  if (position < first)
    gtk_adjustment_set_value (self->adjustment, position);
  else if (position >= first + self->max_rows)
    gtk_adjustment_set_value (self->adjustment, position + 1 - self->max_rows);
  fill_rows (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_pressed_cb (LiaResponseList *self,
               int              n_press,
               double           x,
               double           y,
               GtkGesture      *gesture)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  guint      index;

  if (!g_ptr_array_find (self->rows, row, &index))
    return;

  select_hit (self, get_first (self) + index);
  g_signal_emit (self, signals[ACTIVATED], 0, n_press);
}

static gboolean
on_scroll_cb (LiaResponseList *self,
              double           dx,
              double           dy)
{
  int rows;

  self->scrolled += dy;
  rows = (int)self->scrolled;
  self->scrolled -= rows;
  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + rows);

  return GDK_EVENT_STOP;
}

static void
add_row (LiaResponseList *self)
{
  GtkWidget  *row = lia_response_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_visible (row, FALSE);
  gtk_box_append (self->box, row);
  g_ptr_array_add (self->rows, row);
}

static void
lia_response_list_dispose (GObject *object)
{
  LiaResponseList *self = LIA_RESPONSE_LIST (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (lia_response_list_parent_class)->dispose (object);
}

static void
lia_response_list_class_init (LiaResponseListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_response_list_dispose;

  signals[SELECTED] = g_signal_new ("selected", LIA_TYPE_RESPONSE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", LIA_TYPE_RESPONSE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "responselist");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
lia_response_list_init (LiaResponseList *self)
{
  GtkWidget          *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->max_rows = DEFAULT_ROWS;
  self->rows = g_ptr_array_new ();
  self->hits = g_ptr_array_new ();
  self->adjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 1, DEFAULT_ROWS, DEFAULT_ROWS));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->scrollbar = GTK_SCROLLBAR (gtk_scrollbar_new (GTK_ORIENTATION_VERTICAL, self->adjustment));
  gtk_widget_set_hexpand (GTK_WIDGET (self->box), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->scrollbar), FALSE);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->box));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->scrollbar));
  adw_bin_set_child (ADW_BIN (self), content);

  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (fill_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (on_scroll_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Canned Responses"), -1);
  for (guint i = 0; i < DEFAULT_ROWS; i++)
    add_row (self);
}

GtkWidget *
lia_response_list_new (void)
{
  return g_object_new (LIA_TYPE_RESPONSE_LIST, NULL);
}

static void
update_scrollbar (LiaResponseList *self)
{
  gtk_adjustment_configure (self->adjustment, MIN (get_first (self), self->hits->len), 0, self->hits->len, 1, self->max_rows, self->max_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->scrollbar), self->hits->len > self->max_rows);
}

/** lia_response_list_set_max_rows: how many are seen at once, at least one. */
void
lia_response_list_set_max_rows (LiaResponseList *self,
                                guint            max_rows)
{
  max_rows = MAX (max_rows, 1);
  if (self->max_rows == max_rows)
    return;

  self->max_rows = max_rows;
  while (self->rows->len < max_rows)
    add_row (self);
  update_scrollbar (self);
  if (self->hits->len > 0)
    select_hit (self, self->selected);
}

/** lia_response_list_set_hits: @hits: of LiaCannedHit, best first. The best one is selected. */
void
lia_response_list_set_hits (LiaResponseList *self,
                            GPtrArray       *hits)
{
  g_ptr_array_ref (hits);
  g_ptr_array_unref (self->hits);
  self->hits = hits;
  gtk_adjustment_set_value (self->adjustment, 0);
  update_scrollbar (self);
  select_hit (self, 0);
}

guint
lia_response_list_get_n_hits (LiaResponseList *self)
{
  return self->hits->len;
}

/** lia_response_list_get_position: of the selected one, from 0. */
guint
lia_response_list_get_position (LiaResponseList *self)
{
  return self->selected;
}

LiaCannedHit *
lia_response_list_get_selected (LiaResponseList *self)
{
  return self->selected < self->hits->len ? self->hits->pdata[self->selected] : NULL;
}

/**
 * lia_response_list_take_key:
 * @key: that was pressed
 *
 * Returns: whether it moves in the list
 */
gboolean
lia_response_list_take_key (LiaResponseList *self,
                            guint            key)
{
  int last = (int)self->hits->len - 1;
  int position = (int)self->selected;

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      position = position < last ? position + 1 : 0;
      break;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      position = position > 0 ? position - 1 : last;
      break;

    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      position = MIN (position + (int)self->max_rows, last);
      break;

    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      position = MAX (position - (int)self->max_rows, 0);
      break;

    default:
      return FALSE;
    }

  if (last >= 0)
    select_hit (self, (guint)position);

  return TRUE;
}

/** lia_response_list_get_row_height: in pixels; all have the same. */
int
lia_response_list_get_row_height (LiaResponseList *self)
{
  GtkWidget *row = self->rows->pdata[0];
  gboolean   visible = gtk_widget_get_visible (row);
  int        height;

  gtk_widget_set_visible (row, TRUE);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_widget_set_visible (row, visible);

  return height;
}

/** lia_response_list_dup_announcement: how many there are and which is selected, for a screen reader. */
char *
lia_response_list_dup_announcement (LiaResponseList *self)
{
  LiaCannedHit    *hit = lia_response_list_get_selected (self);
  guint            n = self->hits->len;
  g_autofree char *spoken = NULL;

  if (hit == NULL)
    return g_strdup (_ ("No responses"));

  spoken = lia_response_words_spoken (hit);

  /* Translators: how many were found, the selected one, which one it is. */
  return g_strdup_printf (ngettext ("%u response. %s, %u of %u", "%u responses. %s, %u of %u", n), n, spoken, self->selected + 1, n);
}
