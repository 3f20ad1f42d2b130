/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queries-issues.h"

#include "lia-id.h"
#include "lia-problem.h"
#include "lia-queries-private.h"
#include "lia-wire.h"

#define PUSH_COLUMNS                                                                                                                                    \
  "SELECT p.id, p.finding_id, p.tracker_id, p.agent_id, p.at, p.marker, p.title, p.text, p.hash, p.state, p.problem, p.tries, p.first_at, p.tried_at, " \
  "p.retry_at, coalesce (p.issue_id, 0), p.files, p.question_id FROM push AS p "

/* Of an open one, also why the engineers cannot be told how many customers there are */
#define ISSUE_COLUMNS \
  "i.id, i.tracker_id, i.json, coalesce ((SELECT t.problem FROM issue_told AS t WHERE t.issue_id = i.id AND NOT i.json ->> '$.closed'), '') "

/* Of a row of %ISSUE_COLUMNS. */
static LiaIssue *
read_issue (LiaRows *rows,
            GError **error)
{
  g_autoptr (JsonObject) object = lia_json_parse (lia_rows_text (rows, 2), -1, LIA_JSON_MAX_BYTES, error);
  LiaIssue *issue = object != NULL ? lia_wire_decode_issue (object, error) : NULL;

  if (issue == NULL)
    return NULL;
  g_free (issue->id);
  g_free (issue->tracker);
  issue->id = lia_id_format ("i", lia_rows_int (rows, 0));
  issue->tracker = lia_id_format ("t", lia_rows_int (rows, 1));
  g_set_str (&issue->untold, lia_rows_text (rows, 3));

  return issue;
}

static gboolean
add_issues (LiaRows   *rows,
            GPtrArray *issues,
            GError   **error)
{
  g_autoptr (GError) failure = NULL;

  while (lia_rows_next (rows, &failure))
    {
      LiaIssue *issue = read_issue (rows, error);

      if (issue == NULL)
        return FALSE;
      g_ptr_array_add (issues, issue);
    }

  return lia_query_finish (&failure, error);
}

static gboolean
read_files (LiaPush    *push,
            const char *text,
            GError    **error)
{
  g_autoptr (JsonObject) object = lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, error);
  JsonArray *items = NULL;

  if (object == NULL || !lia_json_arr (object, "files", LIA_JSON_REQUIRED, LIA_PUSH_MAX_FILES, &items, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject  *item;
      LiaPushFile *file = lia_json_arr_obj (items, i, &item, error) ? lia_wire_decode_push_file (item, error) : NULL;

      if (file == NULL)
        return FALSE;
      g_ptr_array_add (push->files, file);
    }

  return TRUE;
}

static LiaPush *
read_push (LiaRows *rows,
           GError **error)
{
  g_autoptr (LiaPush) push = lia_push_new ();

  g_free (push->id);
  g_free (push->finding);
  g_free (push->tracker);
  g_free (push->agent);
  push->id = lia_id_format ("p", lia_rows_int (rows, 0));
  push->finding = lia_id_format ("f", lia_rows_int (rows, 1));
  push->tracker = lia_id_format ("t", lia_rows_int (rows, 2));
  push->agent = lia_id_format ("a", lia_rows_int (rows, 3));
  push->at_ms = lia_rows_int (rows, 4);
  g_set_str (&push->marker, lia_rows_text (rows, 5));
  g_set_str (&push->title, lia_rows_text (rows, 6));
  g_set_str (&push->text, lia_rows_text (rows, 7));
  g_set_str (&push->hash, lia_rows_text (rows, 8));
  lia_push_state_from_string (lia_rows_text (rows, 9), &push->state);
  g_set_str (&push->problem, lia_rows_text (rows, 10));
  push->tries = lia_rows_int (rows, 11);
  push->first_ms = lia_rows_int (rows, 12);
  push->tried_ms = lia_rows_int (rows, 13);
  push->retry_ms = lia_rows_int (rows, 14);
  if (lia_rows_int (rows, 15) != 0)
    {
      g_free (push->issue);
      push->issue = lia_id_format ("i", lia_rows_int (rows, 15));
    }

  if (lia_rows_int (rows, 17) != 0)
    {
      g_free (push->question);
      push->question = lia_id_format ("e", lia_rows_int (rows, 17));
    }

  return read_files (push, lia_rows_text (rows, 16), error) ? g_steal_pointer (&push) : NULL;
}

static gboolean
read_last_push (LiaDb      *db,
                gint64      root,
                LiaFinding *finding,
                GError    **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           PUSH_COLUMNS "WHERE p.id = (SELECT max (p.id) FROM finding AS m CROSS JOIN push AS p ON p.finding_id = m.id WHERE m.root_id = $1 AND p.question_id = 0)", "i",
                                           root);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  if (lia_rows_next (rows, &failure))
    {
      finding->push = read_push (rows, error);
      if (finding->push == NULL)
        return FALSE;
      g_set_str (&finding->push->title, "");
      g_set_str (&finding->push->text, "");
    }

  return lia_query_finish (&failure, error);
}

