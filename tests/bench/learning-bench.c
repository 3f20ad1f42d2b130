/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long it takes to read what the use of canned responses says about them: learning-bench [RESPONSES [USES]]. Fills a store in memory through the
 * journal, then as many uses again: what grows with the history shows in the second figures. At last, how long the app's thread compares as many
 * responses, of which each tenth is nearly like another. Fails where a figure is above its limit.
 */

#include "../unit/lia-test-journal.h"

#include "lia-canned-twins.h"
#include "lia-entry-words.h"
#include "lia-queries-learning.h"

#include <math.h>
#include <stdlib.h>

#define DAY_MS (24 * TEST_HOUR)
#define N_CONVERSATIONS 2000
#define N_BY_HAND 3000 /* more than are looked at */
#define N_SENTENCES 5
#define ROUNDS 40
#define LIST 50

typedef struct
{
  LiaDb  *db;
  GArray *responses; /* gint64 */
  GArray *conversations;
  gint64  at_ms;
} Bench;

/* A sentence of a dozen words that is nowhere else */
static void
append_sentence (GString *text,
                 guint    number)
{
  static const char *const words[] = { "order", "parcel", "lamp", "invoice", "account", "payment", "colour", "machine", "warranty", "garden", "return", "address" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_append_printf (text, "%s%u ", words[(number / (i + 1) + i) % G_N_ELEMENTS (words)], number % (97 + i));
  g_string_append_printf (text, "number %u. ", number);
}

static char *
sentence_of (guint response,
             guint place)
{
  GString *text = g_string_new (NULL);

  append_sentence (text, response * N_SENTENCES + place);
  g_string_truncate (text, text->len - 1);

  return g_string_free_and_steal (text);
}

static void
add_response (Bench *self,
              guint  number)
{
  g_autoptr (GString) data = g_string_new ("{\"data\":{\"title\":\"What we say\",\"scope\":\"team\",\"state\":\"reviewed\",\"variants\":[{\"language\":\"en\",\"body\":\"");
  gint64 id;

  for (guint i = 0; i < N_SENTENCES; i++)
    {
      g_autofree char *sentence = sentence_of (number, i);

      g_string_append_printf (data, "%s ", sentence);
    }
  g_string_append (data, "\"}]}}");
  id = test_append (self->db, "response.changed", 0, 0, 1, self->at_ms, data->str);
  g_array_append_val (self->responses, id);
}

static void
add_conversation (Bench *self)
{
  gint64 customer = test_append (self->db, "customer.created", 0, 0, 0, self->at_ms, "{\"name\":\"C\",\"addresses\":[]}");
  gint64 id = test_append (self->db, "conversation.created", 0, customer, 0, self->at_ms, "{\"subject\":\"?\",\"channel\":\"email\"}");

  g_array_append_val (self->conversations, id);
}

static gint64
any_conversation (Bench *self)
{
  return g_array_index (self->conversations, gint64, g_random_int_range (0, (int)self->conversations->len));
}

static gint64
add_message (Bench      *self,
             gint64      conversation,
             const char *text,
             gboolean    out,
             const char *x)
{
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"email\",\"dir\":\"%s\",\"author\":{\"kind\":\"%s\",\"id\":\"%s\"},\"text\":\"%s\",\"state\":\"%s\",\"x\":%s}",
                                           out ? "out" : "in", out ? "agent" : "customer", out ? "a_1" : "", text, out ? "sent" : "", x);

  return test_append (self->db, "entry.added", conversation, 0, out ? 1 : 0, self->at_ms, data);
}

/* Some are sent very often, most hardly ever; each in its own way is changed at one sentence, often in the same words. */
static void
add_use (Bench *self)
{
  guint            number = (guint)(pow (self->responses->len, g_random_double ()) - 1);
  gint64           response = g_array_index (self->responses, gint64, number);
  gboolean         edited = g_random_double () < (number % 3 == 0 ? 0.8 : 0.3);
  guint            place = g_random_double () < 0.9 ? number % N_SENTENCES : (guint)g_random_int_range (0, N_SENTENCES);
  g_autofree char *before = sentence_of (number, place);
  g_autofree char *edits = edited ? g_strdup_printf ("{\"before\":\"%s\",\"after\":\"Another %d.\"}", before, g_random_int_range (0, 4)) : g_strdup ("");
  gint64           entry = add_message (self, any_conversation (self), "So it was answered.", TRUE, "{\"canned\":[]}");
  g_autofree char *used = g_strdup_printf ("{\"response\":%" G_GINT64_FORMAT ",\"agent\":1,\"entry\":%" G_GINT64_FORMAT ",\"edited\":%s,\"ver\":1,"
                                           "\"variant\":\"en/any/\",\"distance\":{\"words\":2,\"of_words\":60,\"characters\":9,\"of_characters\":400},\"edits\":[%s]}",
                                           response, entry, edited ? "true" : "false", edits);

  test_append (self->db, "response.used", 0, 0, 1, self->at_ms, used);
}

static void
add_answer_by_hand (Bench *self,
                    guint  number)
{
  gint64 conversation = any_conversation (self);
  guint  matter = number % 3 == 0 ? number % 40 : 100000 + number;
  g_autoptr (GString) question = g_string_new (NULL);
  g_autoptr (GString) answer = g_string_new (NULL);

  append_sentence (question, matter);
  for (guint i = 0; i < N_SENTENCES; i++)
    append_sentence (answer, matter * 31 + i);
  append_sentence (answer, number);
  add_message (self, conversation, question->str, FALSE, "{}");
  add_message (self, conversation, answer->str, TRUE, "{}");
}

