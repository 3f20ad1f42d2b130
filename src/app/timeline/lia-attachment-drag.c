/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Offered as a list of files, which GDK turns into what the other side understands: text/uri-list, or a transfer through the portal when one of both
 * is in a sandbox. The file is written when it is asked for, below the user's cache, in a folder named after the blob.
 */

#include "lia-attachment-drag.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

struct _LiaAttachmentDrag
{
  GdkContentProvider parent_instance;

  LiaAttachment *attachment;
  LiaBlobLoader  loader;
  gpointer       loader_data;
};

G_DEFINE_FINAL_TYPE (LiaAttachmentDrag, lia_attachment_drag, GDK_TYPE_CONTENT_PROVIDER)

typedef struct
{
  GTask         *task;
  GFile         *file;
  GOutputStream *stream;
  char          *mime_type;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_object_unref (write->task);
  g_object_unref (write->file);
  g_object_unref (write->stream);
  g_free (write->mime_type);
  g_free (write);
}

static GdkContentFormats *
lia_attachment_drag_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormats *formats = gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST);

  return gdk_content_formats_union_serialize_mime_types (formats);
}

static void
on_serialized (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static DexFuture *
hand_over (DexFuture *written,
           gpointer   data)
{
  Write *write = data;
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&write->file, 1));
  gdk_content_serialize_async (write->stream, write->mime_type, &value, g_task_get_priority (write->task), g_task_get_cancellable (write->task),
                               on_serialized, g_object_ref (write->task));

  return dex_future_new_true ();
}

static DexFuture *
save (DexFuture *loaded,
      gpointer   data)
{
  Write  *write = data;
  GBytes *bytes = g_value_get_boxed (dex_future_get_value (loaded, NULL));

  return dex_file_replace_contents_bytes (write->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION);
}

static DexFuture *
give_up (DexFuture *failed,
         gpointer   data)
{
  Write *write = data;
  g_autoptr (GError) error = NULL;

  dex_future_get_value (failed, &error);
  g_task_return_error (write->task, g_steal_pointer (&error));

  return dex_future_new_true ();
}

static GFile *
file_for (LiaAttachment *attachment,
          GError       **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "liaison", "dragged", attachment->blob, NULL);
  g_autofree char *name = g_path_get_basename (attachment->name != NULL && *attachment->name != '\0' ? attachment->name : "attachment");

  if (strchr (attachment->blob, G_DIR_SEPARATOR) != NULL || g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot make a folder for %s", name);
      return NULL;
    }

  return g_file_new_build_filename (folder, name, NULL);
}

static void
lia_attachment_drag_write (GdkContentProvider *provider,
                           const char         *mime_type,
                           GOutputStream      *stream,
                           int                 io_priority,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  LiaAttachmentDrag *self = LIA_ATTACHMENT_DRAG (provider);
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  Write     *write;
  DexFuture *future;

  g_task_set_priority (task, io_priority);
  if ((file = file_for (self->attachment, &error)) == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  write = g_new0 (Write, 1);
  write->task = g_steal_pointer (&task);
  write->file = g_steal_pointer (&file);
  write->stream = g_object_ref (stream);
  write->mime_type = g_strdup (mime_type);

  future = dex_future_then (self->loader (self->attachment->blob, self->loader_data), save, write, NULL);
  future = dex_future_then (future, hand_over, write, NULL);
  dex_future_disown (dex_future_catch (future, give_up, write, write_free));
}

static gboolean
lia_attachment_drag_write_finish (GdkContentProvider *provider,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
lia_attachment_drag_finalize (GObject *object)
{
  g_clear_object (&LIA_ATTACHMENT_DRAG (object)->attachment);

  G_OBJECT_CLASS (lia_attachment_drag_parent_class)->finalize (object);
}

static void
lia_attachment_drag_class_init (LiaAttachmentDragClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lia_attachment_drag_finalize;
  provider_class->ref_formats = lia_attachment_drag_ref_formats;
  provider_class->write_mime_type_async = lia_attachment_drag_write;
  provider_class->write_mime_type_finish = lia_attachment_drag_write_finish;
}

static void
lia_attachment_drag_init (LiaAttachmentDrag *self)
{
}

static void
delete_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/**
 * lia_attachment_drag_clean:
 * @older_than_s: age of what goes, in seconds
 *
 * Deletes the files of earlier drags: who took one has had the time to read it. Blocks; for a thread.
 */
void
lia_attachment_drag_clean (gint64 older_than_s)
{
  g_autofree char *dragged = g_build_filename (g_get_user_cache_dir (), "liaison", "dragged", NULL);
  g_autoptr (GDir) dir = g_dir_open (dragged, 0, NULL);
  gint64      now_s = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (dragged, name, NULL);
      GStatBuf         info;

      if (g_lstat (folder, &info) == 0 && S_ISDIR (info.st_mode) && now_s - info.st_mtime > older_than_s)
        delete_folder (folder);
    }
}

/** lia_attachment_drag_new: @loader is asked for the attachment's blob; @loader_data must outlive the drag. */
GdkContentProvider *
lia_attachment_drag_new (LiaAttachment *attachment,
                         LiaBlobLoader  loader,
                         gpointer       loader_data)
{
  LiaAttachmentDrag *self = g_object_new (LIA_TYPE_ATTACHMENT_DRAG, NULL);

  self->attachment = g_object_ref (attachment);
  self->loader = loader;
  self->loader_data = loader_data;

  return GDK_CONTENT_PROVIDER (self);
}
