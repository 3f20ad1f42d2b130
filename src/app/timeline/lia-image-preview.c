/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strangers' images, made small on a worker thread. Images of absurd sizes are refused before their pixels are allocated. */

#include "lia-image-preview.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

#define MAX_PIXELS (40 * 1000 * 1000)

typedef struct
{
  GBytes     *bytes;
  int         max_width;
  int         max_height;
  DexPromise *promise;
} Decode;

static void
decode_free (gpointer data)
{
  Decode *decode = data;

  g_bytes_unref (decode->bytes);
  dex_unref (decode->promise);
  g_free (decode);
}

static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  Decode          *decode)
{
  double scale = MAX ((double)decode->max_width / MAX (1, width), (double)decode->max_height / MAX (1, height));

  if ((gint64)width * height > MAX_PIXELS)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int)(width * scale)), MAX (1, (int)(height * scale)));
}

static GdkTexture *
texture_from_pixbuf (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) bytes = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8, bytes,
                                 gdk_pixbuf_get_rowstride (pixbuf));
}

static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Decode *decode = task_data;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = NULL;
  gboolean   written;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), decode);
  written = gdk_pixbuf_loader_write_bytes (loader, decode->bytes, &error);

  /* A loader must be closed, also one that has failed. */
  if (gdk_pixbuf_loader_close (loader, written ? &error : NULL) && written)
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);

  if (pixbuf != NULL)
    dex_promise_resolve_object (decode->promise, texture_from_pixbuf (pixbuf));
  else
    dex_promise_reject (decode->promise, error != NULL ? g_steal_pointer (&error) : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not an image"));

  g_task_return_boolean (task, TRUE);
}

/**
 * lia_image_preview_decode:
 *
 * Returns: (transfer full): a future of a #GdkTexture that covers @max_width x @max_height, not much more. Rejects for what is no image.
 */
DexFuture *
lia_image_preview_decode (GBytes *bytes,
                          int     max_width,
                          int     max_height)
{
  Decode *decode = g_new0 (Decode, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  DexPromise *promise = dex_promise_new ();

  decode->bytes = g_bytes_ref (bytes);
  decode->max_width = max_width;
  decode->max_height = max_height;
  decode->promise = dex_ref (promise);
  g_task_set_task_data (task, decode, decode_free);
  g_task_run_in_thread (task, decode_thread);

  return DEX_FUTURE (promise);
}
