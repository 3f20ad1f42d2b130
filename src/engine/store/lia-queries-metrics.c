/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queries-metrics.h"

#include "lia-queries-private.h"

#define LONGEST_CALL_MS 86400000 /* what began before that reaches into no stretch */

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

/* What was done with a call after it left for another queue is that queue's. */
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
                                           "INDEXED BY call_wait_queue WHERE w.queue_id = $1 AND w.from_at >= $2 AND w.from_at < $3) "
                                           "AND $1 = (SELECT l.queue_id FROM call_wait AS l WHERE l.seq = s.seq AND l.from_at <= s.from_at ORDER BY l.n DESC LIMIT 1)",
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
                                               "AND from_at >= $2 - " G_STRINGIFY (LONGEST_CALL_MS) " AND from_at < $3 AND (to_at IS NULL OR to_at > $2)",
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

/* Who got through to us before we called is no promise kept, and none broken. */
#define JUDGED "queue_id = $1 AND judged_at >= $2 AND judged_at < $3 AND result <> 'reached'"

gboolean
lia_query_metric_callbacks_kept (LiaDb   *db,
                                 gint64   queue_id,
                                 gint64   since_ms,
                                 gint64   until_ms,
                                 gint64  *judged,
                                 gint64  *kept,
                                 GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT count (*), coalesce (sum (result = 'kept'), 0) FROM callback INDEXED BY callback_queue WHERE " JUDGED,
                                           "iii", queue_id, since_ms, until_ms);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      *judged = lia_rows_int (rows, 0);
      *kept = lia_rows_int (rows, 1);
    }

  return lia_query_finish (&failure, error);
}

gboolean
lia_query_metric_waiting (LiaDb   *db,
                          gint64   queue_id,
                          gint64   before_ms,
                          gint64  *n_waiting,
                          gint64  *first_ms,
                          GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT count (*), coalesce (min (from_at), 0) FROM call_wait INDEXED BY call_wait_queue "
                                           "WHERE queue_id = $1 AND from_at >= $2 - " G_STRINGIFY (LONGEST_CALL_MS) " AND from_at < $2 AND to_at IS NULL",
                                           "ii", queue_id, before_ms);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      *n_waiting = lia_rows_int (rows, 0);
      *first_ms = lia_rows_int (rows, 1);
    }

  return lia_query_finish (&failure, error);
}

/* The rows behind a figure ------------------------------------------------------------------------------------------------------------------ */

/*
 * One text for each figure, as a statement is kept by its text: $1 the queue (or the agent), $2 and $3 the stretch, $4 and $5 the cursor, $6 the limit, $7 the target,
 * $8 what is short, $9 now, $10 whether who hung up within the target was not served. They say in SQL what lia-metrics.c counts; a test compares them.
 */
#define ROWS_WHERE(condition)                                                                                      \
  "SELECT w.seq, w.n, c.conversation_id, k.id, k.name, k.address, w.from_at, w.to_at, w.result, w.from_at, 0 "     \
  "FROM call_wait AS w INDEXED BY call_wait_queue CROSS JOIN call AS c ON c.seq = w.seq "                          \
  "CROSS JOIN conversation AS v ON v.id = c.conversation_id CROSS JOIN customer AS k ON k.id = v.customer_id "     \
  "WHERE w.queue_id = $1 AND w.from_at >= $2 AND w.from_at < $3 AND (w.from_at, w.seq) < ($4, $5) AND (" condition \
  ") ORDER BY w.from_at DESC, w.seq DESC LIMIT $6"

#define OVER_THE_TARGET "coalesce (w.to_at, $9) - w.from_at > $7"

#define CALLBACK_ROWS                                                                                                            \
  "SELECT b.seq, 0, b.conversation_id, k.id, k.name, k.address, b.from_at, b.done_at, "                                          \
  "CASE WHEN b.done_at IS NULL THEN '' ELSE 'answered' END, b.judged_at, b.due_at FROM callback AS b INDEXED BY callback_queue " \
  "CROSS JOIN conversation AS v ON v.id = b.conversation_id CROSS JOIN customer AS k ON k.id = v.customer_id "                   \
  "WHERE b." JUDGED " AND (b.judged_at, b.seq) < ($4, $5) ORDER BY b.judged_at DESC, b.seq DESC LIMIT $6"

