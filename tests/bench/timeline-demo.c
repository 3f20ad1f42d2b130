/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline alone in a window, with sample data: timeline-demo [--dark] [--width N] [--height N] [--count N] [--top] [--select] [--rtl] [--contrast] [--original] */

#include "lia-original-view.h"
#include "lia-timeline.h"
#include "timeline-samples.h"

#include <adwaita.h>
#include <string.h>

static gboolean dark, top, select_all, rtl, contrast, original;
static int      width = 700, height = 900, count;

static DexFuture *
load_blob (const char *id,
           gpointer    data)
{
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  if (!g_str_has_suffix (id, ".png") || !g_file_get_contents ("/usr/share/pixmaps/debian-logo.png", &contents, &length, &error))
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such blob");

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_take (contents, length));
}

static DexFuture *
load_html (const char *id,
           gpointer    data)
{
  static const char html[] = "<body style='font-family:sans-serif;max-width:40em;margin:2em auto'><h2 style='color:#1a5fb4'>Your order</h2>"
                             "<p>Hello, the amount on <b>invoice 1042</b> is not what we agreed.</p><img src='http://127.0.0.1/pixel.gif'>"
                             "<table border=1 cellpadding=6 style='border-collapse:collapse'><tr><th>Item<th>Price<tr><td>Joinery plan<td>£ 120</table>"
                             "<p><a href='https://example.com/offer'>The offer</a></p>";

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_static (html, sizeof html - 1));
}

static void
on_view_original (LiaTimeline     *timeline,
                  LiaEntry        *entry,
                  LiaOriginalView *view)
{
  lia_original_view_present (view, GTK_WIDGET (timeline), entry);
}

static void
on_reply (LiaTimeline *timeline,
          LiaEntry    *entry,
          const char  *mode,
          gpointer     data)
{
  g_message ("%s to %s", mode, entry->id);
}

static gboolean
on_ready (gpointer data)
{
  if (original)
    gtk_widget_activate_action (data, "timeline.view-original", "s", "e_1");
  if (select_all)
    gtk_widget_activate_action (data, "timeline.select-all", NULL);

  return G_SOURCE_REMOVE;
}

static void
on_activate (GtkApplication *application)
{
  GtkWidget       *window = adw_application_window_new (application);
  GtkWidget       *toolbar_view = adw_toolbar_view_new ();
  GtkWidget       *scrolled = gtk_scrolled_window_new ();
  LiaTimeline     *timeline = lia_timeline_new ();
  LiaOriginalView *view = lia_original_view_new ();
  g_autoptr (GListStore) model = count > 0 ? timeline_samples_many (count, 7) : timeline_samples_conversation ();
  g_autoptr (GListStore) agents = timeline_samples_agents ();

  if (rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);

  lia_timeline_set_blob_loader (timeline, load_blob, NULL);
  lia_timeline_set_agents (timeline, G_LIST_MODEL (agents));
  lia_timeline_set_unread_from (timeline, 11);
  lia_timeline_set_model (timeline, G_LIST_MODEL (model));
  if (top)
    lia_timeline_scroll_to_entry (timeline, "e_1");
  g_signal_connect (timeline, "reply-requested", G_CALLBACK (on_reply), NULL);
  g_object_ref_sink (view);
  lia_original_view_set_loader (view, load_html, load_blob, NULL);
  g_signal_connect_data (timeline, "view-original", G_CALLBACK (on_view_original), view, (GClosureNotify)(void (*) (void))g_object_unref, 0);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (timeline));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar_view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar_view), scrolled);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), toolbar_view);
  gtk_window_set_title (GTK_WINDOW (window), "Timeline");
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add (500, on_ready, timeline);
}

int
main (int   argc,
      char *argv[])
{
  const GOptionEntry options[] = {
    { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark", NULL },
    { "top", 0, 0, G_OPTION_ARG_NONE, &top, "At the first entry", NULL },
    { "select", 0, 0, G_OPTION_ARG_NONE, &select_all, "With everything selected", NULL },
    { "rtl", 0, 0, G_OPTION_ARG_NONE, &rtl, "From right to left", NULL },
    { "contrast", 0, 0, G_OPTION_ARG_NONE, &contrast, "High contrast (must be the first)", NULL },
    { "original", 0, 0, G_OPTION_ARG_NONE, &original, "With the first entry's original, and --top", NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &width, "Of the window", "N" },
    { "height", 0, 0, G_OPTION_ARG_INT, &height, "Of the window", "N" },
    { "count", 0, 0, G_OPTION_ARG_INT, &count, "Random entries", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (AdwApplication) application = adw_application_new ("org.liaisondesk.TimelineDemo", G_APPLICATION_NON_UNIQUE);

  /* libadwaita reads it when it is initialised, before the options are. */
  if (argc > 1 && strcmp (argv[1], "--contrast") == 0)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);

  dex_init ();
  g_application_add_main_option_entries (G_APPLICATION (application), options);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
