/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the store learns from the use of canned responses, and that a rebuild from the journal arrives at equal rows. */

#include "lia-test-journal.h"

#include "lia-json.h"
#include "lia-problem.h"
#include "lia-projections.h"
#include "lia-queries-learning.h"
#include "lia-response-uses.h"

#define DAY (24 * TEST_HOUR)
#define AGENT 2
#define BODY "Hello {{customer.name}}, your money is on its way. It takes three days."

typedef struct
{
  LiaDb *db;
  gint64 customer;
  gint64 conversation;
  gint64 response;
} Fixture;

static void
save (Fixture    *self,
      gint64      response,
      const char *body)
{
  g_autofree char *id = response != 0 ? g_strdup_printf ("\"response\":%" G_GINT64_FORMAT ",", response) : g_strdup ("");
  g_autofree char *data = g_strdup_printf ("{%s\"data\":{\"title\":\"Refund\",\"scope\":\"team\",\"state\":\"reviewed\","
                                           "\"variants\":[{\"language\":\"de\",\"body\":\"Hallo {{customer.name}}, das Geld kommt.\"},"
                                           "{\"language\":\"en\",\"body\":\"%s\"}]}}",
                                           id, body);
  gint64           seq = test_append (self->db, "response.changed", 0, 0, AGENT, TEST_NOON - DAY, data);

  if (response == 0)
    self->response = seq;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->db = test_open_memory ();
  self->customer = test_append (self->db, "customer.created", 0, 0, 0, TEST_NOON - DAY, "{\"name\":\"Ann\",\"addresses\":[]}");
  self->conversation = test_append (self->db, "conversation.created", 0, self->customer, 0, TEST_NOON - DAY, "{\"subject\":\"Money\",\"channel\":\"email\"}");
  save (self, 0, BODY);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  lia_db_close (self->db);
}

static gint64
get (Fixture    *self,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  lia_db_get_int (self->db, &value, &error, sql, "");
  g_assert_no_error (error);

  return value;
}

static void
assert_text (Fixture    *self,
             const char *sql,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lia_db_get_text (self->db, &error, sql, "");

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

/* @sent: NULL: as the response says it */
static gint64
send (Fixture    *self,
      const char *sent,
      gint64      at_ms)
{
  const char      *said = "Hello Ann, your money is on its way. It takes three days.";
  g_autofree char *edited = sent != NULL ? g_strdup_printf ("\"edited\":true,\"text\":\"%s\",\"sent\":\"%s\"", said, sent) : g_strdup ("\"edited\":false");
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"email\",\"dir\":\"out\",\"author\":{\"kind\":\"agent\",\"id\":\"a_2\"},\"text\":\"%s\\n-- \\nSupport\","
                                           "\"state\":\"sent\",\"x\":{\"canned\":[{\"response\":%" G_GINT64_FORMAT ",%s}]}}",
                                           sent != NULL ? sent : said, self->response, edited);
  g_autoptr (GError) error = NULL;
  gint64 entry = test_append (self->db, "entry.added", self->conversation, 0, AGENT, at_ms, data);

  g_assert_true (lia_response_uses_count (self->db, entry, &error));
  g_assert_no_error (error);

  return entry;
}

static void
receive (Fixture *self,
         gint64   at_ms)
{
  test_append (self->db, "entry.added", self->conversation, 0, 0, at_ms, "{\"kind\":\"email\",\"dir\":\"in\",\"author\":{\"kind\":\"customer\"},\"text\":\"Still nothing\"}");
}

static void
test_kept (Fixture      *self,
           gconstpointer data)
{
  send (self, NULL, lia_time_now ());
  assert_text (self, "SELECT ver || ' ' || variant || ' ' || edited || ' ' || words || ' ' || agent_id FROM response_sent", "1 en/any/ 0 0 2");
  g_assert_cmpint (get (self, "SELECT conversation_id FROM response_sent"), ==, self->conversation);
  g_assert_cmpint (get (self, "SELECT count (*) FROM response_edit"), ==, 0);
}

static void
test_edited (Fixture      *self,
             gconstpointer data)
{
  save (self, self->response, BODY " Bye.");
  send (self, "Hello Ann, your money is on its way. It takes five days.", lia_time_now ());
  assert_text (self, "SELECT ver || ' ' || words || '/' || of_words || ' ' || characters || '/' || of_characters FROM response_sent", "2 1/12 5/57");
  assert_text (self, "SELECT before || '|' || after FROM response_edit", "It takes three days.|It takes five days.");
  send (self, "Hello Annie, your money is on its way. It takes two days.", lia_time_now ());
  g_assert_cmpint (get (self, "SELECT edited FROM response_place WHERE before = 'It takes three days.'"), ==, 2);
  g_assert_cmpint (get (self, "SELECT count (*) FROM response_place"), ==, 1);
}

