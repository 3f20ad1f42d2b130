/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Findings that say nearly what was typed. The rarest words give the texts that are looked at, titles and quotes, so many at most; these are read word by
 * word, and what they say counts for the finding that they belong to. It is weighed as BM25 does: a rare word says more, the same word again says less each
 * time, a long text is not better for being long. Two words that stand together as they were typed say more than both apart.
 */

#include "lia-queries-findings.h"

#include "lia-finding-terms.h"
#include "lia-finding-words.h"
#include "lia-queries-private.h"
#include "lia-tokens.h"

#include <string.h>

#define MAX_POSTINGS 25000  /* read for one keystroke, about */
#define MAX_OF_WORD 12000   /* of these, of one word: the newest */
#define MAX_CANDIDATES 600u /* texts that are read */
#define TITLE_WEIGHT 1.25
#define SATURATION 1.2 /* BM25's k1 */
#define LENGTH 0.3     /* its b */
#define USUAL_WORDS 10 /* of a text */
#define NEXT_WEIGHT 0.5
#define NEAR_WEIGHT 0.25 /* with one word between them */
/* Of what was typed has to stand there, with one word that says something, and with several; with less it is something else. */
#define LEAST_OF_ONE 0.33
#define LEAST_OF_SEVERAL 0.25

typedef struct
{
  gint64 doc;
  guint  last; /* the word, counted from 1, that was added last, */
  double of_last;
  double score;
} Candidate;

/** Found: a finding, and what its texts say of what was typed. */
typedef struct
{
  gint64  root;
  double *said;    /* for each wanted word, how often, likeness and length weighed */
  double *worth;   /* for each, the likest word that stands there; 0 = none */
  double *next;    /* for each, how near the one that was typed after it stands */
  double  covered; /* how much of what was typed stands there, from 0 to 1 */
  double  score;
} Found;

typedef struct
{
  LiaDb      *db;
  GPtrArray  *wanted;
  GHashTable *meaning; /* char * -> Meaning *: what each word that stands somewhere means of what was typed */
  double      total;   /* of what all that was typed matters */
} Search;

typedef struct
{
  guint  place; /* in `wanted` */
  double likeness;
} Meaning;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->said);
  g_free (found->worth);
  g_free (found->next);
  g_free (found);
}

static int
compare_rarity (gconstpointer a,
                gconstpointer b)
{
  const LiaFindingWanted *left = *(LiaFindingWanted *const *)a;
  const LiaFindingWanted *right = *(LiaFindingWanted *const *)b;

  return left->n < right->n ? -1 : left->n > right->n;
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *left = *(Candidate *const *)a;
  const Candidate *right = *(Candidate *const *)b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;

  return left->doc > right->doc ? -1 : left->doc < right->doc;
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *left = *(Found *const *)a;
  const Found *right = *(Found *const *)b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;

  return left->root > right->root ? -1 : left->root < right->root;
}

/* Of each typed word a text has at most one: the likest. */
static void
add_posting (GHashTable *candidates,
             gint64      doc,
             guint       word,
             double      worth)
{
  Candidate *candidate = g_hash_table_lookup (candidates, &doc);

  if (candidate == NULL)
    {
      candidate = g_new0 (Candidate, 1);
      candidate->doc = doc;
      g_hash_table_add (candidates, candidate);
    }
  if (candidate->last != word)
    candidate->of_last = 0;
  candidate->last = word;
  candidate->score += MAX (worth - candidate->of_last, 0);
  candidate->of_last = MAX (candidate->of_last, worth);
}

static gboolean
read_postings (LiaDb                *db,
               const LiaFindingTerm *term,
               guint                 word,
               double                weight,
               GHashTable           *candidates,
               GError              **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT doc FROM finding_word WHERE word = $1 ORDER BY doc DESC LIMIT $2", "ti", term->word,
                                           (gint64)MAX_OF_WORD);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    add_posting (candidates, lia_rows_int (rows, 0), word, weight * term->likeness);

  return lia_query_finish (&failure, error);
}

