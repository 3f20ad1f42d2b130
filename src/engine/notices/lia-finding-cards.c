/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What stands on a timeline of what a customer said says what the engineers have of it: the newest issue that is open, or else the newest. It is a part of the
 * entry, so that it is there wherever the entry is, and comes as a change of it.
 */

#include "lia-finding-cards.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-wire.h"

#define MAX_CARDS 500 /* the newest: older ones are hardly looked at */

static const char *const members[] = { "issue", "key", "url", "to", "milestone" };

/* (transfer full) (nullable): NULL without an error: they have nothing */
static LiaIssue *
find_issue (LiaDb   *db,
            gint64   root_id,
            GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT i.json, i.id FROM finding AS m CROSS JOIN finding_issue AS l ON l.finding_id = m.id CROSS JOIN issue AS i ON i.id = l.issue_id "
                                           "WHERE m.root_id = $1 ORDER BY coalesce (i.json ->> '$.closed', 0), i.id DESC LIMIT 1",
                                           "i", root_id);
  g_autoptr (JsonObject) object = NULL;
  LiaIssue *issue;

  if (rows == NULL || !lia_rows_next (rows, error))
    return NULL;
  object = lia_json_parse (lia_rows_text (rows, 0), -1, LIA_JSON_MAX_BYTES, error);
  issue = object != NULL ? lia_wire_decode_issue (object, error) : NULL;
  if (issue == NULL)
    return NULL;
  g_free (issue->id);
  issue->id = lia_id_format ("i", lia_rows_int (rows, 1));

  return issue;
}

/* FALSE: it says so already */
static gboolean
set_members (JsonObject *d,
             LiaIssue   *issue)
{
  const char *const values[] = { issue != NULL ? issue->id : "", issue != NULL ? issue->key : "", issue != NULL ? issue->url : "", issue != NULL ? issue->state : "",
                                 issue != NULL ? issue->milestone : "" };
  gboolean changed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *before = NULL;

      lia_json_str (d, members[i], LIA_JSON_OPTIONAL, LIA_JSON_MAX_BYTES, &before, NULL);
      if (g_str_equal (before != NULL ? before : "", values[i]))
        continue;
      json_object_set_string_member (d, members[i], values[i]);
      changed = TRUE;
    }

  return changed;
}

static gboolean
append (LiaDb      *db,
        gint64      seq,
        JsonObject *d,
        GError    **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;
  JsonObject      *set = json_object_new ();

  json_object_set_object_member (set, "d", json_object_ref (d));
  json_object_set_int_member (data, "entry", seq);
  json_object_set_object_member (data, "set", set);
  text = lia_json_to_text (data);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "entry.changed", .data = text }, error) != 0;
}

static gboolean
refresh_one (LiaDb    *db,
             gint64    seq,
             LiaIssue *issue,
             GError  **error)
{
  g_autofree char *text = lia_db_get_text (db, error, "SELECT json ->> '$.d' FROM entry_text WHERE seq = $1", "i", seq);
  g_autoptr (JsonObject) d = text != NULL ? lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, error) : NULL;

  return d != NULL && (!set_members (d, issue) || append (db, seq, d, error));
}

/** lia_finding_cards_refresh: @root_id: of a finding that was merged into no other one */
gboolean
lia_finding_cards_refresh (LiaDb   *db,
                           gint64   root_id,
                           GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LiaIssue) issue = find_issue (db, root_id, &failure);
  g_autoptr (GArray) quotes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LiaRows) rows = NULL;

  if (failure == NULL)
    rows = lia_db_query (db, &failure, "SELECT q.seq FROM finding AS m CROSS JOIN quote AS q ON q.finding_id = m.id WHERE m.root_id = $1 ORDER BY q.at DESC LIMIT $2", "ii", root_id,
                         (gint64)MAX_CARDS);
  while (rows != NULL && lia_rows_next (rows, &failure))
    g_array_append_vals (quotes, &(gint64){ lia_rows_int (rows, 0) }, 1);
  g_clear_pointer (&rows, lia_rows_free);
  for (guint i = 0; failure == NULL && i < quotes->len; i++)
    refresh_one (db, g_array_index (quotes, gint64, i), issue, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}
