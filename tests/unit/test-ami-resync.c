/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Each trace is cut at every end of a message: a model that begins there, with the open calls of the one before and with lists that the ledger
 * makes up, comes to the same calls. Then what is told when the line was down for a while, and the audit.
 */

#include "lia-test-ami.h"

static char *fixtures;

static LiaTestMessage *
entry_at (LiaTestTrace *trace,
          guint         index)
{
  return &g_array_index (trace->messages, LiaTestMessage, index);
}

static gint64
time_of (LiaTestTrace *trace,
         guint         index)
{
  for (guint i = index; i-- > 0;)
    {
      gint64 time_ms = lia_ami_message_get_time (entry_at (trace, i)->message);

      if (time_ms != 0)
        return time_ms;
    }

  return trace->start_ms;
}

static void
play (LiaTestListener *listener,
      LiaTestTrace    *trace,
      guint            from,
      guint            to)
{
  for (guint i = from; i < to; i++)
    lia_test_listener_handle (listener, entry_at (trace, i)->message);
}

static void
resync (LiaTestListener *listener,
        LiaTestTrace    *trace,
        LiaTestLedger   *ledger,
        guint            index)
{
  gint64 now_ms = time_of (trace, index);
  g_autoptr (LiaAmiSnapshot) snapshot = lia_test_ledger_list (ledger, now_ms);

  lia_ami_model_resync (listener->model, snapshot, now_ms);
  lia_ami_model_flush (listener->model);
}

static void
restore_all (LiaTestListener *listener,
             LiaAmiModel     *earlier)
{
  g_autoptr (GPtrArray) calls = lia_ami_model_list_calls (earlier);

  for (guint i = 0; i < calls->len; i++)
    {
      LiaCall *call = calls->pdata[i];

      g_hash_table_insert (listener->calls, g_strdup (call->uniqueid), g_object_ref (call));
      lia_ami_model_restore (listener->model, call);
    }
}

static char *
play_whole (LiaTestTrace *trace)
{
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);

  play (listener, trace, 0, trace->messages->len);

  return lia_test_listener_describe (listener);
}

/* Messages that nobody needs make no new place to cut at. */
static gboolean
is_noise (LiaTestTrace *trace,
          guint         index)
{
  static const char *const noise[] = { "CEL", "TestEvent", "DeviceStateChange", "MusicOnHoldStart", "MusicOnHoldStop", "ExtensionStatus", "NewConnectedLine", "RTCPSent", "RTCPReceived", "SoftHangupRequest", "DialState", "CoreShowChannel", "QueueEntry", NULL };

  return g_strv_contains (noise, lia_ami_message_get_name (entry_at (trace, index)->message));
}

static void
check_cut (LiaTestTrace    *trace,
           LiaTestListener *before,
           LiaTestLedger   *ledger,
           guint            index,
           const char      *expected)
{
  g_autoptr (LiaTestListener) after = lia_test_listener_new (trace->start_ms);
  g_autofree char *found = NULL;
  g_autofree char *name = g_strdup_printf ("%s cut before message %u", trace->name, index);

  restore_all (after, before->model);
  resync (after, trace, ledger, index);
  play (after, trace, index, trace->messages->len);
  lia_test_listener_merge (after, before);
  found = lia_test_listener_describe (after);
  lia_test_compare (name, found, expected, 0);
}

static void
test_cut (gconstpointer data)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, data);
  g_autoptr (LiaTestListener) before = lia_test_listener_new (trace->start_ms);
  g_autoptr (LiaTestLedger) ledger = lia_test_ledger_new (trace);
  g_autofree char *expected = play_whole (trace);

  for (guint i = 0; i < trace->messages->len && !g_test_failed (); i++)
    {
      lia_test_listener_handle (before, entry_at (trace, i)->message);
      lia_test_ledger_advance (ledger, entry_at (trace, i)->piece + 1);
      if (!is_noise (trace, i))
        check_cut (trace, before, ledger, i + 1, expected);
    }
}

