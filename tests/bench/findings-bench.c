/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Whether what was said before is found while somebody types, beside SQLite's FTS5 with its stemmer and BM25: findings-bench FIXTURES [N]. Of each intent
 * of BANKING77 (tests/fixtures/canned) one finding is made, its title one message of customers and its quotes some others. What is typed are messages of
 * the test part: recall@5 tells how often the right finding is one of the first five, whole and with a typo in a long word. An intent is wider than a
 * finding: not all of its messages say what a person would call the same, so nobody can find all of them.
 *
 * It is judged twice: among the messages of CLINC150, a finding each intent and each message that has none, as people wrote them; and among N (50,000)
 * others, whose words are drawn from all of these messages. Those say nothing, but have the same words as what is looked for, far more often than people
 * would. How often something is offered to whom nothing should be is measured with the messages of CLINC150 that have no intent, before they are there.
 * Times are of each keystroke of fifty messages, on the clock and of the processor; then of pages of the list, in each order and with each filter, of the
 * figures above it and of the pages of the web site that fail customers: those N findings were said in the last two years, a tenth of them is with the
 * engineers, and a fifth is of five hundred such pages.
 */

#include "lia-test-journal.h"

#include "lia-queries-findings.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_QUOTES 4
#define AGENT 1
#define DAYS 730
#define N_PAGES 40 /* of each list */

typedef struct
{
  char *intent;
  char *text;
} Message;

typedef struct
{
  LiaDb      *db;
  GPtrArray  *examples; /* of Message */
  GPtrArray  *tests;
  GPtrArray  *foreign; /* of Message: of other matters */
  GPtrArray  *words;   /* char *, as often as they occur */
  GHashTable *intents; /* intent -> finding's id */
  gint64      conversation;
} Bench;

static void
read_messages (Bench      *self,
               const char *directory,
               const char *name,
               gboolean    judged)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 3);
      g_auto (GStrv) words = NULL;
      Message *message;

      if (g_strv_length (fields) != 3 || lines[i][0] == '#')
        continue;
      words = g_strsplit_set (fields[2], " .,?!\"", -1);
      for (guint k = 0; words[k] != NULL; k++)
        if (*words[k] != '\0')
          g_ptr_array_add (self->words, g_strdup (words[k]));
      message = g_new0 (Message, 1);
      message->intent = g_strdup (fields[1]);
      message->text = g_strdup (fields[2]);
      g_ptr_array_add (!judged ? self->foreign : g_str_equal (fields[0], "example") ? self->examples
                                                                                    : self->tests,
                       message);
    }
}

static char *
quote_json (const char *text)
{
  g_autofree char *escaped = g_strescape (text, "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f"
                                                "\xa0\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbe\xbf"
                                                "\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb\xdc\xdd\xde\xdf"
                                                "\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff");

  return g_strdup_printf ("\"%s\"", escaped);
}

static gint64
add_finding (Bench      *self,
             const char *title)
{
  g_autofree char *line = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), 70));
  g_autofree char *json = quote_json (line);
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"bug\",\"title\":%s}", json);

  return test_append (self->db, "finding.captured", 0, 0, AGENT, TEST_NOON, data);
}

static void
add_quote_at (Bench      *self,
              gint64      finding,
              gint64      at_ms,
              const char *text)
{
  g_autofree char *json = quote_json (text);
  g_autofree char *data = g_strdup_printf ("{\"kind\":\"finding\",\"author\":{\"kind\":\"agent\",\"id\":\"a_1\"},\"text\":%s,\"d\":{\"finding\":\"f_%" G_GINT64_FORMAT "\"}}",
                                           json, finding);

  test_append (self->db, "entry.added", self->conversation, 0, AGENT, at_ms, data);
}

static void
add_quote (Bench      *self,
           gint64      finding,
           const char *text)
{
  add_quote_at (self, finding, TEST_NOON, text);
}

static char *
draw (Bench *self,
      guint  n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (char *)self->words->pdata[g_random_int_range (0, (int)self->words->len)]);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* What becomes of one of so many: it fails a page, or the engineers have it. */