static void
fill (Bench *self,
      guint  n_uses)
{
  g_assert_true (lia_db_exec (self->db, NULL, "BEGIN", ""));
  lia_entry_words_keep (self->db);
  for (guint i = 0; i < n_uses; i++, self->at_ms += TEST_MINUTE)
    add_use (self);
  for (guint i = 0; i < N_BY_HAND; i++, self->at_ms += TEST_MINUTE)
    add_answer_by_hand (self, i);
  g_assert_true (lia_entry_words_write (self->db, NULL));
  g_assert_true (lia_db_exec (self->db, NULL, "COMMIT", ""));
}

/* How many there are in the list */
static guint
count (JsonArray *list)
{
  g_autoptr (JsonArray) owned = list;

  g_assert_nonnull (owned);

  return json_array_get_length (owned);
}

static guint
ask_unused (Bench *self)
{
  return count (lia_query_unused_responses (self->db, 1, self->at_ms, LIST, NULL));
}

static guint
ask_edited (Bench *self)
{
  return count (lia_query_edited_responses (self->db, 1, LIST, NULL));
}

static guint
ask_by_hand (Bench *self)
{
  return count (lia_query_answers_by_hand (self->db, 1, self->at_ms, LIST, NULL));
}

static guint
ask_figures (Bench *self)
{
  g_autoptr (JsonObject) figures = lia_query_response_figures (self->db, 1, g_array_index (self->responses, gint64, 0), NULL);

  return (guint)json_object_get_int_member (figures, "sent");
}

static int
compare_double (const void *a,
                const void *b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return left < right ? -1 : left > right;
}

/* FALSE: too slow */
static gboolean
measure (Bench      *self,
         const char *name,
         guint (*ask) (Bench *self),
         double limit_ms)
{
  double ms[ROUNDS];
  guint  n = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 begin_us = g_get_monotonic_time ();

      n = ask (self);
      ms[i] = (double)(g_get_monotonic_time () - begin_us) / 1000;
    }
  qsort (ms, ROUNDS, sizeof (double), compare_double);
  g_print ("  %-32s p50 %8.2f   p95 %8.2f ms   limit %5.0f ms   (%u)\n", name, ms[ROUNDS / 2], ms[ROUNDS * 95 / 100], limit_ms, n);

  return ms[ROUNDS * 95 / 100] <= limit_ms;
}

static gboolean
measure_all (Bench *self,
             guint  n_uses)
{
  gboolean good;

  g_print ("%u responses, %u uses\n", self->responses->len, n_uses);
  good = measure (self, "not used for long", ask_unused, 20);
  good &= measure (self, "edited at the same place", ask_edited, 50);
  good &= measure (self, "answered by hand", ask_by_hand, 1000);
  good &= measure (self, "figures of the most used", ask_figures, 1);

  return good;
}

static LiaCanned *
make_canned (guint number)
{
  LiaCanned        *canned = lia_canned_new ();
  LiaCannedVariant *variant = lia_canned_variant_new ();
  g_autoptr (GString) body = g_string_new (NULL);

  for (guint i = 0; i < N_SENTENCES; i++)
    append_sentence (body, (number % 10 == 1 ? number - 1 : number) * N_SENTENCES + i);
  g_string_append_printf (body, "Number %u.", number);
  g_free (canned->id);
  canned->id = g_strdup_printf ("r_%u", number);
  g_set_str (&variant->body, body->str);
  g_ptr_array_add (canned->variants, variant);

  return canned;
}

static gboolean
measure_twins (guint  n_responses,
               double limit_ms)
{
  g_autoptr (GPtrArray) library = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) by_hand = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = NULL;
  gint64 begin_us;
  double ms;

  for (guint i = 0; i < n_responses; i++)
    g_ptr_array_add (library, make_canned (i));
  begin_us = g_get_monotonic_time ();
  found = lia_canned_find_twins (library, by_hand);
  ms = (double)(g_get_monotonic_time () - begin_us) / 1000;
  g_print ("%u responses compared: %.0f ms, limit %.0f ms (%u pairs)\n", n_responses, ms, limit_ms, found->len);

  return ms <= limit_ms;
}

int
main (int    argc,
      char **argv)
{
  guint    n_responses = argc > 1 ? (guint)atoi (argv[1]) : 10000;
  guint    n_uses = argc > 2 ? (guint)atoi (argv[2]) : 100000;
  Bench    self = { .at_ms = lia_time_now () - 400 * DAY_MS };
  gboolean good;

  self.responses = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.conversations = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.db = test_open_memory ();
  for (guint i = 0; i < n_responses; i++)
    add_response (&self, i);
  for (guint i = 0; i < N_CONVERSATIONS; i++)
    add_conversation (&self);
  self.at_ms += 60 * DAY_MS;
  fill (&self, n_uses);
  good = measure_all (&self, n_uses);
  fill (&self, n_uses);
  good &= measure_all (&self, 2 * n_uses);
  good &= measure_twins (n_responses, 3000);
  lia_db_close (self.db);
  g_array_unref (self.responses);
  g_array_unref (self.conversations);

  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