/* The rarest words first. The second one is read, too, whatever it costs: one word alone says little. */
static gboolean
read_candidates (const Search *self,
                 GHashTable   *candidates,
                 GError      **error)
{
  g_autoptr (GPtrArray) rarest = g_ptr_array_copy (self->wanted, NULL, NULL);
  gint64 n = 0;

  g_ptr_array_set_free_func (rarest, NULL);
  g_ptr_array_sort (rarest, compare_rarity);
  for (guint i = 0, words = 0; i < rarest->len; i++)
    {
      const LiaFindingWanted *wanted = rarest->pdata[i];

      if (wanted->terms->len == 0)
        continue;
      n += wanted->n;
      if (words >= 2 && n > MAX_POSTINGS)
        break;
      words++;
      for (guint k = 0; k < wanted->terms->len; k++)
        {
          if (!read_postings (self->db, &g_array_index (wanted->terms, LiaFindingTerm, k), i + 1, wanted->weight, candidates, error))
            return FALSE;
        }
    }

  return TRUE;
}

static GHashTable *
make_meaning (GPtrArray *wanted)
{
  GHashTable *meaning = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < wanted->len; i++)
    {
      const LiaFindingWanted *one = wanted->pdata[i];

      for (guint k = 0; k < one->terms->len; k++)
        {
          const LiaFindingTerm *term = &g_array_index (one->terms, LiaFindingTerm, k);
          const Meaning        *known = g_hash_table_lookup (meaning, term->word);
          Meaning               mine = { i, term->likeness };

          if (known == NULL || known->likeness < mine.likeness)
            g_hash_table_insert (meaning, term->word, g_memdup2 (&mine, sizeof mine));
        }
    }

  return meaning;
}

/* Texts ------------------------------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  const Search *search;
  GArray       *meanings; /* of Meaning *, NULL where a word means nothing: as the words stand */
} Reading;

static void
on_word (const LiaToken *token,
         gpointer        data)
{
  Reading       *self = data;
  const Meaning *meaning = g_hash_table_lookup (self->search->meaning, token->text);

  if (self->meanings->len < LIA_FINDING_MAX_WORDS)
    g_array_append_val (self->meanings, meaning);
}

static const Meaning *
meaning_at (const Reading *self,
            guint          place)
{
  return place < self->meanings->len ? g_array_index (self->meanings, const Meaning *, place) : NULL;
}

static gboolean
goes_on (const Meaning *first,
         const Meaning *second)
{
  return second != NULL && second->place == first->place + 1;
}

static void
add_text (const Search *self,
          Found        *found,
          const char   *text,
          gboolean      title)
{
  g_autoptr (GArray) meanings = g_array_new (FALSE, FALSE, sizeof (const Meaning *));
  Reading reading = { self, meanings };
  double  weight;

  lia_tokens_scan (text, strlen (text), on_word, &reading);
  weight = (title ? TITLE_WEIGHT : 1) / (1 - LENGTH + LENGTH * meanings->len / USUAL_WORDS);
  for (guint i = 0; i < meanings->len; i++)
    {
      const Meaning *meaning = meaning_at (&reading, i);
      double         near;

      if (meaning == NULL)
        continue;
      near = goes_on (meaning, meaning_at (&reading, i + 1)) ? NEXT_WEIGHT : goes_on (meaning, meaning_at (&reading, i + 2)) ? NEAR_WEIGHT
                                                                                                                             : 0;
      found->said[meaning->place] += meaning->likeness * weight;
      found->worth[meaning->place] = MAX (found->worth[meaning->place], meaning->likeness);
      found->next[meaning->place] = MAX (found->next[meaning->place], near);
    }
}

/* Of which finding, and whether it is its title; without a row it is of none. */
static LiaRows *
read_text (LiaDb   *db,
           gint64   doc,
           GError **error)
{
  return lia_db_query (db, error,
                       "SELECT root_id, title || ' ' || product, 1 FROM finding WHERE id = $1 UNION ALL "
                       "SELECT m.root_id, t.json ->> 'text', 0 FROM quote AS q CROSS JOIN finding AS m ON m.id = q.finding_id "
                       "CROSS JOIN entry_text AS t ON t.seq = q.seq WHERE q.seq = $1",
                       "i", doc);
}

static Found *
find_or_add (GHashTable *found,
             gint64      root,
             guint       n_wanted)
{
  Found *one = g_hash_table_lookup (found, &root);

  if (one != NULL)
    return one;
  one = g_new0 (Found, 1);
  one->root = root;
  one->said = g_new0 (double, n_wanted);
  one->worth = g_new0 (double, n_wanted);
  one->next = g_new0 (double, n_wanted);
  g_hash_table_insert (found, &one->root, one);

  return one;
}

