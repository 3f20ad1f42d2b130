/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The canned responses that a client keeps, against an engine that fails on request. What counts is that afterwards the index has what the
 * engine has, and that no more was read than is new.
 */

#include "fake-engine.h"
#include "lia-test-wait.h"
#include "lia-client-responses.h"
#include "lia-client.h"

#include <string.h>

#define N_MANY 1050

/* What the engine has */
typedef struct
{
  gint64     seq;
  LiaCanned *canned; /* NULL: gone */
  char      *id;
} Row;

typedef struct
{
  FakeEngine *engine;
  LiaClient  *client;
  GPtrArray  *rows; /* of Row, in the order of their last change */
  guint       n_given;
  GString    *changed; /* the ids that were told, with a space behind each */
  const char *late;    /* becomes the title of r_1 right after the next answer is made */
} Fixture;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_clear_object (&row->canned);
  g_free (row->id);
  g_free (row);
}

static void change (Fixture    *self,
                    const char *id,
                    const char *title);

static gint64
get_number (GHashTable *query,
            const char *name)
{
  return g_ascii_strtoll (g_hash_table_lookup (query, name), NULL, 10);
}

static JsonObject *
read_responses (Fixture    *self,
                GHashTable *query)
{
  gint64      since = get_number (query, "since");
  gint64      upto = since;
  guint       limit = fake_engine_get_limit (query);
  JsonObject *answer = json_object_new ();
  JsonArray  *rows = json_array_new ();
  JsonArray  *gone = json_array_new ();
  guint       n = 0;

  for (guint i = 0; i < self->rows->len && n < limit; i++)
    {
      const Row *row = self->rows->pdata[i];

      if (row->seq <= since)
        continue;
      n++;
      upto = row->seq;
      if (row->canned != NULL)
        json_array_add_object_element (rows, lia_wire_encode_canned (row->canned));
      else
        json_array_add_string_element (gone, row->id);
    }

  self->n_given += n;
  json_object_set_array_member (answer, "rows", rows);
  json_object_set_array_member (answer, "gone", gone);
  json_object_set_int_member (answer, "seq", upto);
  json_object_set_boolean_member (answer, "more", self->rows->len > 0 && upto < ((Row *)self->rows->pdata[self->rows->len - 1])->seq);

  return answer;
}

static JsonObject *
read_versions (void)
{
  return lia_json_parse ("{\"rows\":[{\"ver\":2,\"at\":\"2026-11-22T08:00:00.000Z\",\"agent\":\"a_1\","
                         "\"response\":{\"id\":\"r_1\",\"ver\":2,\"title\":\"Second\",\"variants\":[{\"body\":\"b\"}]}},"
                         "{\"ver\":1,\"at\":\"2026-11-21T08:00:00.000Z\",\"agent\":\"\","
                         "\"response\":{\"id\":\"r_1\",\"ver\":1,\"title\":\"First\",\"variants\":[{\"body\":\"b\"}]}}],\"more\":false}",
                         -1, LIA_JSON_MAX_BYTES, NULL);
}

static JsonObject *
read_cb (const char *path,
         GHashTable *query,
         gpointer    data)
{
  if (g_str_equal (path, "/v1/responses"))
    {
      Fixture    *self = data;
      JsonObject *answer = read_responses (self, query);

      if (self->late != NULL)
        change (self, "r_1", g_steal_pointer (&self->late));
      return answer;
    }
  if (g_str_equal (path, "/v1/responses/r_1/versions"))
    return read_versions ();

  return NULL;
}

static void
set_row (Fixture    *self,
         const char *id,
         const char *title)
{
  Row *row = g_new0 (Row, 1);

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (g_str_equal (((Row *)self->rows->pdata[i])->id, id))
        g_ptr_array_remove_index (self->rows, i--);
    }

  row->id = g_strdup (id);
  row->seq = fake_engine_next_seq (self->engine);
  if (title != NULL)
    {
      row->canned = lia_canned_new ();
      g_set_str (&row->canned->id, id);
      g_set_str (&row->canned->title, title);
      g_ptr_array_add (row->canned->variants, lia_canned_variant_new ());
    }
  g_ptr_array_add (self->rows, row);
}

/* @title NULL: it is gone */
static void
change (Fixture    *self,
        const char *id,
        const char *title)
{
  JsonObject *d = json_object_new ();

  set_row (self, id, title);
  json_object_set_string_member (d, "response", id);
  fake_engine_add_event (self->engine, title != NULL ? "response.changed" : "response.removed", NULL, d);
}

static void
on_changed_cb (LiaResponses *responses,
               const char   *id,
               Fixture      *self)
{
  g_string_append_printf (self->changed, "%s ", id != NULL ? id : "all");
}

