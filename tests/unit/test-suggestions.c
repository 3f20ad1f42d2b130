/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client suggests for the library: what the engine learnt, and twins that it finds itself, no oftener than it must. */

#include "fake-engine.h"
#include "lia-test-wait.h"

#include "lia-client-responses.h"
#include "lia-suggestions.h"

#define TEXT "Your refund is on its way. It takes three to five working days until the money is on your account."

typedef struct
{
  FakeEngine     *engine;
  LiaClient      *client;
  LiaSuggestions *suggestions;
  GString        *rows; /* of responses, as JSON */
  gint64          seq;
  const char     *learnt;
  guint           n_read;
  gboolean        refuses;
} Fixture;

#define LEARNT                                                                                                                           \
  "{\"edited\":[{\"key\":\"edited:r_1:a\",\"response\":\"r_1\",\"before\":\"It takes\",\"after\":null,\"edited\":4,\"of\":5,\"same\":1," \
  "\"reopened\":1},{\"key\":\"edited:r_9:a\",\"response\":\"r_9\",\"before\":\"x\",\"after\":\"y\",\"edited\":3,\"of\":3,\"same\":3}],"  \
  "\"by_hand\":[{\"key\":\"by-hand:e_1\",\"count\":3,\"subject\":\"Money\",\"text\":\"Hello Ann, " TEXT "\",\"entries\":[\"e_1\"]},"     \
  "{\"key\":\"by-hand:e_2\",\"count\":4,\"text\":\"Something else entirely\"}],"                                                         \
  "\"unused\":[{\"key\":\"unused:r_3:1\",\"response\":\"r_3\",\"since\":\"2026-01-02T00:00:00.000Z\"}],\"dismissed\":[\"twins:r_4:r_5\"]}"

static JsonObject *
parse (const char *text)
{
  return lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, NULL);
}

static JsonObject *
read_cb (const char *path,
         GHashTable *query,
         gpointer    data)
{
  Fixture *self = data;

  if (g_str_equal (path, "/v1/responses"))
    {
      gboolean         news = g_ascii_strtoll (g_hash_table_lookup (query, "since"), NULL, 10) < self->seq;
      g_autofree char *text = g_strdup_printf ("{\"rows\":[%s],\"gone\":[],\"seq\":%" G_GINT64_FORMAT ",\"more\":false}", news ? self->rows->str : "", self->seq);

      return parse (text);
    }
  if (g_str_equal (path, "/v1/responses/r_1/figures"))
    return parse ("{\"sent\":41,\"edited\":12,\"reopened\":3,\"words\":31,\"of_words\":402}");
  if (!g_str_equal (path, "/v1/responses/learning"))
    return NULL;
  self->n_read++;

  return self->refuses ? NULL : parse (self->learnt);
}

static void
put (Fixture    *self,
     const char *id,
     guint       ver,
     const char *state,
     const char *body)
{
  JsonObject *d = parse ("{\"response\":\"r_1\"}");

  g_string_append_printf (self->rows, "%s{\"id\":\"%s\",\"ver\":%u,\"title\":\"%s\",\"scope\":\"team\",\"state\":\"%s\",\"variants\":[{\"body\":\"%s\"}]}",
                          self->rows->len > 0 ? "," : "", id, ver, id, state, body);
  self->seq = fake_engine_next_seq (self->engine);
  fake_engine_add_event (self->engine, "response.changed", NULL, d);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->engine = fake_engine_new ();
  self->rows = g_string_new (NULL);
  self->learnt = LEARNT;
  fake_engine_set_read (self->engine, read_cb, self);
  put (self, "r_1", 1, "reviewed", TEXT);
  put (self, "r_2", 1, "draft", TEXT " Bye.");
  put (self, "r_3", 1, "reviewed", "A parcel.");
  put (self, "r_4", 1, "reviewed", "The parcel has left our house this morning.");
  put (self, "r_5", 1, "reviewed", "The parcel has left our house this morning.");
  put (self, "r_6", 1, "retired", TEXT);
  self->client = lia_client_new (fake_engine_get_address (self->engine), NULL);
  lia_client_start (self->client);
  self->suggestions = lia_suggestions_new (self->client);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gint64 end_us = g_get_monotonic_time () + 50000;

  g_assert_finalize_object (self->suggestions);
  lia_client_stop (self->client);
  g_assert_finalize_object (self->client);
  while (g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, FALSE);
  fake_engine_free (self->engine);
  g_string_free (self->rows, TRUE);
}

static guint
count (Fixture          *self,
       LiaSuggestionKind kind)
{
  return lia_suggestions_get (self->suggestions, kind)->len;
}

