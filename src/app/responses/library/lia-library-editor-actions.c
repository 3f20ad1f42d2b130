/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with the response that is shown. */
#include "lia-library-editor-private.h"

#include "lia-canned-change.h"
#include "lia-client-responses.h"
#include "lia-library-history.h"
#include "lia-library-merge.h"
#include "lia-library-rights.h"
#include "lia-problem.h"
#include "lia-then.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *
state_words (LiaLibraryEditor *self)
{
  static const char *const states[] = { N_ ("Draft"), N_ ("Reviewed"), N_ ("Retired: it is not found any more") };

  return _ (states[self->edited->state]);
}

static void
update_heading (LiaLibraryEditor *self)
{
  const char      *title = self->id != NULL ? self->edited->title : "";
  g_autofree char *state = NULL;

  if (self->id != NULL)
    state = lia_library_editor_is_edited (self) ? g_strdup_printf (_ ("%s · not saved yet"), state_words (self)) : g_strdup (state_words (self));
  adw_window_title_set_title (self->heading, self->id != NULL && *title == '\0' ? _ ("New Response") : title);
  adw_window_title_set_subtitle (self->heading, state != NULL ? state : "");
}

static void
update_conflict (LiaLibraryEditor *self)
{
  LiaCanned *saved = self->id != NULL ? lia_library_editor_get_saved (self) : NULL;
  gboolean   changed = saved != NULL && self->base != NULL && saved->ver != self->base->ver && !self->saving;

  gboolean    gone = self->id != NULL && saved == NULL && !g_str_has_prefix (self->id, "new-") && !self->saving;
  const char *words = changed ? _ ("A colleague saved this response meanwhile. What you typed is kept.") : gone ? _ ("This response is gone. Save it to bring it back.")
                                                                                                                : "";

  /* What is hidden is not read out. */
  adw_banner_set_title (self->conflict, words);
  adw_banner_set_button_label (self->conflict, changed ? _ ("_Compare…") : NULL);
  adw_banner_set_revealed (self->conflict, changed || gone);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "response.compare", changed);
}

void
lia_library_editor_update_actions (LiaLibraryEditor *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   shown = self->id != NULL;
  gboolean   is_new = shown && g_str_has_prefix (self->id, "new-");
  gboolean   edited = shown && lia_library_editor_is_edited (self);
  gboolean   mine = shown && (self->base == NULL || lia_library_may_change (self->client, self->base));
  gboolean   retired = shown && self->base->state == LIA_CANNED_RETIRED;

  gtk_widget_set_visible (GTK_WIDGET (self->save), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->menu), shown);
  gtk_widget_action_set_enabled (widget, "response.save", edited && mine && !self->saving && *self->edited->title != '\0');
  gtk_widget_action_set_enabled (widget, "response.discard", edited);
  gtk_widget_action_set_enabled (widget, "response.history", shown && !is_new);
  gtk_widget_action_set_enabled (widget, "response.duplicate", shown);
  gtk_widget_action_set_enabled (widget, "response.retire", shown && !is_new && mine && !retired);
  gtk_widget_action_set_enabled (widget, "response.use-again", shown && !is_new && mine && retired);
  gtk_widget_action_set_enabled (widget, "response.remove", shown && !is_new && mine && (retired || self->base->scope == LIA_CANNED_PRIVATE || self->base->state == LIA_CANNED_DRAFT));
  gtk_widget_action_set_enabled (widget, "response.remove-text", shown && self->edited->variants->len > 1);
  if (shown)
    lia_library_sites_show (self->sites_row, lia_library_editor_get_saved (self), edited);
  update_heading (self);
  update_conflict (self);
}

/* Saving ----------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  char      *id; /* under which it was shown */
  LiaCanned *canned;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->id);
  g_object_unref (saving->canned);
  g_free (saving);
}

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  LiaLibraryEditor *self = owner;
  Saving           *saving = data;
  gboolean          shown = g_strcmp0 (self->id, saving->id) == 0;

  self->saving = FALSE;
  if (error != NULL && g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT))
    lia_toast (GTK_WIDGET (self), _ ("A colleague saved it meanwhile: compare, and choose what stays."));
  else if (error != NULL)
    lia_complain (GTK_WIDGET (self), _ ("The response could not be saved"), error);
  else
    {
      if (shown)
        g_set_object (&self->base, saving->canned);
      if (shown && strcmp (saving->id, g_value_get_string (value)) != 0)
        g_set_str (&self->id, g_value_get_string (value));
      lia_library_drafts_drop (self->drafts, saving->id);
      if (shown)
        g_set_str (&self->edited->id, self->id);
      if (shown && lia_library_editor_is_edited (self)) /* typed on meanwhile */
        lia_library_drafts_put (self->drafts, self->edited);
      lia_library_editor_emit_saved (self, g_value_get_string (value), saving->id);
    }
  lia_library_editor_refresh (self);
  lia_library_editor_update_actions (self);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);
  g_autoptr (LiaCanned) canned = lia_canned_copy (self->edited);
  Saving *saving = g_new0 (Saving, 1);

  if (lia_attachment_bar_is_busy (self->attachments))
    {
      lia_toast (widget, _ ("A file is still on its way"));
      g_free (saving);
      return;
    }
  saving->id = g_strdup (self->id);
  saving->canned = g_object_ref (canned);
  /* Gone meanwhile, or never there: it becomes a new one. */
  if (lia_library_editor_get_saved (self) == NULL)
    {
      g_set_str (&canned->id, "");
      canned->ver = 0;
    }
  else
    canned->ver = self->base->ver;
  lia_library_editor_keep (self);
  self->saving = TRUE;
  lia_library_editor_update_actions (self);
  lia_then (lia_client_save_response (self->client, canned), self, saved_cb, saving, saving_free);
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);
  LiaCanned        *saved = lia_library_editor_get_saved (self);

  lia_library_drafts_drop (self->drafts, self->id);
  if (saved == NULL)
    {
      g_clear_handle_id (&self->keep_source, g_source_remove);
      lia_library_editor_show (self, NULL);
      lia_library_editor_emit_saved (self, "", "");
      return;
    }
  g_set_object (&self->base, saved);
  lia_library_editor_fill (self, saved);
  lia_library_editor_keep (self);
}

