/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is typed lies in LiaFeedbackDrafts, a file a conversation. Enter gives it to the client, which repeats it until the engine has answered; until then
 * it lies there as given, so that also a crash of this program loses nothing: it is given again, with its key, as soon as there is an engine.
 */
#include "lia-config.h"

#include "lia-feedback-pane.h"

#include "lia-feedback-drafts.h"
#include "lia-feedback-form.h"
#include "lia-feedback-words.h"
#include "lia-finding-row.h"
#include "lia-findings-watch.h"
#include "lia-problem.h"
#include "lia-push-actions.h"
#include "lia-then.h"
#include "lia-value-page.h"

#include <glib/gi18n.h>

struct _LiaFeedbackPane
{
  AdwBin parent_instance;

  GtkStack        *stack;
  LiaFeedbackForm *form;
  GtkWidget       *here_box;
  GtkListBox      *here;
  GtkWidget       *before_box;
  GtkListBox      *before;

  LiaClient         *client;
  LiaFindingsWatch  *watch;
  LiaFeedbackDrafts *drafts;
  GHashTable        *on_way; /* char*: keys of what the client carries out now */
  char              *conversation;
  char              *customer;
  GListModel        *said_here; /* of LiaFinding; NULL until it is read */
  guint              asked;
};

enum {
  DONE,
  FINDING_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaFeedbackPane, lia_feedback_pane, ADW_TYPE_BIN)

