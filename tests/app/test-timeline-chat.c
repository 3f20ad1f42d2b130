/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A chat on the timeline: where a run of messages ends it says when, and how far ours got. */

#include "lia-entry-words.h"
#include "lia-icons.h"
#include "lia-timeline-private.h"
#include "lia-timeline.h"

#include <adwaita.h>

#define BEGAN_MS G_GINT64_CONSTANT (1763892000000)

typedef struct
{
  GtkWindow   *window;
  LiaTimeline *timeline;
  GListStore  *model;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  fixture->model = g_list_store_new (LIA_TYPE_ENTRY);
  fixture->timeline = lia_timeline_new ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (fixture->timeline));
  gtk_window_set_child (fixture->window, scrolled);
  gtk_window_set_default_size (fixture->window, 700, 900);
  lia_timeline_set_model (fixture->timeline, G_LIST_MODEL (fixture->model));
  gtk_window_present (fixture->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->model);
}

/* @second: since the chat began; @state: of ours, LIA_SEND_NONE is the visitor's. */
static LiaEntry *
say (Fixture     *fixture,
     int          second,
     LiaSendState state)
{
  LiaEntry *entry = lia_entry_new ();
  gboolean  out = state != LIA_SEND_NONE;

  entry->seq = g_list_model_get_n_items (G_LIST_MODEL (fixture->model)) + 1;
  entry->id = g_strdup_printf ("e_%" G_GINT64_FORMAT, entry->seq);
  entry->kind = LIA_ENTRY_CHAT;
  entry->at_ms = BEGAN_MS + second * 1000;
  entry->direction = out ? LIA_DIRECTION_OUT : LIA_DIRECTION_IN;
  entry->author_kind = out ? LIA_AUTHOR_AGENT : LIA_AUTHOR_CUSTOMER;
  entry->author = out ? lia_address_new ("Ben Okafor", "support@example.org") : lia_address_new ("Ann Lee", "ann@example.com");
  entry->text = g_strdup ("Hello");
  entry->send_state = state;
  g_list_store_append (fixture->model, entry);

  return entry;
}

static GtkWidget *
find_tail (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "tail"))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *tail = find_tail (child);

      if (tail != NULL)
        return tail;
    }

  return NULL;
}

static void
assert_tail (Fixture    *fixture,
             guint       position,
             const char *expected)
{
  LiveRow   *row;
  GtkWidget *tail;

  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  row = lia_timeline_need_row (fixture->timeline, position);
  tail = find_tail (GTK_WIDGET (row->widget));
  if (tail != NULL && !gtk_widget_get_visible (tail))
    tail = NULL;
  g_assert_cmpstr (tail != NULL ? gtk_label_get_text (GTK_LABEL (tail)) : NULL, ==, expected);
}

static char *
with_time (const char *state,
           LiaEntry   *entry)
{
  g_autofree char *time = lia_words_time (entry->at_ms);

  return state != NULL ? g_strdup_printf ("%s · %s", state, time) : g_steal_pointer (&time);
}

/* The header of the first has the time of a run of one. */
static void
test_runs (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (LiaEntry) first = say (fixture, 0, LIA_SEND_NONE);
  g_autoptr (LiaEntry) second = NULL;
  g_autoptr (LiaEntry) third = NULL;
  g_autofree char *at_second = NULL;
  g_autofree char *at_third = NULL;

  assert_tail (fixture, 0, NULL);

  second = say (fixture, 60, LIA_SEND_NONE);
  at_second = with_time (NULL, second);
  assert_tail (fixture, 0, NULL);
  assert_tail (fixture, 1, at_second);

  /* The end of the run moves on with the next line. */
  third = say (fixture, 120, LIA_SEND_NONE);
  at_third = with_time (NULL, third);
  assert_tail (fixture, 1, NULL);
  assert_tail (fixture, 2, at_third);

  /* The line "New" ends one as well. */
  lia_timeline_set_unread_from (fixture->timeline, 3);
  assert_tail (fixture, 1, at_second);
  assert_tail (fixture, 2, NULL);
}

static void
test_state (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (LiaEntry) asked = say (fixture, 0, LIA_SEND_NONE);
  g_autoptr (LiaEntry) first = say (fixture, 30, LIA_SEND_DELIVERED);
  g_autoptr (LiaEntry) second = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *seen = NULL;

  assert_tail (fixture, 0, NULL);
  assert_tail (fixture, 1, "Delivered");

  second = say (fixture, 40, LIA_SEND_SENT);
  sent = with_time ("Sent", second);
  seen = with_time ("Seen", second);
  assert_tail (fixture, 1, NULL);
  assert_tail (fixture, 2, sent);

  /* That the visitor has seen what is before the last one says nothing of it. */
  lia_timeline_set_seen (fixture->timeline, 2);
  assert_tail (fixture, 2, sent);
  lia_timeline_set_seen (fixture->timeline, 3);
  assert_tail (fixture, 2, seen);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();
  dex_init ();

  g_test_add ("/timeline-chat/runs", Fixture, NULL, set_up, test_runs, tear_down);
  g_test_add ("/timeline-chat/state", Fixture, NULL, set_up, test_state, tear_down);

  return g_test_run ();
}