/* What a colleague saved ------------------------------------------------------------------------------------------------------------------- */

static void
on_merged_cb (LiaLibraryEditor *self,
              LiaCanned        *merged,
              LiaCanned        *theirs)
{
  g_set_object (&self->base, theirs);
  lia_library_editor_fill (self, merged);
  self->edited->ver = theirs->ver;
  lia_library_editor_keep (self);
  lia_library_editor_update_actions (self);
}

static void
compare_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);
  LiaCanned        *theirs = lia_library_editor_get_saved (self);
  AdwDialog        *dialog;

  if (theirs == NULL)
    return;
  lia_library_editor_keep (self);
  dialog = lia_library_merge_new (self->edited, theirs);
  g_signal_connect_object (dialog, "merged", G_CALLBACK (on_merged_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* History ---------------------------------------------------------------------------------------------------------------------------------- */

/* It is a change like any other: it can be looked at before it is saved. */
static void
on_brought_back_cb (LiaLibraryEditor *self,
                    LiaCanned        *version)
{
  g_autoptr (LiaCanned) back = lia_canned_copy (self->edited);

  lia_canned_take_fields (back, version, LIA_CANNED_EVERYTHING & ~LIA_CANNED_STATE);
  lia_library_editor_fill (self, back);
  lia_library_editor_keep (self);
  lia_library_editor_update_actions (self);
  lia_toast (GTK_WIDGET (self), _ ("The earlier version is back. Save it to keep it."));
}

static void
history_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);
  AdwDialog        *dialog = lia_library_history_new (self->client, self->id);

  g_signal_connect_object (dialog, "brought-back", G_CALLBACK (on_brought_back_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* Retiring, removing ----------------------------------------------------------------------------------------------------------------------- */

/* At once: an older offer would undo something else. */
static void
show_undo (LiaLibraryEditor *self,
           const char       *words,
           const char       *action,
           GVariant         *target)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast  *toast = adw_toast_new (words);

  if (self->undo != NULL)
    adw_toast_dismiss (self->undo);
  g_set_weak_pointer (&self->undo, toast);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_action_target_value (toast, target);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
retired_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      undo)
{
  if (error != NULL)
    lia_complain (owner, _ ("The response could not be retired"), error);
  else
    show_undo (owner, _ ("The response is not found any more"), "library.unretire", undo);
}

static void
retire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);

  lia_then (lia_client_retire_response (self->client, self->id, self->base->ver), self, retired_cb,
            g_variant_ref_sink (g_variant_new ("(ss)", self->id, lia_canned_state_to_string (self->base->state))), (GDestroyNotify)g_variant_unref);
}

/* Of the team's only supervisors say that it is reviewed. */
static void
use_again_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);
  LiaCannedState    state = self->base->scope == LIA_CANNED_PRIVATE || lia_library_supervises (self->client) ? LIA_CANNED_REVIEWED : LIA_CANNED_DRAFT;

  gtk_widget_activate_action (widget, "library.unretire", "(ss)", self->id, lia_canned_state_to_string (state));
}

static void
removed_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      canned)
{
  LiaLibraryEditor *self = owner;

  if (error != NULL)
    {
      lia_complain (owner, _ ("The response could not be removed"), error);
      return;
    }
  lia_library_editor_emit_removed (self, canned);
  show_undo (self, _ ("The response was removed"), "library.unremove", NULL);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);

  lia_library_drafts_drop (self->drafts, self->id);
  lia_then (lia_client_remove_response (self->client, self->id, self->base->ver), self, removed_cb, g_object_ref (self->base), g_object_unref);
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (widget);
  g_autoptr (LiaCanned) copy = lia_canned_copy (self->edited);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *title = g_strdup_printf (_ ("%s (copy)"), copy->title);

  lia_library_editor_keep (self);
  g_free (copy->id);
  copy->id = g_strconcat ("new-", uuid, NULL);
  g_set_str (&copy->title, title);
  g_set_str (&copy->shortcut, ""); /* which can be one response's only */
  copy->ver = 0;
  copy->state = LIA_CANNED_DRAFT;
  lia_library_drafts_put (self->drafts, copy);
  lia_library_editor_emit_saved (self, copy->id, self->id);
}

/* Files ------------------------------------------------------------------------------------------------------------------------------------ */

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_menu_button_popup (LIA_LIBRARY_EDITOR (widget)->menu);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (LiaLibraryEditor) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && self->id != NULL)
    lia_attachment_bar_add_file (self->attachments, file);
}

static void
attach_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Attach a File"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, chosen_cb, g_object_ref (widget));
}

void
lia_library_editor_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "response.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "response.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "response.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "response.history", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "response.retire", NULL, retire_action);
  gtk_widget_class_install_action (widget_class, "response.use-again", NULL, use_again_action);
  gtk_widget_class_install_action (widget_class, "response.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "response.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "response.attach", NULL, attach_action);
  gtk_widget_class_install_action (widget_class, "response.menu", NULL, menu_action);
}
