/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shapes of GitHub's API of 2022-11-28 and of Forgejo's v1: https://docs.github.com/en/rest/issues, https://codeberg.org/api/swagger. */

#include "lia-forge-json.h"

#include "lia-issue-question.h"
#include "lia-tracker-site.h"

#define MAX_NAME_BYTES 4000
#define MAX_TEXT_BYTES (4 * 1024 * 1024)

/* The member @key of the member @name; NULL where there is none */
static gboolean
read_inner (JsonObject *object,
            const char *name,
            const char *key,
            char      **value,
            GError    **error)
{
  JsonObject *inner = NULL;
  const char *text = NULL;

  if (!lia_json_obj (object, name, LIA_JSON_OPTIONAL, &inner, error))
    return FALSE;
  if (inner != NULL && !lia_json_str (inner, key, LIA_JSON_REQUIRED, MAX_NAME_BYTES, &text, error))
    return FALSE;
  lia_tracker_take (value, text);

  return TRUE;
}

/* "closed", or with GitHub's reason for it: "closed: not planned" */
static gboolean
read_state (JsonObject *object,
            LiaIssue   *issue,
            GError    **error)
{
  const char *state = NULL;
  const char *reason = NULL;

  if (!lia_json_str (object, "state", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &state, error) ||
      !lia_json_str (object, "state_reason", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &reason, error))
    return FALSE;
  issue->is_closed = g_str_equal (state, "closed");
  g_free (issue->state);
  issue->state = issue->is_closed && reason != NULL ? g_strdup_printf ("%s: %s", state, reason) : g_strdup (state);
  g_strdelimit (issue->state, "_", ' ');

  return TRUE;
}

/* What is asked of us is a label there: their issues have two states */
static gboolean
has_question_label (JsonObject *object)
{
  JsonArray *labels = NULL;

  if (!lia_json_arr (object, "labels", LIA_JSON_OPTIONAL, 1000, &labels, NULL) || labels == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (labels); i++)
    {
      JsonObject *label;
      const char *name = NULL;

      if (lia_json_arr_obj (labels, i, &label, NULL) && lia_json_str (label, "name", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &name, NULL) && name != NULL &&
          lia_issue_question_is_state (name))
        return TRUE;
    }

  return FALSE;
}

/** lia_forge_read_issue: (transfer full) (nullable): as LiaTrackerIssueReader. */
LiaIssue *
lia_forge_read_issue (JsonObject *object,
                      const char *base_url,
                      GError    **error)
{
  g_autoptr (LiaIssue) issue = lia_issue_new ();
  const char *title;
  const char *url = NULL;
  gint64      number;

  if (!lia_json_int (object, "number", LIA_JSON_REQUIRED, 1, G_MAXINT64, &number, error) ||
      !lia_json_str (object, "title", LIA_JSON_REQUIRED, MAX_NAME_BYTES, &title, error) ||
      !lia_json_str (object, "html_url", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &url, error) || !read_state (object, issue, error) ||
      !read_inner (object, "assignee", "login", &issue->assignee, error) || !read_inner (object, "milestone", "title", &issue->milestone, error) ||
      !lia_json_time (object, "updated_at", LIA_JSON_REQUIRED, &issue->updated_ms, error))
    return NULL;

  g_free (issue->key);
  issue->key = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  lia_tracker_take (&issue->title, title);
  lia_tracker_take (&issue->url, lia_tracker_page_url (url));
  issue->wants_info = !issue->is_closed && has_question_label (object);

  return g_steal_pointer (&issue);
}

/** lia_forge_drop_changes: (transfer full): the issues among @items: their lists hold pull requests, too. */
JsonArray *
lia_forge_drop_changes (JsonArray *items)
{
  JsonArray *issues = json_array_new ();

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item;
      JsonObject *change = NULL;

      if (lia_json_arr_obj (items, i, &item, NULL) && lia_json_obj (item, "pull_request", LIA_JSON_OPTIONAL, &change, NULL) && change == NULL)
        json_array_add_object_element (issues, json_object_ref (item));
    }

  return issues;
}

/**
 * lia_forge_find_marked:
 *
 * Returns: (transfer none) (nullable): of issues or comments the oldest with @marker in its text. When there were two, all must agree on one.
 */
JsonObject *
lia_forge_find_marked (JsonArray  *items,
                       const char *marker,
                       gboolean    newest_first)
{
  JsonObject *found = NULL;

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item;
      const char *text = NULL;

      if (!lia_json_arr_obj (items, i, &item, NULL) || !lia_json_str (item, "body", LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &text, NULL) || text == NULL ||
          !lia_tracker_has_marker (text, marker))
        continue;
      if (!newest_first)
        return item;
      found = item;
    }

  return found;
}

static void
add_reason (GString    *said,
            const char *reason)
{
  if (reason != NULL && *reason != '\0')
    g_string_append_printf (said, "%s%s", said->len > 0 ? "; " : "", reason);
}

/* GitHub: {"resource":"Issue","field":"title","code":"missing_field"}, or "code":"custom" with a sentence */
static void
add_error (GString    *said,
           JsonObject *item)
{
  const char      *message = NULL;
  const char      *field = NULL;
  const char      *code = NULL;
  g_autofree char *both = NULL;

  lia_json_str (item, "message", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &message, NULL);
  lia_json_str (item, "field", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &field, NULL);
  lia_json_str (item, "code", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &code, NULL);
  if (message == NULL && field != NULL && code != NULL)
    message = both = g_strdup_printf ("%s: %s", field, code);
  add_reason (said, message);
}

/** lia_forge_explain: (transfer full) (nullable): as LiaTrackerExplain. */
char *
lia_forge_explain (JsonObject *body)
{
  g_autoptr (GString) said = g_string_new (NULL);
  const char *message = NULL;
  JsonArray  *errors = NULL;

  lia_json_str (body, "message", LIA_JSON_OPTIONAL, MAX_NAME_BYTES, &message, NULL);
  add_reason (said, message);
  if (lia_json_arr (body, "errors", LIA_JSON_OPTIONAL, 100, &errors, NULL) && errors != NULL)
    for (guint i = 0; i < json_array_get_length (errors); i++)
      {
        JsonObject *item;
        const char *text;

        if (lia_json_arr_obj (errors, i, &item, NULL))
          add_error (said, item);
        else if (lia_json_arr_str (errors, i, MAX_NAME_BYTES, &text, NULL))
          add_reason (said, text);
      }

  return said->len > 0 ? g_string_free (g_steal_pointer (&said), FALSE) : NULL;
}
