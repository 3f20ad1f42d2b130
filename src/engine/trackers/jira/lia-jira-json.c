/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shapes of its platform API, versions 2 and 3: https://developer.atlassian.com/cloud/jira/platform/rest/v3/ */

#include "lia-jira-json.h"

#include "lia-adf.h"
#include "lia-issue-question.h"
#include "lia-tracker-site.h"

#define MAX_NAME_BYTES 4000
#define MAX_TEXT_BYTES (4 * 1024 * 1024)
#define MAX_ITEMS 10000

/* The category is Jira's own, whatever the states are called */
static gboolean
is_done (JsonObject *status)
{
  JsonObject *category = NULL;
  const char *key = NULL;

  return lia_json_obj (status, "statusCategory", LIA_JSON_OPTIONAL, &category, NULL) && category != NULL &&
         lia_json_str (category, "key", LIA_JSON_OPTIONAL, 100, &key, NULL) && g_strcmp0 (key, "done") == 0;
}

static gboolean
read_state (JsonObject *fields,
            LiaIssue   *issue,
            GError    **error)
{
  JsonObject *status;
  JsonObject *person = NULL;
  const char *state;
  const char *name = NULL;

  if (!lia_json_obj (fields, "status", LIA_JSON_REQUIRED, &status, error) || !lia_json_str (status, "name", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &state, error) ||
      !lia_json_obj (fields, "assignee", LIA_JSON_OPTIONAL, &person, error) ||
      (person != NULL && !lia_json_str (person, "displayName", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &name, error)))
    return FALSE;
  lia_tracker_take (&issue->state, state);
  lia_tracker_take (&issue->assignee, name);
  issue->is_closed = is_done (status);
  issue->wants_info = !issue->is_closed && lia_issue_question_is_state (state);

  return TRUE;
}

/** lia_jira_is_released: as LiaTrackerIsOut. */
gboolean
lia_jira_is_released (JsonObject *version)
{
  gboolean is_released = FALSE;

  return lia_json_bool (version, "released", LIA_JSON_OPTIONAL, &is_released, NULL) && is_released;
}

/* Of several the first that is not out: customers may have any of them, so all are waited for */
static gboolean
read_version (JsonObject *fields,
              LiaIssue   *issue,
              GError    **error)
{
  JsonArray *versions = NULL;
  gboolean   waits = FALSE;

  if (!lia_json_arr (fields, "fixVersions", LIA_JSON_OPTIONAL, MAX_ITEMS, &versions, error))
    return FALSE;
  for (guint i = 0; versions != NULL && i < json_array_get_length (versions) && !waits; i++)
    {
      JsonObject *version;
      const char *name;

      if (!lia_json_arr_obj (versions, i, &version, error) || !lia_json_str (version, "name", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &name, error))
        return FALSE;
      waits = !lia_jira_is_released (version);
      if (i == 0 || waits)
        lia_tracker_take (&issue->milestone, name);
    }

  return TRUE;
}

static gboolean
has_question_label (JsonObject *fields)
{
  JsonArray *labels = NULL;

  if (!lia_json_arr (fields, "labels", LIA_JSON_OPTIONAL, MAX_ITEMS, &labels, NULL) || labels == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (labels); i++)
    {
      const char *name;

      if (lia_json_arr_str (labels, i, MAX_NAME_BYTES, &name, NULL) && lia_issue_question_is_state (name))
        return TRUE;
    }

  return FALSE;
}

/** lia_jira_read_issue: (transfer full) (nullable): as LiaTrackerIssueReader. */
LiaIssue *
lia_jira_read_issue (JsonObject *object,
                     const char *base_url,
                     GError    **error)
{
  g_autoptr (LiaIssue) issue = lia_issue_new ();
  JsonObject *fields;
  const char *key;
  const char *title;

  if (!lia_json_str (object, "key", LIA_JSON_REQUIRED, 300, &key, error) || !lia_json_obj (object, "fields", LIA_JSON_REQUIRED, &fields, error) ||
      !lia_json_str (fields, "summary", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &title, error) || !read_state (fields, issue, error) ||
      !read_version (fields, issue, error) || !lia_json_time (fields, "updated", LIA_JSON_REQUIRED, &issue->updated_ms, error))
    return NULL;

  issue->wants_info = issue->wants_info || (!issue->is_closed && has_question_label (fields));
  lia_tracker_take (&issue->key, key);
  lia_tracker_take (&issue->title, title);
  g_free (issue->url);
  issue->url = g_strdup_printf ("%s/browse/%s", base_url, key);

  return g_steal_pointer (&issue);
}

