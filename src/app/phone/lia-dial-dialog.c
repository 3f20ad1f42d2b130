/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-dial-dialog.h"

#include "lia-line-words.h"
#include "lia-phone-number.h"
#include "lia-then.h"

#include <glib/gi18n.h>

#define MAX_FOUND 6

struct _LiaDialDialog
{
  AdwDialog parent_instance;

  AdwEntryRow *entry;
  GtkLabel    *hint;
  GtkListBox  *found;
  GtkWidget   *call_button;

  LiaPhoneStation *station;
  char            *conversation; /* which the call becomes a part of, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaDialDialog, lia_dial_dialog, ADW_TYPE_DIALOG)

static char *
dup_typed (LiaDialDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
call (LiaDialDialog *self,
      const char    *number)
{
  lia_phone_station_dial (self->station, number, self->conversation);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_call_clicked_cb (LiaDialDialog *self)
{
  g_autofree char *typed = dup_typed (self);
  GtkListBoxRow   *first = gtk_list_box_get_row_at_index (self->found, 0);

  if (lia_line_words_is_number (typed))
    call (self, typed);
  else if (first != NULL)
    call (self, g_object_get_data (G_OBJECT (first), "number"));
}

static void
on_row_activated_cb (LiaDialDialog *self,
                     GtkListBoxRow *row)
{
  if (gtk_widget_get_sensitive (self->call_button))
    call (self, g_object_get_data (G_OBJECT (row), "number"));
}

static void
update_button (LiaDialDialog *self)
{
  g_autofree char *typed = dup_typed (self);
  const char      *why_not = NULL;
  gboolean         can = lia_phone_station_can_dial (self->station, &why_not);
  gboolean         whom = lia_line_words_is_number (typed) || gtk_list_box_get_row_at_index (self->found, 0) != NULL;

  gtk_widget_set_sensitive (self->call_button, can && whom);
  gtk_widget_set_tooltip_text (self->call_button, can ? NULL : why_not);
  gtk_label_set_label (self->hint, can ? "" : why_not);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), !can);
}

static void
add_row (LiaDialDialog *self,
         const char    *name,
         const char    *number,
         const char    *icon)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *written = lia_phone_number_show (number, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), written);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "number", g_strdup (number), g_free);
  gtk_list_box_append (self->found, row);
}

static void
add_colleagues (LiaDialDialog *self,
                const char    *typed)
{
  LiaClient  *client = lia_phone_station_get_client (self->station);
  GListModel *agents = lia_client_get_agents (client);
  LiaAgent   *me = lia_client_get_me (client);
  guint       added = 0;

  for (guint i = 0; i < g_list_model_get_n_items (agents) && added < MAX_FOUND; i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (!lia_line_words_is_colleague (agent, me, typed))
        continue;
      add_row (self, agent->name, agent->extension, "avatar-default-symbolic");
      added++;
    }
}

static void
add_customer (LiaDialDialog *self,
              LiaCustomer   *customer)
{
  for (guint i = 0; customer->addresses != NULL && i < customer->addresses->len; i++)
    {
      LiaAddress *address = g_ptr_array_index (customer->addresses, i);

      if (g_strcmp0 (address->name, "phone") == 0)
        add_row (self, *customer->name != '\0' ? customer->name : address->address, address->address, "call-start-symbolic");
    }
}

static void
fill (LiaDialDialog *self,
      GListModel    *customers)
{
  g_autofree char *typed = dup_typed (self);

  gtk_list_box_remove_all (self->found);
  if (*typed != '\0')
    add_colleagues (self, typed);
  for (guint i = 0; customers != NULL && i < MIN (g_list_model_get_n_items (customers), MAX_FOUND); i++)
    {
      g_autoptr (LiaCustomer) customer = g_list_model_get_item (customers, i);

      add_customer (self, customer);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->found), gtk_list_box_get_row_at_index (self->found, 0) != NULL);
  update_button (self);
}

static void
completed_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      typed)
{
  LiaDialDialog   *self = owner;
  g_autofree char *now = dup_typed (self);

  /* An answer to what has been typed on since is of no use; without one the number is typed whole. */
  if (error == NULL && g_strcmp0 (typed, now) == 0)
    fill (self, g_value_get_object (value));
}

static void
on_changed_cb (LiaDialDialog *self)
{
  g_autofree char *typed = dup_typed (self);

  fill (self, NULL);
  if (*typed != '\0')
    lia_then (lia_client_complete_address (lia_phone_station_get_client (self->station), typed), self, completed_cb, g_strdup (typed), g_free);
}

static void
lia_dial_dialog_dispose (GObject *object)
{
  LiaDialDialog *self = LIA_DIAL_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_DIAL_DIALOG);
  g_clear_object (&self->station);
  g_clear_pointer (&self->conversation, g_free);
  G_OBJECT_CLASS (lia_dial_dialog_parent_class)->dispose (object);
}

static void
lia_dial_dialog_class_init (LiaDialDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_dial_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-dial-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaDialDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, LiaDialDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, LiaDialDialog, found);
  gtk_widget_class_bind_template_child (widget_class, LiaDialDialog, call_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_call_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
lia_dial_dialog_init (LiaDialDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lia_dial_dialog_new:
 * @number: (nullable): what stands there at first
 * @conversation: (nullable): which the call becomes a part of
 */
AdwDialog *
lia_dial_dialog_new (LiaPhoneStation *station,
                     const char      *number,
                     const char      *conversation)
{
  LiaDialDialog *self = g_object_new (LIA_TYPE_DIAL_DIALOG, NULL);

  self->station = g_object_ref (station);
  self->conversation = g_strdup (conversation);
  if (number != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), number);
  update_button (self);

  return ADW_DIALOG (self);
}
