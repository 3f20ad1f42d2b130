/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *   base (what was saved) --fill--> rows --take--> edited --keep--> drafts on disk
 *                                                     '----save----> engine: then base
 *
 * `edited` differs from `base`: the response is not saved. What a colleague saves meanwhile becomes the base when nothing was typed; else a banner
 * offers to compare, and nobody's words are lost.
 */
#include "lia-library-editor-private.h"

#include "lia-canned-change.h"
#include "lia-canned-import-private.h"
#include "lia-tags-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#define KEEP_MS 400

G_DEFINE_FINAL_TYPE (LiaLibraryEditor, lia_library_editor, ADW_TYPE_BIN)

enum {
  EDITED,
  SAVED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
lia_library_editor_emit_saved (LiaLibraryEditor *self,
                               const char       *id,
                               const char       *before)
{
  g_signal_emit (self, signals[SAVED], 0, id, before);
}

void
lia_library_editor_emit_removed (LiaLibraryEditor *self,
                                 LiaCanned        *canned)
{
  g_signal_emit (self, signals[REMOVED], 0, canned);
}

/* (transfer none) (nullable): as the library has it now */
LiaCanned *
lia_library_editor_get_saved (LiaLibraryEditor *self)
{
  LiaCannedIndex *index = lia_responses_get_index (lia_client_get_responses (self->client));

  return self->id != NULL ? lia_canned_index_get (index, self->id) : NULL;
}

gboolean
lia_library_editor_is_edited (LiaLibraryEditor *self)
{
  return self->id != NULL && (g_str_has_prefix (self->id, "new-") || lia_canned_compare (self->base, self->edited) != 0);
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------------- */

static void
set_text (AdwEntryRow *row,
          const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
set_words (AdwEntryRow *row,
           GStrv        words)
{
  g_autofree char *text = g_strjoinv (", ", words);

  set_text (row, text);
}

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* @canned becomes `edited` */
void
lia_library_editor_fill (LiaLibraryEditor *self,
                         LiaCanned        *canned)
{
  g_autoptr (LiaCanned) copy = lia_canned_copy (canned);
  g_autofree char *aliases = lia_canned_words_to_text (copy->aliases);

  self->filling = TRUE;
  g_set_object (&self->edited, copy);
  set_text (self->title_row, copy->title);
  set_text (self->shortcut_row, copy->shortcut);
  set_text (self->folder_row, copy->folder);
  set_words (self->tags_row, copy->tags);
  set_text (self->aliases_row, aliases);
  adw_combo_row_set_selected (self->scope_row, copy->scope);
  adw_combo_row_set_selected (self->state_row, copy->state);
  adw_combo_row_set_selected (self->place_row, copy->greeting ? 1 : copy->farewell ? 2
                                                                                   : 0);
  lia_library_editor_fill_more (self, copy);
  lia_attachment_bar_set_attachments (self->attachments, copy->attachments);
  lia_library_editor_show_texts (self);
  self->filling = FALSE;
  lia_library_editor_update_preview (self);
  lia_library_editor_update_actions (self);
}

static void
take_lists (LiaLibraryEditor *self,
            LiaCanned        *edited)
{
  g_strfreev (edited->tags);
  g_strfreev (edited->aliases);
  edited->tags = lia_tags_parse (get_text (self->tags_row));
  edited->aliases = lia_canned_words_from_text (get_text (self->aliases_row), ";");
  g_ptr_array_unref (edited->attachments);
  edited->attachments = lia_attachment_bar_dup_attachments (self->attachments);
}

static void
take_rows (LiaLibraryEditor *self)
{
  g_autoptr (LiaCanned) edited = lia_canned_copy (self->edited);
  guint            place = adw_combo_row_get_selected (self->place_row);
  g_autofree char *folder = lia_canned_folder_from_text (get_text (self->folder_row));

  g_set_str (&edited->title, get_text (self->title_row));
  g_set_str (&edited->shortcut, get_text (self->shortcut_row));
  g_set_str (&edited->folder, folder);
  take_lists (self, edited);
  edited->scope = (LiaCannedScope)adw_combo_row_get_selected (self->scope_row);
  edited->state = (LiaCannedState)adw_combo_row_get_selected (self->state_row);
  edited->greeting = place == 1;
  edited->farewell = place == 2;
  lia_library_editor_take_more (self, edited);
  g_set_object (&self->edited, edited);
  lia_library_editor_take_text (self);
}

/* Keeping ---------------------------------------------------------------------------------------------------------------------------------- */

/* What was typed, to the disk, at once. */
void
lia_library_editor_keep (LiaLibraryEditor *self)
{
  g_clear_handle_id (&self->keep_source, g_source_remove);
  if (self->id == NULL)
    return;

  if (lia_library_editor_is_edited (self))
    lia_library_drafts_put (self->drafts, self->edited);
  else
    lia_library_drafts_drop (self->drafts, self->id);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
keep_cb (gpointer data)
{
  LiaLibraryEditor *self = data;

  self->keep_source = 0;
  lia_library_editor_keep (self);
}

/* Something was typed. */
void
lia_library_editor_changed (LiaLibraryEditor *self)
{
  if (self->filling || self->id == NULL)
    return;

  take_rows (self);
  lia_library_editor_update_preview (self);
  lia_library_editor_update_actions (self);
  if (self->keep_source == 0)
    self->keep_source = g_timeout_add_once (KEEP_MS, keep_cb, self);
}

static void
on_changed_cb (LiaLibraryEditor *self)
{
  lia_library_editor_changed (self);
}

void
lia_library_editor_set_base (LiaLibraryEditor *self,
                             LiaCanned        *canned)
{
  g_set_object (&self->base, canned);
  if (self->edited != NULL)
    self->edited->ver = canned->ver;
}

/**
 * lia_library_editor_refresh: somebody saved it, perhaps this agent; or it is gone.
 */
void
lia_library_editor_refresh (LiaLibraryEditor *self)
{
  LiaCanned *saved = self->id != NULL ? lia_library_editor_get_saved (self) : NULL;

  if (self->id == NULL || g_str_has_prefix (self->id, "new-") || self->saving)
    return;

  lia_library_figures_read (self->figures, self->client, saved != NULL ? self->id : NULL);
  if (saved == NULL && !lia_library_editor_is_edited (self))
    lia_library_editor_show (self, NULL);
  else if (saved == NULL) /* what is typed stays, and can be saved anew */
    lia_library_editor_update_actions (self);
  else if (saved->ver != self->base->ver && (lia_canned_compare (saved, self->base) == 0 || lia_canned_compare (saved, self->edited) == 0))
    lia_library_editor_set_base (self, saved);
  else if (saved->ver != self->base->ver && !lia_library_editor_is_edited (self))
    {
      g_set_object (&self->base, saved);
      lia_library_editor_fill (self, saved);
    }
  lia_library_editor_update_actions (self);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

const char *
lia_library_editor_get_id (LiaLibraryEditor *self)
{
  return self->id;
}

/** lia_library_editor_show: @id: (nullable): of the library or of a draft. */
void
lia_library_editor_show (LiaLibraryEditor *self,
                         const char       *id)
{
  g_autofree char *shown = g_strdup (id);
  g_autoptr (LiaCanned) empty = NULL;
  LiaCanned *saved, *draft;

  if (self->keep_source != 0)
    lia_library_editor_keep (self);
  g_free (self->id);
  self->id = g_steal_pointer (&shown);
  self->shown = 0;
  saved = lia_library_editor_get_saved (self);
  draft = self->id != NULL ? lia_library_drafts_get (self->drafts, self->id) : NULL;
  if (saved == NULL && draft == NULL)
    g_clear_pointer (&self->id, g_free);
  gtk_stack_set_visible_child_name (self->stack, self->id != NULL ? "form" : "nothing");
  if (self->id == NULL)
    {
      lia_library_editor_update_actions (self);
      return;
    }

  empty = saved != NULL ? NULL : lia_canned_new ();
  if (saved != NULL)
    g_set_object (&self->base, saved);
  else
    g_set_object (&self->base, empty);
  /* A draft knows which version was changed: what is saved now may be another. */
  if (draft != NULL && saved != NULL && draft->ver != saved->ver)
    {
      g_autoptr (LiaCanned) older = lia_canned_copy (saved);

      older->ver = draft->ver;
      g_set_object (&self->base, older);
    }
  lia_library_editor_fill (self, draft != NULL ? draft : saved);
  lia_library_figures_read (self->figures, self->client, saved != NULL ? self->id : NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/** lia_library_editor_focus: on the title of what has none, else on the text. */
void
lia_library_editor_focus (LiaLibraryEditor *self)
{
  if (self->id != NULL && *get_text (self->title_row) == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->title_row));
  else if (self->id != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->body));
}

void
lia_library_editor_set_client (LiaLibraryEditor    *self,
                               LiaClient           *client,
                               LiaLibraryDrafts    *drafts,
                               LiaLibraryPublished *published)
{
  self->client = g_object_ref (client);
  self->drafts = g_object_ref (drafts);
  lia_attachment_bar_set_client (self->attachments, client);
  lia_library_sites_set_client (self->sites_row, client, published);
  lia_library_editor_update_actions (self);
}

static void
lia_library_editor_dispose (GObject *object)
{
  LiaLibraryEditor *self = LIA_LIBRARY_EDITOR (object);

  if (self->keep_source != 0)
    lia_library_editor_keep (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_LIBRARY_EDITOR);
  g_clear_weak_pointer (&self->undo);
  g_clear_object (&self->client);
  g_clear_object (&self->drafts);
  g_clear_object (&self->conversation);
  g_clear_object (&self->customer);
  g_clear_object (&self->base);
  g_clear_object (&self->edited);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (lia_library_editor_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, LiaLibraryEditor, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (heading);
  BIND (menu);
  BIND (save);
  BIND (conflict);
  BIND (stack);
  BIND (scroller);
  BIND (figures);
  BIND (title_row);
  BIND (shortcut_row);
  BIND (texts);
  BIND (placeholders);
  BIND (text_row);
  BIND (language_row);
  BIND (formality_row);
  BIND (channel_row);
  BIND (subject_row);
  BIND (remove_text);
  BIND (body);
  BIND (problem_box);
  BIND (problem);
  BIND (values);
  BIND (preview);
  BIND (folder_row);
  BIND (tags_row);
  BIND (aliases_row);
  BIND (scope_row);
  BIND (state_row);
  BIND (place_row);
  BIND (sites_row);
  BIND (attachments);
}

static void
lia_library_editor_class_init (LiaLibraryEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_library_editor_dispose;

  signals[EDITED] = g_signal_new ("edited", LIA_TYPE_LIBRARY_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVED] = g_signal_new ("saved", LIA_TYPE_LIBRARY_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", LIA_TYPE_LIBRARY_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_CANNED);

  g_type_ensure (LIA_TYPE_ATTACHMENT_BAR);
  g_type_ensure (LIA_TYPE_LIBRARY_FIGURES);
  g_type_ensure (LIA_TYPE_LIBRARY_SITES);
  g_type_ensure (LIA_TYPE_RESPONSE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-library-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  lia_library_editor_install_text (widget_class);
  lia_library_editor_install_rows (widget_class);
  lia_library_editor_install_actions (widget_class);
}

static void
lia_library_editor_init (LiaLibraryEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->problem_at = -1;
  lia_library_editor_init_text (self);
  lia_library_editor_init_rows (self);
}
