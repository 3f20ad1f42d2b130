/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The telephone as the client shows it: the lists of calls and members after every frame and after a lost connection, and what commands say. */

#include "fake-engine.h"
#include "lia-test-wait.h"
#include "lia-client-phone.h"
#include "lia-metrics-watch.h"
#include "lia-waiting-callers.h"

#define CALL(uniqueid, state) "{\"pbx\":\"h_2\",\"uniqueid\":\"" uniqueid "\",\"state\":\"" state "\",\"dir\":\"in\",\"number\":\"030123\"}"
#define WAITING(uniqueid, state, queue, from)                                                                    \
  "{\"pbx\":\"h_2\",\"uniqueid\":\"" uniqueid "\",\"state\":\"" state "\",\"dir\":\"in\",\"number\":\"030123\"," \
  "\"waits\":[{\"queue\":\"" queue "\",\"from\":\"1970-01-01T00:" from ":00Z\"}]}"
#define MEMBER(interface, state) "{\"queue\":\"q_1\",\"interface\":\"" interface "\",\"agent\":\"a_1\",\"state\":\"" state "\"}"
#define LIVE(kind, d) "{\"t\":\"live\",\"k\":\"" kind "\",\"d\":" d "}"

typedef struct
{
  FakeEngine *engine;
  LiaClient  *client;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->engine = fake_engine_new ();
  fake_engine_set_phone (self->engine, "{\"calls\":[" CALL ("1.1", "waiting") "],\"members\":[" MEMBER ("PJSIP/ann", "free") "]}");
  self->client = lia_client_new (fake_engine_get_address (self->engine), NULL);
  lia_client_start (self->client);
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gint64 end_us = g_get_monotonic_time () + 50000;

  lia_client_stop (self->client);
  g_assert_finalize_object (self->client);
  while (g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, FALSE);
  fake_engine_free (self->engine);
}

/* "1.1:waiting 2.1:talking" */
static gboolean
shows_calls (Fixture    *self,
             const char *expected)
{
  GListModel *calls = lia_client_get_calls (self->client);
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      g_string_append_printf (shown, "%s%s:%s", i > 0 ? " " : "", call->uniqueid, lia_call_state_to_string (call->state));
    }

  return g_str_equal (shown->str, expected);
}

static LiaMemberState
state_of_member (Fixture *self,
                 guint    position)
{
  g_autoptr (LiaQueueMember) member = g_list_model_get_item (lia_client_get_members (self->client), position);

  return member != NULL ? member->state : LIA_MEMBER_UNKNOWN;
}

static void
test_snapshot (Fixture      *self,
               gconstpointer data)
{
  g_assert_true (shows_calls (self, "1.1:waiting"));
  g_assert_cmpint (state_of_member (self, 0), ==, LIA_MEMBER_FREE);
}

static void
test_frames (Fixture      *self,
             gconstpointer data)
{
  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":" CALL ("2.1", "ringing") "}"));
  wait_until (shows_calls (self, "1.1:waiting 2.1:ringing"));
  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":" CALL ("1.1", "talking") "}"));
  wait_until (shows_calls (self, "1.1:talking 2.1:ringing"));
  fake_engine_send_frame (self->engine, LIVE ("call.gone", "{\"pbx\":\"h_2\",\"uniqueid\":\"2.1\",\"into\":\"1.1\"}"));
  wait_until (shows_calls (self, "1.1:talking"));
  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":" CALL ("1.1", "ended") "}"));
  wait_until (shows_calls (self, ""));

  fake_engine_send_frame (self->engine, LIVE ("member", "{\"member\":" MEMBER ("PJSIP/ann", "in-use") "}"));
  wait_until (state_of_member (self, 0) == LIA_MEMBER_IN_USE);
  fake_engine_send_frame (self->engine, LIVE ("member", "{\"member\":" MEMBER ("PJSIP/bob", "ringing") "}"));
  wait_until (state_of_member (self, 1) == LIA_MEMBER_RINGING);
  fake_engine_send_frame (self->engine, LIVE ("member.gone", "{\"queue\":\"q_1\",\"interface\":\"PJSIP/ann\"}"));
  wait_until (g_list_model_get_n_items (lia_client_get_members (self->client)) == 1);
}