static void
lead_on (Bench *self,
         gint64 finding,
         gint64 at_ms)
{
  guint            chance = (guint)g_random_int_range (0, 10);
  g_autofree char *data =
      chance < 2 ? g_strdup_printf ("{\"finding\":%" G_GINT64_FORMAT ",\"kind\":\"site-failed\",\"product\":\"Site\",\"url\":\"https://shop.example/%d\"}", finding,
                                    g_random_int_range (0, 500))
                 : g_strdup_printf ("{\"finding\":%" G_GINT64_FORMAT ",\"tracker\":%d,\"issue\":{\"key\":\"%" G_GINT64_FORMAT "\",\"url\":\"https://t.example/1\",\"title\":\"x\"}}",
                                    finding, g_random_int_range (5, 8), finding);

  if (chance < 3)
    test_append (self->db, chance < 2 ? "finding.changed" : "issue.linked", 0, 0, AGENT, at_ms + TEST_HOUR, data);
}

static void
add_other (Bench *self)
{
  g_autofree char *title = draw (self, (guint)g_random_int_range (4, 10));
  gint64           at_ms = TEST_NOON - (gint64)g_random_int_range (0, DAYS * 24) * TEST_HOUR;
  gint64           finding = add_finding (self, title);
  int              n = g_random_int_range (1, 4);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *said = i == 0 ? draw (self, (guint)g_random_int_range (6, 20)) : g_strdup ("");

      add_quote_at (self, finding, at_ms + i * TEST_HOUR, said);
    }
  lead_on (self, finding, at_ms);
}

static void
begin (LiaDb      *db,
       const char *sql)
{
  g_autoptr (GError) error = NULL;

  lia_db_script (db, sql, &error);
  g_assert_no_error (error);
}

/* A finding an intent, with a few quotes; each message without one is a finding. */
static void
add_messages (Bench     *self,
              GPtrArray *messages)
{
  g_autoptr (GHashTable) quotes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < messages->len; i++)
    {
      const Message *message = messages->pdata[i];
      gboolean       alone = *message->intent == '\0';
      gint64        *known = alone ? NULL : g_hash_table_lookup (self->intents, message->intent);
      guint          n_quotes = alone ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (quotes, message->intent));

      if (known == NULL)
        {
          known = g_new (gint64, 1);
          *known = add_finding (self, message->text);
          g_hash_table_replace (self->intents, alone ? message->text : message->intent, known);
        }
      if (n_quotes < N_QUOTES)
        add_quote (self, *known, message->text);
      g_hash_table_insert (quotes, message->intent, GUINT_TO_POINTER (n_quotes + 1));
    }
}

static void
fill (Bench *self)
{
  gint64 customer;

  begin (self->db, "BEGIN IMMEDIATE");
  customer = test_append (self->db, "customer.created", 0, 0, 0, TEST_NOON, "{\"name\":\"Ann\",\"addresses\":[]}");
  self->conversation = test_append (self->db, "conversation.created", 0, customer, 0, TEST_NOON, "{\"subject\":\"Money\",\"channel\":\"email\"}");
  add_messages (self, self->examples);
  begin (self->db, "COMMIT");
}

