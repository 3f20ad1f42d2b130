/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries, as the JSON text in which they are stored. A timeline stands in the order of (at, seq). */

#include "lia-queries-private.h"

#define TEXT " JOIN entry_text AS t ON t.seq = e.seq "
#define OLDER "(e.at, e.seq) < ($2, $3) ORDER BY e.at DESC, e.seq DESC LIMIT $4"
#define BEFORE_ALL { G_MAXINT64, G_MAXINT64 }

static void
reverse (GPtrArray *array)
{
  for (guint i = 0, j = array->len; i + 1 < j; i++)
    {
      gpointer left = array->pdata[i];

      j--;
      array->pdata[i] = array->pdata[j];
      array->pdata[j] = left;
    }
}

/* Reads columns at, seq, json, the newest first. */
static gboolean
read_page (LiaEntryPage *page,
           LiaRows      *rows,
           guint         limit,
           GError      **error)
{
  g_autoptr (GError) failure = NULL;
  LiaCursor last = { 0 };

  while (lia_rows_next (rows, &failure))
    {
      if (page->entries->len == limit)
        {
          page->next = lia_cursor_format (last.first, last.second);
          break;
        }
      last = (LiaCursor){ lia_rows_int (rows, 0), lia_rows_int (rows, 1) };
      g_ptr_array_add (page->entries, g_strdup (lia_rows_text (rows, 2)));
    }

  reverse (page->entries);

  return lia_query_finish (&failure, error);
}

static LiaEntryPage *
query_page (LiaDb      *db,
            const char *sql,
            gint64      id,
            const char *before,
            guint       limit,
            GError    **error)
{
  g_autoptr (LiaEntryPage) page = g_new0 (LiaEntryPage, 1);
  g_autoptr (LiaRows) rows = NULL;
  LiaCursor cursor = BEFORE_ALL;

  page->entries = g_ptr_array_new_with_free_func (g_free);
  limit = MAX (limit, 1);

  if (!lia_cursor_parse (before, &cursor, error))
    return NULL;

  rows = lia_db_query (db, error, sql, "iiii", id, cursor.first, cursor.second, (gint64)limit + 1);
  if (rows == NULL || !read_page (page, rows, limit, error))
    return NULL;

  return g_steal_pointer (&page);
}

/** lia_query_timeline: (transfer full): the newest entries before @before, or NULL with an error. A conversation that is not there has none. */
LiaEntryPage *
lia_query_timeline (LiaDb      *db,
                    gint64      conversation_id,
                    const char *before,
                    guint       limit,
                    GError    **error)
{
  return query_page (db, "SELECT e.at, e.seq, t.json FROM entry AS e INDEXED BY entry_conversation" TEXT "WHERE e.conversation_id = $1 AND " OLDER,
                     conversation_id, before, limit, error);
}

/** lia_query_customer_timeline: (transfer full): the same over all conversations of a customer. */
LiaEntryPage *
lia_query_customer_timeline (LiaDb      *db,
                             gint64      customer_id,
                             const char *before,
                             guint       limit,
                             GError    **error)
{
  return query_page (db, "SELECT e.at, e.seq, t.json FROM entry AS e INDEXED BY entry_customer" TEXT "WHERE e.customer_id = $1 AND " OLDER,
                     customer_id, before, limit, error);
}

/**
 * lia_query_entries_after:
 * @seen: the last entry that the agent saw
 * @except_agent_id: who asks; own entries are no news
 *
 * What customers and colleagues did since, in the order of its arrival.
 *
 * Returns: (transfer full): at most @limit entries, the oldest first
 */
LiaEntryPage *
lia_query_entries_after (LiaDb   *db,
                         gint64   conversation_id,
                         gint64   seen,
                         gint64   except_agent_id,
                         guint    limit,
                         GError **error)
{
  g_autoptr (LiaEntryPage) page = g_new0 (LiaEntryPage, 1);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaRows) rows = NULL;

  page->entries = g_ptr_array_new_with_free_func (g_free);
  rows = lia_db_query (db, error,
                       "SELECT t.json FROM entry AS e INDEXED BY entry_conversation_seq" TEXT "WHERE e.conversation_id = $1 AND e.seq > $2 "
                       "AND coalesce (e.agent_id, 0) <> $3 AND (e.kind <> 'state' OR e.agent_id IS NOT NULL) ORDER BY e.seq LIMIT $4",
                       "iiii", conversation_id, seen, except_agent_id, (gint64)limit);
  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    g_ptr_array_add (page->entries, g_strdup (lia_rows_text (rows, 0)));

  return lia_query_finish (&failure, error) ? g_steal_pointer (&page) : NULL;
}

/** lia_query_entry: (transfer full): its JSON text, or NULL with %LIA_STORE_ERROR_NOT_FOUND. */
char *
lia_query_entry (LiaDb   *db,
                 gint64   entry_seq,
                 GError **error)
{
  return lia_db_get_text (db, error, "SELECT json FROM entry_text WHERE seq = $1", "i", entry_seq);
}

/** lia_query_entry_x: (transfer full): the JSON text of what stays inside the engine, or NULL with %LIA_STORE_ERROR_NOT_FOUND. */
char *
lia_query_entry_x (LiaDb   *db,
                   gint64   entry_seq,
                   GError **error)
{
  return lia_db_get_text (db, error, "SELECT x FROM entry_text WHERE seq = $1", "i", entry_seq);
}

/** lia_query_unread_from: the first entry from outside that this agent has not read; 0 when there is none, and with @error set. */
gint64
lia_query_unread_from (LiaDb   *db,
                       gint64   agent_id,
                       gint64   conversation_id,
                       GError **error)
{
  gint64 seq = 0;

  lia_db_get_int (db, &seq, error,
                  "SELECT min (e.seq) FROM conversation AS c "
                  "LEFT JOIN conversation_read AS r ON r.agent_id = $1 AND r.conversation_id = c.id "
                  "CROSS JOIN entry AS e INDEXED BY entry_conversation_seq ON e.conversation_id = c.id AND e.dir = 'in' AND e.seq > coalesce (r.seq, 0) "
                  "WHERE c.id = $2 AND c.last_in_seq > coalesce (r.seq, 0)",
                  "ii", agent_id, conversation_id);

  return seq;
}

/** lia_query_draft: (transfer full) (nullable): this agent's draft as JSON text; NULL without an error when there is none. */
char *
lia_query_draft (LiaDb   *db,
                 gint64   agent_id,
                 gint64   conversation_id,
                 GError **error)
{
  g_autoptr (GError) failure = NULL;
  char *draft = lia_db_get_text (db, &failure, "SELECT json FROM draft WHERE agent_id = $1 AND conversation_id = $2", "ii", agent_id, conversation_id);

  if (failure != NULL && !g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));

  return draft;
}
