/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Redmine may say, read with care: what a real one does say is in engine/test_tracker_redmine.py. */

#include "lia-redmine-json.h"

#include "lia-async.h"
#include "lia-redmine.h"
#include "lia-test-wait.h"
#include "lia-test-web.h"
#include "lia-time.h"

#include <string.h>

#define BASE "https://redmine.example.org"
#define MARKER "liaison-abcdefghijklmnopqrstuvwxyz"
#define ISSUE "{\"id\":7,\"subject\":\"x\",\"description\":\"Ref: " MARKER "\",\"status\":{\"id\":1,\"name\":\"New\",\"is_closed\":false},\"updated_on\":\"2026-11-22T10:00:00Z\"}"

static JsonObject *
parse (const char *text)
{
  GError     *error = NULL;
  JsonObject *object = lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, &error);

  g_assert_no_error (error);

  return object;
}

static void
test_issue (void)
{
  g_autoptr (JsonObject) object = parse ("{\"id\":7,\"subject\":\"x\",\"status\":{\"id\":5,\"name\":\"Closed\",\"is_closed\":true},\"assigned_to\":{\"id\":1,\"name\":\"Ann\"},"
                                         "\"fixed_version\":{\"id\":1,\"name\":\"2.1\"},\"updated_on\":\"2026-11-22T10:00:00Z\",\"closed_on\":null}");
  g_autoptr (LiaIssue) issue = lia_redmine_read_issue (object, BASE, NULL);

  g_assert_cmpstr (issue->key, ==, "7");
  g_assert_cmpstr (issue->url, ==, BASE "/issues/7");
  g_assert_cmpstr (issue->state, ==, "Closed");
  g_assert_true (issue->is_closed);
  g_assert_cmpstr (issue->assignee, ==, "Ann");
  g_assert_cmpstr (issue->milestone, ==, "2.1");
  g_assert_cmpint (issue->updated_ms, ==, G_GINT64_CONSTANT (1795341600000));
}

static void
test_hostile_issues (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"id\":-1,\"subject\":\"x\"}",
    "{\"id\":\"7\",\"subject\":\"x\",\"status\":{\"name\":\"New\",\"is_closed\":false},\"updated_on\":\"2026-11-22T10:00:00Z\"}",
    "{\"id\":7,\"subject\":[],\"status\":{\"name\":\"New\",\"is_closed\":false},\"updated_on\":\"2026-11-22T10:00:00Z\"}",
    "{\"id\":7,\"subject\":\"x\",\"status\":\"New\",\"updated_on\":\"2026-11-22T10:00:00Z\"}",
    "{\"id\":7,\"subject\":\"x\",\"status\":{\"name\":\"New\"},\"updated_on\":\"2026-11-22T10:00:00Z\"}",
    "{\"id\":7,\"subject\":\"x\",\"status\":{\"name\":\"New\",\"is_closed\":false},\"updated_on\":\"yesterday\"}",
    "{\"id\":7,\"subject\":\"x\",\"status\":{\"name\":\"New\",\"is_closed\":false},\"assigned_to\":7,\"updated_on\":\"2026-11-22T10:00:00Z\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = parse (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (lia_redmine_read_issue (object, BASE, &error));
      g_assert_nonnull (error);
    }
}

static void
test_markers (void)
{
  g_autofree char *marker = lia_tracker_marker_new ();
  g_autofree char *other = lia_tracker_marker_new ();

  g_assert_cmpuint (strlen (marker), ==, strlen ("liaison-") + 26);
  g_assert_cmpstr (marker, !=, other);
  g_assert_true (lia_tracker_has_marker ("Ref: " MARKER, MARKER));
  g_assert_true (lia_tracker_has_marker ("Ref: " MARKER "\r\n\r\nmore", MARKER));
  g_assert_true (lia_tracker_has_marker (MARKER "7 " MARKER, MARKER));
  g_assert_false (lia_tracker_has_marker ("Ref: " MARKER "7", MARKER));
  g_assert_false (lia_tracker_has_marker ("Ref: x" MARKER, MARKER));
  g_assert_false (lia_tracker_has_marker ("Ref: " MARKER "-customers", MARKER));
}

static void
test_notes (void)
{
  g_autoptr (JsonObject) issue = parse ("{\"journals\":[{\"id\":1,\"notes\":null},{\"id\":2,\"notes\":\"a\\r\\nRef: " MARKER "\"},{\"id\":3,\"notes\":\"Ref: " MARKER "\"}]}");
  gboolean is_same = FALSE;

  g_assert_cmpint (lia_redmine_find_note (issue, MARKER, &is_same, "b\nRef: " MARKER), ==, 2);
  g_assert_false (is_same);
  g_assert_cmpint (lia_redmine_find_note (issue, MARKER, &is_same, "a\nRef: " MARKER), ==, 2);
  g_assert_true (is_same);
  g_assert_cmpint (lia_redmine_find_note (issue, "liaison-other", &is_same, ""), ==, 0);
}

