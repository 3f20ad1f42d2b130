/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A colleague is asked while the customer waits. */
#include "call-test.h"
#include "sample-client.h"

#include "lia-icons.h"
#include "lia-line-words.h"
#include "lia-transfer-popover.h"

#include <libdex.h>

typedef WorkbenchFixture Fixture;

static void
test_transfer (Fixture      *fixture,
               gconstpointer data)
{
  LiaCall *call;

  tell (fixture, make_talking (LIA_CALL_TALKING));
  lia_phone_line_consult (nth_line (fixture, 0), "a_2");
  settle ();
  assert_asked (fixture->client, "consult 1.1 a_2");
  g_assert_true (lia_phone_line_is_pending (nth_line (fixture, 0), LIA_LINE_CONSULT));
  call = make_talking (LIA_CALL_CONSULTING);
  add_leg (call, "a_2", LIA_LEG_UP, 3000);
  tell (fixture, call);
  {
    g_autofree char *words = lia_line_words_state (nth_line (fixture, 0));

    g_assert_cmpstr (words, ==, "Waits with music; you speak to Ben Ito");
  }
  /* The key for the transfer now hands over. */
  act (fixture, "call.transfer");
  assert_asked (fixture->client, "complete 1.1");
  act (fixture, "call.cancel-transfer");
  assert_asked (fixture->client, "cancel 1.1");
}

/* Who types faster than the window draws reaches whom they typed, not whom the list showed before. */
static void
test_typed_fast (Fixture      *fixture,
                 gconstpointer data)
{
  GtkWidget *popover, *ask_first;

  tell (fixture, make_talking (LIA_CALL_TALKING));
  act (fixture, "call.transfer");
  popover = find_of_type (GTK_WIDGET (fixture->workbench->calls), LIA_TYPE_TRANSFER_POPOVER);
  gtk_editable_set_text (GTK_EDITABLE (find_of_type (popover, GTK_TYPE_SEARCH_ENTRY)), "03098765");
  g_object_get (popover, "default-widget", &ask_first, NULL);
  g_signal_emit_by_name (ask_first, "clicked");
  g_object_unref (ask_first);
  assert_asked (fixture->client, "consult 1.1 03098765");
}

static void
show_first_row (Fixture *fixture)
{
  g_autoptr (LiaConversation) changed = sample_conversation_copy (g_ptr_array_index (sample_client_conversations (fixture->client), 1));

  changed->ver++;
  changed->callback = TRUE;
  sample_client_change (fixture->client, changed);
  settle ();
}

/* A caller comes into the empty list, which takes the keyboard when nobody needs it: not from who types a number. */
static void
test_keyboard_is_left (Fixture      *fixture,
                       gconstpointer data)
{
  GtkWidget *popover, *entry, *focus;

  lia_views_sidebar_select_nth (fixture->workbench->views, 4);
  settle ();
  tell (fixture, make_talking (LIA_CALL_TALKING));
  act (fixture, "call.transfer");
  popover = find_of_type (GTK_WIDGET (fixture->workbench->calls), LIA_TYPE_TRANSFER_POPOVER);
  entry = find_of_type (popover, GTK_TYPE_SEARCH_ENTRY);
  show_first_row (fixture);
  focus = gtk_window_get_focus (fixture->window);
  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, entry));
  g_assert_true (gtk_widget_get_visible (popover));
}

/* Whom I asked does not come: who it was and why is said, and that the customer is with me again. When I go back myself, nothing is. */
static void
tell_consult (Fixture    *fixture,
              gint64      from_ms,
              LiaLegState asked,
              gint64      cause)
{
  LiaCall        *call = make_talking (cause == 0 ? LIA_CALL_CONSULTING : LIA_CALL_TALKING);
  LiaCallSegment *consult;
  LiaCallLeg     *leg;

  add_segment (call, "a_1", LIA_SEGMENT_CONSULT);
  consult = call->segments->pdata[call->segments->len - 1];
  consult->from_ms = from_ms;
  consult->to_ms = cause != 0 ? from_ms + 2000 : 0;
  add_leg (call, "a_2", asked, from_ms);
  leg = call->legs->pdata[call->legs->len - 1];
  leg->cause = cause;
  leg->ended_ms = consult->to_ms;
  tell (fixture, call);
}

static void
on_notice_cb (LiaPhoneStation *station,
              const char      *words,
              char           **last)
{
  g_set_str (last, words);
}

