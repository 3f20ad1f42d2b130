/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Snoozed conversations come back by themselves when their time has come. */

#include "lia-wake.h"

#include "lia-journal.h"
#include "lia-time.h"

#define MAX_AT_ONCE 200 /* the rest at the next call, which is due at once */

static gboolean
wake (LiaDb   *db,
      gint64   conversation_id,
      gint64   until_ms,
      GError **error)
{
  g_autofree char *at = lia_time_to_string (until_ms);
  g_autofree char *data = g_strdup_printf ("{\"at\":\"%s\",\"kind\":\"state\",\"dir\":null,\"author\":{\"kind\":\"system\",\"id\":null,\"name\":\"\","
                                           "\"address\":\"\"},\"subject\":\"\",\"from\":null,\"reply_to\":null,\"to\":[],\"cc\":[],\"bcc\":[],"
                                           "\"text\":\"\",\"folds\":[],\"html\":false,\"message_id\":null,\"attachments\":[],\"state\":\"\","
                                           "\"problem\":null,\"undo_until\":null,\"outbox\":null,\"flags\":[],"
                                           "\"d\":{\"what\":\"woken\",\"from\":\"snoozed\",\"to\":\"open\"}}",
                                           at);
  LiaJournalEvent  event = { .kind = "entry.added", .conversation_id = conversation_id, .data = data };

  return lia_journal_append (db, &event, error) != 0;
}

/* The snoozed whose time has come: pairs of id and time. */
static GArray *
find_due (LiaDb   *db,
          gint64   now_ms,
          GError **error)
{
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT id, sort FROM conversation INDEXED BY conversation_snoozed WHERE state = 'snoozed' AND sort <= $1 "
                                           "ORDER BY sort, id LIMIT $2",
                                           "ii", now_ms, (gint64)MAX_AT_ONCE);
  GError *failure = NULL;

  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    {
      gint64 pair[2] = { lia_rows_int (rows, 0), lia_rows_int (rows, 1) };

      g_array_append_vals (due, pair, 2);
    }

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  return g_steal_pointer (&due);
}

/**
 * lia_conversations_wake_due:
 * @n_woken: (out): how many came back
 * @next_ms: (out): when to call this again, 0 = nothing is snoozed
 *
 * Brings back what is due, in a write transaction.
 */
gboolean
lia_conversations_wake_due (LiaDb   *db,
                            gint64   now_ms,
                            guint   *n_woken,
                            gint64  *next_ms,
                            GError **error)
{
  g_autoptr (GArray) due = find_due (db, now_ms, error);

  if (due == NULL)
    return FALSE;

  for (guint i = 0; i < due->len; i += 2)
    {
      if (!wake (db, g_array_index (due, gint64, i), g_array_index (due, gint64, i + 1), error))
        return FALSE;
    }

  *n_woken = due->len / 2;
  *next_ms = 0;

  return lia_db_get_int (db, next_ms, error,
                         "SELECT coalesce ((SELECT sort FROM conversation INDEXED BY conversation_snoozed WHERE state = 'snoozed' ORDER BY sort LIMIT 1), 0)", "");
}