static void
test_reasons (void)
{
  g_autoptr (JsonObject) two = parse ("{\"errors\":[\"Subject cannot be blank\",7,\"Status is invalid\"]}");
  g_autoptr (JsonObject) none = parse ("{\"message\":\"no\"}");
  g_autofree char *said = lia_redmine_explain (two);

  g_assert_cmpstr (said, ==, "Subject cannot be blank; Status is invalid");
  g_assert_null (lia_redmine_explain (none));
}

typedef struct
{
  LiaTracker *tracker;
  gint64      first_sent_ms;
  LiaIssue   *issue;
  GError     *error;
} Filing;

static DexFuture *
filing_fiber (gpointer data)
{
  Filing *filing = data;
  g_autoptr (LiaTrackerDraft) draft = lia_tracker_draft_new (MARKER, "x", "Ref: " MARKER);

  filing->issue = lia_tracker_file_once (filing->tracker, draft, filing->first_sent_ms, &filing->error);

  return dex_future_new_for_boolean (TRUE);
}

/* @answers: what it says to one request after the other, each a status and a body, until a NULL */
static Filing
file_issue (gint64             first_sent_ms,
            const char *const *answers,
            guint             *count)
{
  g_autoptr (LiaTestWeb) server = test_web_new ();
  g_autoptr (LiaNetGuard) guard = lia_net_guard_new ();
  g_autoptr (LiaTrackerWeb) web = lia_tracker_web_new (guard);
  g_autofree char      *url = test_web_url (server, "127.0.0.1", "/redmine/");
  const LiaRedmineSetup setup = { .url = url, .project = "shop" };
  Filing                filing = { .tracker = lia_redmine_new (web, &setup, "key"), .first_sent_ms = first_sent_ms };
  g_autoptr (DexFuture) end = NULL;

  lia_net_guard_allow (guard, "127.0.0.1");
  for (guint i = 0; answers[i] != NULL; i += 2)
    test_web_answer_json (server, (guint)g_ascii_strtoull (answers[i], NULL, 10), answers[i + 1]);
  end = lia_spawn (filing_fiber, &filing, NULL);
  wait_until (!dex_future_is_pending (end));
  *count = test_web_count (server);
  g_clear_object (&filing.tracker);

  return filing;
}

