/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-redmine-json.h"
#include "lia-redmine-private.h"
#include "lia-time.h"
#include "lia-tracker-cursor.h"
#include "lia-tracker-releases.h"

#include <libsoup/soup.h>

#define PAGE 100
#define MATCHES 10
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

/* The first of @issues whose description holds @marker. When there were two, all must agree on one. */
static LiaIssue *
pick_marked (LiaRedmine *self,
             JsonObject *reply,
             const char *marker,
             GError    **error)
{
  JsonArray *items;

  if (!lia_json_arr (reply, "issues", LIA_JSON_REQUIRED, PAGE, &items, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item;

      if (!lia_json_arr_obj (items, i, &item, error))
        return NULL;
      if (lia_redmine_issue_has (item, marker))
        return lia_redmine_read_issue (item, self->url, error);
    }

  return NULL;
}

/* In all projects: somebody may have moved it already. Days are the user's there, hence one more. */
LiaIssue *
lia_redmine_find_by_marker (LiaTracker *tracker,
                            const char *marker,
                            gint64      since_ms,
                            GError    **error)
{
  LiaRedmine      *self = LIA_REDMINE (tracker);
  g_autofree char *day = lia_time_to_string (MAX (since_ms - 2 * DAY_MS, 0));
  g_autofree char *path = g_strdup_printf ("/issues.json?status_id=*&description=~%s&created_on=%%3E%%3D%.10s&sort=id&limit=%d", marker, day, PAGE);
  g_autoptr (JsonObject) reply = lia_redmine_get (self, path, error);
  GError   *cause = NULL;
  LiaIssue *issue = reply != NULL ? pick_marked (self, reply, marker, &cause) : NULL;

  lia_redmine_understand (error, cause);

  return issue;
}

LiaIssue *
lia_redmine_read (LiaTracker *tracker,
                  const char *key,
                  const char *validator,
                  GError    **error)
{
  LiaRedmine      *self = LIA_REDMINE (tracker);
  g_autofree char *path = lia_redmine_issue_path (key, "");
  g_autoptr (LiaTrackerRequest) request = lia_redmine_new_request (self, "GET", path);
  g_autoptr (LiaTrackerReply) reply = NULL;
  g_autoptr (JsonObject) object = NULL;
  GError     *cause = NULL;
  JsonObject *part;
  LiaIssue   *issue = NULL;

  request->validator = *validator != '\0' ? g_strdup (validator) : NULL;
  reply = lia_tracker_web_send (self->web, request, error);
  if (reply == NULL || reply->status == SOUP_STATUS_NOT_MODIFIED)
    return NULL;
  object = lia_tracker_reply_to_json (reply, error);
  if (object == NULL)
    return NULL;
  if (lia_json_obj (object, "issue", LIA_JSON_REQUIRED, &part, &cause))
    issue = lia_redmine_read_issue (part, self->url, &cause);
  if (!lia_redmine_understand (error, cause))
    return NULL;
  g_free (issue->validator);
  issue->validator = g_strdup (reply->etag != NULL ? reply->etag : "");

  return issue;
}

static GPtrArray *
list (LiaRedmine *self,
      const char *path,
      GError    **error)
{
  g_autoptr (JsonObject) reply = lia_redmine_get (self, path, error);
  GError    *cause = NULL;
  GPtrArray *issues = reply != NULL ? lia_redmine_read_issues (reply, self->url, &cause) : NULL;

  return lia_redmine_understand (error, cause) ? issues : NULL;
}

/* By Redmine's clock, not by ours: from the newest change that there is */
static LiaTrackerChanges *
begin_changes (LiaRedmine *self,
               GError    **error)
{
  g_autofree char *path = g_strdup_printf ("/issues.json?project_id=%s&status_id=*&sort=updated_on:desc&limit=1", self->project);
  GPtrArray       *issues = list (self, path, error);

  return issues != NULL ? lia_tracker_cursor_begin (issues) : NULL;
}

LiaTrackerChanges *
lia_redmine_changed_since (LiaTracker *tracker,
                           const char *cursor_text,
                           GError    **error)
{
  LiaRedmine      *self = LIA_REDMINE (tracker);
  LiaTrackerCursor cursor;
  g_autofree char *since = NULL;
  g_autofree char *path = NULL;
  GPtrArray       *issues;

  if (!lia_tracker_cursor_parse (&cursor, cursor_text))
    return begin_changes (self, error);

  since = lia_time_to_string (cursor.since_ms);
  path = g_strdup_printf ("/issues.json?project_id=%s&status_id=*&updated_on=%%3E%%3D%.19sZ&sort=updated_on,id&limit=%d&offset=%" G_GINT64_FORMAT, self->project,
                          since, PAGE, cursor.offset);
  issues = list (self, path, error);

  return issues != NULL ? lia_tracker_cursor_advance (&cursor, issues, issues->len, issues->len == PAGE) : NULL;
}

static gboolean
learn_me (LiaRedmine *self,
          GError    **error)
{
  g_autoptr (JsonObject) user = self->me == NULL ? lia_redmine_get_part (self, "/users/current.json", "user", error) : NULL;

  if (user != NULL)
    {
      self->me = lia_tracker_read_word (user, "id");
      self->login = lia_tracker_read_word (user, "login");
    }

  return user != NULL || self->me != NULL;
}

/* Its notes come all at once, with what else was changed, which has no words */
LiaTrackerComments *
lia_redmine_comments (LiaTracker *tracker,
                      const char *key,
                      gint64      since_ms,
                      GError    **error)
{
  static const LiaTrackerCommentShape shape = { "notes", "created_on", "user", "id", { "name" } };
  LiaRedmine                         *self = LIA_REDMINE (tracker);
  g_autofree char                    *path = lia_redmine_issue_path (key, "?include=journals");
  g_autoptr (JsonObject) issue = learn_me (self, error) ? lia_redmine_get_part (self, path, "issue", error) : NULL;
  JsonArray          *notes = NULL;
  LiaTrackerComments *comments;

  if (issue == NULL)
    return NULL;
  comments = lia_tracker_comments_new (self->login);
  if (lia_json_arr (issue, "journals", LIA_JSON_OPTIONAL, 10000, &notes, NULL) && notes != NULL)
    lia_tracker_comments_add_all (comments, notes, &shape, self->me);

  return comments;
}

/* The numbers of the hits with commas between them, NULL when there are none */
static char *
read_hits (JsonObject *reply,
           GError    **error)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  JsonArray *results;

  if (!lia_json_arr (reply, "results", LIA_JSON_REQUIRED, PAGE, &results, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *result;
      gint64      id;

      if (!lia_json_arr_obj (results, i, &result, error) || !lia_json_int (result, "id", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, error))
        return NULL;
      g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, numbers->len > 0 ? "," : "", id);
    }

  return numbers->len > 0 ? g_string_free (g_steal_pointer (&numbers), FALSE) : NULL;
}

