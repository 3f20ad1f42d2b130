/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How well and how fast canned responses are found, beside others: `canned-bench FIXTURES`. Judged
 * queries are put to the fixtures' responses alone and among those of a large company; then every query is typed letter by letter and each
 * answer is timed, and so is what each of some hundred conversations asks for before a letter is typed. At last customers' messages of public sets are put to responses that are described by a few others of the same intent.
 *
 * LIAISON_CANNED_ONLY: some of "queries", "large", "suggest". LIAISON_CANNED_ALONE: set: without the others.
 * LIAISON_CANNED_MISSES: set: names what Liaison does not find first.
 */

#include "canned-peers.h"
#include "canned-samples.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define MAX_ROWS 10
#define NOW_MS G_GINT64_CONSTANT (1764000000000)
#define PROCESS_KEYSTROKES 150 /* a process a keystroke takes long */
#define N_EXAMPLES 10
#define MAX_CONVERSATIONS 300

typedef struct
{
  guint  n;
  guint  first;
  guint  third;
  guint  fifth;
  double reciprocal;
} Score;

static void
score_add (Score *score,
           guint  rank)
{
  score->n++;
  score->first += rank == 1;
  score->third += rank >= 1 && rank <= 3;
  score->fifth += rank >= 1 && rank <= 5;
  score->reciprocal += rank > 0 ? 1.0 / rank : 0;
}

static void
score_print (const char  *name,
             const Score *score)
{
  printf ("  %-22s n %4u  MRR %.3f  recall@1 %5.1f %%  @3 %5.1f %%  @5 %5.1f %%\n", name, score->n, score->reciprocal / score->n,
          100.0 * score->first / score->n, 100.0 * score->third / score->n, 100.0 * score->fifth / score->n);
}

/* From 1; 0 = not there. */
static guint
rank_of (const char       **ids,
         guint              n,
         const char *const *right)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_strv_contains (right, ids[i]))
        return i + 1;
    }

  return 0;
}

static void
judge (CannedPeer *peer,
       GArray     *cases,
       gboolean    by_kind)
{
  const char *ids[MAX_ROWS];
  Score       total = { 0 };
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < cases->len; i++)
    {
      CannedCase *one = &g_array_index (cases, CannedCase, i);
      guint       n = peer->find (peer, one->typed, ids, MAX_ROWS);
      guint       rank = rank_of (ids, n, (const char *const *)one->right);
      Score      *score = g_hash_table_lookup (kinds, one->kind);

      if (score == NULL)
        {
          score = g_new0 (Score, 1);
          g_hash_table_insert (kinds, one->kind, score);
          g_ptr_array_add (order, one->kind);
        }
      score_add (score, rank);
      score_add (&total, rank);
      if (by_kind && rank != 1 && g_getenv ("LIAISON_CANNED_MISSES") != NULL)
        printf ("    %-28s %-20s rank %2u, first %s\n", one->typed, one->right[0], rank, n > 0 ? ids[0] : "-");
    }

  score_print (peer->name, &total);
  for (guint i = 0; by_kind && i < order->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("  %s", (char *)g_ptr_array_index (order, i));

      score_print (name, g_hash_table_lookup (kinds, g_ptr_array_index (order, i)));
    }
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double one = *(const double *)a;
  double other = *(const double *)b;

  return one < other ? -1 : one > other;
}

static void
print_times (const char *name,
             const char *events,
             const char *what,
             GArray     *times)
{
  const double *sorted;

  g_array_sort (times, compare_times);
  sorted = (const double *)(void *)times->data;
  printf ("  %-22s %s %5u  p50 %7.3f  p95 %7.3f  p99 %7.3f  max %7.3f ms %s\n", name, events, times->len, sorted[times->len / 2],
          sorted[times->len * 95 / 100], sorted[times->len * 99 / 100], sorted[times->len - 1], what);
}

/* What this program and those that it waited for took of a processor, which others that run meanwhile do not change. */
static double
processor_ms (void)
{
  struct timespec spent;
  struct rusage   children;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  getrusage (RUSAGE_CHILDREN, &children);

  return spent.tv_sec * 1e3 + spent.tv_nsec / 1e6 + (children.ru_utime.tv_sec + children.ru_stime.tv_sec) * 1e3 +
         (children.ru_utime.tv_usec + children.ru_stime.tv_usec) / 1e3;
}

