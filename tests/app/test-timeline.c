/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The timeline in a window, with sample data and no engine. */

#include "lia-attachment-drag.h"
#include "lia-call-card.h"
#include "lia-clock.h"
#include "lia-icons.h"
#include "lia-sound-player.h"
#include "lia-timeline-private.h"
#include "lia-timeline.h"
#include "lia-tooltip.h"
#include "timeline-samples.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <utime.h>

typedef struct
{
  GtkWindow     *window;
  LiaTimeline   *timeline;
  GtkAdjustment *adjustment;
  GListStore    *model;
} Fixture;

static gboolean
on_time_out (gpointer data)
{
  *(gboolean *)data = TRUE;

  return G_SOURCE_CONTINUE;
}

/* Until a few frames are drawn and nothing more is to be done; a busy machine takes its time. */
static void
settle (Fixture *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  gint64         last = gdk_frame_clock_get_frame_counter (clock) + 4;
  gboolean       late = FALSE;
  guint          timer = g_timeout_add_seconds (60, on_time_out, &late);

  while (gdk_frame_clock_get_frame_counter (clock) < last && !late)
    {
      gtk_widget_queue_draw (GTK_WIDGET (fixture->timeline));
      g_main_context_iteration (NULL, TRUE);
    }

  while (g_main_context_iteration (NULL, FALSE) && !late)
    ;

  g_assert_false (late);
  g_source_remove (timer);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  guint      n = GPOINTER_TO_UINT (data);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  fixture->model = n > 0 ? timeline_samples_many (n, 3) : timeline_samples_conversation ();
  fixture->timeline = lia_timeline_new ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (fixture->timeline));
  gtk_window_set_child (fixture->window, scrolled);
  gtk_window_set_default_size (fixture->window, 700, 700);
  lia_timeline_set_model (fixture->timeline, G_LIST_MODEL (fixture->model));
  gtk_window_present (fixture->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  settle (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  LiaTimeline *timeline = fixture->timeline;

  g_object_add_weak_pointer (G_OBJECT (timeline), (gpointer *)&fixture->timeline);
  gtk_window_destroy (fixture->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (fixture->timeline);
  g_assert_finalize_object (fixture->model);
}

static int
bottom_of (Fixture *fixture,
           guint    position)
{
  LiveRow *row = lia_timeline_find_row (fixture->timeline, position);

  g_assert_nonnull (row);

  return row->y + row->height;
}

static int
height_of (Fixture *fixture)
{
  return gtk_widget_get_height (GTK_WIDGET (fixture->timeline));
}

static void
scroll (Fixture *fixture,
        double   by)
{
  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) + by);
  settle (fixture);
}

static void
test_opens_at_newest (Fixture      *fixture,
                      gconstpointer data)
{
  g_assert_true (lia_timeline_get_at_end (fixture->timeline));
  g_assert_cmpint (bottom_of (fixture, 9999), ==, height_of (fixture));
  g_assert_cmpuint (fixture->timeline->rows->len, <, 60);
}

static void
test_newer_while_at_end (Fixture      *fixture,
                         gconstpointer data)
{
  GRand *random = g_rand_new_with_seed (5);
  g_autoptr (LiaEntry) entry = timeline_samples_entry (random, 100000);

  g_list_store_append (fixture->model, entry);
  settle (fixture);
  g_assert_cmpint (bottom_of (fixture, 10000), ==, height_of (fixture));
  g_rand_free (random);
}

static guint
top_row (Fixture  *fixture,
         LiveRow **row)
{
  int   offset;
  guint position = lia_timeline_geometry_get_anchor (fixture->timeline->geometry, &offset);

  *row = lia_timeline_find_row (fixture->timeline, position);
  g_assert_nonnull (*row);

  return position;
}

