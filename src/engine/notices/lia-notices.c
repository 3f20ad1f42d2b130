/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-finding-cards.h"
#include "lia-notices-private.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-outbox-store.h"
#include "lia-queries-notices.h"
#include "lia-time.h"

#define NOT_ASKED "What this customer said does not belong to it any more."

/* Whose quotes are in it and were said before it was fixed: who said it afterwards does not have it yet. $1: the root, $2: when */
#define ASKED_BY                                                                                                             \
  "FROM finding AS g CROSS JOIN quote AS q ON q.finding_id = g.id CROSS JOIN conversation AS c ON c.id = q.conversation_id " \
  "WHERE g.root_id = $1 AND q.at <= $2 "

static gboolean
finish (GError **failure,
        GError **error)
{
  if (*failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (failure));

  return FALSE;
}

gboolean
lia_notices_read_root (LiaDb          *db,
                       gint64          finding_id,
                       LiaNoticesRoot *root,
                       GError        **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT r.id, r.fix, coalesce (r.fixed_at, 0), r.state IN ('fixed', 'told'), r.state = 'told' FROM finding AS f "
                                           "CROSS JOIN finding AS r ON r.id = f.root_id WHERE f.id = $1",
                                           "i", finding_id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    *root = (LiaNoticesRoot){ lia_rows_int (rows, 0), lia_rows_int (rows, 1), lia_rows_int (rows, 2), lia_rows_int (rows, 3) != 0, lia_rows_int (rows, 4) != 0 };

  return finish (&failure, error);
}

/** lia_notices_collect: (transfer full): the numbers in the first @n columns of @rows, row by row; takes @rows */
GArray *
lia_notices_collect (LiaRows *rows,
                     guint    n,
                     GError **error)
{
  g_autoptr (LiaRows) owned = rows;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failure = NULL;

  if (owned == NULL)
    return NULL;
  while (lia_rows_next (owned, &failure))
    {
      for (guint i = 0; i < n; i++)
        g_array_append_vals (numbers, &(gint64){ lia_rows_int (owned, i) }, 1);
    }

  return finish (&failure, error) ? g_steal_pointer (&numbers) : NULL;
}

static gboolean
append (LiaDb      *db,
        const char *kind,
        gint64      conversation_id,
        gint64      actor_id,
        JsonObject *data,
        GError    **error)
{
  g_autoptr (JsonObject) owned = data;
  g_autofree char *text = lia_json_to_text (owned);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = kind, .conversation_id = conversation_id, .actor_id = actor_id, .data = text }, error) != 0;
}

/** lia_notices_append_change: @data: (transfer full): what is different, see lia-journal.h */
gboolean
lia_notices_append_change (LiaDb      *db,
                           gint64      id,
                           gint64      actor_id,
                           JsonObject *data,
                           GError    **error)
{
  json_object_set_int_member (data, "notice", id);

  return append (db, "notice.changed", 0, actor_id, data, error);
}

/* On the timeline, by nobody: it follows from what the engineers did. */
static gboolean
say_cancelled (LiaDb      *db,
               gint64      id,
               const char *reason,
               GError    **error)
{
  g_autoptr (LiaNotice) notice = lia_query_notice (db, id, lia_time_now (), error);
  JsonObject *entry;
  JsonObject *author;
  JsonObject *details;
  gint64      conversation = 0;

  if (notice == NULL)
    return FALSE;
  lia_id_parse (notice->conv, "c", &conversation);
  details = json_object_new ();
  json_object_set_string_member (details, "what", "notice");
  json_object_set_string_member (details, "notice", notice->id);
  json_object_set_string_member (details, "finding", notice->finding);
  json_object_set_string_member (details, "title", notice->title);
  json_object_set_string_member (details, "to", "cancelled");
  json_object_set_string_member (details, "reason", reason);
  author = json_object_new ();
  json_object_set_string_member (author, "kind", "system");
  entry = json_object_new ();
  json_object_set_string_member (entry, "kind", "state");
  lia_json_set_time (entry, "at", lia_time_now ());
  json_object_set_object_member (entry, "author", author);
  json_object_set_object_member (entry, "d", details);

  return append (db, "entry.added", conversation, 0, entry, error);
}

gboolean
lia_notices_set_state (LiaDb      *db,
                       gint64      id,
                       const char *state,
                       const char *reason,
                       GError    **error)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "state", state);
  lia_json_set_str (data, "reason", reason);

  return lia_notices_append_change (db, id, 0, data, error);
}