/* A message leaves again for the recipients that a server refused. */
static void
test_once (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 entry = send (self, NULL, lia_time_now ());

  g_assert_true (lia_response_uses_count (self->db, entry, &error));
  g_assert_cmpint (get (self, "SELECT sent FROM response_use WHERE agent_id = 0"), ==, 1);
  g_assert_cmpint (get (self, "SELECT count (*) FROM response_sent"), ==, 1);
}

static void
test_written_again (Fixture      *self,
                    gconstpointer data)
{
  gint64 now_ms = lia_time_now ();
  gint64 first = send (self, NULL, now_ms);
  gint64 second;

  second = send (self, NULL, now_ms + TEST_HOUR);
  receive (self, now_ms + 8 * DAY);
  g_assert_cmpint (get (self, "SELECT count (*) FROM response_sent WHERE reopened_at IS NOT NULL"), ==, 0);
  receive (self, now_ms + 2 * DAY);
  g_assert_cmpint (get (self, "SELECT entry_seq FROM response_sent WHERE reopened_at IS NOT NULL"), ==, second);
  g_assert_cmpint (get (self, "SELECT reopened_at FROM response_sent WHERE reopened_at IS NOT NULL"), ==, now_ms + 2 * DAY);
  g_assert_cmpint (first, <, second);
}

static void
assert_figures (Fixture    *self,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) figures = lia_query_response_figures (self->db, AGENT, self->response, &error);
  g_autofree char *text = figures != NULL ? lia_json_to_text (figures) : NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_figures (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 now_ms = lia_time_now ();

  assert_figures (self, "{\"sent\":0,\"edited\":0,\"reopened\":0,\"words\":0,\"of_words\":0}");
  send (self, NULL, now_ms);
  send (self, "Hello Ann, your money is on its way. It takes five days.", now_ms + TEST_HOUR);
  receive (self, now_ms + 2 * DAY);
  receive (self, now_ms + 3 * DAY);
  assert_figures (self, "{\"sent\":2,\"edited\":1,\"reopened\":1,\"words\":1,\"of_words\":12}");
  g_assert_cmpint (get (self, "SELECT reopened FROM response_use WHERE agent_id = 2"), ==, 1);

  g_assert_null (lia_query_response_figures (self->db, AGENT, self->response + 1, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND);
}

static void
test_rest (Fixture      *self,
           gconstpointer data)
{
  gint64 before_ms = lia_time_now ();

  g_assert_cmpint (get (self, "SELECT since FROM response_rest WHERE live = 1"), ==, TEST_NOON - DAY);
  save (self, self->response, "Changed.");
  g_assert_cmpint (get (self, "SELECT since FROM response_rest"), ==, TEST_NOON - DAY);
  send (self, NULL, before_ms);
  g_assert_cmpint (get (self, "SELECT since FROM response_rest"), >=, before_ms);
}

static char *
dump (Fixture *self)
{
  static const struct
  {
    const char *sql;
    int         n_columns;
  } tables[] = {
    { "SELECT * FROM response_sent", 13 },
    { "SELECT * FROM response_edit", 5 },
    { "SELECT * FROM response_place", 6 },
    { "SELECT * FROM response_use", 9 },
    { "SELECT * FROM response_rest", 3 },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (LiaRows) rows = lia_db_query (self->db, NULL, tables[i].sql, "");

      while (lia_rows_next (rows, NULL))
        for (int column = 0; column < tables[i].n_columns; column++)
          g_string_append_printf (text, "%s|", lia_rows_text (rows, column));
    }

  return g_string_free (text, FALSE);
}

static void
test_rebuild (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64           now_ms = lia_time_now ();

  send (self, "Hello Ann, your money is on its way. It takes five days.", now_ms);
  receive (self, now_ms + DAY);
  before = dump (self);
  g_assert_true (lia_projections_rebuild (self->db, &error));
  g_assert_no_error (error);
  after = dump (self);
  g_assert_nonnull (strstr (before, "five"));
  g_assert_cmpstr (after, ==, before);
}

/* A store of a program that did not count yet has the same rows afterwards as if it had. */
static void
test_counted_afterwards (void)
{
  static const char older[] =
      "INSERT INTO response VALUES (10, 1, 10, 'team', 2, 'reviewed', '', '{\"variants\":[{\"body\":\"Hello. It takes three days.\"}]}'),"
      "(11, 1, 11, 'team', 2, 'removed', '', '');"
      "INSERT INTO response_use VALUES (10, 0, 0, 0, 3, 1), (10, 2, 0, 0, 2, 1), (10, 3, 0, 0, 1, 0);"
      "INSERT INTO response_sent VALUES (10, 20, 1, 'a', 2, 1, 0, 1, 2, 9, 5, 50, 77), (10, 21, 1, 'b', 2, 1, 0, 0, 0, 0, 0, 0, NULL),"
      "(10, 22, 1, 'b', 3, 1, 0, 0, 0, 0, 0, 0, 78);"
      "INSERT INTO response_edit VALUES (10, 20, 0, 'It takes three days.', 'x'), (10, 21, 0, 'It takes three days.', 'y'), (10, 20, 1, 'Gone.', '');"
      "INSERT INTO response_place VALUES (10, 'It takes three days.', 4, 5), (10, 'Gone.', 4, 5), (11, 'It takes three days.', 4, 5);";
  g_autoptr (GError) error = NULL;
  Fixture self = { .db = lia_db_open (":memory:", FALSE, &error) };

  g_assert_true (lia_migrations_run_some (self.db, 14, &error));
  g_assert_true (lia_db_script (self.db, older, &error));
  g_assert_no_error (error);
  g_assert_true (lia_migrations_run_some (self.db, lia_migrations_newest (), &error)); /* without a copy, which has no place */
  g_assert_no_error (error);
  assert_text (&self, "SELECT group_concat (agent_id || ':' || reopened || ' ' || words || '/' || of_words, ', ') FROM response_use", "0:2 2/9, 2:1 2/9, 3:1 0/0");
  assert_text (&self, "SELECT group_concat (response_id || before || variant || live, ', ') FROM response_place",
               "10Gone.a0, 10It takes three days.b1, 11It takes three days.0");
  lia_db_close (self.db);
}

static void
assert_list (JsonArray  *list,
             const char *expected)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  g_assert_nonnull (list);
  json_object_set_array_member (object, "list", list);
  text = lia_json_to_text (object);
  if (*expected == '\0')
    g_assert_cmpstr (text, ==, "{\"list\":[]}");
  else if (strstr (text, expected) == NULL)
    g_assert_cmpstr (text, ==, expected);
}

