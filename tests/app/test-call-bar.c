/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The agent's telephone in the window. What the engine says comes from the client in memory; the telephone in the app is a real one, and who calls it is
 * another one in this process.
 */
#include "app-test.h"
#include "sample-phone.h"

#include "lia-call-bar.h"
#include "lia-line-words.h"
#include "lia-problem.h"
#include "lia-time.h"
#include "lia-timeline.h"
#include "lia-workbench-private.h"

#include <libdex.h>
#include <stdarg.h>

typedef WorkbenchFixture Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  static const char *const abilities[] = { "answer", "mute", NULL };

  workbench_set_up (fixture, "PJSIP/ann", FALSE);
  sample_phone_set_abilities (fixture->client, abilities);
}

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

/* Pieces of calls as the engine tells them */

static LiaCall *
make_call (const char  *uniqueid,
           LiaCallState state)
{
  LiaCall    *call = lia_call_new ();
  LiaCallLeg *customer = lia_call_leg_new ();

  g_set_str (&call->pbx, "h_2");
  g_set_str (&call->uniqueid, uniqueid);
  g_set_str (&call->number, "03012345678");
  g_set_str (&call->e164, "+493012345678");
  g_set_str (&call->conv, "c_3");
  g_set_str (&call->customer, "k_3");
  g_set_str (&call->match_reason, "same-number");
  call->match = LIA_MATCH_EXACT;
  call->state = state;
  call->created_ms = 1000;
  g_set_str (&customer->uniqueid, uniqueid);
  customer->kind = LIA_LEG_CUSTOMER;
  customer->state = LIA_LEG_UP;
  customer->started_ms = 1000;
  g_ptr_array_add (call->legs, customer);
  return call;
}

static void
add_leg (LiaCall    *call,
         const char *agent,
         LiaLegState state,
         gint64      started_ms)
{
  LiaCallLeg *leg = lia_call_leg_new ();

  leg->uniqueid = (g_free (leg->uniqueid), g_strdup_printf ("%s-%s", call->uniqueid, agent));
  g_set_str (&leg->agent, agent);
  g_set_str (&leg->channel, "PJSIP/somebody-1");
  leg->kind = LIA_LEG_AGENT;
  leg->state = state;
  leg->started_ms = started_ms;
  g_ptr_array_add (call->legs, leg);
}

static void
add_offer (LiaCall       *call,
           const char    *agent,
           LiaOfferResult result)
{
  LiaCallOffer *offer = lia_call_offer_new ();

  g_set_str (&offer->agent, agent);
  offer->from_ms = 2000;
  offer->to_ms = result == LIA_OFFER_OPEN ? 0 : 3000;
  offer->result = result;
  g_ptr_array_add (call->offers, offer);
}

static void
add_segment (LiaCall       *call,
             const char    *agent,
             LiaSegmentKind kind)
{
  LiaCallSegment *segment = lia_call_segment_new ();

  g_set_str (&segment->agent, agent);
  segment->kind = kind;
  segment->from_ms = 2000;
  g_ptr_array_add (call->segments, segment);
}

static void
tell (Fixture *fixture,
      LiaCall *call)
{
  g_autoptr (LiaCall) told = call;

  sample_phone_put_call (fixture->client, told);
  settle ();
}

static void
tell_ringing (Fixture *fixture)
{
  LiaCall *call = make_call ("1.1", LIA_CALL_RINGING);

  add_leg (call, "a_1", LIA_LEG_RINGING, 2000);
  add_offer (call, "a_1", LIA_OFFER_OPEN);
  tell (fixture, call);
}

static LiaCall *
make_talking (LiaCallState state)
{
  LiaCall *call = make_call ("1.1", state);

  add_leg (call, "a_1", LIA_LEG_UP, 2000);
  add_offer (call, "a_1", LIA_OFFER_ANSWERED);
  add_segment (call, "a_1", LIA_SEGMENT_TALK);
  return call;
}

static LiaPhoneLine *
nth_line (Fixture *fixture,
          guint    n)
{
  g_autoptr (LiaPhoneLine) line = g_list_model_get_item (lia_phone_station_get_lines (fixture->station), n);

  return line;
}

static guint
count_lines (Fixture *fixture)
{
  return g_list_model_get_n_items (lia_phone_station_get_lines (fixture->station));
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->workbench->page), action, NULL));
  settle ();
}

