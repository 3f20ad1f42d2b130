/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What was typed, as words that stand somewhere: the word itself; its other forms, which begin alike; the words that begin with the last one, which may
 * go on; and, of a word that stands nowhere, those that are a typo away. Looked up in the list of words, which grows far slower than what is said.
 */

#include "lia-finding-terms.h"

#include "lia-canned-letters.h"
#include "lia-language.h"
#include "lia-queries-private.h"
#include "lia-tokens.h"

#include <math.h>
#include <string.h>

#define MAX_WANTED 24 /* words of a line */
#define MAX_COMPLETIONS "24"
#define MAX_FORMS 24
#define MIN_PREFIX 3
#define MIN_LIKENESS 0.7f
#define FORM_WEIGHT 0.9f
#define TYPO_COST 0.25f
#define LEAST_WEIGHT 0.05
#define OF_COMMON 0.5     /* of a word that no text can do without */
#define COMMON_MATTER 0.1 /* what is said best with such a word may be about anything */
#define FEW_FINDINGS 20
#define OF_UNKNOWN 0.4 /* of one that stands nowhere: nothing can have it */

typedef struct
{
  char    *word;
  gunichar letters[LIA_CANNED_MAX_LETTERS + 1];
  guint    n_letters;
  gsize    end;
} Typed;

static void
typed_free (gpointer data)
{
  Typed *typed = data;

  g_free (typed->word);
  g_free (typed);
}

static void
wanted_free (gpointer data)
{
  LiaFindingWanted *wanted = data;

  g_array_unref (wanted->terms);
  g_free (wanted);
}

static void
term_clear (gpointer data)
{
  g_free (((LiaFindingTerm *)data)->word);
}

static void
on_word (const LiaToken *token,
         gpointer        data)
{
  GPtrArray *words = data;
  Typed     *typed;

  for (guint i = 0; i < words->len; i++)
    if (g_str_equal (((Typed *)words->pdata[i])->word, token->text))
      return;
  if (words->len == MAX_WANTED)
    return;

  typed = g_new0 (Typed, 1);
  typed->word = g_strdup (token->text);
  typed->n_letters = lia_canned_letters (token->text, typed->letters);
  typed->end = token->end;
  g_ptr_array_add (words, typed);
}

static void
add_term (LiaFindingWanted *wanted,
          const char       *word,
          gint64            n,
          float             likeness)
{
  LiaFindingTerm term = { NULL, n, likeness };

  for (guint i = 0; i < wanted->terms->len; i++)
    if (g_str_equal (g_array_index (wanted->terms, LiaFindingTerm, i).word, word))
      return;

  term.word = g_strdup (word);
  g_array_append_val (wanted->terms, term);
  wanted->n += n;
}

static gboolean
add_itself (LiaDb            *db,
            const Typed      *typed,
            LiaFindingWanted *wanted,
            GError          **error)
{
  gint64 n = 0;

  if (!lia_db_get_int (db, &n, error, "SELECT coalesce (max (n), 0) FROM finding_term WHERE word = $1", "t", typed->word))
    return FALSE;
  if (n > 0)
    add_term (wanted, typed->word, n, 1);

  return TRUE;
}

/* The commonest words that begin with it. */
static gboolean
add_completions (LiaDb            *db,
                 const Typed      *typed,
                 LiaFindingWanted *wanted,
                 GError          **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT word, n FROM finding_term WHERE word >= $1 AND word <= $1 || char (1114111) "
                                           "ORDER BY n DESC LIMIT " MAX_COMPLETIONS,
                                           "t", typed->word);

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    add_term (wanted, lia_rows_text (rows, 0), lia_rows_int (rows, 1), FORM_WEIGHT);

  return lia_query_finish (&failure, error);
}

static LiaRows *
words_that_begin (LiaDb      *db,
                  const char *beginning,
                  GError    **error)
{
  return lia_db_query (db, error, "SELECT word, n FROM finding_term WHERE word >= $1 AND word <= $1 || char (1114111)", "t", beginning);
}

/* "crashes" for "crashing". */
static gboolean
add_forms (LiaDb            *db,
           const Typed      *typed,
           LiaFindingWanted *wanted,
           GError          **error)
{
  g_autofree char *stem = g_utf8_substring (typed->word, 0, LIA_CANNED_MIN_STEM);
  g_autoptr (LiaRows) rows = words_that_begin (db, stem, error);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (wanted->terms->len < MAX_FORMS && lia_rows_next (rows, &failure))
    {
      gunichar letters[LIA_CANNED_MAX_LETTERS + 1];
      guint    n_letters = lia_canned_letters (lia_rows_text (rows, 0), letters);
      float    likeness = lia_canned_likeness (typed->letters, typed->n_letters, letters, n_letters);

      if (likeness >= MIN_LIKENESS)
        add_term (wanted, lia_rows_text (rows, 0), lia_rows_int (rows, 1), likeness * FORM_WEIGHT);
    }

  return lia_query_finish (&failure, error);
}

