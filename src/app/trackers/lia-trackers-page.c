/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-trackers-page.h"

#include "lia-then.h"
#include "lia-tracker-dialog.h"
#include "lia-tracker-makes.h"

#include <glib/gi18n.h>

struct _LiaTrackersPage
{
  AdwPreferencesPage parent_instance;

  GtkListBox *list;
  GtkWidget  *add_button;

  LiaClient *client;
};

G_DEFINE_FINAL_TYPE (LiaTrackersPage, lia_trackers_page, ADW_TYPE_PREFERENCES_PAGE)

static void
complain_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      what)
{
  GtkWidget       *dialog = gtk_widget_get_ancestor (owner, ADW_TYPE_PREFERENCES_DIALOG);
  g_autofree char *words = error != NULL ? lia_problem_words (error) : NULL;
  g_autofree char *text = NULL;
  AdwToast        *toast;

  if (error == NULL || dialog == NULL)
    return;
  text = g_strdup_printf ("%s: %s", (const char *)what, words);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
}

static gboolean
may_change (LiaTrackersPage *self)
{
  return lia_agent_is_admin (lia_client_get_me (self->client));
}

static void
on_row_activated_cb (LiaTrackersPage *self,
                     GtkListBoxRow   *row)
{
  adw_dialog_present (lia_tracker_dialog_new_for_tracker (self->client, g_object_get_data (G_OBJECT (row), "tracker")), GTK_WIDGET (self));
}

static void
on_test_clicked_cb (GtkButton       *button,
                    LiaTrackersPage *self)
{
  adw_dialog_present (lia_tracker_dialog_new_test (self->client, g_object_get_data (G_OBJECT (button), "tracker")), GTK_WIDGET (self));
}

static void
on_retry_clicked_cb (GtkButton       *button,
                     LiaTrackersPage *self)
{
  LiaTrackerSetup *tracker = g_object_get_data (G_OBJECT (button), "tracker");

  lia_then (lia_client_sync_tracker (self->client, tracker->id), self, complain_cb, g_strdup (_ ("The tracker could not be asked")), g_free);
}

static void
on_remove_response_cb (LiaTrackersPage *self,
                       const char      *response,
                       AdwAlertDialog  *dialog)
{
  LiaTrackerSetup *tracker = g_object_get_data (G_OBJECT (dialog), "tracker");

  if (g_strcmp0 (response, "remove") == 0)
    lia_then (lia_client_remove_tracker (self->client, tracker->id), self, complain_cb, g_strdup (_ ("The tracker could not be removed")), g_free);
}

static void
on_remove_clicked_cb (GtkButton       *button,
                      LiaTrackersPage *self)
{
  LiaTrackerSetup *tracker = g_object_get_data (G_OBJECT (button), "tracker");
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"), tracker->name);
  AdwDialog       *dialog = adw_alert_dialog_new (heading, _ ("Nothing more goes there or comes from there, and the key is forgotten. What is waiting to be sent is not sent. Issues stay in the "
                                                                    "tracker, and here as they were seen last."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "tracker", g_object_ref (tracker), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
add_button (LiaTrackersPage *self,
            GtkWidget       *row,
            LiaTrackerSetup *tracker,
            const char      *icon,
            const char      *tooltip,
            GCallback        clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "tracker", g_object_ref (tracker), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_buttons (LiaTrackersPage *self,
             GtkWidget       *row,
             LiaTrackerSetup *tracker)
{
  if (g_str_equal (tracker->state, "reconnecting"))
    add_button (self, row, tracker, "view-refresh-symbolic", _ ("Try Now"), G_CALLBACK (on_retry_clicked_cb));
  if (!may_change (self))
    return;
  add_button (self, row, tracker, "system-run-symbolic", _ ("Test This Tracker"), G_CALLBACK (on_test_clicked_cb));
  add_button (self, row, tracker, "user-trash-symbolic", _ ("Remove This Tracker"), G_CALLBACK (on_remove_clicked_cb));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  LiaTrackersPage *self = user_data;
  LiaTrackerSetup *tracker = item;
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *about = lia_tracker_words_about (tracker);
  g_autofree char *state = lia_tracker_words_state (tracker);
  g_autofree char *words = g_strdup_printf ("%s\n%s", about, state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tracker->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (lia_tracker_words_icon (tracker)));
  g_object_set_data_full (G_OBJECT (row), "tracker", g_object_ref (tracker), g_object_unref);
  add_buttons (self, row, tracker);

  return row;
}

static void
on_add_activated_cb (LiaTrackersPage *self)
{
  adw_dialog_present (lia_tracker_dialog_new (self->client), GTK_WIDGET (self));
}

static void
lia_trackers_page_dispose (GObject *object)
{
  LiaTrackersPage *self = LIA_TRACKERS_PAGE (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_TRACKERS_PAGE);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_trackers_page_parent_class)->dispose (object);
}

static void
lia_trackers_page_class_init (LiaTrackersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_trackers_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-trackers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaTrackersPage, list);
  gtk_widget_class_bind_template_child (widget_class, LiaTrackersPage, add_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_activated_cb);
}

static void
lia_trackers_page_init (LiaTrackersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** lia_trackers_page_set_client: once. */
void
lia_trackers_page_set_client (LiaTrackersPage *self,
                              LiaClient       *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  gtk_widget_set_visible (self->add_button, may_change (self));
  gtk_list_box_bind_model (self->list, lia_client_get_trackers (client), make_row, self, NULL);
}
