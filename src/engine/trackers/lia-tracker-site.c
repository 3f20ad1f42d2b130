/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-site.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_FILE_NAME_BYTES 4000

struct _LiaTrackerSite
{
  LiaTrackerWeb        *web;
  char                 *api_url;  /* without a slash at its end */
  char                 *page_url; /* likewise */
  char                 *ca;
  char                 *secret_header;
  char                 *secret;
  GHashTable           *headers; /* utf8 -> utf8 */
  LiaTrackerIssueReader reader;
  LiaTrackerExplain     explain;
  LiaTrackerCorrect     correct;
};

static char *
dup_without_slash (const char *url)
{
  gsize length = strlen (url);

  while (length > 0 && url[length - 1] == '/')
    length--;

  return g_strndup (url, length);
}

/** lia_tracker_site_new: @api_url: what all paths are below; @ca: (nullable) */
LiaTrackerSite *
lia_tracker_site_new (LiaTrackerWeb        *web,
                      const char           *api_url,
                      const char           *ca,
                      LiaTrackerIssueReader reader,
                      LiaTrackerExplain     explain)
{
  LiaTrackerSite *self = g_new0 (LiaTrackerSite, 1);

  self->web = g_object_ref (web);
  self->api_url = dup_without_slash (api_url);
  self->page_url = g_strdup (self->api_url);
  self->ca = g_strdup (ca);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->reader = reader;
  self->explain = explain;

  return self;
}

void
lia_tracker_site_free (LiaTrackerSite *self)
{
  g_object_unref (self->web);
  g_free (self->api_url);
  g_free (self->page_url);
  g_free (self->ca);
  g_free (self->secret_header);
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_hash_table_unref (self->headers);
  g_free (self);
}

/** lia_tracker_site_set_secret: @header: the one that says who we are; @prefix: what stands before the secret in it, as "Bearer " */
void
lia_tracker_site_set_secret (LiaTrackerSite *self,
                             const char     *header,
                             const char     *prefix,
                             const char     *secret)
{
  self->secret_header = g_strdup (header);
  self->secret = g_strconcat (prefix, secret, NULL);
}

/** lia_tracker_site_set_header: of every request. */
void
lia_tracker_site_set_header (LiaTrackerSite *self,
                             const char     *name,
                             const char     *value)
{
  g_hash_table_insert (self->headers, g_strdup (name), g_strdup (value));
}

/** lia_tracker_site_set_page_url: where people look at it, when that is not the address of the interface. */
void
lia_tracker_site_set_page_url (LiaTrackerSite *self,
                               const char     *url)
{
  g_free (self->page_url);
  self->page_url = dup_without_slash (url);
}

/** lia_tracker_site_set_correct: of every answer that refuses something. */
void
lia_tracker_site_set_correct (LiaTrackerSite   *self,
                              LiaTrackerCorrect correct)
{
  self->correct = correct;
}

/** lia_tracker_site_new_request: (transfer full): in the name of whom the key belongs to. */
LiaTrackerRequest *
lia_tracker_site_new_request (LiaTrackerSite *self,
                              const char     *method,
                              const char     *path)
{
  g_autofree char   *url = g_strconcat (self->api_url, path, NULL);
  LiaTrackerRequest *request = lia_tracker_request_new (method, url);
  GHashTableIter     iter;
  gpointer           name;
  gpointer           value;

  request->secret_header = g_strdup (self->secret_header);
  request->secret = g_strdup (self->secret);
  request->ca = g_strdup (self->ca);
  request->explain = self->explain;
  request->correct = self->correct;
  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    lia_tracker_request_set_header (request, name, value);

  return request;
}

/** lia_tracker_site_send: (transfer full) (nullable): as lia_tracker_web_send(). */
LiaTrackerReply *
lia_tracker_site_send (LiaTrackerSite          *self,
                       const LiaTrackerRequest *request,
                       GError                 **error)
{
  return lia_tracker_web_send (self->web, request, error);
}

/** lia_tracker_site_get: (transfer full) (nullable): the object at @path. */
JsonObject *
lia_tracker_site_get (LiaTrackerSite *self,
                      const char     *path,
                      GError        **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_tracker_site_new_request (self, "GET", path);
  g_autoptr (LiaTrackerReply) reply = lia_tracker_site_send (self, request, error);

  return reply != NULL ? lia_tracker_reply_to_json (reply, error) : NULL;
}

/** lia_tracker_site_list: (transfer full) (nullable): the list at @path; @more: (out) (nullable): whether it has another page */
JsonArray *
lia_tracker_site_list (LiaTrackerSite *self,
                       const char     *path,
                       gboolean       *more,
                       GError        **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_tracker_site_new_request (self, "GET", path);
  g_autoptr (LiaTrackerReply) reply = lia_tracker_site_send (self, request, error);

  if (reply == NULL)
    return NULL;
  if (more != NULL)
    *more = reply->more;

  return lia_tracker_reply_to_list (reply, error);
}

