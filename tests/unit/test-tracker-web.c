/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How trackers are reached: what leaves, what comes back, and what is never done. */

#include "lia-async.h"
#include "lia-test-wait.h"
#include "lia-test-web.h"
#include "lia-time.h"
#include "lia-tracker-web.h"

#include <string.h>

#define HEAD "HTTP/1.1 200 OK\r\nConnection: close\r\n"

typedef struct
{
  LiaTestWeb    *server;
  LiaNetGuard   *guard;
  LiaTrackerWeb *web;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->server = test_web_new ();
  self->guard = lia_net_guard_new ();
  self->web = lia_tracker_web_new (self->guard);
  lia_net_guard_allow (self->guard, "127.0.0.1");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_object_unref (self->web);
  g_object_unref (self->guard);
  test_web_free (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

typedef struct
{
  Fixture           *fixture;
  LiaTrackerRequest *request;
  LiaTrackerReply   *reply;
  GError            *error;
} Exchange;

static DexFuture *
exchange_fiber (gpointer data)
{
  Exchange *exchange = data;

  exchange->reply = lia_tracker_web_send (exchange->fixture->web, exchange->request, &exchange->error);

  return dex_future_new_for_boolean (TRUE);
}

static Exchange
send (Fixture           *self,
      LiaTrackerRequest *request)
{
  Exchange exchange = { .fixture = self, .request = request };
  g_autoptr (DexFuture) end = lia_spawn (exchange_fiber, &exchange, NULL);

  wait_until (!dex_future_is_pending (end));
  g_assert_true ((exchange.reply == NULL) == (exchange.error != NULL));
  lia_tracker_request_free (request);

  return exchange;
}

static void
exchange_clear (Exchange *exchange)
{
  g_clear_pointer (&exchange->reply, lia_tracker_reply_free);
  g_clear_error (&exchange->error);
}

static LiaTrackerRequest *
new_request (Fixture    *self,
             const char *method)
{
  g_autofree char   *url = test_web_url (self->server, "127.0.0.1", "/issues.json");
  LiaTrackerRequest *request = lia_tracker_request_new (method, url);

  request->secret_header = g_strdup ("X-Key");
  request->secret = g_strdup ("s3cret");

  return request;
}

static void
expect_error (Fixture        *self,
              const char     *method,
              LiaTrackerError code)
{
  Exchange exchange = send (self, new_request (self, method));

  g_assert_error (exchange.error, LIA_TRACKER_ERROR, (int)code);
  g_assert_null (strstr (exchange.error->message, "s3cret"));
  exchange_clear (&exchange);
}

static void
test_reply (Fixture      *self,
            gconstpointer data)
{
  LiaTrackerRequest *request = new_request (self, "POST");
  JsonObject        *body = json_object_new ();
  Exchange           exchange;
  g_autofree char   *sent = NULL;
  g_autoptr (JsonObject) said = NULL;

  json_object_set_string_member (body, "subject", "x");
  lia_tracker_request_set_json (request, body);
  test_web_answer (self->server, HEAD "ETag: W/\"7\"\r\nContent-Length: 8\r\n\r\n{\"id\":1}");
  exchange = send (self, request);

  g_assert_no_error (exchange.error);
  g_assert_cmpstr (exchange.reply->etag, ==, "W/\"7\"");
  said = lia_tracker_reply_to_json (exchange.reply, NULL);
  g_assert_true (json_object_has_member (said, "id"));
  sent = test_web_request (self->server, 0);
  g_assert_true (g_str_has_prefix (sent, "POST /issues.json HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (sent, "\r\nX-Key: s3cret\r\n"));
  g_assert_true (g_str_has_suffix (sent, "\r\n\r\n{\"subject\":\"x\"}"));
  exchange_clear (&exchange);
}

static void
test_nothing_new (Fixture      *self,
                  gconstpointer data)
{
  LiaTrackerRequest *request = new_request (self, "GET");
  Exchange           exchange;
  g_autofree char   *sent = NULL;

  request->validator = g_strdup ("W/\"7\"");
  test_web_answer (self->server, "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
  exchange = send (self, request);
  g_assert_no_error (exchange.error);
  g_assert_cmpuint (exchange.reply->status, ==, 304);
  sent = test_web_request (self->server, 0);
  g_assert_nonnull (strstr (sent, "\r\nIf-None-Match: W/\"7\"\r\n"));
  exchange_clear (&exchange);
}

/* Not even to the same host: only a person may say that this is the same tracker */
static void
test_redirect (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (LiaTestWeb) other = test_web_new ();
  g_autofree char *url = test_web_url (other, "127.0.0.1", "/elsewhere");
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 301 Moved\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", url);
  Exchange         exchange;

  test_web_answer (self->server, answer);
  exchange = send (self, new_request (self, "GET"));
  g_assert_error (exchange.error, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_MOVED);
  g_assert_cmpstr (lia_tracker_error_get_location (exchange.error), ==, url);
  g_assert_cmpuint (test_web_count (other), ==, 0);
  g_assert_cmpuint (test_web_count (self->server), ==, 1);
  exchange_clear (&exchange);
}

static void
test_private (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *plain = test_web_url (self->server, "localhost", "/");
  g_autofree char *url = g_strconcat ("https", plain + strlen ("http"), NULL);
  Exchange         exchange = send (self, lia_tracker_request_new ("GET", url));

  g_assert_error (exchange.error, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_INVALID);
  g_assert_nonnull (strstr (exchange.error->message, "private network"));
  g_assert_cmpuint (test_web_count (self->server), ==, 0);
  exchange_clear (&exchange);
}

static void
test_addresses (Fixture      *self,
                gconstpointer data)
{
  static const char *const urls[] = { "", "127.0.0.1", "file:///etc/passwd", "ftp://127.0.0.1/", "http://", "http://a:b@127.0.0.1/", "http://example.org/", "gopher://127.0.0.1/" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      Exchange exchange = send (self, lia_tracker_request_new ("GET", urls[i]));

      g_assert_error (exchange.error, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_INVALID);
      exchange_clear (&exchange);
    }
}

static void
test_not_there (Fixture      *self,
                gconstpointer data)
{
  Exchange exchange = send (self, lia_tracker_request_new ("POST", "http://127.0.0.1:1/"));

  g_assert_error (exchange.error, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_UNAVAILABLE);
  exchange_clear (&exchange);
}

/* Whoever only asks may ask again; whoever changed something has to look first */
static void
test_lost (Fixture      *self,
           gconstpointer data)
{
  static const char *const answers[] = { "", HEAD "Content-Length: 100\r\n\r\n{\"issue\":" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      guint before = test_web_count (self->server);

      test_web_answer (self->server, answers[i]);
      expect_error (self, "POST", LIA_TRACKER_ERROR_UNKNOWN_OUTCOME);
      g_assert_cmpuint (test_web_count (self->server), ==, before + 1);
    }
  test_web_answer (self->server, answers[1]);
  expect_error (self, "GET", LIA_TRACKER_ERROR_UNAVAILABLE);
}

static void
test_slow (Fixture      *self,
           gconstpointer data)
{
  lia_tracker_web_set_deadline (self->web, 200);
  test_web_answer (self->server, "wait");
  expect_error (self, "POST", LIA_TRACKER_ERROR_UNKNOWN_OUTCOME);
  test_web_answer (self->server, "wait");
  expect_error (self, "GET", LIA_TRACKER_ERROR_UNAVAILABLE);
}

static void
test_too_large (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *body = g_strnfill (9 * 1024 * 1024, ' ');
  g_autofree char *answer = g_strconcat (HEAD "\r\n", body, NULL);

  test_web_answer (self->server, answer);
  expect_error (self, "GET", LIA_TRACKER_ERROR_UNAVAILABLE);
}

/* Nobody asks again before the time, whoever it is */
static void
test_gate (Fixture      *self,
           gconstpointer data)
{
  const gint64 before_ms = lia_time_now ();
  Exchange     exchange;

  test_web_answer (self->server, "HTTP/1.1 429 Slow\r\nRetry-After: 30\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  expect_error (self, "POST", LIA_TRACKER_ERROR_RATE);
  exchange = send (self, new_request (self, "GET"));
  g_assert_error (exchange.error, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_RATE);
  g_assert_cmpint (lia_tracker_error_get_until (exchange.error), >=, before_ms + 30000);
  g_assert_cmpint (lia_tracker_error_get_until (exchange.error), <=, lia_time_now () + 30000);
  g_assert_cmpuint (test_web_count (self->server), ==, 1);
  exchange_clear (&exchange);
}

static char *
explain_cb (JsonObject *body)
{
  const char *said = NULL;

  return lia_json_str (body, "error", LIA_JSON_OPTIONAL, 1000, &said, NULL) ? g_strdup (said) : NULL;
}

static void
test_reasons (Fixture      *self,
              gconstpointer data)
{
  LiaTrackerRequest *request = new_request (self, "POST");
  Exchange           exchange;

  request->explain = explain_cb;
  test_web_answer_json (self->server, 422, "{\"error\":\"Subject\\u202e is missing\"}");
  exchange = send (self, request);
  g_assert_error (exchange.error, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_INVALID);
  g_assert_nonnull (strstr (exchange.error->message, "is missing"));
  g_assert_null (strstr (exchange.error->message, "\xe2\x80\xae"));
  exchange_clear (&exchange);

  test_web_answer_json (self->server, 401, "<html>");
  expect_error (self, "GET", LIA_TRACKER_ERROR_AUTH);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture      *self,
                  gconstpointer data);
  } tests[] = {
    { "/tracker-web/reply", test_reply },
    { "/tracker-web/nothing-new", test_nothing_new },
    { "/tracker-web/redirect", test_redirect },
    { "/tracker-web/private", test_private },
    { "/tracker-web/addresses", test_addresses },
    { "/tracker-web/not-there", test_not_there },
    { "/tracker-web/lost", test_lost },
    { "/tracker-web/slow", test_slow },
    { "/tracker-web/too-large", test_too_large },
    { "/tracker-web/gate", test_gate },
    { "/tracker-web/reasons", test_reasons },
  };

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
