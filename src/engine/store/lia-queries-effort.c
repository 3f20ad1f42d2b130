/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a customer has been through with us. */

#include "lia-queries-effort.h"

#include "lia-queries-day.h"
#include "lia-queries-private.h"

#define RECENT_MS (30 * 24 * 3600 * G_GINT64_CONSTANT (1000))
#define MAX_ENTRIES "500" /* of a customer with more, as a machine is one, the newest count */

/* Each entry of the stretch with what a call took of the customer's time. Whoever spoke in it first is no transfer. */
#define ENTRIES                                                                                                                                                      \
  "SELECT e.at >= $3 AS today, e.dir = 'in' AS inbound, e.kind IN ('call', 'voicemail') AS call, c.answered_at IS NOT NULL AS answered, "                            \
  "coalesce ((SELECT sum (w.to_at - w.from_at) FROM call_wait AS w WHERE w.seq = e.seq AND w.to_at IS NOT NULL), 0) + "                                              \
  "coalesce ((SELECT sum (h.to_at - h.from_at) FROM call_segment AS h WHERE h.seq = e.seq AND h.kind IN ('hold', 'park') AND h.to_at IS NOT NULL), 0) AS waited, "   \
  "coalesce ((SELECT sum (t.to_at - t.from_at) FROM call_segment AS t WHERE t.seq = e.seq AND t.kind = 'talk' AND t.to_at IS NOT NULL), 0) AS talked, "              \
  "(SELECT count (*) FROM call_wait AS w WHERE w.seq = e.seq AND w.result = 'transferred') + "                                                                       \
  "max (0, (SELECT count (DISTINCT t.agent_id) FROM call_segment AS t WHERE t.seq = e.seq AND t.kind = 'talk') - 1) AS transfers "                                   \
  "FROM (SELECT seq, at, kind, dir FROM entry INDEXED BY entry_customer WHERE customer_id = $1 AND at >= $2 ORDER BY at DESC, seq DESC LIMIT " MAX_ENTRIES ") AS e " \
  "LEFT JOIN call AS c ON c.seq = e.seq WHERE e.kind IN ('call', 'voicemail') OR (e.dir = 'in' AND e.kind IN ('email', 'chat'))"

/**
 * lia_query_effort:
 * @now_ms: the moment; its day is today
 *
 * Returns: (transfer full): to be freed with g_free()
 */
LiaEffort *
lia_query_effort (LiaDb   *db,
                  gint64   customer_id,
                  gint64   now_ms,
                  GError **error)
{
  g_autofree LiaEffort *effort = g_new0 (LiaEffort, 1);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT coalesce (sum (today AND call AND inbound), 0), coalesce (sum (today AND call AND inbound AND answered), 0), "
                                           "coalesce (sum (CASE WHEN today THEN waited END), 0), coalesce (sum (CASE WHEN today THEN talked END), 0), "
                                           "coalesce (sum (inbound), 0), coalesce (sum (transfers), 0), coalesce (sum (waited), 0), "
                                           "coalesce ((SELECT open FROM customer WHERE id = $1), 0) FROM (" ENTRIES ")",
                                           "iii", customer_id, now_ms - RECENT_MS, lia_day_begin (now_ms));

  if (rows == NULL)
    return NULL;
  if (lia_rows_next (rows, &failure))
    *effort = (LiaEffort){
      .calls_today = lia_rows_int (rows, 0),
      .answered_today = lia_rows_int (rows, 1),
      .waited_today_ms = lia_rows_int (rows, 2),
      .talked_today_ms = lia_rows_int (rows, 3),
      .contacts = lia_rows_int (rows, 4),
      .transfers = lia_rows_int (rows, 5),
      .waited_ms = lia_rows_int (rows, 6),
      .open = lia_rows_int (rows, 7),
    };

  return lia_query_finish (&failure, error) ? g_steal_pointer (&effort) : NULL;
}
