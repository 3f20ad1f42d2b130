/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user does with the open conversation. Each action is one command to the engine; what comes of it arrives by the model. */
#include "lia-chat-full.h"
#include "lia-conversation-page-private.h"
#include "lia-client-chat-way.h"
#include "lia-tags-dialog.h"

#include "lia-problem.h"
#include "lia-snooze.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

static void
really_take (LiaConversationPage *self)
{
  if (self->conversation != NULL)
    lia_then_complain (lia_client_take (self->client, self->conversation->id), GTK_WIDGET (self), _ ("The conversation could not be taken"));
}

static void
take (LiaConversationPage *self)
{
  AdwAlertDialog *full = lia_chat_full_new (self->client, self->conversation);

  if (full == NULL)
    {
      really_take (self);
      return;
    }
  g_signal_connect_object (full, "response::take", G_CALLBACK (really_take), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (full), GTK_WIDGET (self));
}

static void
take_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);

  /* Whoever waits on the telephone is taken by telephone; the conversation follows the call. */
  if (lia_phone_strip_can_take (self->phone_strip))
    lia_phone_strip_take (self->phone_strip);
  else if (self->conversation->assignee == NULL)
    take (self);
}

static void
call_back_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  lia_phone_strip_call (LIA_CONVERSATION_PAGE (widget)->phone_strip);
}

static void
assign_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);
  const char          *agent = parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;

  lia_then_complain (lia_client_assign (self->client, self->conversation->id, agent), widget, _ ("The conversation could not be handed over"));
}

static void
move_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);

  lia_then_complain (lia_client_move (self->client, self->conversation->id, g_variant_get_string (parameter, NULL)), widget,
                     _ ("The conversation could not be moved"));
}

static void
write_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);
  g_autofree char     *action = g_strconcat ("composer.", g_variant_get_string (parameter, NULL), NULL);

  gtk_widget_activate_action_variant (GTK_WIDGET (self->composer), action, NULL);
}

static void
mark_unread_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);

  self->keep_unread = TRUE;
  lia_then_complain (lia_client_mark_read (self->client, self->conversation->id, 0), widget,
                     _ ("The conversation could not be marked as unread"));
}

static void
reopen_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);

  lia_then_complain (lia_client_reopen (self->client, self->conversation->id), widget, _ ("The conversation could not be reopened"));
}

static void close_conversation (LiaConversationPage *self,
                                const char          *conversation,
                                gboolean             force);

static void
on_close_response_cb (LiaConversationPage *self,
                      const char          *response,
                      AdwAlertDialog      *dialog)
{
  if (g_strcmp0 (response, "close") == 0)
    close_conversation (self, g_object_get_data (G_OBJECT (dialog), "conversation"), TRUE);
}

static void
ask_before_closing (LiaConversationPage *self,
                    const char          *conversation)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("There Is Something New"), _ ("Something arrived in this conversation that you may not have seen yet."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Look First"), "close", _ ("_Close Anyway"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "conversation", g_strdup (conversation), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
closed_cb (gpointer      owner,
           const GValue *value,
           GError       *error,
           gpointer      conversation)
{
  if (error == NULL)
    lia_conversation_page_emit_done (owner, conversation);
  else if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_STALE_VIEW))
    ask_before_closing (owner, conversation);
  else
    lia_complain (owner, _ ("The conversation could not be closed"), error);
}

static void
close_conversation (LiaConversationPage *self,
                    const char          *conversation,
                    gboolean             force)
{
  gint64 seen = self->model != NULL ? lia_timeline_model_get_last_seq (self->model) : 0;

  lia_then (lia_client_close_conversation (self->client, conversation, seen, force), self, closed_cb, g_strdup (conversation), g_free);
}

static void
close_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);
  g_autofree char     *conversation = g_strdup (self->conversation->id);

  close_conversation (self, conversation, FALSE);
}

static void
snoozed_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      conversation)
{
  if (error == NULL)
    lia_conversation_page_emit_done (owner, conversation);
  else
    lia_complain (owner, _ ("The conversation could not be snoozed"), error);
}

static void
snooze (LiaConversationPage *self,
        const char          *conversation,
        gint64               until_ms)
{
  lia_then (lia_client_snooze (self->client, conversation, until_ms), self, snoozed_cb, g_strdup (conversation), g_free);
}

static void
on_day_response_cb (LiaConversationPage *self,
                    const char          *response,
                    AdwAlertDialog      *dialog)
{
  GtkCalendar *calendar = GTK_CALENDAR (adw_alert_dialog_get_extra_child (dialog));
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  gint64 until_ms = lia_snooze_morning_of (day);

  if (g_strcmp0 (response, "snooze") != 0)
    return;
  if (until_ms <= lia_time_now ())
    lia_toast (GTK_WIDGET (self), _ ("That day has passed"));
  else
    snooze (self, g_object_get_data (G_OBJECT (dialog), "conversation"), until_ms);
}

