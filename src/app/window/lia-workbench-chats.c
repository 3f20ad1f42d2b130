/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chats that are offered to the agent: taken and declined from wherever the keyboard is. */
#include "lia-workbench-private.h"

#include "lia-problem.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

static LiaChatOffers *
get_offers (LiaWorkbench *self)
{
  return lia_live_chats_get_offers (lia_client_get_chats (self->client));
}

static void
taken_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      conversation)
{
  GtkWidget *page = GTK_WIDGET (LIA_WORKBENCH (owner)->page);

  if (error == NULL)
    lia_workbench_open (owner, conversation, NULL);
  else if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT))
    lia_toast (page, _ ("A colleague was faster"));
  else
    lia_complain (page, _ ("The chat could not be taken"), error);
}

/** lia_workbench_take_offer: FALSE: nothing is offered. */
gboolean
lia_workbench_take_offer (LiaWorkbench *self)
{
  const LiaChatOffer *offer = lia_chat_offers_get_offer (get_offers (self));

  if (offer == NULL)
    return FALSE;
  lia_then (lia_client_take_chat (self->client, offer->conversation), self, taken_cb, g_strdup (offer->conversation), g_free);

  return TRUE;
}

static void
take_offer_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  lia_workbench_take_offer (LIA_WORKBENCH (widget));
}

static void
decline_offer_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  LiaWorkbench       *self = LIA_WORKBENCH (widget);
  const LiaChatOffer *offer = lia_chat_offers_get_offer (get_offers (self));

  if (offer != NULL)
    lia_then_complain (lia_client_decline_chat (self->client, offer->conversation), GTK_WIDGET (self->page), _ ("The chat could not be declined"));
}

/* In a narrow window the list, and the offer on top of it, may not be there. */
static void
tell_in_toast (LiaWorkbench       *self,
               const LiaChatOffer *offer)
{
  GtkWidget       *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self->list_split), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *name = lia_chat_offer_dup_name (offer);
  /* Translators: who waits in a chat */
  g_autofree char *title = g_strdup_printf (_ ("%s waits in a chat"), name);
  AdwToast        *toast = adw_toast_new (title);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Take Chat"));
  adw_toast_set_action_name (toast, "workbench.take-offer");
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, (guint)CLAMP ((offer->until_ms - lia_time_now ()) / 1000, 1, 60));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
on_offers_changed_cb (LiaWorkbench *self)
{
  const LiaChatOffer *offer = lia_chat_offers_get_offer (get_offers (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workbench.take-offer", offer != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workbench.decline-offer", offer != NULL);
  if (!g_set_str (&self->offered, offer != NULL ? offer->conversation : NULL) || offer == NULL)
    return;
  if (g_settings_get_boolean (self->settings, "notifications"))
    gdk_display_beep (gtk_widget_get_display (GTK_WIDGET (self)));
  if (adw_navigation_split_view_get_collapsed (self->list_split) && adw_navigation_split_view_get_show_content (self->list_split))
    tell_in_toast (self, offer);
}

void
lia_workbench_follow_offers (LiaWorkbench *self)
{
  g_signal_connect_object (get_offers (self), "changed", G_CALLBACK (on_offers_changed_cb), self, G_CONNECT_SWAPPED);
  on_offers_changed_cb (self);
}

void
lia_workbench_install_chats (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "workbench.take-offer", NULL, take_offer_action);
  gtk_widget_class_install_action (widget_class, "workbench.decline-offer", NULL, decline_offer_action);
}