/** lia_notices_cancel: there is nothing to tell this customer any more. */
gboolean
lia_notices_cancel (LiaDb      *db,
                    gint64      id,
                    const char *reason,
                    GError    **error)
{
  return lia_notices_set_state (db, id, "cancelled", reason, error) && say_cancelled (db, id, reason, error);
}

static gboolean
cancel_all (LiaDb      *db,
            GArray     *ids,
            const char *reason,
            GError    **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (!lia_notices_cancel (db, g_array_index (ids, gint64, i), reason, error))
        return FALSE;
    }

  return TRUE;
}

/* A promised call that nobody has to make any more */
static gboolean
settle_promise (LiaDb   *db,
                gint64   entry_seq,
                GError **error)
{
  g_autofree char *details = lia_db_get_text (db, error, "SELECT json ->> '$.d' FROM entry_text WHERE seq = $1", "i", entry_seq);
  g_autoptr (JsonObject) d = details != NULL ? lia_json_parse (details, -1, LIA_JSON_MAX_BYTES, error) : NULL;
  JsonObject *data;
  JsonObject *set;
  gint64      conversation;

  if (d == NULL || !lia_db_get_int (db, &conversation, error, "SELECT conversation_id FROM entry WHERE seq = $1", "i", entry_seq))
    return FALSE;
  json_object_set_boolean_member (d, "settled", TRUE);
  set = json_object_new ();
  json_object_set_object_member (set, "d", g_steal_pointer (&d));
  data = json_object_new ();
  json_object_set_int_member (data, "entry", entry_seq);
  json_object_set_object_member (data, "set", set);

  return append (db, "entry.changed", conversation, 0, data, error);
}

/* What is on its way and has not left: it is due again, as if it had never been sent. */
static gboolean
take_back (LiaDb   *db,
           gint64   id,
           gint64   entry_seq,
           GError **error)
{
  gint64   promised = 0;
  gboolean done = FALSE;

  if (!lia_db_get_int (db, &promised, error, "SELECT count (*) FROM entry WHERE seq = $1 AND kind = 'promise' AND waits = 1", "i", entry_seq))
    return FALSE;
  if (promised > 0)
    return settle_promise (db, entry_seq, error) && lia_notices_set_state (db, id, "due", NULL, error);

  return lia_outbox_take_back (db, entry_seq, &done, error) && (!done || lia_outbox_change_entry (db, entry_seq, "cancelled", LIA_NOTICES_REOPENED, error));
}

