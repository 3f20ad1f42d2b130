/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the dialplan notes of callers: every end of a call, and whatever else may stand in a database. */

#include "lia-ami-left.h"

#define KEY "/liaison-left/22/1795358734.4"
#define S G_GINT64_CONSTANT (1000)
#define CAME_MS (1795358734 * S)

static LiaCall *
parse (const char *value)
{
  g_autoptr (LiaAmiDirectory) directory = lia_ami_directory_new ();

  lia_ami_directory_add (directory, "a_1", "PJSIP/alice", "201", "");

  return lia_ami_left_parse ("h_2", directory, KEY, value, 0);
}

static void
test_whole (void)
{
  g_autoptr (LiaCall) call = parse ("1|1795358734|1795358735|1795358740|1795358741|TIMEOUT|support|500|allowed_not_screened|PJSIP/trunk-00000001|030123|Ann | Lee");
  const LiaCallWait *wait;

  g_assert_nonnull (call);
  g_assert_cmpstr (call->pbx, ==, "h_2");
  g_assert_cmpstr (call->uniqueid, ==, "1795358734.4");
  g_assert_cmpstr (call->queue, ==, "support");
  g_assert_cmpstr (call->did, ==, "500");
  g_assert_cmpstr (call->number, ==, "030123");
  g_assert_cmpstr (call->name, ==, "Ann | Lee");
  g_assert_cmpint (call->created_ms, ==, CAME_MS);
  g_assert_cmpint (call->ended_ms, ==, CAME_MS + 7 * S);
  g_assert_cmpint (call->wait_ms, ==, 5 * S);
  g_assert_true (call->offline && call->state == LIA_CALL_ENDED);
  wait = lia_call_last_wait (call);
  g_assert_cmpint (wait->from_ms, ==, CAME_MS + S);
  g_assert_cmpint (wait->to_ms, ==, CAME_MS + 6 * S);
}

