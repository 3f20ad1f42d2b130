/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The views: named lists of conversations in the order of `sort`. Each is a range of its own partial index, named in the query so that no plan
 * can ever become a scan; their counts are read, not counted (lia-view-counts.c).
 */

#include "lia-queries-private.h"

#include "lia-due.h"
#include "lia-id.h"
#include "lia-view-counts.h"

#define PAGE_TAIL "(c.sort, c.id) > ($3, $4) ORDER BY c.sort, c.id LIMIT $5"
#define PAGE(index, where) "SELECT " LIA_ROW_COLUMNS "FROM conversation AS c INDEXED BY " index LIA_ROW_JOINS "WHERE " where " AND " PAGE_TAIL

/* $1 the agent, $2 the view's `of`, $3 $4 where to go on, $5 how many. */
static const struct
{
  const char *view;
  const char *page;
} views[] = {
  { "mine", PAGE ("conversation_mine", "c.state IN ('open', 'pending') AND c.assignee_id = $2") },
  { "waiting", PAGE ("conversation_waiting", "c.state = 'open' AND c.assignee_id IS NULL AND $2 = 0") },
  { "queue", PAGE ("conversation_queue", "c.state IN ('open', 'pending') AND c.queue_id = $2") },
  { "followups", PAGE ("conversation_snoozed", "c.state = 'snoozed' AND $2 = 0") },
  { "closed", PAGE ("conversation_closed", "c.state = 'closed' AND $2 = 0") },
  { "all", PAGE ("conversation_all", "c.state <> 'closed' AND $2 = 0") },
  { "callbacks", PAGE ("conversation_callbacks", "c.callback = 1 AND c.state = 'open' AND $2 = 0") },
};

typedef struct
{
  const char *page;
  LiaViewKey  key;
} View;

static gboolean
find_view (gint64      agent_id,
           const char *name,
           View       *view,
           GError    **error)
{
  gint64 queue_id = 0;

  if (g_str_has_prefix (name, "queue:") && lia_id_parse (name + strlen ("queue:"), "q", &queue_id))
    name = "queue";
  else if (g_str_equal (name, "queue"))
    name = "";

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      if (!g_str_equal (views[i].view, name))
        continue;

      view->page = views[i].page;
      view->key.view = views[i].view;
      view->key.of = g_str_equal (name, "mine") ? agent_id : queue_id;
      return TRUE;
    }

  g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such view");

  return FALSE;
}

/* Zero when nothing has ever stood there. */
static gboolean
get_count (LiaDb      *db,
           gint64     *count,
           GError    **error,
           const char *sql,
           gint64      agent_id,
           const View *view)
{
  g_autoptr (GError) failure = NULL;

  *count = 0;
  if (lia_db_get_int (db, count, &failure, sql, "tii", view->key.view, view->key.of, agent_id) ||
      g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static gboolean
read_counts (LiaDb      *db,
             gint64      agent_id,
             const View *view,
             gint64     *total,
             gint64     *unread,
             GError    **error)
{
  gint64 inbound;
  gint64 read;

  if (!get_count (db, total, error, "SELECT total FROM view_total WHERE view = $1 AND of = $2", agent_id, view) ||
      !get_count (db, &inbound, error, "SELECT inbound FROM view_total WHERE view = $1 AND of = $2", agent_id, view) ||
      !get_count (db, &read, error, "SELECT n FROM view_read WHERE view = $1 AND of = $2 AND agent_id = $3", agent_id, view))
    return FALSE;

  *unread = inbound - read;

  return TRUE;
}

/** lia_query_view_counts: for one agent. %LIA_STORE_ERROR_NOT_FOUND when there is no such view. */
gboolean
lia_query_view_counts (LiaDb      *db,
                       gint64      agent_id,
                       const char *view,
                       gint64     *total,
                       gint64     *unread,
                       GError    **error)
{
  View found;

  return find_view (agent_id, view, &found, error) && read_counts (db, agent_id, &found, total, unread, error);
}

static gboolean
read_page (LiaRowPage *page,
           LiaDb      *db,
           gint64      agent_id,
           const View *view,
           LiaCursor   after,
           guint       limit,
           GError    **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, view->page, "iiiii", agent_id, view->key.of, after.first, after.second,
                                           (gint64)limit + 1);
  g_autoptr (GError) failure = NULL;
  gint64 last_id = 0;

  if (rows == NULL)
    return FALSE;

  while (lia_rows_next (rows, &failure))
    {
      if (page->rows->len == limit)
        {
          LiaConversation *last = g_ptr_array_index (page->rows, limit - 1);

          page->next = lia_cursor_format (last->sort, last_id);
          return TRUE;
        }
      last_id = lia_rows_int (rows, 0);
      g_ptr_array_add (page->rows, lia_query_read_row (rows, FALSE));
    }

  return lia_query_finish (&failure, error);
}

/**
 * lia_query_view:
 * @view: "mine", "waiting", "queue:q_1", "callbacks", "followups", "closed" or "all"
 * @after: (nullable): cursor
 *
 * A page of a view, as one agent sees it.
 *
 * Returns: (transfer full): the page, or NULL with %LIA_STORE_ERROR_NOT_FOUND or %LIA_PROBLEM_VALIDATION
 */
LiaRowPage *
lia_query_view (LiaDb      *db,
                gint64      agent_id,
                const char *view,
                const char *after,
                guint       limit,
                GError    **error)
{
  g_autoptr (LiaRowPage) page = g_new0 (LiaRowPage, 1);
  LiaCursor cursor = { G_MININT64, 0 };
  View      found;

  page->rows = g_ptr_array_new_with_free_func (g_object_unref);

  if (!find_view (agent_id, view, &found, error) ||
      !lia_cursor_parse (after, &cursor, error) ||
      !read_counts (db, agent_id, &found, &page->total, &page->unread, error) ||
      (limit > 0 && !read_page (page, db, agent_id, &found, cursor, limit, error)))
    return NULL;

  return g_steal_pointer (&page);
}

static gboolean
read_place (LiaDb                *db,
            gint64                conversation_id,
            LiaConversationPlace *place,
            GError              **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT state, assignee_id, queue_id, callback FROM conversation WHERE id = $1", "i", conversation_id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;

  if (lia_rows_next (rows, &failure))
    {
      lia_conversation_state_from_string (lia_rows_text (rows, 0), &place->state);
      place->assignee_id = lia_rows_int (rows, 1);
      place->queue_id = lia_rows_int (rows, 2);
      place->callback = lia_rows_int (rows, 3) != 0;
      return TRUE;
    }

  if (lia_query_finish (&failure, error))
    g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such conversation");

  return FALSE;
}

/** lia_query_view_contains: whether a conversation stands in a view. */
gboolean
lia_query_view_contains (LiaDb      *db,
                         gint64      agent_id,
                         const char *view,
                         gint64      conversation_id,
                         gboolean   *contains,
                         GError    **error)
{
  LiaConversationPlace place = { 0 };
  LiaViewKey           keys[LIA_MAX_VIEWS_OF_CONVERSATION];
  View                 found;
  guint                n;

  if (!find_view (agent_id, view, &found, error) || !read_place (db, conversation_id, &place, error))
    return FALSE;

  *contains = FALSE;
  n = lia_view_keys_of (&place, keys);
  for (guint i = 0; i < n; i++)
    *contains = *contains || (g_str_equal (keys[i].view, found.key.view) && keys[i].of == found.key.of);

  return TRUE;
}