/* Asked as few times as can be, and never twice where it may have been done */
static void
test_file_once (void)
{
  static const char *const first[] = { "201", "{\"issue\":" ISSUE "}", NULL };
  static const char *const found[] = { "200", "{\"issues\":[" ISSUE "]}", NULL };
  static const char *const not_found[] = { "200", "{\"issues\":[]}", "201", "{\"issue\":" ISSUE "}", NULL };
  static const char *const unreadable[] = { "201", "<html>", "200", "{\"issues\":[" ISSUE "]}", NULL };
  static const char *const broken[] = { "500", "", "200", "{\"issues\":[" ISSUE "]}", NULL };
  static const struct
  {
    gint64             first_sent_ms;
    const char *const *answers;
    guint              count;
  } cases[] = { { 0, first, 1 }, { 1, found, 1 }, { 1, not_found, 2 }, { 0, unreadable, 2 }, { 0, broken, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint  count;
      Filing filing = file_issue (cases[i].first_sent_ms, cases[i].answers, &count);

      g_assert_no_error (filing.error);
      g_assert_cmpstr (filing.issue->key, ==, "7");
      g_assert_cmpuint (count, ==, cases[i].count);
      g_object_unref (filing.issue);
    }
}

/* Nothing is sent when nobody could be asked whether it is there */
static void
test_cannot_look (void)
{
  static const char *const broken[] = { "500", "", NULL };
  guint                    count;
  Filing                   filing = file_issue (1, broken, &count);

  g_assert_error (filing.error, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_UNAVAILABLE);
  g_assert_cmpuint (count, ==, 1);
  g_clear_error (&filing.error);
}

typedef struct
{
  LiaTestWeb    *server;
  LiaNetGuard   *guard;
  LiaTrackerWeb *web;
  LiaTracker    *tracker;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autofree char *url = NULL;

  self->server = test_web_new ();
  self->guard = lia_net_guard_new ();
  self->web = lia_tracker_web_new (self->guard);
  lia_net_guard_allow (self->guard, "127.0.0.1");
  url = test_web_url (self->server, "127.0.0.1", "");
  self->tracker = lia_redmine_new (self->web, &(LiaRedmineSetup){ .url = url, .project = "shop" }, "key");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_object_unref (self->tracker);
  g_object_unref (self->web);
  g_object_unref (self->guard);
  test_web_free (self->server);
}

typedef struct
{
  LiaTracker        *tracker;
  const char        *cursor;
  const char        *words; /* NULL = what has changed */
  LiaTrackerChanges *changes;
  GPtrArray         *found;
} Look;

static DexFuture *
look_fiber (gpointer data)
{
  Look *look = data;

  if (look->words != NULL)
    look->found = lia_tracker_search (look->tracker, look->words, NULL);
  else
    look->changes = lia_tracker_changed_since (look->tracker, look->cursor, NULL);

  return dex_future_new_for_boolean (TRUE);
}

static Look
look_at (Fixture    *self,
         const char *cursor,
         const char *words)
{
  Look look = { .tracker = self->tracker, .cursor = cursor, .words = words };
  g_autoptr (DexFuture) end = lia_spawn (look_fiber, &look, NULL);

  wait_until (!dex_future_is_pending (end));

  return look;
}

static void
answer_issues (Fixture *self,
               guint    count)
{
  g_autoptr (GString) text = g_string_new ("{\"issues\":[");

  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s" ISSUE, i > 0 ? "," : "");
  g_string_append (text, "]}");
  test_web_answer_json (self->server, 200, text->str);
}

/* Page after page from the same time, then on from the newest, two minutes before it */
static void
test_changes (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (LiaTrackerChanges) begin = NULL;
  g_autoptr (LiaTrackerChanges) first = NULL;
  g_autoptr (LiaTrackerChanges) second = NULL;
  g_autofree char *asked_first = NULL;
  g_autofree char *asked_second = NULL;

  answer_issues (self, 1);
  begin = look_at (self, NULL, NULL).changes;
  g_assert_cmpuint (begin->issues->len, ==, 0);
  g_assert_false (begin->more);

  answer_issues (self, 100);
  first = look_at (self, begin->cursor, NULL).changes;
  g_assert_true (first->more);
  answer_issues (self, 3);
  second = look_at (self, first->cursor, NULL).changes;
  g_assert_cmpuint (second->issues->len, ==, 3);
  g_assert_false (second->more);
  g_assert_cmpstr (second->cursor, ==, begin->cursor);

  asked_first = test_web_request (self->server, 1);
  g_assert_nonnull (strstr (asked_first, "updated_on=%3E%3D2026-11-22T09:58:00Z"));
  g_assert_nonnull (strstr (asked_first, "&offset=0 "));
  asked_second = test_web_request (self->server, 2);
  g_assert_nonnull (strstr (asked_second, "updated_on=%3E%3D2026-11-22T09:58:00Z"));
  g_assert_nonnull (strstr (asked_second, "&offset=100 "));
}

/* What is typed is no part of the question's form */
static void
test_search (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *asked = NULL;

  test_web_answer_json (self->server, 200, "{\"results\":[]}");
  found = look_at (self, NULL, "a&key=b #1 ä\r\nX: y").found;
  g_assert_cmpuint (found->len, ==, 0);
  asked = test_web_request (self->server, 0);
  g_assert_true (g_str_has_prefix (asked, "GET /projects/shop/search.json?q=a%26key%3Db%20%231%20%C3%A4%0D%0AX%3A%20y&issues=1&limit=10 HTTP/1.1\r\n"));
}

/* What was closed long ago is not what somebody means today. */
static void
test_search_recent (Fixture      *self,
                    gconstpointer data)
{
  static const char *const states[] = { "false", "true", "true" };
  gint64                   month_ms = G_GINT64_CONSTANT (30) * 24 * 3600 * 1000;
  gint64                   times_ms[] = { lia_time_now () - 5 * month_ms, lia_time_now () - 5 * month_ms, lia_time_now () - month_ms };
  g_autoptr (GString) issues = g_string_new ("{\"issues\":[");
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *time = lia_time_to_string (times_ms[i]);

      g_string_append_printf (issues, "%s{\"id\":%u,\"subject\":\"x\",\"status\":{\"id\":1,\"name\":\"x\",\"is_closed\":%s},\"updated_on\":\"%s\"}", i > 0 ? "," : "",
                              i + 1, states[i], time);
    }
  g_string_append (issues, "]}");
  test_web_answer_json (self->server, 200, "{\"results\":[{\"id\":1},{\"id\":2},{\"id\":3}]}");
  test_web_answer_json (self->server, 200, issues->str);
  found = look_at (self, NULL, "x").found;
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((LiaIssue *)found->pdata[0])->key, ==, "1");
  g_assert_cmpstr (((LiaIssue *)found->pdata[1])->key, ==, "3");
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redmine/issue", test_issue);
  g_test_add_func ("/redmine/hostile-issues", test_hostile_issues);
  g_test_add_func ("/redmine/markers", test_markers);
  g_test_add_func ("/redmine/notes", test_notes);
  g_test_add_func ("/redmine/reasons", test_reasons);
  g_test_add_func ("/redmine/file-once", test_file_once);
  g_test_add_func ("/redmine/cannot-look", test_cannot_look);

  g_test_add ("/redmine/changes", Fixture, NULL, set_up, test_changes, tear_down);
  g_test_add ("/redmine/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/redmine/search-recent", Fixture, NULL, set_up, test_search_recent, tear_down);

  return g_test_run ();
}