/** lia_tracker_site_tell: sends @body (transfer full), and is content that it was done. */
gboolean
lia_tracker_site_tell (LiaTrackerSite *self,
                       const char     *method,
                       const char     *path,
                       JsonObject     *body,
                       GError        **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_tracker_site_new_request (self, method, path);
  g_autoptr (LiaTrackerReply) reply = NULL;

  lia_tracker_request_set_json (request, body);
  reply = lia_tracker_site_send (self, request, error);

  return reply != NULL;
}

static void
set_unknown (GError **error)
{
  lia_tracker_refuse (error, LIA_TRACKER_ERROR_UNKNOWN_OUTCOME, "The tracker did not say which issue it has made.");
}

/**
 * lia_tracker_site_make:
 * @body: (transfer full)
 *
 * Makes something new. When it has said that it is done and we cannot read what, it has to be looked for.
 *
 * Returns: (transfer full) (nullable): what the tracker says of it
 */
JsonObject *
lia_tracker_site_make (LiaTrackerSite *self,
                       const char     *path,
                       JsonObject     *body,
                       GError        **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_tracker_site_new_request (self, "POST", path);
  g_autoptr (LiaTrackerReply) reply = NULL;
  JsonObject *object;

  lia_tracker_request_set_json (request, body);
  reply = lia_tracker_site_send (self, request, error);
  if (reply == NULL)
    return NULL;
  object = lia_tracker_reply_to_json (reply, NULL);
  if (object == NULL)
    set_unknown (error);

  return object;
}

static JsonObject *
new_comment (const char *text)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "body", text);

  return body;
}

/** lia_tracker_site_comment: adds a comment to those at @path. */
gboolean
lia_tracker_site_comment (LiaTrackerSite *self,
                          const char     *path,
                          const char     *text,
                          GError        **error)
{
  return lia_tracker_site_tell (self, "POST", path, new_comment (text), error);
}

/** lia_tracker_site_edit_comment: @comment, of those at @path, becomes @text; nothing is sent when it is that already. */
gboolean
lia_tracker_site_edit_comment (LiaTrackerSite *self,
                               const char     *method,
                               const char     *path,
                               JsonObject     *comment,
                               const char     *text,
                               GError        **error)
{
  g_autofree char *place = NULL;
  const char      *there = NULL;
  GError          *cause = NULL;
  gint64           id;

  if (lia_json_int (comment, "id", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, &cause))
    lia_json_str (comment, "body", LIA_JSON_REQUIRED, G_MAXINT32, &there, &cause);
  if (!lia_tracker_understand (error, cause))
    return FALSE;
  if (g_str_equal (there, text))
    return TRUE;
  place = g_strdup_printf ("%s/%" G_GINT64_FORMAT, path, id);

  return lia_tracker_site_tell (self, method, place, new_comment (text), error);
}

/** lia_tracker_site_give_file: as a form does; @field: its name there. */
gboolean
lia_tracker_site_give_file (LiaTrackerSite       *self,
                            const char           *path,
                            const char           *field,
                            const LiaTrackerFile *file,
                            GError              **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_tracker_site_new_request (self, "POST", path);
  g_autoptr (LiaTrackerReply) reply = NULL;

  lia_tracker_request_set_file (request, field, file);
  reply = lia_tracker_site_send (self, request, error);

  return reply != NULL;
}

/** lia_tracker_site_read_issue: (transfer full) (nullable): what @object says. */
LiaIssue *
lia_tracker_site_read_issue (LiaTrackerSite *self,
                             JsonObject     *object,
                             GError        **error)
{
  GError   *cause = NULL;
  LiaIssue *issue = self->reader (object, self->page_url, &cause);

  lia_tracker_understand (error, cause);

  return issue;
}

/** lia_tracker_site_read_made: (transfer full) (nullable): of an issue that was just made: if we cannot read which one it is, it has to be looked for. */
LiaIssue *
lia_tracker_site_read_made (LiaTrackerSite *self,
                            JsonObject     *object,
                            GError        **error)
{
  LiaIssue *issue = self->reader (object, self->page_url, NULL);

  if (issue == NULL)
    set_unknown (error);

  return issue;
}

