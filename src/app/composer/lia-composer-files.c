/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Files come from the file chooser, by drop, or by paste. A pasted picture is taken as the clipboard has it, encoded: decoding and encoding a
 * screenshot would stall the main thread.
 */

static const char *const pasted_types[] = { "image/png", "image/jpeg", "image/webp", "image/gif", NULL };

static void
on_files_picked_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (LiaComposer) self = LIA_COMPOSER (user_data);
  g_autoptr (GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      lia_attachment_bar_add_file (self->attachment_bar, file);
    }
}

void
lia_composer_pick_files (LiaComposer *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _ ("Attach Files"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Attach"));
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_files_picked_cb, g_object_ref (self));
}

/** lia_composer_init_files: says what may be dropped. */
void
lia_composer_init_files (LiaComposer *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };

  gtk_drop_target_set_gtypes (self->drop_target, types, G_N_ELEMENTS (types));
}

/**
 * lia_composer_take_drop:
 *
 * Files that were dropped or pasted are attached.
 *
 * Returns: whether @value held files
 */
gboolean
lia_composer_take_drop (LiaComposer  *self,
                        const GValue *value)
{
  g_autoptr (GSList) files = NULL;

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    files = gdk_file_list_get_files (g_value_get_boxed (value));
  else if (G_VALUE_HOLDS (value, G_TYPE_FILE) && g_value_get_object (value) != NULL)
    files = g_slist_prepend (NULL, g_value_get_object (value));

  if (files == NULL || self->model == NULL)
    return FALSE;

  if (!self->open)
    lia_composer_start (self, NULL, lia_composer_get_answer_kind (self));

  for (GSList *item = files; item != NULL; item = item->next)
    lia_attachment_bar_add_file (self->attachment_bar, item->data);

  return TRUE;
}

static void
on_picture_read_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (LiaComposer) self = LIA_COMPOSER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  g_autofree char *name = NULL;
  const char      *type = g_object_get_data (source, "type");

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    {
      lia_composer_hint (self, _ ("The picture could not be pasted."), TRUE);
      return;
    }

  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));

  /* Translators: the file name of a pasted picture; a time and "png" follow */
  name = g_strdup_printf ("%s %s.%s", _ ("Picture"), time, type + strlen ("image/"));
  lia_attachment_bar_add_bytes (self->attachment_bar, bytes, name, type);
}

static void
on_picture_opened_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (LiaComposer) self = LIA_COMPOSER (user_data);
  const char *type = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &type, NULL);
  g_autoptr (GOutputStream) memory = NULL;

  if (stream == NULL)
    {
      lia_composer_hint (self, _ ("The picture could not be pasted."), TRUE);
      return;
    }

  memory = g_memory_output_stream_new_resizable ();
  g_object_set_data_full (G_OBJECT (memory), "type", g_strdup (type), g_free);
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL,
                                on_picture_read_cb, g_object_ref (self));
}

static void
on_files_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (LiaComposer) self = LIA_COMPOSER (user_data);
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL)
    lia_composer_take_drop (self, value);
}

/**
 * lia_composer_paste:
 *
 * Takes files and pictures from the clipboard. Text stays the text view's: a spreadsheet or a browser offers a picture of its text too.
 */
void
lia_composer_paste (LiaComposer *self)
{
  GdkClipboard      *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean           has_files = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST);
  gboolean           has_picture = gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) && !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING);

  if (!has_files && !has_picture)
    return;

  g_signal_stop_emission_by_name (self->body_view, "paste-clipboard");

  if (has_files)
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_files_read_cb, g_object_ref (self));
  else
    gdk_clipboard_read_async (clipboard, (const char **)pasted_types, G_PRIORITY_DEFAULT, NULL, on_picture_opened_cb, g_object_ref (self));
}