/* What was said ------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
contains (GListModel *findings,
          const char *id)
{
  for (guint i = 0; findings != NULL && i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (LiaFinding) finding = g_list_model_get_item (findings, i);

      if (g_str_equal (finding->id, id))
        return TRUE;
    }

  return FALSE;
}

static void
add_push_button (GtkListBoxRow *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("mail-send-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Send to the Engineers…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", lia_finding_row_of_list (row)->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), LIA_PUSH_ACTION);
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (row)), button);
}

static void
show_list (GtkListBox *list,
           GtkWidget  *box,
           GListModel *findings)
{
  lia_finding_row_fill_list (list, findings);
  for (int i = 0; gtk_list_box_get_row_at_index (list, i) != NULL; i++)
    add_push_button (gtk_list_box_get_row_at_index (list, i));
  gtk_widget_set_visible (box, g_list_model_get_n_items (findings) > 0);
}

static void
on_before_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      asked)
{
  LiaFeedbackPane *self = owner;
  LiaValuePage    *page = value != NULL ? g_value_get_object (value) : NULL;
  g_autoptr (GListStore) others = g_list_store_new (LIA_TYPE_FINDING);

  if (page == NULL || GPOINTER_TO_UINT (asked) != self->asked)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (page->values)); i++)
    {
      g_autoptr (LiaFinding) finding = g_list_model_get_item (G_LIST_MODEL (page->values), i);

      if (!contains (self->said_here, finding->id))
        g_list_store_append (others, finding);
    }
  show_list (self->before, self->before_box, G_LIST_MODEL (others));
}

static void
on_here_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      asked)
{
  LiaFeedbackPane *self = owner;
  LiaValuePage    *page = value != NULL ? g_value_get_object (value) : NULL;
  LiaFindingsQuery query = { .customer = self->customer };

  if (page == NULL || GPOINTER_TO_UINT (asked) != self->asked)
    return;
  g_set_object (&self->said_here, G_LIST_MODEL (page->values));
  show_list (self->here, self->here_box, self->said_here);
  if (self->customer != NULL)
    lia_then (lia_client_get_findings (self->client, &query, NULL), self, on_before_cb, asked, NULL);
}

/* A pane that nobody sees asks for nothing. */
static void
look (LiaFeedbackPane *self)
{
  LiaFindingsQuery query = { .conversation = self->conversation };

  if (self->client == NULL || self->conversation == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->asked++;
  lia_then (lia_client_get_findings (self->client, &query, NULL), self, on_here_cb, GUINT_TO_POINTER (self->asked), NULL);
}

static void
on_row_activated_cb (LiaFeedbackPane *self,
                     GtkListBoxRow   *row)
{
  LiaFinding *finding = lia_finding_row_of_list (row);

  if (finding != NULL)
    g_signal_emit (self, signals[FINDING_ACTIVATED], 0, finding->id);
}

/* What is typed ------------------------------------------------------------------------------------------------------------------------------ */

static char *
where_said (const LiaQuote *quote)
{
  if (quote->second != LIA_QUOTE_NO_SECOND)
    return lia_feedback_words_second (quote->second);

  return g_strdup (quote->end > quote->start ? _ ("Quoted from the conversation") : _ ("What the customer said"));
}

static void
show_draft (LiaFeedbackPane  *self,
            LiaFeedbackDraft *draft)
{
  g_autofree char *where = where_said (draft->quote);

  lia_feedback_form_set_draft (self->form, draft);
  lia_feedback_form_set_source (self->form, where);
}

static void
show_kept_draft (LiaFeedbackPane *self)
{
  LiaFeedbackDraft *kept = self->drafts != NULL ? lia_feedback_drafts_get (self->drafts, self->conversation) : NULL;
  g_autoptr (LiaFeedbackDraft) draft = kept != NULL ? g_object_ref (kept) : lia_feedback_draft_new (self->conversation);

  show_draft (self, draft);
}

static void
on_typed_cb (LiaFeedbackPane *self)
{
  g_autoptr (LiaFeedbackDraft) draft = lia_feedback_form_dup_draft (self->form);

  if (self->drafts != NULL && self->conversation != NULL)
    lia_feedback_drafts_put (self->drafts, draft);
}

/* What is kept ------------------------------------------------------------------------------------------------------------------------------- */

static void
on_undo_cb (AdwToast *toast,
            gpointer  data)
{
  LiaFeedbackPane *self = data;

  lia_then_complain (lia_client_uncapture_finding (self->client, g_object_get_data (G_OBJECT (toast), "entry")), GTK_WIDGET (self),
                     _ ("It could not be taken back"));
}

static void
tell (LiaFeedbackPane  *self,
      LiaFeedbackDraft *draft,
      const char       *entry)
{
  GtkWidget       *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *words = *draft->finding->id != '\0' ? g_strdup_printf (_ ("Added to “%s”"), draft->finding->title)
                                                       : g_strdup_printf (_ ("Kept: “%s”"), draft->finding->title);
  AdwToast        *toast;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (words);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "entry", g_strdup (entry), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_cb), self, G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* It is typed again, under another key: what is changed now is another command. Unless something else is being typed there. */
static void
take_back (LiaFeedbackPane  *self,
           LiaFeedbackDraft *refused,
           const GError     *error)
{
  g_autofree char *words = lia_problem_words (error);
  g_autoptr (LiaFeedbackDraft) shown = lia_feedback_form_dup_draft (self->form);
  g_autofree char *text = lia_feedback_draft_write (refused);
  g_autoptr (LiaFeedbackDraft) draft = lia_feedback_draft_read (text);

  lia_complain (GTK_WIDGET (self), _ ("The feedback could not be kept"), error);
  if (g_strcmp0 (self->conversation, refused->quote->conv) != 0 || !lia_feedback_draft_is_empty (shown))
    return;
  g_free (draft->key);
  draft->key = g_uuid_string_random ();
  g_set_str (&draft->finding->id, "");
  show_draft (self, draft);
  on_typed_cb (self);
  lia_feedback_form_complain (self->form, words);
}

static void
on_captured_cb (gpointer      owner,
                const GValue *value,
                GError       *error,
                gpointer      data)
{
  LiaFeedbackPane  *self = owner;
  LiaFeedbackDraft *draft = data;

  g_hash_table_remove (self->on_way, draft->key);
  if (value != NULL)
    tell (self, draft, g_value_get_string (value));
  else if (error->domain == LIA_PROBLEM)
    take_back (self, draft, error);
  else
    return; /* it may not have arrived, and is given again */
  lia_feedback_drafts_forget (self->drafts, draft);
}

static void
capture (LiaFeedbackPane  *self,
         LiaFeedbackDraft *draft)
{
  if (g_hash_table_add (self->on_way, g_strdup (draft->key)))
    lia_then (lia_client_capture_finding (self->client, draft->key, draft->finding, draft->quote), self, on_captured_cb, g_object_ref (draft), g_object_unref);
}

static void
on_done_cb (LiaFeedbackPane  *self,
            LiaFeedbackDraft *draft)
{
  g_autoptr (LiaFeedbackDraft) next = lia_feedback_draft_new (self->conversation);

  if (self->client == NULL || self->drafts == NULL || self->conversation == NULL)
    return;
  lia_feedback_drafts_give (self->drafts, draft);
  capture (self, draft);
  show_draft (self, next);
  g_signal_emit (self, signals[DONE], 0);
}

/* What was given, and of which nothing was heard: by this run of the program, or an earlier one. */
static void
give_again (LiaFeedbackPane *self)
{
  g_autoptr (GPtrArray) given = NULL;

  if (self->client == NULL || self->drafts == NULL || lia_client_get_state (self->client) != LIA_CLIENT_LIVE)
    return;
  given = lia_feedback_drafts_list_given (self->drafts);
  for (guint i = 0; i < given->len; i++)
    capture (self, given->pdata[i]);
}

/* The widget ---------------------------------------------------------------------------------------------------------------------------------- */

static void
lia_feedback_pane_dispose (GObject *object)
{
  LiaFeedbackPane *self = LIA_FEEDBACK_PANE (object);

  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_FEEDBACK_PANE);
  g_clear_object (&self->client);
  g_clear_object (&self->watch);
  g_clear_object (&self->drafts);
  g_clear_object (&self->said_here);
  g_clear_pointer (&self->on_way, g_hash_table_unref);
  g_clear_pointer (&self->conversation, g_free);
  g_clear_pointer (&self->customer, g_free);

  G_OBJECT_CLASS (lia_feedback_pane_parent_class)->dispose (object);
}

