/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an answer of a tracker means. */

#include "lia-tracker-verdict.h"

#define NOW_MS G_GINT64_CONSTANT (1795000000000)
#define DONE -1
#define GET FALSE
#define POST TRUE

static const struct
{
  const char     *name;
  LiaTrackerReach reach;
  gboolean        changes;
  guint           status;
  const char     *retry_after;
  const char     *remaining;
  const char     *reset;
  int             error; /* DONE, or a LiaTrackerError */
  gint64          wait_s;
} table[] = {
  { "no connection", LIA_TRACKER_NOT_SENT, POST, 0, NULL, NULL, NULL, LIA_TRACKER_ERROR_UNAVAILABLE, 0 },
  { "asked, no answer", LIA_TRACKER_SENT, GET, 0, NULL, NULL, NULL, LIA_TRACKER_ERROR_UNAVAILABLE, 0 },
  { "sent, no answer", LIA_TRACKER_SENT, POST, 0, NULL, NULL, NULL, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, 0 },
  { "ok", LIA_TRACKER_ANSWERED, GET, 200, NULL, NULL, NULL, DONE, 0 },
  { "created", LIA_TRACKER_ANSWERED, POST, 201, NULL, NULL, NULL, DONE, 0 },
  { "no content", LIA_TRACKER_ANSWERED, POST, 204, NULL, NULL, NULL, DONE, 0 },
  { "the last one for now", LIA_TRACKER_ANSWERED, POST, 201, NULL, "0", "1795000100", DONE, 100 },
  { "nothing new", LIA_TRACKER_ANSWERED, GET, 304, NULL, NULL, NULL, DONE, 0 },
  { "moved for good", LIA_TRACKER_ANSWERED, GET, 301, NULL, NULL, NULL, LIA_TRACKER_ERROR_MOVED, 0 },
  { "elsewhere", LIA_TRACKER_ANSWERED, POST, 302, NULL, NULL, NULL, LIA_TRACKER_ERROR_MOVED, 0 },
  { "the same elsewhere", LIA_TRACKER_ANSWERED, POST, 308, NULL, NULL, NULL, LIA_TRACKER_ERROR_MOVED, 0 },
  { "bad request", LIA_TRACKER_ANSWERED, POST, 400, NULL, NULL, NULL, LIA_TRACKER_ERROR_INVALID, 0 },
  { "wrong key", LIA_TRACKER_ANSWERED, POST, 401, NULL, NULL, NULL, LIA_TRACKER_ERROR_AUTH, 0 },
  { "forbidden", LIA_TRACKER_ANSWERED, POST, 403, NULL, "37", NULL, LIA_TRACKER_ERROR_PERMISSION, 0 },
  { "forbidden for a while", LIA_TRACKER_ANSWERED, POST, 403, "30", NULL, NULL, LIA_TRACKER_ERROR_RATE, 30 },
  { "used up, until a time", LIA_TRACKER_ANSWERED, POST, 403, NULL, "0", "1795000600", LIA_TRACKER_ERROR_RATE, 600 },
  { "used up, for seconds", LIA_TRACKER_ANSWERED, POST, 403, NULL, "0", "7", LIA_TRACKER_ERROR_RATE, 7 },
  { "used up, until a date", LIA_TRACKER_ANSWERED, POST, 429, NULL, "0", "2026-11-18T11:10:00Z", LIA_TRACKER_ERROR_RATE, 200 },
  { "used up, nobody knows how long", LIA_TRACKER_ANSWERED, GET, 403, NULL, "0", "soon", LIA_TRACKER_ERROR_RATE, 60 },
  { "not there", LIA_TRACKER_ANSWERED, POST, 404, NULL, NULL, NULL, LIA_TRACKER_ERROR_NOT_FOUND, 0 },
  { "took too long to ask", LIA_TRACKER_ANSWERED, POST, 408, NULL, NULL, NULL, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, 0 },
  { "conflict", LIA_TRACKER_ANSWERED, POST, 409, NULL, NULL, NULL, LIA_TRACKER_ERROR_INVALID, 0 },
  { "gone", LIA_TRACKER_ANSWERED, POST, 410, NULL, NULL, NULL, LIA_TRACKER_ERROR_GONE, 0 },
  { "not so", LIA_TRACKER_ANSWERED, POST, 422, NULL, NULL, NULL, LIA_TRACKER_ERROR_INVALID, 0 },
  { "too many", LIA_TRACKER_ANSWERED, POST, 429, "120", NULL, NULL, LIA_TRACKER_ERROR_RATE, 120 },
  { "too many, until a date", LIA_TRACKER_ANSWERED, GET, 429, "Wed, 18 Nov 2026 11:27:40 GMT", NULL, NULL, LIA_TRACKER_ERROR_RATE, 1260 },
  { "too many, until yesterday", LIA_TRACKER_ANSWERED, GET, 429, "Tue, 17 Nov 2026 12:00:00 GMT", NULL, NULL, LIA_TRACKER_ERROR_RATE, 0 },
  { "too many, for a year", LIA_TRACKER_ANSWERED, GET, 429, "31536000", NULL, NULL, LIA_TRACKER_ERROR_RATE, 24 * 3600 },
  { "too many, nobody knows how long", LIA_TRACKER_ANSWERED, POST, 429, NULL, NULL, NULL, LIA_TRACKER_ERROR_RATE, 60 },
  { "too many, nonsense", LIA_TRACKER_ANSWERED, POST, 429, "-5", NULL, NULL, LIA_TRACKER_ERROR_RATE, 60 },
  { "broken while it was asked", LIA_TRACKER_ANSWERED, GET, 500, NULL, NULL, NULL, LIA_TRACKER_ERROR_UNAVAILABLE, 0 },
  { "broken", LIA_TRACKER_ANSWERED, POST, 500, NULL, NULL, NULL, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, 0 },
  { "bad gateway", LIA_TRACKER_ANSWERED, POST, 502, NULL, NULL, NULL, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, 0 },
  { "not now", LIA_TRACKER_ANSWERED, POST, 503, "15", NULL, NULL, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, 15 },
  { "asked, not now", LIA_TRACKER_ANSWERED, GET, 503, "15", NULL, NULL, LIA_TRACKER_ERROR_UNAVAILABLE, 15 },
  { "gateway timeout", LIA_TRACKER_ANSWERED, POST, 504, NULL, NULL, NULL, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, 0 },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const LiaTrackerOutcome outcome = { table[i].reach, table[i].changes, table[i].status, table[i].retry_after, table[i].remaining, table[i].reset };
      const LiaTrackerVerdict verdict = lia_tracker_judge (&outcome, NOW_MS);
      const gint64            wait_ms = verdict.until_ms != 0 ? verdict.until_ms - NOW_MS : 0;

      g_test_message ("%s", table[i].name);
      g_assert_cmpint (verdict.done ? DONE : (int)verdict.error, ==, table[i].error);
      g_assert_cmpint (wait_ms, ==, table[i].wait_s * 1000);
    }
}

