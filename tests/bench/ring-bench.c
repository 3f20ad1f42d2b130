/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The whole app with its real window, client and engine, on the workspace in $LIAISON_DATA, for ring.py: it says in which frame it shows what of each
 * caller, and ends with its input. Nothing of the app is changed for it; it is watched from outside, after each frame.
 *
 * A line is: microseconds since 1970, what is painted, the caller's number, and the customer's name or nothing. What is painted:
 *
 *   call      somebody rings
 *   customer  and it is this customer
 *   card      and what the customer wrote and said so far, which opens by itself
 */

#include "lia-application.h"
#include "lia-call-bar.h"
#include "lia-conversation-page.h"
#include "lia-timeline-private.h"

#include <glib-unix.h>
#include <stdio.h>
#include <unistd.h>

typedef struct
{
  LiaApplication *app;
  GtkWindow      *window;
  GHashTable     *said; /* char *: "what number" of the callers that are there */
  gboolean        ready;
} Bench;

static GtkWidget *
find_next (GtkWidget *widget,
           GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_next (child, type);

  return found;
}

static GtkWidget *
find (Bench *bench,
      GType  type)
{
  return find_next (GTK_WIDGET (bench->window), type);
}

static void
say (Bench        *bench,
     const char   *what,
     LiaPhoneLine *line)
{
  LiaCustomer *customer = lia_phone_line_get_customer (line);
  char        *key = g_strdup_printf ("%s %s", what, lia_phone_line_get_number (line));

  if (!g_hash_table_add (bench->said, key))
    return;
  g_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\n", g_get_real_time (), what, lia_phone_line_get_number (line), customer != NULL ? customer->name : "");
  fflush (stdout);
}

/* Whether what the timeline shows is this caller's. */
static gboolean
card_is_painted (Bench        *bench,
                 LiaPhoneLine *line)
{
  LiaTimeline *timeline = LIA_TIMELINE (find (bench, LIA_TYPE_TIMELINE));
  LiveRow     *row = timeline != NULL && gtk_widget_get_mapped (GTK_WIDGET (timeline)) && timeline->rows->len > 0 ? timeline->rows->pdata[0] : NULL;

  return row != NULL && row->position != G_MAXUINT && g_strcmp0 (lia_timeline_row_get_entry (row->widget)->conv, lia_phone_line_get_conversation (line)) == 0;
}

static void
look_at (Bench      *bench,
         LiaCallBar *bar)
{
  LiaPhoneLine *line = lia_call_bar_get_line (bar);

  if (!gtk_widget_get_mapped (GTK_WIDGET (bar)) || lia_phone_line_get_state (line) != LIA_LINE_RINGING)
    return;
  say (bench, "call", line);
  if (lia_phone_line_get_customer (line) == NULL)
    return;
  say (bench, "customer", line);
  if (card_is_painted (bench, line))
    say (bench, "card", line);
}

static void
on_after_paint_cb (Bench *bench)
{
  GtkWidget *bar = find (bench, LIA_TYPE_CALL_BAR);

  if (!bench->ready && find (bench, LIA_TYPE_CONVERSATION_PAGE) != NULL)
    {
      bench->ready = TRUE;
      g_print ("ready\n");
      fflush (stdout);
    }
  if (bar == NULL)
    g_hash_table_remove_all (bench->said);
  for (; bar != NULL; bar = gtk_widget_get_next_sibling (bar))
    look_at (bench, LIA_CALL_BAR (bar));
}

static void
on_realize_cb (GtkWidget *window,
               Bench     *bench)
{
  g_signal_connect_data (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint_cb), bench, NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
on_window_added_cb (GtkApplication *app,
                    GtkWindow      *window,
                    Bench          *bench)
{
  bench->window = window;
  g_signal_connect (window, "realize", G_CALLBACK (on_realize_cb), bench);
}

static gboolean
on_input_cb (int          fd,
             GIOCondition condition,
             gpointer     data)
{
  Bench *bench = data;

  g_action_group_activate_action (G_ACTION_GROUP (bench->app), "quit", NULL);

  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

  dex_init ();
  bench.app = lia_application_new ();
  g_signal_connect (bench.app, "window-added", G_CALLBACK (on_window_added_cb), &bench);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_input_cb, &bench);
  g_application_run (G_APPLICATION (bench.app), 1, argv);
  g_object_unref (bench.app);
  g_hash_table_unref (bench.said);

  return 0;
}