/* Its search finds what has all the words, and says little of it, so that is asked for */
GPtrArray *
lia_redmine_search (LiaTracker *tracker,
                    const char *text,
                    GError    **error)
{
  LiaRedmine      *self = LIA_REDMINE (tracker);
  g_autofree char *words = g_uri_escape_string (text, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/projects/%s/search.json?q=%s&issues=1&limit=%d", self->project, words, MATCHES);
  g_autoptr (JsonObject) reply = lia_redmine_get (self, path, error);
  g_autofree char *numbers = NULL;
  g_autofree char *list_path = NULL;
  GError          *cause = NULL;

  if (reply == NULL)
    return NULL;
  numbers = read_hits (reply, &cause);
  if (!lia_redmine_understand (error, cause))
    return NULL;
  if (numbers == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  list_path = g_strdup_printf ("/issues.json?status_id=*&issue_id=%s&sort=updated_on:desc", numbers);

  return list (self, list_path, error);
}

/* It is open, locked or closed */
static gboolean
is_closed (JsonObject *version)
{
  const char *status = NULL;

  return lia_json_str (version, "status", LIA_JSON_OPTIONAL, 100, &status, NULL) && g_strcmp0 (status, "closed") == 0;
}

static gboolean
add_versions (GHashTable            *names,
              const LiaTrackerReply *reply,
              GError               **error)
{
  g_autoptr (JsonObject) object = lia_tracker_reply_to_json (reply, error);
  JsonArray *versions;
  GError    *cause = NULL;

  if (object == NULL)
    return FALSE;
  if (lia_json_arr (object, "versions", LIA_JSON_REQUIRED, 100000, &versions, &cause))
    lia_tracker_releases_add (names, versions, "name", is_closed, &cause);

  return lia_redmine_understand (error, cause);
}

/* The project's own, and those that others share with it, in one answer */
GHashTable *
lia_redmine_releases (LiaTracker *tracker,
                      char      **validator,
                      GError    **error)
{
  LiaRedmine      *self = LIA_REDMINE (tracker);
  g_autofree char *path = g_strdup_printf ("/projects/%s/versions.json", self->project);
  g_autoptr (GHashTable) names = lia_tracker_releases_new ();
  g_autoptr (LiaTrackerRequest) request = lia_redmine_new_request (self, "GET", path);
  g_autoptr (LiaTrackerReply) reply = NULL;

  request->validator = **validator != '\0' ? g_strdup (*validator) : NULL;
  reply = lia_tracker_web_send (self->web, request, error);
  if (reply == NULL || reply->status == SOUP_STATUS_NOT_MODIFIED || !add_versions (names, reply, error))
    return NULL;
  g_set_str (validator, reply->etag != NULL ? reply->etag : "");

  return g_steal_pointer (&names);
}
