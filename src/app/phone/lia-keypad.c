/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-keypad.h"

#include <glib/gi18n.h>

struct _LiaKeypad
{
  GtkPopover parent_instance;

  GtkLabel *pressed;
};

enum {
  SIGNAL_KEY_PRESSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaKeypad, lia_keypad, GTK_TYPE_POPOVER)

static const char *const keys[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#" };

static void
press (LiaKeypad  *self,
       const char *key)
{
  g_autofree char *pressed = g_strconcat (gtk_label_get_label (self->pressed), key, NULL);

  gtk_label_set_label (self->pressed, pressed);
  g_signal_emit (self, signals[SIGNAL_KEY_PRESSED], 0, key);
}

static void
on_clicked_cb (LiaKeypad *self,
               GtkButton *button)
{
  press (self, gtk_button_get_label (button));
}

static gboolean
on_typed_cb (LiaKeypad *self,
             guint      keyval)
{
  const char letter[] = { (char)gdk_keyval_to_unicode (keyval), '\0' };

  if (gdk_keyval_to_unicode (keyval) > 127 || !g_strv_contains (keys, letter))
    return GDK_EVENT_PROPAGATE;
  press (self, letter);
  return GDK_EVENT_STOP;
}

static void
on_closed_cb (LiaKeypad *self)
{
  gtk_label_set_label (self->pressed, "");
}

static GtkWidget *
make_keys (LiaKeypad *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  /* A keypad looks the same in every language. */
  gtk_widget_set_direction (grid, GTK_TEXT_DIR_LTR);
  for (int i = 0; i < (int)G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (keys[i]);

      gtk_widget_add_css_class (button, "keypad-key");
      gtk_widget_set_focus_on_click (button, FALSE);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), button, i % 3, i / 3, 1, 1);
    }
  return grid;
}

static void
lia_keypad_class_init (LiaKeypadClass *klass)
{
  signals[SIGNAL_KEY_PRESSED] = g_signal_new ("key-pressed", LIA_TYPE_KEYPAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_keypad_init (LiaKeypad *self)
{
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkEventController *typed = gtk_event_controller_key_new ();

  self->pressed = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_ellipsize (self->pressed, PANGO_ELLIPSIZE_START);
  gtk_label_set_max_width_chars (self->pressed, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->pressed), "title-3");
  gtk_widget_add_css_class (GTK_WIDGET (self->pressed), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pressed));
  gtk_box_append (GTK_BOX (box), make_keys (self));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Keypad"), -1);

  g_signal_connect_object (typed, "key-pressed", G_CALLBACK (on_typed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), typed);
  g_signal_connect (self, "closed", G_CALLBACK (on_closed_cb), NULL);
}