static gboolean
add_typos_from (LiaDb            *db,
                const Typed      *typed,
                gunichar          first,
                gboolean          goes_on,
                LiaFindingWanted *wanted,
                GError          **error)
{
  char  beginning[7] = { 0 };
  guint limit = lia_canned_typos_for (typed->n_letters, G_MAXUINT);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  g_unichar_to_utf8 (first, beginning);
  rows = words_that_begin (db, beginning, error);
  if (rows == NULL)
    return FALSE;

  while (wanted->terms->len < MAX_FORMS && lia_rows_next (rows, &failure))
    {
      gunichar letters[LIA_CANNED_MAX_LETTERS + 1];
      guint    n_letters = lia_canned_letters (lia_rows_text (rows, 0), letters);
      guint    of_beginning;
      guint    typos = n_letters + limit < typed->n_letters ? limit + 1 : lia_canned_distance (typed->letters, typed->n_letters, letters, n_letters, limit, &of_beginning);

      if (goes_on && n_letters + limit >= typed->n_letters)
        typos = MIN (typos, of_beginning);
      if (typos <= limit)
        add_term (wanted, lia_rows_text (rows, 0), lia_rows_int (rows, 1), 1 - TYPO_COST * (float)typos);
    }

  return lia_query_finish (&failure, error);
}

/* The first letter is seldom wrong, and then most often because the second one came before it. */
static gboolean
add_typos (LiaDb            *db,
           const Typed      *typed,
           gboolean          goes_on,
           LiaFindingWanted *wanted,
           GError          **error)
{
  return lia_canned_typos_for (typed->n_letters, G_MAXUINT) == 0 ||
         (add_typos_from (db, typed, typed->letters[0], goes_on, wanted, error) &&
          (typed->letters[1] == typed->letters[0] || add_typos_from (db, typed, typed->letters[1], goes_on, wanted, error)));
}

/* Where little was said so far, most words were not yet, whatever they are about. */
static double
matter_of_unknown (double rarity,
                   gint64 n_findings)
{
  return rarity * (OF_UNKNOWN + (1 - OF_UNKNOWN) * (double)n_findings / (double)(n_findings + FEW_FINDINGS));
}

static void
weigh (LiaFindingWanted *wanted,
       gint64            n_findings)
{
  double rarity = log1p ((double)n_findings / (double)MAX (wanted->n, 1));

  if (wanted->common)
    wanted->weight = rarity * OF_COMMON;
  else if (wanted->terms->len == 0)
    wanted->weight = rarity * OF_UNKNOWN;
  else
    wanted->weight = rarity;
  wanted->weight = MAX (wanted->weight, LEAST_WEIGHT);

  if (wanted->common)
    wanted->matter = wanted->weight * COMMON_MATTER;
  else
    wanted->matter = wanted->terms->len == 0 ? matter_of_unknown (rarity, n_findings) : wanted->weight;
}

static LiaFindingWanted *
read_wanted (LiaDb       *db,
             const Typed *typed,
             gboolean     goes_on,
             gint64       n_findings,
             GError     **error)
{
  LiaFindingWanted *wanted = g_new0 (LiaFindingWanted, 1);
  gboolean          read;

  wanted->terms = g_array_new (FALSE, FALSE, sizeof (LiaFindingTerm));
  g_array_set_clear_func (wanted->terms, term_clear);
  read = add_itself (db, typed, wanted, error) && (!goes_on || typed->n_letters < MIN_PREFIX || add_completions (db, typed, wanted, error)) &&
         (typed->n_letters <= LIA_CANNED_MIN_STEM || add_forms (db, typed, wanted, error)) &&
         (wanted->terms->len > 0 || add_typos (db, typed, goes_on, wanted, error));
  if (!read)
    g_clear_pointer (&wanted, wanted_free);
  else
    {
      wanted->common = lia_language_is_common_word (typed->word);
      weigh (wanted, n_findings);
    }

  return wanted;
}

/**
 * lia_finding_terms_read:
 * @typed: any text
 *
 * Returns: (transfer full) (element-type LiaFindingWanted): what the words of it mean; empty without a word
 */
GPtrArray *
lia_finding_terms_read (LiaDb      *db,
                        const char *typed,
                        GError    **error)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (typed_free);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (wanted_free);
  gsize  length = strlen (valid);
  gint64 n_findings;

  if (!lia_db_get_int (db, &n_findings, error, "SELECT count (*) FROM finding", ""))
    return NULL;

  lia_tokens_scan (valid, length, on_word, words);
  for (guint i = 0; i < words->len; i++)
    {
      const Typed      *one = words->pdata[i];
      LiaFindingWanted *wanted = read_wanted (db, one, one->end == length, n_findings, error);

      if (wanted == NULL)
        return NULL;
      g_ptr_array_add (all, wanted);
    }

  return g_steal_pointer (&all);
}