/* The same model goes on: nothing was missed, so lists change nothing, and the audit finds nothing. */
static void
test_audit (gconstpointer data)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, data);
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
  g_autoptr (LiaTestLedger) ledger = lia_test_ledger_new (trace);
  g_autofree char *expected = play_whole (trace);
  g_autofree char *found = NULL;

  for (guint i = 0; i < trace->messages->len && !g_test_failed (); i++)
    {
      lia_test_listener_handle (listener, entry_at (trace, i)->message);
      lia_test_ledger_advance (ledger, entry_at (trace, i)->piece + 1);
      if (is_noise (trace, i))
        continue;

      g_autoptr (LiaAmiSnapshot) snapshot = lia_test_ledger_list (ledger, time_of (trace, i + 1));
      g_auto (GStrv) differences = lia_ami_model_audit (listener->model, snapshot);
      g_autofree char *text = g_strjoinv ("; ", differences);

      if (*text != '\0')
        g_test_fail_printf ("%s after message %u: %s", trace->name, i, text);
      resync (listener, trace, ledger, i + 1);
    }
  found = lia_test_listener_describe (listener);
  lia_test_compare (data, found, expected, 0);
}

/* The engine knows of no call before: those that go on are found, each once, and end as they did. */
static void
test_fresh (gconstpointer data)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, data);
  g_autoptr (LiaTestListener) before = lia_test_listener_new (trace->start_ms);
  g_autoptr (LiaTestLedger) ledger = lia_test_ledger_new (trace);

  for (guint i = 0; i < trace->messages->len && !g_test_failed (); i++)
    {
      g_autoptr (LiaTestListener) after = NULL;
      g_autoptr (GPtrArray) calls = NULL;

      lia_test_listener_handle (before, entry_at (trace, i)->message);
      lia_test_ledger_advance (ledger, entry_at (trace, i)->piece + 1);
      if (is_noise (trace, i))
        continue;

      after = lia_test_listener_new (trace->start_ms);
      resync (after, trace, ledger, i + 1);
      calls = lia_ami_model_list_calls (before->model);
      g_assert_cmpuint (g_hash_table_size (after->calls), <=, calls->len + 1); /* a spy's leg may be a call until it is known what it does */
      for (guint j = 0; j < calls->len; j++)
        g_assert_true (((LiaCall *)calls->pdata[j])->tainted || g_hash_table_size (after->calls) > 0);
      play (after, trace, i + 1, trace->messages->len);
    }
}

/* Nothing is heard for some messages; what ended meanwhile is lost, and nothing else stays. */
static void
test_gap (gconstpointer data)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, data);

  for (guint from = 0; from < trace->messages->len; from += 7)
    {
      g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
      g_autoptr (LiaTestLedger) ledger = lia_test_ledger_new (trace);
      const guint missed = g_test_rand_int_range (5, 200);
      const guint to = MIN (from + missed, trace->messages->len);

      play (listener, trace, 0, from);
      lia_test_ledger_advance (ledger, entry_at (trace, to - 1)->piece + 1);
      resync (listener, trace, ledger, to);
      play (listener, trace, to, trace->messages->len);

      lia_test_ledger_advance (ledger, trace->pieces->len);
      g_autoptr (LiaAmiSnapshot) snapshot = lia_test_ledger_list (ledger, time_of (trace, trace->messages->len));
      g_auto (GStrv) differences = lia_ami_model_audit (listener->model, snapshot);
      g_autofree char *text = g_strjoinv ("; ", differences);

      g_assert_cmpstr (text, ==, "");
    }
}

/* Whoever asks for lists each time a message is damaged knows of all callers. */
static void
check_hostile (const char *name,
               guint       n_calls,
               guint       n_tainted)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, name);
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
  g_autoptr (LiaTestLedger) ledger = lia_test_ledger_new (trace);
  GHashTableIter iter;
  LiaCall       *call;

  for (guint i = 0; i < trace->messages->len; i++)
    {
      lia_test_listener_handle (listener, entry_at (trace, i)->message);
      lia_test_ledger_advance (ledger, entry_at (trace, i)->piece + 1);
      if (lia_ami_message_get_taint (entry_at (trace, i)->message) != 0)
        resync (listener, trace, ledger, i + 1);
    }
  g_assert_cmpuint (g_hash_table_size (listener->calls), ==, n_calls);
  g_hash_table_iter_init (&iter, listener->calls);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&call))
    {
      g_assert_cmpint (call->ended_ms, !=, 0);
      n_tainted -= call->tainted;
      g_assert_true (call->tainted || call->outcome != LIA_CALL_OUTCOME_LOST);
    }
  g_assert_cmpuint (n_tainted, ==, 0);
}

