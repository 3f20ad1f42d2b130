/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shapes seen from Redmine 6.0: lists have a name of their own, whatever has an id has a name beside it, times are in seconds. */

#include "lia-redmine-json.h"

#include "lia-issue-question.h"

#define MAX_NAME_BYTES 4000
#define MAX_TEXT_BYTES (4 * 1024 * 1024)
#define MAX_ITEMS 10000

/* The `name` of the member @name, "" where there is none */
static gboolean
read_name (JsonObject *object,
           const char *name,
           char      **value,
           GError    **error)
{
  JsonObject *inner = NULL;
  const char *text = NULL;

  if (!lia_json_obj (object, name, LIA_JSON_OPTIONAL, &inner, error))
    return FALSE;
  if (inner == NULL)
    return TRUE;
  if (!lia_json_str (inner, "name", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &text, error))
    return FALSE;
  g_free (*value);
  *value = g_strdup (text);

  return TRUE;
}

/* `is_closed` came with version 5; `closed_on` stays when an issue is opened again */
static gboolean
read_state (JsonObject *object,
            LiaIssue   *issue,
            GError    **error)
{
  JsonObject *status;

  return read_name (object, "status", &issue->state, error) && lia_json_obj (object, "status", LIA_JSON_REQUIRED, &status, error) &&
         lia_json_bool (status, "is_closed", LIA_JSON_REQUIRED, &issue->is_closed, error);
}

/** lia_redmine_read_issue: (transfer full) (nullable): @object: what stands below `issue`, or an item of `issues`. */
LiaIssue *
lia_redmine_read_issue (JsonObject *object,
                        const char *base_url,
                        GError    **error)
{
  g_autoptr (LiaIssue) issue = lia_issue_new ();
  const char *title;
  gint64      id;

  if (!lia_json_int (object, "id", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, error) ||
      !lia_json_str (object, "subject", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &title, error) || !read_state (object, issue, error) ||
      !read_name (object, "assigned_to", &issue->assignee, error) || !read_name (object, "fixed_version", &issue->milestone, error) ||
      !lia_json_time (object, "updated_on", LIA_JSON_REQUIRED, &issue->updated_ms, error))
    return NULL;

  g_free (issue->key);
  g_free (issue->url);
  g_free (issue->title);
  issue->key = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  issue->url = g_strdup_printf ("%s/issues/%" G_GINT64_FORMAT, base_url, id);
  issue->title = g_strdup (title);
  issue->wants_info = !issue->is_closed && lia_issue_question_is_state (issue->state);

  return g_steal_pointer (&issue);
}

/** lia_redmine_read_issues: (transfer full) (nullable): of LiaIssue, of an answer with `issues`. */
GPtrArray *
lia_redmine_read_issues (JsonObject *reply,
                         const char *base_url,
                         GError    **error)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *items;

  if (!lia_json_arr (reply, "issues", LIA_JSON_REQUIRED, MAX_ITEMS, &items, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item;
      LiaIssue   *issue = lia_json_arr_obj (items, i, &item, error) ? lia_redmine_read_issue (item, base_url, error) : NULL;

      if (issue == NULL)
        return NULL;
      g_ptr_array_add (issues, issue);
    }

  return g_steal_pointer (&issues);
}

/** lia_redmine_issue_has: whether @marker stands in the description; Redmine's search also finds parts of words. */
gboolean
lia_redmine_issue_has (JsonObject *object,
                       const char *marker)
{
  const char *text = NULL;

  return lia_json_str (object, "description", LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &text, NULL) && text != NULL && lia_tracker_has_marker (text, marker);
}

/* Redmine makes CR LF of line ends */
static gboolean
is_same_text (const char *a,
              const char *b)
{
  for (; *a != '\0' || *b != '\0'; a++, b++)
    {
      a += *a == '\r';
      b += *b == '\r';
      if (*a != *b)
        return FALSE;
    }

  return TRUE;
}

/** lia_redmine_issue_says: whether @text is its description. */
gboolean
lia_redmine_issue_says (JsonObject *object,
                        const char *text)
{
  const char *there = NULL;

  return lia_json_str (object, "description", LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &there, NULL) && there != NULL && is_same_text (there, text);
}

/**
 * lia_redmine_find_note:
 * @is_same: (out): whether it already says @text
 *
 * The number of the first note of @issue with @mark in it, 0 when there is none.
 */