/* In one queue, and not those who are answered. */
static void
test_waiting (Fixture      *self,
              gconstpointer data)
{
  GListModel *calls = lia_client_get_calls (self->client);
  gint64      longest_ms = -1;

  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":" WAITING ("2.1", "ringing", "q_1", "16") "}"));
  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":" WAITING ("3.1", "waiting", "q_1", "17") "}"));
  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":" WAITING ("4.1", "waiting", "q_2", "15") "}"));
  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":" WAITING ("5.1", "talking", "q_1", "10") "}"));
  wait_until (g_list_model_get_n_items (calls) == 5);

  g_assert_cmpuint (lia_waiting_callers_count (calls, "q_1", 18 * 60000, &longest_ms), ==, 2);
  g_assert_cmpint (longest_ms, ==, 2 * 60000);
  g_assert_cmpuint (lia_waiting_callers_count (calls, "q_3", 18 * 60000, &longest_ms), ==, 0);
  g_assert_cmpint (longest_ms, ==, 0);
}

/* Two telephone systems may give their calls the same numbers. */
static void
test_two_systems (Fixture      *self,
                  gconstpointer data)
{
  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":{\"pbx\":\"h_3\",\"uniqueid\":\"1.1\",\"state\":\"talking\"}}"));
  wait_until (shows_calls (self, "1.1:waiting 1.1:talking"));
}

/* What cannot be read is left out; the rest is shown, and the connection stays. */
static void
test_strange (Fixture      *self,
              gconstpointer data)
{
  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":7}"));
  fake_engine_send_frame (self->engine, LIVE ("call", "{}"));
  fake_engine_send_frame (self->engine, LIVE ("call.gone", "{\"pbx\":1}"));
  fake_engine_send_frame (self->engine, LIVE ("weather", "{}"));
  fake_engine_send_frame (self->engine, "{\"t\":\"live\"}");
  fake_engine_send_frame (self->engine, LIVE ("all", "{\"calls\":[{\"uniqueid\":1}," CALL ("3.1", "held") "],\"members\":null}"));
  wait_until (shows_calls (self, "3.1:held"));
  g_assert_cmpuint (g_list_model_get_n_items (lia_client_get_members (self->client)), ==, 0);
  g_assert_cmpuint (fake_engine_count_hellos (self->engine), ==, 1);
}

/* What happened meanwhile was told to nobody: the next stream says how it is. */
static void
test_reconnect (Fixture      *self,
                gconstpointer data)
{
  fake_engine_set_phone (self->engine, "{\"calls\":[" CALL ("9.1", "talking") "],\"members\":[]}");
  fake_engine_drop_streams (self->engine);
  wait_until (shows_calls (self, "9.1:talking"));
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
  g_assert_true (shows_calls (self, "9.1:talking"));
  g_assert_cmpuint (g_list_model_get_n_items (lia_client_get_members (self->client)), ==, 0);
}

/* The snapshot that is read again after a `resync` was made before the stream told all of it, but comes behind. */
static void
test_late_snapshot (Fixture      *self,
                    gconstpointer data)
{
  fake_engine_forget_journal (self->engine);
  fake_engine_set_delay (self->engine, 100);
  fake_engine_drop_streams (self->engine);
  wait_until (fake_engine_count_hellos (self->engine) == 2);
  fake_engine_send_frame (self->engine, LIVE ("call", "{\"call\":" CALL ("1.1", "talking") "}"));
  wait_until (shows_calls (self, "1.1:talking"));
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
  g_assert_true (shows_calls (self, "1.1:talking"));
}

static void
await (DexFuture *future)
{
  wait_until (!dex_future_is_pending (future));
}

static void
assert_said (Fixture    *self,
             DexFuture  *future,
             const char *kind,
             const char *d)
{
  g_autoptr (DexFuture) done = future;
  g_autoptr (JsonObject) expected = lia_json_parse (d, -1, LIA_JSON_MAX_BYTES, NULL);
  g_autoptr (JsonObject) body = NULL;
  const char *said;
  JsonObject *said_d;

  await (done);
  g_assert_true (dex_future_is_resolved (done));
  body = lia_json_parse (fake_engine_get_body (self->engine), -1, LIA_JSON_MAX_BYTES, NULL);
  g_assert_true (lia_json_str (body, "k", LIA_JSON_REQUIRED, 64, &said, NULL));
  g_assert_cmpstr (said, ==, kind);
  g_assert_true (lia_json_obj (body, "d", LIA_JSON_REQUIRED, &said_d, NULL));
  if (!json_object_equal (said_d, expected))
    g_error ("%s said %s", kind, fake_engine_get_body (self->engine));
}