static void
test_nothing_moves (Fixture      *fixture,
                    gconstpointer data)
{
  LiveRow         *row;
  guint            position, moved;
  int              y;
  GRand           *random = g_rand_new_with_seed (9);
  g_autofree char *id = NULL;

  scroll (fixture, -5000);
  position = top_row (fixture, &row);
  y = row->y;
  id = g_strdup (lia_timeline_row_get_entry (row->widget)->id);
  g_assert_false (lia_timeline_get_at_end (fixture->timeline));

  for (int i = 0; i < 60; i++)
    {
      g_autoptr (LiaEntry) older = timeline_samples_entry (random, 200000 + i);
      g_autoptr (LiaEntry) newer = timeline_samples_entry (random, 300000 + i);

      g_list_store_insert (fixture->model, 0, older);
      g_list_store_append (fixture->model, newer);
    }
  settle (fixture);

  moved = top_row (fixture, &row);
  g_assert_cmpuint (moved, ==, position + 60);
  g_assert_cmpint (row->y, ==, y);
  g_assert_cmpstr (lia_timeline_row_get_entry (row->widget)->id, ==, id);
  g_assert_true (gtk_widget_get_child_visible (fixture->timeline->newest));

  lia_timeline_scroll_to_end (fixture->timeline);
  settle (fixture);
  g_assert_cmpint (bottom_of (fixture, 10119), ==, height_of (fixture));
  g_assert_false (gtk_widget_get_child_visible (fixture->timeline->newest));
  g_rand_free (random);
}

/* After a reconnection the whole list may come again, with more in it. */
static void
test_same_entries_again (Fixture      *fixture,
                         gconstpointer data)
{
  LiveRow         *row;
  int              y;
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  GRand *random = g_rand_new_with_seed (9);

  scroll (fixture, -5000);
  top_row (fixture, &row);
  y = row->y;
  id = g_strdup (lia_timeline_row_get_entry (row->widget)->id);

  for (int i = 0; i < 7; i++)
    g_ptr_array_add (entries, timeline_samples_entry (random, 400000 + i));
  for (guint i = 0; i < 10000; i++)
    g_ptr_array_add (entries, g_list_model_get_item (G_LIST_MODEL (fixture->model), i));
  g_list_store_splice (fixture->model, 0, 10000, entries->pdata, entries->len);
  settle (fixture);

  row = lia_timeline_find_entry (fixture->timeline, id);
  g_assert_nonnull (row);
  g_assert_cmpint (row->y, ==, y);
  g_rand_free (random);
}

static void
count_up (int *count)
{
  (*count)++;
}

static void
test_asks_for_older (Fixture      *fixture,
                     gconstpointer data)
{
  int    asked = 0;
  GRand *random = g_rand_new_with_seed (2);
  g_autoptr (LiaEntry) older = timeline_samples_entry (random, 500000);

  g_signal_connect_swapped (fixture->timeline, "load-older", G_CALLBACK (count_up), &asked);
  lia_timeline_set_has_older (fixture->timeline, TRUE);
  settle (fixture);
  g_assert_cmpint (asked, ==, 0);

  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_lower (fixture->adjustment));
  settle (fixture);
  g_assert_cmpint (asked, ==, 1);
  scroll (fixture, 30);
  g_assert_cmpint (asked, ==, 1);

  g_list_store_insert (fixture->model, 0, older);
  settle (fixture);
  g_assert_cmpint (asked, ==, 2);
  g_rand_free (random);
}

