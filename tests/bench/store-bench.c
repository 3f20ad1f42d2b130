/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Fills a store through the journal and times what the app asks for. `store-bench [DIRECTORY [CONVERSATIONS [ENTRIES]]]`; a directory that
 * holds a store already is only read. Text is drawn from a vocabulary by Zipf's law, a tenth of the conversations is closed, one has 10,000 entries.
 */

#include "lia-entry-words.h"
#include "lia-journal.h"
#include "lia-queries.h"
#include "lia-store.h"
#include "lia-time.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define N_WORDS 50000
#define WORDS_OF_ENTRY 60
#define BATCH 10000
#define BIG_CONVERSATION 10000
#define FIRST_NUMBER 2000000u /* in New York */
#define ROUNDS 400

typedef struct
{
  LiaStore *store;
  char     *words[N_WORDS];
  gint64    n_conversations;
  gint64    n_entries;
  GArray   *conversations; /* gint64 */
  GArray   *customers;
  gint64    made;
  gint64    start_ms;
} Bench;

/* Rank by Zipf's law, without a table: good enough for a test. */
static guint
draw_word (void)
{
  return MIN (N_WORDS - 1, (guint)(pow (N_WORDS, g_random_double ()) - 1));
}

/* Syllables of a consonant and a vowel: beginnings are spread about as in English. */
static void
make_words (Bench *self)
{
  static const char consonants[] = "bcdfghjklmnpqrstvwxyz";
  static const char vowels[] = "aeiou";
  const guint       n = (sizeof consonants - 1) * (sizeof vowels - 1);

  for (guint i = 0; i < N_WORDS; i++)
    {
      GString *word = g_string_new (NULL);

      for (guint left = i + n; left > 0; left /= n)
        {
          g_string_append_c (word, consonants[left % n % (sizeof consonants - 1)]);
          g_string_append_c (word, vowels[left % n / (sizeof consonants - 1)]);
        }
      self->words[i] = g_string_free_and_steal (word);
    }
}

static char *
make_entry (Bench *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean         in = g_random_boolean ();
  g_autofree char *at = lia_time_to_string (self->start_ms + self->made * 1000);

  for (guint i = 0; i < WORDS_OF_ENTRY; i++)
    g_string_append_printf (text, "%s ", self->words[draw_word ()]);

  return g_strdup_printf ("{\"at\":\"%s\",\"kind\":\"email\",\"dir\":\"%s\",\"author\":{\"kind\":\"%s\",\"id\":\"%s\",\"name\":\"Ann Lee\",\"address\":\"ann@example.com\"},"
                          "\"subject\":\"About %s %s\",\"from\":{\"name\":\"Ann Lee\",\"address\":\"ann@example.com\"},\"reply_to\":null,"
                          "\"to\":[{\"name\":\"\",\"address\":\"support@example.org\"}],\"cc\":[],\"bcc\":[],\"text\":\"%s\",\"folds\":[],\"html\":false,"
                          "\"message_id\":\"<%" G_GINT64_FORMAT "@example.com>\",\"attachments\":[],\"state\":\"\",\"problem\":null,\"undo_until\":null,"
                          "\"outbox\":null,\"flags\":[],\"d\":{},\"x\":{\"raw\":null}}",
                          at, in ? "in" : "out", in ? "customer" : "agent", in ? "k_3" : "a_1", self->words[draw_word ()],
                          self->words[draw_word ()], text->str, self->made);
}

