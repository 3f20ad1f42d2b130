/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-notice-view.h"

#include "lia-client-notices.h"
#include "lia-format.h"
#include "lia-notice-words.h"
#include "lia-snooze.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaNoticeView
{
  AdwBin parent_instance;

  GtkLabel     *name;
  GtkLabel     *way;
  GtkWidget    *warning_box;
  GtkLabel     *warning;
  AdwActionRow *finding;
  AdwActionRow *quote;
  AdwActionRow *issue;
  GtkEditable  *subject;
  GtkTextView  *body;
  GtkButton    *send;
  GtkWidget    *later;
  GtkWidget    *skip;
  GtkWidget    *restore;

  LiaClient      *client;
  LiaNoticeDraft *draft; /* what is shown, or NULL */
  gboolean        gone;  /* it was sent, or is not to be: nothing of it is to be kept */
};

enum {
  SENT,
  CONVERSATION_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaNoticeView, lia_notice_view, ADW_TYPE_BIN)

/* What stands there --------------------------------------------------------------------------------------------------------------------------- */

static char *
dup_body (LiaNoticeView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->body);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
is_due (LiaNoticeView *self)
{
  return self->draft != NULL && self->draft->notice->state == LIA_NOTICE_DUE;
}

static gboolean
is_changed (LiaNoticeView *self,
            const char    *body)
{
  const gboolean by_mail = self->draft->way == LIA_NOTICE_BY_EMAIL;

  return !g_str_equal (body, self->draft->body) || (by_mail && !g_str_equal (gtk_editable_get_text (self->subject), self->draft->subject));
}

/* Who has left a chat and gave no address can be told there all the same, by somebody who knows that they may never see it. */
static LiaNoticeWay
get_way (LiaNoticeView *self)
{
  if (self->draft->way == LIA_NOTICE_BY_NOTHING && g_str_equal (self->draft->notice->channel, "chat"))
    return LIA_NOTICE_BY_CHAT;

  return self->draft->way;
}

static void
show_warning (LiaNoticeView *self)
{
  g_autofree char *words = lia_notice_words_warning (self->draft);

  gtk_widget_set_visible (self->warning_box, words != NULL);
  gtk_label_set_text (self->warning, words != NULL ? words : "");
}

static void
show_texts (LiaNoticeView *self)
{
  LiaNotice       *notice = self->draft->notice;
  g_autofree char *name = lia_notice_words_name (notice);
  g_autofree char *way = lia_notice_words_way (self->draft);
  g_autofree char *issue = lia_notice_words_issue (notice);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->way, way);
  adw_action_row_set_subtitle (self->finding, notice->title);
  adw_action_row_set_subtitle (self->quote, notice->quote);
  gtk_widget_set_visible (GTK_WIDGET (self->quote), *notice->quote != '\0');
  adw_action_row_set_subtitle (self->issue, issue);
  gtk_editable_set_text (self->subject, self->draft->subject);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->body), self->draft->body, -1);
}

static void
update_actions (LiaNoticeView *self)
{
  const gboolean due = is_due (self);
  const gboolean by_mail = self->draft->way == LIA_NOTICE_BY_EMAIL;

  gtk_button_set_label (self->send, lia_notice_words_send (get_way (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->send), due);
  gtk_widget_set_visible (self->later, due);
  gtk_widget_set_visible (self->skip, due);
  gtk_widget_set_visible (self->restore, self->draft->notice->state == LIA_NOTICE_SKIPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->subject), by_mail);
  gtk_editable_set_editable (self->subject, due);
  gtk_text_view_set_editable (self->body, due);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notice.send", due && get_way (self) != LIA_NOTICE_BY_NOTHING);
}

/* Deeds ------------------------------------------------------------------------------------------------------------------------------------ */

static void
on_sent_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      notice)
{
  LIA_NOTICE_VIEW (owner)->gone = error == NULL;
  if (error == NULL)
    {
      g_signal_emit (owner, signals[SENT], 0, notice, g_value_get_string (value));
      return;
    }
  update_actions (owner);
  lia_complain (owner, _ ("The customer could not be told"), error);
}

/* Who presses the button has read what stands above it, also that this customer was told of something just now. */
static void
send_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LiaNoticeView   *self = LIA_NOTICE_VIEW (widget);
  g_autofree char *body = dup_body (self);
  g_autoptr (LiaNotice) notice = NULL;

  if (body[strspn (body, " \t\n")] == '\0')
    {
      lia_toast (widget, _ ("The message is empty"));
      return;
    }
  if (self->draft->n_unfilled > 0 && !is_changed (self, body))
    {
      lia_toast (widget, _ ("Fill in what is missing first"));
      gtk_widget_grab_focus (GTK_WIDGET (self->body));
      return;
    }
  notice = lia_notice_draft_to_notice (self->draft, gtk_editable_get_text (self->subject), body);
  self->gone = TRUE;
  gtk_widget_action_set_enabled (widget, "notice.send", FALSE);
  lia_then (lia_client_send_notice (self->client, NULL, notice, get_way (self), TRUE, FALSE), self, on_sent_cb, g_object_ref (self->draft->notice), g_object_unref);
}