static gboolean
add_candidate (const Search *self,
               gint64        doc,
               GHashTable   *found,
               GError      **error)
{
  g_autoptr (LiaRows) rows = read_text (self->db, doc, error);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    if (!lia_rows_is_null (rows, 1))
      add_text (self, find_or_add (found, lia_rows_int (rows, 0), self->wanted->len), lia_rows_text (rows, 1), lia_rows_int (rows, 2) != 0);

  return lia_query_finish (&failure, error);
}

/* Findings --------------------------------------------------------------------------------------------------------------------------------- */

static double
weight_at (const Search *self,
           guint         place)
{
  return place < self->wanted->len ? ((LiaFindingWanted *)self->wanted->pdata[place])->weight : 0;
}

static double
matter_at (const Search *self,
           guint         place)
{
  return ((LiaFindingWanted *)self->wanted->pdata[place])->matter;
}

/* Returns: whether as much of what was typed stands there as has to */
static gboolean
weigh (const Search *self,
       Found        *found,
       gboolean      all_words)
{
  gboolean all = TRUE;
  guint    n_words = 0;

  for (guint i = 0; i < self->wanted->len; i++)
    {
      double weight = weight_at (self, i);

      all = all && found->worth[i] > 0;
      n_words += found->worth[i] > 0 && !((LiaFindingWanted *)self->wanted->pdata[i])->common;
      found->covered += self->total > 0 ? matter_at (self, i) * found->worth[i] / self->total : 0;
      found->score += weight * found->said[i] * (SATURATION + 1) / (found->said[i] + SATURATION);
      found->score += found->next[i] * (weight + weight_at (self, i + 1));
    }

  return all_words ? all : found->covered >= (n_words > 1 ? LEAST_OF_SEVERAL : LEAST_OF_ONE);
}

/* Returns: (transfer container): the likest first; of @found */
static GPtrArray *
sort_found (const Search *self,
            GHashTable   *found,
            gboolean      all_words)
{
  GPtrArray     *sorted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       one;

  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &one))
    if (weigh (self, one, all_words))
      g_ptr_array_add (sorted, one);
  g_ptr_array_sort (sorted, compare_found);

  return sorted;
}

static GPtrArray *
load (LiaDb                  *db,
      GPtrArray              *found,
      const LiaFindingFilter *filter,
      guint                   limit,
      gint64                  now_ms,
      GError                **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < found->len && findings->len < limit; i++)
    {
      g_autoptr (LiaFinding) finding = lia_query_finding (db, ((Found *)found->pdata[i])->root, now_ms, error);

      if (finding == NULL)
        return NULL;
      if (finding->quotes > 0 && lia_finding_filter_takes (filter, finding))
        g_ptr_array_add (findings, g_steal_pointer (&finding));
    }

  return g_steal_pointer (&findings);
}

/**
 * lia_query_findings_like:
 * @typed: any text
 * @all_words: all of them, or forms of them, have to stand in it; else as many as say something
 *
 * Returns: (transfer full) (element-type LiaFinding): the likest first
 */
GPtrArray *
lia_query_findings_like (LiaDb                  *db,
                         const char             *typed,
                         const LiaFindingFilter *filter,
                         gboolean                all_words,
                         guint                   limit,
                         gint64                  now_ms,
                         GError                **error)
{
  g_autoptr (GPtrArray) wanted = lia_finding_terms_read (db, typed, error);
  g_autoptr (GHashTable) meaning = NULL;
  g_autoptr (GHashTable) candidates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, found_free);
  g_autoptr (GPtrArray) newest = NULL;
  g_autoptr (GPtrArray) sorted = NULL;
  Search search = { db, wanted, NULL, 0 };

  if (wanted == NULL)
    return NULL;
  for (guint i = 0; i < wanted->len; i++)
    search.total += matter_at (&search, i);
  search.meaning = meaning = make_meaning (wanted);

  if (!read_candidates (&search, candidates, error))
    return NULL;
  newest = g_hash_table_get_keys_as_ptr_array (candidates);
  g_ptr_array_sort (newest, compare_candidates);
  for (guint i = 0; i < MIN (newest->len, MAX_CANDIDATES); i++)
    {
      if (!add_candidate (&search, ((Candidate *)newest->pdata[i])->doc, found, error))
        return NULL;
    }
  sorted = sort_found (&search, found, all_words);

  return load (db, sorted, filter, limit, now_ms, error);
}