static void
test_back_off (void)
{
  g_assert_cmpint (lia_tracker_back_off (1, 0, NOW_MS, 0.5), ==, NOW_MS + 5000);
  g_assert_cmpint (lia_tracker_back_off (2, 0, NOW_MS, 0.5), ==, NOW_MS + 10000);
  g_assert_cmpint (lia_tracker_back_off (4, 0, NOW_MS, 0.5), ==, NOW_MS + 40000);
  g_assert_cmpint (lia_tracker_back_off (4, 0, NOW_MS, 0.0), ==, NOW_MS + 30000);
  g_assert_cmpint (lia_tracker_back_off (100, 0, NOW_MS, 0.5), ==, NOW_MS + 900000);
  g_assert_cmpint (lia_tracker_back_off (1, NOW_MS + 60000, NOW_MS, 0.5), ==, NOW_MS + 65000);
}

static void
test_repeat (void)
{
  g_assert_true (lia_tracker_may_repeat (LIA_TRACKER_ERROR_RATE));
  g_assert_true (lia_tracker_may_repeat (LIA_TRACKER_ERROR_UNAVAILABLE));
  g_assert_true (lia_tracker_may_repeat (LIA_TRACKER_ERROR_UNKNOWN_OUTCOME));
  g_assert_false (lia_tracker_may_repeat (LIA_TRACKER_ERROR_AUTH));
  g_assert_false (lia_tracker_may_repeat (LIA_TRACKER_ERROR_INVALID));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tracker-verdict/table", test_table);
  g_test_add_func ("/tracker-verdict/back-off", test_back_off);
  g_test_add_func ("/tracker-verdict/repeat", test_repeat);

  return g_test_run ();
}
