/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-issue-store.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-notices.h"
#include "lia-queries-issues.h"
#include "lia-time.h"
#include "lia-wire.h"

#define MAX_CONVERSATIONS 500

static gboolean
append (LiaDb      *db,
        const char *kind,
        gint64      conversation_id,
        JsonObject *data,
        GError    **error)
{
  g_autoptr (JsonObject) owned = data;
  g_autofree char *text = lia_json_to_text (owned);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = kind, .conversation_id = conversation_id, .data = text }, error) != 0;
}

/* Whether it is worth telling on a timeline. */
static gboolean
is_news (LiaIssue *before,
         LiaIssue *now)
{
  return before->is_closed != now->is_closed || !g_str_equal (before->state, now->state) || !g_str_equal (before->assignee, now->assignee) ||
         !g_str_equal (before->milestone, now->milestone) || !g_str_equal (before->problem, now->problem) || (now->is_closed && now->is_released && !before->is_released);
}

static gboolean
is_same (LiaIssue *before,
         LiaIssue *now)
{
  return !is_news (before, now) && g_str_equal (before->title, now->title) && g_str_equal (before->url, now->url) && before->updated_ms == now->updated_ms &&
         before->wants_info == now->wants_info && before->is_released == now->is_released;
}

/* What an entry says of it: all that a person needs to know without asking the tracker */
static JsonObject *
make_details (LiaIssue *before,
              LiaIssue *now)
{
  JsonObject *details = lia_wire_encode_seen_issue (now);

  json_object_set_string_member (details, "what", "issue");
  json_object_set_string_member (details, "issue", before->id);
  json_object_set_string_member (details, "from", before->state);
  json_object_set_string_member (details, "to", now->state);
  json_object_set_boolean_member (details, "was_closed", before->is_closed);

  return details;
}

static JsonObject *
make_entry (LiaIssue *before,
            LiaIssue *now)
{
  JsonObject *entry = json_object_new ();
  JsonObject *author = json_object_new ();

  json_object_set_string_member (author, "kind", "system");
  json_object_set_string_member (entry, "kind", "state");
  lia_json_set_time (entry, "at", lia_time_now ());
  json_object_set_object_member (entry, "author", author);
  json_object_set_object_member (entry, "d", make_details (before, now));

  return entry;
}