/** lia_jira_read_text: (transfer full): the text @name of @object, which is a string in Data Center and a document in the Cloud. */
char *
lia_jira_read_text (JsonObject *object,
                    const char *name)
{
  const char *text = NULL;
  JsonObject *document = NULL;

  if (lia_json_str (object, name, LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &text, NULL) && text != NULL)
    return g_strdup (text);
  if (lia_json_obj (object, name, LIA_JSON_OPTIONAL, &document, NULL) && document != NULL)
    return lia_adf_to_text (document);

  return g_strdup ("");
}

/** lia_jira_find_comment: (transfer none) (nullable): the first with @mark in it. */
JsonObject *
lia_jira_find_comment (JsonArray  *comments,
                       const char *mark)
{
  for (guint i = 0; i < json_array_get_length (comments); i++)
    {
      JsonObject      *comment;
      g_autofree char *text = NULL;

      if (!lia_json_arr_obj (comments, i, &comment, NULL))
        continue;
      text = lia_jira_read_text (comment, "body");
      if (lia_tracker_has_marker (text, mark))
        return comment;
    }

  return NULL;
}

/** lia_jira_find_closing: (transfer none) (nullable): the number, which is a text, of a transition to a state that counts as done. */
const char *
lia_jira_find_closing (JsonArray *transitions)
{
  for (guint i = 0; i < json_array_get_length (transitions); i++)
    {
      JsonObject *transition;
      JsonObject *to;
      const char *id;

      if (lia_json_arr_obj (transitions, i, &transition, NULL) && lia_json_obj (transition, "to", LIA_JSON_REQUIRED, &to, NULL) && is_done (to) &&
          lia_json_str (transition, "id", LIA_JSON_REQUIRED, 100, &id, NULL))
        return id;
    }

  return NULL;
}

/** lia_jira_allows: whether the permission @name is among those that somebody has. */
gboolean
lia_jira_allows (JsonObject *permissions,
                 const char *name)
{
  JsonObject *permission = NULL;
  gboolean    has = FALSE;

  return lia_json_obj (permissions, name, LIA_JSON_OPTIONAL, &permission, NULL) && permission != NULL &&
         lia_json_bool (permission, "havePermission", LIA_JSON_OPTIONAL, &has, NULL) && has;
}

static void
add_reason (GString    *said,
            const char *name,
            const char *reason)
{
  g_string_append_printf (said, "%s%s%s%s", said->len > 0 ? "; " : "", name, *name != '\0' ? ": " : "", reason);
}

/** lia_jira_explain: (transfer full) (nullable): as LiaTrackerExplain: sentences, and a sentence a field. */
char *
lia_jira_explain (JsonObject *body)
{
  g_autoptr (GString) said = g_string_new (NULL);
  JsonArray     *messages = NULL;
  JsonObject    *fields = NULL;
  JsonObjectIter iter;
  const char    *name;
  const char    *reason;

  if (lia_json_arr (body, "errorMessages", LIA_JSON_OPTIONAL, 100, &messages, NULL) && messages != NULL)
    for (guint i = 0; i < json_array_get_length (messages); i++)
      if (lia_json_arr_str (messages, i, MAX_NAME_BYTES, &reason, NULL))
        add_reason (said, "", reason);
  if (lia_json_obj (body, "errors", LIA_JSON_OPTIONAL, &fields, NULL) && fields != NULL)
    {
      json_object_iter_init_ordered (&iter, fields);
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        if (lia_json_str (fields, name, LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &reason, NULL) && reason != NULL)
          add_reason (said, name, reason);
    }

  return said->len > 0 ? g_string_free (g_steal_pointer (&said), FALSE) : NULL;
}
