/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-finding-view.h"

#include "lia-client-findings.h"
#include "lia-feedback-words.h"
#include "lia-finding-quotes.h"
#include "lia-figure-words.h"
#include "lia-format.h"
#include "lia-issues-group.h"
#include "lia-push-ledger.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaFindingView
{
  AdwBin parent_instance;

  GtkLabel     *title;
  GtkLabel     *about;
  AdwActionRow *customers;
  AdwActionRow *said;
  AdwActionRow *phone;
  AdwActionRow *history;

  LiaIssuesGroup   *issues;
  LiaPushLedger    *ledger;
  LiaFindingQuotes *quotes;

  LiaClient  *client;
  LiaFinding *finding;
  char       *next;
  guint       asked;
};

enum {
  CONVERSATION_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFindingView, lia_finding_view, ADW_TYPE_BIN)

/* Figures ---------------------------------------------------------------------------------------------------------------------------------- */

static char *
customers_words (LiaFinding *finding)
{
  g_autofree char *customers = lia_feedback_words_customers (finding);

  if (finding->blocked == 0)
    return g_steal_pointer (&customers);

  /* Translators: “7 customers, 2 of them cannot go on without it” */
  return g_strdup_printf (ngettext ("%s, %d of them cannot go on without it", "%s, %d of them cannot go on without it", (gulong)finding->blocked), customers,
                          (int)finding->blocked);
}

static void
add_step (GString    *text,
          const char *name,
          gint64      at_ms)
{
  g_autofree char *moment = at_ms != 0 ? lia_format_moment (at_ms, lia_time_now ()) : NULL;

  if (moment != NULL)
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", name, moment);
}

static char *
history_words (LiaFinding *finding)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_step (text, _ ("Said first"), finding->first_ms);
  add_step (text, _ ("Said last"), finding->last_ms);
  add_step (text, lia_feedback_words_state (LIA_FINDING_LINKED), finding->linked_ms);
  add_step (text, lia_feedback_words_state (LIA_FINDING_FIXED), finding->fixed_ms);
  add_step (text, lia_feedback_words_state (LIA_FINDING_TOLD), finding->told_ms);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
show_figures (LiaFindingView *self)
{
  g_autofree char *about = lia_feedback_words_about (self->finding);
  g_autofree char *customers = customers_words (self->finding);
  g_autofree char *trend = lia_feedback_words_trend (self->finding);
  g_autofree char *phone = self->finding->phone_ms > 0 ? lia_figure_span (self->finding->phone_ms) : g_strdup (_ ("Nobody telephoned about it"));
  g_autofree char *history = history_words (self->finding);

  gtk_label_set_text (self->title, self->finding->title);
  gtk_label_set_text (self->about, about);
  adw_action_row_set_subtitle (self->customers, customers);
  adw_action_row_set_subtitle (self->said, trend);
  adw_action_row_set_subtitle (self->phone, phone);
  adw_action_row_set_subtitle (self->history, history);
  lia_issues_group_show (self->issues, self->client, self->finding);
  lia_push_ledger_show (self->ledger, self->client, self->finding->id);
}

/* Quotes ----------------------------------------------------------------------------------------------------------------------------------- */

static void
on_quote_activated_cb (LiaFindingView *self,
                       LiaQuote       *quote)
{
  g_signal_emit (self, signals[CONVERSATION_ACTIVATED], 0, quote->conv, quote->entry);
}

static void
on_page_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      asked)
{
  LiaFindingView *self = owner;
  LiaFindingPage *page = value != NULL ? g_value_get_object (value) : NULL;
  gboolean        first = self->next == NULL;

  if (GPOINTER_TO_UINT (asked) != self->asked)
    return;
  if (page == NULL)
    {
      g_autofree char *words = lia_problem_words (error);

      lia_finding_quotes_fail (self->quotes, words);
      return;
    }

  g_set_object (&self->finding, page->finding);
  show_figures (self);
  g_set_str (&self->next, page->next);
  lia_finding_quotes_add (self->quotes, G_LIST_MODEL (page->quotes), first, self->next != NULL);
}

static void
read_more (LiaFindingView *self)
{
  self->asked++;
  lia_then (lia_client_get_finding (self->client, self->finding->id, self->next), self, on_page_cb, GUINT_TO_POINTER (self->asked), NULL);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
lia_finding_view_dispose (GObject *object)
{
  LiaFindingView *self = LIA_FINDING_VIEW (object);

  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_FINDING_VIEW);
  g_clear_object (&self->client);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->next, g_free);

  G_OBJECT_CLASS (lia_finding_view_parent_class)->dispose (object);
}

static void
lia_finding_view_class_init (LiaFindingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_finding_view_dispose;

  signals[CONVERSATION_ACTIVATED] =
      g_signal_new ("conversation-activated", LIA_TYPE_FINDING_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (LIA_TYPE_FINDING_QUOTES);
  g_type_ensure (LIA_TYPE_ISSUES_GROUP);
  g_type_ensure (LIA_TYPE_PUSH_LEDGER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-finding-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFindingView, title);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingView, about);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingView, customers);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingView, said);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingView, phone);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingView, history);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingView, issues);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingView, ledger);
  gtk_widget_class_bind_template_child (widget_class, LiaFindingView, quotes);
  gtk_widget_class_bind_template_callback (widget_class, on_quote_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_more);
}

static void
lia_finding_view_init (LiaFindingView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_finding_view_set_client (LiaFindingView *self,
                             LiaClient      *client)
{
  g_set_object (&self->client, client);
}

/** lia_finding_view_set_finding: with its first quotes; the same one again is read anew. */
void
lia_finding_view_set_finding (LiaFindingView *self,
                              LiaFinding     *finding)
{
  gboolean other = self->finding == NULL || !g_str_equal (self->finding->id, finding->id);

  g_set_object (&self->finding, finding);
  g_clear_pointer (&self->next, g_free);
  lia_finding_quotes_begin (self->quotes, other);
  show_figures (self);
  read_more (self);
}

/** lia_finding_view_dup_chosen: (transfer full) (element-type LiaQuote): what is chosen of what was said */
GPtrArray *
lia_finding_view_dup_chosen (LiaFindingView *self)
{
  return lia_finding_quotes_dup_chosen (self->quotes);
}
