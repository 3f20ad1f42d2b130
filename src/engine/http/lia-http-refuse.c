/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The connection is taken out of libsoup's hands, gets its answer, and is closed. It is closed a little later than the answer is written:
 * a close with unread bytes in the kernel resets the connection, and the answer would be lost with it.
 */

#include "lia-http-refuse.h"

#include <string.h>

#define LINGER_MS 500

gsize
lia_http_body_limit (LiaHttpCall *call)
{
  return call->route->flags & LIA_HTTP_UPLOAD ? LIA_HTTP_MAX_BLOB_BYTES : LIA_JSON_MAX_BYTES;
}

void
lia_http_set_too_large (LiaHttpCall *call,
                        GError     **error)
{
  g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE, "The body may have %" G_GSIZE_FORMAT " bytes.", lia_http_body_limit (call));
}

/** lia_http_check_framing: what a proxy in front would refuse as well: two readings of where a request ends are the stuff of smuggling. */
gboolean
lia_http_check_framing (SoupMessageHeaders *headers,
                        GError            **error)
{
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  const char *transfer = soup_message_headers_get_list (headers, "Transfer-Encoding");
  const char *host = soup_message_headers_get_list (headers, "Host");

  if ((length != NULL && transfer != NULL) ||
      (length != NULL && strspn (length, "0123456789") != strlen (length)) ||
      (transfer != NULL && g_ascii_strcasecmp (transfer, "chunked") != 0) ||
      (host != NULL && strchr (host, ',') != NULL))
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_BAD_JSON, "The request's headers contradict each other.");
      return FALSE;
    }
  return TRUE;
}

typedef struct
{
  SoupServerMessage *message;
  GError            *error;
} Refusal;

static void
refusal_free (Refusal *refusal)
{
  g_object_unref (refusal->message);
  g_error_free (refusal->error);
  g_free (refusal);
}

static gboolean
close_late_cb (gpointer stream)
{
  g_io_stream_close (stream, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
refuse_cb (gpointer data)
{
  Refusal   *refusal = data;
  LiaProblem kind = lia_http_problem_kind (refusal->error);
  GIOStream *stream = soup_server_message_steal_connection (refusal->message);
  g_autoptr (JsonObject) problem = lia_http_problem (refusal->error, NULL);
  g_autofree char *body = lia_json_to_text (problem);
  g_autofree char *answer = NULL;

  if (stream == NULL)
    return G_SOURCE_REMOVE;

  answer = g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Type: application/problem+json\r\nContent-Length: %" G_GSIZE_FORMAT
                            "\r\nConnection: close\r\n\r\n%s",
                            lia_problem_to_status (kind), soup_status_get_phrase (lia_problem_to_status (kind)), strlen (body), body);
  /* A few hundred bytes into an empty socket buffer: never blocks. */
  g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream)),
                                              answer, strlen (answer), NULL, NULL);
  g_timeout_add_full (G_PRIORITY_DEFAULT, LINGER_MS, close_late_cb, stream, g_object_unref);
  return G_SOURCE_REMOVE;
}

/** lia_http_refuse: answers with a problem at once and ends the connection. Safe inside the message's own signals. */
void
lia_http_refuse (LiaHttpCall  *call,
                 const GError *error)
{
  Refusal *refusal = g_new0 (Refusal, 1);

  call->refused = TRUE;
  soup_message_body_set_accumulate (soup_server_message_get_request_body (call->message), FALSE);
  refusal->message = g_object_ref (call->message);
  refusal->error = g_error_copy (error);
  soup_server_message_pause (call->message);
  g_idle_add_full (G_PRIORITY_DEFAULT, refuse_cb, refusal, (GDestroyNotify)refusal_free);
}

static gboolean
has_body_to_come (LiaHttpCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED ||
         (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
          soup_message_headers_get_content_length (headers) > 0);
}

/** lia_http_turn_away: answers with a problem when the headers are there, and ends the connection where a body is still to come. */
void
lia_http_turn_away (LiaHttpCall  *call,
                    const GError *error)
{
  if (has_body_to_come (call))
    lia_http_refuse (call, error);
  else
    lia_http_answer_problem (call, error);
}

#define TIMER_KEY "lia-body-timer"

static gboolean
body_late_cb (gpointer message)
{
  LiaHttpCall *call = lia_http_call_of (message);
  g_autoptr (GError) error = NULL;

  if (!call->refused)
    {
      g_set_error_literal (&error, LIA_PROBLEM, LIA_PROBLEM_BAD_JSON, "The body did not come in time.");
      lia_http_refuse (call, error);
    }
  g_object_set_data (message, TIMER_KEY, NULL);
  return G_SOURCE_REMOVE;
}

static void
stop_timer (SoupServerMessage *message)
{
  g_object_set_data (G_OBJECT (message), TIMER_KEY, NULL);
}

static void
remove_source (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

/** lia_http_limit_body_time: a body that comes in drops does not hold a connection for ever. */
void
lia_http_limit_body_time (LiaHttpCall *call,
                          guint        seconds)
{
  guint id;

  if (!has_body_to_come (call))
    return;

  id = g_timeout_add_seconds (seconds, body_late_cb, call->message);
  g_object_set_data_full (G_OBJECT (call->message), TIMER_KEY, GUINT_TO_POINTER (id), remove_source);
  g_signal_connect (call->message, "got-body", G_CALLBACK (stop_timer), NULL);
}
