/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Figures as they are asked of the store, held against ones that were counted by hand; and that the rows behind each are those that it counts. */

#include "lia-phone-record.h"
#include "lia-projections.h"
#include "lia-queries-day.h"
#include "lia-queries-metrics.h"
#include "lia-test-journal.h"

#define S(n) ((n) * G_GINT64_CONSTANT (1000))
#define NOW (TEST_NOON + S (200))

typedef struct
{
  LiaDb *db;
  gint64 channel;
  guint  n_calls;
} Fixture;

typedef struct
{
  const char   *queue;
  gint64        from_s; /* since TEST_NOON */
  gint64        to_s;   /* -1: waits */
  LiaWaitResult result;
} Stay;

/* Target 20 s, short 5 s, now = 200 s. As in test-metrics.c. */
static const Stay stays[] = {
  { "q_1", 10, 14, LIA_WAIT_ANSWERED },
  { "q_1", 20, 30, LIA_WAIT_ANSWERED },
  { "q_1", 30, 50, LIA_WAIT_ANSWERED },
  { "q_1", 40, 71, LIA_WAIT_ANSWERED },
  { "q_1", 45, 60, LIA_WAIT_GRABBED },
  { "q_1", 50, 53, LIA_WAIT_ABANDONED },
  { "q_1", 60, 72, LIA_WAIT_ABANDONED },
  { "q_1", 70, 120, LIA_WAIT_ABANDONED },
  { "q_1", 80, 140, LIA_WAIT_TIMED_OUT },
  { "q_1", 90, 98, LIA_WAIT_TRANSFERRED },
  { "q_1", 95, 95, LIA_WAIT_CLOSED },
  { "q_1", 100, 125, LIA_WAIT_LOST },
  { "q_1", 182, -1, LIA_WAIT_OPEN },
  { "q_1", 160, -1, LIA_WAIT_OPEN },
};

static void
set_up (Fixture      *self,
        gconstpointer unused)
{
  self->db = test_open_memory ();
  self->channel = test_append (self->db, "channel.changed", 0, 0, 0, TEST_NOON, "{\"kind\":\"phone\",\"name\":\"PBX\",\"queue\":1,\"config\":{}}");
  test_append (self->db, "queue.changed", 0, 0, 0, TEST_NOON, "{\"queue\":1,\"phone_channel\":3,\"phone_name\":\"support\",\"service_target_ms\":20000,\"short_ms\":5000}");
}

static void
tear_down (Fixture      *self,
           gconstpointer unused)
{
  lia_db_close (self->db);
}

static LiaCall *
new_call (Fixture *self)
{
  LiaCall         *call = lia_call_new ();
  g_autofree char *uniqueid = g_strdup_printf ("1.%u", ++self->n_calls);
  g_autofree char *number = g_strdup_printf ("+4930%07u", self->n_calls);

  g_set_str (&call->pbx, "h_3");
  g_set_str (&call->uniqueid, uniqueid);
  g_set_str (&call->number, number);
  g_set_str (&call->e164, number);
  call->created_ms = TEST_NOON;

  return call;
}

static LiaCallOutcome
outcome_of (LiaWaitResult result)
{
  switch (result)
    {
    case LIA_WAIT_ANSWERED:
    case LIA_WAIT_GRABBED:
    case LIA_WAIT_TRANSFERRED:
      return LIA_CALL_OUTCOME_ANSWERED;
    case LIA_WAIT_ABANDONED:
      return LIA_CALL_OUTCOME_ABANDONED;
    case LIA_WAIT_TIMED_OUT:
      return LIA_CALL_OUTCOME_TIMED_OUT;
    case LIA_WAIT_CLOSED:
      return LIA_CALL_OUTCOME_CLOSED;
    case LIA_WAIT_LOST:
      return LIA_CALL_OUTCOME_LOST;
    case LIA_WAIT_OPEN:
    default:
      return LIA_CALL_OUTCOME_NONE;
    }
}

static void
add_wait (LiaCall    *call,
          const Stay *stay)
{
  LiaCallWait *wait = lia_call_wait_new ();

  g_set_str (&wait->queue, stay->queue);
  g_set_str (&call->queue, stay->queue);
  wait->from_ms = TEST_NOON + S (stay->from_s);
  wait->to_ms = stay->to_s >= 0 ? TEST_NOON + S (stay->to_s) : 0;
  wait->result = stay->result;
  g_ptr_array_add (call->waits, wait);
  call->state = stay->to_s >= 0 ? LIA_CALL_ENDED : LIA_CALL_WAITING;
  call->ended_ms = wait->to_ms;
  call->outcome = outcome_of (stay->result);
  call->answered_ms = call->outcome == LIA_CALL_OUTCOME_ANSWERED ? wait->to_ms : 0;
}