static void
test_unread (Fixture      *fixture,
             gconstpointer data)
{
  LiveRow *row;
  guint    position;

  lia_timeline_set_unread_from (fixture->timeline, 5001);
  settle (fixture);
  row = lia_timeline_find_row (fixture->timeline, 5000);
  g_assert_nonnull (row);
  g_assert_cmpint (row->y, >, 0);
  g_assert_cmpint (row->y, <, height_of (fixture) / 2);
  g_assert_false (lia_timeline_get_at_end (fixture->timeline));

  /* Once somebody has scrolled, it stays where they are. */
  scroll (fixture, -1000);
  position = top_row (fixture, &row);
  g_assert_cmpuint (position, <, 5000);
  lia_timeline_set_unread_from (fixture->timeline, 0);
  settle (fixture);
  g_assert_cmpuint (top_row (fixture, &row), ==, position);
}

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (!gtk_widget_get_visible (widget) || G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return gtk_widget_get_visible (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_fold (Fixture      *fixture,
           gconstpointer data)
{
  LiveRow   *row;
  GtkWidget *toggle;
  int        before, y;

  lia_timeline_scroll_to_entry (fixture->timeline, "e_11");
  settle (fixture);
  row = lia_timeline_find_row (fixture->timeline, 10);
  before = row->height;
  y = row->y;
  toggle = find_widget (GTK_WIDGET (row->widget), GTK_TYPE_TOGGLE_BUTTON);
  g_assert_nonnull (toggle);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, "Show Quoted Text");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  settle (fixture);
  row = lia_timeline_find_row (fixture->timeline, 10);
  g_assert_cmpint (row->height, >, before);
  g_assert_cmpint (row->y, ==, y);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  settle (fixture);
  g_assert_cmpint (lia_timeline_find_row (fixture->timeline, 10)->height, ==, before);
}

static GtkWidget *
find_named (GtkWidget  *widget,
            const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  if (other == NULL)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
shows_text (GtkWidget  *widget,
            const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows_text (child, text))
      return TRUE;

  return FALSE;
}

static GtkWidget *
call_card_of (Fixture *fixture)
{
  lia_timeline_scroll_to_entry (fixture->timeline, "e_5");
  settle (fixture);

  return find_widget (GTK_WIDGET (lia_timeline_find_row (fixture->timeline, 4)->widget), LIA_TYPE_CALL_CARD);
}

static void
test_call (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget       *card = call_card_of (fixture);
  GtkWidget       *unfold = find_named (card, "Show the Steps of the Call");
  g_autofree char *label = NULL;

  g_assert_true (shows_text (card, "Talked 2:43 · waited 0:22 · on hold 0:20"));
  g_assert_true (shows_text (card, "Invoice"));
  g_assert_false (shows_text (card, "On hold 0:20"));
  label = gtk_test_accessible_check_property (GTK_ACCESSIBLE (lia_timeline_find_row (fixture->timeline, 4)->widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  g_assert_nonnull (strstr (label, "Talked 2:43"));

  g_signal_emit_by_name (unfold, "clicked");
  settle (fixture);
  card = call_card_of (fixture);
  g_assert_true (shows_text (card, "Waited in a queue 0:22"));
  g_assert_true (shows_text (card, "Rang a colleague 0:12, answered"));
  g_assert_true (shows_text (card, "On hold 0:20"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (unfold), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);

  /* The recording has its player, and is no attachment as well. */
  g_assert_nonnull (find_named (card, "Play Recording"));
  g_assert_null (find_named (GTK_WIDGET (lia_timeline_find_row (fixture->timeline, 4)->widget), "Save “recording.wav”"));
}

/* Seconds are counted only while there is a call that goes on. */
static void
test_live_call (Fixture      *fixture,
                gconstpointer data)
{
  guint second = g_signal_lookup ("second", LIA_TYPE_CLOCK);
  g_autoptr (LiaEntry) ended = g_list_model_get_item (G_LIST_MODEL (fixture->model), 4);
  g_autoptr (LiaEntry) live = lia_entry_new ();

  call_card_of (fixture);
  g_assert_false (g_signal_has_handler_pending (lia_clock_get_default (), second, 0, FALSE));

  live->id = g_strdup (ended->id);
  live->seq = ended->seq;
  live->at_ms = ended->at_ms;
  live->kind = LIA_ENTRY_CALL;
  live->author = lia_address_ref (ended->author);
  live->details = g_strdup ("{\"pbx\":\"h_2\",\"uniqueid\":\"1.1\",\"state\":\"talking\",\"created\":\"2026-11-22T08:00:00.000Z\"}");
  g_list_store_splice (fixture->model, 4, 1, (gpointer[]){ live }, 1);
  settle (fixture);
  g_assert_true (g_signal_has_handler_pending (lia_clock_get_default (), second, 0, FALSE));

  g_list_store_splice (fixture->model, 4, 1, (gpointer[]){ ended }, 1);
  settle (fixture);
  g_assert_false (g_signal_has_handler_pending (lia_clock_get_default (), second, 0, FALSE));
}

/* A quarter of a second of silence: 8 kHz, 16 bit, as Asterisk records. */
static DexFuture *
load_silence (const char *blob,
              gpointer    data)
{
  static const guint8 header[] = { 'R', 'I', 'F', 'F', 0xc4, 0x0f, 0, 0, 'W', 'A', 'V', 'E', 'f', 'm', 't', ' ', 16, 0, 0, 0, 1, 0, 1, 0,
                                   0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0, 'd', 'a', 't', 'a', 0xa0, 0x0f, 0, 0 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (g_str_equal (blob, "b_broken"))
    return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_static ("no sound", 8));
  g_byte_array_append (bytes, header, sizeof header);
  g_byte_array_set_size (bytes, sizeof header + 4000);
  memset (bytes->data + sizeof header, 0, 4000);

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_byte_array_free_to_bytes (g_steal_pointer (&bytes)));
}

static void
wait_for_sound (LiaSound     *sound,
                LiaSoundState state)
{
  gboolean late = FALSE;
  guint    timer = g_timeout_add_seconds (60, on_time_out, &late);

  while (lia_sound_get_state (sound) != state && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (timer);
}

static void
test_sound (void)
{
  g_autoptr (LiaSound) sound = lia_sound_new (load_silence, NULL, "fakesink sync=true");

  lia_sound_play (sound, "b_1");
  wait_for_sound (sound, LIA_SOUND_PLAYING);
  lia_sound_set_rate (sound, 2.0);
  wait_for_sound (sound, LIA_SOUND_PAUSED);
  g_assert_cmpint (lia_sound_get_duration (sound), ==, 250);
  g_assert_cmpint (lia_sound_get_position (sound), ==, 0);

  /* Once more from the beginning, then another one instead. */
  lia_sound_play (sound, "b_1");
  lia_sound_play (sound, "b_2");
  g_assert_cmpstr (lia_sound_get_blob (sound), ==, "b_2");
  wait_for_sound (sound, LIA_SOUND_PAUSED);

  lia_sound_play (sound, "b_broken");
  wait_for_sound (sound, LIA_SOUND_FAILED);
  lia_sound_stop (sound);
  g_assert_null (lia_sound_get_blob (sound));
}

static void
test_accessible (Fixture      *fixture,
                 gconstpointer data)
{
  LiveRow         *row = lia_timeline_find_row (fixture->timeline, 13);
  g_autofree char *label = NULL;

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->timeline), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_RELATION_POS_IN_SET, 14);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_RELATION_SET_SIZE, 14);

  label = gtk_test_accessible_check_property (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  g_assert_nonnull (label);
  g_assert_nonnull (strstr (label, "Ben Okafor, E-Mail, "));
  g_assert_nonnull (strstr (label, "Hello Ann, here is the invoice"));
}

static GtkWidget *
find_styled (GtkWidget  *widget,
             const char *css_class)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, css_class) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_styled (child, css_class);

  return found;
}

