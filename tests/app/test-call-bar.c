/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls at a telephone on the agent's desk, of which the engine tells: that is the client in memory. */
#include "call-test.h"
#include "sample-client.h"
#include "sample-phone.h"

#include "lia-call-bar.h"
#include "lia-icons.h"
#include "lia-line-words.h"
#include "lia-page-code-popover.h"
#include "lia-pause-watch.h"
#include "lia-problem.h"
#include "lia-queue-member.h"
#include "lia-time.h"
#include "lia-timeline.h"
#include "lia-workbench-private.h"

#include <libdex.h>

typedef WorkbenchFixture Fixture;

/* A window that was narrow keeps its widgets, with calls or without: what they hold is not freed here. */
static void
tear_down_narrow (Fixture      *fixture,
                  gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  settle ();
  g_object_unref (fixture->station);
  g_object_unref (fixture->client);
}

static void
test_ringing (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *who = NULL;
  GtkWidget       *answer;

  tell_ringing (fixture);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  g_assert_cmpint (lia_phone_line_get_state (nth_line (fixture, 0)), ==, LIA_LINE_RINGING);
  who = lia_line_words_who (nth_line (fixture, 0));
  g_assert_cmpstr (who, ==, "Aiko Tanaka");
  g_assert_cmpstr (lia_line_words_match (nth_line (fixture, 0)), ==, "Known by this number");
  /* Nothing was being written: the conversation is there. */
  g_assert_cmpstr (open_conversation (fixture), ==, "c_3");

  answer = find_button (GTK_WIDGET (fixture->workbench->calls), "Answer");
  g_assert_nonnull (answer);
  g_signal_emit_by_name (answer, "clicked");
  settle ();
  assert_asked (fixture->client, "answer 1.1");
  g_assert_true (lia_phone_line_is_pending (nth_line (fixture, 0), LIA_LINE_ANSWER));
  g_assert_false (gtk_widget_get_sensitive (answer));
  tell (fixture, make_talking (LIA_CALL_TALKING));
  g_assert_false (lia_phone_line_is_pending (nth_line (fixture, 0), LIA_LINE_ANSWER));
  g_assert_cmpint (lia_phone_line_get_state (nth_line (fixture, 0)), ==, LIA_LINE_TALKING);
  g_assert_false (gtk_widget_get_mapped (answer));
}

/* With the ring itself: nothing else has to come first. */
static void
test_effort (Fixture      *fixture,
             gconstpointer data)
{
  const LiaEffort effort = { .calls_today = 3, .waited_today_ms = 12 * 60000, .contacts = 3 };
  LiaCall        *call = make_call ("1.1", LIA_CALL_RINGING);

  tell_ringing (fixture);
  g_assert_false (shows (GTK_WIDGET (fixture->workbench->calls), "calls today"));
  add_leg (call, "a_1", LIA_LEG_RINGING, 2000);
  add_offer (call, "a_1", LIA_OFFER_OPEN);
  call->effort = lia_effort_copy (&effort);
  tell (fixture, call);
  g_assert_true (shows (GTK_WIDGET (fixture->workbench->calls), "3 calls today, none answered · waited 12 min"));
}

static void
test_taken_elsewhere (Fixture      *fixture,
                      gconstpointer data)
{
  LiaCall *call = make_call ("1.1", LIA_CALL_TALKING);

  tell_ringing (fixture);
  add_leg (call, "a_2", LIA_LEG_UP, 2500);
  add_offer (call, "a_1", LIA_OFFER_ELSEWHERE);
  tell (fixture, call);
  g_assert_cmpuint (count_lines (fixture), ==, 0);
  g_assert_null (find_button (GTK_WIDGET (fixture->workbench->calls), "Answer"));
}

static void
test_others_call (Fixture      *fixture,
                  gconstpointer data)
{
  tell (fixture, make_call ("1.1", LIA_CALL_WAITING));
  g_assert_cmpuint (count_lines (fixture), ==, 0);
}