static void
fill_up (Bench *self,
         guint  n)
{
  gint64 begin_us = g_get_monotonic_time ();

  begin (self->db, "BEGIN IMMEDIATE");
  for (guint i = 0; i < n; i++)
    add_other (self);
  begin (self->db, "COMMIT");
  g_print ("filled       %8.1f s: %u findings, %" G_GINT64_FORMAT " words\n", (double)(g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC, n,
           test_get_int (self->db, "SELECT count (*) FROM finding_term"));
}

/* The same texts, one document a finding. */
static void
index_peer (Bench *self)
{
  begin (self->db,
         "CREATE VIRTUAL TABLE IF NOT EXISTS temp.peer USING fts5 (title, quotes, tokenize = 'porter unicode61'); DELETE FROM temp.peer; "
         "INSERT INTO temp.peer (rowid, title, quotes) SELECT f.id, f.title, (SELECT group_concat (t.json ->> '$.text', ' ') FROM quote AS q "
         "JOIN entry_text AS t ON t.seq = q.seq WHERE q.finding_id = f.id) FROM finding AS f");
}

static gboolean
is_found_by_peer (Bench         *self,
                  const Message *message,
                  const char    *typed,
                  guint          first)
{
  g_auto (GStrv) words = g_regex_split_simple ("[^[:alnum:]]+", typed, 0, 0);
  g_autoptr (GString) match = g_string_new (NULL);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (match, "%s\"%s\"", match->len > 0 ? " OR " : "", words[i]);
  rows = lia_db_query (self->db, &error, "SELECT rowid FROM temp.peer WHERE peer MATCH $1 ORDER BY bm25 (peer) LIMIT $2", "ti", match->str, (gint64)first);
  g_assert_no_error (error);
  while (lia_rows_next (rows, &error))
    found = found || lia_rows_int (rows, 0) == *(gint64 *)g_hash_table_lookup (self->intents, message->intent);

  return found;
}

static GPtrArray *
like (Bench      *self,
      const char *typed)
{
  LiaFindingFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *found = lia_query_findings_like (self->db, typed, &filter, FALSE, 5, TEST_NOON, &error);

  g_assert_no_error (error);

  return found;
}

static gboolean
is_found (Bench         *self,
          const Message *message,
          const char    *typed,
          guint          first)
{
  g_autoptr (GPtrArray) found = like (self, typed);
  g_autofree char *id = g_strdup_printf ("f_%" G_GINT64_FORMAT, *(gint64 *)g_hash_table_lookup (self->intents, message->intent));

  for (guint i = 0; i < MIN (found->len, first); i++)
    if (g_str_equal (((LiaFinding *)found->pdata[i])->id, id))
      return TRUE;

  return FALSE;
}

/* Two letters of its longest word are exchanged. */
static char *
mistype (const char *text)
{
  char *typed = g_strdup (text);
  char *longest = NULL;
  gsize length = 0;

  for (char *at = typed; *at != '\0';)
    {
      gsize n = strspn (at, "abcdefghijklmnopqrstuvwxyz");

      if (n > length)
        {
          longest = at;
          length = n;
        }
      at += n > 0 ? n : 1;
    }
  if (length > 3)
    {
      char letter = longest[length / 2];

      longest[length / 2] = longest[length / 2 + 1];
      longest[length / 2 + 1] = letter;
    }

  return typed;
}

typedef gboolean (*IsFound) (Bench         *self,
                             const Message *message,
                             const char    *typed,
                             guint          first);

static void
judge (Bench      *self,
       const char *name,
       IsFound     is_found_by)
{
  guint n = 0;
  guint first = 0;
  guint five = 0;
  guint mistyped = 0;

  for (guint i = 0; i < self->tests->len; i += 7)
    {
      const Message   *message = self->tests->pdata[i];
      g_autofree char *wrong = mistype (message->text);

      n++;
      first += is_found_by (self, message, message->text, 1);
      five += is_found_by (self, message, message->text, 5);
      mistyped += is_found_by (self, message, wrong, 5);
    }
  g_print ("%-12s %u messages: recall@1 %.3f, recall@5 %.3f, mistyped recall@5 %.3f\n", name, n, (double)first / n, (double)five / n, (double)mistyped / n);
}

static void
judge_both (Bench *self)
{
  index_peer (self);
  judge (self, "ours", is_found);
  judge (self, "FTS5 BM25", is_found_by_peer);
}

/* What is of no matter at all. */
static void
judge_foreign (Bench *self)
{
  guint n = 0;
  guint offered = 0;

  for (guint i = 0; i < self->foreign->len; i++)
    {
      const Message *message = self->foreign->pdata[i];
      g_autoptr (GPtrArray) found = *message->intent == '\0' ? like (self, message->text) : NULL;

      n += found != NULL;
      offered += found != NULL && found->len > 0;
    }
  g_print ("unrelated    %u messages: something is offered to %.1f %%\n", n, 100.0 * offered / n);
}

static double
processor_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static int
compare_double (gconstpointer a,
                gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return left < right ? -1 : left > right;
}

static void
print_times (const char *name,
             GArray     *times)
{
  g_array_sort (times, compare_double);
  g_print ("%-13s p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, most %.1f ms, of %u\n", name, g_array_index (times, double, times->len / 2),
           g_array_index (times, double, times->len * 95 / 100), g_array_index (times, double, times->len * 99 / 100),
           g_array_index (times, double, times->len - 1), times->len);
}

static void
time_keystrokes (Bench *self)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) worked = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < 50; i++)
    {
      const Message *message = self->tests->pdata[i * (self->tests->len / 50)];

      for (glong k = 1; k <= MIN (g_utf8_strlen (message->text, -1), 70); k++)
        {
          g_autofree char *typed = g_utf8_substring (message->text, 0, k);
          gint64           begin_us = g_get_monotonic_time ();
          double           begin_ms = processor_ms ();
          g_autoptr (GPtrArray) found = like (self, typed);
          double ms = (double)(g_get_monotonic_time () - begin_us) / 1000;
          double work_ms = processor_ms () - begin_ms;

          g_array_append_val (times, ms);
          g_array_append_val (worked, work_ms);
        }
    }
  print_times ("a keystroke", times);
  print_times ("processor", worked);
}