static void
choose_day (LiaConversationPage *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Bring It Back On"), _ ("The conversation comes back at nine in the morning, or when the customer writes."));
  GtkWidget *calendar = gtk_calendar_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (calendar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Day"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), calendar);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "snooze", _ ("_Snooze"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "snooze", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "snooze");
  g_object_set_data_full (G_OBJECT (dialog), "conversation", g_strdup (self->conversation->id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_day_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
snooze_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);
  const char          *preset = g_variant_get_string (parameter, NULL);
  g_autofree char     *conversation = g_strdup (self->conversation->id);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_strcmp0 (preset, "choose") == 0)
    choose_day (self);
  else
    snooze (self, conversation, lia_snooze_until (preset, now));
}

static void
tags_edited_cb (gpointer    owner,
                const char *conversation,
                GStrv       tags)
{
  LiaConversationPage *self = owner;

  lia_then_complain (lia_client_set_tags (self->client, conversation, (const char *const *)tags), owner, _ ("The tags could not be changed"));
}

static void
edit_tags_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  lia_tags_dialog_present (widget, LIA_CONVERSATION_PAGE (widget)->conversation, tags_edited_cb);
}

static void
transcript_sent_cb (gpointer      owner,
                    const GValue *value,
                    GError       *error,
                    gpointer      data)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION))
    lia_toast (owner, _ ("Nobody has answered here yet, or no e-mail address is known"));
  else if (error != NULL)
    lia_complain (owner, _ ("The chat could not be sent"), error);
  else
    {
      /* Translators: an e-mail address */
      text = g_strdup_printf (_ ("The chat goes to %s by e-mail"), g_value_get_string (value));
      lia_toast (owner, text);
    }
}

static void
transcript_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  lia_then (lia_client_send_transcript (self->client, self->conversation->id, g_time_zone_get_identifier (zone)), self, transcript_sent_cb, NULL, NULL);
}

/* Why it cannot be is said here, too, to whoever does not use the mouse. */
static void
offer_call_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);
  g_autofree char     *why_not = lia_composer_dup_why_no_call (self->composer);

  if (why_not != NULL)
    lia_toast (widget, why_not);
  else
    lia_then_complain (lia_client_offer_call (self->client, self->conversation->id), widget, _ ("The call could not be offered"));
}

static void
language_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  LiaConversationPage *self = LIA_CONVERSATION_PAGE (widget);

  lia_then_complain (lia_client_set_language (self->client, self->conversation->id, g_variant_get_string (parameter, NULL)), widget,
                     _ ("The language could not be changed"));
}

void
lia_conversation_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "conversation.take", NULL, take_action);
  gtk_widget_class_install_action (widget_class, "conversation.call-back", NULL, call_back_action);
  gtk_widget_class_install_action (widget_class, "conversation.release", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "conversation.assign", "s", assign_action);
  gtk_widget_class_install_action (widget_class, "conversation.move", "s", move_action);
  gtk_widget_class_install_action (widget_class, "conversation.snooze", "s", snooze_action);
  gtk_widget_class_install_action (widget_class, "conversation.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "conversation.reopen", NULL, reopen_action);
  gtk_widget_class_install_action (widget_class, "conversation.edit-tags", NULL, edit_tags_action);
  gtk_widget_class_install_action (widget_class, "conversation.language", "s", language_action);
  gtk_widget_class_install_action (widget_class, "conversation.write", "s", write_action);
  gtk_widget_class_install_action (widget_class, "conversation.mark-unread", NULL, mark_unread_action);
  gtk_widget_class_install_action (widget_class, "conversation.send-chat", NULL, transcript_action);
  gtk_widget_class_install_action (widget_class, "conversation.offer-call", NULL, offer_call_action);
}

void
lia_conversation_page_update_actions (LiaConversationPage *self)
{
  LiaConversation *conversation = self->conversation;
  GtkWidget       *widget = GTK_WIDGET (self);
  gboolean         open = conversation != NULL;
  gboolean         closed = open && conversation->state == LIA_CONVERSATION_CLOSED;

  gtk_widget_action_set_enabled (widget, "conversation.take",
                                 open && (conversation->assignee == NULL || lia_phone_strip_can_take (self->phone_strip)));
  gtk_widget_action_set_enabled (widget, "conversation.call-back", open && lia_phone_strip_can_call (self->phone_strip));
  gtk_widget_action_set_enabled (widget, "conversation.release", open && conversation->assignee != NULL);
  gtk_widget_action_set_enabled (widget, "conversation.assign", open);
  gtk_widget_action_set_enabled (widget, "conversation.move", open);
  gtk_widget_action_set_enabled (widget, "conversation.snooze", open && !closed);
  gtk_widget_action_set_enabled (widget, "conversation.close", open && !closed);
  gtk_widget_action_set_enabled (widget, "conversation.reopen", closed);
  gtk_widget_action_set_enabled (widget, "conversation.edit-tags", open);
  gtk_widget_action_set_enabled (widget, "conversation.language", open);
  gtk_widget_action_set_enabled (widget, "conversation.write", open);
  gtk_widget_action_set_enabled (widget, "conversation.mark-unread", open && !conversation->unread);
  gtk_widget_action_set_enabled (widget, "conversation.send-chat", open && g_strcmp0 (conversation->channel, "chat") == 0);
  gtk_widget_action_set_enabled (widget, "conversation.offer-call", open && !closed && g_strcmp0 (conversation->channel, "chat") == 0);
}
