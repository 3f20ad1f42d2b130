/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-transfer-popover.h"

#include "lia-line-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _LiaTransferPopover
{
  GtkPopover parent_instance;

  GtkSearchEntry *entry;
  GtkListBox     *list;
  GtkWidget      *transfer_button;
  GtkWidget      *consult_button;

  LiaPhoneLine *line;
  LiaClient    *client;
};

G_DEFINE_FINAL_TYPE (LiaTransferPopover, lia_transfer_popover, GTK_TYPE_POPOVER)

static const struct
{
  const char *state;
  const char *words;
} availabilities[] = {
  { "available", N_ ("available") },
  { "busy", N_ ("busy") },
  { "wrap-up", N_ ("wrapping up") },
  { "paused", N_ ("has a pause") },
  { "offline", N_ ("offline") },
};

static const char *
availability_words (LiaAgent *agent)
{
  for (guint i = 0; i < G_N_ELEMENTS (availabilities); i++)
    if (g_strcmp0 (agent->availability, availabilities[i].state) == 0)
      return _ (availabilities[i].words);
  return "";
}

static void
add_row (LiaTransferPopover *self,
         const char         *title,
         const char         *subtitle,
         const char         *icon,
         const char         *to)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "to", g_strdup (to), g_free);
  gtk_list_box_append (self->list, row);
}

static void
add_colleagues (LiaTransferPopover *self,
                const char         *typed)
{
  GListModel *agents = lia_client_get_agents (self->client);
  LiaAgent   *me = lia_client_get_me (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);
      g_autofree char *subtitle = NULL;

      if (!lia_line_words_is_colleague (agent, me, typed))
        continue;
      subtitle = g_strdup_printf ("%s · %s", agent->extension, availability_words (agent));
      add_row (self, agent->name, subtitle, "avatar-default-symbolic", agent->id);
    }
}

static void
update_buttons (LiaTransferPopover *self)
{
  gboolean    chosen = gtk_list_box_get_selected_row (self->list) != NULL;
  const char *why_not = NULL;
  gboolean    can = self->line != NULL && lia_phone_line_can (self->line, LIA_LINE_TRANSFER, &why_not);

  gtk_widget_set_sensitive (self->transfer_button, chosen && can);
  gtk_widget_set_tooltip_text (self->transfer_button, can ? _ ("Ctrl+Enter") : why_not);
  can = self->line != NULL && lia_phone_line_can (self->line, LIA_LINE_CONSULT, &why_not);
  gtk_widget_set_sensitive (self->consult_button, chosen && can);
  gtk_widget_set_tooltip_text (self->consult_button, can ? _ ("Enter") : why_not);
}

static void
fill (LiaTransferPopover *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  gtk_list_box_remove_all (self->list);
  if (self->client != NULL)
    add_colleagues (self, typed);
  if (lia_line_words_is_number (typed))
    add_row (self, typed, _ ("Number"), "call-start-symbolic", typed);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  update_buttons (self);
}

static const char *
chosen (LiaTransferPopover *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "to") : NULL;
}

static void
on_transfer_clicked_cb (LiaTransferPopover *self)
{
  if (chosen (self) == NULL)
    return;
  lia_phone_line_transfer (self->line, chosen (self));
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_consult_clicked_cb (LiaTransferPopover *self)
{
  if (chosen (self) == NULL)
    return;
  lia_phone_line_consult (self->line, chosen (self));
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_changed_cb (LiaTransferPopover *self)
{
  fill (self);
}

static void
step (LiaTransferPopover *self,
      int                 by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->list, MAX (row != NULL ? gtk_list_box_row_get_index (row) + by : 0, 0));

  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
}

static void
on_next_cb (LiaTransferPopover *self)
{
  step (self, 1);
}

static void
on_previous_cb (LiaTransferPopover *self)
{
  step (self, -1);
}

static void
on_stop_search_cb (LiaTransferPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
on_key_pressed_cb (LiaTransferPopover *self,
                   guint               key,
                   guint               code,
                   GdkModifierType     state)
{
  if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    step (self, key == GDK_KEY_Down ? 1 : -1);
  else if (key == GDK_KEY_Return && (state & GDK_CONTROL_MASK) != 0)
    on_transfer_clicked_cb (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
on_row_selected_cb (LiaTransferPopover *self)
{
  /* A row that goes with the list says so too. */
  if (self->list != NULL)
    update_buttons (self);
}

static void
on_row_activated_cb (LiaTransferPopover *self)
{
  gtk_widget_grab_focus (self->consult_button);
}

static void
on_show_cb (LiaTransferPopover *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
lia_transfer_popover_dispose (GObject *object)
{
  LiaTransferPopover *self = LIA_TRANSFER_POPOVER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_TRANSFER_POPOVER);
  g_clear_object (&self->line);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lia_transfer_popover_parent_class)->dispose (object);
}

static void
lia_transfer_popover_class_init (LiaTransferPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_transfer_popover_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-transfer-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaTransferPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, LiaTransferPopover, list);
  gtk_widget_class_bind_template_child (widget_class, LiaTransferPopover, transfer_button);
  gtk_widget_class_bind_template_child (widget_class, LiaTransferPopover, consult_button);
  gtk_widget_class_bind_template_callback (widget_class, on_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_transfer_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_consult_clicked_cb);
}

static void
lia_transfer_popover_init (LiaTransferPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_transfer_popover_set_line (LiaTransferPopover *self,
                               LiaPhoneLine       *line,
                               LiaClient          *client)
{
  g_set_object (&self->line, line);
  g_set_object (&self->client, client);
}