/* Where any of its findings was said */
static GArray *
list_conversations (LiaDb   *db,
                    gint64   issue_id,
                    GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT DISTINCT q.conversation_id FROM finding_issue AS l CROSS JOIN finding AS f ON f.id = l.finding_id "
                                           "CROSS JOIN finding AS m ON m.root_id = f.root_id CROSS JOIN quote AS q ON q.finding_id = m.id WHERE l.issue_id = $1 "
                                           "ORDER BY q.conversation_id DESC LIMIT $2",
                                           "ii", issue_id, (gint64)MAX_CONVERSATIONS);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    g_array_append_vals (ids, &(gint64){ lia_rows_int (rows, 0) }, 1);
  if (failure == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

static gboolean
tell (LiaDb    *db,
      gint64    issue_id,
      LiaIssue *before,
      LiaIssue *now,
      GError  **error)
{
  g_autoptr (GArray) conversations = list_conversations (db, issue_id, error);

  if (conversations == NULL)
    return FALSE;
  for (guint i = 0; i < conversations->len; i++)
    if (!append (db, "entry.added", g_array_index (conversations, gint64, i), make_entry (before, now), error))
      return FALSE;

  return TRUE;
}

static gboolean
change (LiaDb    *db,
        LiaIssue *before,
        LiaIssue *now,
        GError  **error)
{
  JsonObject *data;
  gint64      id = 0;

  if (is_same (before, now))
    return TRUE;
  lia_id_parse (before->id, "i", &id);
  data = json_object_new ();
  json_object_set_int_member (data, "issue", id);
  json_object_set_object_member (data, "set", lia_wire_encode_seen_issue (now));

  return append (db, "issue.changed", 0, data, error) && (!is_news (before, now) || tell (db, id, before, now, error)) &&
         lia_notices_refresh_issue (db, id, error);
}

typedef struct
{
  gint64      tracker_id;
  GPtrArray  *issues;
  const char *cursor; /* or NULL */
} Taking;

static gboolean
take (LiaDb    *db,
      gpointer  data,
      gpointer *result,
      GError  **error)
{
  const Taking *self = data;

  for (guint i = 0; i < self->issues->len; i++)
    {
      LiaIssue *now = self->issues->pdata[i];
      g_autoptr (GError) failure = NULL;
      g_autoptr (LiaIssue) before = lia_query_issue (db, self->tracker_id, now->key, &failure);

      if (failure != NULL || (before != NULL && !change (db, before, now, &failure)))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }

  return self->cursor == NULL || lia_db_exec (db, error,
                                              "INSERT INTO tracker_place (tracker_id, cursor) VALUES ($1, $2) ON CONFLICT (tracker_id) DO UPDATE SET cursor = $2", "it",
                                              self->tracker_id, self->cursor);
}

/** lia_issue_store_take: @issues: (element-type LiaIssue): those that nobody here asked for are left out; @cursor: (nullable): up to where that is all */
gboolean
lia_issue_store_take (LiaStore   *store,
                      gint64      tracker_id,
                      GPtrArray  *issues,
                      const char *cursor,
                      GError    **error)
{
  Taking taking = { tracker_id, issues, cursor };

  return dex_await (lia_store_write (store, take, &taking, NULL, NULL), error);
}

typedef struct
{
  LiaIssue   *issue;
  const char *problem;
} Problem;

static gboolean
set_problem (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const Problem *self = data;
  gint64         tracker_id = 0;
  g_autoptr (LiaIssue) before = NULL;
  g_autoptr (LiaIssue) now = NULL;

  lia_id_parse (self->issue->tracker, "t", &tracker_id);
  before = lia_query_issue (db, tracker_id, self->issue->key, error);
  now = before != NULL ? lia_query_issue (db, tracker_id, self->issue->key, error) : NULL;
  if (now == NULL)
    return FALSE;
  g_set_str (&now->problem, self->problem);

  return change (db, before, now, error);
}

/** lia_issue_store_set_problem: why nothing newer is known of @issue; "" = it is known again */
gboolean
lia_issue_store_set_problem (LiaStore   *store,
                             LiaIssue   *issue,
                             const char *problem,
                             GError    **error)
{
  Problem work = { issue, problem };

  return dex_await (lia_store_write (store, set_problem, &work, NULL, NULL), error);
}

static gboolean
read_cursor (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  *result = lia_db_get_text (db, error, "SELECT coalesce (max (cursor), '') FROM tracker_place WHERE tracker_id = $1", "i", *(gint64 *)data);

  return *result != NULL;
}

/** lia_issue_store_get_cursor: @cursor: (out) (nullable): NULL = nothing was asked yet */
gboolean
lia_issue_store_get_cursor (LiaStore *store,
                            gint64    tracker_id,
                            char    **cursor,
                            GError  **error)
{
  g_autofree char *text = lia_store_await (lia_store_read (store, read_cursor, &tracker_id, NULL, g_free), error);

  *cursor = text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;

  return *cursor != NULL || text != NULL;
}

static gboolean
list (LiaDb    *db,
      gpointer  data,
      gpointer *result,
      GError  **error)
{
  *result = lia_query_tracker_issues (db, *(gint64 *)data, error);

  return *result != NULL;
}

/** lia_issue_store_list: (transfer full) (element-type LiaIssue): those that findings have. */
GPtrArray *
lia_issue_store_list (LiaStore *store,
                      gint64    tracker_id,
                      GError  **error)
{
  return lia_store_await (lia_store_read (store, list, &tracker_id, NULL, (GDestroyNotify)g_ptr_array_unref), error);
}