gint64
lia_redmine_find_note (JsonObject *issue,
                       const char *mark,
                       gboolean   *is_same,
                       const char *text)
{
  JsonArray *journals = NULL;

  if (!lia_json_arr (issue, "journals", LIA_JSON_OPTIONAL, MAX_ITEMS, &journals, NULL) || journals == NULL)
    return 0;
  for (guint i = 0; i < json_array_get_length (journals); i++)
    {
      JsonObject *journal;
      const char *notes = NULL;
      gint64      id;

      if (!lia_json_arr_obj (journals, i, &journal, NULL) || !lia_json_str (journal, "notes", LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &notes, NULL) ||
          notes == NULL || !lia_tracker_has_marker (notes, mark) || !lia_json_int (journal, "id", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, NULL))
        continue;
      *is_same = is_same_text (notes, text);
      return id;
    }

  return 0;
}

static gboolean
is_of_project (JsonObject *membership,
               gint64      project_id)
{
  JsonObject *project;
  gint64      id;

  return lia_json_obj (membership, "project", LIA_JSON_REQUIRED, &project, NULL) && lia_json_int (project, "id", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, NULL) &&
         id == project_id;
}

static void
add_roles (JsonObject *membership,
           GArray     *role_ids)
{
  JsonArray *roles;

  if (!lia_json_arr (membership, "roles", LIA_JSON_REQUIRED, MAX_ITEMS, &roles, NULL))
    return;
  for (guint i = 0; i < json_array_get_length (roles); i++)
    {
      JsonObject *role;
      gint64      id;

      if (lia_json_arr_obj (roles, i, &role, NULL) && lia_json_int (role, "id", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, NULL))
        g_array_append_val (role_ids, id);
    }
}

/** lia_redmine_read_roles: adds the numbers of the roles that @user has in the project; FALSE when @user needs none, being an administrator. */
gboolean
lia_redmine_read_roles (JsonObject *user,
                        gint64      project_id,
                        GArray     *role_ids)
{
  JsonArray *memberships = NULL;
  gboolean   is_admin = FALSE;

  if (lia_json_bool (user, "admin", LIA_JSON_OPTIONAL, &is_admin, NULL) && is_admin)
    return FALSE;
  if (!lia_json_arr (user, "memberships", LIA_JSON_OPTIONAL, MAX_ITEMS, &memberships, NULL) || memberships == NULL)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (memberships); i++)
    {
      JsonObject *membership;

      if (lia_json_arr_obj (memberships, i, &membership, NULL) && is_of_project (membership, project_id))
        add_roles (membership, role_ids);
    }

  return TRUE;
}

/** lia_redmine_role_allows: whether @permission, as "add_issues", is one of the role's. */
gboolean
lia_redmine_role_allows (JsonObject *role,
                         const char *permission)
{
  JsonArray *permissions;

  if (!lia_json_arr (role, "permissions", LIA_JSON_REQUIRED, MAX_ITEMS, &permissions, NULL))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (permissions); i++)
    {
      const char *name;

      if (lia_json_arr_str (permissions, i, MAX_NAME_BYTES, &name, NULL) && g_str_equal (name, permission))
        return TRUE;
    }

  return FALSE;
}

/** lia_redmine_read_closed_state: the number of the first state of an answer with `issue_statuses` that counts as closed, 0 when there is none. */
gint64
lia_redmine_read_closed_state (JsonObject *reply)
{
  JsonArray *states;

  if (!lia_json_arr (reply, "issue_statuses", LIA_JSON_REQUIRED, MAX_ITEMS, &states, NULL))
    return 0;
  for (guint i = 0; i < json_array_get_length (states); i++)
    {
      JsonObject *state;
      gboolean    is_closed = FALSE;
      gint64      id;

      if (lia_json_arr_obj (states, i, &state, NULL) && lia_json_bool (state, "is_closed", LIA_JSON_OPTIONAL, &is_closed, NULL) && is_closed &&
          lia_json_int (state, "id", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, NULL))
        return id;
    }

  return 0;
}

/** lia_redmine_explain: (transfer full) (nullable): the reasons of a 422, as LiaTrackerExplain. */
char *
lia_redmine_explain (JsonObject *body)
{
  g_autoptr (GString) said = g_string_new (NULL);
  JsonArray *reasons = NULL;

  if (!lia_json_arr (body, "errors", LIA_JSON_REQUIRED, MAX_ITEMS, &reasons, NULL))
    return NULL;
  for (guint i = 0; i < json_array_get_length (reasons); i++)
    {
      const char *reason;

      if (lia_json_arr_str (reasons, i, MAX_NAME_BYTES, &reason, NULL))
        g_string_append_printf (said, "%s%s", said->len > 0 ? "; " : "", reason);
    }

  return g_string_free (g_steal_pointer (&said), FALSE);
}