static void
test_offer (Fixture      *fixture,
            gconstpointer data)
{
  GtkWidget *show;

  /* Somebody searches: the window is not turned over under their hands. */
  act (fixture, "workbench.search");
  gtk_editable_set_text (GTK_EDITABLE (fixture->workbench->search_entry), "invoice");
  settle ();
  tell_ringing (fixture);
  g_assert_null (open_conversation (fixture));
  show = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (fixture->workbench->calls)));
  g_assert_true (ADW_IS_BANNER (show));
  g_assert_true (adw_banner_get_revealed (ADW_BANNER (show)));
  g_assert_cmpstr (adw_banner_get_title (ADW_BANNER (show)), ==, "Aiko Tanaka is on the telephone");
  g_signal_emit_by_name (show, "button-clicked");
  settle ();
  g_assert_cmpstr (open_conversation (fixture), ==, "c_3");
  g_assert_false (adw_banner_get_revealed (ADW_BANNER (show)));
}

static void
test_hold (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget *hold;

  tell (fixture, make_talking (LIA_CALL_TALKING));
  hold = find_button (GTK_WIDGET (fixture->workbench->calls), "Hold");
  act (fixture, "call.hold");
  assert_asked (fixture->client, "hold 1.1 1");
  /* It is not on hold because it was asked for. */
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (hold)));
  g_assert_true (gtk_widget_has_css_class (hold, "pending"));
  act (fixture, "call.hold");
  assert_not_asked (fixture);
  tell (fixture, make_talking (LIA_CALL_HELD));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (hold)));
  g_assert_false (gtk_widget_has_css_class (hold, "pending"));
  act (fixture, "call.hold");
  assert_asked (fixture->client, "hold 1.1 0");
}

static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  tell (fixture, make_talking (LIA_CALL_TALKING));
  sample_client_refuse (fixture->client, LIA_PROBLEM_VERSION_CONFLICT);
  act (fixture, "call.hold");
  g_assert_false (lia_phone_line_is_pending (nth_line (fixture, 0), LIA_LINE_HOLD));
  g_assert_cmpstr (lia_phone_line_get_problem (nth_line (fixture, 0)), ==, "That is not possible at this moment of the call.");
}

/* Accepted, but it never happens. */
static void
test_patience (Fixture      *fixture,
               gconstpointer data)
{
  LiaPhoneLine *line;

  tell (fixture, make_talking (LIA_CALL_TALKING));
  line = nth_line (fixture, 0);
  act (fixture, "call.hold");
  wait_until (lia_phone_line_get_problem (line) != NULL);
  g_assert_false (lia_phone_line_is_pending (line, LIA_LINE_HOLD));
  g_assert_true (lia_phone_line_can (line, LIA_LINE_HOLD, NULL));
}

/* No dead button: what cannot be done says why. */
static void
test_reasons (Fixture      *fixture,
              gconstpointer data)
{
  LiaCall   *call = make_talking (LIA_CALL_CONSULTING);
  GtkWidget *complete;

  add_leg (call, "a_2", LIA_LEG_RINGING, 3000);
  tell (fixture, call);
  complete = find_button (GTK_WIDGET (fixture->workbench->calls), "Hand the Customer Over");
  g_assert_false (gtk_widget_get_sensitive (complete));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (complete), ==, "Hand the Customer Over: They have not answered yet");

  for (guint action = 0; action < LIA_LINE_N_ACTIONS; action++)
    {
      const char *why_not = NULL;

      if (!lia_phone_line_can (nth_line (fixture, 0), action, &why_not))
        g_assert_nonnull (why_not);
    }
  sample_client_set_state (fixture->client, LIA_CLIENT_OFFLINE);
  for (guint action = 0; action < LIA_LINE_N_ACTIONS; action++)
    {
      const char *why_not = NULL;

      g_assert_false (lia_phone_line_can (nth_line (fixture, 0), action, &why_not));
      g_assert_nonnull (why_not);
    }
  sample_client_set_state (fixture->client, LIA_CLIENT_LIVE);
}

static gboolean
offers_to_take (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if ((GTK_IS_BUTTON (child) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (child)), "T_ake Call") == 0 && gtk_widget_get_mapped (child)) || offers_to_take (child))
      return TRUE;

  return FALSE;
}

