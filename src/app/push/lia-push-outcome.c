/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-push-outcome.h"

#include "lia-client-findings.h"
#include "lia-findings-watch.h"
#include "lia-link.h"
#include "lia-list-rows.h"
#include "lia-push-words.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaPushOutcome
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkListBox    *files;
  GtkWidget     *open_button;
  GtkWidget     *retry_button;
  GtkWidget     *cancel_button;
  GtkWidget     *done_button;

  LiaClient        *client;
  LiaFindingsWatch *watch;
  char             *finding;
  char             *linked; /* the id of the issue that it is now part of; NULL: it was sent */
  LiaPush          *push;
  LiaIssue         *issue;
};

enum {
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPushOutcome, lia_push_outcome, ADW_TYPE_BIN)

static LiaIssue *
find_issue (LiaFinding *finding,
            const char *id)
{
  for (guint i = 0; i < finding->issues->len; i++)
    {
      LiaIssue *issue = finding->issues->pdata[i];

      if (g_str_equal (issue->id, id))
        return issue;
    }

  return NULL;
}

static gboolean
may_go_on (LiaPush *push)
{
  return push != NULL && (push->state == LIA_PUSH_FAILED || (push->state == LIA_PUSH_QUEUED && *push->problem != '\0'));
}

/* What was linked by hand has its own files, which are nothing of ours. */
static gboolean
is_followed (LiaPushOutcome *self)
{
  return self->linked == NULL && self->push != NULL;
}

/* The keyboard stays in the dialog when what had it goes. */
static void
set_shown (LiaPushOutcome *self,
           GtkWidget      *button,
           gboolean        shown)
{
  if (!shown && gtk_widget_has_focus (button))
    gtk_widget_grab_focus (self->done_button);
  gtk_widget_set_visible (button, shown);
}

static void
show_buttons (LiaPushOutcome *self)
{
  set_shown (self, self->open_button, self->issue != NULL && lia_link_is_safe (self->issue->url));
  set_shown (self, self->retry_button, self->issue == NULL ? may_go_on (self->push) : is_followed (self) && lia_push_words_is_missing_files (self->push));
  set_shown (self, self->cancel_button, self->issue == NULL && may_go_on (self->push));
}

/* The same is said once, however often it is looked at. */
static void
say (LiaPushOutcome *self,
     const char     *icon,
     const char     *title,
     const char     *description)
{
  g_autofree char *markup = g_markup_escape_text (description, -1);

  if (g_strcmp0 (adw_status_page_get_title (self->status), title) != 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), title, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  adw_status_page_set_icon_name (self->status, icon);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, markup);
}

static void
show_issue (LiaPushOutcome *self)
{
  g_autofree char *words = lia_push_words_issue (self->issue);
  g_autofree char *about = lia_push_words_issue_about (self->issue, NULL);
  g_autofree char *text = g_strdup_printf ("%s\n%s", words, about);

  if (is_followed (self))
    say (self, lia_push_words_icon (self->push), lia_push_words_title (self->push), text);
  else
    say (self, "lia-check-round-symbolic", _ ("Added to What the Engineers Know"), text);
}

/* Each with what became of it: the issue may be there long before all its files are. */
static void
show_files (LiaPushOutcome *self)
{
  GPtrArray *files = is_followed (self) ? self->push->files : NULL;

  lia_list_rows_clear (self->files);
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      LiaPushFile *file = files->pdata[i];
      GtkWidget   *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), file->name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), lia_push_words_file_state (self->push, file));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (lia_push_words_file_icon (file)));
      gtk_list_box_append (self->files, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->files), files != NULL && files->len > 0);
}

static void
show (LiaPushOutcome *self,
      LiaFinding     *finding)
{
  g_set_object (&self->push, finding->push);
  g_set_object (&self->issue, find_issue (finding, self->linked != NULL ? self->linked : finding->push != NULL ? finding->push->issue
                                                                                                               : ""));
  if (self->issue != NULL)
    show_issue (self);
  else if (self->push != NULL)
    {
      g_autofree char *about = lia_push_words_about (self->push, lia_time_now ());

      say (self, lia_push_words_icon (self->push), lia_push_words_title (self->push), about);
    }
  show_files (self);
  show_buttons (self);
}

static void
on_finding_cb (gpointer      owner,
               const GValue *value,
               GError       *error,
               gpointer      data)
{
  LiaFindingPage *page = value != NULL ? g_value_get_object (value) : NULL;

  if (page != NULL)
    show (owner, page->finding);
}

static void
look (LiaPushOutcome *self)
{
  lia_then (lia_client_get_finding (self->client, self->finding, NULL), self, on_finding_cb, NULL, NULL);
}

/* Buttons ---------------------------------------------------------------------------------------------------------------------------------- */

static void
on_open_clicked_cb (LiaPushOutcome *self)
{
  lia_link_open (GTK_WIDGET (self), self->issue->url);
}

static void
on_retry_clicked_cb (LiaPushOutcome *self)
{
  lia_then_complain (lia_client_retry_push (self->client, self->push->id), GTK_WIDGET (self), _ ("It could not be tried again"));
}

static void
on_cancel_clicked_cb (LiaPushOutcome *self)
{
  lia_then_complain (lia_client_cancel_push (self->client, self->push->id), GTK_WIDGET (self), _ ("It could not be taken back"));
}

static void
on_done_clicked_cb (LiaPushOutcome *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

/* The widget ------------------------------------------------------------------------------------------------------------------------------- */

/**
 * lia_push_outcome_follow:
 * @issue: (nullable): the id of the issue that the finding was linked to; NULL = it was sent
 *
 * Once.
 */
void
lia_push_outcome_follow (LiaPushOutcome *self,
                         LiaClient      *client,
                         const char     *finding,
                         const char     *issue)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_set_str (&self->finding, finding);
  g_set_str (&self->linked, issue);
  self->watch = lia_findings_watch_new (client);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
}

static gboolean
lia_push_outcome_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LIA_PUSH_OUTCOME (widget)->done_button);
}

static void
lia_push_outcome_dispose (GObject *object)
{
  LiaPushOutcome *self = LIA_PUSH_OUTCOME (object);

  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PUSH_OUTCOME);
  g_clear_object (&self->watch);
  g_clear_object (&self->client);
  g_clear_object (&self->push);
  g_clear_object (&self->issue);
  g_clear_pointer (&self->finding, g_free);
  g_clear_pointer (&self->linked, g_free);

  G_OBJECT_CLASS (lia_push_outcome_parent_class)->dispose (object);
}

static void
lia_push_outcome_class_init (LiaPushOutcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_push_outcome_dispose;
  widget_class->grab_focus = lia_push_outcome_grab_focus;

  signals[DONE] = g_signal_new ("done", LIA_TYPE_PUSH_OUTCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-push-outcome.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPushOutcome, status);
  gtk_widget_class_bind_template_child (widget_class, LiaPushOutcome, files);
  gtk_widget_class_bind_template_child (widget_class, LiaPushOutcome, open_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPushOutcome, retry_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPushOutcome, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPushOutcome, done_button);
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_done_clicked_cb);
}

static void
lia_push_outcome_init (LiaPushOutcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
