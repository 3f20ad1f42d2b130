/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Announces what customers write in my work and in what waits for somebody, while the window has not the focus. One notification a
 * conversation: a newer message replaces the older.
 */
#include "lia-notifier.h"

#include "lia-entry.h"

#include <glib/gi18n.h>

struct _LiaNotifier
{
  GApplication *application; /* not owned: it owns us */
  LiaClient    *client;
  GSettings    *settings;
  gboolean (*is_active) (gpointer data);
  gpointer data;
};

static gboolean
concerns_me (LiaNotifier     *self,
             LiaConversation *conversation)
{
  LiaAgent *me = lia_client_get_me (self->client);

  return conversation->assignee == NULL || (me != NULL && g_strcmp0 (conversation->assignee, me->id) == 0);
}

static void
on_entry_added_cb (LiaNotifier     *self,
                   LiaConversation *conversation,
                   LiaEntry        *entry)
{
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *body = NULL;
  g_autofree char *name = NULL;

  /* Calls ring, or are told of together: see LiaCallNotifier and LiaQueueNotifier. */
  if (entry->direction != LIA_DIRECTION_IN || entry->author_kind != LIA_AUTHOR_CUSTOMER || entry->kind == LIA_ENTRY_CALL)
    return;
  if (!concerns_me (self, conversation) || !g_settings_get_boolean (self->settings, "notifications") || self->is_active (self->data))
    return;

  name = lia_address_show (entry->author);
  notification = g_notification_new (name);
  body = g_strdup_printf ("%s\n%s", conversation->subject, conversation->snippet);
  g_notification_set_body (notification, body);
  g_notification_set_category (notification, "im.received");
  g_notification_set_default_action_and_target (notification, "app.open-conversation", "s", conversation->id);
  g_notification_add_button_with_target (notification, _ ("Open"), "app.open-conversation", "s", conversation->id);
  g_application_send_notification (self->application, conversation->id, notification);
}

LiaNotifier *
lia_notifier_new (GApplication *application,
                  LiaClient    *client,
                  GSettings    *settings,
                  gboolean (*is_active) (gpointer data),
                  gpointer data)
{
  LiaNotifier *self = g_new0 (LiaNotifier, 1);

  self->application = application;
  self->client = g_object_ref (client);
  self->settings = g_object_ref (settings);
  self->is_active = is_active;
  self->data = data;
  g_signal_connect_swapped (client, "entry-added", G_CALLBACK (on_entry_added_cb), self);
  return self;
}

void
lia_notifier_free (LiaNotifier *self)
{
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_object_unref (self->client);
  g_object_unref (self->settings);
  g_free (self);
}