static void
type (CannedPeer *peer,
      GArray     *cases,
      guint       max_keystrokes)
{
  const char *ids[MAX_ROWS];
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) spent = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < cases->len && times->len < max_keystrokes; i++)
    {
      /* A few from everywhere, when not all can be had. */
      guint       at = max_keystrokes == G_MAXUINT ? i : i * 97 % cases->len;
      CannedCase *one = &g_array_index (cases, CannedCase, at);
      long        n = g_utf8_strlen (one->typed, -1);

      for (long letters = 1; letters <= n && times->len < max_keystrokes; letters++)
        {
          g_autofree char *typed = g_utf8_substring (one->typed, 0, letters);
          gint64           start_us = g_get_monotonic_time ();
          double           before_ms = processor_ms ();
          double           spent_ms;
          double           took_ms;

          peer->find (peer, typed, ids, MAX_ROWS);
          took_ms = (g_get_monotonic_time () - start_us) / 1000.0;
          spent_ms = processor_ms () - before_ms;
          g_array_append_val (times, took_ms);
          g_array_append_val (spent, spent_ms);
        }
    }

  print_times (peer->name, "keystrokes", "on the clock", times);
  print_times (peer->name, "keystrokes", "of a processor", spent);
}

/* From one conversation to the next: what is suggested, and what is used most where nothing is. */
static void
turn (LiaCannedIndex *index,
      GArray         *intents)
{
  g_autoptr (GArray) spent = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < intents->len && spent->len < MAX_CONVERSATIONS; i++)
    {
      CannedIntent *one = &g_array_index (intents, CannedIntent, i);
      g_autoptr (LiaCannedContext) context = lia_canned_context_new ();
      double before_ms = processor_ms ();
      double spent_ms;

      context->now_ms = NOW_MS;
      g_set_str (&context->message, one->text);
      g_ptr_array_unref (lia_canned_index_suggest (index, context, MAX_ROWS));
      g_ptr_array_unref (lia_canned_index_most_used (index, context, MAX_ROWS));
      spent_ms = processor_ms () - before_ms;
      g_array_append_val (spent, spent_ms);
    }

  print_times ("Liaison", "conversations", "of a processor", spent);
}

static LiaCannedIndex *
build (GPtrArray *responses,
       gboolean   print)
{
  gsize           before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  gint64          start_us = g_get_monotonic_time ();
  LiaCannedIndex *index = lia_canned_index_new ();
  g_autoptr (LiaCannedContext) context = lia_canned_context_new ();

  for (guint i = 0; i < responses->len; i++)
    lia_canned_index_put (index, g_ptr_array_index (responses, i));
  g_ptr_array_unref (lia_canned_index_query (index, "a", context, 1));
  if (print)
    printf ("  %-22s built in %.0f ms, %.1f MB besides the responses\n", "Liaison", (g_get_monotonic_time () - start_us) / 1000.0,
            (mallinfo2 ().uordblks + mallinfo2 ().hblkhd - before) / 1e6);

  return index;
}

static void
add_peers (GPtrArray *peers,
           GPtrArray *responses)
{
  static const char *const programs[] = { "fzf", "fzy" };
  gsize                    before = mallinfo2 ().uordblks + mallinfo2 ().hblkhd;
  gint64                   start_us = g_get_monotonic_time ();
  CannedPeer              *fts5 = canned_peer_fts5_new (responses, FALSE);

  printf ("  %-22s built in %.0f ms, %.1f MB\n", fts5->name, (g_get_monotonic_time () - start_us) / 1000.0,
          (mallinfo2 ().uordblks + mallinfo2 ().hblkhd - before) / 1e6);
  g_ptr_array_add (peers, fts5);
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *program = g_find_program_in_path (programs[i]);

      if (program != NULL)
        g_ptr_array_add (peers, canned_peer_process_new (program, responses));
    }
}

static void
free_peers (GPtrArray *peers)
{
  for (guint i = 0; i < peers->len; i++)
    {
      CannedPeer *peer = g_ptr_array_index (peers, i);

      peer->free (peer);
    }
}

static void
measure (const char *folder,
         guint       n,
         gboolean    timed)
{
  g_autoptr (GPtrArray) responses = canned_samples_load (folder, NOW_MS);
  g_autoptr (GArray) cases = canned_samples_cases (folder);
  g_autoptr (LiaCannedIndex) index = NULL;
  g_autoptr (GPtrArray) peers = g_ptr_array_new ();

  canned_samples_fill (responses, n, NOW_MS);
  printf ("%u responses\n", responses->len);
  index = build (responses, TRUE);
  g_ptr_array_add (peers, canned_peer_liaison_new (index, NOW_MS, FALSE));
  if (g_getenv ("LIAISON_CANNED_ALONE") == NULL)
    add_peers (peers, responses);
  for (guint i = 0; i < peers->len; i++)
    judge (g_ptr_array_index (peers, i), cases, i == 0);
  for (guint i = 0; timed && i < peers->len; i++)
    type (g_ptr_array_index (peers, i), cases, i < 2 ? G_MAXUINT : PROCESS_KEYSTROKES);
  if (timed)
    {
      g_autoptr (GArray) intents = canned_samples_intents (folder, "banking77.tsv");

      turn (index, intents);
    }
  free_peers (peers);
}