static void
test_hostile (void)
{
  check_hostile ("42-hostile-caller-number", 8, 1);
  check_hostile ("53-crlf-forgery", 6, 3);
  check_hostile ("55-crlf-filtered", 3, 2);
  check_hostile ("60-ari-compare", 3, 1);
}

static LiaCall *
only_call (LiaTestListener *listener)
{
  g_autoptr (GPtrArray) calls = g_hash_table_get_values_as_ptr_array (listener->calls);

  g_assert_cmpuint (calls->len, ==, 1);

  return calls->pdata[0];
}

/* The line was down while the call ended: it is closed when it was last heard of, and nobody says how it ended. */
static void
check_lost (const char   *name,
            const char   *until,
            LiaCallState  state,
            LiaWaitResult wait)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, name);
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
  g_autoptr (LiaAmiSnapshot) nothing = lia_ami_snapshot_new ();
  LiaCall *call;
  guint    index = 0;

  while (!g_str_equal (lia_ami_message_get_name (entry_at (trace, index)->message), until))
    lia_test_listener_handle (listener, entry_at (trace, index++)->message);
  g_assert_cmpint (only_call (listener)->state, ==, state);

  lia_ami_model_resync (listener->model, nothing, trace->start_ms + 60000);
  lia_ami_model_flush (listener->model);
  call = only_call (listener);
  g_assert_cmpint (call->outcome, ==, LIA_CALL_OUTCOME_LOST);
  g_assert_cmpint (call->ended_ms, ==, time_of (trace, index)); /* not when the line came back */
  g_assert_cmpint (lia_call_last_wait (call)->result, ==, wait);
}

static void
test_lost (void)
{
  check_lost ("01-answer-agent-hangup", "HangupRequest", LIA_CALL_TALKING, LIA_WAIT_ANSWERED);
  check_lost ("03-abandon-waiting", "HangupRequest", LIA_CALL_WAITING, LIA_WAIT_LOST);
  check_lost ("04-abandon-while-ringing", "HangupRequest", LIA_CALL_RINGING, LIA_WAIT_LOST);
  check_lost ("14-attended-transfer-cancel", "CoreShowChannelsComplete", LIA_CALL_TALKING, LIA_WAIT_ANSWERED);
}

static void
add_for_each (GPtrArray    *names,
              const char   *path,
              GTestDataFunc function)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *full = g_strconcat (path, names->pdata[i], NULL);

      g_test_add_data_func_full (full, g_strdup (names->pdata[i]), function, g_free);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) clean = NULL;

  g_test_init (&argc, &argv, NULL);
  fixtures = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "ami", NULL);
  names = lia_test_list_traces (fixtures);
  clean = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < names->len; i++)
    {
      /* what hostile callers damage only lists can tell: that is another test */
      static const char *const hostile[] = { "42-hostile-caller-number", "53-crlf-forgery", "55-crlf-filtered", "60-ari-compare", NULL };

      if (!g_strv_contains (hostile, names->pdata[i]))
        g_ptr_array_add (clean, g_strdup (names->pdata[i]));
    }
  add_for_each (clean, "/ami-resync/cut/", test_cut);
  add_for_each (clean, "/ami-resync/audit/", test_audit);
  add_for_each (clean, "/ami-resync/fresh/", test_fresh);
  add_for_each (clean, "/ami-resync/gap/", test_gap);
  g_test_add_func ("/ami-resync/hostile", test_hostile);
  g_test_add_func ("/ami-resync/lost", test_lost);

  return g_test_run ();
}
