/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-sites-group.h"

#include "lia-channel-site.h"
#include "lia-connection-button.h"
#include "lia-site-dialog.h"
#include "lia-site-words.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaSitesGroup
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list;

  LiaClient *client;
};

G_DEFINE_FINAL_TYPE (LiaSitesGroup, lia_sites_group, ADW_TYPE_PREFERENCES_GROUP)

static void
tell (LiaSitesGroup *self,
      const char    *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);
  AdwToast  *toast;

  if (dialog == NULL)
    return;
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
}

static void
complain (LiaSitesGroup *self,
          const char    *what,
          const GError  *error)
{
  g_autofree char *words = lia_problem_words (error);
  g_autofree char *text = g_strdup_printf ("%s: %s", what, words);

  tell (self, text);
}

static void
on_row_activated_cb (LiaSitesGroup *self,
                     GtkListBoxRow *row)
{
  g_autoptr (GError) error = NULL;
  AdwDialog *dialog = lia_site_dialog_new_for_channel (self->client, g_object_get_data (G_OBJECT (row), "channel"), &error);

  if (dialog != NULL)
    adw_dialog_present (dialog, GTK_WIDGET (self));
  else
    complain (self, _ ("The web site cannot be changed"), error);
}

static void
on_copy_clicked_cb (GtkButton     *button,
                    LiaSitesGroup *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), g_object_get_data (G_OBJECT (button), "line"));
  tell (self, _ ("Copied; it goes into each page of the site, before </body>"));
}

static void
removed_cb (gpointer      self,
            const GValue *value,
            GError       *error,
            gpointer      data)
{
  if (error != NULL)
    complain (self, _ ("The web site could not be removed"), error);
}

static void
on_remove_response_cb (LiaSitesGroup  *self,
                       const char     *response,
                       AdwAlertDialog *dialog)
{
  LiaChannel *channel = g_object_get_data (G_OBJECT (dialog), "channel");

  if (g_strcmp0 (response, "remove") == 0)
    lia_then (lia_client_remove_channel (self->client, channel->id), self, removed_cb, NULL, NULL);
}

static void
on_remove_clicked_cb (GtkButton     *button,
                      LiaSitesGroup *self)
{
  LiaChannel      *channel = g_object_get_data (G_OBJECT (button), "channel");
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"), channel->name);
  AdwDialog       *dialog = adw_alert_dialog_new (heading, _ ("The chat vanishes from its pages, and its visitors can write no more. Conversations stay here, and the key is forgotten."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "channel", g_object_ref (channel), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static GtkWidget *
add_button (LiaSitesGroup *self,
            GtkWidget     *row,
            const char    *icon,
            const char    *tooltip,
            GCallback      clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return button;
}

static void
add_copy_button (LiaSitesGroup *self,
                 GtkWidget     *row,
                 LiaChatSite   *site)
{
  GtkWidget *button;

  if (site == NULL || *site->url == '\0')
    return;
  button = add_button (self, row, "edit-copy-symbolic", _ ("Copy the Line for Its Pages"), G_CALLBACK (on_copy_clicked_cb));
  g_object_set_data_full (G_OBJECT (button), "line", lia_site_words_make_line (site->url, site->key), g_free);
}

static void
make_changeable (LiaSitesGroup *self,
                 GtkWidget     *row,
                 LiaChannel    *channel)
{
  GtkWidget *button = add_button (self, row, "user-trash-symbolic", _ ("Remove This Web Site"), G_CALLBACK (on_remove_clicked_cb));

  g_object_set_data_full (G_OBJECT (button), "channel", g_object_ref (channel), g_object_unref);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  LiaSitesGroup   *self = user_data;
  LiaChannel      *channel = item;
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *words = lia_channel_words (channel);
  g_autoptr (LiaChatSite) site = lia_channel_dup_site (channel, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), channel->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (lia_channel_state_icon (channel)));
  g_object_set_data_full (G_OBJECT (row), "channel", g_object_ref (channel), g_object_unref);
  add_copy_button (self, row, site);
  if (lia_sites_group_may_change (self))
    make_changeable (self, row, channel);

  return row;
}

static void
lia_sites_group_dispose (GObject *object)
{
  LiaSitesGroup *self = LIA_SITES_GROUP (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_SITES_GROUP);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_sites_group_parent_class)->dispose (object);
}

static void
lia_sites_group_class_init (LiaSitesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_sites_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-sites-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaSitesGroup, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
lia_sites_group_init (LiaSitesGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
is_site (gpointer item,
         gpointer data)
{
  return lia_channel_is_site (item);
}

/** lia_sites_group_set_client: once. */
void
lia_sites_group_set_client (LiaSitesGroup *self,
                            LiaClient     *client)
{
  g_autoptr (GtkFilterListModel) sites = NULL;

  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  sites = gtk_filter_list_model_new (g_object_ref (lia_client_get_channels (client)), GTK_FILTER (gtk_custom_filter_new (is_site, NULL, NULL)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (sites), make_row, self, NULL);
}

gboolean
lia_sites_group_may_change (LiaSitesGroup *self)
{
  return lia_agent_is_admin (lia_client_get_me (self->client));
}

/** lia_sites_group_add: opens the dialog for a new one. */
void
lia_sites_group_add (LiaSitesGroup *self)
{
  adw_dialog_present (lia_site_dialog_new (self->client), GTK_WIDGET (self));
}
