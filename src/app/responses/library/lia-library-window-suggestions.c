/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What could be better in the library: how the page is come to, what each suggestion does, and how it is taken back. */
#include "lia-library-window-private.h"

#include "lia-canned-learn.h"
#include "lia-client-responses.h"
#include "lia-library-merge.h"
#include "lia-suggestion-take.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

#define LANE "suggestions"

/* What was done about a suggestion, as far as it can be taken back */
typedef struct
{
  LiaLibraryWindow *window; /* weak: the toast is in it */
  char             *key;
  char             *words;    /* what is said when it is done */
  char             *draft;    /* the id of the draft that was made of it, or NULL */
  LiaCanned        *was;      /* the draft that was in its place, or NULL */
  GPtrArray        *versions; /* LiaResponseOutcome: that were saved; or NULL */
  gboolean          dismissed;
} Deed;

static Deed *
deed_new (LiaLibraryWindow *self,
          LiaSuggestion    *suggestion,
          const char       *words)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->window = self;
  deed->key = g_strdup (suggestion->key);
  deed->words = g_strdup (words);

  return deed;
}

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_free (deed->key);
  g_free (deed->words);
  g_free (deed->draft);
  g_clear_object (&deed->was);
  g_clear_pointer (&deed->versions, g_ptr_array_unref);
  g_free (deed);
}

static LiaCanned *
find_saved (LiaLibraryWindow *self,
            const char       *id)
{
  return lia_canned_index_get (lia_responses_get_index (lia_client_get_responses (self->client)), id);
}

/* Taking back ------------------------------------------------------------------------------------------------------------------------------ */

static void
taken_back_cb (gpointer      owner,
               const GValue *value,
               GError       *error,
               gpointer      key)
{
  LiaLibraryWindow *self = owner;

  if (error != NULL)
    lia_complain (GTK_WIDGET (self->editor), _ ("That could not be taken back"), error);
  else
    lia_suggestions_set_done (self->suggestions, key, FALSE);
}

static void
reverted_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      key)
{
  GPtrArray    *outcomes = value != NULL ? g_value_get_boxed (value) : NULL;
  const GError *refusal = error;

  for (guint i = 0; outcomes != NULL && i < outcomes->len && refusal == NULL; i++)
    refusal = ((const LiaResponseOutcome *)outcomes->pdata[i])->error;
  taken_back_cb (owner, value, (GError *)refusal, key);
}

static void
put_back_draft (LiaLibraryWindow *self,
                Deed             *deed)
{
  gboolean shown = g_strcmp0 (lia_library_editor_get_id (self->editor), deed->draft) == 0;

  /* What was typed since is written to the disk by this, and would come back. */
  if (shown)
    lia_library_editor_show (self->editor, NULL);
  lia_library_drafts_drop (self->drafts, deed->draft);
  if (deed->was != NULL)
    lia_library_drafts_put (self->drafts, deed->was);
  if (shown)
    lia_library_editor_show (self->editor, deed->draft);
  lia_library_window_update (self);
}

static void
on_undo_cb (Deed *deed)
{
  LiaLibraryWindow *self = deed->window;
  g_autofree char  *uuid = g_uuid_string_random ();

  if (deed->draft != NULL)
    put_back_draft (self, deed);
  if (deed->versions != NULL)
    lia_then (lia_client_revert_responses (self->client, LANE, uuid, deed->versions), self, reverted_cb, g_strdup (deed->key), g_free);
  else if (deed->dismissed)
    lia_then (lia_client_dismiss_suggestion (self->client, deed->key, FALSE), self, taken_back_cb, g_strdup (deed->key), g_free);
  else
    lia_suggestions_set_done (self->suggestions, deed->key, FALSE);
}

/* lia_library_window_drop_undo: what it would take back is no longer as it was. */
void
lia_library_window_drop_undo (LiaLibraryWindow *self)
{
  if (self->undo != NULL)
    adw_toast_dismiss (self->undo);
  g_clear_weak_pointer (&self->undo);
}

static void
free_deed (gpointer  deed,
           GClosure *closure)
{
  deed_free (deed);
}