/* A row shows the address of whoever wrote, and a row that is used again that of the next. */
static void
test_tooltip (Fixture      *fixture,
              gconstpointer data)
{
  LiveRow   *row = lia_timeline_find_row (fixture->timeline, 13);
  GtkWidget *author = find_styled (GTK_WIDGET (row->widget), "author");

  g_assert_nonnull (author);
  g_assert_true (gtk_widget_get_has_tooltip (author));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (author), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "support@example.org");

  lia_tooltip_set (author, "ann.lee@example.com");
  g_assert_true (gtk_widget_get_has_tooltip (author));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (author), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "ann.lee@example.com");

  lia_tooltip_set (author, "");
  g_assert_false (gtk_widget_get_has_tooltip (author));
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (author), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
}

static gboolean
press (Fixture        *fixture,
       guint           key,
       GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->timeline));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
            {
              gboolean done = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, GTK_WIDGET (fixture->timeline),
                                                            gtk_shortcut_get_arguments (shortcut));

              settle (fixture);
              return done;
            }
        }
    }

  g_assert_not_reached ();
}

static void
test_keyboard (Fixture      *fixture,
               gconstpointer data)
{
  LiveRow *focused;

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->timeline)));
  focused = lia_timeline_get_focused (fixture->timeline);
  g_assert_cmpuint (focused->position, ==, 9999);

  for (guint i = 0; i < 200 && lia_timeline_get_focused (fixture->timeline)->position > 9990; i++)
    g_assert_true (press (fixture, GDK_KEY_Up, 0));
  focused = lia_timeline_get_focused (fixture->timeline);
  g_assert_cmpuint (focused->position, ==, 9990);
  g_assert_cmpint (focused->y, <, height_of (fixture));
  g_assert_cmpint (focused->y + focused->height, >, 0);

  press (fixture, GDK_KEY_Home, 0);
  g_assert_cmpuint (lia_timeline_get_focused (fixture->timeline)->position, ==, 0);
  g_assert_cmpint (lia_timeline_get_focused (fixture->timeline)->y, ==, 0);
  press (fixture, GDK_KEY_Page_Down, 0);
  g_assert_cmpuint (lia_timeline_get_focused (fixture->timeline)->position, >, 0);
  press (fixture, GDK_KEY_End, 0);
  g_assert_cmpuint (lia_timeline_get_focused (fixture->timeline)->position, ==, 9999);
  g_assert_cmpint (bottom_of (fixture, 9999), ==, height_of (fixture));

  /* The focused row lives on when it is scrolled away. */
  scroll (fixture, -20000);
  g_assert_cmpuint (lia_timeline_get_focused (fixture->timeline)->position, ==, 9999);
}