/** lia_query_finding_issues: fills in what the engineers have of a finding, and of those that were merged into it. */
gboolean
lia_query_finding_issues (LiaDb      *db,
                          gint64      root,
                          LiaFinding *finding,
                          GError    **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT DISTINCT " ISSUE_COLUMNS "FROM finding AS m CROSS JOIN finding_issue AS l ON l.finding_id = m.id "
                                           "CROSS JOIN issue AS i ON i.id = l.issue_id WHERE m.root_id = $1 ORDER BY i.id",
                                           "i", root);

  return rows != NULL && add_issues (rows, finding->issues, error) && read_last_push (db, root, finding, error);
}

/** lia_query_push: (transfer full): or NULL with %LIA_PROBLEM_NOT_FOUND */
LiaPush *
lia_query_push (LiaDb   *db,
                gint64   id,
                GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, PUSH_COLUMNS "WHERE p.id = $1", "i", id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  if (lia_rows_next (rows, &failure))
    return read_push (rows, error);
  if (lia_query_finish (&failure, error))
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "Nothing like that was ever sent.");

  return NULL;
}

/**
 * lia_query_pushes:
 * @finding_id: of which; 0 = all
 * @before: (nullable): cursor
 *
 * Returns: (transfer full) (element-type LiaPush): the newest first
 */
GPtrArray *
lia_query_pushes (LiaDb      *db,
                  gint64      finding_id,
                  const char *before,
                  guint       limit,
                  char      **next,
                  GError    **error)
{
  LiaCursor cursor = { G_MAXINT64, 0 };
  g_autoptr (GPtrArray) pushes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  *next = NULL;
  if (!lia_cursor_parse (before, &cursor, error))
    return NULL;
  if (finding_id != 0)
    rows = lia_db_query (db, error,
                         PUSH_COLUMNS "WHERE p.id < $1 AND p.finding_id IN (SELECT m.id FROM finding AS f CROSS JOIN finding AS m ON m.root_id = f.root_id WHERE f.id = $2) "
                                      "ORDER BY p.id DESC LIMIT $3",
                         "iii", cursor.first, finding_id, (gint64)limit + 1);
  else
    rows = lia_db_query (db, error, PUSH_COLUMNS "WHERE p.id < $1 ORDER BY p.id DESC LIMIT $2", "ii", cursor.first, (gint64)limit + 1);
  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    {
      LiaPush *push;

      if (pushes->len == limit)
        {
          gint64 last = 0;

          lia_id_parse (((LiaPush *)pushes->pdata[limit - 1])->id, "p", &last);
          *next = lia_cursor_format (last, 0);
          break;
        }
      push = read_push (rows, error);
      if (push == NULL)
        return NULL;
      g_ptr_array_add (pushes, push);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&pushes) : NULL;
}

/** lia_query_issue: (transfer full) (nullable): as it is known; NULL without an error when it is not. */
LiaIssue *
lia_query_issue (LiaDb      *db,
                 gint64      tracker_id,
                 const char *key,
                 GError    **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT " ISSUE_COLUMNS "FROM issue AS i WHERE i.tracker_id = $1 AND i.key = $2", "it", tracker_id, key);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  if (lia_rows_next (rows, &failure))
    return read_issue (rows, error);
  lia_query_finish (&failure, error);

  return NULL;
}

/** lia_query_tracker_issues: (transfer full) (element-type LiaIssue): those that findings have, the newest first. */
GPtrArray *
lia_query_tracker_issues (LiaDb   *db,
                          gint64   tracker_id,
                          GError **error)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT " ISSUE_COLUMNS "FROM issue AS i WHERE i.tracker_id = $1 AND EXISTS "
                                           "(SELECT 1 FROM finding_issue AS l WHERE l.issue_id = i.id) ORDER BY i.id DESC",
                                           "i", tracker_id);

  return rows != NULL && add_issues (rows, issues, error) ? g_steal_pointer (&issues) : NULL;
}

/** lia_query_issues_of: (transfer full) (element-type LiaIssue): of what was said in a conversation, or by a customer; the other one is 0. */
GPtrArray *
lia_query_issues_of (LiaDb   *db,
                     gint64   conversation_id,
                     gint64   customer_id,
                     GError **error)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT DISTINCT " ISSUE_COLUMNS "FROM quote AS q CROSS JOIN finding AS f ON f.id = q.finding_id "
                                           "CROSS JOIN finding AS m ON m.root_id = f.root_id CROSS JOIN finding_issue AS l ON l.finding_id = m.id "
                                           "CROSS JOIN issue AS i ON i.id = l.issue_id WHERE q.conversation_id IN "
                                           "(SELECT $1 UNION ALL SELECT id FROM conversation WHERE customer_id = $2) ORDER BY i.id DESC",
                                           "ii", conversation_id, customer_id);

  return rows != NULL && add_issues (rows, issues, error) ? g_steal_pointer (&issues) : NULL;
}