/* It is done: gone from the lists. @deed: (transfer full) */
static void
finish (LiaLibraryWindow *self,
        Deed             *deed)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self->editor), ADW_TYPE_TOAST_OVERLAY);
  AdwToast  *toast = adw_toast_new (deed->words);

  lia_library_window_drop_undo (self);
  g_set_weak_pointer (&self->undo, toast);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_cb), deed, free_deed, G_CONNECT_SWAPPED);
  lia_suggestions_set_done (self->suggestions, deed->key, TRUE);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* Dismissing ------------------------------------------------------------------------------------------------------------------------------- */

static void
dismissed_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      data)
{
  LiaLibraryWindow *self = owner;
  Deed            **deed = data;

  if (error != NULL)
    lia_complain (GTK_WIDGET (self->editor), _ ("The suggestion could not be dismissed"), error);
  else
    finish (self, g_steal_pointer (deed));
}

static void
free_held_deed (gpointer data)
{
  Deed **held = data;

  g_clear_pointer (held, deed_free);
  g_free (held);
}

/* A deed for a callback, which may keep it */
static Deed **
hold (Deed *deed)
{
  Deed **held = g_new (Deed *, 1);

  *held = deed;

  return held;
}

static void
on_suggestion_dismissed_cb (LiaLibraryWindow *self,
                            LiaSuggestion    *suggestion)
{
  Deed *deed = deed_new (self, suggestion, _ ("The suggestion is dismissed"));

  deed->dismissed = TRUE;
  lia_then (lia_client_dismiss_suggestion (self->client, suggestion->key, TRUE), self, dismissed_cb, hold (deed), free_held_deed);
}

/* Saving at once --------------------------------------------------------------------------------------------------------------------------- */

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  LiaLibraryWindow *self = owner;
  GPtrArray        *outcomes = value != NULL ? g_value_get_boxed (value) : NULL;
  const GError     *refusal = error;
  g_autoptr (GPtrArray) saved = g_ptr_array_new_with_free_func (g_object_unref);
  Deed **deed = data;

  for (guint i = 0; outcomes != NULL && i < outcomes->len; i++)
    {
      LiaResponseOutcome *outcome = outcomes->pdata[i];

      /* The last one first, as it is taken back: a shortcut that it got goes back to whose it was. */
      if (outcome->error == NULL)
        g_ptr_array_insert (saved, 0, g_object_ref (outcome));
      else
        refusal = outcome->error;
    }
  if (refusal == NULL)
    {
      (*deed)->versions = g_steal_pointer (&saved);
      finish (self, g_steal_pointer (deed));
      return;
    }

  lia_complain (GTK_WIDGET (self->editor), _ ("That could not be done"), refusal);
  if (saved->len > 0) /* both, or none */
    {
      g_autofree char *uuid = g_uuid_string_random ();

      lia_then_complain (lia_client_revert_responses (self->client, LANE, uuid, saved), GTK_WIDGET (self->editor), _ ("That could not be taken back"));
    }
}

/* @responses: of LiaCanned; @deed: (transfer full) */
static void
save (LiaLibraryWindow *self,
      GPtrArray        *responses,
      Deed             *deed)
{
  g_autofree char *uuid = g_uuid_string_random ();

  lia_then (lia_client_import_responses (self->client, LANE, uuid, responses), self, saved_cb, hold (deed), free_held_deed);
}

/* (transfer full) */
static LiaCanned *
make_retired (LiaCanned *canned)
{
  LiaCanned *retired = lia_canned_copy (canned);

  retired->state = LIA_CANNED_RETIRED;

  return retired;
}

static void
retire (LiaLibraryWindow *self,
        LiaSuggestion    *suggestion,
        LiaCanned        *canned)
{
  g_autoptr (GPtrArray) responses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *words = g_strdup_printf (_ ("“%s” is not found any more"), canned->title);

  g_ptr_array_add (responses, make_retired (canned));
  save (self, responses, deed_new (self, suggestion, words));
}