static void
snooze_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LiaNoticeView *self = LIA_NOTICE_VIEW (widget);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const gint64 until_ms = lia_snooze_until (g_variant_get_string (parameter, NULL), now);

  lia_notice_view_keep (self);
  lia_then_complain (lia_client_snooze_notice (self->client, self->draft->notice->id, until_ms), widget, _ ("This could not be put off"));
}

static void
on_reason_cb (LiaNoticeView  *self,
              const char     *response,
              AdwAlertDialog *dialog)
{
  GtkEditable *reason = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));
  const char  *notice = g_object_get_data (G_OBJECT (dialog), "notice");

  if (!g_str_equal (response, "skip"))
    return;
  self->gone = TRUE;
  lia_then_complain (lia_client_skip_notice (self->client, notice, gtk_editable_get_text (reason)), GTK_WIDGET (self), _ ("This could not be kept"));
}

static void
on_reason_changed_cb (AdwAlertDialog *dialog,
                      GtkEditable    *reason)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (reason)));

  adw_alert_dialog_set_response_enabled (dialog, "skip", *text != '\0');
}

static void
skip_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LiaNoticeView *self = LIA_NOTICE_VIEW (widget);
  AdwDialog     *dialog = adw_alert_dialog_new (_ ("Do Not Tell?"), _ ("This customer does not hear that it is fixed. The reason is kept with the conversation."));
  GtkWidget     *reason = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (reason), _ ("Why not?"));
  gtk_entry_set_activates_default (GTK_ENTRY (reason), TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (reason), LIA_NOTICE_MAX_REASON_BYTES / 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (reason), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Why not?"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), reason);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "skip", _ ("Do _Not Tell"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "skip");
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "skip", FALSE);
  g_object_set_data_full (G_OBJECT (dialog), "notice", g_strdup (self->draft->notice->id), g_free);
  g_signal_connect_object (reason, "changed", G_CALLBACK (on_reason_changed_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_reason_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_set_focus (dialog, reason);
  adw_dialog_present (dialog, widget);
}

static void
restore_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LiaNoticeView *self = LIA_NOTICE_VIEW (widget);

  lia_then_complain (lia_client_restore_notice (self->client, self->draft->notice->id), widget, _ ("This could not be kept"));
}

static void
on_open_clicked_cb (LiaNoticeView *self)
{
  g_signal_emit (self, signals[CONVERSATION_ACTIVATED], 0, self->draft->notice->conv, self->draft->notice->entry);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
lia_notice_view_dispose (GObject *object)
{
  LiaNoticeView *self = LIA_NOTICE_VIEW (object);

  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_NOTICE_VIEW);
  g_clear_object (&self->client);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (lia_notice_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-notice-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, name);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, way);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, warning_box);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, warning);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, finding);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, quote);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, issue);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, subject);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, body);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, send);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, later);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, skip);
  gtk_widget_class_bind_template_child (widget_class, LiaNoticeView, restore);
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked_cb);
}

static void
lia_notice_view_class_init (LiaNoticeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_notice_view_dispose;

  signals[SENT] = g_signal_new ("sent", LIA_TYPE_NOTICE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, LIA_TYPE_NOTICE, G_TYPE_STRING);
  signals[CONVERSATION_ACTIVATED] =
      g_signal_new ("conversation-activated", LIA_TYPE_NOTICE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "notice.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "notice.snooze", "s", snooze_action);
  gtk_widget_class_install_action (widget_class, "notice.skip", NULL, skip_action);
  gtk_widget_class_install_action (widget_class, "notice.restore", NULL, restore_action);
}

static void
lia_notice_view_init (LiaNoticeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_notice_view_set_client (LiaNoticeView *self,
                            LiaClient     *client)
{
  g_set_object (&self->client, client);
}

/** lia_notice_view_keep: what was typed, for the next time that somebody looks. */
void
lia_notice_view_keep (LiaNoticeView *self)
{
  g_autofree char *body = NULL;
  g_autoptr (LiaNotice) notice = NULL;

  if (!is_due (self) || self->gone)
    return;
  body = dup_body (self);
  if (!is_changed (self, body))
    return;
  notice = lia_notice_draft_to_notice (self->draft, gtk_editable_get_text (self->subject), body);
  lia_then_complain (lia_client_save_notice (self->client, notice), GTK_WIDGET (self), _ ("The message could not be kept"));
}

/** lia_notice_view_set_notice: the same one again leaves alone what is being typed. */
void
lia_notice_view_set_notice (LiaNoticeView *self,
                            LiaNotice     *notice)
{
  const gboolean   same = self->draft != NULL && g_str_equal (self->draft->notice->id, notice->id) && self->draft->notice->state == notice->state;
  g_autofree char *body = same ? dup_body (self) : NULL;
  const gboolean   typing = same && !self->gone && is_changed (self, body);

  if (typing)
    return;
  if (!same)
    lia_notice_view_keep (self);
  g_clear_object (&self->draft);
  self->gone = FALSE;
  self->draft = lia_notice_draft_new (self->client, notice);
  show_texts (self);
  show_warning (self);
  update_actions (self);
}
