/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a call: durations, outcomes, steps. */

#include "lia-agent.h"
#include "lia-call-words.h"
#include "lia-queue.h"
#include "lia-recording-words.h"

/* 2026-11-22 08:00 UTC */
#define NOW_MS G_GINT64_CONSTANT (1795334400000)
#define S 1000

static LiaCall *
call_new (LiaCallOutcome outcome,
          int            wait_s,
          int            talk_s,
          int            hold_s)
{
  LiaCall *call = lia_call_new ();

  call->state = LIA_CALL_ENDED;
  call->outcome = outcome;
  call->created_ms = NOW_MS;
  call->answered_ms = talk_s > 0 ? NOW_MS + wait_s * S : 0;
  call->ended_ms = NOW_MS + (wait_s + talk_s) * S;
  call->wait_ms = wait_s * S;
  call->hold_ms = hold_s * S;

  return call;
}

static void
add_wait (LiaCall      *call,
          int           from_s,
          int           to_s,
          LiaWaitResult result)
{
  LiaCallWait *wait = lia_call_wait_new ();

  g_set_str (&wait->queue, "q_1");
  wait->from_ms = NOW_MS + from_s * S;
  wait->to_ms = to_s > 0 ? NOW_MS + to_s * S : 0;
  wait->result = result;
  g_ptr_array_add (call->waits, wait);
}

static void
add_offer (LiaCall       *call,
           const char    *agent,
           int            from_s,
           int            to_s,
           LiaOfferResult result)
{
  LiaCallOffer *offer = lia_call_offer_new ();

  g_set_str (&offer->agent, agent);
  offer->from_ms = NOW_MS + from_s * S;
  offer->to_ms = NOW_MS + to_s * S;
  offer->result = result;
  g_ptr_array_add (call->offers, offer);
}

static void
add_segment (LiaCall       *call,
             const char    *agent,
             LiaSegmentKind kind,
             int            from_s,
             int            to_s)
{
  LiaCallSegment *segment = lia_call_segment_new ();

  g_set_str (&segment->agent, agent);
  segment->kind = kind;
  segment->from_ms = NOW_MS + from_s * S;
  segment->to_ms = to_s > 0 ? NOW_MS + to_s * S : 0;
  g_ptr_array_add (call->segments, segment);
}