/* The other one is retired first: its shortcut may be taken over. */
static void
on_merged_cb (LiaLibraryWindow *self,
              LiaCanned        *merged,
              LiaCanned        *other,
              AdwDialog        *dialog)
{
  LiaSuggestion *suggestion = g_object_get_data (G_OBJECT (dialog), "suggestion");
  g_autoptr (GPtrArray) responses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *words = g_strdup_printf (_ ("“%s” and “%s” are one"), merged->title, other->title);

  g_ptr_array_add (responses, make_retired (other));
  g_ptr_array_add (responses, g_object_ref (merged));
  save (self, responses, deed_new (self, suggestion, words));
}

/* What is reviewed, then what is used more */
static gboolean
is_rather_kept (LiaCanned *one,
                LiaCanned *other)
{
  gint64 now_ms = lia_time_now ();

  if (one->state != other->state)
    return one->state == LIA_CANNED_REVIEWED;

  return lia_canned_use_at (&one->team_use, now_ms) >= lia_canned_use_at (&other->team_use, now_ms);
}

static void
merge (LiaLibraryWindow *self,
       LiaSuggestion    *suggestion,
       LiaCanned        *canned,
       LiaCanned        *other)
{
  gboolean   first = is_rather_kept (canned, other);
  AdwDialog *dialog = lia_library_merge_new_twins (first ? canned : other, first ? other : canned);

  g_object_set_data_full (G_OBJECT (dialog), "suggestion", g_object_ref (suggestion), g_object_unref);
  g_signal_connect_object (dialog, "merged", G_CALLBACK (on_merged_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* Into the editor -------------------------------------------------------------------------------------------------------------------------- */

/* @deed: (transfer full) */
static void
edit_draft (LiaLibraryWindow *self,
            LiaCanned        *draft,
            Deed             *deed)
{
  deed->draft = g_strdup (draft->id);
  lia_library_drafts_put (self->drafts, draft);
  lia_library_window_update (self);
  lia_library_window_edit (self, draft->id);
  finish (self, deed);
}

static void
on_taken_cb (LiaLibraryWindow *self,
             LiaCanned        *changed,
             AdwDialog        *dialog)
{
  LiaSuggestion *suggestion = g_object_get_data (G_OBJECT (dialog), "suggestion");
  Deed          *deed = deed_new (self, suggestion, _ ("The edit is in the response. Save it to keep it."));

  lia_library_editor_show (self->editor, NULL);
  g_set_object (&deed->was, lia_library_drafts_get (self->drafts, changed->id));
  edit_draft (self, changed, deed);
}

static void
take_edit (LiaLibraryWindow *self,
           LiaSuggestion    *suggestion,
           LiaCanned        *canned)
{
  LiaCanned       *draft = lia_library_drafts_get (self->drafts, canned->id);
  LiaCanned       *now = draft != NULL ? draft : canned;
  g_autofree char *reason = lia_suggestion_words_reason (suggestion, canned, NULL);
  g_autoptr (LiaCanned) changed = lia_canned_take_edit (now, suggestion);
  AdwDialog *dialog;

  if (changed == NULL)
    {
      lia_toast (GTK_WIDGET (self->editor), _ ("The response does not say that any more"));
      lia_suggestions_refresh (self->suggestions);
      return;
    }
  dialog = lia_suggestion_take_new (now, changed, reason);
  g_object_set_data_full (G_OBJECT (dialog), "suggestion", g_object_ref (suggestion), g_object_unref);
  g_signal_connect_object (dialog, "taken", G_CALLBACK (on_taken_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
make_response (LiaLibraryWindow *self,
               LiaSuggestion    *suggestion)
{
  g_autoptr (LiaCanned) draft = lia_canned_from_answer (suggestion);
  g_autofree char *uuid = g_uuid_string_random ();
  Deed            *deed = deed_new (self, suggestion, _ ("Take out what is about one customer alone, then save it."));

  g_free (draft->id);
  draft->id = g_strconcat ("new-", uuid, NULL);
  deed->dismissed = TRUE;
  lia_then_complain (lia_client_dismiss_suggestion (self->client, suggestion->key, TRUE), GTK_WIDGET (self->editor), _ ("The suggestion could not be dismissed"));
  edit_draft (self, draft, deed);
}

static void
on_suggestion_chosen_cb (LiaLibraryWindow *self,
                         LiaSuggestion    *suggestion,
                         LiaSuggestionAct  act)
{
  const char *id = *suggestion->response != '\0' ? suggestion->response : suggestion->other;
  LiaCanned  *canned = find_saved (self, id);
  LiaCanned  *other = find_saved (self, suggestion->other);

  if (act == LIA_SUGGESTION_ACT_MAKE)
    make_response (self, suggestion);
  else if (canned == NULL || (act == LIA_SUGGESTION_ACT_MERGE && other == NULL))
    lia_toast (GTK_WIDGET (self->editor), _ ("The response is gone"));
  else if (act == LIA_SUGGESTION_ACT_TAKE)
    take_edit (self, suggestion, canned);
  else if (act == LIA_SUGGESTION_ACT_MERGE)
    merge (self, suggestion, canned, other);
  else if (act == LIA_SUGGESTION_ACT_RETIRE)
    retire (self, suggestion, canned);
  else
    lia_library_window_edit (self, id);
}

/* The page --------------------------------------------------------------------------------------------------------------------------------- */

static void
show_page (LiaLibraryWindow *self,
           gboolean          suggestions)
{
  gtk_stack_set_visible_child_name (self->main, suggestions ? "suggestions" : "responses");
  if (suggestions)
    gtk_widget_add_css_class (GTK_WIDGET (self->suggestions_row), "on");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->suggestions_row), "on");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->suggestions_row), GTK_ACCESSIBLE_STATE_SELECTED, suggestions, -1);
  lia_library_window_mark_places (self);
}

gboolean
lia_library_window_shows_suggestions (LiaLibraryWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->main), "suggestions") == 0;
}

