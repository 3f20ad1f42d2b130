/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-chat-full.h"

#include <glib/gi18n.h>

AdwAlertDialog *
lia_chat_full_new (LiaClient       *client,
                   LiaConversation *conversation)
{
  LiaChatOffers   *offers = lia_live_chats_get_offers (lia_client_get_chats (client));
  gint64           n_chats = lia_chat_offers_get_n_chats (offers);
  g_autofree char *body = NULL;
  AdwAlertDialog  *dialog;

  if (g_strcmp0 (conversation->channel, "chat") != 0 || !lia_chat_offers_is_full (offers))
    return NULL;

  body = g_strdup_printf (ngettext ("You have %d chat already, as many as you wanted at once.", "You have %d chats already, as many as you wanted at once.",
                                    (gulong)n_chats),
                          (int)n_chats);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Take One More Chat?"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "take", _ ("_Take Chat"), NULL);
  adw_alert_dialog_set_default_response (dialog, "take");
  adw_alert_dialog_set_close_response (dialog, "cancel");

  return dialog;
}
