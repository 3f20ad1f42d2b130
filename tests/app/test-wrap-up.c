/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is still to be said of a call that is over. */
#include "call-test.h"
#include "sample-client.h"

#include "lia-icons.h"
#include "lia-line-words.h"
#include "lia-time.h"

#include <libdex.h>

typedef WorkbenchFixture Fixture;

static void
test_wrap_up (Fixture      *fixture,
              gconstpointer data)
{
  LiaPhoneLine *line;

  tell (fixture, make_talking (LIA_CALL_TALKING));
  line = nth_line (fixture, 0);
  lia_phone_line_set_note (line, "asks for a refund");
  lia_phone_line_save_note (line);
  settle ();
  assert_asked (fixture->client, "note 1.1 asks for a refund");
  end_call (fixture);
  g_assert_cmpint (lia_phone_line_get_state (line), ==, LIA_LINE_WRAP_UP);
  act (fixture, "call.finish");
  assert_asked (fixture->client, "wrap-up 1.1  asks for a refund");
  g_assert_cmpuint (count_lines (fixture), ==, 0);
}

static void
set_wrap_up_until (Fixture *fixture,
                   gint64   until_ms)
{
  set_me (fixture, "wrap-up", until_ms);
}

static void
test_wrap_up_over (Fixture      *fixture,
                   gconstpointer data)
{
  tell (fixture, make_talking (LIA_CALL_TALKING));
  end_call (fixture);
  set_availability (fixture, "wrap-up");
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  /* What is being written is not taken away. */
  lia_phone_line_set_note (nth_line (fixture, 0), "so far");
  set_availability (fixture, "available");
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  lia_phone_line_set_note (nth_line (fixture, 0), "");
  set_availability (fixture, "wrap-up");
  set_availability (fixture, "available");
  g_assert_cmpuint (count_lines (fixture), ==, 0);
}

/* What counts is how much is left of it; where nothing ends it, nothing can be added. */
static void
test_wrap_up_left (Fixture      *fixture,
                   gconstpointer data)
{
  LiaPhoneLine    *line;
  g_autofree char *left = NULL;
  g_autofree char *been = NULL;
  gint64           now_ms = lia_time_now ();

  tell (fixture, make_talking (LIA_CALL_TALKING));
  line = nth_line (fixture, 0);
  end_call (fixture);
  set_wrap_up_until (fixture, now_ms + 24 * 1000);
  left = lia_line_words_wrap_up (line, now_ms);
  g_assert_cmpstr (left, ==, "Wrap-up · 0:24 left");
  g_signal_emit_by_name (find_button (GTK_WIDGET (fixture->workbench), "A minute more"), "clicked");
  assert_asked (fixture->client, "extend-wrap-up 60");

  set_wrap_up_until (fixture, 0);
  been = lia_line_words_wrap_up (line, lia_phone_line_get_since_ms (line) + 5000);
  g_assert_cmpstr (been, ==, "Wrap-up · 0:05");
  g_assert_null (find_button (GTK_WIDGET (fixture->workbench), "A minute more"));
}

/* The customer hangs up while the note is being written: it goes on in the field that is there then. */
static void
test_note_in_progress (Fixture      *fixture,
                       gconstpointer data)
{
  GtkWidget *popover, *focus;

  tell (fixture, make_talking (LIA_CALL_TALKING));
  act (fixture, "call.note");
  focus = gtk_window_get_focus (fixture->window);
  g_assert_true (GTK_IS_TEXT_VIEW (focus));
  popover = gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), "asks for", -1);
  end_call (fixture);
  g_assert_false (gtk_widget_get_mapped (popover));
  focus = gtk_window_get_focus (fixture->window);
  g_assert_true (GTK_IS_TEXT (focus));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), ==, "asks for");
  g_assert_false (gtk_editable_get_selection_bounds (GTK_EDITABLE (focus), NULL, NULL));
  gtk_editable_set_text (GTK_EDITABLE (focus), "asks for a refund");
  act (fixture, "call.finish");
  assert_asked (fixture->client, "wrap-up 1.1  asks for a refund");
}

/* The next call, that goes on already */
static LiaCall *
make_next (void)
{
  LiaCall *call = make_call ("2.1", LIA_CALL_TALKING);

  add_leg (call, "a_1", LIA_LEG_UP, 2000);
  add_segment (call, "a_1", LIA_SEGMENT_TALK);
  return call;
}

/* What was chosen is not lost when the time is over, and kept when the next call begins. */
static void
test_wrap_up_chosen (Fixture      *fixture,
                     gconstpointer data)
{
  tell (fixture, make_talking (LIA_CALL_TALKING));
  end_call (fixture);
  set_availability (fixture, "wrap-up");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_of_type (GTK_WIDGET (fixture->workbench), GTK_TYPE_DROP_DOWN)), 1);
  set_availability (fixture, "available");
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  tell (fixture, make_next ());
  assert_asked (fixture->client, "wrap-up 1.1 solved ");
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  g_assert_cmpstr (lia_phone_line_get_call (nth_line (fixture, 0))->uniqueid, ==, "2.1");
}

/* Of which nothing was said, nothing remains. */
static void
test_wrap_up_untouched (Fixture      *fixture,
                        gconstpointer data)
{
  tell (fixture, make_talking (LIA_CALL_TALKING));
  end_call (fixture);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  tell (fixture, make_next ());
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  g_assert_cmpstr (lia_phone_line_get_call (nth_line (fixture, 0))->uniqueid, ==, "2.1");
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();
  g_resources_get_info ("/org/liaisondesk/Liaison/style.css", 0, NULL, NULL, NULL);

#define ADD(name, func) g_test_add ("/wrap-up/" name, Fixture, NULL, call_set_up, func, workbench_tear_down)
  ADD ("saved", test_wrap_up);
  ADD ("over", test_wrap_up_over);
  ADD ("left", test_wrap_up_left);
  ADD ("chosen", test_wrap_up_chosen);
  ADD ("untouched", test_wrap_up_untouched);
  ADD ("note-in-progress", test_note_in_progress);
#undef ADD

  return g_test_run ();
}
