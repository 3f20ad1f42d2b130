/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What concerns this computer is a GSettings key and takes effect at once; what concerns the workspace is a setting of the engine. Texts and
 * numbers are saved a moment after the last change, and when the dialog closes.
 */
#include "lia-preferences-dialog.h"

#include "lia-channel-mailbox.h"
#include "lia-channel-site.h"
#include "lia-client-pbx.h"
#include "lia-connection-button.h"
#include "lia-phone-page.h"
#include "lia-phone-setup-dialog.h"
#include "lia-service-page.h"
#include "lia-setup-dialog.h"
#include "lia-sites-group.h"
#include "lia-then.h"
#include "lia-trackers-page.h"

#include <glib/gi18n.h>

#define SAVE_AFTER_MS 800

struct _LiaPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  GtkListBox          *channels;
  AdwSpinRow          *undo_send;
  AdwSwitchRow        *check_spelling;
  AdwPreferencesGroup *signature_group;
  GtkTextView         *signature;
  AdwComboRow         *appearance;
  AdwSwitchRow        *notifications;
  AdwSwitchRow        *ask_feedback;
  AdwPreferencesGroup *sample_group;
  GtkWidget           *delete_sample;
  LiaSitesGroup       *sites_group;
  GtkWidget           *add_site;
  LiaPhonePage        *phone_page;
  LiaTrackersPage     *trackers_page;
  LiaServicePage      *service_page;

  LiaClient      *client;
  LiaApplication *application;
  gboolean        filling;
  gboolean        undo_send_changed;
  gboolean        signature_changed;
  guint           save_timer;
};

G_DEFINE_FINAL_TYPE (LiaPreferencesDialog, lia_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* As the combo row lists them. */
static const char *const appearances[] = { "system", "light", "dark" };

static void
complain_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      what)
{
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  AdwToast        *toast;

  if (error == NULL)
    return;
  words = lia_problem_words (error);
  text = g_strdup_printf ("%s: %s", (const char *)what, words);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_preferences_dialog_add_toast (owner, toast);
}

static void
then_complain (LiaPreferencesDialog *self,
               DexFuture            *future,
               const char           *what)
{
  lia_then (future, self, complain_cb, g_strdup (what), g_free);
}

static void
save (LiaPreferencesDialog *self)
{
  g_clear_handle_id (&self->save_timer, g_source_remove);
  if (self->undo_send_changed)
    then_complain (self, lia_client_set_undo_send (self->client, (int)adw_spin_row_get_value (self->undo_send)),
                   _ ("The setting could not be saved"));
  if (self->signature_changed)
    {
      GtkTextIter      start, end;
      g_autofree char *text = NULL;

      gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->signature), &start, &end);
      text = gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->signature), &start, &end, FALSE);
      then_complain (self, lia_client_set_signature (self->client, text), _ ("The signature could not be saved"));
    }
  self->undo_send_changed = self->signature_changed = FALSE;
}