static void
lia_feedback_pane_class_init (LiaFeedbackPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_feedback_pane_dispose;

  signals[DONE] = g_signal_new ("done", LIA_TYPE_FEEDBACK_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINDING_ACTIVATED] = g_signal_new ("finding-activated", LIA_TYPE_FEEDBACK_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LIA_TYPE_FEEDBACK_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-feedback-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackPane, stack);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackPane, form);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackPane, here_box);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackPane, here);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackPane, before_box);
  gtk_widget_class_bind_template_child (widget_class, LiaFeedbackPane, before);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
lia_feedback_pane_init (LiaFeedbackPane *self)
{
  self->on_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (look), NULL);
}

void
lia_feedback_pane_set_client (LiaFeedbackPane *self,
                              LiaClient       *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  self->watch = lia_findings_watch_new (client);
  lia_feedback_form_set_client (self->form, client);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (give_again), self, G_CONNECT_SWAPPED);
  give_again (self);
}

/** lia_feedback_pane_set_folder: where what is typed lies. */
void
lia_feedback_pane_set_folder (LiaFeedbackPane *self,
                              const char      *folder)
{
  g_clear_object (&self->drafts);
  self->drafts = lia_feedback_drafts_new (folder);
  if (self->conversation != NULL)
    show_kept_draft (self);
  give_again (self);
}

/** lia_feedback_pane_set_conversation: @conversation: (nullable): the one beside it */
void
lia_feedback_pane_set_conversation (LiaFeedbackPane *self,
                                    LiaConversation *conversation)
{
  const char *id = conversation != NULL ? conversation->id : NULL;

  g_set_str (&self->customer, conversation != NULL ? conversation->customer_id : NULL);
  gtk_stack_set_visible_child_name (self->stack, id != NULL ? "form" : "empty");
  if (g_strcmp0 (self->conversation, id) == 0)
    return;

  g_set_str (&self->conversation, id);
  g_clear_object (&self->said_here);
  self->asked++;
  gtk_widget_set_visible (self->here_box, FALSE);
  gtk_widget_set_visible (self->before_box, FALSE);
  if (id == NULL)
    return;
  show_kept_draft (self);
  look (self);
}

/**
 * lia_feedback_pane_begin:
 * @quote: (nullable): what was chosen in the conversation; it takes the place of another one that was, and leaves what was typed beside it
 * @where: (nullable): where that stands, in words
 *
 * With the keyboard in the form.
 */
void
lia_feedback_pane_begin (LiaFeedbackPane *self,
                         LiaQuote        *quote,
                         const char      *where)
{
  if (self->conversation == NULL)
    return;
  if (quote != NULL)
    {
      g_autoptr (LiaFeedbackDraft) draft = lia_feedback_form_dup_draft (self->form);

      g_set_str (&draft->quote->text, quote->text);
      g_set_str (&draft->quote->source, quote->source);
      draft->quote->start = quote->start;
      draft->quote->end = quote->end;
      draft->quote->second = quote->second;
      show_draft (self, draft);
      if (where != NULL)
        lia_feedback_form_set_source (self->form, where);
      on_typed_cb (self);
    }
  lia_feedback_form_begin (self->form);
}
