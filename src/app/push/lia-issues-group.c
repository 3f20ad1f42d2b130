/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-issues-group.h"

#include "lia-client-trackers.h"
#include "lia-link.h"
#include "lia-list-rows.h"
#include "lia-push-actions.h"
#include "lia-push-words.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaIssuesGroup
{
  GtkBox parent_instance;

  GtkButton  *send_button;
  GtkListBox *list;

  LiaClient  *client;
  LiaFinding *finding;
};

G_DEFINE_FINAL_TYPE (LiaIssuesGroup, lia_issues_group, GTK_TYPE_BOX)

static GtkWidget *
row_new (const char *icon,
         const char *title,
         const char *about)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));

  return row;
}

static GtkWidget *
icon_button_new (const char *icon,
                 const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");

  return button;
}

static void
add_button (LiaIssuesGroup *self,
            GtkWidget      *row,
            GtkWidget      *button,
            GCallback       clicked,
            GObject        *value)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "value", g_object_ref (value), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* Issues ----------------------------------------------------------------------------------------------------------------------------------- */

static void
on_row_activated_cb (LiaIssuesGroup *self,
                     GtkListBoxRow  *row)
{
  LiaIssue *issue = g_object_get_data (G_OBJECT (row), "issue");

  if (issue != NULL)
    lia_link_open (GTK_WIDGET (self), issue->url);
}

static void
on_undo_unlink_cb (AdwToast       *toast,
                   LiaIssuesGroup *self)
{
  LiaIssue *issue = g_object_get_data (G_OBJECT (toast), "issue");

  lia_then_complain (lia_client_link_finding (self->client, g_object_get_data (G_OBJECT (toast), "finding"), issue->tracker, issue->key), GTK_WIDGET (self),
                     _ ("It could not be linked again"));
}

static void
on_unlink_clicked_cb (GtkButton      *button,
                      LiaIssuesGroup *self)
{
  GtkWidget       *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  LiaIssue        *issue = g_object_get_data (G_OBJECT (button), "value");
  g_autofree char *words = g_strdup_printf (_ ("Not linked to %s any more"), issue->key);
  AdwToast        *toast = adw_toast_new (words);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "issue", g_object_ref (issue), g_object_unref);
  g_object_set_data_full (G_OBJECT (toast), "finding", g_strdup (self->finding->id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_unlink_cb), self, G_CONNECT_DEFAULT);
  lia_then_complain (lia_client_unlink_finding (self->client, self->finding->id, issue->id), GTK_WIDGET (self), _ ("The link could not be taken away"));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
add_issue (LiaIssuesGroup *self,
           LiaIssue       *issue)
{
  g_autofree char *title = lia_push_words_issue (issue);
  GListModel      *trackers = lia_client_get_trackers (self->client);
  g_autofree char *about = lia_push_words_issue_about (issue, trackers);
  GtkWidget       *row = row_new (lia_push_words_issue_icon (issue, trackers), title, about);

  g_object_set_data_full (G_OBJECT (row), "issue", g_object_ref (issue), g_object_unref);
  add_button (self, row, icon_button_new ("edit-delete-symbolic", _ ("Take the Link Away; the Issue Stays")), G_CALLBACK (on_unlink_clicked_cb), G_OBJECT (issue));
  if (lia_link_is_safe (issue->url))
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("web-browser-symbolic"));
    }
  gtk_list_box_append (self->list, row);
}

/* How many customers say it ---------------------------------------------------------------------------------------------------------------- */

static void
on_told_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      data)
{
  if (value != NULL)
    lia_toast (GTK_WIDGET (owner), _ ("It is being tried again"));
  else
    lia_complain (GTK_WIDGET (owner), _ ("It could not be tried again"), error);
}

static void
on_tell_clicked_cb (GtkButton      *button,
                    LiaIssuesGroup *self)
{
  LiaIssue *issue = g_object_get_data (G_OBJECT (button), "value");

  lia_then (lia_client_sync_tracker (self->client, issue->tracker), self, on_told_cb, NULL, NULL);
}

static void
add_untold (LiaIssuesGroup *self,
            LiaIssue       *issue)
{
  g_autofree char *about = lia_push_words_issue_untold (issue);
  GtkWidget       *row = row_new ("dialog-warning-symbolic", _ ("They Were Not Told How Many Customers Say It Now"), about);

  add_button (self, row, gtk_button_new_with_mnemonic (_ ("_Try Again")), G_CALLBACK (on_tell_clicked_cb), G_OBJECT (issue));
  gtk_list_box_append (self->list, row);
}

/* What is on its way ----------------------------------------------------------------------------------------------------------------------- */

static void
on_retry_clicked_cb (GtkButton      *button,
                     LiaIssuesGroup *self)
{
  LiaPush *push = g_object_get_data (G_OBJECT (button), "value");

  lia_then_complain (lia_client_retry_push (self->client, push->id), GTK_WIDGET (self), _ ("It could not be tried again"));
}

static void
on_cancel_clicked_cb (GtkButton      *button,
                      LiaIssuesGroup *self)
{
  LiaPush *push = g_object_get_data (G_OBJECT (button), "value");

  lia_then_complain (lia_client_cancel_push (self->client, push->id), GTK_WIDGET (self), _ ("It could not be taken back"));
}

static void
add_push (LiaIssuesGroup *self,
          LiaPush        *push)
{
  g_autofree char *about = lia_push_words_about (push, lia_time_now ());
  GtkWidget       *row = row_new (lia_push_words_icon (push), lia_push_words_title (push), about);

  if (push->state == LIA_PUSH_FAILED || push->state == LIA_PUSH_QUEUED || lia_push_words_is_missing_files (push))
    add_button (self, row, icon_button_new ("view-refresh-symbolic", _ ("Try Now")), G_CALLBACK (on_retry_clicked_cb), G_OBJECT (push));
  if (push->state == LIA_PUSH_FAILED || push->state == LIA_PUSH_QUEUED)
    add_button (self, row, icon_button_new ("edit-undo-symbolic", _ ("Take It Back")), G_CALLBACK (on_cancel_clicked_cb), G_OBJECT (push));
  gtk_list_box_append (self->list, row);
}

/* The widget ------------------------------------------------------------------------------------------------------------------------------- */

void
lia_issues_group_show (LiaIssuesGroup *self,
                       LiaClient      *client,
                       LiaFinding     *finding)
{
  g_set_object (&self->client, client);
  g_set_object (&self->finding, finding);
  lia_list_rows_clear (self->list);
  for (guint i = 0; i < finding->issues->len; i++)
    {
      LiaIssue *issue = finding->issues->pdata[i];

      add_issue (self, issue);
      if (*issue->untold != '\0')
        add_untold (self, issue);
    }
  if (lia_push_words_is_open (finding->push) || (finding->push != NULL && *finding->push->problem != '\0'))
    add_push (self, finding->push);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->send_button), "s", finding->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->send_button), LIA_PUSH_ACTION);
}

static void
lia_issues_group_dispose (GObject *object)
{
  LiaIssuesGroup *self = LIA_ISSUES_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_ISSUES_GROUP);
  g_clear_object (&self->client);
  g_clear_object (&self->finding);

  G_OBJECT_CLASS (lia_issues_group_parent_class)->dispose (object);
}

static void
lia_issues_group_class_init (LiaIssuesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_issues_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-issues-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaIssuesGroup, send_button);
  gtk_widget_class_bind_template_child (widget_class, LiaIssuesGroup, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
lia_issues_group_init (LiaIssuesGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