/* Of agent $1. Handled is what the agent talked in; what was done for it before the stretch began is not of this stretch. */
#define AGENT_ROWS                                                                                                                                                        \
  "SELECT s.seq, 0, c.conversation_id, k.id, k.name, k.address, "                                                                                                         \
  "min (CASE WHEN s.kind = 'talk' AND s.from_at >= $2 THEN s.from_at END) AS began, "                                                                                     \
  "CASE WHEN max (s.to_at IS NULL) THEN NULL ELSE max (s.to_at) END, 'answered', "                                                                                        \
  "min (CASE WHEN s.kind = 'talk' AND s.from_at >= $2 THEN s.from_at END), 0, c.queue_id, "                                                                               \
  "sum (min (coalesce (s.to_at, $3), $3) - max (s.from_at, $2)) "                                                                                                         \
  "FROM call_segment AS s INDEXED BY call_segment_agent CROSS JOIN call AS c ON c.seq = s.seq "                                                                           \
  "CROSS JOIN conversation AS v ON v.id = c.conversation_id CROSS JOIN customer AS k ON k.id = v.customer_id "                                                            \
  "WHERE s.agent_id = $1 AND s.from_at >= $2 - " G_STRINGIFY (LONGEST_CALL_MS) " AND s.from_at < $3 "                                                                     \
                                                                               "AND (s.to_at IS NULL OR s.to_at > $2) AND s.kind IN ('talk', 'consult', 'hold', 'wrap') " \
                                                                               "GROUP BY s.seq HAVING began IS NOT NULL AND (began, s.seq) < ($4, $5) ORDER BY began DESC, s.seq DESC LIMIT $6"

static const struct
{
  const char *name;
  const char *sql;
  gboolean    is_now; /* who waits is counted whenever he came */
  gboolean    is_agents;
} figures[] = {
  { "entered", ROWS_WHERE ("1") },
  { "answered", ROWS_WHERE ("w.result IN ('answered', 'grabbed')") },
  { "abandoned", ROWS_WHERE ("w.result = 'abandoned' AND w.to_at - w.from_at > $8") },
  { "short", ROWS_WHERE ("w.result = 'abandoned' AND w.to_at - w.from_at <= $8") },
  { "timed_out", ROWS_WHERE ("w.result = 'timed-out'") },
  { "flow_out", ROWS_WHERE ("w.result = 'transferred'") },
  { "closed", ROWS_WHERE ("w.result = 'closed'") },
  { "lost", ROWS_WHERE ("w.result = 'lost'") },
  { "waiting", ROWS_WHERE ("w.to_at IS NULL"), TRUE },
  { "late", ROWS_WHERE ("w.result NOT IN ('transferred', 'closed') AND (" OVER_THE_TARGET " OR (w.result = 'abandoned' AND $10))") },
  { "callbacks_judged", CALLBACK_ROWS },
  { "handled", AGENT_ROWS, .is_agents = TRUE },
};

static const char *
rows_sql (const LiaMetricRowsAsked *asked,
          gint64                   *since_ms,
          GError                  **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      if (!g_str_equal (figures[i].name, asked->name) || figures[i].is_agents != (asked->agent_id != 0))
        continue;
      *since_ms = asked->since_ms - (figures[i].is_now ? LONGEST_CALL_MS : 0);
      return figures[i].sql;
    }
  g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such figure.");

  return NULL;
}

static LiaMetricRow *
read_row (LiaRows                  *rows,
          const LiaMetricRowsAsked *asked)
{
  LiaMetricRow *row = g_new0 (LiaMetricRow, 1);

  row->entry_seq = lia_rows_int (rows, 0);
  row->n = lia_rows_int (rows, 1);
  row->conversation_id = lia_rows_int (rows, 2);
  row->customer_id = lia_rows_int (rows, 3);
  row->name = g_strdup (lia_rows_text (rows, 4));
  row->address = g_strdup (lia_rows_text (rows, 5));
  row->queue_id = asked->agent_id != 0 ? lia_rows_int (rows, 11) : asked->queue_id;
  row->handling_ms = asked->agent_id != 0 ? (double)lia_rows_int (rows, 12) : LIA_METRIC_NONE;
  row->wait = read_wait (rows, 6);
  row->sort_ms = lia_rows_int (rows, 9);
  row->due_ms = lia_rows_int (rows, 10);

  return row;
}

/** lia_metric_row_cursor: (transfer full): where a page ended that ended with this row. */
char *
lia_metric_row_cursor (const LiaMetricRow *row)
{
  return lia_cursor_format (row->sort_ms, row->entry_seq);
}

GPtrArray *
lia_query_metric_rows (LiaDb                    *db,
                       const LiaMetricRowsAsked *asked,
                       GError                  **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (lia_metric_row_free);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean    counts_hangups = asked->rules.service_level == LIA_SERVICE_LEVEL_NEGATIVE;
  LiaCursor   cursor = { G_MAXINT64, G_MAXINT64 };
  gint64      since_ms;
  gint64      until_ms = asked->agent_id != 0 ? MIN (asked->until_ms, asked->now_ms) : asked->until_ms; /* what goes on counts until now */
  const char *sql = rows_sql (asked, &since_ms, error);

  if (sql == NULL || !lia_cursor_parse (asked->after, &cursor, error))
    return NULL;
  rows = lia_db_query (db, error, sql, "iiiiiiiiii", asked->agent_id != 0 ? asked->agent_id : asked->queue_id, since_ms, until_ms, cursor.first, cursor.second, (gint64)asked->limit,
                       asked->rules.target_ms, asked->rules.short_ms, asked->now_ms, (gint64)counts_hangups);
  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    g_ptr_array_add (list, read_row (rows, asked));

  return lia_query_finish (&failure, error) ? g_steal_pointer (&list) : NULL;
}