static LiaCallSegment *
add_segment (LiaCall       *call,
             const char    *agent,
             LiaSegmentKind kind,
             gint64         from_s,
             gint64         to_s)
{
  LiaCallSegment *segment = lia_call_segment_new ();

  g_set_str (&segment->agent, agent);
  segment->kind = kind;
  segment->from_ms = TEST_NOON + S (from_s);
  segment->to_ms = TEST_NOON + S (to_s);
  g_ptr_array_add (call->segments, segment);

  return segment;
}

static void
add_talk (LiaCall    *call,
          const char *agent,
          gint64      from_s,
          gint64      to_s)
{
  LiaCallSegment *segment = add_segment (call, agent, LIA_SEGMENT_TALK, from_s, to_s);

  call->answered_ms = call->answered_ms != 0 ? call->answered_ms : segment->from_ms;
  call->ended_ms = segment->to_ms;
}

static void
write_call (Fixture *self,
            LiaCall *call)
{
  LiaPhoneRecord *record = lia_phone_record_new (self->channel, "DE", call);
  g_autoptr (LiaCall) known = NULL;
  GError *error = NULL;

  lia_phone_record_write (self->db, record, (gpointer *)&known, &error);
  g_assert_no_error (error);
  lia_phone_record_free (record);
}

static void
add_stays (Fixture *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (stays); i++)
    {
      g_autoptr (LiaCall) call = new_call (self);

      add_wait (call, &stays[i]);
      write_call (self, call);
    }
}

static GPtrArray *
ask (Fixture            *self,
     const char         *name,
     LiaServiceLevelKind kind,
     gint64              since_ms,
     const char         *after,
     guint               limit)
{
  LiaMetricRowsAsked asked = { name, 1, since_ms, NOW, NOW, after, limit, { S (20), S (5), kind } };
  GError            *error = NULL;
  GPtrArray         *rows = lia_query_metric_rows (self->db, &asked, &error);

  g_assert_no_error (error);

  return rows;
}

/* Where the rows of a figure began, in seconds, newest first: "60 50" */
static char *
begins (GPtrArray *rows)
{
  g_autoptr (GPtrArray) owned = rows;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int)((((LiaMetricRow *)rows->pdata[i])->wait.from_ms - TEST_NOON) / 1000));

  return g_string_free_and_steal (text);
}

static void
test_rows (Fixture      *self,
           gconstpointer unused)
{
  static const struct
  {
    const char *name;
    const char *begins;
  } figures[] = {
    { "entered", "182 160 100 95 90 80 70 60 50 45 40 30 20 10" },
    { "answered", "45 40 30 20 10" },
    { "abandoned", "70 60" },
    { "short", "50" },
    { "timed_out", "80" },
    { "flow_out", "90" },
    { "closed", "95" },
    { "lost", "100" },
    { "waiting", "182 160" },
  };

  add_stays (self);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_autofree char *found = begins (ask (self, figures[i].name, LIA_SERVICE_LEVEL_NEGATIVE, TEST_NOON, NULL, 50));

      g_assert_cmpstr (found, ==, figures[i].begins);
    }
}

/* What keeps the service level down, by each rule: who hung up within the target (at 50 and 60) does so only where that counts as not served. */
static void
test_not_served (Fixture      *self,
                 gconstpointer unused)
{
  g_autofree char *negative = NULL;
  g_autofree char *ignore = NULL;
  g_autofree char *positive = NULL;

  add_stays (self);
  negative = begins (ask (self, "late", LIA_SERVICE_LEVEL_NEGATIVE, TEST_NOON, NULL, 50));
  ignore = begins (ask (self, "late", LIA_SERVICE_LEVEL_IGNORE, TEST_NOON, NULL, 50));
  positive = begins (ask (self, "late", LIA_SERVICE_LEVEL_POSITIVE, TEST_NOON, NULL, 50));
  g_assert_cmpstr (negative, ==, "160 100 80 70 60 50 40");
  g_assert_cmpstr (ignore, ==, "160 100 80 70 40");
  g_assert_cmpstr (positive, ==, "160 100 80 70 40");
}

