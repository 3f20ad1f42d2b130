/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What left for trackers, and the issues in them. */

#include "lia-issue-stage.h"
#include "lia-json.h"
#include "lia-projections-finding.h"
#include "lia-push-file.h"
#include "lia-wire.h"

#define MAX_TEXT (1024 * 1024)

static gboolean
read_number (LiaProjection *self,
             const char    *name,
             gint64        *id,
             GError       **error)
{
  return lia_json_int (self->data, name, LIA_JSON_REQUIRED, 1, G_MAXINT64, id, error);
}

/* What the member `files` says, if there is one */
static gboolean
set_files (LiaProjection *self,
           gint64         push,
           GError       **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;
  JsonArray       *files;

  if (!lia_json_arr (self->data, "files", LIA_JSON_OPTIONAL, LIA_PUSH_MAX_FILES, &files, error))
    return FALSE;
  if (files == NULL)
    return TRUE;
  json_object_set_array_member (object, "files", json_array_ref (files));
  text = lia_json_to_text (object);

  return lia_db_exec (self->db, error, "UPDATE push SET files = $2 WHERE id = $1", "it", push, text);
}

/** lia_project_finding_pushed: {finding:N, tracker:N, marker, title, text, hash, files?:[…], question?:N, issue?:N}: the last two of an answer */
gboolean
lia_project_finding_pushed (LiaProjection *self,
                            GError       **error)
{
  gint64      finding;
  gint64      tracker;
  const char *marker;
  const char *title;
  const char *text;
  const char *hash;
  gint64      question;
  gint64      issue;

  return read_number (self, "finding", &finding, error) && read_number (self, "tracker", &tracker, error) &&
         lia_json_str (self->data, "marker", LIA_JSON_REQUIRED, 64, &marker, error) && lia_json_str (self->data, "title", LIA_JSON_REQUIRED, MAX_TEXT, &title, error) &&
         lia_json_str (self->data, "text", LIA_JSON_REQUIRED, MAX_TEXT, &text, error) && lia_json_str (self->data, "hash", LIA_JSON_REQUIRED, 64, &hash, error) &&
         lia_json_int (self->data, "question", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &question, error) &&
         lia_json_int (self->data, "issue", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &issue, error) &&
         lia_db_exec (self->db, error,
                      "INSERT INTO push (id, finding_id, tracker_id, agent_id, at, marker, title, text, hash, state, question_id, issue_id) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10, nullif ($11, 0))",
                      "iiiiittttii", self->seq, finding, tracker, self->actor_id, self->at_ms, marker, title, text, hash, question, issue) &&
         set_files (self, self->seq, error) &&
         lia_db_exec (self->db, error, "UPDATE finding SET ver = ver + 1 WHERE id = $1", "i", finding);
}

/* How far the engineers are with all that they have of a finding, and of those that were merged into it. */
typedef struct
{
  guint n;
  guint n_open;
  guint n_done;
} Stages;

static gboolean
count_issue (Stages  *self,
             LiaRows *rows,
             GError **error)
{
  g_autoptr (JsonObject) object = lia_json_parse (lia_rows_text (rows, 0), -1, LIA_JSON_MAX_BYTES, error);
  g_autoptr (JsonObject) config = object != NULL && !lia_rows_is_null (rows, 1) ? lia_json_parse (lia_rows_text (rows, 1), -1, LIA_JSON_MAX_BYTES, NULL) : NULL;
  g_autoptr (LiaIssue) issue = object != NULL ? lia_wire_decode_issue (object, error) : NULL;
  g_autoptr (LiaTrackerSetup) tracker = config != NULL ? lia_wire_decode_tracker (config, NULL) : NULL;
  LiaIssueStage stage;

  if (issue == NULL)
    return FALSE;
  stage = lia_issue_stage (issue, tracker);
  self->n++;
  self->n_open += stage == LIA_ISSUE_OPEN || stage == LIA_ISSUE_UNRELEASED;
  self->n_done += stage == LIA_ISSUE_DONE;

  return TRUE;
}