/* Apart from what shows itself to have been read, when its time has come */
static void
assert_not_asked (Fixture *fixture)
{
  g_autofree char *log = sample_client_take_log (fixture->client);
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !g_str_has_prefix (lines[i], "read "))
      g_error ("asked of the client: “%s”", lines[i]);
}

/* The first mapped widget below @widget that is called so: what an agent could press */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *tip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      const char *its = gtk_widget_get_tooltip_text (child);
      GtkWidget  *found;

      if (its != NULL && g_str_has_prefix (its, tip) && gtk_widget_get_mapped (child))
        return child;
      found = find_button (child, tip);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
open_conversation (Fixture *fixture)
{
  LiaConversation *conversation = lia_conversation_page_get_conversation (fixture->workbench->page);

  return conversation != NULL ? conversation->id : NULL;
}

/* The rules, without a window */

static void
test_states (void)
{
  static const struct
  {
    LiaOwnPhone  phone;
    LiaCallState call;
    LiaLegState  mine;
    LiaLineState expected;
  } cases[] = {
    { LIA_OWN_PHONE_NONE, LIA_CALL_RINGING, LIA_LEG_RINGING, LIA_LINE_RINGING },
    { LIA_OWN_PHONE_INCOMING, LIA_CALL_TALKING, LIA_LEG_RINGING, LIA_LINE_RINGING },
    { LIA_OWN_PHONE_NONE, LIA_CALL_DIALLING, LIA_LEG_RINGING, LIA_LINE_DIALLING },
    { LIA_OWN_PHONE_UP, LIA_CALL_DIALLING, LIA_LEG_UP, LIA_LINE_DIALLING },
    { LIA_OWN_PHONE_NONE, LIA_CALL_TALKING, LIA_LEG_UP, LIA_LINE_TALKING },
    { LIA_OWN_PHONE_UP, LIA_CALL_RINGING, LIA_LEG_RINGING, LIA_LINE_TALKING },
    { LIA_OWN_PHONE_HELD, LIA_CALL_TALKING, LIA_LEG_UP, LIA_LINE_HELD },
    { LIA_OWN_PHONE_UP, LIA_CALL_HELD, LIA_LEG_UP, LIA_LINE_HELD },
    { LIA_OWN_PHONE_ENDED, LIA_CALL_TALKING, LIA_LEG_UP, LIA_LINE_ENDED },
    { LIA_OWN_PHONE_UP, LIA_CALL_ENDED, LIA_LEG_UP, LIA_LINE_ENDED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaCall) call = make_call ("1.1", cases[i].call);

      add_leg (call, "a_1", cases[i].mine, 2000);
      if (lia_line_state (cases[i].phone, call, "a_1") != cases[i].expected)
        g_error ("case %u: %d", i, lia_line_state (cases[i].phone, call, "a_1"));
    }
  g_assert_cmpint (lia_line_state (LIA_OWN_PHONE_HELD, NULL, "a_1"), ==, LIA_LINE_HELD);
}

/* Of two agents in a consultation one asks, the other is asked. */
static void
test_consultation (void)
{
  g_autoptr (LiaCall) call = make_call ("1.1", LIA_CALL_CONSULTING);

  add_leg (call, "a_1", LIA_LEG_UP, 2000);
  add_leg (call, "a_2", LIA_LEG_RINGING, 3000);
  g_assert_cmpint (lia_line_state (LIA_OWN_PHONE_UP, call, "a_1"), ==, LIA_LINE_CONSULT_RINGING);
  g_assert_cmpint (lia_line_state (LIA_OWN_PHONE_INCOMING, call, "a_2"), ==, LIA_LINE_RINGING);
  ((LiaCallLeg *)call->legs->pdata[2])->state = LIA_LEG_UP;
  g_assert_cmpint (lia_line_state (LIA_OWN_PHONE_UP, call, "a_1"), ==, LIA_LINE_CONSULTING);
  g_assert_cmpint (lia_line_state (LIA_OWN_PHONE_UP, call, "a_2"), ==, LIA_LINE_TALKING);
}