static gboolean
make_conversation (Bench   *self,
                   LiaDb   *db,
                   GError **error)
{
  const char      *word = self->words[draw_word ()];
  g_autofree char *customer = g_strdup_printf ("{\"name\":\"%s %s\",\"addresses\":[{\"kind\":\"email\",\"value\":\"%s%" G_GINT64_FORMAT "@example.com\"},"
                                               "{\"kind\":\"phone\",\"value\":\"+1212%u\"}]}",
                                               word, self->words[draw_word ()], word, self->made, FIRST_NUMBER + 79 * self->customers->len);
  gint64           at_ms = self->start_ms + self->made * 1000;
  LiaJournalEvent  person = { .kind = "customer.created", .at_ms = at_ms, .data = customer };
  LiaJournalEvent  begin = { .kind = "conversation.created", .at_ms = at_ms, .data = "{\"subject\":\"About something\",\"channel\":\"email\"}" };
  gint64           id;

  begin.customer_id = lia_journal_append (db, &person, error);
  id = begin.customer_id != 0 ? lia_journal_append (db, &begin, error) : 0;
  if (id == 0)
    return FALSE;

  g_array_append_val (self->customers, begin.customer_id);
  g_array_append_val (self->conversations, id);

  return TRUE;
}

static gint64
any (GArray *ids)
{
  return g_array_index (ids, gint64, g_random_int_range (0, ids->len));
}

static gboolean
change_state (LiaDb   *db,
              gint64   conversation_id,
              gint64   at_ms,
              GError **error)
{
  static const char *const states[] = {
    "{\"kind\":\"state\",\"d\":{\"what\":\"closed\"}}",
    "{\"kind\":\"state\",\"d\":{\"what\":\"assigned\",\"assignee\":\"a_1\"}}",
  };
  LiaJournalEvent event = { .kind = "entry.added", .conversation_id = conversation_id, .at_ms = at_ms, .data = states[g_random_boolean ()] };

  return lia_journal_append (db, &event, error) != 0;
}

static gboolean
fill_some (Bench   *self,
           LiaDb   *db,
           GError **error)
{
  for (guint i = 0; i < BATCH && self->made < self->n_entries; i++, self->made++)
    {
      g_autofree char *entry = make_entry (self);
      LiaJournalEvent  event = { .kind = "entry.added", .at_ms = self->start_ms + self->made * 1000, .data = entry };

      if ((gint64)self->conversations->len * self->n_entries <= self->made * self->n_conversations && !make_conversation (self, db, error))
        return FALSE;

      event.conversation_id = self->made < BIG_CONVERSATION ? g_array_index (self->conversations, gint64, 0) : any (self->conversations);
      if (lia_journal_append (db, &event, error) == 0 ||
          (self->made % 10 == 0 && !change_state (db, event.conversation_id, event.at_ms, error)))
        return FALSE;
    }

  return TRUE;
}