static void
test_pages (Fixture      *self,
            gconstpointer unused)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *second = NULL;

  add_stays (self);
  first = ask (self, "late", LIA_SERVICE_LEVEL_NEGATIVE, TEST_NOON, NULL, 3);
  g_assert_cmpint (first->len, ==, 3);
  cursor = lia_metric_row_cursor (first->pdata[2]);
  second = begins (ask (self, "late", LIA_SERVICE_LEVEL_NEGATIVE, TEST_NOON, cursor, 50));
  g_assert_cmpstr (second, ==, "70 60 50 40");
}

static void
test_unknown (Fixture      *self,
              gconstpointer unused)
{
  LiaMetricRowsAsked asked = { "happiness", 1, 0, NOW, NOW, NULL, 50, { S (20), S (5), LIA_SERVICE_LEVEL_NEGATIVE } };
  g_autoptr (GError) error = NULL;

  g_assert_null (lia_query_metric_rows (self->db, &asked, &error));
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND);
}

static LiaDayFigures *
get_figures (Fixture *self,
             gint64   since_ms)
{
  GError        *error = NULL;
  LiaDayFigures *figures = lia_query_day_figures (self->db, since_ms, NOW, NOW, &error);

  g_assert_no_error (error);
  g_assert_nonnull (lia_day_figures_find_queue (figures, "q_1"));

  return figures;
}

/* Midnight at 170 s: two came before it and wait; one of them is of today. */
static void
test_waits_over_midnight (Fixture      *self,
                          gconstpointer unused)
{
  g_autoptr (LiaDayFigures) figures = NULL;
  g_autofree char       *waiting = NULL;
  const LiaQueueFigures *of;

  add_stays (self);
  figures = get_figures (self, TEST_NOON + S (170));
  of = &lia_day_figures_find_queue (figures, "q_1")->figures;
  waiting = begins (ask (self, "waiting", LIA_SERVICE_LEVEL_NEGATIVE, TEST_NOON + S (170), NULL, 50));
  g_assert_cmpint (of->entered, ==, 1);
  g_assert_cmpint (of->waiting, ==, 2);
  g_assert_cmpint (of->longest_now_ms, ==, S (40));
  g_assert_cmpstr (waiting, ==, "182 160");
}

/*
 * Answered in q_1 after 10 s, talked 30 s, sent on to q_2, where 5 s later somebody talks for 100 s; and one who left q_1 unanswered and talked in
 * q_2 for 20 s. q_1: 30 s in 1 call. q_2: 120 s in 2 calls.
 */
static void
test_handling_is_of_its_queue (Fixture      *self,
                               gconstpointer unused)
{
  g_autoptr (LiaCall) both = new_call (self);
  g_autoptr (LiaCall) moved = new_call (self);
  g_autoptr (LiaDayFigures) figures = NULL;

  test_append (self->db, "queue.changed", 0, 0, 0, TEST_NOON, "{\"queue\":2,\"name\":\"Sales\",\"phone_channel\":3,\"phone_name\":\"sales\"}");
  add_wait (both, &(Stay){ "q_1", 0, 10, LIA_WAIT_ANSWERED });
  add_talk (both, "a_1", 10, 40);
  add_wait (both, &(Stay){ "q_2", 40, 45, LIA_WAIT_ANSWERED });
  add_talk (both, "a_1", 45, 145);
  write_call (self, both);
  add_wait (moved, &(Stay){ "q_1", 50, 60, LIA_WAIT_TRANSFERRED });
  add_wait (moved, &(Stay){ "q_2", 60, 70, LIA_WAIT_ANSWERED });
  add_talk (moved, "a_1", 70, 90);
  write_call (self, moved);

  figures = get_figures (self, TEST_NOON);
  g_assert_cmpfloat_with_epsilon (lia_day_figures_find_queue (figures, "q_1")->aht_ms, S (30), 1e-6);
  g_assert_cmpfloat_with_epsilon (lia_day_figures_find_queue (figures, "q_2")->aht_ms, S (60), 1e-6);
  g_assert_cmpint (lia_day_figures_find_queue (figures, "q_1")->figures.offered, ==, 1);
  g_assert_cmpint (lia_day_figures_find_queue (figures, "q_1")->figures.flow_out, ==, 1);
}