static LiaCanned *
response_for (GHashTable *by_intent,
              GPtrArray  *responses,
              const char *intent)
{
  LiaCanned *canned = g_hash_table_lookup (by_intent, intent);

  if (canned == NULL)
    {
      g_auto (GStrv) words = g_strsplit_set (intent, "_?", -1);

      canned = lia_canned_new ();
      g_set_str (&canned->id, intent);
      g_free (canned->title);
      canned->title = g_strjoinv (" ", words);
      g_ptr_array_add (canned->variants, lia_canned_variant_new ());
      g_ptr_array_add (responses, canned);
      g_hash_table_insert (by_intent, canned->id, canned);
    }

  return canned;
}

/* A response for each intent: its name is the title, the first few examples are the questions that customers ask. */
static GPtrArray *
responses_for (GArray *intents,
               guint   n_examples)
{
  GPtrArray *responses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_intent = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < intents->len; i++)
    {
      CannedIntent *one = &g_array_index (intents, CannedIntent, i);
      LiaCanned    *canned;
      guint         n;

      if (!g_str_equal (one->use, "example"))
        continue;
      canned = response_for (by_intent, responses, one->intent);
      n = g_strv_length (canned->aliases);
      if (n < n_examples)
        {
          canned->aliases = g_renew (char *, canned->aliases, n + 2);
          canned->aliases[n] = g_strdup (one->text);
          canned->aliases[n + 1] = NULL;
        }
    }

  return responses;
}

static void
suggest (GArray     *intents,
         CannedPeer *peer)
{
  const char *ids[MAX_ROWS];
  Score       score = { 0 };

  for (guint i = 0; i < intents->len; i++)
    {
      CannedIntent *one = &g_array_index (intents, CannedIntent, i);

      if (g_str_equal (one->use, "test") && one->intent[0] != '\0')
        score_add (&score, rank_of (ids, peer->find (peer, one->text, ids, MAX_ROWS), (const char *const[]){ one->intent, NULL }));
    }
  score_print (peer->name, &score);
}

/* Who is answered at all, rightly, and wrongly although there is no answer. */
static void
reject (GArray         *intents,
        LiaCannedIndex *index)
{
  guint n = 0;
  guint n_shown = 0;
  guint n_right = 0;
  guint n_off = 0;
  guint n_off_shown = 0;

  for (guint i = 0; i < intents->len; i++)
    {
      CannedIntent *one = &g_array_index (intents, CannedIntent, i);
      g_autoptr (LiaCannedContext) context = lia_canned_context_new ();
      g_autoptr (GPtrArray) hits = NULL;
      gboolean off = one->intent[0] == '\0';

      if (!g_str_equal (one->use, "test"))
        continue;
      g_set_str (&context->message, one->text);
      hits = lia_canned_index_suggest (index, context, 3);
      n += !off;
      n_off += off;
      n_shown += !off && hits->len > 0;
      n_off_shown += off && hits->len > 0;
      for (guint j = 0; !off && j < hits->len; j++)
        n_right += g_str_equal (((LiaCannedHit *)g_ptr_array_index (hits, j))->canned->id, one->intent);
    }

  printf ("  of %u messages that have an answer %.1f %% get suggestions, %.1f %% the right one among three", n, 100.0 * n_shown / n, 100.0 * n_right / n);
  if (n_off > 0)
    printf ("; of %u that have none %.1f %% get none", n_off, 100.0 * (n_off - n_off_shown) / n_off);
  printf ("\n");
}

static void
measure_suggestions (const char *folder,
                     const char *name,
                     guint       n_examples)
{
  g_autoptr (GArray) intents = canned_samples_intents (folder, name);
  g_autoptr (GPtrArray) responses = responses_for (intents, n_examples);
  g_autoptr (LiaCannedIndex) index = build (responses, FALSE);
  CannedPeer *peers[] = { canned_peer_liaison_new (index, NOW_MS, TRUE), canned_peer_fts5_new (responses, TRUE) };

  printf ("%s: %u responses, %u examples each\n", name, responses->len, n_examples);
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      suggest (intents, peers[i]);
      peers[i]->free (peers[i]);
    }
  reject (intents, index);
}

int
main (int    argc,
      char **argv)
{
  static const char *const sets[] = { "banking77.tsv", "clinc150.tsv" };
  static const guint       n_examples[] = { 0, 3, N_EXAMPLES };
  const char              *only = g_getenv ("LIAISON_CANNED_ONLY");

  setlinebuf (stdout);
  if (argc < 2)
    g_error ("usage: canned-bench FIXTURES");

  if (only == NULL || strstr (only, "queries") != NULL)
    {
      measure (argv[1], 0, FALSE);
      measure (argv[1], 10000, TRUE);
    }
  if (only == NULL || strstr (only, "large") != NULL)
    measure (argv[1], 100000, TRUE);
  for (guint i = 0; (only == NULL || strstr (only, "suggest") != NULL) && i < G_N_ELEMENTS (sets); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (n_examples); j++)
        measure_suggestions (argv[1], sets[i], n_examples[j]);
    }

  return 0;
}
