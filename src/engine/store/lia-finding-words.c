/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of findings and of quotes, one row each, and in how many texts each stands. */

#include "lia-finding-words.h"

#include "lia-tokens.h"

#include <string.h>

static void
on_word (const LiaToken *token,
         gpointer        words)
{
  if (g_hash_table_size (words) < LIA_FINDING_MAX_WORDS)
    g_hash_table_add (words, g_strdup (token->text));
}

static gboolean
add_word (LiaDb      *db,
          gint64      doc,
          const char *word,
          GError    **error)
{
  return lia_db_exec (db, error, "INSERT INTO finding_word (word, doc) VALUES ($1, $2)", "ti", word, doc) &&
         lia_db_exec (db, error, "INSERT INTO finding_term (word, n) VALUES ($1, 1) ON CONFLICT (word) DO UPDATE SET n = n + 1", "t", word);
}

/* Nobody is offered a word that stands nowhere any more. */
static gboolean
remove_words (LiaDb   *db,
              gint64   doc,
              GError **error)
{
  return lia_db_exec (db, error, "UPDATE finding_term SET n = n - 1 WHERE word IN (SELECT word FROM finding_word WHERE doc = $1)", "i", doc) &&
         lia_db_exec (db, error, "DELETE FROM finding_term WHERE n = 0 AND word IN (SELECT word FROM finding_word WHERE doc = $1)", "i", doc) &&
         lia_db_exec (db, error, "DELETE FROM finding_word WHERE doc = $1", "i", doc);
}

/**
 * lia_finding_words_set:
 * @doc: a finding's number, or a quote's
 * @text: what it is found by from now on; "" = it is not found
 */
gboolean
lia_finding_words_set (LiaDb      *db,
                       gint64      doc,
                       const char *text,
                       GError    **error)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       word;

  if (!remove_words (db, doc, error))
    return FALSE;

  lia_tokens_scan (text, strlen (text), on_word, words);
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    {
      if (!add_word (db, doc, word, error))
        return FALSE;
    }

  return TRUE;
}
