/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-bugzilla-json.h"
#include "lia-bugzilla-private.h"

#define MAX_SUMMARY 255 /* signs; Bugzilla refuses more */

static void
add_member (JsonObject *object,
            const char *name,
            JsonNode   *node,
            gpointer    body)
{
  json_object_set_member (body, name, json_node_copy (node));
}

static JsonObject *
draft_to_json (LiaBugzilla           *self,
               JsonObject            *place,
               const LiaTrackerDraft *draft)
{
  JsonObject      *body = lia_bugzilla_new_body (self);
  g_autofree char *title = g_utf8_substring (draft->title, 0, MIN (g_utf8_strlen (draft->title, -1), MAX_SUMMARY));

  json_object_foreach_member (place, add_member, body);
  json_object_set_string_member (body, "summary", title);
  json_object_set_string_member (body, "description", draft->text);
  json_object_set_string_member (body, "alias", draft->marker);

  return body;
}

/* It says no more of a new bug than its number */
static LiaIssue *
read_made (LiaBugzilla *self,
           JsonObject  *made,
           GError     **error)
{
  g_autofree char *key = lia_tracker_read_word (made, "id");
  GError          *cause = NULL;
  LiaIssue        *issue;

  if (key == NULL)
    {
      lia_tracker_refuse (error, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, "The tracker did not say which issue it has made.");
      return NULL;
    }
  issue = lia_bugzilla_read (LIA_TRACKER (self), key, "", &cause);
  if (cause != NULL)
    g_propagate_error (error, lia_tracker_error_new (LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, lia_tracker_error_get_until (cause), NULL, cause->message));
  g_clear_error (&cause);

  return issue;
}

