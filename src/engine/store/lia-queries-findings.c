/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Findings one by one. Counts are taken from the quotes when somebody asks: so they follow whoever a conversation belongs to, and a page of
 * fifty findings needs a few milliseconds for it.
 */

#include "lia-queries-findings.h"

#include "lia-id.h"
#include "lia-problem.h"
#include "lia-queries-issues.h"
#include "lia-queries-notices.h"
#include "lia-queries-private.h"
#include "lia-wire.h"

#define WEEK_MS (G_GINT64_CONSTANT (7) * 24 * 3600 * 1000)
#define MAX_MERGED "100"

#define QUOTES_OF_ROOT "FROM finding AS m CROSS JOIN quote AS q ON q.finding_id = m.id "

static gboolean
read_counts (LiaFinding *finding,
             LiaDb      *db,
             gint64      id,
             GError    **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT count (*), count (DISTINCT c.customer_id), coalesce (min (q.at), 0), coalesce (max (q.at), 0), "
                                           "count (DISTINCT CASE q.importance WHEN 'blocking' THEN c.customer_id END) " QUOTES_OF_ROOT
                                           "CROSS JOIN conversation AS c ON c.id = q.conversation_id WHERE m.root_id = $1",
                                           "i", id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      finding->quotes = lia_rows_int (rows, 0);
      finding->customers = lia_rows_int (rows, 1);
      finding->first_ms = lia_rows_int (rows, 2);
      finding->last_ms = lia_rows_int (rows, 3);
      finding->blocked = lia_rows_int (rows, 4);
    }

  return lia_query_finish (&failure, error);
}

/* Each conversation once, however often it was said there. */
static gboolean
read_phone (LiaFinding *finding,
            LiaDb      *db,
            gint64      id,
            GError    **error)
{
  return lia_db_get_int (db, &finding->phone_ms, error,
                         "SELECT coalesce (sum (s.to_at - s.from_at), 0) FROM (SELECT DISTINCT q.conversation_id AS id " QUOTES_OF_ROOT "WHERE m.root_id = $1) AS c "
                         "CROSS JOIN call AS p ON p.conversation_id = c.id CROSS JOIN call_segment AS s ON s.seq = p.seq "
                         "WHERE s.kind IN ('talk', 'hold', 'wrap') AND s.to_at IS NOT NULL",
                         "i", id);
}

static gboolean
read_weeks (LiaFinding *finding,
            LiaDb      *db,
            gint64      id,
            gint64      now_ms,
            GError    **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT max ($2 - q.at, 0) / $3 AS ago, count (*) " QUOTES_OF_ROOT
                                           "WHERE m.root_id = $1 AND q.at > $2 - $4 GROUP BY ago",
                                           "iiii", id, now_ms, WEEK_MS, LIA_FINDING_WEEKS * WEEK_MS);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    finding->weeks[LIA_FINDING_WEEKS - 1 - MIN (lia_rows_int (rows, 0), LIA_FINDING_WEEKS - 1)] += lia_rows_int (rows, 1);

  return lia_query_finish (&failure, error);
}

static gboolean
read_merged (LiaFinding *finding,
             LiaDb      *db,
             gint64      id,
             GError    **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT id FROM finding WHERE root_id = $1 AND id <> $1 ORDER BY id LIMIT " MAX_MERGED, "i", id);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    g_strv_builder_take (ids, lia_id_format ("f", lia_rows_int (rows, 0)));
  g_strfreev (finding->merged);
  finding->merged = g_strv_builder_end (ids);

  return lia_query_finish (&failure, error);
}

static LiaFinding *
read_finding (LiaRows *rows)
{
  LiaFinding *finding = lia_finding_new ();

  g_free (finding->id);
  finding->id = lia_id_format ("f", lia_rows_int (rows, 0));
  finding->ver = lia_rows_int (rows, 1);
  lia_finding_kind_from_string (lia_rows_text (rows, 2), &finding->kind);
  g_set_str (&finding->title, lia_rows_text (rows, 3));
  g_set_str (&finding->product, lia_rows_text (rows, 4));
  g_set_str (&finding->url, lia_rows_text (rows, 5));
  lia_finding_state_from_string (lia_rows_text (rows, 6), &finding->state);
  finding->linked_ms = lia_rows_is_null (rows, 7) ? 0 : lia_rows_int (rows, 7);
  finding->fixed_ms = lia_rows_is_null (rows, 8) ? 0 : lia_rows_int (rows, 8);
  finding->told_ms = lia_rows_is_null (rows, 9) ? 0 : lia_rows_int (rows, 9);

  return finding;
}

/**
 * lia_query_finding:
 * @id: of any finding
 *
 * Returns: (transfer full): the one that it was merged into, where it was; NULL with %LIA_PROBLEM_NOT_FOUND
 */