void
lia_library_window_show_responses (LiaLibraryWindow *self)
{
  show_page (self, FALSE);
}

static void
suggestions_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (widget);

  show_page (self, TRUE);
  if (adw_overlay_split_view_get_collapsed (self->places_split))
    adw_overlay_split_view_set_show_sidebar (self->places_split, FALSE);
  lia_suggestions_page_open (self->suggestions_page);
}

static void
on_suggestions_activated_cb (LiaLibraryWindow *self)
{
  suggestions_action (GTK_WIDGET (self), NULL, NULL);
}

static void
on_suggestions_left_cb (LiaLibraryWindow *self)
{
  show_page (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
leave_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (widget);

  if (!lia_library_window_shows_suggestions (self))
    return GDK_EVENT_PROPAGATE;
  on_suggestions_left_cb (self);

  return GDK_EVENT_STOP;
}

static void
on_suggestions_changed_cb (LiaLibraryWindow *self)
{
  guint            n = lia_suggestions_count (self->suggestions);
  g_autofree char *number = n > 0 ? g_strdup_printf ("%u", n) : g_strdup ("");
  g_autofree char *words = g_strdup_printf (ngettext ("Suggestions for the library, %u", "Suggestions for the library, %u", n), n);

  gtk_label_set_label (self->suggestions_count, number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->suggestions_row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
lia_library_window_install_suggestions (GtkWidgetClass *widget_class)
{
  g_type_ensure (LIA_TYPE_SUGGESTIONS_PAGE);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, main);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, suggestions_row);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, suggestions_count);
  gtk_widget_class_bind_template_child (widget_class, LiaLibraryWindow, suggestions_page);
  gtk_widget_class_bind_template_callback (widget_class, on_suggestions_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_suggestion_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_suggestion_dismissed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_suggestions_left_cb);
  gtk_widget_class_install_action (widget_class, "library.suggestions", NULL, suggestions_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "library.suggestions", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, leave_cb, NULL);
}

void
lia_library_window_set_suggestions (LiaLibraryWindow *self)
{
  self->suggestions = lia_suggestions_new (self->client);
  g_signal_connect_object (self->suggestions, "changed", G_CALLBACK (on_suggestions_changed_cb), self, G_CONNECT_SWAPPED);
  lia_suggestions_page_set_client (self->suggestions_page, self->client, self->suggestions);
  on_suggestions_changed_cb (self);
}