static void
test_results (void)
{
  static const struct
  {
    const char    *result;
    LiaCallOutcome outcome;
    LiaWaitResult  wait;
    gint64         answered_ms;
  } cases[] = {
    { "ANSWER", LIA_CALL_OUTCOME_ANSWERED, LIA_WAIT_ANSWERED, CAME_MS + 5 * S },
    { "CONTINUE", LIA_CALL_OUTCOME_ANSWERED, LIA_WAIT_ANSWERED, CAME_MS + 5 * S },
    { "ABANDON", LIA_CALL_OUTCOME_ABANDONED, LIA_WAIT_ABANDONED, 0 },
    { "TIMEOUT", LIA_CALL_OUTCOME_TIMED_OUT, LIA_WAIT_TIMED_OUT, 0 },
    { "JOINEMPTY", LIA_CALL_OUTCOME_CLOSED, LIA_WAIT_CLOSED, 0 },
    { "FULL", LIA_CALL_OUTCOME_CLOSED, LIA_WAIT_CLOSED, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = g_strdup_printf ("1|1795358734|1795358734|1795358739|1795358800|%s|support|500|allowed|PJSIP/trunk-1|030|", cases[i].result);
      g_autoptr (LiaCall) call = parse (value);

      g_assert_nonnull (call);
      g_assert_cmpint (call->outcome, ==, cases[i].outcome);
      g_assert_cmpint (lia_call_last_wait (call)->result, ==, cases[i].wait);
      g_assert_cmpint (call->answered_ms, ==, cases[i].answered_ms);
    }
}

#define NOTE(result, queue, files) "2|1795358734|1795358734|1795358739|1795358800|" result "|" queue "|500|allowed|PJSIP/trunk-1|" files "|030|Ann | Lee"

/* What was recorded is where the PBX can be asked for it; a message that nobody has spoken into is none, and no name leads elsewhere. */
static void
test_files (void)
{
  static const struct
  {
    const char    *value;
    LiaCallOutcome outcome;
    const char    *message, *recorded;
  } cases[] = {
    { NOTE ("TIMEOUT", "support", "liaison-voicemail-1.4.wav|16044|"), LIA_CALL_OUTCOME_VOICEMAIL, "liaison-voicemail-1.4.wav", NULL },
    { NOTE ("TIMEOUT", "support", "liaison-voicemail-1.4.wav||"), LIA_CALL_OUTCOME_VOICEMAIL, "liaison-voicemail-1.4.wav", NULL },
    { NOTE ("TIMEOUT", "support", "liaison-voicemail-1.4.wav|44|"), LIA_CALL_OUTCOME_TIMED_OUT, NULL, NULL },
    { NOTE ("CLOSED", "", "liaison-voicemail-1.4.wav|16044|"), LIA_CALL_OUTCOME_VOICEMAIL, "liaison-voicemail-1.4.wav", NULL },
    { NOTE ("ANSWER", "support", "||/var/spool/asterisk/monitor/2026/a.wav"), LIA_CALL_OUTCOME_ANSWERED, NULL, "2026/a.wav" },
    { NOTE ("ANSWER", "support", "m.wav|16044|/var/spool/asterisk/monitor/a.wav"), LIA_CALL_OUTCOME_ANSWERED, "m.wav", "a.wav" },
    { NOTE ("ANSWER", "support", "../m.wav|16044|/var/spool/asterisk/monitor/../../a.wav"), LIA_CALL_OUTCOME_ANSWERED, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaCall) call = parse (cases[i].value);
      const LiaCallRecording *message = cases[i].message != NULL ? lia_call_find_recording (call, cases[i].message) : NULL;
      const LiaCallRecording *recorded = cases[i].recorded != NULL ? lia_call_find_recording (call, cases[i].recorded) : NULL;

      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (call->outcome, ==, cases[i].outcome);
      g_assert_cmpuint (call->recordings->len, ==, (cases[i].message != NULL) + (cases[i].recorded != NULL));
      g_assert_true (cases[i].message == NULL || (message != NULL && message->is_voicemail && message->to_ms == call->ended_ms));
      g_assert_true (cases[i].recorded == NULL || (recorded != NULL && !recorded->is_voicemail && g_str_equal (recorded->leg, call->uniqueid)));
      g_assert_cmpuint (call->waits->len, ==, *call->queue != '\0');
      g_assert_cmpstr (call->name, ==, "Ann | Lee");
    }
}

/* In no queue: how it ended says the telephone that was rung. */
static void
test_direct (void)
{
  static const struct
  {
    const char    *result;
    LiaCallOutcome outcome;
  } cases[] = {
    { "ANSWER", LIA_CALL_OUTCOME_ANSWERED },
    { "CANCEL", LIA_CALL_OUTCOME_ABANDONED },
    { "", LIA_CALL_OUTCOME_ABANDONED },
    { "NOANSWER", LIA_CALL_OUTCOME_NO_ANSWER },
    { "BUSY", LIA_CALL_OUTCOME_REJECTED },
    { "CHANUNAVAIL", LIA_CALL_OUTCOME_UNREACHABLE },
    { "CONGESTION", LIA_CALL_OUTCOME_UNREACHABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = g_strdup_printf ("1|1795358734||1795358739|1795358800|%s||530|allowed|PJSIP/trunk-1|030|", cases[i].result);
      g_autoptr (LiaCall) call = parse (value);

      g_assert_nonnull (call);
      g_assert_cmpint (call->outcome, ==, cases[i].outcome);
      g_assert_cmpint (call->answered_ms, ==, cases[i].outcome == LIA_CALL_OUTCOME_ANSWERED ? CAME_MS + 5 * S : 0);
      g_assert_cmpint (call->ended_ms, ==, CAME_MS + 66 * S);
      g_assert_cmpuint (call->waits->len, ==, 0);
      g_assert_cmpint (call->wait_ms, ==, 0);
      g_assert_cmpstr (call->queue, ==, "");
    }
}

/* Times that cannot be are brought between the first and the last one. */
static void
test_times (void)
{
  g_autoptr (LiaCall) call = parse ("1|1795358734|99|1795999999|1795358800|ABANDON|support|500|allowed|PJSIP/trunk-1|030|");

  g_assert_nonnull (call);
  g_assert_cmpint (lia_call_last_wait (call)->from_ms, ==, CAME_MS);
  g_assert_cmpint (lia_call_last_wait (call)->to_ms, ==, call->ended_ms);
}

static void
test_withheld (void)
{
  g_autoptr (LiaCall) call = parse ("1|1795358734|1795358734|1795358739|1795358800|ABANDON|support|500|prohib_passed_screen|PJSIP/trunk-1|030|Ann");

  g_assert_true (call->withheld);
  g_assert_cmpstr (call->number, ==, "");
  g_assert_cmpstr (call->name, ==, "");
}

static void
test_none (void)
{
  static const char *const values[] = {
    "",
    "1",
    "|||||||||||",
    "3|1795358734|1795358734|1795358739|1795358800|ABANDON|support|500|allowed|PJSIP/trunk-1||||030|", /* of a later Liaison */
    "2|1795358734|1795358734|1795358739|1795358800|ABANDON|support|500|allowed|PJSIP/trunk-1|030|",
    "1|soon|1795358734|1795358739|1795358800|ABANDON|support|500|allowed|PJSIP/trunk-1|030|",
    "1|1795358734|1795358734|1795358739|1795358733|ABANDON|support|500|allowed|PJSIP/trunk-1|030|",
    "1|1795358734|1795358734|1795358739|99999999999999999999|ABANDON|support|500|allowed|PJSIP/trunk-1|030|",
    "1|-5|1795358734|1795358739|1795358800|ABANDON|support|500|allowed|PJSIP/trunk-1|030|",
    "1|1795358734|1795358734|1795358739|1795358800|ABANDON|support|500|allowed|PJSIP/alice-0000001c|201|Alice", /* a colleague */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_null (parse (values[i]));
}

/* The dialplan's strftime(%d) in UTC. */
static void
test_place (void)
{
  g_autofree char *last = lia_ami_left_key ("1795996799.1", 1795996799 * S);
  g_autofree char *first = lia_ami_left_family (1796083200 * S);
  g_autofree char *never = lia_ami_left_family (-1);

  g_assert_cmpstr (last, ==, "liaison-left/29/1795996799.1");
  g_assert_cmpstr (first, ==, "liaison-left/01");
  g_assert_cmpstr (never, ==, "liaison-left/01");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ami-left/whole", test_whole);
  g_test_add_func ("/ami-left/results", test_results);
  g_test_add_func ("/ami-left/files", test_files);
  g_test_add_func ("/ami-left/direct", test_direct);
  g_test_add_func ("/ami-left/times", test_times);
  g_test_add_func ("/ami-left/withheld", test_withheld);
  g_test_add_func ("/ami-left/none", test_none);
  g_test_add_func ("/ami-left/place", test_place);

  return g_test_run ();
}