static void
test_join (void)
{
  g_autoptr (LiaCall) call = make_call ("1.1", LIA_CALL_RINGING);

  g_assert_cmpint (lia_line_join ("+493012345678", NULL, NULL, call), ==, LIA_JOIN_NUMBER);
  g_assert_cmpint (lia_line_join ("03012345678", NULL, "s1", call), ==, LIA_JOIN_NUMBER);
  g_assert_cmpint (lia_line_join ("anonymous", NULL, NULL, call), ==, LIA_JOIN_LEFT);
  g_assert_cmpint (lia_line_join ("", "1.1", NULL, call), ==, LIA_JOIN_MARK);
  g_assert_cmpint (lia_line_join ("03012345678", "2.1", NULL, call), ==, LIA_JOIN_NONE);

  add_leg (call, "a_1", LIA_LEG_RINGING, 2000);
  g_set_str (&lia_line_my_leg (call, "a_1")->sip, "s1");
  g_assert_cmpint (lia_line_join ("", "2.1", "s1", call), ==, LIA_JOIN_SIP);
  /* Of another one it says nothing. */
  g_assert_cmpint (lia_line_join ("03012345678", NULL, "s2", call), ==, LIA_JOIN_NUMBER);
  g_assert_cmpint (lia_line_join ("03012345678", NULL, "", call), ==, LIA_JOIN_NUMBER);
}

/* A telephone on the desk, of which the engine tells */

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

/* Whom I asked does not come: who it was and why is said, and that the customer is with me again. When I go back myself, nothing is. */
static void
tell_consult (Fixture    *fixture,
              LiaLegState asked,
              gint64      cause)
{
  LiaCall        *call = make_talking (cause == 0 ? LIA_CALL_CONSULTING : LIA_CALL_TALKING);
  LiaCallSegment *consult;
  LiaCallLeg     *leg;

  add_segment (call, "a_1", LIA_SEGMENT_CONSULT);
  consult = call->segments->pdata[call->segments->len - 1];
  consult->from_ms = 3000;
  consult->to_ms = cause != 0 ? 5000 : 0;
  add_leg (call, "a_2", asked, 3000);
  leg = call->legs->pdata[call->legs->len - 1];
  leg->cause = cause;
  leg->ended_ms = cause != 0 ? 5000 : 0;
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
      tell_consult (fixture, cases[i].asked, 0);
      g_clear_pointer (&notice, g_free);
      tell_consult (fixture, cases[i].asked, cases[i].cause);
      g_assert_cmpstr (notice, ==, cases[i].notice);
    }

  /* Somebody who is busy may be gone before it is seen that they were rung. */
  tell (fixture, make_talking (LIA_CALL_TALKING));
  g_clear_pointer (&notice, g_free);
  tell_consult (fixture, LIA_LEG_RINGING, 17);
  g_assert_cmpstr (notice, ==, cases[0].notice);

  tell_consult (fixture, LIA_LEG_RINGING, 0);
  g_clear_pointer (&notice, g_free);
  act (fixture, "call.cancel-transfer");
  tell_consult (fixture, LIA_LEG_RINGING, 16);
  g_assert_null (notice);
  g_signal_handlers_disconnect_by_data (fixture->station, &notice);
}

static void
end_call (Fixture *fixture)
{
  LiaCall *call = make_talking (LIA_CALL_ENDED);

  call->ended_ms = 9000;
  tell (fixture, call);
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
set_me (Fixture    *fixture,
        const char *availability,
        gint64      until_ms)
{
  g_autoptr (LiaAgent) me = lia_agent_new ();
  LiaAgent *now = lia_client_get_me (fixture->client);

  g_set_str (&me->id, now->id);
  g_set_str (&me->name, now->name);
  g_set_str (&me->phone, now->phone);
  g_set_str (&me->extension, now->extension);
  g_set_str (&me->availability, availability);
  g_set_str (&me->reason, g_str_equal (availability, "paused") ? "Lunch" : "");
  me->since_ms = lia_time_now () - 12 * 60 * 1000;
  me->until_ms = until_ms;
  sample_client_set_me (fixture->client, me);
  settle ();
}

static void
set_availability (Fixture    *fixture,
                  const char *availability)
{
  set_me (fixture, availability, 0);
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

static GtkWidget *
find_of_type (GtkWidget *widget,
              GType      type)
{
  GtkWidget *found = gtk_widget_get_mapped (widget) && G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_of_type (child, type);

  return found;
}

/* What was chosen is not lost when the time is over, and kept when the next call begins. */
static void
test_wrap_up_chosen (Fixture      *fixture,
                     gconstpointer data)
{
  LiaCall *next = make_call ("2.1", LIA_CALL_TALKING);

  add_leg (next, "a_1", LIA_LEG_UP, 2000);
  add_segment (next, "a_1", LIA_SEGMENT_TALK);
  tell (fixture, make_talking (LIA_CALL_TALKING));
  end_call (fixture);
  set_availability (fixture, "wrap-up");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_of_type (GTK_WIDGET (fixture->workbench), GTK_TYPE_DROP_DOWN)), 1);
  set_availability (fixture, "available");
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  tell (fixture, next);
  assert_asked (fixture->client, "wrap-up 1.1 solved ");
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  g_assert_cmpstr (lia_phone_line_get_call (nth_line (fixture, 0))->uniqueid, ==, "2.1");
}

