/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings as lists: which, and in which order. Where a list is sorted by what is counted, that stands in `finding`, and each order has its index. */

#include "lia-queries-findings-private.h"

#include "lia-id.h"
#include "lia-queries-private.h"

#define MAX_OF_ONE 200 /* findings of a conversation or a customer */

static gboolean
is_or_any (const char *wanted,
           const char *is)
{
  return wanted == NULL || g_str_equal (wanted, is);
}

static gboolean
is_in (LiaFinding *finding,
       const char *tracker)
{
  for (guint i = 0; i < finding->issues->len; i++)
    if (g_str_equal (((LiaIssue *)finding->issues->pdata[i])->tracker, tracker))
      return TRUE;

  return FALSE;
}

static gboolean
takes_tracker (const LiaFindingFilter *self,
               LiaFinding             *finding)
{
  g_autofree char *tracker = self->tracker_id > 0 ? lia_id_format ("t", self->tracker_id) : NULL;

  if (self->tracker_id == 0)
    return TRUE;

  return tracker == NULL ? finding->issues->len == 0 : is_in (finding, tracker);
}

/** lia_finding_filter_takes: by what it is; its text, and where it was said, is not looked at. */
gboolean
lia_finding_filter_takes (const LiaFindingFilter *self,
                          LiaFinding             *finding)
{
  return is_or_any (self->kind, lia_finding_kind_to_string (finding->kind)) && is_or_any (self->state, lia_finding_state_to_string (finding->state)) &&
         is_or_any (self->product, finding->product) && is_or_any (self->url, finding->url) && finding->last_ms >= self->since_ms &&
         takes_tracker (self, finding);
}

/* In the order of the ids that @rows has; the place of the last one that was taken is @last. */
static GPtrArray *
load (LiaDb     *db,
      LiaRows   *rows,
      guint      limit,
      gint64     now_ms,
      LiaCursor *last,
      gboolean  *more,
      GError   **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) failure = NULL;

  *more = FALSE;
  while (!*more && lia_rows_next (rows, &failure))
    {
      LiaFinding *finding;

      if (findings->len == limit)
        {
          *more = TRUE;
          break;
        }
      *last = (LiaCursor){ lia_rows_int (rows, 1), lia_rows_int (rows, 0) };
      finding = lia_query_finding (db, last->second, now_ms, error);
      if (finding == NULL)
        return NULL;
      g_ptr_array_add (findings, finding);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&findings) : NULL;
}

/* What one conversation, or one customer, has said: there are never many. */
static GPtrArray *
query_of_one (LiaDb                  *db,
              const LiaFindingFilter *filter,
              gint64                  now_ms,
              GError                **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT f.id, f.last_at FROM finding AS f WHERE f.last_at IS NOT NULL AND f.id IN "
                                           "(SELECT m.root_id FROM quote AS q CROSS JOIN finding AS m ON m.id = q.finding_id WHERE q.conversation_id IN "
                                           "(SELECT $1 UNION ALL SELECT id FROM conversation WHERE customer_id = $2)) ORDER BY f.last_at DESC, f.id DESC",
                                           "ii", filter->conversation_id, filter->customer_id);
  LiaCursor last;
  gboolean  more;
  g_autoptr (GPtrArray) findings = rows != NULL ? load (db, rows, MAX_OF_ONE, now_ms, &last, &more, error) : NULL;

  for (guint i = findings != NULL ? findings->len : 0; i > 0; i--)
    if (!lia_finding_filter_takes (filter, findings->pdata[i - 1]))
      g_ptr_array_remove_index (findings, i - 1);

  return g_steal_pointer (&findings);
}

#define SELECTED(column) "SELECT f.id, f." column " FROM finding AS f INDEXED BY "
#define OF_PAGE " WHERE f.kind = 'site-failed' AND f.url = $4 AND "
#define DOWN(column, index, where) \
  SELECTED (column)                \
  index where LIA_FINDING_FILTERED "AND (f." column ", f.id) < ($7, $8) ORDER BY f." column " DESC, f.id DESC LIMIT $9"
#define UP(column, index, where) SELECTED (column) index where LIA_FINDING_FILTERED "AND (f." column ", f.id) > ($7, $8) ORDER BY f." column ", f.id LIMIT $9"
#define BOTH(order, column, index) order (column, index, " WHERE "), order (column, "finding_page", OF_PAGE)
#define TOP                \
  {                        \
    G_MAXINT64, G_MAXINT64 \
  }

/* Texts of their own, since what is prepared is known by its text; by hand, since a sort that is a parameter would have no index. */
static const struct
{
  const char *sql;
  const char *sql_of_page; /* of the web site; those of one are few */
  LiaCursor   begin;
} sorted[LIA_FINDING_N_SORTS] = {
  [LIA_FINDING_SORT_LAST] = { BOTH (DOWN, "last_at", "finding_last"), TOP },
  [LIA_FINDING_SORT_AGE] = { BOTH (UP, "first_at", "finding_first"), { G_MININT64, 0 } },
  [LIA_FINDING_SORT_CUSTOMERS] = { BOTH (DOWN, "customers", "finding_customers"), TOP },
  [LIA_FINDING_SORT_IMPORTANCE] = { BOTH (DOWN, "blocked", "finding_blocked"), TOP },
  [LIA_FINDING_SORT_TREND] = { BOTH (DOWN, "heat", "finding_heat"), TOP },
  [LIA_FINDING_SORT_MINUTES] = { BOTH (DOWN, "phone_ms", "finding_phone"), TOP },
};

/**
 * lia_query_findings:
 * @after: (nullable): cursor
 * @next: (out): cursor of the next page, or NULL
 *
 * In the order that the filter names; with a text, what fits it best, and of one conversation or customer, what was said last first: one page each.
 *
 * Returns: (transfer full) (element-type LiaFinding):
 */
GPtrArray *
lia_query_findings (LiaDb                  *db,
                    const LiaFindingFilter *filter,
                    const char             *after,
                    guint                   limit,
                    gint64                  now_ms,
                    char                  **next,
                    GError                **error)
{
  LiaCursor cursor = sorted[filter->sort].begin;
  LiaCursor last = { 0 };
  gboolean  more = FALSE;
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  *next = NULL;
  if (!lia_cursor_parse (after, &cursor, error))
    return NULL;
  if (filter->text != NULL)
    return lia_query_findings_like (db, filter->text, filter, TRUE, limit, now_ms, error);
  if (filter->conversation_id != 0 || filter->customer_id != 0)
    return query_of_one (db, filter, now_ms, error);

  rows = lia_db_query (db, error, filter->url != NULL ? sorted[filter->sort].sql_of_page : sorted[filter->sort].sql, LIA_FINDING_FILTER_TYPES "iii", LIA_FINDING_FILTER_VALUES (filter), cursor.first, cursor.second, (gint64)limit + 1);
  findings = rows != NULL ? load (db, rows, limit, now_ms, &last, &more, error) : NULL;
  if (findings != NULL && more)
    *next = lia_cursor_format (last.first, last.second);

  return g_steal_pointer (&findings);
}
