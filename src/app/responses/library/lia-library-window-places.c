/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The left part of the library window: states, folders, tags and languages, each of which filters when it is activated, and again not. */
#include "lia-library-window-private.h"

#include "lia-time.h"

#include <glib/gi18n.h>

static LiaLibraryPlace *
row_place (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "place");
}

/* All responses are looked at while no filter is on; none are while suggestions are. */
static gboolean
is_on (LiaLibraryWindow *self,
       LiaLibraryPlace  *place)
{
  if (lia_library_window_shows_suggestions (self))
    return FALSE;

  return place->kind == LIA_LIBRARY_ALL ? self->filter->places->len == 0 : lia_library_filter_contains (self->filter, place);
}

static GtkWidget *
make_place_row (LiaLibraryPlace *place)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget       *title = gtk_label_new (lia_library_place_get_title (place));
  g_autofree char *number = g_strdup_printf ("%u", place->count);
  g_autofree char *words = g_strdup_printf (ngettext ("%s, %u response", "%s, %u responses", place->count), lia_library_place_get_title (place), place->count);
  GtkWidget       *count = gtk_label_new (number);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (count, "count");
  gtk_widget_add_css_class (count, "dimmed");
  gtk_widget_set_margin_start (box, (int)(place->depth * 15));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (lia_library_place_get_icon (place)));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (row), "place", g_object_ref (place), g_object_unref);

  return row;
}

static void
place_header_cb (GtkListBoxRow *row,
                 GtkListBoxRow *before,
                 gpointer       data)
{
  static const char *const titles[] = { N_ ("Folders"), N_ ("Tags"), N_ ("Languages") };
  LiaLibraryPlace         *place = row_place (row);
  GtkWidget               *label;

  if (place->kind < LIA_LIBRARY_FOLDER || (before != NULL && row_place (before)->kind == place->kind))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_ (titles[place->kind - LIA_LIBRARY_FOLDER]));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "library-header");
  gtk_list_box_row_set_header (row, label);
}

static gboolean
same_places (LiaLibraryWindow *self,
             GPtrArray        *places)
{
  GtkListBoxRow *row = NULL;

  for (guint i = 0; i < places->len; i++)
    {
      row = gtk_list_box_get_row_at_index (self->places, (int)i);
      if (row == NULL || !lia_library_place_equal (row_place (row), places->pdata[i]) || row_place (row)->count != ((LiaLibraryPlace *)places->pdata[i])->count)
        return FALSE;
    }

  return gtk_list_box_get_row_at_index (self->places, (int)places->len) == NULL;
}

/* A folder or tag that nothing has any more cannot be seen, and filters nothing. */
static void
drop_lost_filters (LiaLibraryWindow *self,
                   GPtrArray        *places)
{
  for (guint i = self->filter->places->len; i > 0; i--)
    {
      LiaLibraryPlace *place = self->filter->places->pdata[i - 1];

      if (!g_ptr_array_find_with_equal_func (places, place, (GEqualFunc)lia_library_place_equal, NULL))
        lia_library_filter_remove (self->filter, place);
    }
}

static void
fill_places (LiaLibraryWindow *self,
             GPtrArray        *places)
{
  GtkWidget       *focused = gtk_widget_get_focus_child (GTK_WIDGET (self->places));
  LiaLibraryPlace *before = focused != NULL && GTK_IS_LIST_BOX_ROW (focused) ? row_place (GTK_LIST_BOX_ROW (focused)) : NULL;
  g_autoptr (LiaLibraryPlace) kept = before != NULL ? g_object_ref (before) : NULL;

  gtk_list_box_remove_all (self->places);
  for (guint i = 0; i < places->len; i++)
    {
      GtkWidget *row = make_place_row (places->pdata[i]);

      gtk_list_box_append (self->places, row);
      if (kept != NULL && lia_library_place_equal (kept, places->pdata[i]))
        gtk_widget_grab_focus (row);
    }
}

void
lia_library_window_mark_places (LiaLibraryWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->places, i)) != NULL; i++)
    {
      gboolean on = is_on (self, row_place (row));

      if (on)
        gtk_widget_add_css_class (GTK_WIDGET (row), "on");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (row), "on");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, on, -1);
    }
  lia_library_chips_show (self->chips, self->filter);
}

/* lia_library_window_update_places: @library: of LiaCanned */
void
lia_library_window_update_places (LiaLibraryWindow *self,
                                  GPtrArray        *library)
{
  g_autoptr (GPtrArray) places = lia_library_places (library, lia_time_now ());

  if (!same_places (self, places))
    fill_places (self, places);
  drop_lost_filters (self, places);
  lia_library_window_mark_places (self);
}

static void
on_place_activated_cb (LiaLibraryWindow *self,
                       GtkListBoxRow    *row)
{
  lia_library_window_show_responses (self);
  lia_library_filter_toggle (self->filter, row_place (row));
  lia_library_window_update (self);
  lia_library_window_announce (self);
}

static void
on_chip_removed_cb (LiaLibraryWindow *self,
                    LiaLibraryPlace  *place)
{
  lia_library_filter_remove (self->filter, place);
  lia_library_window_update (self);
  if (self->filter->places->len == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  lia_library_window_announce (self);
}

static void
take_away_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (widget);

  if (self->narrowest != NULL)
    on_chip_removed_cb (self, g_steal_pointer (&self->narrowest));
}

void
lia_library_window_install_places (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_chip_removed_cb);
  gtk_widget_class_install_action (widget_class, "library.take-away-filter", NULL, take_away_action);
}

void
lia_library_window_init_places (LiaLibraryWindow *self)
{
  self->filter = lia_library_filter_new ();
  gtk_list_box_set_header_func (self->places, place_header_cb, NULL, NULL);
}

/* lia_library_window_say_nothing: what is to be done so that something is found. */
void
lia_library_window_say_nothing (LiaLibraryWindow *self,
                                GPtrArray        *library)
{
  guint n;

  g_set_object (&self->narrowest, lia_library_filter_find_narrowest (self->filter, library, lia_time_now (), &n));
  gtk_widget_set_visible (GTK_WIDGET (self->take_away), self->narrowest != NULL);
  if (self->narrowest != NULL)
    {
      const char      *title = lia_library_place_get_title (self->narrowest);
      g_autofree char *words = g_strdup_printf (ngettext ("Without the filter “%s” there is %u response.", "Without the filter “%s” there are %u responses.", n), title, n);
      g_autofree char *label = g_strdup_printf (_ ("Take Away “%s”"), title);

      adw_status_page_set_description (self->nothing, words);
      gtk_button_set_label (self->take_away, label);
    }
  else
    adw_status_page_set_description (self->nothing, self->filter->places->len > 0 ? _ ("Try fewer letters, or take a filter away.") : _ ("Try fewer letters, or look among the retired ones."));
}