static LiaSuggestion *
nth (Fixture          *self,
     LiaSuggestionKind kind,
     guint             index)
{
  g_assert_cmpuint (count (self, kind), >, index);

  return lia_suggestions_get (self->suggestions, kind)->pdata[index];
}

#define is_ready(self) (lia_suggestions_get_state ((self)->suggestions) == LIA_SUGGESTIONS_READY)

static void
test_told (Fixture      *self,
           gconstpointer data)
{
  LiaSuggestion *suggestion;

  g_assert_cmpint (lia_suggestions_get_state (self->suggestions), ==, LIA_SUGGESTIONS_READING);
  wait_until (is_ready (self));
  g_assert_cmpuint (lia_suggestions_count (self->suggestions), ==, 5);

  /* r_9 is none that this agent has. */
  g_assert_cmpuint (count (self, LIA_SUGGESTION_EDITED), ==, 1);
  suggestion = nth (self, LIA_SUGGESTION_EDITED, 0);
  g_assert_cmpstr (suggestion->before, ==, "It takes");
  g_assert_null (suggestion->after);
  g_assert_cmpint (suggestion->edited * 100 + suggestion->of * 10 + suggestion->reopened, ==, 451);

  /* There is a response for the one, which says so. */
  g_assert_cmpstr (nth (self, LIA_SUGGESTION_BY_HAND, 0)->other, ==, "r_1");
  g_assert_cmpstr (nth (self, LIA_SUGGESTION_BY_HAND, 0)->subject, ==, "Money");
  g_assert_cmpint (nth (self, LIA_SUGGESTION_BY_HAND, 0)->count, ==, 3);
  g_assert_cmpstr (nth (self, LIA_SUGGESTION_BY_HAND, 1)->other, ==, "");

  /* Neither the retired one nor what was dismissed */
  g_assert_cmpuint (count (self, LIA_SUGGESTION_TWINS), ==, 1);
  g_assert_cmpstr (nth (self, LIA_SUGGESTION_TWINS, 0)->key, ==, "twins:r_1:r_2");
  g_assert_cmpint (nth (self, LIA_SUGGESTION_UNUSED, 0)->since_ms, ==, G_GINT64_CONSTANT (1767312000000));
}

static void
test_done (Fixture      *self,
           gconstpointer data)
{
  guint n_read;

  wait_until (is_ready (self));
  n_read = self->n_read;
  lia_suggestions_set_done (self->suggestions, "twins:r_1:r_2", TRUE);
  lia_suggestions_set_done (self->suggestions, "unused:r_3:1", TRUE);
  g_assert_cmpuint (lia_suggestions_count (self->suggestions), ==, 3);
  wait_until (self->n_read > n_read + 1);
  g_assert_cmpuint (lia_suggestions_count (self->suggestions), ==, 3);
  lia_suggestions_set_done (self->suggestions, "twins:r_1:r_2", FALSE);
  g_assert_cmpuint (count (self, LIA_SUGGESTION_TWINS), ==, 1);
  /* What was dismissed before, and is taken back now */
  lia_suggestions_set_done (self->suggestions, "twins:r_4:r_5", FALSE);
  g_assert_cmpuint (count (self, LIA_SUGGESTION_TWINS), ==, 2);
}

/* Of three that say the same two are told first: the third is like what becomes of them. */
static void
test_one_pair_each (Fixture      *self,
                    gconstpointer data)
{
  put (self, "r_7", 1, "reviewed", TEXT " Bye now.");
  wait_until (is_ready (self));
  g_assert_cmpuint (count (self, LIA_SUGGESTION_TWINS), ==, 1);
  lia_suggestions_set_done (self->suggestions, nth (self, LIA_SUGGESTION_TWINS, 0)->key, TRUE);
  g_assert_cmpuint (count (self, LIA_SUGGESTION_TWINS), ==, 1);
}

/* Texts are compared again only when there are others. */
static void
test_compared_once (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (LiaSuggestion) before = NULL;
  guint n_read;

  wait_until (is_ready (self));
  before = g_object_ref (nth (self, LIA_SUGGESTION_TWINS, 0));
  n_read = self->n_read;
  lia_suggestions_refresh (self->suggestions);
  wait_until (self->n_read > n_read);
  lia_suggestions_refresh (self->suggestions);
  wait_until (self->n_read > n_read + 1);
  g_assert_true (nth (self, LIA_SUGGESTION_TWINS, 0) == before);

  put (self, "r_2", 2, "draft", "Something else.");
  wait_until (lia_canned_index_get (lia_responses_get_index (lia_client_get_responses (self->client)), "r_2")->ver == 2);
  n_read = self->n_read;
  wait_until (count (self, LIA_SUGGESTION_TWINS) == 0);
  g_assert_cmpuint (self->n_read, ==, n_read); /* the engine is not asked for that */
}

