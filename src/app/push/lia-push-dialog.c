/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `draft` is what the person has decided, `preview` what the engine makes of it. A preview that is asked for replaces the one before when it comes; until then
 * nothing can be sent. Answers are numbered: one that belongs to a draft that has changed meanwhile is dropped.
 */
#include "lia-config.h"

#include "lia-push-dialog.h"

#include "lia-client-findings.h"
#include "lia-client-push.h"
#include "lia-problem.h"
#include "lia-push-draft.h"
#include "lia-push-editor.h"
#include "lia-push-known.h"
#include "lia-push-outcome.h"
#include "lia-push-review.h"
#include "lia-push-words.h"
#include "lia-then.h"

#include <glib/gi18n.h>

#define SAVE_AFTER_MS 500

struct _LiaPushDialog
{
  AdwDialog parent_instance;

  AdwNavigationView *pages;
  GtkStack          *stack;
  AdwStatusPage     *problem;
  GtkLabel          *title;
  LiaPushKnown      *known;
  GtkWidget         *known_buttons;
  GtkWidget         *create_button;
  AdwBanner         *notice;
  LiaPushReview     *review;
  GtkWidget         *edit_button;
  GtkWidget         *send_button;
  LiaPushEditor     *editor;
  LiaPushOutcome    *outcome;

  LiaClient      *client;
  char           *folder;
  LiaFinding     *finding;
  LiaPushPreview *draft;
  LiaPushPreview *preview; /* NULL: none that is true */
  gboolean        edited;  /* by hand: worth keeping */
  gboolean        unsaved; /* in the editor */
  guint           asked;
  guint           save_timer;
};

G_DEFINE_FINAL_TYPE (LiaPushDialog, lia_push_dialog, ADW_TYPE_DIALOG)

static gboolean
is_on (LiaPushDialog *self,
       const char    *page)
{
  return g_strcmp0 (adw_navigation_view_get_visible_page_tag (self->pages), page) == 0;
}

/* Keeping what was written ---------------------------------------------------------------------------------------------------------------- */

/* Of what is typed, what is not in the draft yet */
static void
take_edited (LiaPushDialog *self)
{
  g_autofree char *text = NULL;

  if (!self->unsaved)
    return;
  self->unsaved = FALSE;
  text = lia_push_editor_dup_text (self->editor);
  g_set_str (&self->draft->title, lia_push_editor_get_title (self->editor));
  g_set_str (&self->draft->source, text);
}

static void
save (LiaPushDialog *self)
{
  g_clear_handle_id (&self->save_timer, g_source_remove);
  take_edited (self);
  if (self->edited)
    lia_push_draft_write (self->folder, self->draft);
}

static gboolean
save_cb (gpointer user_data)
{
  LiaPushDialog *self = user_data;

  self->save_timer = 0;
  save (self);

  return G_SOURCE_REMOVE;
}

static void
on_edited_cb (LiaPushDialog *self)
{
  self->edited = self->unsaved = TRUE;
  g_clear_handle_id (&self->save_timer, g_source_remove);
  self->save_timer = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

/* The preview ----------------------------------------------------------------------------------------------------------------------------- */

static void
set_notice (LiaPushDialog *self,
            const char    *words)
{
  if (words != NULL)
    adw_banner_set_title (self->notice, words);
  adw_banner_set_revealed (self->notice, words != NULL);
}

static void take_preview (LiaPushDialog *self);

/* What was chosen days ago may not be there any more. */
static void
choose_anew (LiaPushDialog *self)
{
  g_ptr_array_set_size (self->draft->files, 0);
  set_notice (self, _ ("The files that you had chosen are not there any more. Choose again what goes along."));
  take_preview (self);
}

/* The engine refuses all of it while a file cannot go. */
static void
show_refused_files (LiaPushDialog *self)
{
  gboolean is_refused = FALSE;

  for (guint i = 0; i < self->preview->sent_files->len; i++)
    is_refused = is_refused || *((LiaPushFile *)self->preview->sent_files->pdata[i])->problem != '\0';
  if (is_refused)
    set_notice (self, _ ("A file that you chose cannot go there. Leave it out, then the rest can be sent."));
  gtk_widget_set_sensitive (self->send_button, !is_refused);
}

static void
on_preview_cb (gpointer      owner,
               const GValue *value,
               GError       *error,
               gpointer      asked)
{
  LiaPushDialog *self = owner;
  g_autoptr (LiaPushPreview) draft = NULL;

  if (GPOINTER_TO_UINT (asked) != self->asked)
    return;
  if (value == NULL && self->draft->files->len > 0 && g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION))
    {
      choose_anew (self);
      return;
    }
  if (value == NULL)
    {
      lia_complain (GTK_WIDGET (self->pages), _ ("What would leave cannot be shown"), error);
      return;
    }
  g_set_object (&self->preview, g_value_get_object (value));
  draft = lia_push_draft_copy (self->preview);
  g_set_object (&self->draft, draft);
  lia_push_review_show (self->review, self->client, self->preview);
  show_refused_files (self);
  gtk_widget_set_sensitive (self->edit_button, TRUE);
  if (!lia_push_review_is_choosing (self->review))
    gtk_widget_grab_focus (self->send_button);
}

