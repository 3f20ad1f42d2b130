/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libadwaita 1.8's AdwShortcutsDialog will do; GtkShortcutsWindow is on its way out. */
#include "lia-shortcuts-dialog.h"

#include "lia-shortcuts.h"

#include <glib/gi18n.h>

struct _LiaShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (LiaShortcutsDialog, lia_shortcuts_dialog, ADW_TYPE_DIALOG)

static void
add_key (GtkWidget      *keys,
         guint           key,
         GdkModifierType modifier)
{
  g_autofree char *name = gtk_accelerator_get_label (key, modifier);
  GtkWidget       *label = gtk_label_new (name);

  gtk_widget_add_css_class (label, "keycap");
  gtk_box_append (GTK_BOX (keys), label);
}

/* As GtkShortcutLabel drew them, with the style that is there for it. */
static GtkWidget *
new_keys (guint           key,
          GdkModifierType modifiers)
{
  static const GdkModifierType each[] = { GDK_CONTROL_MASK, GDK_ALT_MASK, GDK_SHIFT_MASK };
  GtkWidget                   *keys = g_object_new (GTK_TYPE_BOX, "css-name", "shortcut", "spacing", 6, "valign", GTK_ALIGN_CENTER, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    if (modifiers & each[i])
      add_key (keys, 0, each[i]);
  add_key (keys, key, 0);

  return keys;
}

static void
add_shortcut (AdwPreferencesGroup *group,
              const LiaShortcut   *shortcut)
{
  GtkWidget      *row = adw_action_row_new ();
  guint           key;
  GdkModifierType modifiers;

  if (!gtk_accelerator_parse (shortcut->accel, &key, &modifiers))
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_keys (key, modifiers));
  adw_preferences_group_add (group, row);
}

static void
add_shortcuts (LiaShortcutsDialog *self,
               const LiaShortcut  *shortcuts,
               guint               n_shortcuts)
{
  AdwPreferencesGroup *group = NULL;
  const char          *group_name = NULL;

  for (guint i = 0; i < n_shortcuts; i++)
    {
      if (shortcuts[i].accel == NULL)
        continue;
      if (g_strcmp0 (group_name, shortcuts[i].group) != 0)
        {
          group_name = shortcuts[i].group;
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _ (group_name));
          adw_preferences_page_add (self->page, group);
        }
      add_shortcut (group, &shortcuts[i]);
    }
}

static void
lia_shortcuts_dialog_class_init (LiaShortcutsDialogClass *klass)
{
}

static void
lia_shortcuts_dialog_init (LiaShortcutsDialog *self)
{
  GtkWidget         *view = adw_toolbar_view_new ();
  guint              n_shortcuts;
  const LiaShortcut *shortcuts = lia_shortcuts_get (&n_shortcuts);

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  add_shortcuts (self, shortcuts, n_shortcuts);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->page));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Keyboard Shortcuts"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 480);
  adw_dialog_set_content_height (ADW_DIALOG (self), 640);
}

AdwDialog *
lia_shortcuts_dialog_new (void)
{
  return g_object_new (LIA_TYPE_SHORTCUTS_DIALOG, NULL);
}