#define THIS "\"call\":\"1.1\",\"pbx\":\"h_2\""

static void
test_commands (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (LiaCall) call = g_list_model_get_item (lia_client_get_calls (self->client), 0);
  LiaClient *client = self->client;

  assert_said (self, lia_client_dial (client, "+49 30 1", "c_1"), "call.dial", "{\"number\":\"+49 30 1\"}");
  g_assert_nonnull (strstr (fake_engine_get_body (self->engine), "\"conv\":\"c_1\""));
  assert_said (self, lia_client_dial (client, "+49 30 1", NULL), "call.dial", "{\"number\":\"+49 30 1\"}");
  g_assert_null (strstr (fake_engine_get_body (self->engine), "\"conv\":\""));
  assert_said (self, lia_client_answer_call (client, call), "call.answer", "{" THIS "}");
  assert_said (self, lia_client_hang_up (client, call), "call.hangup", "{" THIS "}");
  assert_said (self, lia_client_hold_call (client, call, TRUE), "call.hold", "{" THIS ",\"on\":true}");
  assert_said (self, lia_client_mute_call (client, call, FALSE), "call.mute", "{" THIS ",\"on\":false}");
  assert_said (self, lia_client_send_keys (client, call, "1#"), "call.dtmf", "{" THIS ",\"keys\":\"1#\"}");
  assert_said (self, lia_client_transfer_call (client, call, "1002"), "call.transfer", "{" THIS ",\"to\":\"1002\"}");
  assert_said (self, lia_client_consult (client, call, "a_2"), "call.consult", "{" THIS ",\"to\":\"a_2\"}");
  assert_said (self, lia_client_complete_transfer (client, call), "call.complete", "{" THIS "}");
  assert_said (self, lia_client_cancel_transfer (client, call), "call.cancel", "{" THIS "}");
  assert_said (self, lia_client_park_call (client, call, TRUE), "call.park", "{" THIS ",\"on\":true}");
  assert_said (self, lia_client_record_call (client, call, TRUE, TRUE), "call.record", "{" THIS ",\"on\":true,\"consent\":true}");
  assert_said (self, lia_client_record_call (client, call, FALSE, FALSE), "call.record", "{" THIS ",\"on\":false}");
  assert_said (self, lia_client_take_call (client, call), "call.take", "{" THIS "}");
  assert_said (self, lia_client_note_call (client, call, "wants a refund"), "call.note", "{" THIS ",\"text\":\"wants a refund\"}");
  assert_said (self, lia_client_wrap_up_call (client, call, "order", ""), "call.wrapup", "{" THIS ",\"disposition\":\"order\",\"text\":\"\"}");
  assert_said (self, lia_client_join_page (client, call, "123 456", TRUE), "call.join", "{" THIS ",\"code\":\"123 456\",\"same\":true}");
  assert_said (self, lia_client_extend_wrap_up (client, 60), "wrapup.extend", "{\"by_s\":60}");
  assert_said (self, lia_client_supervise_call (client, call, "a_2", "listen", "lia-spy-1"), "call.supervise", "{" THIS ",\"agent\":\"a_2\",\"mode\":\"listen\",\"name\":\"lia-spy-1\"}");
  assert_said (self, lia_client_move_call (client, call, "q_2"), "queue.move-call", "{" THIS ",\"queue\":\"q_2\"}");
  assert_said (self, lia_client_set_call_priority (client, call, 10), "queue.priority", "{" THIS ",\"priority\":10}");
  assert_said (self, lia_client_log_in_queue (client, "q_1", "a_1", TRUE), "queue.login", "{\"queue\":\"q_1\",\"agent\":\"a_1\",\"on\":true}");
  assert_said (self, lia_client_pause_agent (client, "a_2", TRUE, "Lunch"), "queue.pause-agent", "{\"agent\":\"a_2\",\"on\":true,\"reason\":\"Lunch\"}");
  assert_said (self, lia_client_create_callback (client, "c_1", 1795338000000, "+4930", "price"), "callback.create",
               "{\"due\":\"2026-11-22T09:00:00.000Z\",\"number\":\"+4930\",\"reason\":\"price\"}");
  assert_said (self, lia_client_finish_callback (client, "e_9"), "callback.done", "{\"entry\":\"e_9\"}");
}

static void
test_dial_answer (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (DexFuture) dialled = lia_client_dial (self->client, "1", NULL);

  await (dialled);
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (dialled, NULL)), ==, "lia-1");
}

