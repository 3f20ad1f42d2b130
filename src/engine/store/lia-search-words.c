/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What was typed, as a question to the full-text index. The last word may go on. For beginnings of three and four letters the index has lists
 * (0001.sql); for a longer one SQLite would put together all places of all its words before it gives the first: 63 ms for a common one among a
 * million entries. The words themselves are found in less than a millisecond, and asking for any of them gives the newest hits at once: 1 ms.
 */

#include "lia-search-words.h"

#include "lia-tokens.h"

#define SHORTEST_LISTED 3
#define LONGEST_LISTED 4
#define MAX_COMPLETIONS 64

typedef struct
{
  LiaDb  *db;
  GError *error;
} Completing;

static gboolean
is_listed (const char *beginning)
{
  glong length = g_utf8_strlen (beginning, -1);

  return length >= SHORTEST_LISTED && length <= LONGEST_LISTED;
}

/* The first word from @from on that begins so; NULL at the end, and with the error kept. */
static char *
next_word (Completing *self,
           const char *from,
           const char *beginning)
{
  GError *failure = NULL;
  char   *word = lia_db_get_text (self->db, &failure, "SELECT term FROM entry_vocabulary WHERE term >= $1 AND term <= $2 || char (1114111) LIMIT 1",
                                  "tt", from, beginning);

  if (g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    g_clear_error (&failure);
  self->error = failure;

  return word;
}

/* Each step seeks behind the word before: reading on would pass each place where it stands. */
static char **
complete (const char *beginning,
          gpointer    data)
{
  Completing *self = data;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *from = g_strdup (beginning);
  char            *word;

  if (is_listed (beginning) || self->error != NULL)
    return NULL;

  for (guint i = 0; (word = next_word (self, from, beginning)) != NULL; i++)
    {
      g_strv_builder_take (words, word);
      if (i == MAX_COMPLETIONS)
        return NULL;

      g_free (from);
      from = g_strconcat (word, "\x01", NULL);
    }

  return g_strv_builder_end (words);
}

/**
 * lia_search_words_match:
 * @typed: any text
 * @match: (out) (nullable): for MATCH; NULL when there is no word in it
 */
gboolean
lia_search_words_match (LiaDb      *db,
                        const char *typed,
                        char      **match,
                        GError    **error)
{
  Completing completing = { db, NULL };

  *match = lia_tokens_match (typed, complete, &completing);
  if (completing.error == NULL)
    return TRUE;

  g_clear_pointer (match, g_free);
  g_propagate_error (error, completing.error);

  return FALSE;
}