static gboolean
take_back_all (LiaDb                *db,
               const LiaNoticesRoot *root,
               GError              **error)
{
  g_autoptr (GArray) sent = lia_notices_collect (lia_db_query (db, error,
                                                               "SELECT n.id, n.entry_seq FROM finding AS m CROSS JOIN notice AS n ON n.finding_id = m.id CROSS JOIN entry AS e ON e.seq = n.entry_seq "
                                                               "WHERE m.root_id = $1 AND n.state = 'sent' AND (e.state IN ('queued', 'deferred') OR (e.kind = 'promise' AND e.waits = 1))",
                                                               "i", root->id),
                                                 2, error);

  if (sent == NULL)
    return FALSE;
  for (guint i = 0; i < sent->len; i += 2)
    {
      if (!take_back (db, g_array_index (sent, gint64, i), g_array_index (sent, gint64, i + 1), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
cancel_unsent (LiaDb                *db,
               const LiaNoticesRoot *root,
               GError              **error)
{
  g_autoptr (GArray) ids = NULL;

  if (!take_back_all (db, root, error))
    return FALSE;
  ids = lia_notices_collect (lia_db_query (db, error, "SELECT n.id FROM finding AS m CROSS JOIN notice AS n ON n.finding_id = m.id WHERE m.root_id = $1 AND n.state = 'due' ORDER BY n.id", "i", root->id), 1,
                             error);

  return ids != NULL && cancel_all (db, ids, LIA_NOTICES_REOPENED, error);
}

/* Who said it to no effect: their words were taken back, or are about something else. */
static gboolean
cancel_not_asked (LiaDb                *db,
                  const LiaNoticesRoot *root,
                  GError              **error)
{
  g_autoptr (GArray) ids = lia_notices_collect (lia_db_query (db, error,
                                                              "SELECT n.id FROM finding AS m CROSS JOIN notice AS n ON n.finding_id = m.id WHERE m.root_id = $1 AND n.state = 'due' "
                                                              "AND n.customer_id NOT IN (SELECT c.customer_id " ASKED_BY ") ORDER BY n.id",
                                                              "ii", root->id, root->fixed_ms),
                                                1, error);

  return ids != NULL && cancel_all (db, ids, NOT_ASKED, error);
}

static gboolean
add_one (LiaDb                *db,
         const LiaNoticesRoot *root,
         gint64                customer_id,
         gint64                conversation_id,
         GError              **error)
{
  JsonObject *data = json_object_new ();

  json_object_set_int_member (data, "finding", root->id);
  json_object_set_int_member (data, "fix", root->fix);
  json_object_set_int_member (data, "customer", customer_id);
  json_object_set_int_member (data, "conversation", conversation_id);

  return append (db, "notice.added", 0, 0, data, error);
}

/* Each customer once, where they said it last. What was merged into it may have been told of its own fix. */
static gboolean
add_missing (LiaDb                *db,
             const LiaNoticesRoot *root,
             GError              **error)
{
  g_autoptr (GArray) pairs = lia_notices_collect (lia_db_query (db, error,
                                                                "SELECT c.customer_id, c.id, max (q.at) " ASKED_BY "AND NOT EXISTS (SELECT 1 FROM finding AS m CROSS JOIN notice AS n "
                                                                "ON n.finding_id = m.id AND n.fix = m.fix WHERE m.root_id = $1 AND n.customer_id = c.customer_id AND n.state <> 'cancelled') "
                                                                "GROUP BY c.customer_id ORDER BY c.customer_id",
                                                                "ii", root->id, root->fixed_ms),
                                                  2, error);

  if (pairs == NULL)
    return FALSE;
  for (guint i = 0; i < pairs->len; i += 2)
    {
      if (!add_one (db, root, g_array_index (pairs, gint64, i), g_array_index (pairs, gint64, i + 1), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
set_finding (LiaDb                *db,
             const LiaNoticesRoot *root,
             const char           *state,
             GError              **error)
{
  JsonObject *data = json_object_new ();

  json_object_set_int_member (data, "finding", root->id);
  json_object_set_string_member (data, "state", state);

  return append (db, "finding.changed", 0, 0, data, error);
}

/** lia_notices_refresh_told: it is told when all of them have heard it who are to, and anybody has; somebody who is to be told again makes it fixed again. */
gboolean
lia_notices_refresh_told (LiaDb                *db,
                          const LiaNoticesRoot *root,
                          GError              **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT count (*), coalesce (sum (" LIA_NOTICE_IS_TOLD "), 0), coalesce (sum (n.state = 'skipped'), 0) FROM finding AS m "
                                           "CROSS JOIN notice AS n ON n.finding_id = m.id AND n.fix = m.fix WHERE m.root_id = $1 AND n.state <> 'cancelled'",
                                           "i", root->id);
  g_autoptr (GError) failure = NULL;
  gboolean all = FALSE;
  gboolean any = FALSE;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      any = lia_rows_int (rows, 0) > 0;
      all = lia_rows_int (rows, 1) > 0 && lia_rows_int (rows, 1) + lia_rows_int (rows, 2) == lia_rows_int (rows, 0);
    }
  if (!finish (&failure, error))
    return FALSE;
  g_clear_pointer (&rows, lia_rows_free);
  if (all && !root->is_told)
    return set_finding (db, root, "told", error);

  return all || !any || !root->is_told || set_finding (db, root, "fixed", error);
}

/**
 * lia_notices_refresh:
 * @finding_id: of any finding; those that were merged into one are told as one
 *
 * To be called after everything that changes whether a finding is fixed, or whose it is. What timelines say of it follows, too.
 */
gboolean
lia_notices_refresh (LiaDb   *db,
                     gint64   finding_id,
                     GError **error)
{
  LiaNoticesRoot root = { 0 };

  if (!lia_notices_read_root (db, finding_id, &root, error) || !lia_finding_cards_refresh (db, root.id, error))
    return FALSE;
  if (!root.is_fixed)
    return cancel_unsent (db, &root, error);

  return root.fix == 0 || (cancel_not_asked (db, &root, error) && add_missing (db, &root, error) && lia_notices_refresh_told (db, &root, error));
}

/** lia_notices_refresh_issue: of all findings that have it. */
gboolean
lia_notices_refresh_issue (LiaDb   *db,
                           gint64   issue_id,
                           GError **error)
{
  g_autoptr (GArray) ids =
      lia_notices_collect (lia_db_query (db, error, "SELECT DISTINCT f.root_id FROM finding_issue AS l CROSS JOIN finding AS f ON f.id = l.finding_id WHERE l.issue_id = $1", "i", issue_id), 1, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      if (!lia_notices_refresh (db, g_array_index (ids, gint64, i), error))
        return FALSE;
    }

  return ids != NULL;
}