/* The agent looks something up in another program, while mail comes in. */
static void
test_other_window (Fixture      *fixture,
                   gconstpointer data)
{
  GtkWindow *other = GTK_WINDOW (gtk_window_new ());
  LiveRow   *focused;
  gboolean   late = FALSE;
  guint      timer = g_timeout_add_seconds (60, on_time_out, &late);

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->timeline)));
  gtk_window_present (other);
  while (!(gtk_window_is_active (other) && !gtk_window_is_active (fixture->window)) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (timer);

  scroll (fixture, -20000);
  focused = lia_timeline_get_focused (fixture->timeline);
  g_assert_nonnull (focused);
  g_assert_cmpuint (focused->position, ==, 9999);
  g_assert_true (gtk_window_get_focus (fixture->window) == GTK_WIDGET (focused->widget));
  gtk_window_destroy (other);
}

static void
test_copy (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;
  const char      *first, *second;

  /* From "it is me" in the one chat message to "The invoice" in the next. */
  lia_timeline_select (fixture->timeline, (TextPlace){ 7, 11 }, (TextPlace){ 6, 4 });
  text = lia_timeline_dup_selected_text (fixture->timeline);
  first = strstr (text, "it is me again 🙂");
  second = strstr (text, "The invoice");
  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_true (first < second);
  g_assert_true (g_str_has_prefix (text, "Ann Lee, "));
  g_assert_null (strstr (text, "Hi,"));
  g_assert_true (g_str_has_suffix (text, "The invoice"));

  /* What is folded is not copied. */
  press (fixture, GDK_KEY_a, GDK_CONTROL_MASK);
  all = lia_timeline_dup_selected_text (fixture->timeline);
  g_assert_nonnull (strstr (all, "the amount on invoice 1042"));
  g_assert_nonnull (strstr (all, "here is the invoice with the new address"));
  g_assert_null (strstr (all, "On Tuesday Ben Okafor wrote"));
  g_assert_null (strstr (all, "12 Mill Lane"));
  g_assert_true (press (fixture, GDK_KEY_c, GDK_CONTROL_MASK));
}

static void
on_reply (LiaTimeline *timeline,
          LiaEntry    *entry,
          const char  *mode,
          char       **said)
{
  g_free (*said);
  *said = g_strdup_printf ("%s %s", mode, entry->id);
}

static void
on_entry (LiaTimeline *timeline,
          LiaEntry    *entry,
          char       **said)
{
  g_set_str (said, entry->id);
}