static void
test_spans (void)
{
  static const struct
  {
    gint64      span_ms;
    const char *text;
  } cases[] = { { 0, "0:00" }, { 999, "0:00" }, { -5000, "0:00" }, { 42 * S, "0:42" }, { 725 * S, "12:05" }, { 3730 * S, "1:02:10" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lia_call_words_span (cases[i].span_ms);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_outcomes (void)
{
  static const struct
  {
    LiaCallOutcome outcome;
    int            wait_s, talk_s, hold_s;
    const char    *title;
    const char    *text;
  } cases[] = {
    { LIA_CALL_OUTCOME_ANSWERED, 22, 205, 20, "Incoming call", "Talked 3:05 · waited 0:22 · on hold 0:20" },
    { LIA_CALL_OUTCOME_ANSWERED, 0, 61, 0, "Incoming call", "Talked 1:01" },
    { LIA_CALL_OUTCOME_ANSWERED, 0, 61, 1, "Incoming call", "Talked 1:00 · on hold 0:01" },
    { LIA_CALL_OUTCOME_ANSWERED, 0, 61, 900, "Incoming call", "Talked 0:00 · on hold 1:01" },
    { LIA_CALL_OUTCOME_ABANDONED, 42, 0, 0, "Missed call", "Waited 0:42, then hung up" },
    { LIA_CALL_OUTCOME_ABANDONED, 0, 0, 0, "Missed call", "Hung up before somebody answered" },
    { LIA_CALL_OUTCOME_TIMED_OUT, 120, 0, 0, "Missed call", "Waited 2:00, nobody answered" },
    { LIA_CALL_OUTCOME_VOICEMAIL, 60, 0, 0, "Voicemail", "Waited 1:00, then left a message" },
    { LIA_CALL_OUTCOME_LOST, 5, 0, 0, "Missed call", "Ended while nobody could see it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaCall) call = call_new (cases[i].outcome, cases[i].wait_s, cases[i].talk_s, cases[i].hold_s);
      g_autofree char *text = lia_call_words_outcome (call, NOW_MS + 9999 * S);

      g_assert_cmpstr (lia_call_words_title (call), ==, cases[i].title);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* What goes on is said with the time that it has taken until now. */
static void
test_live (void)
{
  g_autoptr (LiaCall) call = call_new (LIA_CALL_OUTCOME_NONE, 0, 0, 0);
  g_autofree char *waits = NULL;
  g_autofree char *talks = NULL;
  g_autofree char *holds = NULL;

  call->ended_ms = 0;
  call->state = LIA_CALL_WAITING;
  add_wait (call, 3, 0, LIA_WAIT_OPEN);
  waits = lia_call_words_outcome (call, NOW_MS + 45 * S);
  g_assert_cmpstr (waits, ==, "Waits 0:42");
  g_assert_true (lia_call_is_waiting (call));
  g_assert_cmpint (lia_call_waited (call, NOW_MS + 45 * S), ==, 42 * S);

  call->state = LIA_CALL_TALKING;
  call->answered_ms = NOW_MS + 60 * S;
  ((LiaCallWait *)call->waits->pdata[0])->to_ms = call->answered_ms;
  talks = lia_call_words_outcome (call, NOW_MS + 125 * S);
  g_assert_cmpstr (talks, ==, "Talking 1:05");
  g_assert_false (lia_call_is_waiting (call));
  g_assert_cmpint (lia_call_waited (call, NOW_MS + 125 * S), ==, 57 * S);

  call->state = LIA_CALL_HELD;
  add_segment (call, "a_1", LIA_SEGMENT_HOLD, 130, 0);
  holds = lia_call_words_outcome (call, NOW_MS + 140 * S);
  g_assert_cmpstr (holds, ==, "On hold 0:10");
}

static GListModel *
make_agents (void)
{
  GListStore              *agents = g_list_store_new (LIA_TYPE_AGENT);
  static const char *const names[] = { "Ann", "Bob %1$s" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LiaAgent) agent = lia_agent_new ();

      agent->id = g_strdup_printf ("a_%u", i + 1);
      g_set_str (&agent->name, names[i]);
      g_list_store_append (agents, agent);
    }

  return G_LIST_MODEL (agents);
}

static GListModel *
make_queues (void)
{
  GListStore *queues = g_list_store_new (LIA_TYPE_QUEUE);
  g_autoptr (LiaQueue) queue = lia_queue_new ();

  g_set_str (&queue->id, "q_1");
  g_set_str (&queue->name, "Support");
  g_list_store_append (queues, queue);

  return G_LIST_MODEL (queues);
}

static void
test_steps (void)
{
  g_autoptr (LiaCall) call = call_new (LIA_CALL_OUTCOME_ANSWERED, 30, 260, 20);
  g_autoptr (GListModel) agents = make_agents ();
  g_autoptr (GListModel) queues = make_queues ();
  g_autoptr (GPtrArray) steps = NULL;
  static const char *const expected[] = {
    "Waited in Support 0:30",
    "Rang Ann 0:12, no answer",
    "Rang Bob %1$s 0:05, answered", /* a name is no format */
    "Talked with Bob %1$s 3:05",
    "On hold 0:20",
    "Transferred to Ann, talked 0:55",
    "Ann wrapped up 0:30",
  };

  add_wait (call, 0, 30, LIA_WAIT_ANSWERED);
  add_offer (call, "a_1", 5, 17, LIA_OFFER_NO_ANSWER);
  add_offer (call, "a_2", 25, 30, LIA_OFFER_ANSWERED);
  add_segment (call, "a_2", LIA_SEGMENT_RING, 25, 30);
  add_segment (call, "a_2", LIA_SEGMENT_TALK, 30, 215);
  add_segment (call, "a_2", LIA_SEGMENT_HOLD, 215, 235);
  add_segment (call, "a_1", LIA_SEGMENT_TALK, 235, 290);
  add_segment (call, "a_1", LIA_SEGMENT_WRAP, 290, 320);

  steps = lia_call_words_steps (call, agents, queues, NOW_MS);
  g_assert_cmpuint (steps->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < steps->len; i++)
    g_assert_cmpstr (((LiaCallStep *)steps->pdata[i])->text, ==, expected[i]);
}

/* Who is not known is still somebody. */
static void
test_unknown (void)
{
  g_autoptr (LiaCall) call = call_new (LIA_CALL_OUTCOME_ANSWERED, 0, 60, 0);
  g_autoptr (GPtrArray) steps = NULL;
  g_autofree char *number = lia_call_words_number (call);
  g_autofree char *marks = lia_call_words_marks (call);
  g_autofree char *warned = NULL;

  add_segment (call, "", LIA_SEGMENT_TALK, 0, 60);
  steps = lia_call_words_steps (call, NULL, NULL, NOW_MS);
  g_assert_cmpstr (((LiaCallStep *)steps->pdata[0])->text, ==, "Talked with a colleague 1:00");
  g_assert_cmpstr (number, ==, "Unknown number");
  g_assert_null (marks);

  call->recovered = TRUE;
  warned = lia_call_words_marks (call);
  g_assert_cmpstr (warned, ==, "A part of this call was not seen; times may be missing.");
}

static LiaCallRecording *
add_recording (LiaCall          *call,
               LiaRecordingState state,
               gboolean          is_voicemail)
{
  LiaCallRecording *recording = lia_call_recording_new ();

  g_set_str (&recording->file, "a.wav");
  recording->state = state;
  recording->is_voicemail = is_voicemail;
  recording->from_ms = NOW_MS;
  recording->to_ms = NOW_MS + 34 * S;
  g_ptr_array_add (call->recordings, recording);

  return recording;
}

static void
test_recordings (void)
{
  static const struct
  {
    LiaRecordingState state;
    gboolean          is_voicemail;
    const char       *problem;
    const char       *words;
  } cases[] = {
    { LIA_RECORDING_KEPT, FALSE, "", NULL },
    { LIA_RECORDING_FETCHING, FALSE, "", "The recording is being fetched from the telephone system…" },
    { LIA_RECORDING_FETCHING, TRUE, "", "The message is being fetched from the telephone system…" },
    { LIA_RECORDING_FETCHING, TRUE, "No %s.", "The message could not be fetched yet, and is tried again: No %s." },
    { LIA_RECORDING_REMOTE, FALSE, "", "The recording stays on the telephone system, as \u2068a.wav\u2069" },
    { LIA_RECORDING_FAILED, TRUE, "It is gone.", "The message was not fetched: It is gone." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaCall) call = call_new (LIA_CALL_OUTCOME_ANSWERED, 0, 60, 0);
      LiaCallRecording *recording = add_recording (call, cases[i].state, cases[i].is_voicemail);
      g_autofree char  *words = NULL;

      g_set_str (&recording->problem, cases[i].problem);
      words = lia_recording_words (call);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_consent (void)
{
  g_autoptr (LiaCall) call = call_new (LIA_CALL_OUTCOME_ANSWERED, 0, 60, 0);
  LiaCallConsent *consent = lia_call_consent_new ();
  g_autoptr (GListStore) agents = g_list_store_new (LIA_TYPE_AGENT);
  g_autoptr (LiaAgent) agent = lia_agent_new ();
  g_autofree char *nothing = lia_recording_words_consent (call, NULL);
  g_autofree char *unmarked = NULL;
  g_autofree char *marked = NULL;

  g_assert_null (nothing);
  add_recording (call, LIA_RECORDING_KEPT, FALSE);
  unmarked = lia_recording_words_consent (call, NULL);
  g_assert_cmpstr (unmarked, ==, "Recorded without a mark of consent");

  agent->id = g_strdup ("a_1");
  agent->name = g_strdup ("%s Nowak");
  g_list_store_append (agents, agent);
  g_set_str (&consent->agent, "a_1");
  consent->at_ms = NOW_MS;
  g_ptr_array_add (call->consents, consent);
  marked = lia_recording_words_consent (call, G_LIST_MODEL (agents));
  g_assert_true (g_str_has_suffix (marked, ", and they agreed to be recorded"));
}

/* How long the message is, and while it is being left. */
static void
test_voicemail (void)
{
  g_autoptr (LiaCall) call = call_new (LIA_CALL_OUTCOME_VOICEMAIL, 60, 0, 0);
  g_autoptr (LiaCall) live = call_new (LIA_CALL_OUTCOME_NONE, 60, 0, 0);
  g_autofree char *left = NULL;
  g_autofree char *leaves = NULL;

  add_recording (call, LIA_RECORDING_KEPT, TRUE);
  left = lia_call_words_outcome (call, NOW_MS);
  g_assert_cmpstr (left, ==, "Waited 1:00, then left a message · 0:34");

  live->ended_ms = 0;
  live->state = LIA_CALL_NEW;
  add_recording (live, LIA_RECORDING_RUNNING, TRUE)->to_ms = 0;
  leaves = lia_call_words_outcome (live, NOW_MS + 7 * S);
  g_assert_cmpstr (leaves, ==, "Leaves a message 0:07");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call-words/spans", test_spans);
  g_test_add_func ("/call-words/outcomes", test_outcomes);
  g_test_add_func ("/call-words/live", test_live);
  g_test_add_func ("/call-words/steps", test_steps);
  g_test_add_func ("/call-words/unknown", test_unknown);
  g_test_add_func ("/call-words/recordings", test_recordings);
  g_test_add_func ("/call-words/consent", test_consent);
  g_test_add_func ("/call-words/voicemail", test_voicemail);

  return g_test_run ();
}