static LiaResponses *
get_responses (Fixture *self)
{
  LiaResponses *responses = lia_client_get_responses (self->client);

  if (g_signal_handler_find (responses, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_changed_cb, NULL) == 0)
    g_signal_connect (responses, "changed", G_CALLBACK (on_changed_cb), self);

  return responses;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->engine = fake_engine_new ();
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->changed = g_string_new (NULL);
  fake_engine_set_read (self->engine, read_cb, self);
  change (self, "r_1", "Refund policy");
  change (self, "r_2", "Order status");
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
  g_ptr_array_unref (self->rows);
  g_string_free (self->changed, TRUE);
}

static guint
count_rows (Fixture *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += ((Row *)self->rows->pdata[i])->canned != NULL;

  return n;
}

static gboolean
is_true (Fixture *self)
{
  LiaCannedIndex *index = lia_responses_get_index (get_responses (self));

  if (lia_canned_index_size (index) != count_rows (self))
    return FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      LiaCanned *known = lia_canned_index_get (index, row->id);

      if ((row->canned == NULL) != (known == NULL) || (known != NULL && !g_str_equal (known->title, row->canned->title)))
        return FALSE;
    }

  return TRUE;
}

static void
test_loaded (Fixture      *self,
             gconstpointer data)
{
  LiaResponses *responses = get_responses (self);
  g_autoptr (LiaCannedContext) context = lia_canned_context_new ();
  g_autoptr (GPtrArray) hits = NULL;

  g_assert_false (lia_responses_get_loaded (responses));
  wait_until (lia_responses_get_loaded (responses));
  g_assert_true (is_true (self));
  g_assert_cmpstr (self->changed->str, ==, "all ");
  hits = lia_canned_index_query (lia_responses_get_index (responses), "refpol", context, 10);
  g_assert_cmpuint (hits->len, ==, 1);
}

/* Asked for before there is a connection */
static void
test_before_connection (Fixture      *self,
                        gconstpointer data)
{
  LiaClient *connected = self->client;

  self->client = lia_client_new (fake_engine_get_address (self->engine), NULL);
  g_assert_false (lia_responses_get_loaded (get_responses (self)));
  lia_client_start (self->client);
  wait_until (lia_responses_get_loaded (get_responses (self)));
  g_assert_true (is_true (self));

  lia_client_stop (connected);
  g_assert_finalize_object (connected);
}

static void
test_events (Fixture      *self,
             gconstpointer data)
{
  LiaResponses *responses = get_responses (self);

  wait_until (lia_responses_get_loaded (responses));
  g_string_truncate (self->changed, 0);
  change (self, "r_3", "Password reset");
  wait_until (is_true (self));
  change (self, "r_1", "Refund rules");
  change (self, "r_2", NULL);
  wait_until (is_true (self));
  g_assert_cmpstr (self->changed->str, ==, "r_3 r_1 r_2 ");
  g_assert_true (lia_responses_get_loaded (responses));
}

/* More than one page; what changes meanwhile is not missed */
static void
test_many (Fixture      *self,
           gconstpointer data)
{
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("r_%u", i + 10);

      change (self, id, "One of many");
    }
  get_responses (self);
  wait_until (self->n_given > 300);
  g_assert_false (lia_responses_get_loaded (get_responses (self)));
  change (self, "r_10", "Changed behind the reader");
  change (self, "r_11", NULL);
  wait_until (is_true (self));
  g_assert_true (lia_responses_get_loaded (get_responses (self)));
  g_assert_cmpuint (self->n_given, <=, N_MANY + 4);
}

/* The event overtakes an answer in which it is not contained. */
static void
test_overtaken (Fixture      *self,
                gconstpointer data)
{
  wait_until (is_true (self));
  fake_engine_set_delay (self->engine, 50); /* more than a tick of the client: it looks at the event at once */
  self->late = "Changed behind the reader";
  change (self, "r_2", "Order status");
  wait_until (self->late == NULL && is_true (self));
}

/* Events that come in a burst are read in a few pages */
static void
test_burst (Fixture      *self,
            gconstpointer data)
{
  guint n_before;

  wait_until (is_true (self));
  n_before = fake_engine_count_requests (self->engine);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *title = g_strdup_printf ("Version %u", i);

      change (self, "r_1", title);
    }
  wait_until (is_true (self));
  g_assert_cmpuint (fake_engine_count_requests (self->engine) - n_before, <, 100);
}

/* In the very moment: the client may be back before anybody looks. */
static void
on_away_cb (Fixture *self)
{
  g_signal_handlers_disconnect_by_func (self->client, on_away_cb, self);
  g_assert_cmpint (lia_client_get_state (self->client), !=, LIA_CLIENT_LIVE);
  g_assert_true (is_true (self));
  g_assert_true (lia_responses_get_loaded (get_responses (self)));
  change (self, "r_3", "Said while nobody listened");
}

