/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-adf.h"
#include "lia-jira-json.h"
#include "lia-jira-private.h"

#define PAGE 100
#define MAX_PAGES 20

/* A member @name with @text in it, as this Jira writes texts */
static void
set_text (LiaJira    *self,
          JsonObject *object,
          const char *name,
          const char *text)
{
  if (self->is_cloud)
    json_object_set_object_member (object, name, lia_adf_from_text (text));
  else
    json_object_set_string_member (object, name, text);
}

static void
set_named (JsonObject *object,
           const char *member,
           const char *name,
           const char *value)
{
  JsonObject *inner = json_object_new ();

  json_object_set_string_member (inner, name, value);
  json_object_set_object_member (object, member, inner);
}

static JsonObject *
wrap (JsonObject *fields)
{
  JsonObject *body = json_object_new ();

  json_object_set_object_member (body, "fields", fields);

  return body;
}

static JsonObject *
draft_to_json (LiaJira               *self,
               const LiaTrackerDraft *draft)
{
  JsonObject *fields = json_object_new ();
  JsonArray  *labels = json_array_new ();

  set_named (fields, "project", "key", self->project);
  set_named (fields, "issuetype", "name", self->type);
  json_object_set_string_member (fields, "summary", draft->title);
  set_text (self, fields, "description", draft->text);
  json_array_add_string_element (labels, draft->marker);
  json_object_set_array_member (fields, "labels", labels);

  return wrap (fields);
}

/* It says no more of a new issue than its key */
static LiaIssue *
read_made (LiaJira               *self,
           JsonObject            *made,
           const LiaTrackerDraft *draft,
           GError               **error)
{
  const char *key = NULL;

  if (!lia_json_str (made, "key", LIA_JSON_REQUIRED, 300, &key, NULL))
    {
      lia_tracker_refuse (error, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, "The tracker did not say which issue it has made.");
      return NULL;
    }

  return lia_jira_read (LIA_TRACKER (self), key, "", error);
}

LiaIssue *
lia_jira_create (LiaTracker            *tracker,
                 const LiaTrackerDraft *draft,
                 GError               **error)
{
  LiaJira *self = LIA_JIRA (tracker);
  g_autoptr (JsonObject) made = lia_tracker_site_make (self->site, "/issue", draft_to_json (self, draft), error);
  GError   *cause = NULL;
  LiaIssue *issue = made != NULL ? read_made (self, made, draft, &cause) : NULL;

  if (cause != NULL)
    {
      g_propagate_error (error, lia_tracker_error_new (LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, lia_tracker_error_get_until (cause), NULL, cause->message));
      g_error_free (cause);
    }

  return issue;
}

/* (transfer full): the comment with @mark in it; NULL without an error when there is none */
static JsonObject *
find_comment (LiaJira    *self,
              const char *key,
              const char *mark,
              GError    **error)
{
  for (guint page = 0; page < MAX_PAGES; page++)
    {
      g_autofree char *rest = g_strdup_printf ("/comment?orderBy=created&maxResults=%d&startAt=%u", PAGE, page * PAGE);
      g_autofree char *path = lia_jira_issue_path (key, rest);
      g_autoptr (JsonArray) comments = lia_jira_get_array (self, path, "comments", error);
      JsonObject *comment = comments != NULL ? lia_jira_find_comment (comments, mark) : NULL;

      if (comment != NULL)
        return json_object_ref (comment);
      if (comments == NULL || json_array_get_length (comments) < PAGE)
        return NULL;
    }

  return NULL;
}

/* As Jira gives it back: a document loses the difference between some line ends */
static gboolean
says (LiaJira    *self,
      JsonObject *comment,
      const char *text)
{
  g_autofree char *there = lia_jira_read_text (comment, "body");
  g_autoptr (JsonObject) document = self->is_cloud ? lia_adf_from_text (text) : NULL;
  g_autofree char *ours = document != NULL ? lia_adf_to_text (document) : g_strdup (text);

  return g_str_equal (there, ours);
}

