/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-redmine-json.h"
#include "lia-redmine-private.h"
#include "lia-tracker-site.h"

/* The word by which an uploaded file is named when it is attached. What is only uploaded nobody sees, so it may be sent again. */
static char *
upload (LiaRedmine           *self,
        const LiaTrackerFile *file,
        GError              **error)
{
  g_autofree char *name = g_uri_escape_string (file->name, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/uploads.json?filename=", name, NULL);
  g_autoptr (LiaTrackerRequest) request = lia_redmine_new_request (self, "POST", path);
  g_autoptr (LiaTrackerReply) reply = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) cause = NULL;
  JsonObject *part;
  const char *token = NULL;

  request->content_type = g_strdup ("application/octet-stream");
  request->body = g_bytes_ref (file->bytes);
  reply = lia_tracker_web_send (self->web, request, &cause);
  object = reply != NULL ? lia_tracker_reply_to_json (reply, NULL) : NULL;
  if (object != NULL && lia_json_obj (object, "upload", LIA_JSON_REQUIRED, &part, NULL) && lia_json_str (part, "token", LIA_JSON_REQUIRED, 200, &token, NULL))
    return g_strdup (token);

  if (cause != NULL && !g_error_matches (cause, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_propagate_error (error, lia_tracker_error_new (LIA_TRACKER_ERROR_UNAVAILABLE, 0, NULL, "The tracker did not take the file."));

  return NULL;
}

/* (transfer full): what says of an issue that the file is one of its */
static JsonObject *
new_upload (const char           *token,
            const LiaTrackerFile *file)
{
  JsonObject *change = json_object_new ();
  JsonArray  *uploads = json_array_new ();
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "token", token);
  json_object_set_string_member (item, "filename", file->name);
  json_object_set_string_member (item, "content_type", file->type);
  json_array_add_object_element (uploads, item);
  json_object_set_array_member (change, "uploads", uploads);

  return change;
}

static JsonObject *
wrap (const char *name,
      JsonObject *inner)
{
  JsonObject *outer = json_object_new ();

  json_object_set_object_member (outer, name, inner);

  return outer;
}

static JsonObject *
draft_to_json (LiaRedmine            *self,
               const LiaTrackerDraft *draft)
{
  JsonObject *issue = json_object_new ();

  json_object_set_string_member (issue, "project_id", self->project);
  if (self->kind != 0)
    json_object_set_int_member (issue, "tracker_id", self->kind);
  json_object_set_string_member (issue, "subject", draft->title);
  json_object_set_string_member (issue, "description", draft->text);

  return wrap ("issue", issue);
}

/* It has said that it is done: if we cannot read which one it is, it has to be looked for */
static LiaIssue *
read_created (LiaRedmine            *self,
              const LiaTrackerReply *reply,
              GError               **error)
{
  g_autoptr (JsonObject) object = lia_tracker_reply_to_json (reply, NULL);
  JsonObject *part;
  LiaIssue   *issue = NULL;

  if (object != NULL && lia_json_obj (object, "issue", LIA_JSON_REQUIRED, &part, NULL))
    issue = lia_redmine_read_issue (part, self->url, NULL);
  if (issue == NULL)
    g_propagate_error (error, lia_tracker_error_new (LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, 0, NULL, "The tracker did not say which issue it has made."));

  return issue;
}

LiaIssue *
lia_redmine_create (LiaTracker            *tracker,
                    const LiaTrackerDraft *draft,
                    GError               **error)
{
  LiaRedmine *self = LIA_REDMINE (tracker);
  g_autoptr (LiaTrackerRequest) request = lia_redmine_new_request (self, "POST", "/issues.json");
  g_autoptr (LiaTrackerReply) reply = NULL;

  lia_tracker_request_set_json (request, draft_to_json (self, draft));
  reply = lia_tracker_web_send (self->web, request, error);

  return reply != NULL ? read_created (self, reply, error) : NULL;
}

static gboolean
put (LiaRedmine *self,
     const char *path,
     JsonObject *body,
     GError    **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_redmine_new_request (self, "PUT", path);
  g_autoptr (LiaTrackerReply) reply = NULL;

  lia_tracker_request_set_json (request, body);
  reply = lia_tracker_web_send (self->web, request, error);

  return reply != NULL;
}

gboolean
lia_redmine_upsert_summary (LiaTracker *tracker,
                            const char *key,
                            const char *mark,
                            const char *text,
                            GError    **error)
{
  LiaRedmine      *self = LIA_REDMINE (tracker);
  g_autofree char *read_path = lia_redmine_issue_path (key, "?include=journals");
  g_autofree char *write_path = lia_redmine_issue_path (key, "");
  g_autofree char *note_path = NULL;
  g_autoptr (JsonObject) issue = lia_redmine_get_part (self, read_path, "issue", error);
  JsonObject *note;
  gboolean    is_same = FALSE;
  gint64      id;

  if (issue == NULL)
    return FALSE;
  id = lia_redmine_find_note (issue, mark, &is_same, text);
  if (is_same)
    return TRUE;

  note = json_object_new ();
  json_object_set_string_member (note, "notes", text);
  note_path = g_strdup_printf ("/journals/%" G_GINT64_FORMAT ".json", id);

  return id != 0 ? put (self, note_path, wrap ("journal", note), error) : put (self, write_path, wrap ("issue", note), error);
}

static gboolean
has_file (JsonObject           *issue,
          const LiaTrackerFile *file)
{
  JsonArray *files = NULL;

  return lia_json_arr (issue, "attachments", LIA_JSON_OPTIONAL, 10000, &files, NULL) && files != NULL && lia_tracker_has_file (files, "filename", "filesize", file);
}

gboolean
lia_redmine_attach (LiaTracker           *tracker,
                    const char           *key,
                    const LiaTrackerFile *file,
                    GError              **error)
{
  LiaRedmine      *self = LIA_REDMINE (tracker);
  g_autofree char *read_path = lia_redmine_issue_path (key, "?include=attachments");
  g_autofree char *write_path = lia_redmine_issue_path (key, "");
  g_autoptr (JsonObject) issue = lia_redmine_get_part (self, read_path, "issue", error);
  g_autofree char *token = NULL;

  if (issue == NULL)
    return FALSE;
  if (has_file (issue, file))
    return TRUE;
  token = upload (self, file, error);

  return token != NULL && put (self, write_path, wrap ("issue", new_upload (token, file)), error);
}

/* The first state that counts as closed; Redmine names them as it was set up */
static gint64
find_closed_state (LiaRedmine *self,
                   GError    **error)
{
  g_autoptr (JsonObject) reply = lia_redmine_get (self, "/issue_statuses.json", error);
  const gint64 id = reply != NULL ? lia_redmine_read_closed_state (reply) : 0;

  if (reply != NULL && id == 0)
    g_propagate_error (error, lia_tracker_error_new (LIA_TRACKER_ERROR_INVALID, 0, NULL, "The tracker has no state for closed issues."));

  return id;
}

/* Redmine says that it is done, and leaves out what somebody has no right to */
static gboolean
check_retracted (LiaRedmine *self,
                 const char *key,
                 const char *text,
                 GError    **error)
{
  g_autofree char *path = lia_redmine_issue_path (key, "");
  g_autoptr (JsonObject) issue = lia_redmine_get_part (self, path, "issue", error);
  g_autoptr (LiaIssue) now = issue != NULL ? lia_redmine_read_issue (issue, self->url, NULL) : NULL;

  if (issue == NULL)
    return FALSE;
  if (!lia_redmine_issue_says (issue, text))
    lia_tracker_refuse (error, LIA_TRACKER_ERROR_PERMISSION, "Whom the key belongs to may not edit its own issues.");
  else if (now == NULL || !now->is_closed)
    lia_tracker_refuse (error, LIA_TRACKER_ERROR_PERMISSION, "The text is withdrawn, but whom the key belongs to may not close the issue.");
  else
    return TRUE;

  return FALSE;
}

gboolean
lia_redmine_retract (LiaTracker *tracker,
                     const char *key,
                     const char *title,
                     const char *text,
                     GError    **error)
{
  LiaRedmine      *self = LIA_REDMINE (tracker);
  g_autofree char *path = lia_redmine_issue_path (key, "");
  const gint64     state = find_closed_state (self, error);
  JsonObject      *change;

  if (state == 0)
    return FALSE;
  change = json_object_new ();
  json_object_set_string_member (change, "subject", title);
  json_object_set_string_member (change, "description", text);
  json_object_set_int_member (change, "status_id", state);

  return put (self, path, wrap ("issue", change), error) && check_retracted (self, key, text, error);
}
