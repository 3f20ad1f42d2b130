/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom to tell of a fix: in the order in which it became so. */

#include "lia-queries-notices.h"

#include "lia-id.h"
#include "lia-json.h"
#include "lia-problem.h"
#include "lia-queries-private.h"
#include "lia-wire.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define IS_ISSUE "FROM finding AS m CROSS JOIN finding_issue AS l ON l.finding_id = m.id CROSS JOIN issue AS i ON i.id = l.issue_id WHERE m.root_id = f.root_id "

/* The address they wrote from last in that conversation, where it is one of theirs, else their first one; of a visitor what she typed in the chat. */
#define COLUMNS                                                                                                                                                                         \
  "SELECT n.id, f.root_id, (SELECT r.title FROM finding AS r WHERE r.id = f.root_id), n.conversation_id, c.subject, n.customer_id, k.name, k.address, k.org, "                          \
  "CASE c.lang WHEN '' THEN k.lang ELSE c.lang END, CASE k.formality WHEN '' THEN 'any' ELSE k.formality END, c.channel, "                                                              \
  "coalesce ((SELECT a.raw FROM entry AS e CROSS JOIN entry_text AS t ON t.seq = e.seq CROSS JOIN address AS a ON a.customer_id = n.customer_id AND a.kind = 'email' "                  \
  "AND a.norm = lower (t.json ->> '$.from.address') WHERE e.conversation_id = n.conversation_id AND e.kind = 'email' AND e.dir = 'in' ORDER BY e.seq DESC LIMIT 1), "                   \
  "(SELECT a.raw FROM address AS a WHERE a.customer_id = k.id AND a.kind = 'email' ORDER BY a.place LIMIT 1), "                                                                         \
  "(SELECT t.json ->> '$.author.address' FROM entry AS e CROSS JOIN entry_text AS t ON t.seq = e.seq WHERE e.conversation_id = n.conversation_id AND e.kind = 'chat' AND e.dir = 'in' " \
  "ORDER BY e.seq DESC LIMIT 1), ''), "                                                                                                                                                 \
  "coalesce ((SELECT a.raw FROM address AS a WHERE a.customer_id = k.id AND a.kind = 'phone' ORDER BY a.place LIMIT 1), ''), "                                                          \
  "coalesce ((SELECT t.json ->> '$.text' FROM finding AS m CROSS JOIN quote AS q ON q.finding_id = m.id CROSS JOIN conversation AS w ON w.id = q.conversation_id "                      \
  "CROSS JOIN entry_text AS t ON t.seq = q.seq WHERE m.root_id = f.root_id AND w.customer_id = n.customer_id ORDER BY q.at DESC LIMIT 1), ''), "                                        \
  "n.state, n.subject, n.body, n.reason, n.at, n.snooze_until, coalesce ((SELECT max (o.told_at) FROM notice AS o INDEXED BY notice_customer "                                          \
  "WHERE o.customer_id = n.customer_id AND o.state = 'sent' AND o.id <> n.id), 0), n.told_at, n.agent_id, n.entry_seq, "                                                                \
  "(SELECT i.json " IS_ISSUE "ORDER BY i.json ->> '$.updated_at' DESC, i.id DESC LIMIT 1), (SELECT i.id " IS_ISSUE                                                                      \
  "ORDER BY i.json ->> '$.updated_at' DESC, i.id DESC LIMIT 1) "                                                                                                                        \
  "FROM notice AS n CROSS JOIN finding AS f ON f.id = n.finding_id CROSS JOIN conversation AS c ON c.id = n.conversation_id CROSS JOIN customer AS k ON k.id = n.customer_id "

/* (transfer full): an id, or "" of nothing */
static char *
to_id (const char *prefix,
       gint64      number)
{
  return number != 0 ? lia_id_format (prefix, number) : g_strdup ("");
}

static gboolean
read_issue (LiaNotice *notice,
            LiaRows   *rows,
            GError   **error)
{
  g_autoptr (JsonObject) object = NULL;

  if (lia_rows_is_null (rows, 25))
    return TRUE;
  object = lia_json_parse (lia_rows_text (rows, 25), -1, LIA_JSON_MAX_BYTES, error);
  notice->issue = object != NULL ? lia_wire_decode_issue (object, error) : NULL;
  if (notice->issue == NULL)
    return FALSE;
  g_free (notice->issue->id);
  notice->issue->id = lia_id_format ("i", lia_rows_int (rows, 26));

  return TRUE;
}

static void
read_texts (LiaNotice *notice,
            LiaRows   *rows)
{
  g_set_str (&notice->title, lia_rows_text (rows, 2));
  g_set_str (&notice->topic, lia_rows_text (rows, 4));
  notice->customer = lia_address_new (lia_rows_text (rows, 6), lia_rows_text (rows, 7));
  g_set_str (&notice->organisation, lia_rows_text (rows, 8));
  g_set_str (&notice->language, lia_rows_text (rows, 9));
  g_set_str (&notice->formality, lia_rows_text (rows, 10));
  g_set_str (&notice->channel, lia_rows_text (rows, 11));
  g_set_str (&notice->email, lia_rows_text (rows, 12));
  g_set_str (&notice->phone, lia_rows_text (rows, 13));
  g_set_str (&notice->quote, lia_rows_text (rows, 14));
  g_set_str (&notice->subject, lia_rows_text (rows, 16));
  g_set_str (&notice->body, lia_rows_text (rows, 17));
  g_set_str (&notice->reason, lia_rows_text (rows, 18));
}

static void
take_id (char **id,
         char  *text)
{
  g_free (*id);
  *id = text;
}

