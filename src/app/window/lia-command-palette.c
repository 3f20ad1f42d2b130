/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that can be done, found by a few letters of its name. */
#include "lia-command-palette.h"

#include "lia-shortcuts.h"

#include <glib/gi18n.h>

struct _LiaCommandPalette
{
  AdwDialog parent_instance;

  GtkSearchEntry *entry;
  GtkListBox     *list;
  GtkStack       *stack;

  GtkWidget *target; /* the actions are done from here; weak */
  GStrv      words;  /* typed, folded */
};

G_DEFINE_FINAL_TYPE (LiaCommandPalette, lia_command_palette, ADW_TYPE_DIALOG)

static const LiaShortcut *
row_shortcut (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "shortcut");
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  LiaCommandPalette *self = user_data;
  g_autofree char   *title = g_utf8_casefold (_ (row_shortcut (row)->title), -1);

  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (title, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static GtkListBoxRow *
first_row (LiaCommandPalette *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

static void
on_changed_cb (LiaCommandPalette *self)
{
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);
  GtkListBoxRow   *first;

  g_clear_pointer (&self->words, g_strfreev);
  self->words = g_strsplit (g_strstrip (folded), " ", -1);
  gtk_list_box_invalidate_filter (self->list);
  first = first_row (self);
  gtk_list_box_select_row (self->list, first);
  gtk_stack_set_visible_child_name (self->stack, first != NULL ? "list" : "empty");
}

static void
on_row_activated_cb (LiaCommandPalette *self,
                     GtkListBoxRow     *row)
{
  const LiaShortcut *shortcut = row_shortcut (row);
  GtkWidget         *target = self->target;

  /* Closed first: what is done may open a dialog or move the focus. */
  adw_dialog_force_close (ADW_DIALOG (self));
  if (target != NULL)
    lia_shortcut_activate (shortcut, target);
}

static void
on_activate_cb (LiaCommandPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    on_row_activated_cb (self, row);
}

/* The entry takes Escape for itself: it would not reach the dialog. */
static void
on_stop_search_cb (LiaCommandPalette *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static gboolean
on_key_pressed_cb (LiaCommandPalette *self,
                   guint              key,
                   guint              code,
                   GdkModifierType    modifiers)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int            step = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1
                                                                    : 0;

  if (step == 0 || row == NULL)
    return GDK_EVENT_PROPAGATE;
  for (int i = gtk_list_box_row_get_index (row) + step; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL && i >= 0; i += step)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        gtk_list_box_select_row (self->list, row);
        break;
      }
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_row (const LiaShortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "shortcut", (gpointer)shortcut);
  if (shortcut->accel != NULL)
    {
      guint           key;
      GdkModifierType modifiers;

      if (gtk_accelerator_parse (shortcut->accel, &key, &modifiers))
        {
          g_autofree char *keys = gtk_accelerator_get_label (key, modifiers);
          GtkWidget       *label = gtk_label_new (keys);

          gtk_widget_add_css_class (label, "dimmed");
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
        }
    }
  return row;
}

static void
lia_command_palette_dispose (GObject *object)
{
  LiaCommandPalette *self = LIA_COMMAND_PALETTE (object);

  g_clear_weak_pointer (&self->target);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_COMMAND_PALETTE);
  g_clear_pointer (&self->words, g_strfreev);
  G_OBJECT_CLASS (lia_command_palette_parent_class)->dispose (object);
}

static void
lia_command_palette_class_init (LiaCommandPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_command_palette_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-command-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaCommandPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, LiaCommandPalette, list);
  gtk_widget_class_bind_template_child (widget_class, LiaCommandPalette, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
}

static void
lia_command_palette_init (LiaCommandPalette *self)
{
  guint              n_shortcuts;
  const LiaShortcut *shortcuts = lia_shortcuts_get (&n_shortcuts);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < n_shortcuts; i++)
    gtk_list_box_append (self->list, make_row (&shortcuts[i]));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_select_row (self->list, first_row (self));
  gtk_search_entry_set_key_capture_widget (self->entry, GTK_WIDGET (self));
}

/**
 * lia_command_palette_new:
 * @target: from which all actions can be reached
 */
AdwDialog *
lia_command_palette_new (GtkWidget *target)
{
  LiaCommandPalette *self = g_object_new (LIA_TYPE_COMMAND_PALETTE, NULL);

  g_set_weak_pointer (&self->target, target);
  return ADW_DIALOG (self);
}
