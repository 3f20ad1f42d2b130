/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-blobs.h"
#include "lia-fold.h"
#include "lia-json.h"
#include "lia-sample.h"
#include "lia-template.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  const char *sql;
  gint64      at_least;
  gint64      at_most;
} Count;

/* What the sample workspace promises to show. */
static const Count counts[] = {
  { "SELECT count (*) FROM customer", 120, 120 },
  { "SELECT count (*) FROM conversation", 301, 301 },
  { "SELECT count (DISTINCT channel) FROM conversation", 3, 3 },
  { "SELECT max (entries) FROM conversation", 390, 420 },
  { "SELECT count (*) FROM conversation WHERE state = 'open'", 40, 60 },
  { "SELECT count (*) FROM conversation WHERE state = 'open' AND assignee_id IS NULL", 10, 20 },
  { "SELECT count (*) FROM conversation WHERE state = 'open' AND assignee_id = 1", 12, 25 },
  { "SELECT count (*) FROM conversation WHERE state = 'pending'", 25, 40 },
  { "SELECT count (*) FROM conversation WHERE state = 'snoozed' AND snooze_until > (SELECT max (at) FROM journal)", 10, 15 },
  { "SELECT count (*) FROM conversation WHERE state = 'closed'", 200, 250 },
  { "SELECT count (*) FROM conversation WHERE due_kind <> 'snooze' AND due_at < unixepoch () * 1000", 3, 12 },
  { "SELECT count (*) FROM conversation WHERE due_at BETWEEN unixepoch () * 1000 AND (unixepoch () + 3600) * 1000", 3, 20 },
  { "SELECT count (*) FROM conversation WHERE tags <> '[]'", 150, 301 },
  { "SELECT count (DISTINCT kind) FROM entry", 7, 10 },
  { "SELECT count (*) FROM entry WHERE kind = 'voicemail'", 1, 50 },
  { "SELECT count (*) FROM entry WHERE kind = 'call'", 20, 200 },
  { "SELECT count (*) FROM call_wait", 15, 200 },
  { "SELECT count (*) FROM call_segment WHERE kind = 'hold'", 2, 100 },
  { "SELECT count (*) FROM conversation WHERE state = 'open' AND callback = 1", 1, 8 },
  { "SELECT count (*) FROM entry_text WHERE json LIKE '%\"blob\"%'", 50, 400 },
  { "SELECT count (*) FROM entry_text WHERE json LIKE '%\"kind\":\"quote\"%'", 200, 1500 },
  { "SELECT count (*) FROM entry_text WHERE json LIKE '%\"html\":true%'", 3, 40 },
  { "SELECT count (*) FROM entry_text WHERE json LIKE '%{%}%' AND (json LIKE '%{first}%' OR json LIKE '%{day}%' OR json LIKE '%{model}%')", 0, 0 },
  { "SELECT count (*) FROM finding WHERE last_at IS NOT NULL", 7, 8 },
  { "SELECT max (n) FROM (SELECT count (DISTINCT c.customer_id) AS n FROM quote AS q JOIN conversation AS c ON c.id = q.conversation_id GROUP BY q.finding_id)", 4, 9 },
  { "SELECT count (*) FROM quote AS q JOIN entry_text AS t ON t.seq = q.seq WHERE json_extract (t.json, '$.text') = ''", 0, 0 },
  { "SELECT count (*) FROM draft", 1, 5 },
  { "SELECT count (*) FROM response", 38, 60 },
  { "SELECT count (DISTINCT json_extract (variant.value, '$.language')) FROM response, json_each (data, '$.variants') AS variant", 5, 12 },
  { "SELECT count (*) FROM response_use WHERE agent_id = 1 AND sent > 3", 15, 60 },
  { "SELECT count (*) FROM journal WHERE at > unixepoch () * 1000 + 5000", 0, 0 },
  { "SELECT count (*) FROM journal AS a JOIN journal AS b ON b.seq = a.seq + 1 WHERE b.at < a.at AND a.seq > 2", 0, 1 },
  { "SELECT value = 'true' FROM setting WHERE key = 'sample'", 1, 1 },
};

static gboolean
check_counts (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      gint64 value = -1;

      if (!lia_db_get_int (db, &value, error, counts[i].sql, ""))
        return FALSE;
      g_test_message ("%" G_GINT64_FORMAT ": %s", value, counts[i].sql);
      g_assert_cmpint (value, >=, counts[i].at_least);
      g_assert_cmpint (value, <=, counts[i].at_most);
    }

  return TRUE;
}

static gboolean
check_blobs (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT DISTINCT json_extract (file.value, '$.blob') FROM entry_text, json_each (entry_text.json, '$.attachments') AS file", "");

  g_assert_nonnull (rows);

  while (lia_rows_next (rows, error))
    {
      g_autoptr (GBytes) bytes = lia_blobs_get (data, lia_rows_text (rows, 0), error);

      g_assert_nonnull (bytes);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, 100);
    }

  return TRUE;
}

static void
wait_for (DexFuture *future)
{
  g_autoptr (GError) error = NULL;

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, FALSE);

  dex_future_get_value (future, &error);
  g_assert_no_error (error);
  dex_unref (future);
}

/* Nobody tells the same twice. */
static gboolean
check_repeats (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  gint64 n_repeated;

  g_assert_true (lia_db_get_int (db, &n_repeated, error,
                                 "SELECT count (*) FROM (SELECT 1 FROM conversation GROUP BY customer_id, subject HAVING count (*) > 1)", ""));
  g_assert_cmpint (n_repeated, ==, 0);
  return TRUE;
}

/* What nobody could send is worth nothing to look at. */
static gboolean
check_responses (LiaDb    *db,
                 gpointer  data,
                 gpointer *result,
                 GError  **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT json_extract (variant.value, '$.body') FROM response, json_each (data, '$.variants') AS variant", "");

  g_assert_nonnull (rows);
  while (lia_rows_next (rows, error))
    {
      g_autoptr (GPtrArray) errors = NULL;
      g_autoptr (LiaTemplate) template = lia_template_parse (lia_rows_text (rows, 0), &errors);

      if (template == NULL)
        g_test_fail_printf ("%s: %s", ((LiaTemplateError *)errors->pdata[0])->message, lia_rows_text (rows, 0));
    }

  return TRUE;
}

static void
test_sample (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("lia-sample-XXXXXX", &error);
  LiaStore        *store = lia_store_open (directory, &error);
  gint64           start = g_get_monotonic_time ();
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", directory);

  g_assert_no_error (error);
  lia_sample_fill (store, &error);
  g_assert_no_error (error);
  g_test_message ("filled in %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);

  wait_for (lia_store_read (store, check_counts, NULL, NULL, NULL));
  wait_for (lia_store_read (store, check_repeats, NULL, NULL, NULL));
  wait_for (lia_store_read (store, check_responses, NULL, NULL, NULL));
  wait_for (lia_store_read (store, check_blobs, directory, NULL, NULL));
  lia_store_close (store);
  g_object_unref (store);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, &error));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/sample/fill", test_sample);

  return g_test_run ();
}