static gboolean
save_cb (gpointer user_data)
{
  LiaPreferencesDialog *self = user_data;

  self->save_timer = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
save_soon (LiaPreferencesDialog *self)
{
  g_clear_handle_id (&self->save_timer, g_source_remove);
  self->save_timer = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

static void
on_undo_send_changed_cb (LiaPreferencesDialog *self)
{
  if (self->filling)
    return;
  self->undo_send_changed = TRUE;
  save_soon (self);
}

static void
on_signature_changed_cb (LiaPreferencesDialog *self)
{
  if (self->filling)
    return;
  self->signature_changed = TRUE;
  save_soon (self);
}

static void
on_appearance_changed_cb (LiaPreferencesDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->appearance);

  if (!self->filling && selected < G_N_ELEMENTS (appearances))
    g_settings_set_string (lia_application_get_settings (self->application), "appearance", appearances[selected]);
}

static gboolean
is_phone (LiaChannel *channel)
{
  return g_strcmp0 (channel->kind, "phone") == 0;
}

static AdwDialog *
make_change_dialog (LiaPreferencesDialog *self,
                    LiaChannel           *channel,
                    GError              **error)
{
  g_autoptr (LiaMailbox) mailbox = NULL;
  g_autoptr (LiaPbx) pbx = NULL;

  if (is_phone (channel))
    {
      pbx = lia_channel_dup_pbx (channel, error);
      return pbx != NULL ? lia_phone_setup_dialog_new_for_channel (self->client, channel, pbx) : NULL;
    }
  mailbox = lia_channel_dup_mailbox (channel, error);
  return mailbox != NULL ? lia_setup_dialog_new_for_channel (self->client, channel, mailbox) : NULL;
}

static void
on_channel_activated_cb (LiaPreferencesDialog *self,
                         GtkListBoxRow        *row)
{
  g_autoptr (GError) error = NULL;
  AdwDialog *dialog = make_change_dialog (self, g_object_get_data (G_OBJECT (row), "channel"), &error);

  if (dialog == NULL)
    complain_cb (self, NULL, error, (gpointer)_ ("The channel cannot be changed"));
  else
    adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_test_clicked_cb (GtkButton *button,
                    gpointer   user_data)
{
  LiaPreferencesDialog *self = user_data;
  LiaChannel           *channel = g_object_get_data (G_OBJECT (button), "channel");

  adw_dialog_present (is_phone (channel) ? lia_phone_setup_dialog_new_test (self->client, channel) : lia_setup_dialog_new_test (self->client, channel),
                      GTK_WIDGET (self));
}

static void
on_remove_response_cb (LiaPreferencesDialog *self,
                       const char           *response,
                       AdwAlertDialog       *dialog)
{
  LiaChannel *channel = g_object_get_data (G_OBJECT (dialog), "channel");

  if (g_strcmp0 (response, "remove") == 0)
    then_complain (self, lia_client_remove_channel (self->client, channel->id), _ ("The channel could not be removed"));
}

static void
on_remove_clicked_cb (GtkButton *button,
                      gpointer   user_data)
{
  LiaPreferencesDialog *self = user_data;
  LiaChannel           *channel = g_object_get_data (G_OBJECT (button), "channel");
  g_autofree char      *heading = g_strdup_printf (_ ("Remove “%s”?"), channel->name);
  AdwDialog            *dialog;

  dialog = adw_alert_dialog_new (heading, is_phone (channel) ? _ ("No more calls are shown or made. Conversations stay here, nothing changes in the telephone system, and the password is forgotten.")
                                                             : _ ("No more mail is fetched or sent. Conversations stay here, mail stays on the server, and the password is forgotten."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "channel", g_object_ref (channel), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
add_button (GtkWidget  *row,
            LiaChannel *channel,
            const char *icon,
            const char *tooltip,
            GCallback   clicked,
            gpointer    self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "channel", g_object_ref (channel), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
make_channel_row (gpointer item,
                  gpointer user_data)
{
  LiaChannel      *channel = item;
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *words = lia_channel_words (channel);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), channel->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (lia_channel_state_icon (channel)));
  add_button (row, channel, "system-run-symbolic", is_phone (channel) ? _ ("Test This Telephone System") : _ ("Test This Mailbox"), G_CALLBACK (on_test_clicked_cb), user_data);
  add_button (row, channel, "user-trash-symbolic", is_phone (channel) ? _ ("Remove This Telephone System") : _ ("Remove This Mailbox"), G_CALLBACK (on_remove_clicked_cb), user_data);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "channel", g_object_ref (channel), g_object_unref);
  return row;
}

static void
on_add_activated_cb (LiaPreferencesDialog *self)
{
  LiaApplication *application = self->application;

  adw_dialog_close (ADW_DIALOG (self));
  g_action_group_activate_action (G_ACTION_GROUP (application), "set-up", NULL);
}

static void
on_add_phone_activated_cb (LiaPreferencesDialog *self)
{
  LiaApplication *application = self->application;

  adw_dialog_close (ADW_DIALOG (self));
  g_action_group_activate_action (G_ACTION_GROUP (application), "set-up-phone", NULL);
}

static void
on_add_site_activated_cb (LiaPreferencesDialog *self)
{
  lia_sites_group_add (self->sites_group);
}

static void
on_open_sample_activated_cb (LiaPreferencesDialog *self)
{
  LiaApplication *application = self->application;

  adw_dialog_close (ADW_DIALOG (self));
  g_action_group_activate_action (G_ACTION_GROUP (application), "open-sample", NULL);
}

static void
on_delete_sample_response_cb (LiaApplication *application,
                              const char     *response)
{
  LiaWorkspace *sample = lia_application_get_sample_workspace (application);
  GtkWindow    *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (g_strcmp0 (response, "delete") != 0)
    return;
  g_action_group_activate_action (G_ACTION_GROUP (application), "open-own", NULL);
  lia_then_complain (lia_workspace_delete (sample), GTK_WIDGET (window), _ ("The sample data could not be deleted"));
}

static void
on_delete_sample_activated_cb (LiaPreferencesDialog *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Delete the Sample Data?"), _ ("All invented customers and what you did with them go away. Your own data are not touched."));
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete", _ ("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_sample_response_cb), self->application, G_CONNECT_SWAPPED);
  adw_dialog_close (ADW_DIALOG (self));
  adw_dialog_present (dialog, window);
}

/* Web sites have a list of their own. */
static gboolean
is_connection (gpointer item,
               gpointer data)
{
  return !lia_channel_is_site (item);
}

static void
list_channels (LiaPreferencesDialog *self)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_connection, NULL, NULL));
  g_autoptr (GtkFilterListModel) channels = gtk_filter_list_model_new (g_object_ref (lia_client_get_channels (self->client)), filter);

  gtk_list_box_bind_model (self->channels, G_LIST_MODEL (channels), make_channel_row, self, NULL);
  lia_sites_group_set_client (self->sites_group, self->client);
  gtk_widget_set_visible (self->add_site, lia_sites_group_may_change (self->sites_group));
}