/* A caller in line may be taken; one who rings me already is answered. */
static void
test_take (Fixture      *fixture,
           gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      LiaCall     *call = make_call ("1.1", LIA_CALL_RINGING);
      LiaCallWait *wait = lia_call_wait_new ();

      wait->from_ms = 1000;
      g_ptr_array_add (call->waits, wait);
      add_leg (call, i == 0 ? "a_1" : "a_2", LIA_LEG_RINGING, 2000);
      add_offer (call, i == 0 ? "a_1" : "a_2", LIA_OFFER_OPEN);
      tell (fixture, call);
      g_assert_cmpstr (open_conversation (fixture), ==, "c_3");
      g_assert_cmpint (offers_to_take (GTK_WIDGET (fixture->workbench)), ==, i == 1);
    }
}

/* What does not fit is a warning, which ends the test. */
static void
test_narrow (Fixture      *fixture,
             gconstpointer data)
{
  LiaCall *call = make_talking (LIA_CALL_CONSULTING);

  tell (fixture, make_talking (LIA_CALL_TALKING));
  gtk_window_set_default_size (fixture->window, 360, 640);
  settle ();
  add_leg (call, "a_2", LIA_LEG_UP, 3000);
  tell (fixture, call);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->workbench)), ==, 360);
  end_call (fixture);
  g_assert_cmpint (lia_phone_line_get_state (nth_line (fixture, 0)), ==, LIA_LINE_WRAP_UP);
}

/* Most telephone systems cannot make a telephone on a desk answer: that is said, instead of a button that does nothing. */
static void
test_desk (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const nothing[] = { NULL };
  const char              *why_not;

  sample_phone_set_abilities (fixture->client, nothing);
  tell_ringing (fixture);
  g_assert_false (lia_phone_line_can (nth_line (fixture, 0), LIA_LINE_ANSWER, &why_not));
  g_assert_cmpstr (why_not, ==, "Please answer on your telephone");
  tell (fixture, make_talking (LIA_CALL_TALKING));
  g_assert_false (lia_phone_line_can (nth_line (fixture, 0), LIA_LINE_MUTE, &why_not));
  g_assert_cmpstr (why_not, ==, "Please mute on your telephone");
  g_assert_true (lia_phone_line_can (nth_line (fixture, 0), LIA_LINE_HOLD, NULL));
}

static void
tell_talk (Fixture     *fixture,
           const char  *agent,
           LiaCallState state)
{
  LiaCall *call = make_call ("1.1", state);

  add_leg (call, agent, LIA_LEG_UP, 2000);
  call->answered_ms = lia_time_now () - 133000;
  tell (fixture, call);
}

/* Who calls is not waited for: above the conversation stands with whom they speak, and for how long. */
static void
test_header (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (LiaConversation) pending = sample_conversation_copy (g_ptr_array_index (sample_client_conversations (fixture->client), 2));
  GtkWidget *page = GTK_WIDGET (fixture->workbench->page);

  pending->ver++;
  pending->state = LIA_CONVERSATION_PENDING;
  pending->due_ms = 0;
  lia_workbench_open (fixture->workbench, "c_3", NULL);
  settle ();
  sample_client_change (fixture->client, pending);
  settle ();
  g_assert_true (shows (page, "Waiting for the customer"));
  tell_talk (fixture, "a_1", LIA_CALL_TALKING);
  g_assert_true (shows (page, "On the phone with you"));
  g_assert_true (shows (page, "Talking 2:1"));
  g_assert_false (shows (page, "Waiting for the customer"));
  tell_talk (fixture, "a_2", LIA_CALL_HELD);
  g_assert_true (shows (page, "On the phone with Ben Ito"));
  g_assert_true (shows (page, "On hold"));
  end_call (fixture);
  g_assert_true (shows (page, "Waiting for the customer"));
  g_assert_false (shows (page, "On the phone"));
}

static void
test_two_calls (Fixture      *fixture,
                gconstpointer data)
{
  LiaCall *second = make_call ("2.1", LIA_CALL_RINGING);

  tell (fixture, make_talking (LIA_CALL_TALKING));
  add_leg (second, "a_1", LIA_LEG_RINGING, 5000);
  tell (fixture, second);
  g_assert_cmpuint (count_lines (fixture), ==, 2);
  g_assert_true (lia_phone_station_find_for (fixture->station, LIA_LINE_HOLD) == nth_line (fixture, 0));
  g_assert_true (lia_phone_station_find_for (fixture->station, LIA_LINE_ANSWER) == nth_line (fixture, 1));
  act (fixture, "call.answer");
  assert_asked (fixture->client, "answer 2.1");
}