static LiaNotice *
read_notice (LiaRows *rows,
             gint64   gap_ms,
             gint64   now_ms,
             GError **error)
{
  g_autoptr (LiaNotice) notice = lia_notice_new ();
  gint64 last_ms = lia_rows_int (rows, 21);

  take_id (&notice->id, lia_id_format ("n", lia_rows_int (rows, 0)));
  take_id (&notice->finding, lia_id_format ("f", lia_rows_int (rows, 1)));
  take_id (&notice->conv, lia_id_format ("c", lia_rows_int (rows, 3)));
  take_id (&notice->customer_id, lia_id_format ("k", lia_rows_int (rows, 5)));
  read_texts (notice, rows);
  lia_notice_state_from_string (lia_rows_text (rows, 15), &notice->state);
  notice->at_ms = lia_rows_int (rows, 19);
  notice->snooze_ms = lia_rows_int (rows, 20);
  if (notice->state == LIA_NOTICE_DUE && last_ms != 0 && last_ms + gap_ms > now_ms)
    notice->held_ms = last_ms + gap_ms;
  notice->told_ms = lia_rows_int (rows, 22);
  take_id (&notice->agent, to_id ("a", lia_rows_int (rows, 23)));
  take_id (&notice->entry, to_id ("e", lia_rows_int (rows, 24)));

  return read_issue (notice, rows, error) ? g_steal_pointer (&notice) : NULL;
}

static gboolean
read_gap (LiaDb   *db,
          gint64  *gap_ms,
          GError **error)
{
  gint64 days = LIA_NOTICE_GAP_DAYS;

  if (!lia_db_get_int (db, &days, error, "SELECT coalesce (max (CAST (value AS INTEGER)), $1) FROM setting WHERE key = 'notice_gap_days'", "i", (gint64)LIA_NOTICE_GAP_DAYS))
    return FALSE;
  *gap_ms = days * DAY_MS;

  return TRUE;
}

/* In the order of their numbers, from @after on; NULL for an unknown word */
static LiaRows *
query (LiaDb                 *db,
       const LiaNoticeFilter *filter,
       gint64                 after,
       guint                  limit,
       gint64                 now_ms,
       GError               **error)
{
  const char  *state = g_str_equal (filter->state, "snoozed") ? "due" : filter->state;
  const gint64 snoozed = g_str_equal (filter->state, "snoozed");

  return lia_db_query (db, error,
                       COLUMNS "WHERE n.state = $1 AND n.id > $2 AND ($1 <> 'due' OR (n.snooze_until > $3) = $4) "
                               "AND ($5 = 0 OR f.root_id = (SELECT g.root_id FROM finding AS g WHERE g.id = $5)) ORDER BY n.id LIMIT $6",
                       "tiiiii", state, after, now_ms, snoozed, filter->finding_id, (gint64)limit + 1);
}

/**
 * lia_query_notices:
 * @after: (nullable): cursor
 *
 * Returns: (transfer full) (element-type LiaNotice): the oldest first
 */
GPtrArray *
lia_query_notices (LiaDb                 *db,
                   const LiaNoticeFilter *filter,
                   const char            *after,
                   guint                  limit,
                   gint64                 now_ms,
                   char                 **next,
                   GError               **error)
{
  LiaCursor cursor = { 0, 0 };
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 gap_ms;
  gint64 last = 0;

  *next = NULL;
  if ((after != NULL && !lia_cursor_parse (after, &cursor, error)) || !read_gap (db, &gap_ms, error) ||
      (rows = query (db, filter, cursor.first, limit, now_ms, error)) == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    {
      LiaNotice *notice;

      if (notices->len == limit)
        {
          *next = lia_cursor_format (last, 0);
          break;
        }
      last = lia_rows_int (rows, 0);
      notice = read_notice (rows, gap_ms, now_ms, error);
      if (notice == NULL)
        return NULL;
      g_ptr_array_add (notices, notice);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&notices) : NULL;
}

/** lia_query_notice: (transfer full): or NULL with %LIA_PROBLEM_NOT_FOUND */
LiaNotice *
lia_query_notice (LiaDb   *db,
                  gint64   id,
                  gint64   now_ms,
                  GError **error)
{
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 gap_ms;

  if (!read_gap (db, &gap_ms, error) || (rows = lia_db_query (db, error, COLUMNS "WHERE n.id = $1", "i", id)) == NULL)
    return NULL;
  if (lia_rows_next (rows, &failure))
    return read_notice (rows, gap_ms, now_ms, error);
  if (lia_query_finish (&failure, error))
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is nobody like that to tell.");

  return NULL;
}

/** lia_query_notices_due: @n: (out): how many are to be told, and not put off */
gboolean
lia_query_notices_due (LiaDb   *db,
                       gint64   now_ms,
                       gint64  *n,
                       GError **error)
{
  return lia_db_get_int (db, n, error, "SELECT count (*) FROM notice INDEXED BY notice_due WHERE state = 'due' AND snooze_until <= $1", "i", now_ms);
}

/** lia_query_finding_notices: fills in how many customers are to be told of the last fix, and how many were. */
gboolean
lia_query_finding_notices (LiaDb      *db,
                           gint64      root,
                           LiaFinding *finding,
                           GError    **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT count (DISTINCT CASE n.state WHEN 'due' THEN n.customer_id END), count (DISTINCT CASE WHEN " LIA_NOTICE_IS_TOLD
                                           " THEN n.customer_id END) FROM finding AS m CROSS JOIN notice AS n ON n.finding_id = m.id AND n.fix = m.fix WHERE m.root_id = $1",
                                           "i", root);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      finding->to_tell = lia_rows_int (rows, 0);
      finding->told = lia_rows_int (rows, 1);
    }

  return lia_query_finish (&failure, error);
}