static gboolean
count_issues (LiaProjection *self,
              gint64         root,
              Stages        *stages,
              GError       **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (self->db, error,
                                           "SELECT i.json, t.config FROM finding AS m CROSS JOIN finding_issue AS l ON l.finding_id = m.id CROSS JOIN issue AS i ON i.id = l.issue_id "
                                           "LEFT JOIN tracker AS t ON t.id = i.tracker_id WHERE m.root_id = $1",
                                           "i", root);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      if (!count_issue (stages, rows, error))
        return FALSE;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* A finding is fixed when nothing of it is open any more and something was done; what was done and is closed later stays so. @set: what somebody made of it */
static const char *
get_state (const Stages *stages,
           const char   *before,
           const char   *set)
{
  const gboolean fixed = g_str_equal (before, "fixed") || g_str_equal (before, "told");

  if (stages->n == 0)
    return g_str_equal (set, "fixed") && fixed ? before : set;
  if (stages->n_open > 0)
    return "linked";
  if (fixed)
    return before;

  return stages->n_done > 0 ? "fixed" : "linked";
}

/**
 * lia_project_finding_issues:
 * @id: of any finding
 *
 * What the engineers have of it, or of what was merged into the same one, has changed.
 */
gboolean
lia_project_finding_issues (LiaProjection *self,
                            gint64         id,
                            GError       **error)
{
  g_autofree char *before = NULL;
  g_autofree char *set = NULL;
  Stages           stages = { 0 };
  const char      *state;
  gint64           root;

  if (!lia_db_get_int (self->db, &root, error, "SELECT root_id FROM finding WHERE id = $1", "i", id) ||
      (before = lia_db_get_text (self->db, error, "SELECT state FROM finding WHERE id = $1", "i", root)) == NULL ||
      (set = lia_db_get_text (self->db, error, "SELECT set_state FROM finding WHERE id = $1", "i", root)) == NULL || !count_issues (self, root, &stages, error))
    return FALSE;
  state = get_state (&stages, before, set);

  return lia_db_exec (self->db, error, "UPDATE finding SET ver = ver + 1, state = $2 WHERE id = $1", "it", root, state) &&
         (g_str_equal (before, state) || lia_project_finding_state (self, root, state, error));
}

/* Gives the issue's number. */
static gboolean
put_issue (LiaProjection *self,
           gint64         tracker,
           JsonObject    *issue,
           gint64        *id,
           GError       **error)
{
  g_autofree char *text = lia_json_to_text (issue);
  const char      *key;

  return lia_json_str (issue, "key", LIA_JSON_REQUIRED, 256, &key, error) &&
         lia_db_exec (self->db, error, "INSERT INTO issue (id, tracker_id, key, json) VALUES ($1, $2, $3, $4) ON CONFLICT (tracker_id, key) DO UPDATE SET json = $4", "iitt",
                      self->seq, tracker, key, text) &&
         lia_db_get_int (self->db, id, error, "SELECT id FROM issue WHERE tracker_id = $1 AND key = $2", "it", tracker, key);
}

static gboolean
link_issue (LiaProjection *self,
            gint64         finding,
            gint64         tracker,
            JsonObject    *issue,
            gint64        *id,
            GError       **error)
{
  return put_issue (self, tracker, issue, id, error) &&
         lia_db_exec (self->db, error, "INSERT INTO finding_issue (finding_id, issue_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", "ii", finding, *id) &&
         lia_project_finding_issues (self, finding, error);
}

/* From now on the engineers are heard. @agent: who brought it there; @at: from when on, by the tracker's clock */
static gboolean
begin_hearing (LiaProjection *self,
               gint64         issue,
               gint64         agent,
               gint64         at,
               GError       **error)
{
  return lia_db_exec (self->db, error, "INSERT INTO issue_heard (issue_id, agent_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", "iii", issue, agent, at);
}

static gboolean
file_push (LiaProjection *self,
           gint64         push,
           JsonObject    *issue,
           GError       **error)
{
  gint64 finding;
  gint64 tracker;
  gint64 agent;
  gint64 id;

  return lia_db_get_int (self->db, &finding, error, "SELECT finding_id FROM push WHERE id = $1", "i", push) &&
         lia_db_get_int (self->db, &agent, error, "SELECT agent_id FROM push WHERE id = $1", "i", push) &&
         lia_db_get_int (self->db, &tracker, error, "SELECT tracker_id FROM push WHERE id = $1", "i", push) && link_issue (self, finding, tracker, issue, &id, error) &&
         lia_db_exec (self->db, error, "UPDATE push SET issue_id = $2 WHERE id = $1", "ii", push, id) &&
         lia_db_exec (self->db, error,
                      "INSERT INTO issue_told (issue_id, customers, at) SELECT $1, f.customers, $3 FROM finding AS m JOIN finding AS f ON f.id = m.root_id WHERE m.id = $2 "
                      "ON CONFLICT DO NOTHING",
                      "iii", id, finding, self->at_ms) &&
         begin_hearing (self, id, agent, 0, error);
}

/* An issue that is taken back is not the finding's any more, and that it is closed says nothing; when the tracker refuses that, it is again. */
static gboolean
relink (LiaProjection *self,
        gint64         push,
        const char    *state,
        GError       **error)
{
  g_autofree char *before = lia_db_get_text (self->db, error, "SELECT state FROM push WHERE id = $1", "i", push);
  const gboolean   back = g_str_equal (state, "retracting");
  gint64           finding;
  gint64           issue;

  if (before == NULL)
    return FALSE;
  if (g_str_equal (before, state) || (!back && !(g_str_equal (before, "retracting") && g_str_equal (state, "filed"))))
    return TRUE;
  if (!lia_db_get_int (self->db, &finding, error, "SELECT finding_id FROM push WHERE id = $1", "i", push) ||
      !lia_db_get_int (self->db, &issue, error, "SELECT coalesce (issue_id, 0) FROM push WHERE id = $1", "i", push))
    return FALSE;
  if (issue == 0)
    return TRUE;

  return (back ? lia_db_exec (self->db, error, "DELETE FROM finding_issue WHERE finding_id = $1 AND issue_id = $2", "ii", finding, issue)
               : lia_db_exec (self->db, error, "INSERT INTO finding_issue (finding_id, issue_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", "ii", finding, issue)) &&
         lia_project_finding_issues (self, finding, error);
}

/** lia_project_push_changed: {push:N, state, problem?, retry_at?, issue?:{…}, files?:[…]} */
gboolean
lia_project_push_changed (LiaProjection *self,
                          GError       **error)
{
  gint64      id;
  gint64      retry_at;
  const char *state;
  const char *problem;
  JsonObject *issue;

  return read_number (self, "push", &id, error) && lia_json_str (self->data, "state", LIA_JSON_REQUIRED, 32, &state, error) &&
         lia_json_str (self->data, "problem", LIA_JSON_OPTIONAL, MAX_TEXT, &problem, error) &&
         lia_json_int (self->data, "retry_at", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &retry_at, error) &&
         lia_json_obj (self->data, "issue", LIA_JSON_OPTIONAL, &issue, error) && relink (self, id, state, error) &&
         lia_db_exec (self->db, error, "UPDATE push SET state = $2, problem = coalesce ($3, ''), retry_at = $4 WHERE id = $1", "itti", id, state, problem, retry_at) &&
         lia_db_exec (self->db, error,
                      "UPDATE push SET tries = tries + 1, tried_at = $2, first_at = CASE first_at WHEN 0 THEN $2 ELSE first_at END WHERE id = $1 AND state = 'sending'", "ii", id,
                      self->at_ms) &&
         lia_db_exec (self->db, error, "UPDATE push SET tries = tries + 1 WHERE id = $1 AND state IN ('attaching', 'retracting') AND problem <> ''", "i", id) && set_files (self, id, error) &&
         (issue == NULL || file_push (self, id, issue, error));
}

/** lia_project_issue_linked: {finding:N, tracker:N, issue:{…}} */
gboolean
lia_project_issue_linked (LiaProjection *self,
                          GError       **error)
{
  gint64      finding;
  gint64      tracker;
  gint64      id;
  gint64      updated;
  JsonObject *issue;

  return read_number (self, "finding", &finding, error) && read_number (self, "tracker", &tracker, error) &&
         lia_json_obj (self->data, "issue", LIA_JSON_REQUIRED, &issue, error) &&
         lia_json_time (issue, "updated_at", LIA_JSON_OPTIONAL, &updated, error) && link_issue (self, finding, tracker, issue, &id, error) &&
         begin_hearing (self, id, self->actor_id, updated + 1, error);
}

/** lia_project_issue_unlinked: {finding:N, issue:N}; in the tracker nothing changes */
gboolean
lia_project_issue_unlinked (LiaProjection *self,
                            GError       **error)
{
  gint64 finding;
  gint64 issue;

  return read_number (self, "finding", &finding, error) && read_number (self, "issue", &issue, error) &&
         lia_db_exec (self->db, error, "DELETE FROM finding_issue WHERE finding_id = $1 AND issue_id = $2", "ii", finding, issue) && lia_project_finding_issues (self, finding, error);
}

/* The next finding of the issue after @after, 0 when there is none */
static gboolean
next_finding (LiaProjection *self,
              gint64         issue,
              gint64        *after,
              GError       **error)
{
  return lia_db_get_int (self->db, after, error, "SELECT coalesce (min (finding_id), 0) FROM finding_issue WHERE issue_id = $1 AND finding_id > $2", "ii", issue, *after);
}

/** lia_project_issue_changed: {issue:N, set:{…}}: the whole issue as it is now */
gboolean
lia_project_issue_changed (LiaProjection *self,
                           GError       **error)
{
  g_autofree char *text = NULL;
  JsonObject      *set;
  gint64           id;
  gint64           finding = 0;

  if (!read_number (self, "issue", &id, error) || !lia_json_obj (self->data, "set", LIA_JSON_REQUIRED, &set, error))
    return FALSE;
  text = lia_json_to_text (set);
  if (!lia_db_exec (self->db, error, "UPDATE issue SET json = $2 WHERE id = $1", "it", id, text) || !next_finding (self, id, &finding, error))
    return FALSE;
  while (finding != 0)
    {
      if (!lia_project_finding_issues (self, finding, error) || !next_finding (self, id, &finding, error))
        return FALSE;
    }

  return TRUE;
}

/** lia_project_issue_heard: {issue:N, updated, at, wants_info}: up to where its comments are known */
gboolean
lia_project_issue_heard (LiaProjection *self,
                         GError       **error)
{
  gint64      issue;
  gint64      at;
  gboolean    wants_info;
  const char *updated;

  return read_number (self, "issue", &issue, error) && lia_json_str (self->data, "updated", LIA_JSON_REQUIRED, 64, &updated, error) &&
         lia_json_int (self->data, "at", LIA_JSON_REQUIRED, 0, G_MAXINT64, &at, error) &&
         lia_json_bool (self->data, "wants_info", LIA_JSON_REQUIRED, &wants_info, error) &&
         lia_db_exec (self->db, error, "UPDATE issue_heard SET again = CASE WHEN updated <> $2 THEN $5 ELSE 0 END, updated = $2, at = $3, wants_info = $4 WHERE issue_id = $1", "itiii", issue, updated, at, (gint64)wants_info, self->at_ms);
}

/** lia_project_issue_told: {issue:N, marker, customers?:N, problem?} */
gboolean
lia_project_issue_told (LiaProjection *self,
                        GError       **error)
{
  gint64      issue;
  gint64      customers = 0;
  const char *marker;
  const char *problem;

  return read_number (self, "issue", &issue, error) && lia_json_str (self->data, "marker", LIA_JSON_REQUIRED, 64, &marker, error) &&
         lia_json_int (self->data, "customers", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &customers, error) &&
         lia_json_str (self->data, "problem", LIA_JSON_OPTIONAL, MAX_TEXT, &problem, error) &&
         lia_db_exec (self->db, error, "INSERT INTO issue_told (issue_id, marker) VALUES ($1, $2) ON CONFLICT (issue_id) DO UPDATE SET marker = $2", "it", issue, marker) &&
         (customers == 0 || lia_db_exec (self->db, error, "UPDATE issue_told SET customers = $2, at = $3, problem = coalesce ($4, '') WHERE issue_id = $1", "iiit", issue, customers, self->at_ms, problem));
}