/* Two calls become one: the line goes on as the one that is left. */
static void
test_joined (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (LiaCall) gone = make_talking (LIA_CALL_ENDED);
  LiaCall *joined = make_call ("0.9", LIA_CALL_TALKING);

  tell (fixture, make_talking (LIA_CALL_TALKING));
  g_strfreev (joined->linked);
  joined->linked = g_strsplit ("0.9,1.1", ",", -1);
  add_leg (joined, "a_1", LIA_LEG_UP, 2000);
  tell (fixture, joined);
  sample_phone_put_call (fixture->client, gone);
  settle ();
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  g_assert_cmpstr (lia_phone_line_get_call (nth_line (fixture, 0))->uniqueid, ==, "0.9");
}

static void
test_availability (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (LiaQueue) queue = lia_queue_new ();
  g_autoptr (LiaQueueMember) member = lia_queue_member_new ();
  GtkWidget *button;

  g_set_str (&queue->id, "q_1");
  g_set_str (&queue->name, "Support");
  g_set_str (&queue->phone_channel, "h_2");
  sample_client_put_queue (fixture->client, queue);
  set_availability (fixture, "paused");
  button = find_button (GTK_WIDGET (fixture->workbench->availability), "Your Availability");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Your Availability: Pause (Lunch), for 12 min");

  g_assert_true (gtk_widget_activate_action (button, "queues.q_1", NULL));
  settle ();
  assert_asked (fixture->client, "log-in q_1 a_1 1");
  g_set_str (&member->queue, "q_1");
  g_set_str (&member->interface, "PJSIP/a_1");
  g_set_str (&member->agent, "a_1");
  g_list_store_append (sample_phone_members (fixture->client), member);
  settle ();
  g_assert_true (gtk_widget_activate_action (button, "queues.q_1", NULL));
  settle ();
  assert_asked (fixture->client, "log-in q_1 a_1 0");
  g_assert_true (gtk_widget_activate_action (button, "workbench.pause", "s", "Training"));
  settle ();
  assert_asked (fixture->client, "availability paused Training");
}

static void
tell_member (Fixture *fixture,
             gboolean paused)
{
  g_autoptr (LiaQueueMember) member = lia_queue_member_new ();
  GListStore *members = sample_phone_members (fixture->client);

  g_set_str (&member->queue, "q_1");
  g_set_str (&member->interface, "PJSIP/a_1");
  g_set_str (&member->agent, "a_1");
  member->paused = paused;
  g_list_store_splice (members, 0, g_list_model_get_n_items (G_LIST_MODEL (members)), (gpointer *)&member, 1);
}

/* An agent who believes to be away learns that the telephone system does not; a moment's delay alarms nobody. */
static void
test_refused_pause (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (LiaPauseWatch) patient = lia_pause_watch_new (fixture->client, 60000);
  g_autoptr (LiaPauseWatch) hasty = lia_pause_watch_new (fixture->client, 1);

  set_availability (fixture, "paused");
  tell_member (fixture, TRUE);
  settle ();
  g_assert_null (lia_pause_watch_get_problem (hasty));

  tell_member (fixture, FALSE);
  wait_until (lia_pause_watch_get_problem (hasty) != NULL);
  g_assert_nonnull (strstr (lia_pause_watch_get_problem (hasty), "has not paused you"));
  g_assert_null (lia_pause_watch_get_problem (patient));
  tell_member (fixture, TRUE);
  g_assert_null (lia_pause_watch_get_problem (hasty));

  set_availability (fixture, "available");
  wait_until (lia_pause_watch_get_problem (hasty) != NULL);
  g_assert_nonnull (strstr (lia_pause_watch_get_problem (hasty), "keeps callers from you"));
}

