/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the library window. */
#include "lia-library-window-private.h"

#include "lia-canned-change.h"
#include "lia-client-responses.h"
#include "lia-library-import.h"
#include "lia-responses-files.h"
#include "lia-then.h"

#include <glib/gi18n.h>
#include <string.h>

/* What begins while one looks at a part of the library belongs there. */
static void
put_into (LiaCanned       *canned,
          LiaLibraryPlace *place)
{
  LiaCannedVariant *text = canned->variants->pdata[0];

  if (place->kind == LIA_LIBRARY_FOLDER)
    g_set_str (&canned->folder, place->name);
  else if (place->kind == LIA_LIBRARY_MINE)
    canned->scope = LIA_CANNED_PRIVATE;
  else if (place->kind == LIA_LIBRARY_LANGUAGE)
    g_set_str (&text->language, place->name);
  else if (place->kind == LIA_LIBRARY_TAG)
    {
      g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();

      g_strv_builder_addv (tags, (const char **)canned->tags);
      g_strv_builder_add (tags, place->name);
      g_strfreev (canned->tags);
      canned->tags = g_strv_builder_end (tags);
    }
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (widget);
  g_autoptr (LiaCanned) canned = lia_canned_new ();
  g_autofree char *uuid = g_uuid_string_random ();

  g_free (canned->id);
  canned->id = g_strconcat ("new-", uuid, NULL);
  canned->state = LIA_CANNED_DRAFT;
  g_ptr_array_add (canned->variants, lia_canned_variant_new ());
  for (guint i = 0; i < self->filter->places->len; i++)
    put_into (canned, self->filter->places->pdata[i]);
  lia_library_drafts_put (self->drafts, canned);
  lia_library_window_update (self);
  lia_library_window_show (self, canned->id);
  lia_library_editor_focus (self->editor);
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (widget);

  lia_library_window_show_responses (self);
  adw_navigation_split_view_set_show_content (self->list_split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (LIA_LIBRARY_WINDOW (widget)->editor), "response.save", NULL);
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (LIA_LIBRARY_WINDOW (widget)->editor), "response.menu", NULL);
}

static void
places_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (widget);

  adw_overlay_split_view_set_show_sidebar (self->places_split, !adw_overlay_split_view_get_show_sidebar (self->places_split));
}

/* Undo ------------------------------------------------------------------------------------------------------------------------------------- */

/* @words: what is said when it is there again */
static void
brought_back_cb (gpointer      owner,
                 const GValue *value,
                 GError       *error,
                 gpointer      words)
{
  LiaLibraryWindow *self = owner;

  if (error != NULL)
    lia_complain (GTK_WIDGET (self->editor), _ ("The response could not be brought back"), error);
  else
    lia_toast (GTK_WIDGET (self->editor), words);
}

/* @parameter: which one, and the state that it shall have */
static void
unretire_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (widget);
  LiaCannedIndex   *index = lia_responses_get_index (lia_client_get_responses (self->client));
  const char       *id, *state;
  LiaCanned        *canned;
  g_autoptr (LiaCanned) back = NULL;

  g_variant_get (parameter, "(&s&s)", &id, &state);
  canned = lia_canned_index_get (index, id);
  if (canned == NULL)
    return;
  back = lia_canned_copy (canned);
  lia_canned_state_from_string (state, &back->state);
  lia_then (lia_client_save_response (self->client, back), self, brought_back_cb, g_strdup (_ ("The response is in use again")), g_free);
}

/* What was removed is gone for the engine: it comes back as a new one, which says the same. */
static void
unremove_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (widget);
  g_autoptr (LiaCanned) back = NULL;

  if (self->removed == NULL)
    return;
  back = lia_canned_copy (self->removed);
  g_set_str (&back->id, "");
  back->ver = 0;
  g_clear_object (&self->removed);
  lia_then (lia_client_save_response (self->client, back), self, brought_back_cb, g_strdup (_ ("The response is back")), g_free);
}