/* What it refuses may be a second bug with an alias that is taken (alias_in_use): then the first one is what is wanted */
LiaIssue *
lia_bugzilla_create (LiaTracker            *tracker,
                     const LiaTrackerDraft *draft,
                     GError               **error)
{
  LiaBugzilla *self = LIA_BUGZILLA (tracker);
  JsonObject  *place = lia_bugzilla_get_place (self, error);
  GError      *cause = NULL;
  g_autoptr (JsonObject) made = NULL;
  LiaIssue *issue = NULL;

  if (place == NULL)
    return NULL;
  made = lia_tracker_site_make (self->site, "/bug", draft_to_json (self, place, draft), &cause);
  if (made != NULL)
    return read_made (self, made, error);
  g_clear_pointer (&self->place, json_object_unref); /* it may have been renamed */
  if (g_error_matches (cause, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_INVALID))
    issue = lia_bugzilla_find_by_marker (tracker, draft->marker, 0, NULL);
  if (issue == NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  g_clear_error (&cause);

  return issue;
}

/* Bugzilla changes no comment: what is there stays, and is not said once more */
gboolean
lia_bugzilla_upsert_summary (LiaTracker *tracker,
                             const char *key,
                             const char *mark,
                             const char *text,
                             GError    **error)
{
  LiaBugzilla     *self = LIA_BUGZILLA (tracker);
  g_autofree char *path = lia_bugzilla_bug_path (key, "/comment");
  g_autoptr (JsonArray) comments = lia_bugzilla_get_comments (self, key, 0, error);
  JsonObject *body;

  if (comments == NULL || lia_bugzilla_find_comment (comments, mark) != NULL)
    return comments != NULL;
  body = lia_bugzilla_new_body (self);
  json_object_set_string_member (body, "comment", text);

  return lia_tracker_site_tell (self->site, "POST", path, body, error);
}

static JsonObject *
file_to_json (LiaBugzilla          *self,
              const char           *key,
              const LiaTrackerFile *file)
{
  JsonObject      *body = lia_bugzilla_new_body (self);
  JsonArray       *ids = json_array_new ();
  gsize            size;
  gconstpointer    bytes = g_bytes_get_data (file->bytes, &size);
  g_autofree char *data = g_base64_encode (bytes, size);

  json_array_add_string_element (ids, key);
  json_object_set_array_member (body, "ids", ids);
  json_object_set_string_member (body, "file_name", file->name);
  json_object_set_string_member (body, "summary", file->name);
  json_object_set_string_member (body, "content_type", file->type);
  json_object_set_string_member (body, "data", data);

  return body;
}

gboolean
lia_bugzilla_attach (LiaTracker           *tracker,
                     const char           *key,
                     const LiaTrackerFile *file,
                     GError              **error)
{
  LiaBugzilla     *self = LIA_BUGZILLA (tracker);
  g_autofree char *read_path = lia_bugzilla_bug_path (key, "/attachment?include_fields=file_name,size");
  g_autofree char *write_path = lia_bugzilla_bug_path (key, "/attachment");
  g_autoptr (JsonObject) reply = lia_tracker_site_get (self->site, read_path, error);
  JsonArray *files;
  GError    *cause = NULL;

  if (reply == NULL)
    return FALSE;
  files = lia_bugzilla_get_list (reply, NULL, &cause);
  if (!lia_tracker_understand (error, cause))
    return FALSE;

  return lia_tracker_has_file (files, "file_name", "size", file) || lia_tracker_site_tell (self->site, "POST", write_path, file_to_json (self, key, file), error);
}

/* Another title, a last word, and closed */
static gboolean
withdraw (LiaBugzilla *self,
          LiaIssue    *issue,
          JsonArray   *comments,
          const char  *title,
          const char  *text,
          GError     **error)
{
  g_autofree char *path = lia_bugzilla_bug_path (issue->key, "");
  JsonObject      *body = lia_bugzilla_new_body (self);
  JsonObject      *comment;
  JsonObject      *last;
  const guint      count = json_array_get_length (comments);
  const char      *words = NULL;

  json_object_set_string_member (body, "summary", title);
  if (count == 0 || !lia_json_arr_obj (comments, count - 1, &last, NULL) || !lia_json_str (last, "text", LIA_JSON_REQUIRED, G_MAXINT32, &words, NULL) ||
      !g_str_equal (words, text))
    {
      comment = json_object_new ();
      json_object_set_string_member (comment, "body", text);
      json_object_set_object_member (body, "comment", comment);
    }
  if (!issue->is_closed)
    {
      json_object_set_string_member (body, "status", "RESOLVED");
      json_object_set_string_member (body, "resolution", "INVALID");
    }

  return lia_tracker_site_tell (self->site, "PUT", path, body, error);
}

/* The description is the first comment. It cannot be changed, but hidden from all but those who are set up as insiders, when we are one of them. */
static gboolean
hide_description (LiaBugzilla *self,
                  const char  *key,
                  JsonArray   *comments,
                  GError     **error)
{
  g_autofree char *path = lia_bugzilla_bug_path (key, "");
  g_autofree char *id = NULL;
  JsonObject      *first;
  JsonObject      *hidden;
  JsonObject      *body;
  gboolean         is_private = FALSE;
  gint64           count = 0;
  GError          *cause = NULL;

  if (json_array_get_length (comments) == 0 || !lia_json_arr_obj (comments, 0, &first, NULL) || !lia_json_int (first, "count", LIA_JSON_REQUIRED, 0, G_MAXINT64, &count, NULL) ||
      count != 0)
    return TRUE; /* not shown to us any more, so hidden */
  lia_json_bool (first, "is_private", LIA_JSON_OPTIONAL, &is_private, NULL);
  id = lia_tracker_read_word (first, "id");
  if (is_private || id == NULL)
    return TRUE;
  body = lia_bugzilla_new_body (self);
  hidden = json_object_new ();
  json_object_set_boolean_member (hidden, id, TRUE);
  json_object_set_object_member (body, "comment_is_private", hidden);
  if (lia_tracker_site_tell (self->site, "PUT", path, body, &cause))
    return TRUE;
  if (g_error_matches (cause, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_PERMISSION))
    {
      lia_tracker_refuse (error, LIA_TRACKER_ERROR_PERMISSION,
                          "The title is withdrawn and the bug is closed, but its description is still there: Bugzilla lets only insiders hide it. Ask its administrator.");
      g_error_free (cause);
    }
  else
    g_propagate_error (error, cause);

  return FALSE;
}

gboolean
lia_bugzilla_retract (LiaTracker *tracker,
                      const char *key,
                      const char *title,
                      const char *text,
                      GError    **error)
{
  LiaBugzilla *self = LIA_BUGZILLA (tracker);
  g_autoptr (LiaIssue) issue = lia_bugzilla_read (tracker, key, "", error);
  g_autoptr (JsonArray) comments = issue != NULL ? lia_bugzilla_get_comments (self, key, 0, error) : NULL;

  return comments != NULL && withdraw (self, issue, comments, title, text, error) && hide_description (self, key, comments, error);
}
