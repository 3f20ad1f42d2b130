/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-service-page.h"

#include "lia-then.h"

#include <glib/gi18n.h>

#define SAVE_AFTER_MS 800

struct _LiaServicePage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *group;
  AdwSpinRow          *chat_offer;
  AdwSpinRow          *notice_gap;

  LiaClient *client;
  guint      save_timer;
};

G_DEFINE_FINAL_TYPE (LiaServicePage, lia_service_page, ADW_TYPE_PREFERENCES_PAGE)

static void
complain_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      unused)
{
  GtkWidget       *dialog = gtk_widget_get_ancestor (owner, ADW_TYPE_PREFERENCES_DIALOG);
  g_autofree char *words = error != NULL ? lia_problem_words (error) : NULL;
  g_autofree char *text = NULL;
  AdwToast        *toast;

  if (error == NULL || dialog == NULL)
    return;
  text = g_strdup_printf ("%s: %s", _ ("The setting could not be saved"), words);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
}

/** lia_service_page_save: what was changed, now: the dialog is closed. */
void
lia_service_page_save (LiaServicePage *self)
{
  const int chat_offer = (int)adw_spin_row_get_value (self->chat_offer);
  const int notice_gap = (int)adw_spin_row_get_value (self->notice_gap);

  if (self->save_timer == 0)
    return;
  g_clear_handle_id (&self->save_timer, g_source_remove);
  if (chat_offer != lia_client_get_chat_offer (self->client))
    lia_then (lia_client_set_chat_offer (self->client, chat_offer), self, complain_cb, NULL, NULL);
  if (notice_gap != lia_client_get_notice_gap (self->client))
    lia_then (lia_client_set_notice_gap (self->client, notice_gap), self, complain_cb, NULL, NULL);
}

static void
save_cb (gpointer self)
{
  lia_service_page_save (self);
}

static void
on_changed_cb (LiaServicePage *self)
{
  if (self->client == NULL)
    return;
  g_clear_handle_id (&self->save_timer, g_source_remove);
  self->save_timer = g_timeout_add_once (SAVE_AFTER_MS, save_cb, self);
}

void
lia_service_page_set_client (LiaServicePage *self,
                             LiaClient      *client)
{
  const gboolean may_change = lia_agent_is_admin (lia_client_get_me (client));

  adw_spin_row_set_value (self->chat_offer, lia_client_get_chat_offer (client));
  adw_spin_row_set_value (self->notice_gap, lia_client_get_notice_gap (client));
  gtk_widget_set_sensitive (GTK_WIDGET (self->chat_offer), may_change);
  gtk_widget_set_sensitive (GTK_WIDGET (self->notice_gap), may_change);
  if (!may_change)
    adw_preferences_group_set_description (self->group, _ ("An administrator of this workspace can change it."));
  g_set_object (&self->client, client);
}

static void
lia_service_page_dispose (GObject *object)
{
  LiaServicePage *self = LIA_SERVICE_PAGE (object);

  g_clear_handle_id (&self->save_timer, g_source_remove);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_SERVICE_PAGE);

  G_OBJECT_CLASS (lia_service_page_parent_class)->dispose (object);
}

static void
lia_service_page_class_init (LiaServicePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_service_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-service-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaServicePage, group);
  gtk_widget_class_bind_template_child (widget_class, LiaServicePage, chat_offer);
  gtk_widget_class_bind_template_child (widget_class, LiaServicePage, notice_gap);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
lia_service_page_init (LiaServicePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
