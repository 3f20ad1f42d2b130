/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-compose-dialog.h"

#include "lia-then.h"

#include <glib/gi18n.h>

#define MAX_KNOWN 5

struct _LiaComposeDialog
{
  AdwDialog parent_instance;

  AdwEntryRow         *address;
  AdwEntryRow         *subject;
  GtkWidget           *create_button;
  AdwPreferencesGroup *known_group;
  GtkListBox          *known;

  LiaClient *client;
  char      *name; /* of the known customer who was chosen, or NULL */
};

enum {
  SIGNAL_CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaComposeDialog, lia_compose_dialog, ADW_TYPE_DIALOG)

static LiaAddress *
typed_address (LiaComposeDialog *self)
{
  g_autoptr (GPtrArray) addresses = lia_address_parse_list (gtk_editable_get_text (GTK_EDITABLE (self->address)));
  LiaAddress *first = addresses != NULL && addresses->len == 1 ? g_ptr_array_index (addresses, 0) : NULL;

  return first != NULL && lia_address_is_valid_email (first->address) ? lia_address_ref (first) : NULL;
}

static const char *
email_of (LiaCustomer *customer)
{
  for (guint i = 0; customer->addresses != NULL && i < customer->addresses->len; i++)
    {
      LiaAddress *address = g_ptr_array_index (customer->addresses, i);

      if (g_strcmp0 (address->name, "email") == 0)
        return address->address;
    }
  return NULL;
}

static void
completed_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      typed)
{
  LiaComposeDialog *self = owner;
  GListModel       *customers;
  guint             shown = 0;

  /* An answer to what has been typed on since is of no use; without one the address is typed whole. */
  if (error != NULL || g_strcmp0 (typed, gtk_editable_get_text (GTK_EDITABLE (self->address))) != 0)
    return;

  customers = g_value_get_object (value);
  gtk_list_box_remove_all (self->known);
  for (guint i = 0; i < g_list_model_get_n_items (customers) && shown < MAX_KNOWN; i++)
    {
      g_autoptr (LiaCustomer) customer = g_list_model_get_item (customers, i);
      GtkWidget  *row = adw_action_row_new ();
      const char *email = email_of (customer);

      if (email == NULL)
        continue;
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *customer->name != '\0' ? customer->name : email);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), email);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "customer", g_object_ref (customer), g_object_unref);
      gtk_list_box_append (self->known, row);
      shown++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->known_group), shown > 0);
}

static void
on_address_changed_cb (LiaComposeDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->address));
  g_autoptr (LiaAddress) address = typed_address (self);

  g_clear_pointer (&self->name, g_free);
  gtk_widget_set_sensitive (self->create_button, address != NULL);
  if (*typed != '\0')
    lia_then (lia_client_complete_address (self->client, typed), self, completed_cb, g_strdup (typed), g_free);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->known_group), FALSE);
}

static void
on_known_activated_cb (LiaComposeDialog *self,
                       GtkListBoxRow    *row)
{
  LiaCustomer     *customer = g_object_get_data (G_OBJECT (row), "customer");
  g_autofree char *name = g_strdup (customer->name);

  gtk_editable_set_text (GTK_EDITABLE (self->address), email_of (customer));
  self->name = g_steal_pointer (&name);
  gtk_widget_set_visible (GTK_WIDGET (self->known_group), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->subject));
}

static void
created_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      data)
{
  LiaComposeDialog *self = owner;

  gtk_widget_set_sensitive (self->create_button, TRUE);
  if (error != NULL)
    {
      lia_complain (owner, _ ("The conversation could not be begun"), error);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_CREATED], 0, g_value_get_string (value));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_create_clicked_cb (LiaComposeDialog *self)
{
  g_autoptr (LiaAddress) typed = typed_address (self);
  g_autoptr (LiaAddress) customer = NULL;

  if (typed == NULL)
    return;
  customer = lia_address_new (self->name != NULL ? self->name : typed->name, typed->address);
  gtk_widget_set_sensitive (self->create_button, FALSE);
  lia_then (lia_client_create_conversation (self->client, customer, gtk_editable_get_text (GTK_EDITABLE (self->subject))),
            self, created_cb, NULL, NULL);
}

static void
lia_compose_dialog_dispose (GObject *object)
{
  LiaComposeDialog *self = LIA_COMPOSE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_COMPOSE_DIALOG);
  g_clear_object (&self->client);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (lia_compose_dialog_parent_class)->dispose (object);
}

static void
lia_compose_dialog_class_init (LiaComposeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_compose_dialog_dispose;

  signals[SIGNAL_CREATED] = g_signal_new ("created", LIA_TYPE_COMPOSE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-compose-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaComposeDialog, address);
  gtk_widget_class_bind_template_child (widget_class, LiaComposeDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, LiaComposeDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, LiaComposeDialog, known_group);
  gtk_widget_class_bind_template_child (widget_class, LiaComposeDialog, known);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_known_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_create_clicked_cb);
}

static void
lia_compose_dialog_init (LiaComposeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
lia_compose_dialog_new (LiaClient *client)
{
  LiaComposeDialog *self = g_object_new (LIA_TYPE_COMPOSE_DIALOG, NULL);

  self->client = g_object_ref (client);
  return ADW_DIALOG (self);
}