static void
test_dial (Fixture      *fixture,
           gconstpointer data)
{
  AdwDialog *dialog;
  GtkWidget *call;

  act (fixture, "call.dial");
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
  g_assert_nonnull (dialog);
  adw_dialog_close (dialog);
  settle ();
  lia_workbench_dial (fixture->workbench, "+49 30 5");
  settle ();
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
  call = adw_dialog_get_default_widget (dialog);
  g_assert_true (gtk_widget_get_sensitive (call));
  /* A page on the web may have asked for it: nothing happens by itself. */
  assert_not_asked (fixture);
  g_signal_emit_by_name (call, "clicked");
  settle ();
  assert_asked (fixture->client, "dial +49 30 5 -");

  lia_workbench_open (fixture->workbench, "c_2", NULL);
  settle ();
  sample_client_take_log (fixture->client);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->workbench->page), "call.number", "s", "+49301"));
  settle ();
  assert_asked (fixture->client, "dial +49301 c_2");

  /* One that stands in a message */
  gtk_widget_activate_action (find_of_type (GTK_WIDGET (fixture->workbench->page), LIA_TYPE_TIMELINE), "timeline.open-link", "s", "tel:+49302");
  settle ();
  assert_asked (fixture->client, "dial +49302 c_2");
}

static GtkWidget *
page_part (Fixture    *fixture,
           const char *name)
{
  GtkWidget *popover = find_of_type (GTK_WIDGET (fixture->workbench->calls), LIA_TYPE_PAGE_CODE_POPOVER);

  g_assert_nonnull (popover);

  return GTK_WIDGET (gtk_widget_get_template_child (popover, LIA_TYPE_PAGE_CODE_POPOVER, name));
}

/* Six digits, Enter: nothing is the same customer's until somebody says so. */
static void
test_page_code (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *log = NULL;
  GtkWidget       *code;
  GtkWidget       *same;

  tell (fixture, make_talking (LIA_CALL_TALKING));
  act (fixture, "call.page");
  code = page_part (fixture, "code");
  same = page_part (fixture, "same_button");
  gtk_editable_set_text (GTK_EDITABLE (code), "12345");
  settle ();
  g_signal_emit_by_name (code, "activate");
  settle ();
  log = sample_client_take_log (fixture->client);
  g_assert_null (strstr (log, "join"));

  gtk_editable_set_text (GTK_EDITABLE (code), "999 999");
  g_signal_emit_by_name (code, "activate");
  settle ();
  assert_asked (fixture->client, "join 1.1 999 999");
  g_assert_true (shows (page_part (fixture, "words"), "No page shows this code now. Please ask them to read it out again."));

  gtk_editable_set_text (GTK_EDITABLE (code), "123 456");
  g_signal_emit_by_name (code, "activate");
  settle ();
  assert_asked (fixture->client, "join 1.1 123 456");
  g_assert_true (shows (page_part (fixture, "words"), "They call themselves Ann there, and are on “Kettles”."));
  g_assert_true (gtk_widget_get_visible (same));
  g_signal_emit_by_name (same, "clicked");
  settle ();
  assert_asked (fixture->client, "join 1.1 123 456 same");
  g_assert_false (gtk_widget_get_visible (same));

  g_signal_emit_by_name (page_part (fixture, "chat_button"), "clicked");
  settle ();
  g_assert_cmpstr (open_conversation (fixture), ==, "c_2");
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

#define ADD(name, func) g_test_add ("/call-bar/" name, Fixture, NULL, call_set_up, func, workbench_tear_down)
  ADD ("ringing", test_ringing);
  ADD ("effort", test_effort);
  ADD ("taken-elsewhere", test_taken_elsewhere);
  ADD ("others-call", test_others_call);
  ADD ("offer", test_offer);
  ADD ("hold", test_hold);
  ADD ("refused", test_refused);
  ADD ("patience", test_patience);
  ADD ("reasons", test_reasons);
  ADD ("take", test_take);
  g_test_add ("/call-bar/narrow", Fixture, NULL, call_set_up, test_narrow, tear_down_narrow);
  ADD ("desk", test_desk);
  ADD ("header", test_header);
  ADD ("two-calls", test_two_calls);
  ADD ("joined", test_joined);
  ADD ("availability", test_availability);
  ADD ("refused-pause", test_refused_pause);
  ADD ("dial", test_dial);
  ADD ("page-code", test_page_code);
#undef ADD

  return g_test_run ();
}