static void
test_requests (Fixture      *fixture,
               gconstpointer data)
{
  GtkWidget       *timeline = GTK_WIDGET (fixture->timeline);
  g_autofree char *said = NULL;
  g_autofree char *retried = NULL;
  g_autofree char *undone = NULL;

  g_signal_connect (timeline, "reply-requested", G_CALLBACK (on_reply), &said);
  g_signal_connect (timeline, "retry", G_CALLBACK (on_entry), &retried);
  g_signal_connect (timeline, "undo", G_CALLBACK (on_entry), &undone);

  g_assert_true (gtk_widget_activate_action (timeline, "timeline.reply", "(ss)", "e_14", "all"));
  g_assert_cmpstr (said, ==, "all e_14");
  gtk_widget_activate_action (timeline, "timeline.retry", "s", "e_13");
  g_assert_cmpstr (retried, ==, "e_13");
  gtk_widget_activate_action (timeline, "timeline.undo", "s", "e_14");
  g_assert_cmpstr (undone, ==, "e_14");

  /* Of an entry that is not there any more nothing is asked. */
  gtk_widget_activate_action (timeline, "timeline.undo", "s", "e_99");
  g_assert_cmpstr (undone, ==, "e_14");
}

static void
test_changes (Fixture      *fixture,
              gconstpointer data)
{
  GRand *random = g_rand_new_with_seed (1);
  g_autoptr (LiaEntry) other = timeline_samples_entry (random, 15);
  LiveRow        *row = lia_timeline_find_row (fixture->timeline, 13);
  LiaTimelineRow *widget = row->widget;

  /* A new version of an entry comes into the same row. */
  g_list_store_splice (fixture->model, 13, 1, (gpointer *)&other, 1);
  settle (fixture);
  row = lia_timeline_find_row (fixture->timeline, 13);
  g_assert_true (row->widget == widget);
  g_assert_true (lia_timeline_row_get_entry (row->widget) == other);

  g_list_store_remove_all (fixture->model);
  settle (fixture);
  g_assert_cmpuint (fixture->timeline->rows->len, ==, 0);
  lia_timeline_set_model (fixture->timeline, NULL);
  settle (fixture);
  g_rand_free (random);
}

static char *
make_dragged (const char *name,
              gint64      age_s)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "liaison", "dragged", name, NULL);
  g_autofree char *file = g_build_filename (folder, "photo.jpg", NULL);
  struct utimbuf   times = { 0 };

  times.actime = times.modtime = g_get_real_time () / G_USEC_PER_SEC - age_s;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "JPEG", -1, NULL));
  g_assert_cmpint (g_utime (folder, &times), ==, 0);

  return g_steal_pointer (&folder);
}

static void
test_clean_dragged (void)
{
  g_autofree char *old = make_dragged ("b_1", 25 * 60 * 60);
  g_autofree char *young = make_dragged ("b_2", 60);

  lia_attachment_drag_clean (24 * 60 * 60);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
  lia_attachment_drag_clean (-1);
  g_assert_false (g_file_test (young, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *cache = g_dir_make_tmp ("liaison-test-XXXXXX", NULL);

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  dex_init ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define add(name, n, func) g_test_add ("/timeline/" name, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)
  add ("opens-at-newest", 10000, test_opens_at_newest);
  add ("newer-while-at-end", 10000, test_newer_while_at_end);
  add ("nothing-moves", 10000, test_nothing_moves);
  add ("same-entries-again", 10000, test_same_entries_again);
  add ("asks-for-older", 200, test_asks_for_older);
  add ("unread", 10000, test_unread);
  add ("fold", 0, test_fold);
  add ("call", 0, test_call);
  add ("live-call", 0, test_live_call);
  add ("accessible", 0, test_accessible);
  add ("tooltip", 0, test_tooltip);
  add ("keyboard", 10000, test_keyboard);
  add ("other-window", 10000, test_other_window);
  add ("copy", 0, test_copy);
  add ("requests", 0, test_requests);
  add ("changes", 0, test_changes);
  g_test_add_func ("/timeline/sound", test_sound);
  g_test_add_func ("/timeline/clean-dragged", test_clean_dragged);

  return g_test_run ();
}