/* Files ------------------------------------------------------------------------------------------------------------------------------------ */

static void
on_import_started_cb (LiaLibraryWindow   *self,
                      LiaResponsesImport *import)
{
  g_set_object (&self->last_import, import);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "library.last-import", TRUE);
}

static void
import_file (LiaLibraryWindow *self,
             GFile            *file)
{
  AdwDialog *dialog = lia_library_import_new (self->client, file);

  g_signal_connect_object (dialog, "started", G_CALLBACK (on_import_started_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
last_import_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  LiaLibraryWindow *self = LIA_LIBRARY_WINDOW (widget);

  if (self->last_import != NULL)
    adw_dialog_present (lia_library_import_new_again (self->client, self->last_import), widget);
}

static void
import_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (LiaLibraryWindow) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    import_file (self, file);
}

static void
import_folder_chosen_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      data)
{
  g_autoptr (LiaLibraryWindow) self = data;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (folder != NULL)
    import_file (self, folder);
}

static GtkFileDialog *
make_dialog (const char *title)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _ ("Tables (CSV) and JSON"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_filter_add_suffix (filter, "json");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));

  return dialog;
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = make_dialog (_ ("Import Responses"));

  gtk_file_dialog_open (dialog, GTK_WINDOW (widget), NULL, import_chosen_cb, g_object_ref (widget));
}

static void
import_folder_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Import a Folder of Responses"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (widget), NULL, import_folder_chosen_cb, g_object_ref (widget));
}

static void
exported_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      data)
{
  LiaLibraryWindow *self = owner;

  if (error != NULL)
    {
      g_autofree char *words = g_strdup_printf (_ ("The responses could not be exported: %s"), error->message);

      lia_toast (GTK_WIDGET (self->editor), words);
    }
  else
    lia_toast (GTK_WIDGET (self->editor), _ ("The responses are exported"));
}

static void
export_to (LiaLibraryWindow  *self,
           GFile             *file,
           LiaResponsesFormat format)
{
  g_autoptr (GPtrArray) library = lia_canned_index_list (lia_responses_get_index (lia_client_get_responses (self->client)));

  lia_then (lia_responses_write_files (file, format, library), self, exported_cb, NULL, NULL);
}

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (LiaLibraryWindow) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;

  if (file != NULL)
    export_to (self, file, g_str_has_suffix (name, ".json") ? LIA_RESPONSES_JSON : LIA_RESPONSES_CSV);
}

static void
export_folder_chosen_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      data)
{
  g_autoptr (LiaLibraryWindow) self = data;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (folder != NULL)
    export_to (self, folder, LIA_RESPONSES_FOLDER);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  const char *format = g_variant_get_string (parameter, NULL);
  g_autoptr (GtkFileDialog) dialog = make_dialog (_ ("Export Responses"));

  if (strcmp (format, "folder") == 0)
    {
      gtk_file_dialog_select_folder (dialog, GTK_WINDOW (widget), NULL, export_folder_chosen_cb, g_object_ref (widget));
      return;
    }
  gtk_file_dialog_set_initial_name (dialog, strcmp (format, "json") == 0 ? "responses.json" : "responses.csv");
  gtk_file_dialog_save (dialog, GTK_WINDOW (widget), NULL, export_chosen_cb, g_object_ref (widget));
}

void
lia_library_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "library.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "library.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "library.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "library.places", NULL, places_action);
  gtk_widget_class_install_action (widget_class, "library.unretire", "(ss)", unretire_action);
  gtk_widget_class_install_action (widget_class, "library.unremove", NULL, unremove_action);
  gtk_widget_class_install_action (widget_class, "library.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "library.import-folder", NULL, import_folder_action);
  gtk_widget_class_install_action (widget_class, "library.last-import", NULL, last_import_action);
  gtk_widget_class_install_action (widget_class, "library.export", "s", export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "library.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "library.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "library.save", NULL);
  gtk_widget_class_install_action (widget_class, "library.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, "library.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "library.places", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}
