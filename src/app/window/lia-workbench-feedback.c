/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feedback from wherever one is: what is selected in the conversation, else this moment of the call, else what one types. */
#include "lia-workbench-private.h"

#include "lia-feedback-words.h"
#include "lia-findings-window.h"
#include "lia-notices-window.h"
#include "lia-push-actions.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

#define SECOND_MS 1000

static void
show_pane (LiaWorkbench *self)
{
  adw_overlay_split_view_set_show_sidebar (self->customer_split, TRUE);
  adw_view_stack_set_visible_child_name (self->side_stack, "feedback");
}

/* The call that goes on, else the one that is being wrapped up. */
static LiaPhoneLine *
find_line (LiaWorkbench *self)
{
  GListModel   *lines = lia_phone_station_get_lines (self->station);
  LiaPhoneLine *ended = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (LiaPhoneLine) line = g_list_model_get_item (lines, i);
      LiaLineState state = lia_phone_line_get_state (line);

      if (lia_phone_line_get_conversation (line) == NULL)
        continue;
      /* Borrowed from the list, which outlives this key */
      if (state == LIA_LINE_TALKING || state == LIA_LINE_HELD || state == LIA_LINE_CONSULT_RINGING || state == LIA_LINE_CONSULTING)
        return line;
      if (state == LIA_LINE_WRAP_UP)
        ended = line;
    }

  return ended;
}

static LiaQuote *
quote_of_line (LiaPhoneLine *line)
{
  LiaQuote *quote = lia_quote_new ();
  LiaCall  *call = lia_phone_line_get_call (line);

  g_set_str (&quote->conv, lia_phone_line_get_conversation (line));
  if (call == NULL || *call->id == '\0')
    return quote;

  g_set_str (&quote->source, call->id);
  if (lia_phone_line_get_state (line) != LIA_LINE_WRAP_UP)
    quote->second = MAX (lia_time_now () - (call->answered_ms != 0 ? call->answered_ms : call->created_ms), 0) / SECOND_MS;

  return quote;
}

/* Now, or when the conversation of the call is open. */
static void
begin_for_line (LiaWorkbench *self,
                LiaPhoneLine *line)
{
  LiaConversation *open = lia_conversation_page_get_conversation (self->page);
  g_autoptr (LiaQuote) quote = quote_of_line (line);
  g_autofree char *where = quote->second != LIA_QUOTE_NO_SECOND ? lia_feedback_words_second (quote->second) : NULL;

  if (open != NULL && g_str_equal (open->id, quote->conv))
    {
      lia_feedback_pane_begin (self->feedback, quote, where);
      return;
    }
  g_set_object (&self->quote, quote);
  lia_workbench_open (self, quote->conv, NULL);
}

static void
feedback_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  LiaWorkbench    *self = LIA_WORKBENCH (widget);
  g_autofree char *where = NULL;
  g_autoptr (LiaQuote) quote = NULL;
  LiaPhoneLine *line;

  if (lia_workbench_has_dialog (self))
    return;
  quote = lia_conversation_page_dup_quote (self->page, &where);
  line = quote == NULL ? find_line (self) : NULL;
  show_pane (self);
  if (line != NULL)
    begin_for_line (self, line);
  else
    lia_feedback_pane_begin (self->feedback, quote, where);
}

/* The call was about all of it: what is selected somewhere is not meant. */
static void
ask_feedback_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);
  LiaPhoneLine *line = find_line (self);

  if (line == NULL || lia_workbench_has_dialog (self))
    return;
  begin_for_line (self, line);
  show_pane (self);
}

/** lia_workbench_follow_feedback: another conversation is open. */
void
lia_workbench_follow_feedback (LiaWorkbench *self)
{
  LiaConversation *open = lia_conversation_page_get_conversation (self->page);
  g_autoptr (LiaQuote) quote = NULL;

  lia_feedback_pane_set_conversation (self->feedback, open);
  if (self->quote == NULL || open == NULL || !g_str_equal (open->id, self->quote->conv))
    return;
  quote = g_steal_pointer (&self->quote);
  show_pane (self);
  lia_feedback_pane_begin (self->feedback, quote, NULL);
}