static void
add_time (GArray *times,
          gint64  begin_us)
{
  double ms = (double)(g_get_monotonic_time () - begin_us) / 1000;

  g_array_append_val (times, ms);
}

/* Page after page, as somebody scrolls. */
static void
time_list (Bench                  *self,
           const LiaFindingFilter *filter,
           GArray                 *times)
{
  g_autofree char *after = NULL;

  for (guint i = 0; i < N_PAGES && (i == 0 || after != NULL); i++)
    {
      gint64           begin_us = g_get_monotonic_time ();
      g_autofree char *next = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = lia_query_findings (self->db, filter, after, 50, TEST_NOON, &next, &error);

      g_assert_no_error (error);
      add_time (times, begin_us);
      g_set_str (&after, next);
    }
}

static void
time_lists (Bench *self)
{
  static const struct
  {
    const char      *name;
    LiaFindingFilter filter;
  } filters[] = {
    { "all", { 0 } },
    { "kind", { .kind = "site-failed" } },
    { "none of kind", { .kind = "praise" } },
    { "state", { .state = "linked" } },
    { "product", { .product = "Site" } },
    { "a page", { .url = "https://shop.example/7" } },
    { "a tracker", { .tracker_id = 6 } },
    { "no tracker", { .tracker_id = LIA_FINDING_NO_TRACKER } },
    { "a month", { .since_ms = TEST_NOON - 30 * 24 * TEST_HOUR } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

      for (guint sort = 0; sort < LIA_FINDING_N_SORTS; sort++)
        {
          LiaFindingFilter filter = filters[i].filter;

          filter.sort = (LiaFindingSort)sort;
          time_list (self, &filter, times);
        }
      print_times (filters[i].name, times);
    }
}

static void
time_together (Bench *self)
{
  g_autoptr (GArray) figures_times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) pages_times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_PAGES; i++)
    {
      LiaFindingFilter filter = { 0 };
      g_autoptr (GError) error = NULL;
      gint64 begin_us = g_get_monotonic_time ();
      g_autoptr (LiaFindingFigures) figures = lia_query_finding_figures (self->db, &filter, &error);
      g_autoptr (GPtrArray) pages = NULL;

      g_assert_no_error (error);
      add_time (figures_times, begin_us);
      begin_us = g_get_monotonic_time ();
      pages = lia_query_failing_pages (self->db, 50, &error);
      g_assert_no_error (error);
      add_time (pages_times, begin_us);
    }
  print_times ("figures", figures_times);
  print_times ("failing pages", pages_times);
}

int
main (int   argc,
      char *argv[])
{
  guint n = argc > 2 ? (guint)atoi (argv[2]) : 50000;
  Bench self = {
    .db = test_open_memory (),
    .examples = g_ptr_array_new (),
    .tests = g_ptr_array_new (),
    .foreign = g_ptr_array_new (),
    .words = g_ptr_array_new (),
    .intents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free),
  };

  if (argc < 2)
    {
      g_printerr ("findings-bench FIXTURES [N]\n");
      return 1;
    }
  g_random_set_seed (1);
  read_messages (&self, argv[1], "banking77.tsv", TRUE);
  read_messages (&self, argv[1], "clinc150.tsv", FALSE);
  fill (&self);
  judge_foreign (&self);
  begin (self.db, "BEGIN IMMEDIATE");
  add_messages (&self, self.foreign);
  begin (self.db, "COMMIT");
  judge_both (&self);
  fill_up (&self, n);
  judge_both (&self);
  time_keystrokes (&self);
  time_lists (&self);
  time_together (&self);
  lia_db_close (self.db);

  return 0;
}