static GPtrArray *
ask_handled (Fixture    *self,
             gint64      agent_id,
             gint64      since_ms,
             const char *after,
             guint       limit)
{
  LiaMetricRowsAsked asked = { "handled", 0, since_ms, NOW + TEST_HOUR, NOW, after, limit, .agent_id = agent_id };
  GError            *error = NULL;
  GPtrArray         *rows = lia_query_metric_rows (self->db, &asked, &error);

  g_assert_no_error (error);

  return rows;
}

/* As many rows as calls, and together they took what the mean says. */
static void
assert_adds_up (Fixture    *self,
                const char *agent,
                gint64      agent_id,
                guint       n_calls)
{
  g_autoptr (LiaDayFigures) figures = get_figures (self, TEST_NOON);
  g_autoptr (GPtrArray) rows = ask_handled (self, agent_id, TEST_NOON, NULL, 50);
  LiaAgentFigures *of = &lia_day_figures_find_agent (figures, agent)->figures;
  double           handling_ms = 0;

  g_assert_cmpint (rows->len, ==, n_calls);
  g_assert_cmpint (of->handled, ==, n_calls);
  for (guint i = 0; i < rows->len; i++)
    handling_ms += ((LiaMetricRow *)rows->pdata[i])->handling_ms;
  g_assert_cmpfloat_with_epsilon (handling_ms, (double)(of->talk_ms + of->hold_ms + of->wrap_ms), 1e-6);
  g_assert_cmpfloat_with_epsilon (handling_ms / n_calls, of->aht_ms, 1e-6);
}

/* Behind an agent's figures stand the calls that she talked in: from a queue or not, handed on, still going on, and not those that only rang. */
static void
test_handled (Fixture      *self,
              gconstpointer unused)
{
  g_autoptr (LiaCall) first = new_call (self);
  g_autoptr (LiaCall) shared = new_call (self);
  g_autoptr (LiaCall) open = new_call (self);
  g_autoptr (LiaCall) missed = new_call (self);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autofree char *cursor = NULL;
  LiaMetricRow    *row;

  add_wait (first, &(Stay){ "q_1", 0, 10, LIA_WAIT_ANSWERED });
  add_talk (first, "a_1", 10, 40);
  add_segment (first, "a_1", LIA_SEGMENT_HOLD, 20, 30);
  add_segment (first, "a_1", LIA_SEGMENT_WRAP, 40, 55);
  write_call (self, first);
  add_talk (shared, "a_1", 60, 70);
  add_segment (shared, "a_1", LIA_SEGMENT_RING, 55, 60);
  add_talk (shared, "a_2", 70, 100);
  write_call (self, shared);
  add_talk (open, "a_1", 180, 0);
  open->state = LIA_CALL_TALKING;
  open->ended_ms = ((LiaCallSegment *)open->segments->pdata[0])->to_ms = 0;
  write_call (self, open);
  add_wait (missed, &(Stay){ "q_1", 100, 120, LIA_WAIT_ABANDONED });
  add_segment (missed, "a_1", LIA_SEGMENT_RING, 100, 120);
  write_call (self, missed);

  assert_adds_up (self, "a_1", 1, 3);
  rows = ask_handled (self, 1, TEST_NOON, NULL, 2);
  g_assert_cmpint (rows->len, ==, 2);
  row = rows->pdata[0];
  g_assert_cmpint (row->wait.from_ms, ==, TEST_NOON + S (180));
  g_assert_cmpint (row->wait.to_ms, ==, 0);
  g_assert_cmpfloat (row->handling_ms, ==, S (20));
  cursor = lia_metric_row_cursor (rows->pdata[1]);
  rest = ask_handled (self, 1, TEST_NOON, cursor, 2);
  g_assert_cmpint (rest->len, ==, 1);
  row = rest->pdata[0];
  g_assert_cmpint (row->queue_id, ==, 1);
  g_assert_cmpint (row->wait.to_ms, ==, TEST_NOON + S (55));
  g_assert_cmpfloat (row->handling_ms, ==, S (55));
  g_ptr_array_unref (g_steal_pointer (&rows));
  rows = ask_handled (self, 2, TEST_NOON, NULL, 50);
  g_assert_cmpint (rows->len, ==, 1);
  g_assert_cmpint (((LiaMetricRow *)rows->pdata[0])->queue_id, ==, 0);
}

