/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * As LiaPushDialog: `draft` is what the person has decided, `preview` what the engine makes of it, and only that is sent. What is written lies in a file of the
 * question's until it was sent.
 */
#include "lia-config.h"

#include "lia-answer-dialog.h"

#include "lia-client-push.h"
#include "lia-problem.h"
#include "lia-push-draft.h"
#include "lia-push-review.h"
#include "lia-then.h"
#include "lia-tracker-setup.h"

#include <glib/gi18n.h>

struct _LiaAnswerDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *pages;
  GtkLabel          *asked;
  GtkTextView       *text;
  GtkWidget         *look_button;
  AdwBanner         *notice;
  LiaPushReview     *review;
  GtkWidget         *send_button;

  LiaClient      *client;
  char           *folder;
  LiaPushPreview *draft;
  LiaPushPreview *preview; /* NULL: none that is true */
  guint           n_asked;
  gboolean        sent;
};

G_DEFINE_FINAL_TYPE (LiaAnswerDialog, lia_answer_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (LiaAnswerDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
on_changed_cb (LiaAnswerDialog *self)
{
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->look_button, *text != '\0');
}

/* What leaves ------------------------------------------------------------------------------------------------------------------------------ */

static void
on_preview_cb (gpointer      owner,
               const GValue *value,
               GError       *error,
               gpointer      asked)
{
  LiaAnswerDialog *self = owner;
  g_autoptr (LiaPushPreview) draft = NULL;

  if (GPOINTER_TO_UINT (asked) != self->n_asked)
    return;
  if (value == NULL)
    {
      lia_complain (GTK_WIDGET (self->pages), _ ("What would leave cannot be shown"), error);
      return;
    }
  g_set_object (&self->preview, g_value_get_object (value));
  draft = lia_push_draft_copy (self->preview);
  g_set_object (&self->draft, draft);
  lia_push_review_show (self->review, self->client, self->preview);
  gtk_widget_set_sensitive (self->send_button, TRUE);
  gtk_widget_grab_focus (self->send_button);
}

static void
take_preview (LiaAnswerDialog *self)
{
  g_clear_object (&self->preview);
  gtk_widget_set_sensitive (self->send_button, FALSE);
  lia_then (lia_client_preview_push (self->client, self->draft), self, on_preview_cb, GUINT_TO_POINTER (++self->n_asked), NULL);
}

static void
on_look_clicked_cb (LiaAnswerDialog *self)
{
  g_free (self->draft->source);
  self->draft->source = dup_text (self);
  adw_banner_set_revealed (self->notice, FALSE);
  adw_navigation_view_push_by_tag (self->pages, "review");
  take_preview (self);
}

static void
on_leave_cb (LiaAnswerDialog *self,
             const char      *words)
{
  if (self->preview == NULL)
    return;
  lia_push_draft_keep (self->draft, self->preview, words);
  take_preview (self);
}

static void
on_stay_cb (LiaAnswerDialog *self,
            const char      *words)
{
  lia_push_draft_unkeep (self->draft, words);
  take_preview (self);
}

static void
on_popped_cb (LiaAnswerDialog *self)
{
  self->n_asked++;
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
on_sent_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      data)
{
  LiaAnswerDialog *self = owner;

  if (value != NULL)
    {
      lia_push_draft_forget (self->folder, self->draft->question);
      self->sent = TRUE;
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT))
    {
      adw_banner_set_title (self->notice, _ ("Nothing was sent: something has changed since you looked. This is what would leave now."));
      adw_banner_set_revealed (self->notice, TRUE);
    }
  else
    lia_complain (GTK_WIDGET (self->pages), _ ("It could not be sent"), error);
  take_preview (self);
}

static void
on_send_clicked_cb (LiaAnswerDialog *self)
{
  if (self->preview == NULL)
    return;
  gtk_widget_set_sensitive (self->send_button, FALSE);
  lia_then (lia_client_push_finding (self->client, self->preview), self, on_sent_cb, NULL, NULL);
}

/* The widget ------------------------------------------------------------------------------------------------------------------------------- */

/* The file is the question's: the finding may have one of its own */
static void
lia_answer_dialog_closed (AdwDialog *dialog)
{
  LiaAnswerDialog *self = LIA_ANSWER_DIALOG (dialog);
  g_autoptr (LiaPushPreview) kept = NULL;

  if (self->sent)
    return;
  kept = lia_push_draft_copy (self->draft);
  g_set_str (&kept->finding, self->draft->question);
  g_free (kept->source);
  kept->source = dup_text (self);
  if (*kept->source != '\0')
    lia_push_draft_write (self->folder, kept);
  else
    lia_push_draft_forget (self->folder, self->draft->question);
}

static void
lia_answer_dialog_dispose (GObject *object)
{
  LiaAnswerDialog *self = LIA_ANSWER_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_ANSWER_DIALOG);
  g_clear_object (&self->client);
  g_clear_object (&self->draft);
  g_clear_object (&self->preview);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (lia_answer_dialog_parent_class)->dispose (object);
}

static void
lia_answer_dialog_class_init (LiaAnswerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_answer_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = lia_answer_dialog_closed;

  g_type_ensure (LIA_TYPE_PUSH_REVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-answer-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaAnswerDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, LiaAnswerDialog, asked);
  gtk_widget_class_bind_template_child (widget_class, LiaAnswerDialog, text);
  gtk_widget_class_bind_template_child (widget_class, LiaAnswerDialog, look_button);
  gtk_widget_class_bind_template_child (widget_class, LiaAnswerDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, LiaAnswerDialog, review);
  gtk_widget_class_bind_template_child (widget_class, LiaAnswerDialog, send_button);
  gtk_widget_class_bind_template_callback (widget_class, on_popped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_look_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stay_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_send_clicked_cb);
}

static void
lia_answer_dialog_init (LiaAnswerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->text));
}

static void
show_tracker (LiaAnswerDialog *self,
              const char      *id,
              const char      *key)
{
  GListModel *trackers = lia_client_get_trackers (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (trackers); i++)
    {
      g_autoptr (LiaTrackerSetup) tracker = g_list_model_get_item (trackers, i);

      if (g_str_equal (tracker->id, id))
        lia_push_review_set_answer (self->review, tracker, key);
    }
}

/**
 * lia_answer_dialog_new:
 * @folder: where what is written lies until it is sent
 * @question: "(sssss)": the ids of the entry, its finding and the tracker; the issue as the tracker names it; who asks what
 */
AdwDialog *
lia_answer_dialog_new (LiaClient  *client,
                       const char *folder,
                       GVariant   *question)
{
  LiaAnswerDialog *self = g_object_new (LIA_TYPE_ANSWER_DIALOG, NULL);
  const char      *entry;
  const char      *finding;
  const char      *tracker;
  const char      *key;
  const char      *asked;

  g_variant_get (question, "(&s&s&s&s&s)", &entry, &finding, &tracker, &key, &asked);
  self->client = g_object_ref (client);
  self->folder = g_strdup (folder);
  self->draft = lia_push_draft_read (folder, entry);
  if (self->draft == NULL)
    self->draft = lia_push_preview_new ();
  g_set_str (&self->draft->question, entry);
  g_set_str (&self->draft->finding, finding);
  g_set_str (&self->draft->tracker, tracker);
  gtk_label_set_text (self->asked, asked);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), self->draft->source, -1);
  show_tracker (self, tracker, key);

  return ADW_DIALOG (self);
}