/* Nothing is sent before the answer is there. */
static void
take_preview (LiaPushDialog *self)
{
  g_clear_object (&self->preview);
  gtk_widget_set_sensitive (self->send_button, FALSE);
  gtk_widget_set_sensitive (self->edit_button, FALSE);
  save (self);
  lia_then (lia_client_preview_push (self->client, self->draft), self, on_preview_cb, GUINT_TO_POINTER (++self->asked), NULL);
}

static void
on_leave_cb (LiaPushDialog *self,
             const char    *words)
{
  if (self->preview == NULL)
    return;
  self->edited = TRUE;
  lia_push_draft_keep (self->draft, self->preview, words);
  take_preview (self);
}

static void
on_stay_cb (LiaPushDialog *self,
            const char    *words)
{
  lia_push_draft_unkeep (self->draft, words);
  take_preview (self);
}

static void
on_files_changed_cb (LiaPushDialog *self)
{
  self->edited = TRUE;
  g_ptr_array_unref (self->draft->files);
  self->draft->files = lia_push_review_dup_files (self->review);
  set_notice (self, NULL);
  take_preview (self);
}

/* Known already? --------------------------------------------------------------------------------------------------------------------------- */

/* To link is the first choice; where there is nothing to link to, one key goes on. */
static void
on_found_cb (LiaPushDialog *self,
             gboolean       found)
{
  if (found)
    gtk_widget_remove_css_class (self->create_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->create_button, "suggested-action");
  if (!found && is_on (self, "known"))
    gtk_widget_grab_focus (self->create_button);
}

/* What was written for one tracker goes along to another one; its marker is of the first. */
static void
prepare_draft (LiaPushDialog   *self,
               LiaTrackerSetup *tracker)
{
  if (g_str_equal (self->draft->tracker, tracker->id))
    return;
  g_set_str (&self->draft->tracker, tracker->id);
  g_set_str (&self->draft->marker, "");
  if (self->edited)
    return;
  g_set_str (&self->draft->title, "");
  g_set_str (&self->draft->source, "");
}

static void
on_create_clicked_cb (LiaPushDialog *self)
{
  g_autoptr (LiaTrackerSetup) tracker = lia_push_known_dup_tracker (self->known);

  if (tracker == NULL)
    return;
  prepare_draft (self, tracker);
  lia_push_review_set_about (self->review, self->finding, tracker);
  set_notice (self, self->edited ? _ ("You have changed this before. “Edit” and “Start Anew” give the usual text back.") : NULL);
  adw_navigation_view_push_by_tag (self->pages, "review");
  take_preview (self);
}

/* What became of it ----------------------------------------------------------------------------------------------------------------------- */

static void
show_outcome (LiaPushDialog *self,
              const char    *issue)
{
  adw_navigation_view_push_by_tag (self->pages, "outcome");
  lia_push_outcome_follow (self->outcome, self->client, self->finding->id, issue);
  gtk_widget_grab_focus (GTK_WIDGET (self->outcome));
}

static void
on_linked_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      data)
{
  LiaPushDialog *self = owner;

  gtk_widget_set_sensitive (GTK_WIDGET (self->known), TRUE);
  if (error != NULL)
    lia_complain (GTK_WIDGET (self->pages), _ ("It could not be added to that issue"), error);
  else
    show_outcome (self, g_value_get_string (value));
}

static void
on_link_cb (LiaPushDialog *self,
            const char    *key)
{
  g_autoptr (LiaTrackerSetup) tracker = lia_push_known_dup_tracker (self->known);

  gtk_widget_set_sensitive (GTK_WIDGET (self->known), FALSE);
  lia_then (lia_client_link_finding (self->client, self->finding->id, tracker->id, key), self, on_linked_cb, NULL, NULL);
}

static void
on_sent_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      data)
{
  LiaPushDialog *self = owner;

  if (value != NULL)
    {
      lia_push_draft_forget (self->folder, self->finding->id);
      self->edited = FALSE;
      show_outcome (self, NULL);
      return;
    }
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT))
    set_notice (self, _ ("Nothing was sent: something has changed since you looked. This is what would leave now."));
  else
    lia_complain (GTK_WIDGET (self->pages), _ ("It could not be sent"), error);
  take_preview (self);
}

static void
on_send_clicked_cb (LiaPushDialog *self)
{
  if (self->preview == NULL)
    return;
  gtk_widget_set_sensitive (self->send_button, FALSE);
  gtk_widget_set_sensitive (self->edit_button, FALSE);
  lia_then (lia_client_push_finding (self->client, self->preview), self, on_sent_cb, NULL, NULL);
}

