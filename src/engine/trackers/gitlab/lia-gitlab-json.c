/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shapes of version 4 of its API: https://docs.gitlab.com/api/issues/, /api/notes/, /api/projects/ */

#include "lia-gitlab-json.h"

#include "lia-issue-question.h"
#include "lia-tracker-site.h"

#define MAX_NAME_BYTES 4000
#define MAX_TEXT_BYTES (4 * 1024 * 1024)

static gboolean
read_people (JsonObject *object,
             LiaIssue   *issue,
             GError    **error)
{
  JsonArray  *people = NULL;
  JsonObject *person;
  const char *name;

  if (!lia_json_arr (object, "assignees", LIA_JSON_OPTIONAL, 1000, &people, error))
    return FALSE;
  if (people == NULL || json_array_get_length (people) == 0)
    return TRUE;
  if (!lia_json_arr_obj (people, 0, &person, error) || !lia_json_str (person, "name", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &name, error))
    return FALSE;
  lia_tracker_take (&issue->assignee, name);

  return TRUE;
}

static gboolean
read_milestone (JsonObject *object,
                LiaIssue   *issue,
                GError    **error)
{
  JsonObject *milestone = NULL;
  const char *title = NULL;

  if (!lia_json_obj (object, "milestone", LIA_JSON_OPTIONAL, &milestone, error) ||
      (milestone != NULL && !lia_json_str (milestone, "title", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &title, error)))
    return FALSE;
  lia_tracker_take (&issue->milestone, title);

  return TRUE;
}

/* One that was moved to another project stays behind, closed */
static gboolean
read_state (JsonObject *object,
            LiaIssue   *issue,
            GError    **error)
{
  const char *state;
  gint64      moved_to = 0;

  if (!lia_json_str (object, "state", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &state, error) ||
      !lia_json_int (object, "moved_to_id", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &moved_to, error))
    return FALSE;
  issue->is_closed = g_str_equal (state, "closed");
  lia_tracker_take (&issue->state, moved_to != 0 ? "moved to another project" : state);

  return TRUE;
}

static gboolean
has_question_label (JsonObject *object)
{
  JsonArray *labels = NULL;

  if (!lia_json_arr (object, "labels", LIA_JSON_OPTIONAL, 1000, &labels, NULL) || labels == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (labels); i++)
    {
      const char *name;

      if (lia_json_arr_str (labels, i, MAX_NAME_BYTES, &name, NULL) && lia_issue_question_is_state (name))
        return TRUE;
    }

  return FALSE;
}

/** lia_gitlab_read_issue: (transfer full) (nullable): as LiaTrackerIssueReader. */
LiaIssue *
lia_gitlab_read_issue (JsonObject *object,
                       const char *base_url,
                       GError    **error)
{
  g_autoptr (LiaIssue) issue = lia_issue_new ();
  const char *title;
  const char *url = NULL;
  gint64      number;

  if (!lia_json_int (object, "iid", LIA_JSON_REQUIRED, 1, G_MAXINT64, &number, error) ||
      !lia_json_str (object, "title", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &title, error) ||
      !lia_json_str (object, "web_url", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &url, error) || !read_state (object, issue, error) ||
      !read_people (object, issue, error) || !read_milestone (object, issue, error) ||
      !lia_json_time (object, "updated_at", LIA_JSON_REQUIRED, &issue->updated_ms, error))
    return NULL;

  g_free (issue->key);
  issue->key = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  lia_tracker_take (&issue->title, title);
  lia_tracker_take (&issue->url, lia_tracker_page_url (url));
  issue->wants_info = !issue->is_closed && has_question_label (object);

  return g_steal_pointer (&issue);
}

/** lia_gitlab_find_marked: (transfer none) (nullable): the first of @items, which are the oldest first, with @marker in its text @member. */
JsonObject *
lia_gitlab_find_marked (JsonArray  *items,
                        const char *member,
                        const char *marker)
{
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item;
      const char *text = NULL;

      if (lia_json_arr_obj (items, i, &item, NULL) && lia_json_str (item, member, LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &text, NULL) && text != NULL &&
          lia_tracker_has_marker (text, marker))
        return item;
    }

  return NULL;
}

/* {"title":["can't be blank"]} */
static char *
explain_fields (JsonObject *fields)
{
  g_autoptr (GString) said = g_string_new (NULL);
  JsonObjectIter iter;
  const char    *name;

  json_object_iter_init_ordered (&iter, fields);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      JsonArray  *reasons = NULL;
      const char *reason;

      if (lia_json_arr (fields, name, LIA_JSON_OPTIONAL, 100, &reasons, NULL) && reasons != NULL && lia_json_arr_str (reasons, 0, MAX_NAME_BYTES, &reason, NULL))
        g_string_append_printf (said, "%s%s %s", said->len > 0 ? "; " : "", name, reason);
    }

  return said->len > 0 ? g_string_free (g_steal_pointer (&said), FALSE) : NULL;
}

/** lia_gitlab_explain: (transfer full) (nullable): as LiaTrackerExplain: "message" is a text or an object of lists, "error" a text. */
char *
lia_gitlab_explain (JsonObject *body)
{
  const char *text = NULL;
  JsonObject *fields = NULL;

  if (lia_json_str (body, "message", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &text, NULL) && text != NULL)
    return g_strdup (text);
  if (lia_json_obj (body, "message", LIA_JSON_OPTIONAL, &fields, NULL) && fields != NULL)
    return explain_fields (fields);
  if (lia_json_str (body, "error", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &text, NULL) && text != NULL)
    return g_strdup (text);

  return NULL;
}