static void
test_reconnect (Fixture      *self,
                gconstpointer data)
{
  guint n_hellos = fake_engine_count_hellos (self->engine);

  wait_until (is_true (self));
  self->n_given = 0;
  g_signal_connect_swapped (self->client, "notify::state", G_CALLBACK (on_away_cb), self);
  fake_engine_drop_streams (self->engine);
  wait_until (fake_engine_count_hellos (self->engine) > n_hellos && is_true (self));
  g_assert_cmpuint (self->n_given, ==, 1);
}

/* Restored from a backup: what is no longer there is gone, although nobody says so, and what is there is not reported one by one */
static void
test_another_journal (Fixture      *self,
                      gconstpointer data)
{
  wait_until (is_true (self));
  g_string_truncate (self->changed, 0);
  fake_engine_forget_journal (self->engine);
  g_ptr_array_set_size (self->rows, 0);
  set_row (self, "r_2", "Order status, as it was");
  fake_engine_drop_streams (self->engine);
  wait_until (is_true (self));
  g_assert_cmpstr (self->changed->str, ==, "all ");
}

static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  LiaResponses *responses = get_responses (self);

  fake_engine_refuse_next (self->engine, LIA_PROBLEM_NOT_FOUND);
  wait_until (lia_responses_get_loaded (responses));
  g_assert_true (is_true (self));
}

/* Whoever holds them longer than the client still finds what was known. */
static void
test_outlives_client (Fixture      *self,
                      gconstpointer data)
{
  g_autoptr (LiaResponses) responses = g_object_ref (get_responses (self));
  LiaClient *client = g_steal_pointer (&self->client);

  wait_until (lia_responses_get_loaded (responses));
  self->client = lia_client_new (fake_engine_get_address (self->engine), NULL);
  lia_client_stop (client);
  g_assert_finalize_object (client);
  g_assert_cmpuint (lia_canned_index_size (lia_responses_get_index (responses)), ==, 2);
}

static void
test_commands (Fixture      *self,
               gconstpointer data)
{
  LiaCanned *known;
  g_autoptr (DexFuture) saved = NULL;
  g_autoptr (DexFuture) retired = NULL;
  g_autoptr (DexFuture) removed = NULL;

  wait_until (is_true (self));
  known = lia_canned_index_get (lia_responses_get_index (get_responses (self)), "r_1");
  known->ver = 7;
  saved = lia_client_save_response (self->client, known);
  wait_until (!dex_future_is_pending (saved));
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (saved, NULL)), ==, "r_1");
  g_assert_nonnull (strstr (fake_engine_get_body (self->engine), "\"ver\":7"));
  g_assert_nonnull (strstr (fake_engine_get_body (self->engine), "\"title\":\"Refund policy\""));

  retired = lia_client_retire_response (self->client, "r_1", 8);
  wait_until (!dex_future_is_pending (retired));
  g_assert_true (g_value_get_boolean (dex_future_get_value (retired, NULL)));
  g_assert_nonnull (strstr (fake_engine_get_body (self->engine), "\"d\":{\"response\":\"r_1\"}"));
  removed = lia_client_remove_response (self->client, "r_1", 0);
  wait_until (!dex_future_is_pending (removed));
  g_assert_cmpstr (fake_engine_get_log (self->engine), ==, "response.save response.retire response.remove ");
}

static void
test_versions (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (DexFuture) future = lia_client_get_response_versions (self->client, "r_1", 0);
  g_autoptr (DexFuture) unknown = lia_client_get_response_versions (self->client, "r_9", 3);
  g_autoptr (LiaCannedVersion) newest = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *versions;

  wait_until (!dex_future_is_pending (future) && !dex_future_is_pending (unknown));
  versions = g_value_get_object (dex_future_get_value (future, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (versions), ==, 2);
  newest = g_list_model_get_item (versions, 0);
  g_assert_cmpint (newest->ver, ==, 2);
  g_assert_cmpint (newest->at_ms, ==, G_GINT64_CONSTANT (1795334400000));
  g_assert_cmpstr (newest->agent, ==, "a_1");
  g_assert_cmpstr (newest->canned->title, ==, "Second");
  g_assert_null (dex_future_get_value (unknown, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND);
}

static void
add (const char *path,
     void (*test) (Fixture *self, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  add ("/responses/loaded", test_loaded);
  add ("/responses/before-connection", test_before_connection);
  add ("/responses/events", test_events);
  add ("/responses/many", test_many);
  add ("/responses/overtaken", test_overtaken);
  add ("/responses/burst", test_burst);
  add ("/responses/reconnect", test_reconnect);
  add ("/responses/another-journal", test_another_journal);
  add ("/responses/refused", test_refused);
  add ("/responses/outlives-client", test_outlives_client);
  add ("/responses/commands", test_commands);
  add ("/responses/versions", test_versions);

  return g_test_run ();
}