static void
tell_parked (Fixture *fixture)
{
  LiaCall *call = make_call ("1.1", LIA_CALL_PARKED);

  add_segment (call, "a_1", LIA_SEGMENT_PARK);
  tell (fixture, call);
}

static void
test_consult_fails (Fixture      *fixture,
                    gconstpointer data)
{
  static const struct
  {
    LiaLegState asked;
    gint64      cause;
    const char *notice;
  } cases[] = {
    { LIA_LEG_RINGING, 17, "Ben Ito is busy or declined. You have Aiko Tanaka again." },
    { LIA_LEG_RINGING, 16, "Ben Ito did not answer. You have Aiko Tanaka again." },
    { LIA_LEG_RINGING, 20, "Ben Ito could not be reached. You have Aiko Tanaka again." },
    { LIA_LEG_UP, 16, "Ben Ito hung up. You have Aiko Tanaka again." },
  };
  g_autofree char *notice = NULL;

  g_signal_connect (fixture->station, "notice", G_CALLBACK (on_notice_cb), &notice);
  tell (fixture, make_talking (LIA_CALL_TALKING));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gint64 from_ms = 3000 + 3000 * (gint64)i;

      tell_consult (fixture, from_ms, cases[i].asked, 0);
      g_clear_pointer (&notice, g_free);
      tell_consult (fixture, from_ms, cases[i].asked, cases[i].cause);
      g_assert_cmpstr (notice, ==, cases[i].notice);
    }

  /* Somebody who is busy may be gone before it is seen that they were rung. */
  tell (fixture, make_talking (LIA_CALL_TALKING));
  g_clear_pointer (&notice, g_free);
  tell_consult (fixture, 20000, LIA_LEG_RINGING, 17);
  g_assert_cmpstr (notice, ==, cases[0].notice);

  tell_consult (fixture, 30000, LIA_LEG_RINGING, 0);
  g_clear_pointer (&notice, g_free);
  act (fixture, "call.cancel-transfer");
  tell_consult (fixture, 30000, LIA_LEG_RINGING, 16);
  g_assert_null (notice);

  /* It is not told once more when the customer comes back from somewhere else. */
  tell_parked (fixture);
  tell_consult (fixture, 30000, LIA_LEG_RINGING, 16);
  g_assert_null (notice);
  g_signal_handlers_disconnect_by_data (fixture->station, &notice);
}

/* What is told for a moment does not lie over the buttons of the call. */
static void
test_notice_place (Fixture      *fixture,
                   gconstpointer data)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (fixture->workbench->page), ADW_TYPE_TOAST_OVERLAY);

  g_assert_false (gtk_widget_is_ancestor (GTK_WIDGET (fixture->workbench->calls), overlay));
  tell (fixture, make_talking (LIA_CALL_TALKING));
  tell_consult (fixture, 3000, LIA_LEG_RINGING, 0);
  tell_consult (fixture, 3000, LIA_LEG_RINGING, 17);
  g_assert_true (shows (overlay, "Ben Ito is busy or declined"));
}

static int
list_width (Fixture *fixture)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (fixture->workbench->inbox), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* Its row says so in more words than before: the list stays as wide as it is. */
static void
test_list_width (Fixture      *fixture,
                 gconstpointer data)
{
  LiaCall *talking = make_talking (LIA_CALL_TALKING);
  LiaCall *asking = make_talking (LIA_CALL_CONSULTING);
  int      width;

  g_set_str (&talking->conv, "c_2");
  g_set_str (&asking->conv, "c_2");
  add_segment (asking, "a_1", LIA_SEGMENT_CONSULT);
  add_leg (asking, "a_2", LIA_LEG_RINGING, 3000);
  tell (fixture, talking);
  width = list_width (fixture);
  tell (fixture, asking);
  g_assert_true (shows (GTK_WIDGET (fixture->workbench->inbox), "Asking a colleague"));
  g_assert_cmpint (list_width (fixture), ==, width);
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

#define ADD(name, func) g_test_add ("/consult/" name, Fixture, NULL, call_set_up, func, workbench_tear_down)
  ADD ("transfer", test_transfer);
  ADD ("typed-fast", test_typed_fast);
  ADD ("keyboard-is-left", test_keyboard_is_left);
  ADD ("fails", test_consult_fails);
  ADD ("notice-place", test_notice_place);
  ADD ("list-width", test_list_width);
#undef ADD

  return g_test_run ();
}