/** lia_tracker_site_read_issues: (transfer full) (nullable): of LiaIssue. */
GPtrArray *
lia_tracker_site_read_issues (LiaTrackerSite *self,
                              JsonArray      *items,
                              GError        **error)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func (g_object_unref);
  GError *cause = NULL;

  for (guint i = 0; i < json_array_get_length (items) && cause == NULL; i++)
    {
      JsonObject *item;
      LiaIssue   *issue = lia_json_arr_obj (items, i, &item, &cause) ? self->reader (item, self->page_url, &cause) : NULL;

      if (issue != NULL)
        g_ptr_array_add (issues, issue);
    }

  return lia_tracker_understand (error, cause) ? g_steal_pointer (&issues) : NULL;
}

/* A server that has no ETag has at least a time. No server's ETag begins so: RFC 9110 §8.8.3 */
static char *
get_validator (const LiaTrackerReply *reply,
               const LiaIssue        *issue)
{
  return reply->etag != NULL ? g_strdup (reply->etag) : g_strdup_printf ("at %" G_GINT64_FORMAT, issue->updated_ms);
}

static gboolean
is_etag (const char *validator)
{
  return *validator == '"' || g_str_has_prefix (validator, "W/\"");
}

/** lia_tracker_site_get_issue: (transfer full) (nullable): as lia_tracker_read(). */
LiaIssue *
lia_tracker_site_get_issue (LiaTrackerSite *self,
                            const char     *path,
                            const char     *validator,
                            GError        **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_tracker_site_new_request (self, "GET", path);
  g_autoptr (LiaTrackerReply) reply = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (LiaIssue) issue = NULL;

  request->validator = is_etag (validator) ? g_strdup (validator) : NULL;
  reply = lia_tracker_site_send (self, request, error);
  if (reply == NULL || reply->status == SOUP_STATUS_NOT_MODIFIED)
    return NULL;
  object = lia_tracker_reply_to_json (reply, error);
  issue = object != NULL ? lia_tracker_site_read_issue (self, object, error) : NULL;
  if (issue == NULL)
    return NULL;
  g_free (issue->validator);
  issue->validator = get_validator (reply, issue);

  return g_str_equal (issue->validator, validator) ? NULL : g_steal_pointer (&issue);
}

/** lia_tracker_site_list_issues: (transfer full) (nullable): of LiaIssue; @more: (out) (nullable): whether there is another page */
GPtrArray *
lia_tracker_site_list_issues (LiaTrackerSite *self,
                              const char     *path,
                              gboolean       *more,
                              GError        **error)
{
  g_autoptr (JsonArray) items = lia_tracker_site_list (self, path, more, error);

  return items != NULL ? lia_tracker_site_read_issues (self, items, error) : NULL;
}

/** lia_tracker_understand: @cause: (transfer full) (nullable): why an answer could not be read; becomes %LIA_TRACKER_ERROR. TRUE without one. */
gboolean
lia_tracker_understand (GError **error,
                        GError  *cause)
{
  g_autofree char *words = NULL;

  if (cause == NULL)
    return TRUE;
  words = g_strdup_printf ("The tracker's answer is not what its documentation says: %s.", cause->message);
  lia_tracker_refuse (error, LIA_TRACKER_ERROR_INVALID, words);
  g_error_free (cause);

  return FALSE;
}

/** lia_tracker_refuse: what nobody can tell from a status alone, in words. */
void
lia_tracker_refuse (GError        **error,
                    LiaTrackerError code,
                    const char     *words)
{
  g_propagate_error (error, lia_tracker_error_new (code, 0, NULL, words));
}

/** lia_tracker_take: @member of a value becomes @text; NULL leaves it. */
void
lia_tracker_take (char      **member,
                  const char *text)
{
  if (text == NULL)
    return;
  g_free (*member);
  *member = g_strdup (text);
}

/** lia_tracker_page_url: (nullable): @url (nullable) when it is one that somebody may be led to. */
const char *
lia_tracker_page_url (const char *url)
{
  return url != NULL && (g_str_has_prefix (url, "https://") || g_str_has_prefix (url, "http://")) ? url : NULL;
}

/** lia_tracker_has_file: whether one of that name and size is among an issue's @files. @name_member, @size_member: where they say so. */
gboolean
lia_tracker_has_file (JsonArray            *files,
                      const char           *name_member,
                      const char           *size_member,
                      const LiaTrackerFile *file)
{
  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      JsonObject *there;
      const char *name;
      gint64      size;

      if (lia_json_arr_obj (files, i, &there, NULL) && lia_json_str (there, name_member, LIA_JSON_REQUIRED, MAX_FILE_NAME_BYTES, &name, NULL) &&
          lia_json_int (there, size_member, LIA_JSON_REQUIRED, 0, G_MAXINT64, &size, NULL) && g_str_equal (name, file->name) &&
          size == (gint64)g_bytes_get_size (file->bytes))
        return TRUE;
    }

  return FALSE;
}
