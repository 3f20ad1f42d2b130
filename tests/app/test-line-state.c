/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a call is for an agent, and which of what the telephone and the engine say belong together: the rules, without a window. */
#include "call-test.h"

#include <libdex.h>

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

/* Who listens has no call of her own by that, and gets none when the others go on without her. */
static void
test_listening (void)
{
  g_autoptr (LiaCall) call = make_call ("1.1", LIA_CALL_TALKING);
  LiaCallLeg *spy;

  add_leg (call, "a_1", LIA_LEG_UP, 2000);
  add_leg (call, "a_2", LIA_LEG_UP, 3000);
  spy = call->legs->pdata[call->legs->len - 1];
  spy->kind = LIA_LEG_SPY;

  g_assert_true (lia_line_is_mine (call, "a_2"));
  g_assert_null (lia_line_my_leg (call, "a_2"));
  g_assert_true (lia_line_spy_leg (call, "a_2") == spy);
  g_assert_cmpstr (lia_line_listened_leg (call)->agent, ==, "a_1");
  g_assert_cmpint (lia_line_listening_state (LIA_OWN_PHONE_INCOMING, NULL, "a_2"), ==, LIA_LINE_DIALLING);
  g_assert_cmpint (lia_line_listening_state (LIA_OWN_PHONE_UP, call, "a_2"), ==, LIA_LINE_LISTENING);
  g_assert_cmpint (lia_line_listening_state (LIA_OWN_PHONE_NONE, call, "a_2"), ==, LIA_LINE_LISTENING);
  g_assert_cmpint (lia_line_listening_state (LIA_OWN_PHONE_ENDED, call, "a_2"), ==, LIA_LINE_ENDED);
  g_assert_cmpint (lia_line_state (LIA_OWN_PHONE_UP, call, "a_1"), ==, LIA_LINE_TALKING);

  spy->ended_ms = 9000;
  g_assert_false (lia_line_is_mine (call, "a_2"));
  g_assert_cmpint (lia_line_listening_state (LIA_OWN_PHONE_NONE, call, "a_2"), ==, LIA_LINE_ENDED);
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/line-state/states", test_states);
  g_test_add_func ("/line-state/consultation", test_consultation);
  g_test_add_func ("/line-state/listening", test_listening);
  g_test_add_func ("/line-state/join", test_join);

  return g_test_run ();
}
