/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the model makes of recorded calls, against expectations that were written from what people did (tests/fixtures/ami/NAME.calls): as it was
 * recorded, with neighbours swapped as the PBX may send them, and cut into other pieces.
 */

#include "lia-test-ami.h"

#include <string.h>

#define SLACK 0.016 /* expectations are written with two decimals */

static char *fixtures;

static char *
read_expected (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".calls", NULL);
  g_autofree char *path = g_build_filename (fixtures, file, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static LiaAmiMessage *
message_at (LiaTestTrace *trace,
            guint         index)
{
  return g_array_index (trace->messages, LiaTestMessage, index).message;
}

static void
test_scenario (gconstpointer data)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, data);
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
  g_autofree char *expected = read_expected (data);
  g_autofree char *found = NULL;

  for (guint i = 0; i < trace->messages->len; i++)
    lia_test_listener_handle (listener, message_at (trace, i));
  found = lia_test_listener_describe (listener);
  lia_test_compare (data, found, expected, SLACK);
}

static void
state_cb (LiaAmiModel *model,
          LiaCall     *call,
          GString     *out)
{
  g_autofree char *word = g_strconcat (lia_call_state_to_string (call->state), " ", NULL);

  if (!g_str_has_suffix (out->str, word))
    g_string_append (out, word);
}

/* What an agent sees, message by message; a Local channel that is taken out of a talk is not noticed. */
static void
check_states (const char *name,
              const char *expected)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, name);
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
  g_autoptr (GString) states = g_string_new (NULL);

  g_signal_connect (listener->model, "call-changed", G_CALLBACK (state_cb), states);
  for (guint i = 0; i < trace->messages->len; i++)
    lia_test_listener_handle (listener, message_at (trace, i));
  if (!g_str_has_prefix (states->str, expected))
    g_test_fail_printf ("%s: %s", name, states->str);
}

static void
test_states (void)
{
  check_states ("03-abandon-waiting", "new waiting new ended ");
  check_states ("24-queue-timeout", "new waiting new ended ");
  check_states ("25-local-member", "new waiting ringing talking ");
  check_states ("26-local-member-optimized", "new waiting ringing talking new ended ");
  check_states ("08-hold-sip", "new waiting ringing talking held talking ");
  check_states ("18-click-to-call", "dialling talking ");
}

/* Where a caller stands when those before him go; the trace's own lists say so too. */
static void
test_positions (void)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, "20-grab-redirect");
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
  GHashTableIter iter;
  LiaCall       *call;

  for (guint i = 0; i < trace->messages->len; i++)
    lia_test_listener_handle (listener, message_at (trace, i));
  g_hash_table_iter_init (&iter, listener->calls);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&call))
    g_assert_cmpint (lia_call_last_wait (call)->position, ==, g_str_equal (call->number, "5556000") ? 1 : 2);
}

/* Swapping ------------------------------------------------------------------------------------------------------------------------------ */

#define NEAR_MS 5

typedef enum {
  TOPIC_CHANNEL,
  TOPIC_BRIDGE,
  TOPIC_QUEUE,
} Topic;

static Topic
topic_of (LiaAmiMessage *message)
{
  const char *name = lia_ami_message_get_name (message);

  if (g_str_has_prefix (name, "Bridge") || g_str_has_suffix (name, "Transfer"))
    return TOPIC_BRIDGE;

  return g_str_has_prefix (name, "Queue") || g_str_has_prefix (name, "Agent") ? TOPIC_QUEUE : TOPIC_CHANNEL;
}

static gboolean
mentions (LiaAmiMessage *message,
          const char    *uniqueid)
{
  for (guint i = 0; i < lia_ami_message_get_n_fields (message); i++)
    {
      const char *value;

      lia_ami_message_get_field (message, i, &value);
      if (g_str_equal (value, uniqueid))
        return TRUE;
    }

  return FALSE;
}

