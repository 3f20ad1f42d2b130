/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-chips.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _LiaLibraryChips
{
  GtkWidget parent_instance;

  AdwWrapBox *box;
};

G_DEFINE_FINAL_TYPE (LiaLibraryChips, lia_library_chips, GTK_TYPE_WIDGET)

enum {
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_clicked_cb (GtkWidget *button)
{
  GtkWidget *chips = gtk_widget_get_ancestor (button, LIA_TYPE_LIBRARY_CHIPS);
  g_autoptr (LiaLibraryPlace) place = g_object_ref (g_object_get_data (G_OBJECT (button), "place"));

  g_signal_emit (chips, signals[REMOVED], 0, place);
}

static GtkWidget *
make_chip (LiaLibraryPlace *place)
{
  const char      *title = lia_library_place_get_title (place);
  GtkWidget       *chip = gtk_button_new ();
  GtkWidget       *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *label = gtk_label_new (title);
  g_autofree char *words = g_strdup_printf (_ ("Only %s; take away"), title);
  g_autofree char *tip = g_strdup_printf (_ ("Take Away the Filter “%s”"), title);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name (lia_library_place_get_icon (place)));
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_add_css_class (chip, "library-chip");
  gtk_widget_set_tooltip_text (chip, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (chip), "place", g_object_ref (place), g_object_unref);
  g_signal_connect (chip, "clicked", G_CALLBACK (on_clicked_cb), NULL);

  return chip;
}

/** lia_library_chips_show: the places of @filter; whoever had the keyboard on one that is gone has it on the next. */
void
lia_library_chips_show (LiaLibraryChips  *self,
                        LiaLibraryFilter *filter)
{
  GtkWidget *child;
  gboolean   focused = gtk_widget_get_focus_child (GTK_WIDGET (self->box)) != NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    adw_wrap_box_remove (self->box, child);
  for (guint i = 0; i < filter->places->len; i++)
    adw_wrap_box_append (self->box, make_chip (filter->places->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self), filter->places->len > 0);

  child = gtk_widget_get_last_child (GTK_WIDGET (self->box));
  if (focused && child != NULL)
    gtk_widget_grab_focus (child);
}

static void
lia_library_chips_dispose (GObject *object)
{
  LiaLibraryChips *self = LIA_LIBRARY_CHIPS (object);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;

  G_OBJECT_CLASS (lia_library_chips_parent_class)->dispose (object);
}

static void
lia_library_chips_class_init (LiaLibraryChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_library_chips_dispose;

  signals[REMOVED] = g_signal_new ("removed", LIA_TYPE_LIBRARY_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_LIBRARY_PLACE);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lia_library_chips_init (LiaLibraryChips *self)
{
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Filters"), -1);
}
