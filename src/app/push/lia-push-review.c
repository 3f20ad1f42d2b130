/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-push-review.h"

#include "lia-feedback-words.h"
#include "lia-issue-text.h"
#include "lia-list-rows.h"
#include "lia-push-files.h"
#include "lia-push-words.h"
#include "lia-tracker-makes.h"

#include <glib/gi18n.h>

struct _LiaPushReview
{
  AdwBin parent_instance;

  AdwActionRow   *title;
  AdwActionRow   *goes_to;
  AdwActionRow   *customers;
  AdwToggleGroup *how;
  LiaIssueText   *text;
  LiaPushFiles   *files;
  GtkListBox     *list;

  LiaPushPreview *preview;
};

enum {
  LEAVE,
  STAY,
  FILES_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPushReview, lia_push_review, ADW_TYPE_BIN)

static void
show_text (LiaPushReview *self)
{
  if (self->preview == NULL)
    return;
  if (g_strcmp0 (adw_toggle_group_get_active_name (self->how), "exactly") == 0)
    lia_issue_text_show_exactly (self->text, self->preview);
  else
    lia_issue_text_show (self->text, self->preview);
}

/* What stays here -------------------------------------------------------------------------------------------------------------------------- */

static void
on_leave_clicked_cb (GtkButton     *button,
                     LiaPushReview *self)
{
  g_signal_emit (self, signals[LEAVE], 0, g_object_get_data (G_OBJECT (button), "words"));
}

static void
on_stay_clicked_cb (GtkButton     *button,
                    LiaPushReview *self)
{
  g_signal_emit (self, signals[STAY], 0, g_object_get_data (G_OBJECT (button), "words"));
}

static void
add_row (LiaPushReview *self,
         const char    *words,
         const char    *about,
         const char    *label,
         GCallback      clicked)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (label);
  /* Translators: a button, then the words that it is about, for screen readers */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), label, words);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "words", g_strdup (words), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (self->list, row);
}

static void
add_redaction (LiaPushReview          *self,
               const LiaPushRedaction *redaction)
{
  /* Translators: a kind of personal words, then the sign that stands in their place */
  g_autofree char *about = g_strdup_printf (_ ("%s · leaves as %s"), lia_push_words_kind (redaction->kind), redaction->placeholder);

  add_row (self, redaction->words, about, _ ("Let It Leave"), G_CALLBACK (on_leave_clicked_cb));
}

/* Each words once, however often they are said. */
static void
show_redactions (LiaPushReview *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  lia_list_rows_clear (self->list);
  for (guint i = 0; i < self->preview->redactions->len; i++)
    {
      const LiaPushRedaction *redaction = self->preview->redactions->pdata[i];

      if (g_hash_table_add (seen, redaction->words))
        add_redaction (self, redaction);
    }
  for (guint i = 0; self->preview->keep[i] != NULL; i++)
    add_row (self, self->preview->keep[i], _ ("Leaves as it is, because you said so"), _ ("Keep It Here"), G_CALLBACK (on_stay_clicked_cb));
}

/* The widget ------------------------------------------------------------------------------------------------------------------------------- */

/** lia_push_review_set_about: which finding goes where. */
void
lia_push_review_set_about (LiaPushReview   *self,
                           LiaFinding      *finding,
                           LiaTrackerSetup *tracker)
{
  g_autofree char *about = lia_tracker_words_about (tracker);
  g_autofree char *goes_to = g_strdup_printf ("%s\n%s", tracker->name, about);
  g_autofree char *customers = lia_feedback_words_customers (finding);

  adw_action_row_set_subtitle (self->goes_to, goes_to);
  adw_action_row_set_subtitle (self->customers, customers);
}

/** lia_push_review_set_answer: it becomes a comment of the issue @key, without a title. */
void
lia_push_review_set_answer (LiaPushReview   *self,
                            LiaTrackerSetup *tracker,
                            const char      *key)
{
  g_autofree char *about = lia_tracker_words_about (tracker);
  /* Translators: a tracker, an issue in it, where that is */
  g_autofree char *goes_to = g_strdup_printf (_ ("%s, issue %s\n%s"), tracker->name, key, about);

  adw_action_row_set_subtitle (self->goes_to, goes_to);
  gtk_widget_set_visible (GTK_WIDGET (self->title), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->customers), FALSE);
}

static void
on_files_changed_cb (LiaPushReview *self)
{
  g_signal_emit (self, signals[FILES_CHANGED], 0);
}

/** lia_push_review_dup_files: (transfer full) (element-type LiaAttachment): which of the files are chosen */
GPtrArray *
lia_push_review_dup_files (LiaPushReview *self)
{
  return lia_push_files_dup_chosen (self->files);
}

/** lia_push_review_is_choosing: the keyboard is on the files, where it stays. */
gboolean
lia_push_review_is_choosing (LiaPushReview *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->files));
}

/** lia_push_review_show: @client gives the files that are looked at. */
void
lia_push_review_show (LiaPushReview  *self,
                      LiaClient      *client,
                      LiaPushPreview *preview)
{
  g_set_object (&self->preview, preview);
  adw_action_row_set_subtitle (self->title, preview->sent_title);
  show_text (self);
  lia_push_files_show (self->files, client, preview);
  show_redactions (self);
}

static void
lia_push_review_dispose (GObject *object)
{
  LiaPushReview *self = LIA_PUSH_REVIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PUSH_REVIEW);
  g_clear_object (&self->preview);

  G_OBJECT_CLASS (lia_push_review_parent_class)->dispose (object);
}

static void
lia_push_review_class_init (LiaPushReviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_push_review_dispose;

  signals[LEAVE] = g_signal_new ("leave", LIA_TYPE_PUSH_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STAY] = g_signal_new ("stay", LIA_TYPE_PUSH_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  signals[FILES_CHANGED] = g_signal_new ("files-changed", LIA_TYPE_PUSH_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIA_TYPE_ISSUE_TEXT);
  g_type_ensure (LIA_TYPE_PUSH_FILES);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-push-review.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPushReview, title);
  gtk_widget_class_bind_template_child (widget_class, LiaPushReview, goes_to);
  gtk_widget_class_bind_template_child (widget_class, LiaPushReview, customers);
  gtk_widget_class_bind_template_child (widget_class, LiaPushReview, how);
  gtk_widget_class_bind_template_child (widget_class, LiaPushReview, text);
  gtk_widget_class_bind_template_child (widget_class, LiaPushReview, files);
  gtk_widget_class_bind_template_child (widget_class, LiaPushReview, list);
  gtk_widget_class_bind_template_callback (widget_class, show_text);
  gtk_widget_class_bind_template_callback (widget_class, on_files_changed_cb);
}

static void
lia_push_review_init (LiaPushReview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
