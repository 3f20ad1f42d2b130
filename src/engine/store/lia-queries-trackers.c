/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queries-trackers.h"

#include "lia-id.h"
#include "lia-queries-private.h"
#include "lia-wire.h"

/* Of a row (id, ver, config). */
static LiaTrackerSetup *
read_tracker (LiaRows *rows,
              char   **secret,
              GError **error)
{
  g_autoptr (JsonObject) config = lia_json_parse (lia_rows_text (rows, 2), -1, LIA_JSON_MAX_BYTES, error);
  g_autoptr (LiaTrackerSetup) tracker = config != NULL ? lia_wire_decode_tracker (config, error) : NULL;
  const char *account;

  if (tracker == NULL || !lia_json_str (config, "secret", LIA_JSON_OPTIONAL, 64, &account, error))
    return NULL;
  if (secret != NULL)
    *secret = g_strdup (account);
  g_free (tracker->id);
  tracker->id = lia_id_format ("t", lia_rows_int (rows, 0));
  tracker->ver = lia_rows_int (rows, 1);
  g_set_str (&tracker->state, "stopped");

  return g_steal_pointer (&tracker);
}

/** lia_query_trackers: (transfer full) (element-type LiaTrackerSetup): the oldest first. */
GPtrArray *
lia_query_trackers (LiaDb   *db,
                    GError **error)
{
  g_autoptr (GPtrArray) trackers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT id, ver, config FROM tracker ORDER BY id", "");
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    {
      LiaTrackerSetup *tracker = read_tracker (rows, NULL, error);

      if (tracker == NULL)
        return NULL;
      g_ptr_array_add (trackers, tracker);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&trackers) : NULL;
}

/**
 * lia_query_tracker:
 * @secret: (out) (optional) (nullable): under which account its key is kept
 *
 * Returns: (transfer full): or NULL with %LIA_PROBLEM_NOT_FOUND
 */
LiaTrackerSetup *
lia_query_tracker (LiaDb   *db,
                   gint64   id,
                   char   **secret,
                   GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT id, ver, config FROM tracker WHERE id = $1", "i", id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  if (lia_rows_next (rows, &failure))
    return read_tracker (rows, secret, error);
  if (lia_query_finish (&failure, error))
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such tracker.");

  return NULL;
}

/** lia_query_tracker_ids: a #LiaStoreFunc: @result: (out) (transfer full): a #GArray of #gint64, the oldest first */
gboolean
lia_query_tracker_ids (LiaDb    *db,
                       gpointer  data,
                       gpointer *result,
                       GError  **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT id FROM tracker ORDER BY id", "");
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    g_array_append_vals (ids, &(gint64){ lia_rows_int (rows, 0) }, 1);
  if (!lia_query_finish (&failure, error))
    return FALSE;
  *result = g_steal_pointer (&ids);

  return TRUE;
}
