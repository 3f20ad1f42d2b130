/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queries-metrics.h"

#include "lia-queries-private.h"

#define LONGEST_CALL_MS "86400000" /* what began before that reaches into no stretch */
#define MAX_ROWS "5000"            /* of a list that somebody looks at */

void
lia_metric_row_free (gpointer row)
{
  LiaMetricRow *self = row;

  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

static LiaMetricWait
read_wait (LiaRows *rows,
           int      column)
{
  LiaMetricWait wait = { lia_rows_int (rows, column), lia_rows_int (rows, column + 1), LIA_WAIT_LOST };

  lia_wait_result_from_string (lia_rows_text (rows, column + 2), &wait.result);

  return wait;
}

GArray *
lia_query_metric_waits (LiaDb   *db,
                        gint64   queue_id,
                        gint64   since_ms,
                        gint64   until_ms,
                        GError **error)
{
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (LiaMetricWait));
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT from_at, to_at, result FROM call_wait INDEXED BY call_wait_queue "
                                           "WHERE queue_id = $1 AND from_at >= $2 AND from_at < $3 ORDER BY from_at",
                                           "iii", queue_id, since_ms, until_ms);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    {
      LiaMetricWait wait = read_wait (rows, 0);

      g_array_append_val (waits, wait);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&waits) : NULL;
}

/* Rows of (call, kind, from, to) */
static gboolean
add_segments (GArray  *spans,
              LiaRows *rows,
              GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (lia_rows_next (rows, &failure))
    {
      LiaMetricSpan span = { .call = lia_rows_int (rows, 0), .from_ms = lia_rows_int (rows, 2), .to_ms = lia_rows_int (rows, 3) };

      if (lia_segment_kind_from_string (lia_rows_text (rows, 1), &span.kind))
        g_array_append_val (spans, span);
    }

  return lia_query_finish (&failure, error);
}

GArray *
lia_query_metric_spans_of_queue (LiaDb   *db,
                                 gint64   queue_id,
                                 gint64   since_ms,
                                 gint64   until_ms,
                                 GError **error)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (LiaMetricSpan));
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT s.seq, s.kind, s.from_at, s.to_at FROM call_segment AS s WHERE s.seq IN (SELECT w.seq FROM call_wait AS w "
                                           "INDEXED BY call_wait_queue WHERE w.queue_id = $1 AND w.from_at >= $2 AND w.from_at < $3)",
                                           "iii", queue_id, since_ms, until_ms);

  return rows != NULL && add_segments (spans, rows, error) ? g_steal_pointer (&spans) : NULL;
}

/* The words that outlive the cursor */
static const char *
keep_word (const char *availability)
{
  static const char *const words[] = { "available", "busy", "paused", "offline", "wrap-up" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i], availability))
        return words[i];
    }

  return "";
}

static gboolean
add_states (GArray  *spans,
            LiaRows *rows,
            GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (lia_rows_next (rows, &failure))
    {
      LiaMetricSpan span = {
        .from_ms = lia_rows_int (rows, 0),
        .to_ms = lia_rows_int (rows, 1),
        .availability = keep_word (lia_rows_text (rows, 2)),
      };

      g_array_append_val (spans, span);
    }

  return lia_query_finish (&failure, error);
}

GArray *
lia_query_metric_spans_of_agent (LiaDb   *db,
                                 gint64   agent_id,
                                 gint64   since_ms,
                                 gint64   until_ms,
                                 GError **error)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (LiaMetricSpan));
  g_autoptr (LiaRows) segments = lia_db_query (db, error,
                                               "SELECT seq, kind, from_at, to_at FROM call_segment INDEXED BY call_segment_agent WHERE agent_id = $1 "
                                               "AND from_at >= $2 - " LONGEST_CALL_MS " AND from_at < $3 AND (to_at IS NULL OR to_at > $2)",
                                               "iii", agent_id, since_ms, until_ms);
  g_autoptr (LiaRows) states = NULL;

  if (segments == NULL || !add_segments (spans, segments, error))
    return NULL;
  states = lia_db_query (db, error,
                         "SELECT from_at, to_at, availability FROM agent_state WHERE agent_id = $1 "
                         "AND from_at >= coalesce ((SELECT max (from_at) FROM agent_state WHERE agent_id = $1 AND from_at <= $2), $2) "
                         "AND from_at < $3 AND (to_at IS NULL OR to_at > $2)",
                         "iii", agent_id, since_ms, until_ms);

  return states != NULL && add_states (spans, states, error) ? g_steal_pointer (&spans) : NULL;
}

gboolean
lia_query_metric_callbacks (LiaDb   *db,
                            gint64   queue_id,
                            gint64   now_ms,
                            gint64  *due,
                            gint64  *late,
                            GError **error)
{
  return lia_db_get_int (db, due, error,
                         "SELECT count (*) FROM conversation INDEXED BY conversation_callbacks WHERE callback = 1 AND state = 'open' AND queue_id = $1", "i",
                         queue_id) &&
         lia_db_get_int (db, late, error,
                         "SELECT count (*) FROM conversation INDEXED BY conversation_callbacks WHERE callback = 1 AND state = 'open' AND queue_id = $1 "
                         "AND due_at < $2",
                         "ii", queue_id, now_ms);
}

/** lia_metric_row_cursor: (transfer full): where a page ended that ended with this row. */
char *
lia_metric_row_cursor (const LiaMetricRow *row)
{
  return lia_cursor_format (row->wait.from_ms, row->entry_seq);
}

GPtrArray *
lia_query_metric_rows (LiaDb      *db,
                       gint64      queue_id,
                       gint64      since_ms,
                       gint64      until_ms,
                       const char *after,
                       GError    **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (lia_metric_row_free);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;
  LiaCursor cursor = { G_MAXINT64, G_MAXINT64 };

  if (!lia_cursor_parse (after, &cursor, error))
    return NULL;
  rows = lia_db_query (db, error,
                       "SELECT w.seq, w.n, c.conversation_id, k.id, k.name, k.address, w.from_at, w.to_at, w.result "
                       "FROM call_wait AS w INDEXED BY call_wait_queue CROSS JOIN call AS c ON c.seq = w.seq CROSS JOIN conversation AS v ON v.id = c.conversation_id "
                       "CROSS JOIN customer AS k ON k.id = v.customer_id "
                       "WHERE w.queue_id = $1 AND w.from_at >= $2 AND w.from_at < $3 AND (w.from_at, w.seq) < ($4, $5) "
                       "ORDER BY w.from_at DESC, w.seq DESC LIMIT " MAX_ROWS,
                       "iiiii", queue_id, since_ms, until_ms, cursor.first, cursor.second);
  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    {
      LiaMetricRow *row = g_new0 (LiaMetricRow, 1);

      row->entry_seq = lia_rows_int (rows, 0);
      row->n = lia_rows_int (rows, 1);
      row->conversation_id = lia_rows_int (rows, 2);
      row->customer_id = lia_rows_int (rows, 3);
      row->name = g_strdup (lia_rows_text (rows, 4));
      row->address = g_strdup (lia_rows_text (rows, 5));
      row->queue_id = queue_id;
      row->wait = read_wait (rows, 6);
      g_ptr_array_add (list, row);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&list) : NULL;
}