static void
dismiss (Fixture    *self,
         const char *key,
         gint64      agent_id,
         gboolean    dismissed)
{
  g_autofree char *data =
      g_strdup_printf ("{\"key\":\"%s\",\"agent\":%" G_GINT64_FORMAT ",\"dismissed\":%s}", key, agent_id, dismissed ? "true" : "false");

  test_append (self->db, "suggestion.dismissed", 0, 0, AGENT, TEST_NOON, data);
}

static void
test_unused (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *key = g_strdup_printf ("unused:r_%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, self->response, TEST_NOON - DAY);
  gint64           late_ms = TEST_NOON + 90 * DAY;

  assert_list (lia_query_unused_responses (self->db, AGENT, late_ms - 2 * DAY, 9, NULL), "");
  assert_list (lia_query_unused_responses (self->db, AGENT, late_ms, 9, NULL), key);
  dismiss (self, key, AGENT, TRUE);
  assert_list (lia_query_unused_responses (self->db, AGENT, late_ms, 9, NULL), "");
  assert_list (lia_query_unused_responses (self->db, AGENT + 1, late_ms, 9, NULL), key);
  dismiss (self, key, 0, TRUE);
  assert_list (lia_query_unused_responses (self->db, AGENT + 1, late_ms, 9, NULL), "");
  dismiss (self, key, 0, FALSE);
  assert_list (lia_query_unused_responses (self->db, AGENT + 1, late_ms, 9, NULL), key);
}

static void
test_always_edited (Fixture      *self,
                    gconstpointer data)
{
  gint64 now_ms = lia_time_now ();

  send (self, "Hello Ann, your money is on its way. It takes five days.", now_ms);
  send (self, "Hello Ann, your money is on its way. It takes two days.", now_ms);
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "");
  send (self, "Hello Ann, your money is on its way. It takes six days.", now_ms);
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "\"edited\":3,\"of\":3,\"reopened\":0");
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "\"after\":null,\"same\":1");
  send (self, NULL, now_ms);
  send (self, "Hello Bob, your money is on its way. It takes five days.", now_ms);
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL),
               "\"edited\":4,\"of\":5,\"reopened\":0,\"key\":\"edited:r_");
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL),
               "\"before\":\"It takes three days.\",\"after\":\"It takes five days.\",\"same\":2");

  /* Others edit less; the sentence was changed; it is somebody else's. */
  send (self, NULL, now_ms);
  send (self, NULL, now_ms);
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "");
  send (self, "Hello Ann, your money is on its way. It takes five days.", now_ms);
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "\"edited\":5,\"of\":8");
  save (self, self->response, "Hello {{customer.name}}, your money is on its way. It takes five days.");
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "");
  save (self, self->response, BODY);
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "\"edited\":5,\"of\":8");
}

