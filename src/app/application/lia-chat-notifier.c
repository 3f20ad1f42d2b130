/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-chat-notifier.h"

#include "lia-chat-offer-strip.h"

#include <glib/gi18n.h>

#define OFFER "chat-offer"

struct _LiaChatNotifier
{
  GApplication *application; /* not owned: it owns us */
  LiaClient    *client;
  GSettings    *settings;
  gboolean (*is_active) (gpointer data);
  gpointer data;
  char    *told; /* the conversation that was told of, or NULL */
};

static LiaChatOffers *
get_offers (LiaChatNotifier *self)
{
  return lia_live_chats_get_offers (lia_client_get_chats (self->client));
}

static void
announce (LiaChatNotifier    *self,
          const LiaChatOffer *offer)
{
  g_autofree char *name = lia_chat_offer_dup_name (offer);
  /* Translators: who waits in a chat */
  g_autofree char *title = g_strdup_printf (_ ("%s waits in a chat"), name);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, offer->text);
  g_notification_set_category (notification, "im.received");
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_default_action (notification, "app.show");
  g_notification_add_button_with_target (notification, _ ("Take Chat"), "app.take-chat", "s", offer->conversation);
  g_notification_add_button_with_target (notification, _ ("Not Now"), "app.decline-chat", "s", offer->conversation);
  g_application_send_notification (self->application, OFFER, notification);
}

static void
on_changed_cb (LiaChatNotifier *self)
{
  const LiaChatOffer *offer = lia_chat_offers_get_offer (get_offers (self));

  if (!g_set_str (&self->told, offer != NULL ? offer->conversation : NULL))
    return;
  if (offer == NULL)
    g_application_withdraw_notification (self->application, OFFER);
  else if (g_settings_get_boolean (self->settings, "notifications") && !self->is_active (self->data))
    announce (self, offer);
}

LiaChatNotifier *
lia_chat_notifier_new (GApplication *application,
                       LiaClient    *client,
                       GSettings    *settings,
                       gboolean (*is_active) (gpointer data),
                       gpointer data)
{
  LiaChatNotifier *self = g_new0 (LiaChatNotifier, 1);

  self->application = application;
  self->client = g_object_ref (client);
  self->settings = g_object_ref (settings);
  self->is_active = is_active;
  self->data = data;
  g_signal_connect_swapped (get_offers (self), "changed", G_CALLBACK (on_changed_cb), self);
  on_changed_cb (self);

  return self;
}

void
lia_chat_notifier_free (LiaChatNotifier *self)
{
  if (self->told != NULL)
    g_application_withdraw_notification (self->application, OFFER);
  g_signal_handlers_disconnect_by_data (get_offers (self), self);
  g_object_unref (self->client);
  g_object_unref (self->settings);
  g_free (self->told);
  g_free (self);
}