/* The hours add up to the day, and an hour in which nobody came has no service level. */
static void
test_hours (Fixture      *self,
            gconstpointer unused)
{
  g_autoptr (LiaDayFigures) figures = NULL;
  LiaQueueDay *day;
  gint64       entered = 0;

  add_stays (self);
  figures = get_figures (self, TEST_NOON - TEST_HOUR);
  day = lia_day_figures_find_queue (figures, "q_1");
  g_assert_cmpint (day->hours->len, ==, 2);
  for (guint i = 0; i < day->hours->len; i++)
    entered += ((LiaHourFigures *)day->hours->pdata[i])->figures.entered;
  g_assert_cmpint (entered, ==, G_N_ELEMENTS (stays));
  g_assert_cmpfloat (((LiaHourFigures *)day->hours->pdata[0])->figures.service_level, ==, LIA_METRIC_NONE);
  g_assert_cmpfloat_with_epsilon (((LiaHourFigures *)day->hours->pdata[1])->figures.service_level, 4.0 / 11, 1e-9);
}

/* Every caller whom nobody answered is to be called: three hung up, one was given up, one turned away, one lost. They are late when
 * their time is over. */
static void
test_callbacks (Fixture      *self,
                gconstpointer unused)
{
  g_autoptr (LiaDayFigures) figures = NULL;
  gint64 due = 0;
  gint64 late = 0;

  add_stays (self);
  figures = get_figures (self, TEST_NOON);
  g_assert_true (lia_query_metric_callbacks (self->db, 1, NOW + 2 * TEST_HOUR, &due, &late, NULL));
  g_assert_cmpint (due, ==, 6);
  g_assert_cmpint (due, ==, lia_day_figures_find_queue (figures, "q_1")->callbacks_due);
  g_assert_cmpint (lia_day_figures_find_queue (figures, "q_1")->callbacks_late, ==, 0);
  g_assert_cmpint (late, ==, due);
}

/* A minute in which somebody calls for 10 s and nobody answers; the callback is due an hour after that. Gives the entry. */
static gint64
miss (Fixture *self,
      gint64   from_ms,
      LiaCall *call)
{
  LiaPhoneRecord *record;
  g_autoptr (LiaCall) known = NULL;
  GError *error = NULL;

  add_wait (call, &(Stay){ "q_1", 0, 10, LIA_WAIT_ABANDONED });
  call->created_ms = lia_call_last_wait (call)->from_ms = from_ms;
  call->ended_ms = lia_call_last_wait (call)->to_ms = from_ms + S (10);
  record = lia_phone_record_new (self->channel, "DE", call);
  record->at_ms = call->ended_ms;
  lia_phone_record_write (self->db, record, (gpointer *)&known, &error);
  g_assert_no_error (error);
  lia_phone_record_free (record);

  return g_ascii_strtoll (known->id + 2, NULL, 10);
}

/* The same customer speaks to us at that time. */
static void
reach (Fixture         *self,
       LiaCall         *missed,
       LiaCallDirection direction,
       gint64           at_ms)
{
  g_autoptr (LiaCall) call = new_call (self);
  LiaPhoneRecord *record;
  g_autoptr (LiaCall) known = NULL;
  GError *error = NULL;

  g_set_str (&call->number, missed->number);
  g_set_str (&call->e164, missed->e164);
  call->direction = direction;
  call->state = LIA_CALL_TALKING;
  call->created_ms = at_ms - S (5);
  call->answered_ms = at_ms;
  record = lia_phone_record_new (self->channel, "DE", call);
  record->at_ms = at_ms;
  lia_phone_record_write (self->db, record, (gpointer *)&known, &error);
  g_assert_no_error (error);
  lia_phone_record_free (record);
}

static void
settle (Fixture *self,
        gint64   entry,
        gint64   at_ms)
{
  g_autofree char *d = lia_db_get_text (self->db, NULL, "SELECT json_set (json_extract (json, '$.d'), '$.settled', json ('true')) FROM entry_text WHERE seq = $1", "i", entry);
  g_autofree char *data = g_strdup_printf ("{\"entry\":%" G_GINT64_FORMAT ",\"set\":{\"d\":%s}}", entry, d);

  test_append (self->db, "entry.changed", 0, 0, 0, at_ms, data);
}

static char *
results (Fixture *self)
{
  GError *error = NULL;
  char   *text = lia_db_get_text (self->db, &error,
                                  "SELECT group_concat (format ('%s:%d', result, (judged_at - $1) / 60000), ' ') FROM (SELECT * FROM callback ORDER BY seq)", "i",
                                  TEST_NOON);

  g_assert_no_error (error);

  return text;
}