/* A channel's first message is Newchannel and its last is Hangup: seen always, so no swap goes over them. */
static gboolean
is_bound (LiaAmiMessage *message,
          LiaAmiMessage *other)
{
  const char *name = lia_ami_message_get_name (message);
  const char *uniqueid = lia_ami_message_get (message, "Uniqueid");

  if (!g_str_equal (name, "Newchannel") && !g_str_equal (name, "Hangup"))
    return FALSE;

  return uniqueid != NULL && mentions (other, uniqueid);
}

static gboolean
may_swap (LiaAmiMessage *one,
          LiaAmiMessage *other)
{
  const gint64 a = lia_ami_message_get_time (one);
  const gint64 b = lia_ami_message_get_time (other);

  return a != 0 && b != 0 && b - a <= NEAR_MS && topic_of (one) != topic_of (other) && !is_bound (one, other) && !is_bound (other, one);
}

static char *
play_swapped (LiaTestTrace *trace,
              guint         at)
{
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);

  for (guint i = 0; i < trace->messages->len; i++)
    {
      guint index = i == at ? at + 1 : i == at + 1 ? at
                                                   : i;

      lia_test_listener_handle (listener, message_at (trace, index));
    }

  return lia_test_listener_describe (listener);
}

static void
test_swap (gconstpointer data)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, data);
  g_autofree char *expected = play_swapped (trace, G_MAXUINT - 1);

  for (guint i = 0; i + 1 < trace->messages->len && !g_test_failed (); i++)
    {
      g_autofree char *found = NULL;
      g_autofree char *name = NULL;

      if (!may_swap (message_at (trace, i), message_at (trace, i + 1)))
        continue;
      found = play_swapped (trace, i);
      name = g_strdup_printf ("%s with %s and %s swapped (message %u)", trace->name, lia_ami_message_get_name (message_at (trace, i)),
                              lia_ami_message_get_name (message_at (trace, i + 1)), i);
      lia_test_compare (name, found, expected, 2 * NEAR_MS / 1000.0);
    }
}

/* Pieces and floods --------------------------------------------------------------------------------------------------------------------- */

static gboolean
expect_all (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

/* Byte by byte through the parser. */
static void
test_bytes (gconstpointer data)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, data);
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_all, NULL);
  g_autofree char *expected = read_expected (data);
  g_autofree char *found = NULL;

  for (guint i = 0; i < trace->pieces->len; i++)
    {
      for (const char *at = trace->pieces->pdata[i]; *at != '\0'; at++)
        {
          g_autoptr (LiaAmiMessage) message = NULL;

          lia_ami_parser_feed (parser, at, 1, LIA_AMI_NO_CLOCK);
          message = lia_ami_parser_next (parser);
          if (message != NULL)
            lia_test_listener_handle (listener, message);
        }
    }
  found = lia_test_listener_describe (listener);
  lia_test_compare (data, found, expected, SLACK);
}

typedef struct
{
  guint n_changed;
  guint n_ended;
} Flood;

static void
count_cb (LiaAmiModel *model,
          LiaCall     *call,
          Flood       *flood)
{
  flood->n_changed++;
  flood->n_ended += call->ended_ms != 0;
}

static void
feed_event (LiaAmiParser *parser,
            LiaAmiModel  *model,
            const char   *event,
            guint         i,
            const char   *more)
{
  g_autofree char *text = g_strdup_printf ("Event: %s\r\nPrivilege: call,all\r\nTimestamp: %u.000000\r\nChannel: PJSIP/trunk-%08x\r\nChannelState: 6\r\n"
                                           "ChannelStateDesc: Up\r\nCallerIDNum: 5551000\r\nCallerIDName: \r\nConnectedLineNum: <unknown>\r\nConnectedLineName: <unknown>\r\n"
                                           "Language: en\r\nAccountCode: \r\nContext: queue\r\nExten: 500\r\nPriority: 1\r\nUniqueid: u%u\r\nLinkedid: u%u\r\n%s\r\n",
                                           event, 1000000 + i / 1000, i, i, i, more);

  lia_ami_parser_feed (parser, text, strlen (text), LIA_AMI_NO_CLOCK);
  for (;;)
    {
      g_autoptr (LiaAmiMessage) message = lia_ami_parser_next (parser);

      if (message == NULL)
        break;
      lia_ami_model_handle (model, message);
    }
}

