/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One request from its headers to its answer: what the resources' handlers read from and write to. Main context only. */

#include "lia-http-call.h"

#include "lia-db.h"
#include "lia-id.h"

#include <unistd.h>

#define CALL_KEY "lia-http-call"

static void
lia_http_call_free (LiaHttpCall *self)
{
  if (self->upload_fd >= 0)
    close (self->upload_fd);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->token, g_free);
  g_free (self);
}

/** lia_http_call_new: (transfer none): the call of a message whose headers have come. */
LiaHttpCall *
lia_http_call_new (LiaEngine         *engine,
                   SoupServerMessage *message)
{
  LiaHttpCall *self = g_new0 (LiaHttpCall, 1);

  self->engine = g_object_ref (engine);
  self->message = message;
  self->upload_fd = -1;
  g_object_set_data_full (G_OBJECT (message), CALL_KEY, self, (GDestroyNotify)lia_http_call_free);
  return self;
}

LiaHttpCall *
lia_http_call_of (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), CALL_KEY);
}

const char *
lia_http_argument (LiaHttpCall *self,
                   guint        index)
{
  g_assert (index < g_strv_length (self->arguments));
  return self->arguments[index];
}

/**
 * lia_http_argument_id:
 * @prefix: what kind of id it must be: "c", "e", "k", …
 * @id: (out): its number
 *
 * An argument that is an id. One that cannot be an id is answered as one that does not exist: ids are opaque to callers.
 */
gboolean
lia_http_argument_id (LiaHttpCall *self,
                      guint        index,
                      const char  *prefix,
                      gint64      *id,
                      GError     **error)
{
  if (lia_id_parse (lia_http_argument (self, index), prefix, id))
    return TRUE;

  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such thing here.");
  return FALSE;
}

const char *
lia_http_query (LiaHttpCall *self,
                const char  *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

/** lia_http_query_number: @number: (inout): a whole number between @least and @most; left alone where the query has none of this name. */
gboolean
lia_http_query_number (LiaHttpCall *self,
                       const char  *name,
                       guint64      least,
                       guint64      most,
                       guint64     *number,
                       GError     **error)
{
  const char      *text = lia_http_query (self, name);
  g_autofree char *pointer = g_strconcat ("/", name, NULL);

  if (text == NULL || g_ascii_string_to_unsigned (text, 10, least, most, number, NULL))
    return TRUE;
  lia_problem_set_invalid (error, pointer, "range", "“%s” must be a number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT, name, least, most);

  return FALSE;
}

/** lia_http_query_limit: the rows that are asked for, 1–200. */
gboolean
lia_http_query_limit (LiaHttpCall *self,
                      guint        default_limit,
                      guint       *limit,
                      GError     **error)
{
  guint64 value = default_limit;

  if (!lia_http_query_number (self, "limit", 1, 200, &value, error))
    return FALSE;
  *limit = (guint)value;

  return TRUE;
}

/** lia_http_body: (transfer full): the body as a strict JSON object. */
JsonObject *
lia_http_body (LiaHttpCall *self,
               GError     **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char         *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (type == NULL || g_ascii_strcasecmp (type, "application/json") != 0)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_UNSUPPORTED_MEDIA, "The body must be application/json.");
      return NULL;
    }

  bytes = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  length = g_bytes_get_size (bytes);
  return lia_json_parse (length > 0 ? g_bytes_get_data (bytes, NULL) : "", length, LIA_JSON_MAX_BYTES, error);
}

/** lia_http_answer_text: @json: (transfer full): JSON text. */
void
lia_http_answer_text (LiaHttpCall *self,
                      guint        status,
                      char        *json)
{
  soup_server_message_set_status (self->message, status, NULL);
  soup_server_message_set_response (self->message, "application/json", SOUP_MEMORY_TAKE, json, strlen (json));
}

/** lia_http_answer_object: @object: (transfer full). */
void
lia_http_answer_object (LiaHttpCall *self,
                        guint        status,
                        JsonObject  *object)
{
  g_autoptr (JsonObject) owned = object;

  lia_http_answer_text (self, status, lia_json_to_text (owned));
}

void
lia_http_answer_bytes (LiaHttpCall *self,
                       const char  *content_type,
                       GBytes      *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Security-Policy", "sandbox; default-src 'none'");
  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, content_type, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), bytes);
}

void
lia_http_answer_problem (LiaHttpCall  *self,
                         const GError *error)
{
  g_autoptr (JsonObject) problem = lia_http_problem (error, NULL);

  lia_http_answer_problem_object (self, problem, NULL);
}

/** lia_http_answer_problem_object: @problem: as lia_http_problem() makes it. */
gboolean
lia_http_answer_problem_object (LiaHttpCall *self,
                                JsonObject  *problem,
                                GError     **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  g_autofree char    *text = lia_json_to_text (problem);
  gint64              status;

  if (!lia_json_int (problem, "status", LIA_JSON_REQUIRED, 400, 599, &status, error))
    return FALSE;

  if (status == (gint64)lia_problem_to_status (LIA_PROBLEM_RATE_LIMITED))
    soup_message_headers_replace (headers, "Retry-After", "1");
  soup_server_message_set_status (self->message, (guint)status, NULL);
  soup_server_message_set_response (self->message, "application/problem+json", SOUP_MEMORY_COPY, text, strlen (text));
  return TRUE;
}

/**
 * lia_http_answer_read:
 * @func: gives the answer's JSON text
 * @data: borrowed for the time of the read
 *
 * Answers with what a read of the store says. From a fiber.
 */
gboolean
lia_http_answer_read (LiaHttpCall *self,
                      LiaStoreFunc func,
                      gpointer     data,
                      GError     **error)
{
  char *json = lia_store_await (lia_store_read (lia_engine_get_store (self->engine), func, data, NULL, g_free), error);

  if (json == NULL)
    return FALSE;
  lia_http_answer_text (self, SOUP_STATUS_OK, json);
  return TRUE;
}