static void
change_both (Fixture    *self,
             const char *id,
             const char *other,
             guint       ver,
             const char *body)
{
  LiaCannedIndex *index = lia_responses_get_index (lia_client_get_responses (self->client));

  put (self, id, ver, "reviewed", body);
  put (self, other, ver, "reviewed", ver == 2 ? "Something else." : body);
  wait_until (lia_canned_index_get (index, id)->ver == ver && lia_canned_index_get (index, other)->ver == ver);
}

/* Two that are merged, which is taken back: neighbours in all their numbers, which count up together. */
static void
test_there_and_back (Fixture      *self,
                     gconstpointer data)
{
  static const char *const pairs[][2] = { { "r_1", "r_2" }, { "r_4", "r_5" } };

  self->learnt = "{\"edited\":[],\"by_hand\":[],\"unused\":[],\"dismissed\":[]}";
  wait_until (is_ready (self));
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      guint before = count (self, LIA_SUGGESTION_TWINS);

      change_both (self, pairs[i][0], pairs[i][1], 2, "The parcel number is in the message of the carrier.");
      wait_until (count (self, LIA_SUGGESTION_TWINS) == before - 1);
      change_both (self, pairs[i][0], pairs[i][1], 3, i == 0 ? TEXT : "The parcel has left our house this morning.");
      wait_until (count (self, LIA_SUGGESTION_TWINS) == before);
    }
}

static void
on_changed_cb (guint *n)
{
  (*n)++;
}

static void
test_failed (Fixture      *self,
             gconstpointer data)
{
  guint n_changed = 0;

  self->refuses = TRUE;
  wait_until (lia_suggestions_get_state (self->suggestions) == LIA_SUGGESTIONS_FAILED);
  g_assert_nonnull (lia_suggestions_get_error (self->suggestions));
  g_signal_connect_swapped (self->suggestions, "changed", G_CALLBACK (on_changed_cb), &n_changed);
  lia_suggestions_refresh (self->suggestions);
  g_assert_cmpint (lia_suggestions_get_state (self->suggestions), ==, LIA_SUGGESTIONS_READING);
  g_assert_cmpuint (n_changed, ==, 1);
  wait_until (lia_suggestions_get_state (self->suggestions) == LIA_SUGGESTIONS_FAILED);
  g_assert_cmpuint (n_changed, ==, 2);
  self->refuses = FALSE;
  lia_suggestions_refresh (self->suggestions);
  wait_until (is_ready (self));

  /* What was read once stays. */
  self->refuses = TRUE;
  lia_suggestions_refresh (self->suggestions);
  wait_until (lia_suggestions_get_error (self->suggestions) != NULL);
  g_assert_true (is_ready (self));
  g_assert_cmpuint (lia_suggestions_count (self->suggestions), ==, 5);
}

static DexFuture *
take_cb (DexFuture *future,
         gpointer   data)
{
  *(GObject **)data = g_value_dup_object (dex_future_get_value (future, NULL));

  return dex_future_new_true ();
}

static void
test_figures (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (LiaCannedFigures) figures = NULL;

  dex_future_disown (dex_future_then (lia_client_get_response_figures (self->client, "r_1"), take_cb, &figures, NULL));
  wait_until (figures != NULL);
  g_assert_cmpint (figures->sent, ==, 41);
  g_assert_cmpint (figures->edited, ==, 12);
  g_assert_cmpint (figures->reopened, ==, 3);
  g_assert_cmpint (figures->words, ==, 31);
  g_assert_cmpint (figures->of_words, ==, 402);
}

static void
test_dismissed (Fixture      *self,
                gconstpointer data)
{
  dex_future_disown (lia_client_dismiss_suggestion (self->client, "unused:r_3:1", TRUE));
  wait_until (fake_engine_count_commands (self->engine) == 1);
  g_assert_cmpstr (fake_engine_get_log (self->engine), ==, "suggestion.dismiss ");
  g_assert_nonnull (strstr (fake_engine_get_body (self->engine), "{\"key\":\"unused:r_3:1\",\"dismissed\":true}"));
}

#define ADD(name, func) g_test_add ("/suggestions/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  ADD ("told", test_told);
  ADD ("done", test_done);
  ADD ("one-pair-each", test_one_pair_each);
  ADD ("compared-once", test_compared_once);
  ADD ("there-and-back", test_there_and_back);
  ADD ("failed", test_failed);
  ADD ("figures", test_figures);
  ADD ("dismissed", test_dismissed);

  return g_test_run ();
}
