/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Icons end on the main thread, around a race in GTK.
 *
 * GTK loads the icons of widgets on threads of GTask, which own a reference meanwhile, and finds loaded ones again in a table without
 * references; an icon takes itself out of that table while it is finalized. The threads also drop old icons from GTK's cache, often their last
 * reference, and gtk_icon_theme_lookup_icon() on the main thread may find an icon that the other thread is freeing
 * ("object_ref: assertion '!object_already_finalized' failed", then a crash; GTK 4.18.6, icon_cache_lookup() in gtkicontheme.c).
 *
 * The last moment in which an object may still be kept is its dispose(). There an icon that ends on another thread is kept, and let go by the
 * main thread, which alone looks icons up: nothing can be found that is being freed.
 */
#include "lia-icons.h"

#include <gtk/gtk.h>

static void (*gtk_dispose) (GObject *icon);
static GThread *main_thread;

G_LOCK_DEFINE_STATIC (kept);
static GPtrArray *kept; /* of GtkIconPaintable */

/* While the other thread is still on its way out of g_object_unref(), the icon has its reference too, and waits for the next time. */
static void
let_go (gpointer data)
{
  g_autoptr (GPtrArray) unused = g_ptr_array_new_with_free_func (g_object_unref);

  G_LOCK (kept);
  for (guint i = kept->len; i-- > 0;)
    {
      GObject *icon = kept->pdata[i];

      if (g_atomic_int_get (&icon->ref_count) == 1)
        g_ptr_array_add (unused, g_ptr_array_steal_index_fast (kept, i));
    }
  G_UNLOCK (kept);
}

static void
icon_dispose (GObject *icon)
{
  if (g_thread_self () == main_thread)
    {
      gtk_dispose (icon);
      return;
    }

  G_LOCK (kept);
  g_ptr_array_add (kept, g_object_ref (icon));
  G_UNLOCK (kept);
  g_idle_add_once (let_go, NULL);
}

/**
 * lia_icons_guard:
 *
 * Lets every icon of the process end on the calling thread, which has to be the main one. For once, before the first widget; further calls
 * do nothing.
 */
void
lia_icons_guard (void)
{
  if (main_thread != NULL)
    return;

  main_thread = g_thread_self ();
  kept = g_ptr_array_new_with_free_func (g_object_unref);
  GObjectClass *icons = g_type_class_ref (GTK_TYPE_ICON_PAINTABLE);
  gtk_dispose = icons->dispose;
  icons->dispose = icon_dispose;
}
