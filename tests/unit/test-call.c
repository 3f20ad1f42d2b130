/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values of the phone: copies are of their own, times add up, every word has its value. */

#include "lia-call.h"
#include "lia-queue-member.h"

static void
add_segment (LiaCall       *call,
             const char    *agent,
             LiaSegmentKind kind,
             gint64         from_ms,
             gint64         to_ms)
{
  LiaCallSegment *segment = lia_call_segment_new ();

  g_set_str (&segment->agent, agent);
  segment->kind = kind;
  segment->from_ms = from_ms;
  segment->to_ms = to_ms;
  g_ptr_array_add (call->segments, segment);
}

static LiaCall *
make_call (void)
{
  LiaCall     *call = lia_call_new ();
  LiaCallLeg  *leg = lia_call_leg_new ();
  LiaCallWait *wait = lia_call_wait_new ();

  g_set_str (&call->uniqueid, "1700000000.1");
  g_set_str (&call->number, "030 12345678");
  g_strfreev (call->linked);
  call->linked = g_strsplit ("1700000000.1 1700000000.9", " ", -1);
  call->state = LIA_CALL_TALKING;
  g_set_str (&leg->uniqueid, "1700000000.1");
  leg->state = LIA_LEG_UP;
  g_ptr_array_add (call->legs, leg);
  g_set_str (&wait->queue, "support");
  wait->position = 2;
  g_ptr_array_add (call->waits, wait);
  add_segment (call, "a_1", LIA_SEGMENT_TALK, 1000, 5000);
  add_segment (call, "a_1", LIA_SEGMENT_HOLD, 5000, 8000);
  add_segment (call, "a_2", LIA_SEGMENT_TALK, 8000, 0);

  return call;
}

static void
test_copy (void)
{
  g_autoptr (LiaCall) call = make_call ();
  g_autoptr (LiaCall) copy = lia_call_copy (call);
  LiaCallWait *wait = lia_call_last_wait (copy);

  wait->position = 1;
  g_set_str (&copy->number, "");
  lia_call_find_segment (copy, LIA_SEGMENT_TALK, "a_2")->to_ms = 9000;

  g_assert_cmpstr (call->number, ==, "030 12345678");
  g_assert_cmpint (lia_call_last_wait (call)->position, ==, 2);
  g_assert_cmpint (lia_call_find_segment (call, LIA_SEGMENT_TALK, NULL)->to_ms, ==, 0);
  g_assert_cmpstr (copy->uniqueid, ==, "1700000000.1");
  g_assert_cmpstr (copy->linked[1], ==, "1700000000.9");
  g_assert_cmpint (copy->state, ==, LIA_CALL_TALKING);
  g_assert_cmpint (copy->legs->len, ==, 1);
  g_assert_cmpstr (wait->queue, ==, "support");
}

static void
test_time_in (void)
{
  g_autoptr (LiaCall) call = make_call ();

  g_assert_cmpint (lia_call_time_in (call, LIA_SEGMENT_TALK, NULL, 10000), ==, 6000);
  g_assert_cmpint (lia_call_time_in (call, LIA_SEGMENT_TALK, "a_1", 10000), ==, 4000);
  g_assert_cmpint (lia_call_time_in (call, LIA_SEGMENT_HOLD, "a_1", 10000), ==, 3000);
  g_assert_cmpint (lia_call_time_in (call, LIA_SEGMENT_WRAP, NULL, 10000), ==, 0);
  g_assert_cmpint (lia_call_time_in (call, LIA_SEGMENT_TALK, "a_2", 7000), ==, 0); /* a clock that went back */
}

static void
test_find (void)
{
  g_autoptr (LiaCall) call = make_call ();
  g_autoptr (LiaCall) empty = lia_call_new ();

  g_assert_cmpint (lia_call_find_segment (call, LIA_SEGMENT_TALK, NULL)->from_ms, ==, 8000);
  g_assert_cmpint (lia_call_find_segment (call, LIA_SEGMENT_TALK, "a_1")->from_ms, ==, 1000);
  g_assert_null (lia_call_find_segment (call, LIA_SEGMENT_PARK, NULL));
  g_assert_null (lia_call_last_wait (empty));
}

/* The last value of each enum: a word too few would show here */
static void
test_words (void)
{
  LiaCallState   state = LIA_CALL_NEW;
  LiaCallOutcome outcome = LIA_CALL_OUTCOME_NONE;
  LiaMemberState member = LIA_MEMBER_UNKNOWN;

  g_assert_cmpstr (lia_call_direction_to_string (LIA_CALL_INTERNAL), ==, "internal");
  g_assert_cmpstr (lia_call_state_to_string (LIA_CALL_ENDED), ==, "ended");
  g_assert_cmpstr (lia_call_outcome_to_string (LIA_CALL_OUTCOME_LOST), ==, "lost");
  g_assert_cmpstr (lia_leg_kind_to_string (LIA_LEG_SPY), ==, "spy");
  g_assert_cmpstr (lia_leg_state_to_string (LIA_LEG_UP), ==, "up");
  g_assert_cmpstr (lia_segment_kind_to_string (LIA_SEGMENT_WRAP), ==, "wrap");
  g_assert_cmpstr (lia_offer_result_to_string (LIA_OFFER_UNREACHABLE), ==, "unreachable");
  g_assert_cmpstr (lia_wait_result_to_string (LIA_WAIT_LOST), ==, "lost");
  g_assert_cmpstr (lia_member_state_to_string (LIA_MEMBER_UNREACHABLE), ==, "unreachable");
  g_assert_cmpstr (lia_match_level_to_string (LIA_MATCH_EXACT), ==, "exact");

  g_assert_true (lia_call_state_from_string ("parked", &state));
  g_assert_cmpint (state, ==, LIA_CALL_PARKED);
  g_assert_true (lia_call_outcome_from_string ("timed-out", &outcome));
  g_assert_cmpint (outcome, ==, LIA_CALL_OUTCOME_TIMED_OUT);
  g_assert_false (lia_member_state_from_string ("asleep", &member));
  g_assert_cmpint (member, ==, LIA_MEMBER_UNKNOWN);
}

static void
test_member (void)
{
  g_autoptr (LiaQueueMember) member = lia_queue_member_new ();
  g_autoptr (LiaQueueMember) copy = NULL;

  g_set_str (&member->interface, "PJSIP/alice");
  member->paused = TRUE;
  g_set_str (&member->reason, "Lunch");
  copy = lia_queue_member_copy (member);

  g_assert_cmpstr (copy->interface, ==, "PJSIP/alice");
  g_assert_cmpstr (copy->reason, ==, "Lunch");
  g_assert_true (copy->paused);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call/copy", test_copy);
  g_test_add_func ("/call/time-in", test_time_in);
  g_test_add_func ("/call/find", test_find);
  g_test_add_func ("/call/words", test_words);
  g_test_add_func ("/call/member", test_member);

  return g_test_run ();
}