static void
on_done_cb (LiaPushDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* Editing --------------------------------------------------------------------------------------------------------------------------------- */

static void
on_edit_clicked_cb (LiaPushDialog *self)
{
  if (self->preview == NULL)
    return;
  set_notice (self, NULL);
  lia_push_editor_edit (self->editor, self->preview);
  adw_navigation_view_push_by_tag (self->pages, "edit");
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

static void
on_look_clicked_cb (LiaPushDialog *self)
{
  adw_navigation_view_pop (self->pages);
}

static void
on_hide_words_cb (LiaPushDialog *self,
                  const char    *words)
{
  self->edited = TRUE;
  take_edited (self);
  lia_push_draft_hide (self->draft, words);
  adw_navigation_view_pop (self->pages);
}

static void
on_anew_clicked_cb (LiaPushDialog *self)
{
  self->edited = self->unsaved = FALSE;
  lia_push_draft_forget (self->folder, self->finding->id);
  g_set_str (&self->draft->title, "");
  g_set_str (&self->draft->source, "");
  g_set_str (&self->draft->marker, "");
  g_ptr_array_set_size (self->draft->files, 0);
  g_strfreev (self->draft->keep);
  self->draft->keep = g_new0 (char *, 1);
  g_strfreev (self->draft->hide);
  self->draft->hide = g_new0 (char *, 1);
  adw_navigation_view_pop (self->pages);
}

/* However one goes back, what was written is looked at before it can be sent. */
static void
on_popped_cb (LiaPushDialog     *self,
              AdwNavigationPage *page)
{
  const char *tag = adw_navigation_page_get_tag (page);

  if (g_strcmp0 (tag, "edit") == 0)
    take_preview (self);
  else
    self->asked++;
}

/* The widget ------------------------------------------------------------------------------------------------------------------------------- */

static void
begin (LiaPushDialog *self,
       LiaFinding    *finding)
{
  g_autoptr (LiaPushPreview) kept = lia_push_draft_read (self->folder, finding->id);

  g_set_object (&self->finding, finding);
  self->edited = kept != NULL;
  self->draft = kept != NULL ? g_steal_pointer (&kept) : lia_push_preview_new ();
  g_set_str (&self->draft->finding, finding->id);
  gtk_label_set_text (self->title, finding->title);
  if (g_list_model_get_n_items (lia_client_get_trackers (self->client)) == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "known");
  gtk_widget_set_visible (self->known_buttons, TRUE);
  lia_push_known_set_up (self->known, self->client, finding, *self->draft->tracker != '\0' ? self->draft->tracker : NULL);
}

static void
on_finding_cb (gpointer      owner,
               const GValue *value,
               GError       *error,
               gpointer      data)
{
  LiaPushDialog  *self = owner;
  LiaFindingPage *page = value != NULL ? g_value_get_object (value) : NULL;

  if (page == NULL)
    {
      g_autofree char *words = lia_problem_words (error);

      adw_status_page_set_description (self->problem, words);
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  if (!lia_push_words_is_open (page->finding->push))
    {
      begin (self, page->finding);
      return;
    }
  g_set_object (&self->finding, page->finding);
  adw_navigation_view_replace_with_tags (self->pages, (const char *const[]){ "outcome" }, 1);
  lia_push_outcome_follow (self->outcome, self->client, page->finding->id, NULL);
}

static void
lia_push_dialog_closed (AdwDialog *dialog)
{
  save (LIA_PUSH_DIALOG (dialog));
}

static void
lia_push_dialog_dispose (GObject *object)
{
  LiaPushDialog *self = LIA_PUSH_DIALOG (object);

  g_clear_handle_id (&self->save_timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PUSH_DIALOG);
  g_clear_object (&self->client);
  g_clear_object (&self->finding);
  g_clear_object (&self->draft);
  g_clear_object (&self->preview);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (lia_push_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, title);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, known);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, known_buttons);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, review);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, edit_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, editor);
  gtk_widget_class_bind_template_child (widget_class, LiaPushDialog, outcome);
}

static void
lia_push_dialog_class_init (LiaPushDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_push_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = lia_push_dialog_closed;

  g_type_ensure (LIA_TYPE_PUSH_KNOWN);
  g_type_ensure (LIA_TYPE_PUSH_REVIEW);
  g_type_ensure (LIA_TYPE_PUSH_EDITOR);
  g_type_ensure (LIA_TYPE_PUSH_OUTCOME);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-push-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_popped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_found_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_link_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_create_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stay_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_files_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_send_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hide_words_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_anew_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_look_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_done_cb);
}

static void
lia_push_dialog_init (LiaPushDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lia_push_dialog_new:
 * @folder: where what is written lies until it is sent
 * @finding: its id; what is on its way already is followed
 */
AdwDialog *
lia_push_dialog_new (LiaClient  *client,
                     const char *folder,
                     const char *finding)
{
  LiaPushDialog *self = g_object_new (LIA_TYPE_PUSH_DIALOG, NULL);

  self->client = g_object_ref (client);
  self->folder = g_strdup (folder);
  lia_then (lia_client_get_finding (client, finding, NULL), self, on_finding_cb, NULL, NULL);

  return ADW_DIALOG (self);
}