/* 200,000 events, of callers who join a queue and give up: all are known and end, and each burst makes one change of each. */
static void
test_flood (void)
{
  g_autoptr (LiaAmiDirectory) directory = lia_test_directory ();
  g_autoptr (LiaAmiModel) model = lia_ami_model_new ("pbx", directory);
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_all, NULL);
  g_autoptr (GPtrArray) calls = NULL;
  Flood flood = { 0 };

  g_signal_connect (model, "call-changed", G_CALLBACK (count_cb), &flood);
  for (guint i = 0; i < 40000; i++)
    {
      feed_event (parser, model, "Newchannel", i, "");
      feed_event (parser, model, "QueueCallerJoin", i, "Queue: support\r\nPosition: 1\r\nCount: 1\r\n");
      feed_event (parser, model, "HangupRequest", i, "");
      feed_event (parser, model, "QueueCallerLeave", i, "Queue: support\r\nPosition: 1\r\nCount: 0\r\n");
      feed_event (parser, model, "Hangup", i, "Cause: 0\r\n");
      if (i % 50 == 49)
        lia_ami_model_flush (model);
    }
  calls = lia_ami_model_list_calls (model);
  g_assert_cmpuint (calls->len, ==, 0);
  g_assert_cmpuint (flood.n_ended, ==, 40000);
  g_assert_cmpuint (flood.n_changed, ==, 40000);
}

/* Members ------------------------------------------------------------------------------------------------------------------------------- */

static void
member_cb (LiaAmiModel    *model,
           LiaQueueMember *member,
           GString        *out)
{
  g_string_append_printf (out, "%s %s %s%s%s\n", member->queue, member->agent, lia_member_state_to_string (member->state), member->paused ? " paused:" : "", member->reason);
}

static void
member_gone_cb (LiaAmiModel *model,
                const char  *queue,
                const char  *interface,
                GString     *out)
{
  g_string_append_printf (out, "%s %s gone\n", queue, interface);
}

static char *
tell_members (const char *name)
{
  g_autoptr (LiaTestTrace) trace = lia_test_trace_load (fixtures, name);
  g_autoptr (LiaTestListener) listener = lia_test_listener_new (trace->start_ms);
  GString *out = g_string_new (NULL);

  g_signal_connect (listener->model, "member-changed", G_CALLBACK (member_cb), out);
  g_signal_connect (listener->model, "member-gone", G_CALLBACK (member_gone_cb), out);
  for (guint i = 0; i < trace->messages->len; i++)
    lia_test_listener_handle (listener, message_at (trace, i));

  return g_string_free (out, FALSE);
}

/* As in the traces' own notes: logged in twice, paused everywhere with a reason, another one, unpaused, paused in sales, a penalty, logged out. */
static void
test_members (void)
{
  g_autofree char *pauses = tell_members ("07-login-pause-penalty-logout");
  g_autofree char *reachable = tell_members ("27-phone-unregisters");

  g_assert_cmpstr (pauses, ==,
                   "support alice free\nsales alice free\n"
                   "support alice free paused:Lunch ☕\nsales alice free paused:Lunch ☕\n"
                   "support alice free paused:training\nsales alice free paused:training\n"
                   "support alice free\nsales alice free\n"
                   "sales alice free paused:mail\nsales alice free paused:mail\n"
                   "support PJSIP/alice gone\nsales PJSIP/alice gone\n");
  g_assert_cmpstr (reachable, ==, "support alice free\nsupport alice unreachable\nsupport alice free\n");
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

  g_test_init (&argc, &argv, NULL);
  fixtures = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "ami", NULL);
  names = lia_test_list_traces (fixtures);
  add_for_each (names, "/ami-model/scenario/", test_scenario);
  add_for_each (names, "/ami-model/swap/", test_swap);
  add_for_each (names, "/ami-model/bytes/", test_bytes);
  g_test_add_func ("/ami-model/flood", test_flood);
  g_test_add_func ("/ami-model/members", test_members);
  g_test_add_func ("/ami-model/states", test_states);
  g_test_add_func ("/ami-model/positions", test_positions);

  return g_test_run ();
}
