/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The full-text index, and words on their way into it. Its documents stand in the order of the entries' times: the place of one is the tenth of a
 * second in which it was written, or the next that is free.
 *
 * SQLite writes the index's pending words out whenever another statement needs a savepoint of its
 * own, and what is written out for each entry has to be merged over and over. So the words of a job (a batch of mail, a rebuild) are kept back
 * and go in together at its end: measured, more than half of the time that mail needs in the store. Store threads, in a write transaction.
 */

#include "lia-entry-words.h"

#include "lia-db-private.h"

#include <string.h>

#define MAX_KEPT_BYTES (4 * 1024 * 1024)
#define PLACE_MS 100 /* the finer, the longer the numbers in the index */

typedef struct
{
  gint64 place;
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

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Kept *left = a;
  const Kept *right = b;

  return left->place < right->place ? -1 : left->place > right->place;
}

static gboolean
insert (LiaDb      *db,
        gint64      place,
        const char *words,
        const char *wholes,
        GError    **error)
{
  return lia_db_exec (db, error, "INSERT INTO entry_words (rowid, words, wholes) VALUES ($1, $2, $3)", "itt", place, words, wholes);
}

/* In their order: SQLite writes out what it has whenever a number is not above the one before. */
static gboolean
write_kept (LiaDb   *db,
            GError **error)
{
  g_array_sort (db->kept_words, compare_places);
  for (guint i = 0; i < db->kept_words->len; i++)
    {
      const Kept *kept = &g_array_index (db->kept_words, Kept, i);

      if (!insert (db, kept->place, kept->words, kept->wholes, error))
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

static gboolean
is_taken (LiaDb    *db,
          gint64    place,
          gboolean *taken,
          GError  **error)
{
  gint64 n;

  if (!lia_db_get_int (db, &n, error, "SELECT EXISTS (SELECT 1 FROM entry WHERE place = $1)", "i", place))
    return FALSE;

  *taken = n != 0;

  return TRUE;
}

/**
 * lia_entry_words_find_place:
 * @at_ms: of an entry
 * @place: (out): for its words; for the column `place` of its row
 *
 * The first that is free from its time on. An import may put thousands into one instant: so the end of a row of taken ones is found by halving.
 */
gboolean
lia_entry_words_find_place (LiaDb   *db,
                            gint64   at_ms,
                            gint64  *place,
                            GError **error)
{
  gint64   last_taken = MAX (at_ms / PLACE_MS, 1) - 1;
  gint64   free = last_taken + 1;
  gboolean taken;

  for (gint64 step = 1;; step *= 2)
    {
      if (!is_taken (db, free, &taken, error))
        return FALSE;
      if (!taken)
        break;
      last_taken = free;
      free += step;
    }

  while (free - last_taken > 1)
    {
      gint64 middle = last_taken + (free - last_taken) / 2;

      if (!is_taken (db, middle, &taken, error))
        return FALSE;
      if (taken)
        last_taken = middle;
      else
        free = middle;
    }

  *place = free;

  return TRUE;
}

/** lia_entry_words_remove: the entry at @place is found no more, until it is added again. */
gboolean
lia_entry_words_remove (LiaDb   *db,
                        gint64   place,
                        GError **error)
{
  return (db->kept_words == NULL || write_kept (db, error)) &&
         lia_db_exec (db, error, "DELETE FROM entry_words WHERE rowid = $1", "i", place);
}

/** lia_entry_words_add: the entry at @place is found by these, as lia_tokens_index() gives them. */
gboolean
lia_entry_words_add (LiaDb      *db,
                     gint64      place,
                     const char *words,
                     const char *wholes,
                     GError    **error)
{
  Kept kept = { .place = place };

  if (db->kept_words == NULL)
    return insert (db, place, words, wholes, error);

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