/* What stands below everybody's messages, and how long they wait, is the workspace's. */
static void
show_rights (LiaPreferencesDialog *self)
{
  if (lia_agent_is_admin (lia_client_get_me (self->client)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->undo_send), FALSE);
  gtk_text_view_set_editable (self->signature, FALSE);
  adw_preferences_group_set_description (self->signature_group, _ ("Stands below every message that goes out. An administrator of this workspace can change it."));
}

static void
fill (LiaPreferencesDialog *self)
{
  GSettings       *settings = lia_application_get_settings (self->application);
  g_autofree char *signature = NULL;
  g_autofree char *appearance = g_settings_get_string (settings, "appearance");
  int              undo_send_s;

  g_object_get (self->client, "undo-send-s", &undo_send_s, "signature", &signature, NULL);
  self->filling = TRUE;
  adw_spin_row_set_value (self->undo_send, undo_send_s);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->signature), signature != NULL ? signature : "", -1);
  for (guint i = 0; i < G_N_ELEMENTS (appearances); i++)
    if (g_strcmp0 (appearance, appearances[i]) == 0)
      adw_combo_row_set_selected (self->appearance, i);
  self->filling = FALSE;
  show_rights (self);

  g_settings_bind (settings, "check-spelling", self->check_spelling, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notifications", self->notifications, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ask-feedback", self->ask_feedback, "active", G_SETTINGS_BIND_DEFAULT);
  list_channels (self);
  gtk_widget_set_visible (self->delete_sample, lia_workspace_exists (lia_application_get_sample_workspace (self->application)));
}

static void
lia_preferences_dialog_closed (AdwDialog *dialog)
{
  save (LIA_PREFERENCES_DIALOG (dialog));
  lia_service_page_save (LIA_PREFERENCES_DIALOG (dialog)->service_page);
  if (ADW_DIALOG_CLASS (lia_preferences_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (lia_preferences_dialog_parent_class)->closed (dialog);
}

static void
lia_preferences_dialog_dispose (GObject *object)
{
  LiaPreferencesDialog *self = LIA_PREFERENCES_DIALOG (object);

  g_clear_handle_id (&self->save_timer, g_source_remove);
  if (self->channels != NULL)
    gtk_list_box_bind_model (self->channels, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PREFERENCES_DIALOG);
  g_clear_object (&self->client);
  g_clear_object (&self->application);
  G_OBJECT_CLASS (lia_preferences_dialog_parent_class)->dispose (object);
}

static void
lia_preferences_dialog_class_init (LiaPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_preferences_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = lia_preferences_dialog_closed;

  g_type_ensure (LIA_TYPE_SITES_GROUP);
  g_type_ensure (LIA_TYPE_PHONE_PAGE);
  g_type_ensure (LIA_TYPE_TRACKERS_PAGE);
  g_type_ensure (LIA_TYPE_SERVICE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, channels);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, undo_send);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, check_spelling);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, signature_group);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, signature);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, appearance);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, notifications);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, ask_feedback);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, sample_group);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, delete_sample);
  gtk_widget_class_bind_template_callback (widget_class, on_channel_activated_cb);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, sites_group);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, add_site);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, phone_page);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, trackers_page);
  gtk_widget_class_bind_template_child (widget_class, LiaPreferencesDialog, service_page);
  gtk_widget_class_bind_template_callback (widget_class, on_add_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_phone_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_site_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_send_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_appearance_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_open_sample_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_sample_activated_cb);
}

static void
lia_preferences_dialog_init (LiaPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->signature), "changed", G_CALLBACK (on_signature_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
set_up_phone (LiaPreferencesDialog *self,
              LiaPhoneStation      *station)
{
  g_autoptr (LiaPhoneAudio) audio = lia_phone_audio_new ();

  lia_phone_page_set_up (self->phone_page, lia_application_get_settings (self->application), station, audio);
}

AdwDialog *
lia_preferences_dialog_new (LiaPhoneStation *station,
                            LiaApplication  *application)
{
  LiaPreferencesDialog *self = g_object_new (LIA_TYPE_PREFERENCES_DIALOG, NULL);

  self->client = g_object_ref (lia_phone_station_get_client (station));
  self->application = g_object_ref (application);
  set_up_phone (self, station);
  lia_trackers_page_set_client (self->trackers_page, self->client);
  lia_service_page_set_client (self->service_page, self->client);
  fill (self);
  return ADW_DIALOG (self);
}