/* Runs the main context until it is settled, and takes what it tells. */
static gpointer
wait_for (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  gpointer result;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  result = lia_store_take (future, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  dex_unref (future);

  return result;
}

static gboolean
load_ids (LiaDb    *db,
          gpointer  data,
          gpointer *result,
          GError  **error)
{
  Bench *self = data;
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT id, customer_id FROM conversation ORDER BY id", "");

  g_array_set_size (self->conversations, 0);
  g_array_set_size (self->customers, 0);
  while (rows != NULL && lia_rows_next (rows, error))
    {
      gint64 ids[2] = { lia_rows_int (rows, 0), lia_rows_int (rows, 1) };

      g_array_append_vals (self->conversations, &ids[0], 1);
      g_array_append_vals (self->customers, &ids[1], 1);
    }

  return rows != NULL;
}

static void
require (gboolean done,
         GError  *error)
{
  if (!done)
    g_error ("%s", error->message);
}

/* What the writer does, but nothing has to survive a crash here. */
static gboolean
fill_batch (Bench   *self,
            LiaDb   *db,
            GError **error)
{
  if (!lia_db_exec (db, error, "BEGIN IMMEDIATE", ""))
    return FALSE;

  lia_entry_words_keep (db);

  return fill_some (self, db, error) &&
         lia_entry_words_write (db, error) &&
         lia_db_exec (db, error, "COMMIT", "");
}

static void
fill (Bench      *self,
      const char *directory)
{
  g_autofree char *part = g_strconcat (directory, ".part", NULL);
  g_autofree char *path = g_build_filename (part, "liaison.db", NULL);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  LiaDb *db;

  if (g_file_test (part, G_FILE_TEST_EXISTS))
    g_error ("%s is in the way: a filling that was broken off", part);
  self->store = lia_store_open (part, &error);
  require (self->store != NULL, error);
  lia_store_close (self->store);
  g_clear_object (&self->store);

  db = lia_db_open (path, FALSE, &error);
  require (db != NULL && lia_db_script (db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-524288;", &error), error);

  while (self->made < self->n_entries)
    {
      require (fill_batch (self, db, &error), error);
      if (self->made % 50000 == 0)
        g_printerr ("%" G_GINT64_FORMAT " entries, %.0f/s\n", self->made, self->made / ((g_get_monotonic_time () - start) / 1e6));
    }
  lia_db_close (db);
  g_assert_no_errno (g_rename (part, directory));
}

typedef gboolean (*Question) (Bench   *self,
                              LiaDb   *db,
                              guint    round,
                              GError **error);

static gboolean
ask_view (Bench      *self,
          LiaDb      *db,
          const char *view,
          GError    **error)
{
  g_autoptr (LiaRowPage) page = lia_query_view (db, 1, view, NULL, 50, error);

  return page != NULL;
}

static gboolean
ask_all (Bench *self, LiaDb *db, guint round, GError **error)
{
  return ask_view (self, db, "all", error);
}

static gboolean
ask_waiting (Bench *self, LiaDb *db, guint round, GError **error)
{
  return ask_view (self, db, "waiting", error);
}

static gboolean
ask_closed (Bench *self, LiaDb *db, guint round, GError **error)
{
  return ask_view (self, db, "closed", error);
}

static gboolean
ask_counts (Bench *self, LiaDb *db, guint round, GError **error)
{
  static const char *const views[] = { "mine", "waiting", "queue:q_1", "callbacks", "followups", "closed", "all" };
  gint64                   total;
  gint64                   unread;

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      if (!lia_query_view_counts (db, 1, views[i], &total, &unread, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
ask_timeline_of (LiaDb   *db,
                 gint64   id,
                 GError **error)
{
  g_autoptr (LiaConversation) conversation = lia_query_conversation (db, 1, id, error);
  g_autoptr (LiaEntryPage) page = lia_query_timeline (db, id, NULL, 50, error);

  return conversation != NULL && page != NULL;
}

static gboolean
ask_timeline (Bench *self, LiaDb *db, guint round, GError **error)
{
  return ask_timeline_of (db, any (self->conversations), error);
}

static gboolean
ask_big_timeline (Bench *self, LiaDb *db, guint round, GError **error)
{
  return ask_timeline_of (db, g_array_index (self->conversations, gint64, 0), error);
}

static gboolean
ask_customer (Bench *self, LiaDb *db, guint round, GError **error)
{
  gint64 id = any (self->customers);
  g_autoptr (LiaCustomer) customer = lia_query_customer (db, id, error);
  g_autoptr (LiaEntryPage) page = lia_query_customer_timeline (db, id, NULL, 50, error);

  return customer != NULL && page != NULL;
}

static gboolean
ask_like (Bench *self, LiaDb *db, guint round, GError **error)
{
  g_autofree char *typed = g_strndup (self->words[draw_word ()], 3);
  g_autoptr (GPtrArray) customers = lia_query_customers_like (db, typed, 20, error);

  return customers != NULL;
}

static gboolean
ask_search (LiaDb      *db,
            const char *typed,
            GError    **error)
{
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) found = lia_query_search (db, 1, typed, NULL, 20, &next, error);

  return found != NULL;
}

static gboolean
ask_any_word (Bench *self, LiaDb *db, guint round, GError **error)
{
  return ask_search (db, self->words[draw_word ()], error);
}

static gboolean
ask_common_word (Bench *self, LiaDb *db, guint round, GError **error)
{
  g_autofree char *typed = g_strconcat ("\"", self->words[round % 50], "\"", NULL);

  return ask_search (db, typed, error);
}

static gboolean
ask_prefix (Bench *self, LiaDb *db, guint round, GError **error)
{
  g_autofree char *typed = g_strndup (self->words[draw_word ()], 4);

  return ask_search (db, typed, error);
}

static gboolean
ask_short_prefix (Bench *self, LiaDb *db, guint round, GError **error)
{
  g_autofree char *typed = g_strndup (self->words[draw_word ()], 3);

  return ask_search (db, typed, error);
}

static gboolean
ask_phrase (Bench *self, LiaDb *db, guint round, GError **error)
{
  g_autofree char *typed = g_strconcat ("\"", self->words[draw_word () % 1000], " ", self->words[draw_word () % 1000], "\"", NULL);

  return ask_search (db, typed, error);
}

static gboolean
ask_two_words (Bench *self, LiaDb *db, guint round, GError **error)
{
  g_autofree char *typed = g_strconcat (self->words[draw_word ()], " ", self->words[draw_word ()], NULL);

  return ask_search (db, typed, error);
}

typedef struct
{
  Bench   *bench;
  Question ask;
  double   ms[ROUNDS];
} Timing;

static int
compare_double (const void *a,
                const void *b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return left < right ? -1 : left > right;
}

static gboolean
run_timing (LiaDb    *db,
            gpointer  data,
            gpointer *result,
            GError  **error)
{
  Timing *timing = data;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (!timing->ask (timing->bench, db, i, error))
        return FALSE;
      timing->ms[i] = (g_get_monotonic_time () - start) / 1000.0;
    }

  return TRUE;
}

static void
measure (Bench      *self,
         const char *name,
         Question    ask)
{
  Timing timing = { self, ask };

  wait_for (lia_store_read (self->store, run_timing, &timing, NULL, NULL));
  qsort (timing.ms, ROUNDS, sizeof (double), compare_double);
  g_print ("%-34s p50 %7.2f   p95 %7.2f   p99 %7.2f   max %7.2f ms\n", name, timing.ms[ROUNDS / 2], timing.ms[ROUNDS * 95 / 100],
           timing.ms[ROUNDS * 99 / 100], timing.ms[ROUNDS - 1]);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    Question    ask;
  } questions[] = {
    { "first page of all", ask_all },
    { "first page of waiting", ask_waiting },
    { "first page of closed", ask_closed },
    { "counts of all views", ask_counts },
    { "open a conversation", ask_timeline },
    { "open one of 10,000 entries", ask_big_timeline },
    { "a customer's card and timeline", ask_customer },
    { "customers while typing, 3 letters", ask_like },
    { "search a word", ask_any_word },
    { "search a common word", ask_common_word },
    { "search two words", ask_two_words },
    { "search a phrase", ask_phrase },
    { "search a prefix of 4 letters", ask_prefix },
    { "search a prefix of 3 letters", ask_short_prefix },
  };
  const char *directory = argc > 1 ? argv[1] : "_dev/bench-store/data";
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };

  dex_init ();
  bench.n_conversations = argc > 2 ? g_ascii_strtoll (argv[2], NULL, 10) : 100000;
  bench.n_entries = argc > 3 ? g_ascii_strtoll (argv[3], NULL, 10) : 10 * bench.n_conversations;
  bench.conversations = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.customers = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.start_ms = lia_time_now () - bench.n_entries * 1000;
  make_words (&bench);

  if (!g_file_test (directory, G_FILE_TEST_IS_DIR))
    fill (&bench, directory);

  bench.store = lia_store_open (directory, &error);
  require (bench.store != NULL, error);
  wait_for (lia_store_read (bench.store, load_ids, &bench, NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    measure (&bench, questions[i].name, questions[i].ask);

  lia_store_close (bench.store);

  return 0;
}