/* Nobody uses it any more, or it is gone: then brought back. */
static void
test_edited_retired (Fixture      *self,
                     gconstpointer data)
{
  g_autofree char *retired = g_strdup_printf ("{\"response\":%" G_GINT64_FORMAT ",\"data\":{\"title\":\"Refund\",\"scope\":\"team\",\"state\":\"retired\","
                                              "\"variants\":[{\"language\":\"en\",\"body\":\"" BODY "\"}]}}",
                                              self->response);
  g_autofree char *removed = g_strdup_printf ("{\"response\":%" G_GINT64_FORMAT "}", self->response);

  for (guint i = 0; i < 3; i++)
    send (self, "Hello Ann, your money is on its way. It takes five days.", lia_time_now ());
  test_append (self->db, "response.changed", 0, 0, AGENT, TEST_NOON, retired);
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "");
  send (self, "Hello Ann, your money will be on its way. It takes three days.", lia_time_now ());
  g_assert_cmpint (get (self, "SELECT max (live) FROM response_place"), ==, 0);
  save (self, self->response, BODY);
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "\"edited\":3,\"of\":4");
  test_append (self->db, "response.removed", 0, 0, AGENT, TEST_NOON, removed);
  assert_list (lia_query_edited_responses (self->db, AGENT, 9, NULL), "");
}

static void
answer_by_hand (Fixture    *self,
                const char *question,
                const char *answer)
{
  gint64           customer = test_append (self->db, "customer.created", 0, 0, 0, TEST_NOON, "{\"name\":\"C\",\"addresses\":[]}");
  gint64           conversation = test_append (self->db, "conversation.created", 0, customer, 0, TEST_NOON, "{\"subject\":\"?\",\"channel\":\"email\"}");
  g_autofree char *in = g_strdup_printf ("{\"kind\":\"email\",\"dir\":\"in\",\"author\":{\"kind\":\"customer\"},\"text\":\"%s\"}", question);
  g_autofree char *out = g_strdup_printf ("{\"kind\":\"email\",\"dir\":\"out\",\"author\":{\"kind\":\"agent\",\"id\":\"a_2\"},\"text\":\"%s\",\"state\":\"sent\"}", answer);

  test_append (self->db, "entry.added", conversation, 0, 0, TEST_NOON, in);
  test_append (self->db, "entry.added", conversation, 0, AGENT, TEST_NOON + TEST_HOUR, out);
}

#define LAMP "press the small button behind the lamp for ten seconds until it blinks twice, and then connect it again to your network."

static void
test_by_hand (Fixture      *self,
              gconstpointer data)
{
  answer_by_hand (self, "My lamp does not connect since yesterday", "Hello Ann, " LAMP);
  answer_by_hand (self, "the lamp will not connect any more", "Hello Bob, please " LAMP);
  answer_by_hand (self, "Where is the invoice", "Thank you!");
  answer_by_hand (self, "What is this", "We are sorry that the parcel was late. The carrier had a strike in the north, and all of its vans stood still for two days.");
  assert_list (lia_query_answers_by_hand (self->db, AGENT, TEST_NOON + DAY, 9, NULL), "");
  answer_by_hand (self, "It is broken", "Dear Carl, " LAMP " Bye");
  assert_list (lia_query_answers_by_hand (self->db, AGENT, TEST_NOON + DAY, 9, NULL), "\"count\":3,\"subject\":\"?\",\"text\":\"Dear Carl, press");
  assert_list (lia_query_answers_by_hand (self->db, AGENT, TEST_NOON + 40 * DAY, 9, NULL), "");
}

/* The same words to three who asked for different things are a form of words, and no answer to a question. */
static void
test_by_hand_needs_a_question (Fixture      *self,
                               gconstpointer data)
{
  answer_by_hand (self, "Where is the invoice", "Hello Ann, " LAMP);
  answer_by_hand (self, "My lamp does not connect", "Hello Bob, " LAMP);
  answer_by_hand (self, "Thank you so much", "Hello Carl, " LAMP);
  assert_list (lia_query_answers_by_hand (self->db, AGENT, TEST_NOON + DAY, 9, NULL), "");
}

#define ADD(name, func) g_test_add ("/learning/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("kept", test_kept);
  ADD ("edited", test_edited);
  ADD ("once", test_once);
  ADD ("written-again", test_written_again);
  ADD ("figures", test_figures);
  ADD ("rest", test_rest);
  ADD ("unused", test_unused);
  ADD ("always-edited", test_always_edited);
  ADD ("edited-retired", test_edited_retired);
  ADD ("by-hand", test_by_hand);
  ADD ("by-hand-needs-a-question", test_by_hand_needs_a_question);
  ADD ("rebuild", test_rebuild);
  g_test_add_func ("/learning/counted-afterwards", test_counted_afterwards);

  return g_test_run ();
}