static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (LiaCall) call = g_list_model_get_item (lia_client_get_calls (self->client), 0);
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;

  fake_engine_refuse_next (self->engine, LIA_PROBLEM_CHANNEL_DOWN);
  future = lia_client_hold_call (self->client, call, TRUE);
  await (future);
  dex_future_get_value (future, &error);
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN);
}

static void
test_softphone (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (DexFuture) none = lia_client_get_softphone (self->client);
  g_autoptr (DexFuture) strange = NULL;
  g_autoptr (DexFuture) mine = NULL;
  g_autoptr (GError) error = NULL;
  LiaSoftphone *softphone;

  await (none);
  dex_future_get_value (none, &error);
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND);
  g_clear_error (&error);

  fake_engine_set_account (self->engine, "{\"server\":\"pbx\",\"port\":5061,\"transport\":\"pigeon\",\"user\":\"ann\",\"secret\":\"s\"}");
  strange = lia_client_get_softphone (self->client);
  await (strange);
  dex_future_get_value (strange, &error);
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION);

  fake_engine_set_account (self->engine, "{\"server\":\"pbx\",\"port\":5061,\"transport\":\"tls\",\"user\":\"ann\",\"secret\":\"s\",\"ca\":null}");
  mine = lia_client_get_softphone (self->client);
  await (mine);
  softphone = g_value_get_object (dex_future_get_value (mine, NULL));
  g_assert_cmpstr (softphone->user, ==, "ann");
  g_assert_cmpint (softphone->port, ==, 5061);
}

#define FIGURES(waiting) \
  "{\"t\":\"metrics\",\"d\":{\"since\":\"2026-11-22T00:00:00.000Z\",\"until\":\"2026-11-22T08:00:00.000Z\",\"queues\":[{\"queue\":\"q_1\",\"waiting\":" #waiting ",\"service_level\":null,\"asa_s\":14.5}],\"agents\":[]}}"

static gint64
waiting_in (LiaMetricsWatch *watch)
{
  LiaDayFigures *figures = lia_metrics_watch_get_figures (watch);
  LiaQueueDay   *day = figures != NULL ? lia_day_figures_find_queue (figures, "q_1") : NULL;

  return day != NULL ? day->figures.waiting : -1;
}

/* Figures come while somebody looks, also over a lost connection, and no longer. */
static void
test_figures (Fixture      *self,
              gconstpointer data)
{
  LiaMetricsWatch   *first = lia_metrics_watch_new (self->client);
  LiaMetricsWatch   *second = lia_metrics_watch_new (self->client);
  const LiaQueueDay *day;

  wait_until (fake_engine_is_metrics_watched (self->engine));
  fake_engine_send_frame (self->engine, FIGURES (2));
  wait_until (waiting_in (first) == 2 && waiting_in (second) == 2);
  day = lia_day_figures_find_queue (lia_metrics_watch_get_figures (first), "q_1");
  g_assert_cmpfloat (day->figures.service_level, ==, LIA_METRIC_NONE);
  g_assert_cmpfloat_with_epsilon (day->figures.asa_ms, 14500, 1e-6);
  g_assert_cmpint (lia_metrics_watch_get_received (first), >, 0);

  g_object_unref (first);
  fake_engine_send_frame (self->engine, "{\"t\":\"metrics\",\"d\":{\"since\":7}}");
  fake_engine_drop_streams (self->engine);
  wait_until (fake_engine_count_hellos (self->engine) == 2 && lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
  g_assert_true (fake_engine_is_metrics_watched (self->engine));
  fake_engine_send_frame (self->engine, FIGURES (3));
  wait_until (waiting_in (second) == 3);

  g_object_unref (second);
  wait_until (!fake_engine_is_metrics_watched (self->engine));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, function) g_test_add ("/client-phone/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("snapshot", test_snapshot);
  ADD ("frames", test_frames);
  ADD ("waiting", test_waiting);
  ADD ("two-systems", test_two_systems);
  ADD ("strange", test_strange);
  ADD ("reconnect", test_reconnect);
  ADD ("late-snapshot", test_late_snapshot);
  ADD ("commands", test_commands);
  ADD ("dial-answer", test_dial_answer);
  ADD ("refused", test_refused);
  ADD ("softphone", test_softphone);
  ADD ("figures", test_figures);
#undef ADD

  return g_test_run ();
}
