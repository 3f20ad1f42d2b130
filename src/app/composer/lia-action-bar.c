/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-action-bar.h"

#include "lia-response-words.h"

#include <glib/gi18n.h>

struct _LiaActionBar
{
  AdwBin parent_instance;

  AdwWrapBox        *box;
  LiaResponseFields *fields;
  char              *shown;   /* what the widgets were made for */
  GPtrArray         *changed; /* of GtkToggleButton, the last one last: what undo goes back through */
  gboolean           filling;
};

G_DEFINE_FINAL_TYPE (LiaActionBar, lia_action_bar, ADW_TYPE_BIN)

static LiaCannedAction *
get_action (GtkToggleButton *button)
{
  return g_object_get_data (G_OBJECT (button), "action");
}

static void
show_state (GtkToggleButton *button)
{
  gboolean       wanted = gtk_toggle_button_get_active (button);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_strikethrough_new (!wanted));
  gtk_label_set_attributes (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), attributes);
  pango_attr_list_unref (attributes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), wanted ? _ ("Click to Send without It") : _ ("Click to Do It after All"));
}

static void
announce (LiaActionBar    *self,
          GtkToggleButton *button)
{
  g_autofree char *words = lia_response_words_action (get_action (button));
  /* Translators: what was struck out, "Closes the conversation" */
  g_autofree char *out = g_strdup_printf (_ ("Will not be done: %s"), words);

  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_toggle_button_get_active (button) ? words : out, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_toggled_cb (LiaActionBar    *self,
               GtkToggleButton *button)
{
  show_state (button);
  if (self->filling)
    return;

  announce (self, button);
  g_ptr_array_add (self->changed, button);
  lia_response_fields_strike (self->fields, get_action (button), !gtk_toggle_button_get_active (button));
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LiaActionBar    *self = LIA_ACTION_BAR (widget);
  GtkToggleButton *last = self->changed->len > 0 ? g_ptr_array_steal_index (self->changed, self->changed->len - 1) : NULL;

  if (last == NULL)
    return;

  gtk_toggle_button_set_active (last, !gtk_toggle_button_get_active (last));
  g_ptr_array_set_size (self->changed, (int)self->changed->len - 1); /* an undo is not undone */
}

static void
add_action (LiaActionBar    *self,
            LiaCannedAction *action)
{
  g_autofree char *words = lia_response_words_action (action);
  GtkWidget       *button = gtk_toggle_button_new ();
  GtkWidget       *label = gtk_label_new (words);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (button), "action", lia_canned_action_ref (action), (GDestroyNotify)lia_canned_action_unref);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !lia_response_fields_is_struck (self->fields, action));
  show_state (GTK_TOGGLE_BUTTON (button));
  /* Where nothing is to be done there is nothing to strike out. */
  gtk_widget_set_sensitive (button, !g_str_equal (action->kind, "issue") || *action->value != '\0');
  adw_wrap_box_append (self->box, button);
}

static void
fill (LiaActionBar *self,
      GPtrArray    *actions)
{
  GtkWidget *title = gtk_label_new (_ ("When this is sent:"));
  GtkWidget *child;

  self->filling = TRUE;
  g_ptr_array_set_size (self->changed, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    adw_wrap_box_remove (self->box, child);
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dimmed");
  adw_wrap_box_append (self->box, title);
  for (guint i = 0; i < actions->len; i++)
    add_action (self, actions->pdata[i]);
  self->filling = FALSE;
}

/* Restored from a draft, or by an undo of the text */
static void
update (LiaActionBar *self)
{
  self->filling = TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_TOGGLE_BUTTON (child))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), !lia_response_fields_is_struck (self->fields, get_action (GTK_TOGGLE_BUTTON (child))));
    }
  self->filling = FALSE;
}

/** lia_action_bar_show: is called at each key; widgets are only made anew when others are needed. */
void
lia_action_bar_show (LiaActionBar      *self,
                     LiaResponseFields *fields)
{
  g_autoptr (GPtrArray) actions = lia_response_fields_list_actions (fields);
  g_autoptr (GString) shown = g_string_new (NULL);

  g_set_object (&self->fields, fields);
  for (guint i = 0; i < actions->len; i++)
    {
      const LiaCannedAction *action = actions->pdata[i];

      g_string_append_printf (shown, "%s\n%s\n", action->kind, action->value);
    }
  if (g_set_str (&self->shown, shown->str))
    fill (self, actions);
  update (self);
  gtk_widget_set_visible (GTK_WIDGET (self), actions->len > 0);
}

static void
lia_action_bar_dispose (GObject *object)
{
  LiaActionBar *self = LIA_ACTION_BAR (object);

  g_clear_object (&self->fields);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->changed, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_action_bar_parent_class)->dispose (object);
}

static void
lia_action_bar_class_init (LiaActionBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_action_bar_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "action-bar.undo", NULL, undo_action);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_z, GDK_CONTROL_MASK, "action-bar.undo", NULL);
}

static void
lia_action_bar_init (LiaActionBar *self)
{
  self->changed = g_ptr_array_new ();
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