/* (transfer full) (nullable): where @comment is changed */
static char *
new_comment_path (const char *key,
                  JsonObject *comment,
                  GError    **error)
{
  g_autofree char *escaped = NULL;
  g_autofree char *rest = NULL;
  const char      *id = NULL;
  GError          *cause = NULL;

  lia_json_str (comment, "id", LIA_JSON_REQUIRED, 100, &id, &cause);
  if (!lia_tracker_understand (error, cause))
    return NULL;
  escaped = g_uri_escape_string (id, NULL, FALSE);
  rest = g_strconcat ("/comment/", escaped, NULL);

  return lia_jira_issue_path (key, rest);
}

gboolean
lia_jira_upsert_summary (LiaTracker *tracker,
                         const char *key,
                         const char *mark,
                         const char *text,
                         GError    **error)
{
  LiaJira *self = LIA_JIRA (tracker);
  GError  *cause = NULL;
  g_autoptr (JsonObject) comment = find_comment (self, key, mark, &cause);
  g_autofree char *path = NULL;
  JsonObject      *body;

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (comment != NULL && says (self, comment, text))
    return TRUE;
  path = comment != NULL ? new_comment_path (key, comment, error) : lia_jira_issue_path (key, "/comment");
  if (path == NULL)
    return FALSE;
  body = json_object_new ();
  set_text (self, body, "body", text);

  return lia_tracker_site_tell (self->site, comment != NULL ? "PUT" : "POST", path, body, error);
}

static gboolean
has_file (JsonObject           *issue,
          const LiaTrackerFile *file)
{
  JsonObject *fields;
  JsonArray  *files = NULL;

  return lia_json_obj (issue, "fields", LIA_JSON_REQUIRED, &fields, NULL) && lia_json_arr (fields, "attachment", LIA_JSON_OPTIONAL, 10000, &files, NULL) &&
         files != NULL && lia_tracker_has_file (files, "filename", "size", file);
}

gboolean
lia_jira_attach (LiaTracker           *tracker,
                 const char           *key,
                 const LiaTrackerFile *file,
                 GError              **error)
{
  LiaJira         *self = LIA_JIRA (tracker);
  g_autofree char *read_path = lia_jira_issue_path (key, "?fields=attachment");
  g_autofree char *write_path = lia_jira_issue_path (key, "/attachments");
  g_autoptr (JsonObject) issue = lia_tracker_site_get (self->site, read_path, error);
  g_autoptr (LiaTrackerRequest) request = NULL;
  g_autoptr (LiaTrackerReply) reply = NULL;

  if (issue == NULL || has_file (issue, file))
    return issue != NULL;
  request = lia_tracker_site_new_request (self->site, "POST", write_path);
  lia_tracker_request_set_header (request, "X-Atlassian-Token", "no-check"); /* else it takes us for a forged page */
  lia_tracker_request_set_file (request, "file", file);
  reply = lia_tracker_site_send (self->site, request, error);

  return reply != NULL;
}

static gboolean
close_issue (LiaJira    *self,
             const char *key,
             GError    **error)
{
  g_autofree char *path = lia_jira_issue_path (key, "/transitions");
  g_autoptr (JsonArray) transitions = lia_jira_get_array (self, path, "transitions", error);
  const char *id = transitions != NULL ? lia_jira_find_closing (transitions) : NULL;
  JsonObject *body;

  if (transitions == NULL)
    return FALSE;
  if (id == NULL)
    {
      lia_tracker_refuse (error, LIA_TRACKER_ERROR_PERMISSION, "The text is withdrawn, but whom the key belongs to may not close the issue.");
      return FALSE;
    }
  body = json_object_new ();
  set_named (body, "transition", "id", id);

  return lia_tracker_site_tell (self->site, "POST", path, body, error);
}

gboolean
lia_jira_retract (LiaTracker *tracker,
                  const char *key,
                  const char *title,
                  const char *text,
                  GError    **error)
{
  LiaJira         *self = LIA_JIRA (tracker);
  g_autofree char *path = lia_jira_issue_path (key, "");
  JsonObject      *fields = json_object_new ();
  g_autoptr (LiaIssue) issue = NULL;

  json_object_set_string_member (fields, "summary", title);
  set_text (self, fields, "description", text);
  if (!lia_tracker_site_tell (self->site, "PUT", path, wrap (fields), error))
    return FALSE;
  issue = lia_jira_read (tracker, key, "", error);

  return issue != NULL && (issue->is_closed || close_issue (self, key, error));
}