static void
assert_results (Fixture    *self,
                const char *expected)
{
  g_autofree char *found = results (self);

  g_assert_cmpstr (found, ==, expected);
}

/* Called back in time, said to need no call, called back too late, never, got through before we called; and one whose time is not over. */
static const char all_results[] = "kept:10 kept:20 late:60 :60 reached:30 :300";

static void
add_callbacks (Fixture *self)
{
  g_autoptr (LiaCall) called = new_call (self);
  g_autoptr (LiaCall) settled = new_call (self);
  g_autoptr (LiaCall) late = new_call (self);
  g_autoptr (LiaCall) never = new_call (self);
  g_autoptr (LiaCall) through = new_call (self);
  g_autoptr (LiaCall) soon = new_call (self);
  gint64 entry;

  miss (self, TEST_NOON, called);
  entry = miss (self, TEST_NOON, settled);
  miss (self, TEST_NOON, late);
  miss (self, TEST_NOON, never);
  miss (self, TEST_NOON, through);
  miss (self, TEST_NOON + 4 * TEST_HOUR, soon);
  reach (self, called, LIA_CALL_OUT, TEST_NOON + 10 * TEST_MINUTE);
  settle (self, entry, TEST_NOON + 20 * TEST_MINUTE);
  reach (self, through, LIA_CALL_IN, TEST_NOON + 30 * TEST_MINUTE);
  reach (self, late, LIA_CALL_OUT, TEST_NOON + 2 * TEST_HOUR);
}

static LiaDayFigures *
get_figures_until (Fixture *self,
                   gint64   since_ms,
                   gint64   until_ms)
{
  GError        *error = NULL;
  LiaDayFigures *figures = lia_query_day_figures (self->db, since_ms, until_ms, until_ms, &error);

  g_assert_no_error (error);

  return figures;
}

static void
assert_kept (Fixture *self,
             gint64   since_ms,
             gint64   until_ms,
             gint64   kept,
             gint64   judged)
{
  g_autoptr (LiaDayFigures) figures = get_figures_until (self, since_ms, until_ms);
  const LiaQueueDay *day = lia_day_figures_find_queue (figures, "q_1");

  g_assert_cmpint (day->callbacks_kept, ==, kept);
  g_assert_cmpint (day->callbacks_judged, ==, judged);
  g_assert_cmpfloat (day->callback_kept, ==, judged > 0 ? (double)kept / judged : LIA_METRIC_NONE);
}

static void
test_callbacks_kept (Fixture      *self,
                     gconstpointer unused)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GError          *error = NULL;

  assert_kept (self, TEST_NOON, NOW, 0, 0);
  add_callbacks (self);
  before = results (self);
  g_assert_cmpstr (before, ==, all_results);

  assert_kept (self, TEST_NOON, TEST_NOON + 4 * TEST_HOUR, 2, 4);
  assert_kept (self, TEST_NOON, TEST_NOON + 15 * TEST_MINUTE, 1, 1);
  /* Each counts once, in the stretch in which it was seen what became of it. */
  assert_kept (self, TEST_NOON + 15 * TEST_MINUTE, TEST_NOON + 4 * TEST_HOUR, 1, 3);
  assert_kept (self, TEST_NOON, TEST_NOON + 6 * TEST_HOUR, 2, 5);

  g_assert_true (lia_db_exec (self->db, &error, "BEGIN IMMEDIATE", ""));
  g_assert_true (lia_projections_rebuild (self->db, &error));
  g_assert_no_error (error);
  g_assert_true (lia_db_exec (self->db, &error, "COMMIT", ""));
  after = results (self);
  g_assert_cmpstr (after, ==, before);
}

static GPtrArray *
ask_callbacks (Fixture    *self,
               const char *after,
               guint       limit)
{
  const gint64       until_ms = TEST_NOON + 4 * TEST_HOUR;
  LiaMetricRowsAsked asked = { "callbacks_judged", 1, TEST_NOON, until_ms, until_ms, after, limit, { S (20), S (5), LIA_SERVICE_LEVEL_NEGATIVE } };
  GError            *error = NULL;
  GPtrArray         *rows = lia_query_metric_rows (self->db, &asked, &error);

  g_assert_no_error (error);

  return rows;
}

