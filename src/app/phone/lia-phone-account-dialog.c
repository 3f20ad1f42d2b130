/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-phone-account-dialog.h"

#include "lia-ca-row.h"
#include "lia-client-pbx.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaPhoneAccountDialog
{
  AdwDialog parent_instance;

  GtkWidget           *save_button;
  AdwBanner           *problem;
  AdwEntryRow         *server;
  AdwSpinRow          *port_row;
  AdwComboRow         *transport;
  LiaCaRow            *ca_row;
  AdwEntryRow         *user;
  AdwPasswordEntryRow *password;
  GtkWidget           *remove_group;
  GtkWidget           *remove_row;

  LiaPhoneStation *station;
  LiaAgent        *colleague; /* whose it is; NULL: mine */
  LiaSoftphone    *account;   /* that is changed, or NULL; a colleague's has no secret that we are told */
  gboolean         saving;
};

G_DEFINE_FINAL_TYPE (LiaPhoneAccountDialog, lia_phone_account_dialog, ADW_TYPE_DIALOG)

/* As they stand in the list */
static const char *const transports[] = { "tls", "tcp", "udp" };

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
set_text (AdwEntryRow *row,
          const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* An empty field keeps the password that there is. */
static const char *
get_secret (LiaPhoneAccountDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->password));

  return *typed == '\0' && self->account != NULL ? self->account->secret : typed;
}

static gboolean
has_secret (LiaPhoneAccountDialog *self)
{
  return *get_secret (self) != '\0' || (self->colleague != NULL && self->account != NULL);
}

static gboolean
uses_tls (LiaPhoneAccountDialog *self)
{
  return g_str_equal (transports[adw_combo_row_get_selected (self->transport)], "tls");
}

static void
update (LiaPhoneAccountDialog *self)
{
  g_autofree char *server = dup_text (self->server);
  g_autofree char *user = dup_text (self->user);

  gtk_widget_set_sensitive (self->save_button, !self->saving && *server != '\0' && *user != '\0' && has_secret (self));
  gtk_widget_set_sensitive (self->remove_row, !self->saving);
  adw_dialog_set_can_close (ADW_DIALOG (self), !self->saving);
}

static void
on_changed_cb (LiaPhoneAccountDialog *self)
{
  adw_banner_set_revealed (self->problem, FALSE);
  update (self);
}

/* Without TLS there is nobody to be trusted. */
static void
on_transport_changed_cb (LiaPhoneAccountDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->ca_row), uses_tls (self));
}

static void
complain (LiaPhoneAccountDialog *self,
          const GError          *error)
{
  g_autofree char *words = lia_problem_words (error);
  g_autofree char *text = g_strdup_printf (_ ("That could not be saved: %s"), words);

  adw_banner_set_title (self->problem, text);
  adw_banner_set_revealed (self->problem, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  LiaPhoneAccountDialog *self = owner;

  self->saving = FALSE;
  update (self);
  if (error != NULL)
    complain (self, error);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
save (LiaPhoneAccountDialog *self,
      LiaSoftphone          *account)
{
  adw_banner_set_revealed (self->problem, FALSE);
  self->saving = TRUE;
  update (self);
  lia_then (self->colleague != NULL ? lia_client_set_softphone (lia_phone_station_get_client (self->station), self->colleague->id, account)
                                    : lia_phone_station_set_account (self->station, account),
            self, saved_cb, NULL, NULL);
}

static LiaSoftphone *
make_account (LiaPhoneAccountDialog *self)
{
  LiaSoftphone *account = lia_softphone_new ();

  account->server = dup_text (self->server);
  account->port = (gint64)adw_spin_row_get_value (self->port_row);
  account->transport = g_strdup (transports[adw_combo_row_get_selected (self->transport)]);
  account->user = dup_text (self->user);
  account->secret = g_strdup (get_secret (self));
  account->ca = uses_tls (self) ? g_strdup (lia_ca_row_get_ca (self->ca_row)) : NULL;

  return account;
}

static void
on_save_clicked_cb (LiaPhoneAccountDialog *self)
{
  g_autoptr (LiaSoftphone) account = NULL;

  /* A port that was typed counts from here on, without leaving its field first. */
  adw_spin_row_update (self->port_row);
  account = make_account (self);
  save (self, account);
}

static void
on_remove_activated_cb (LiaPhoneAccountDialog *self)
{
  save (self, NULL);
}

static void
lia_phone_account_dialog_dispose (GObject *object)
{
  LiaPhoneAccountDialog *self = LIA_PHONE_ACCOUNT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PHONE_ACCOUNT_DIALOG);
  g_clear_object (&self->station);
  g_clear_object (&self->account);
  g_clear_object (&self->colleague);
  G_OBJECT_CLASS (lia_phone_account_dialog_parent_class)->dispose (object);
}

static void
lia_phone_account_dialog_class_init (LiaPhoneAccountDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_phone_account_dialog_dispose;

  g_type_ensure (LIA_TYPE_CA_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-phone-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, server);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, port_row);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, transport);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, ca_row);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, user);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, password);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, remove_group);
  gtk_widget_class_bind_template_child (widget_class, LiaPhoneAccountDialog, remove_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_transport_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_activated_cb);
}

static void
lia_phone_account_dialog_init (LiaPhoneAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_account (LiaPhoneAccountDialog *self)
{
  set_text (self->server, self->account->server);
  set_text (self->user, self->account->user);
  adw_spin_row_set_value (self->port_row, (double)self->account->port);
  for (guint i = 0; i < G_N_ELEMENTS (transports); i++)
    if (g_str_equal (self->account->transport, transports[i]))
      adw_combo_row_set_selected (self->transport, i);
  lia_ca_row_set_ca (self->ca_row, self->account->ca);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password), _ ("New Password (Empty: Keep the Old)"));
  gtk_widget_set_visible (self->remove_group, TRUE);
}

/* The telephone system is likely the one whose calls are shown, and the extension the one that it rings for this agent: "PJSIP/ann". */
static void
guess (LiaPhoneAccountDialog *self)
{
  LiaClient  *client = lia_phone_station_get_client (self->station);
  GListModel *channels = lia_client_get_channels (client);
  LiaAgent   *whose = self->colleague != NULL ? self->colleague : lia_client_get_me (client);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (LiaChannel) channel = g_list_model_get_item (channels, i);
      g_autoptr (LiaPbx) pbx = g_strcmp0 (channel->kind, "phone") == 0 ? lia_channel_dup_pbx (channel, NULL) : NULL;

      if (pbx != NULL)
        set_text (self->server, pbx->host);
    }
  if (whose != NULL && whose->phone != NULL && g_str_has_prefix (whose->phone, "PJSIP/"))
    set_text (self->user, whose->phone + strlen ("PJSIP/"));
}

/**
 * lia_phone_account_dialog_new:
 * @colleague: (nullable): whose it is; NULL: mine
 * @account: (nullable): the one there is; NULL when there is none yet
 */
AdwDialog *
lia_phone_account_dialog_new (LiaPhoneStation *station,
                              LiaAgent        *colleague,
                              LiaSoftphone    *account)
{
  LiaPhoneAccountDialog *self = g_object_new (LIA_TYPE_PHONE_ACCOUNT_DIALOG, NULL);

  self->station = g_object_ref (station);
  if (g_set_object (&self->colleague, colleague))
    {
      adw_dialog_set_title (ADW_DIALOG (self), colleague->name);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->remove_row), _ ("Use the Telephone on the Desk Instead"));
    }
  if (g_set_object (&self->account, account))
    show_account (self);
  else
    guess (self);
  update (self);

  return ADW_DIALOG (self);
}
