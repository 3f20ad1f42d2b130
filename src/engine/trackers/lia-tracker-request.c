/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-request.h"

#include "lia-tracker-error.h"

#include <string.h>

#define MAX_BODY_BYTES (8 * 1024 * 1024)

/** lia_tracker_request_new: without a body, in nobody's name. */
LiaTrackerRequest *
lia_tracker_request_new (const char *method,
                         const char *url)
{
  LiaTrackerRequest *self = g_new0 (LiaTrackerRequest, 1);

  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

/** lia_tracker_request_set_json: @body: (transfer full) */
void
lia_tracker_request_set_json (LiaTrackerRequest *self,
                              JsonObject        *body)
{
  char *text = lia_json_to_text (body);

  self->body = g_bytes_new_take (text, strlen (text));
  self->content_type = g_strdup ("application/json");
  json_object_unref (body);
}

/* RFC 7578 §4.2: a name as it is, without the `filename*` of other headers; what would end it is escaped as browsers do */
static char *
escape_name (const char *name)
{
  GString *escaped = g_string_new (name);

  g_string_replace (escaped, "\"", "%22", 0);
  g_string_replace (escaped, "\r", "%0D", 0);
  g_string_replace (escaped, "\n", "%0A", 0);

  return g_string_free_and_steal (escaped);
}

/** lia_tracker_request_set_file: as a form of a web page sends it, RFC 7578. @field: its name in that form */
void
lia_tracker_request_set_file (LiaTrackerRequest    *self,
                              const char           *field,
                              const LiaTrackerFile *file)
{
  g_autofree char *boundary = lia_tracker_marker_new ();
  g_autofree char *name = escape_name (file->name);
  g_autofree char *head = g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n", boundary,
                                           field, name, file->type);
  g_autofree char *foot = g_strdup_printf ("\r\n--%s--\r\n", boundary);
  GByteArray      *body = g_byte_array_new ();
  gsize            size;
  gconstpointer    bytes = g_bytes_get_data (file->bytes, &size);

  g_byte_array_append (body, (const guint8 *)head, (guint)strlen (head));
  g_byte_array_append (body, bytes, (guint)size);
  g_byte_array_append (body, (const guint8 *)foot, (guint)strlen (foot));
  self->body = g_byte_array_free_to_bytes (body);
  self->content_type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
}

/** lia_tracker_request_set_header: @name: of HTTP, other than those that have a field here */
void
lia_tracker_request_set_header (LiaTrackerRequest *self,
                                const char        *name,
                                const char        *value)
{
  g_hash_table_insert (self->headers, g_strdup (name), g_strdup (value));
}

void
lia_tracker_request_free (LiaTrackerRequest *self)
{
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->method);
  g_free (self->url);
  g_free (self->secret_header);
  g_free (self->secret);
  g_free (self->ca);
  g_free (self->validator);
  g_free (self->content_type);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static GError *
new_stranger_error (void)
{
  return lia_tracker_error_new (LIA_TRACKER_ERROR_INVALID, 0, NULL, "What answers at this address is not the interface of a tracker.");
}

/** lia_tracker_reply_to_json: (transfer full) (nullable): fails with %LIA_TRACKER_ERROR_INVALID when the body is not what a tracker's interface says. */
JsonObject *
lia_tracker_reply_to_json (const LiaTrackerReply *self,
                           GError               **error)
{
  gsize       size;
  const char *text = g_bytes_get_data (self->body, &size);
  JsonObject *object = lia_json_parse (text != NULL ? text : "", (gssize)size, MAX_BODY_BYTES, NULL);

  if (object == NULL)
    g_propagate_error (error, new_stranger_error ());

  return object;
}

/** lia_tracker_reply_to_list: (transfer full) (nullable): as lia_tracker_reply_to_json(), where the body is a list. */
JsonArray *
lia_tracker_reply_to_list (const LiaTrackerReply *self,
                           GError               **error)
{
  gsize       size;
  const char *text = g_bytes_get_data (self->body, &size);
  JsonArray  *array = lia_json_parse_array (text != NULL ? text : "", (gssize)size, MAX_BODY_BYTES, NULL);

  if (array == NULL)
    g_propagate_error (error, new_stranger_error ());

  return array;
}

void
lia_tracker_reply_free (LiaTrackerReply *self)
{
  g_free (self->etag);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
