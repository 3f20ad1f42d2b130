/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The answers to commands, kept for repeats: in the transaction of the command, so that either both are durable or none. */

#include "lia-idempotency.h"

#include "lia-time.h"

#include <string.h>

/**
 * lia_idempotency_find:
 * @body_hash: of the command as it came
 * @answer: (out) (optional) (nullable): what was answered, for %LIA_IDEMPOTENCY_REPEATED
 *
 * Whether this actor has sent this command before. FALSE only when the store fails.
 */
gboolean
lia_idempotency_find (LiaDb          *db,
                      gint64          actor_id,
                      const char     *key,
                      const char     *body_hash,
                      LiaIdempotency *verdict,
                      char          **answer,
                      GError        **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT body_hash, answer FROM idempotency WHERE actor_id = $1 AND key = $2", "it",
                                           actor_id, key);
  g_autoptr (GError) failure = NULL;

  *verdict = LIA_IDEMPOTENCY_NEW;
  if (answer != NULL)
    *answer = NULL;

  if (rows == NULL)
    return FALSE;

  if (lia_rows_next (rows, &failure))
    {
      *verdict = strcmp (lia_rows_text (rows, 0), body_hash) == 0 ? LIA_IDEMPOTENCY_REPEATED : LIA_IDEMPOTENCY_REUSED;
      if (*verdict == LIA_IDEMPOTENCY_REPEATED && answer != NULL)
        *answer = g_strdup (lia_rows_text (rows, 1));
    }

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/** lia_idempotency_keep: keeps an answer. %LIA_STORE_ERROR_CONFLICT when the key has one. */
gboolean
lia_idempotency_keep (LiaDb      *db,
                      gint64      actor_id,
                      const char *key,
                      const char *body_hash,
                      const char *answer,
                      GError    **error)
{
  return lia_db_exec (db, error, "INSERT INTO idempotency (actor_id, key, body_hash, answer, at) VALUES ($1, $2, $3, $4, $5)", "ittti",
                      actor_id, key, body_hash, answer, lia_time_now ());
}

/** lia_idempotency_forget_old: answers older than seven days; a nightly chore. */
gboolean
lia_idempotency_forget_old (LiaDb   *db,
                            GError **error)
{
  return lia_db_exec (db, error, "DELETE FROM idempotency WHERE at < $1", "i", lia_time_now () - LIA_IDEMPOTENCY_KEEP_MS);
}