LiaFinding *
lia_query_finding (LiaDb   *db,
                   gint64   id,
                   gint64   now_ms,
                   GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT f.id, f.ver, f.kind, f.title, f.product, f.url, f.state, f.linked_at, f.fixed_at, f.told_at FROM finding AS m "
                                           "CROSS JOIN finding AS f ON f.id = m.root_id WHERE m.id = $1",
                                           "i", id);
  g_autoptr (LiaFinding) finding = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 root;

  if (rows == NULL)
    return NULL;
  if (!lia_rows_next (rows, &failure))
    {
      if (lia_query_finish (&failure, error))
        g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such finding.");
      return NULL;
    }
  root = lia_rows_int (rows, 0);
  finding = read_finding (rows);

  return read_counts (finding, db, root, error) && read_phone (finding, db, root, error) && read_weeks (finding, db, root, now_ms, error) && read_merged (finding, db, root, error) &&
                 lia_query_finding_issues (db, root, finding, error) && lia_query_finding_notices (db, root, finding, error)
             ? g_steal_pointer (&finding)
             : NULL;
}

static LiaQuote *
read_quote (LiaRows *rows,
            GError **error)
{
  g_autoptr (JsonObject) entry = lia_json_parse (lia_rows_text (rows, 6), -1, G_MAXSIZE, error);
  g_autoptr (LiaQuote) quote = NULL;
  const char *text;
  JsonObject *details;

  if (entry == NULL || !lia_json_obj (entry, "d", LIA_JSON_REQUIRED, &details, error) || !lia_json_str (entry, "text", LIA_JSON_OPTIONAL, G_MAXSIZE, &text, error) ||
      (quote = lia_wire_decode_quote (details, error)) == NULL)
    return NULL;

  g_free (quote->entry);
  g_free (quote->conv);
  g_free (quote->customer_id);
  quote->entry = lia_id_format ("e", lia_rows_int (rows, 0));
  quote->conv = lia_id_format ("c", lia_rows_int (rows, 1));
  quote->at_ms = lia_rows_int (rows, 2);
  quote->customer_id = lia_id_format ("k", lia_rows_int (rows, 3));
  quote->customer = lia_address_new (lia_rows_text (rows, 4), lia_rows_text (rows, 5));
  if (!lia_rows_is_null (rows, 7))
    {
      g_free (quote->agent);
      quote->agent = lia_id_format ("a", lia_rows_int (rows, 7));
    }
  g_set_str (&quote->text, text != NULL ? text : "");

  return g_steal_pointer (&quote);
}

/**
 * lia_query_finding_quotes:
 * @id: of a finding that was not merged into another one
 * @before: (nullable): cursor
 *
 * Returns: (transfer full) (element-type LiaQuote): the newest first
 */
GPtrArray *
lia_query_finding_quotes (LiaDb      *db,
                          gint64      id,
                          const char *before,
                          guint       limit,
                          char      **next,
                          GError    **error)
{
  LiaCursor cursor = { G_MAXINT64, G_MAXINT64 };
  g_autoptr (GPtrArray) quotes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;
  LiaCursor last = { 0 };

  *next = NULL;
  if (!lia_cursor_parse (before, &cursor, error))
    return NULL;
  rows = lia_db_query (db, error,
                       "SELECT q.seq, q.conversation_id, q.at, c.customer_id, k.name, k.address, t.json, e.agent_id " QUOTES_OF_ROOT
                       "CROSS JOIN conversation AS c ON c.id = q.conversation_id CROSS JOIN customer AS k ON k.id = c.customer_id "
                       "CROSS JOIN entry AS e ON e.seq = q.seq CROSS JOIN entry_text AS t ON t.seq = q.seq "
                       "WHERE m.root_id = $1 AND (q.at, q.seq) < ($2, $3) ORDER BY q.at DESC, q.seq DESC LIMIT $4",
                       "iiii", id, cursor.first, cursor.second, (gint64)limit + 1);
  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    {
      LiaQuote *quote;

      if (quotes->len == limit)
        {
          *next = lia_cursor_format (last.first, last.second);
          break;
        }
      quote = read_quote (rows, error);
      if (quote == NULL)
        return NULL;
      last = (LiaCursor){ quote->at_ms, lia_rows_int (rows, 0) };
      g_ptr_array_add (quotes, quote);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&quotes) : NULL;
}

/** lia_query_finding_products: (transfer full) (element-type utf8): which products and components were named, the last one first. */
GPtrArray *
lia_query_finding_products (LiaDb   *db,
                            guint    limit,
                            GError **error)
{
  g_autoptr (GPtrArray) products = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT product, max (last_at) AS last FROM finding INDEXED BY finding_product "
                                           "WHERE product <> '' AND last_at IS NOT NULL GROUP BY product ORDER BY last DESC LIMIT $1",
                                           "i", (gint64)limit);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    g_ptr_array_add (products, g_strdup (lia_rows_text (rows, 0)));

  return lia_query_finish (&failure, error) ? g_steal_pointer (&products) : NULL;
}
