/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Words on their way into the full-text index. SQLite writes the index's pending words out whenever another statement needs a savepoint of its
 * own, and what is written out for each entry has to be merged over and over. So the words of a job (a batch of mail, a rebuild) are kept back
 * and go in together at its end: measured, more than half of the time that mail needs in the store. Store threads, in a write transaction.
 */

#include "lia-entry-words.h"

#include "lia-db-private.h"

#include <string.h>

#define MAX_KEPT_BYTES (4 * 1024 * 1024)

typedef struct
{
  gint64 seq;
  char  *words;
  char  *wholes;
} Kept;

static void
kept_clear (gpointer data)
{
  Kept *kept = data;

  g_free (kept->words);
  g_free (kept->wholes);
}

static gboolean
insert (LiaDb      *db,
        gint64      entry_seq,
        const char *words,
        const char *wholes,
        GError    **error)
{
  return lia_db_exec (db, error, "INSERT INTO entry_words (rowid, words, wholes) VALUES ($1, $2, $3)", "itt", entry_seq, words, wholes);
}

static gboolean
write_kept (LiaDb   *db,
            GError **error)
{
  for (guint i = 0; i < db->kept_words->len; i++)
    {
      const Kept *kept = &g_array_index (db->kept_words, Kept, i);

      if (!insert (db, kept->seq, kept->words, kept->wholes, error))
        return FALSE;
    }

  g_array_set_size (db->kept_words, 0);
  db->n_kept_bytes = 0;

  return TRUE;
}

/** lia_entry_words_keep: from now on words wait for lia_entry_words_write(). */
void
lia_entry_words_keep (LiaDb *db)
{
  lia_entry_words_drop (db);
  db->kept_words = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_array_set_clear_func (db->kept_words, kept_clear);
}

/** lia_entry_words_add: an entry is found by these, as lia_tokens_index() gives them. */
gboolean
lia_entry_words_add (LiaDb      *db,
                     gint64      entry_seq,
                     const char *words,
                     const char *wholes,
                     GError    **error)
{
  Kept kept = { .seq = entry_seq };

  if (db->kept_words == NULL)
    return insert (db, entry_seq, words, wholes, error);

  kept.words = g_strdup (words);
  kept.wholes = g_strdup (wholes);
  db->n_kept_bytes += strlen (words) + strlen (wholes);
  g_array_append_val (db->kept_words, kept);

  return db->n_kept_bytes < MAX_KEPT_BYTES || write_kept (db, error);
}

/** lia_entry_words_write: puts in what was kept back, and keeps nothing any more. */
gboolean
lia_entry_words_write (LiaDb   *db,
                       GError **error)
{
  gboolean written = db->kept_words == NULL || write_kept (db, error);

  lia_entry_words_drop (db);

  return written;
}

/** lia_entry_words_drop: what was kept back is rolled back. */
void
lia_entry_words_drop (LiaDb *db)
{
  g_clear_pointer (&db->kept_words, g_array_unref);
  db->n_kept_bytes = 0;
}
