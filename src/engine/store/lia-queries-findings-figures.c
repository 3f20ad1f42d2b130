/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Findings together: how many there are in which state, how long it took to get there, and on which pages of the web site customers are left without an
 * answer.
 */

#include "lia-queries-findings-private.h"

#include "lia-queries-private.h"

#define MAX_MS (G_GINT64_CONSTANT (100) * 366 * 24 * 3600 * 1000)

typedef struct
{
  GArray *of[LIA_FINDING_N_STATES]; /* gint64: how long it took each finding to get into that state from the one before */
} Spans;

static void
add_span (GArray *spans,
          gint64  from_ms,
          gint64  to_ms)
{
  gint64 ms = to_ms - from_ms;

  if (from_ms != 0 && to_ms != 0 && ms >= 0 && ms <= MAX_MS)
    g_array_append_val (spans, ms);
}

static gint64
get_time (LiaRows *rows,
          int      column)
{
  return lia_rows_is_null (rows, column) ? 0 : lia_rows_int (rows, column);
}

/* state, first_at, linked_at, fixed_at, told_at */
static void
add_row (LiaFindingFigures *figures,
         Spans             *spans,
         LiaRows           *rows)
{
  LiaFindingState state;

  if (lia_finding_state_from_string (lia_rows_text (rows, 0), &state))
    figures->states[state]++;
  for (int i = LIA_FINDING_LINKED; i < LIA_FINDING_N_STATES; i++)
    add_span (spans->of[i], get_time (rows, i), get_time (rows, i + 1));
}

static int
compare_ms (gconstpointer a,
            gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;

  return (left > right) - (left < right);
}

/* By the nearest rank: the time in which so many of a hundred had it. */
static gint64
get_rank (GArray *sorted,
          guint   percent)
{
  return sorted->len > 0 ? g_array_index (sorted, gint64, (sorted->len * percent + 99) / 100 - 1) : 0;
}

/**
 * lia_query_finding_figures:
 * @filter: by what findings are; where they were said, and their text, is not looked at
 *
 * Returns: (transfer full):
 */
LiaFindingFigures *
lia_query_finding_figures (LiaDb                  *db,
                           const LiaFindingFilter *filter,
                           GError                **error)
{
  g_autoptr (LiaFindingFigures) figures = lia_finding_figures_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT f.state, f.first_at, f.linked_at, f.fixed_at, f.told_at FROM finding AS f WHERE " LIA_FINDING_FILTERED LIA_FINDING_OF_PAGE,
                                           LIA_FINDING_FILTER_TYPES, LIA_FINDING_FILTER_VALUES (filter));
  Spans spans;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < LIA_FINDING_N_STATES; i++)
    spans.of[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  while (lia_rows_next (rows, &failure))
    add_row (figures, &spans, rows);
  for (guint i = 0; i < LIA_FINDING_N_STATES; i++)
    {
      g_array_sort (spans.of[i], compare_ms);
      figures->spans[i] = (LiaFindingSpan){ spans.of[i]->len, get_rank (spans.of[i], 50), get_rank (spans.of[i], 90) };
      g_array_unref (spans.of[i]);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&figures) : NULL;
}

/**
 * lia_query_failing_pages:
 *
 * Returns: (transfer full) (element-type LiaFailingPage): what most customers say first
 */
GPtrArray *
lia_query_failing_pages (LiaDb   *db,
                         guint    limit,
                         GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT r.url, count (DISTINCT r.id), count (*), count (DISTINCT c.customer_id) AS customers, max (q.at) AS last, "
                                           "count (DISTINCT q.conversation_id) "
                                           "FROM finding AS r INDEXED BY finding_page CROSS JOIN finding AS m ON m.root_id = r.id "
                                           "CROSS JOIN quote AS q ON q.finding_id = m.id CROSS JOIN conversation AS c ON c.id = q.conversation_id "
                                           "WHERE r.kind = 'site-failed' AND r.url <> '' GROUP BY r.url ORDER BY customers DESC, last DESC, r.url LIMIT $1",
                                           "i", (gint64)limit);

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    {
      LiaFailingPage *page = lia_failing_page_new ();

      g_set_str (&page->url, lia_rows_text (rows, 0));
      page->findings = lia_rows_int (rows, 1);
      page->quotes = lia_rows_int (rows, 2);
      page->customers = lia_rows_int (rows, 3);
      page->last_ms = lia_rows_int (rows, 4);
      page->contacts = lia_rows_int (rows, 5);
      g_ptr_array_add (pages, page);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&pages) : NULL;
}
