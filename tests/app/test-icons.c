/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Icons whose last reference another thread gives up: they have to end on the main one, see lia-icons.c. */
#include "lia-icons.h"

#include <gtk/gtk.h>

static GtkIconPaintable *
look_up (int size)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  return gtk_icon_theme_lookup_icon (theme, "edit-find-symbolic", NULL, size, 1, GTK_TEXT_DIR_LTR, 0);
}

static void
on_finalized_cb (gpointer ended_on)
{
  *(GThread **)ended_on = g_thread_self ();
}

static gpointer
drop_thread (gpointer icon)
{
  g_object_unref (icon);
  return NULL;
}

/* GTK keeps small icons for a while; one of this size belongs to whoever asked alone. */
#define NOT_KEPT 200

static void
test_last_reference_on_a_thread (void)
{
  GThread          *ended_on = NULL;
  GtkIconPaintable *icon = look_up (NOT_KEPT);

  g_object_set_data_full (G_OBJECT (icon), "ended-on", &ended_on, on_finalized_cb);
  g_thread_join (g_thread_new ("drop", drop_thread, icon));
  g_assert_null (ended_on);

  while (ended_on == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (ended_on == g_thread_self ());
}

/* Between the two it is as it was: who looks it up gets it, and it stays. */
static void
test_looked_up_again (void)
{
  GThread          *ended_on = NULL;
  GtkIconPaintable *icon = look_up (NOT_KEPT);

  g_object_set_data_full (G_OBJECT (icon), "ended-on", &ended_on, on_finalized_cb);
  g_thread_join (g_thread_new ("drop", drop_thread, icon));
  g_autoptr (GtkIconPaintable) again = look_up (NOT_KEPT);
  g_assert_true (again == icon);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (ended_on);

  /* It goes when it is not used and the next one has come. */
  g_clear_object (&again);
  g_thread_join (g_thread_new ("drop", drop_thread, look_up (NOT_KEPT + 1)));
  while (ended_on == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (ended_on == g_thread_self ());
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();

  g_test_add_func ("/icons/last-reference-on-a-thread", test_last_reference_on_a_thread);
  g_test_add_func ("/icons/looked-up-again", test_looked_up_again);
  return g_test_run ();
}