static void
on_finding_read_cb (gpointer      owner,
                    const GValue *value,
                    GError       *error,
                    gpointer      data)
{
  LiaWorkbench    *self = owner;
  LiaFindingPage  *page = value != NULL ? g_value_get_object (value) : NULL;
  LiaConversation *open = lia_conversation_page_get_conversation (self->page);
  g_autoptr (LiaQuote) quote = NULL;

  if (page == NULL)
    {
      lia_complain (GTK_WIDGET (self->page), _ ("The feedback could not be found"), error);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (page->quotes)); i++)
    {
      g_autoptr (LiaQuote) one = g_list_model_get_item (G_LIST_MODEL (page->quotes), i);
      gboolean here = open != NULL && g_str_equal (one->conv, open->id);

      if (quote == NULL || here)
        g_set_object (&quote, one);
      if (here)
        break;
    }
  if (quote != NULL)
    lia_workbench_open (self, quote->conv, quote->entry);
}

/* To where it was said: here, else where it was said last. */
static void
on_finding_activated_cb (LiaWorkbench *self,
                         const char   *finding)
{
  lia_then (lia_client_get_finding (self->client, finding, NULL), self, on_finding_read_cb, NULL, NULL);
}

static void
on_quote_activated_cb (LiaWorkbench *self,
                       const char   *conversation,
                       const char   *entry)
{
  lia_workbench_open (self, conversation, entry);
  gtk_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
present_findings (LiaWorkbench *self)
{
  g_autofree char *folder = g_build_filename (self->directory, "issues", NULL);

  if (self->findings == NULL)
    {
      g_set_weak_pointer (&self->findings, lia_findings_window_new (self->client));
      lia_push_actions_insert (GTK_WIDGET (self->findings), self->client, folder);
      g_signal_connect_object (self->findings, "conversation-activated", G_CALLBACK (on_quote_activated_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (self->findings);
}

static void
findings_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  present_findings (LIA_WORKBENCH (widget));
}

/** lia_workbench_show_finding: @finding: its id, from anywhere; in the window of all findings */
void
lia_workbench_show_finding (LiaWorkbench *self,
                            const char   *finding)
{
  present_findings (self);
  lia_findings_window_show_finding (LIA_FINDINGS_WINDOW (self->findings), finding);
}

static void
notices_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  LiaWorkbench *self = LIA_WORKBENCH (widget);

  if (self->notices == NULL)
    {
      g_set_weak_pointer (&self->notices, lia_notices_window_new (self->client));
      g_signal_connect_object (self->notices, "conversation-activated", G_CALLBACK (on_quote_activated_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (self->notices);
}

/* A number that nobody sees is heard. */
static void
on_notices_due_cb (LiaWorkbench *self)
{
  const guint      due = lia_notices_watch_get_due (self->notices_watch);
  g_autofree char *count = g_strdup_printf ("%u", due);
  g_autofree char *spoken = g_strdup_printf (ngettext ("To Tell, %u customer", "To Tell, %u customers", due), due);

  gtk_label_set_text (self->notices_count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->notices_count), due > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->notices_button), GTK_ACCESSIBLE_PROPERTY_LABEL, due > 0 ? spoken : _ ("To Tell"), -1);
}

static void
on_ask_feedback_changed_cb (LiaWorkbench *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workbench.ask-feedback", g_settings_get_boolean (self->settings, "ask-feedback"));
}

/** lia_workbench_bind_feedback: once its settings are known. */
void
lia_workbench_bind_feedback (LiaWorkbench *self)
{
  g_signal_connect_object (self->feedback, "finding-activated", G_CALLBACK (on_finding_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::ask-feedback", G_CALLBACK (on_ask_feedback_changed_cb), self, G_CONNECT_SWAPPED);
  on_ask_feedback_changed_cb (self);
  self->notices_watch = lia_notices_watch_new (self->client);
  g_signal_connect_object (self->notices_watch, "notify::due", G_CALLBACK (on_notices_due_cb), self, G_CONNECT_SWAPPED);
}

void
lia_workbench_install_feedback (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "workbench.feedback", NULL, feedback_action);
  gtk_widget_class_install_action (widget_class, "workbench.findings", NULL, findings_action);
  gtk_widget_class_install_action (widget_class, "workbench.notices", NULL, notices_action);
  gtk_widget_class_install_action (widget_class, "workbench.ask-feedback", NULL, ask_feedback_action);
}