/* Of which nothing was said, nothing remains. */
static void
test_wrap_up_untouched (Fixture      *fixture,
                        gconstpointer data)
{
  LiaCall *next = make_call ("2.1", LIA_CALL_TALKING);

  add_leg (next, "a_1", LIA_LEG_UP, 2000);
  add_segment (next, "a_1", LIA_SEGMENT_TALK);
  tell (fixture, make_talking (LIA_CALL_TALKING));
  end_call (fixture);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  tell (fixture, next);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  g_assert_cmpstr (lia_phone_line_get_call (nth_line (fixture, 0))->uniqueid, ==, "2.1");
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

/* The telephone in the app */

static LiaLineState
state_of (Fixture *fixture)
{
  return count_lines (fixture) > 0 ? lia_phone_line_get_state (nth_line (fixture, 0)) : LIA_LINE_ENDED;
}

static void
test_softphone (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (LiaPhone) mine = make_silent_phone ("ann");
  g_autoptr (LiaPhone) theirs = make_silent_phone ("03012345678");
  g_autofree char *contact = lia_phone_dup_contact (mine);
  LiaPhoneCall    *call;
  LiaPhoneLine    *line;

  lia_phone_station_use_phone (fixture->station, mine);
  call = lia_phone_dial (theirs, contact);
  wait_until (state_of (fixture) == LIA_LINE_RINGING);
  line = nth_line (fixture, 0);
  g_assert_cmpstr (lia_phone_line_get_number (line), ==, "03012345678");
  g_assert_null (lia_phone_line_get_call (line));

  /* The engine says who it is: it is the same line. */
  tell_ringing (fixture);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  g_assert_cmpstr (lia_phone_line_get_call (line)->uniqueid, ==, "1.1");
  g_assert_cmpstr (open_conversation (fixture), ==, "c_3");

  act (fixture, "call.answer");
  wait_until (state_of (fixture) == LIA_LINE_TALKING);
  tell (fixture, make_talking (LIA_CALL_TALKING));
  sample_client_take_log (fixture->client);
  act (fixture, "call.mute");
  g_assert_true (lia_phone_line_is_on (line, LIA_LINE_MUTE));
  act (fixture, "call.hold");
  wait_until (state_of (fixture) == LIA_LINE_HELD);
  g_assert_false (lia_phone_line_is_pending (line, LIA_LINE_HOLD));
  /* All of that the telephone does itself. */
  assert_not_asked (fixture);

  lia_phone_call_hang_up (call);
  wait_until (state_of (fixture) == LIA_LINE_WRAP_UP);
  end_call (fixture);
  g_assert_cmpint (state_of (fixture), ==, LIA_LINE_WRAP_UP);
  act (fixture, "call.finish");
  assert_asked (fixture->client, "wrap-up 1.1");
  g_assert_cmpuint (count_lines (fixture), ==, 0);
}

/* The engine may be first. */
static void
test_engine_first (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (LiaPhone) mine = make_silent_phone ("ann");
  g_autoptr (LiaPhone) theirs = make_silent_phone ("03012345678");
  g_autofree char *contact = lia_phone_dup_contact (mine);

  lia_phone_station_use_phone (fixture->station, mine);
  tell_ringing (fixture);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  lia_phone_dial (theirs, contact);
  wait_until (lia_phone_line_get_phone_call (nth_line (fixture, 0)) != NULL);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  act (fixture, "call.hang-up");
  wait_until (count_lines (fixture) == 0);
}

static void
tell_second (Fixture    *fixture,
             const char *uniqueid,
             const char *sip)
{
  LiaCall *call = make_call (uniqueid, LIA_CALL_RINGING);

  add_leg (call, "a_1", LIA_LEG_RINGING, 2000);
  add_offer (call, "a_1", LIA_OFFER_OPEN);
  g_set_str (&lia_line_my_leg (call, "a_1")->sip, sip);
  tell (fixture, call);
}

static const char *
sip_of (Fixture    *fixture,
        const char *uniqueid)
{
  for (guint i = 0; i < count_lines (fixture); i++)
    {
      LiaPhoneLine *line = nth_line (fixture, i);
      LiaPhoneCall *phone_call = lia_phone_line_get_phone_call (line);

      if (lia_phone_line_get_call (line) != NULL && g_str_equal (lia_phone_line_get_call (line)->uniqueid, uniqueid))
        return phone_call != NULL ? lia_phone_call_get_sip_id (phone_call) : NULL;
    }

  return NULL;
}

/* Two callers with the same number: first joined as it comes, then by what the telephone system says. */
static void
test_same_number (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (LiaPhone) mine = make_silent_phone ("ann");
  g_autoptr (LiaPhone) one = make_silent_phone ("03012345678");
  g_autoptr (LiaPhone) other = make_silent_phone ("03012345678");
  g_autofree char *contact = lia_phone_dup_contact (mine);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  lia_phone_station_use_phone (fixture->station, mine);
  lia_phone_dial (one, contact);
  wait_until (count_lines (fixture) == 1);
  lia_phone_dial (other, contact);
  wait_until (count_lines (fixture) == 2);
  first = g_strdup (lia_phone_call_get_sip_id (lia_phone_line_get_phone_call (nth_line (fixture, 0))));
  second = g_strdup (lia_phone_call_get_sip_id (lia_phone_line_get_phone_call (nth_line (fixture, 1))));

  /* The engine tells of the second one first, and does not know it yet. */
  tell_second (fixture, "2.1", "");
  g_assert_cmpstr (sip_of (fixture, "2.1"), ==, first);
  tell_second (fixture, "2.1", second);
  g_assert_cmpstr (sip_of (fixture, "2.1"), ==, second);
  g_assert_cmpuint (count_lines (fixture), ==, 2);
  tell_second (fixture, "1.1", first);
  g_assert_cmpstr (sip_of (fixture, "1.1"), ==, first);
  g_assert_cmpstr (sip_of (fixture, "2.1"), ==, second);
  g_assert_cmpuint (count_lines (fixture), ==, 2);
}

/* Both were joined wrongly. */
static void
test_crossed (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (LiaPhone) mine = make_silent_phone ("ann");
  g_autoptr (LiaPhone) one = make_silent_phone ("03012345678");
  g_autoptr (LiaPhone) other = make_silent_phone ("03012345678");
  g_autofree char *contact = lia_phone_dup_contact (mine);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  lia_phone_station_use_phone (fixture->station, mine);
  tell_second (fixture, "2.1", "");
  tell_second (fixture, "1.1", "");
  lia_phone_dial (one, contact);
  wait_until (sip_of (fixture, "2.1") != NULL);
  lia_phone_dial (other, contact);
  wait_until (sip_of (fixture, "1.1") != NULL);
  first = g_strdup (sip_of (fixture, "2.1"));
  second = g_strdup (sip_of (fixture, "1.1"));

  tell_second (fixture, "1.1", first);
  tell_second (fixture, "2.1", second);
  g_assert_cmpstr (sip_of (fixture, "1.1"), ==, first);
  g_assert_cmpstr (sip_of (fixture, "2.1"), ==, second);
  g_assert_cmpuint (count_lines (fixture), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_get_info ("/org/liaisondesk/Liaison/style.css", 0, NULL, NULL, NULL);

  g_test_add_func ("/call-bar/states", test_states);
  g_test_add_func ("/call-bar/consultation", test_consultation);
  g_test_add_func ("/call-bar/join", test_join);
#define ADD(name, func) g_test_add ("/call-bar/" name, Fixture, NULL, set_up, func, workbench_tear_down)
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
  ADD ("transfer", test_transfer);
  ADD ("consult-fails", test_consult_fails);
  g_test_add ("/call-bar/narrow", Fixture, NULL, set_up, test_narrow, tear_down_narrow);
  ADD ("wrap-up", test_wrap_up);
  ADD ("wrap-up-over", test_wrap_up_over);
  ADD ("wrap-up-left", test_wrap_up_left);
  ADD ("wrap-up-chosen", test_wrap_up_chosen);
  ADD ("wrap-up-untouched", test_wrap_up_untouched);
  ADD ("note-in-progress", test_note_in_progress);
  ADD ("desk", test_desk);
  ADD ("two-calls", test_two_calls);
  ADD ("joined", test_joined);
  ADD ("availability", test_availability);
  ADD ("dial", test_dial);
  ADD ("softphone", test_softphone);
  ADD ("engine-first", test_engine_first);
  ADD ("same-number", test_same_number);
  ADD ("crossed", test_crossed);
#undef ADD

  return g_test_run ();
}