static void
test_callback_rows (Fixture      *self,
                    gconstpointer unused)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) more = NULL;
  g_autofree char    *cursor = NULL;
  const LiaMetricRow *never;
  const LiaMetricRow *late;

  add_callbacks (self);
  rows = ask_callbacks (self, NULL, 2);
  g_assert_cmpint (rows->len, ==, 2);
  never = rows->pdata[0];
  late = rows->pdata[1];
  g_assert_cmpint (never->wait.to_ms, ==, 0);
  g_assert_cmpint (never->due_ms, ==, TEST_NOON + S (10) + TEST_HOUR);
  g_assert_cmpint (late->wait.to_ms, ==, TEST_NOON + 2 * TEST_HOUR);
  g_assert_cmpint (late->due_ms, ==, TEST_NOON + S (10) + TEST_HOUR);

  cursor = lia_metric_row_cursor (rows->pdata[1]);
  more = ask_callbacks (self, cursor, 50);
  g_assert_cmpint (more->len, ==, 2);
  g_assert_cmpint (((LiaMetricRow *)more->pdata[0])->wait.to_ms, ==, TEST_NOON + 20 * TEST_MINUTE);
  g_assert_cmpint (((LiaMetricRow *)more->pdata[1])->wait.to_ms, ==, TEST_NOON + 10 * TEST_MINUTE);
}

/* Who closes the conversation says that no call is needed; who reopens it, that one is. A promise is due when it was promised for. */
static void
test_promise_closed (Fixture      *self,
                     gconstpointer unused)
{
  gint64 customer = test_append (self->db, "customer.created", 0, 0, 0, TEST_NOON, "{\"name\":\"Ann Lee\"}");
  gint64 conversation = test_append (self->db, "conversation.created", 0, customer, 0, TEST_NOON, "{\"subject\":\"Call\",\"channel\":\"phone\",\"queue\":\"q_1\"}");

  test_append (self->db, "entry.added", conversation, 0, 1, TEST_NOON,
               "{\"kind\":\"promise\",\"author\":{\"kind\":\"agent\",\"id\":\"a_1\"},\"d\":{\"what\":\"callback\",\"settled\":false},\"x\":{\"target_ms\":7200000}}");
  assert_results (self, ":120");
  test_append (self->db, "entry.added", conversation, 0, 1, TEST_NOON + TEST_HOUR, "{\"kind\":\"state\",\"author\":{\"kind\":\"agent\",\"id\":\"a_1\"},\"d\":{\"what\":\"closed\"}}");
  assert_results (self, "kept:60");
  test_append (self->db, "entry.added", conversation, 0, 1, TEST_NOON + TEST_HOUR, "{\"kind\":\"state\",\"author\":{\"kind\":\"agent\",\"id\":\"a_1\"},\"d\":{\"what\":\"reopened\"}}");
  assert_results (self, ":120");
}

/* What the index alone answers: no row of a stay that is not shown is read. */
static void
test_index (Fixture      *self,
            gconstpointer unused)
{
  g_autofree char *plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (self->db, &error,
                                           "EXPLAIN QUERY PLAN SELECT from_at, to_at, result FROM call_wait INDEXED BY call_wait_queue "
                                           "WHERE queue_id = $1 AND from_at >= $2 AND from_at < $3 ORDER BY from_at DESC, seq DESC",
                                           "iii", (gint64)1, (gint64)0, NOW);

  g_assert_no_error (error);
  g_assert_true (lia_rows_next (rows, &error));
  plan = g_strdup (lia_rows_text (rows, 3));
  g_assert_nonnull (strstr (plan, "USING COVERING INDEX call_wait_queue (queue_id=? AND from_at>? AND from_at<?)"));
  g_assert_false (lia_rows_next (rows, &error));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/metric-rows/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("rows", test_rows);
  ADD ("not-served", test_not_served);
  ADD ("pages", test_pages);
  ADD ("unknown", test_unknown);
  ADD ("waits-over-midnight", test_waits_over_midnight);
  ADD ("handling-is-of-its-queue", test_handling_is_of_its_queue);
  ADD ("handled", test_handled);
  ADD ("hours", test_hours);
  ADD ("callbacks", test_callbacks);
  ADD ("callbacks-kept", test_callbacks_kept);
  ADD ("callback-rows", test_callback_rows);
  ADD ("promise-closed", test_promise_closed);
  ADD ("index", test_index);
#undef ADD

  return g_test_run ();
}
