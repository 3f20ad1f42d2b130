/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-web.h"

#include "lia-test-wait.h"

#include <string.h>

struct _LiaTestWeb
{
  GSocketService *service;
  guint16         port;
  GMutex          lock;
  GAsyncQueue    *answers;
  GPtrArray      *requests;
  GCancellable   *end;
};

/* Where the body of the request in @text ends; 0 = it is not known yet */
static gsize
get_size (const char *text)
{
  const char *body = strstr (text, "\r\n\r\n");
  const char *length = strcasestr (text, "\r\nContent-Length: ");

  if (body == NULL)
    return 0;

  return (gsize)(body + 4 - text) + (length != NULL && length < body ? strtoul (length + strlen ("\r\nContent-Length: "), NULL, 10) : 0);
}

static GString *
read_request (LiaTestWeb   *self,
              GInputStream *in)
{
  GString *text = g_string_new (NULL);
  char     bytes[4096];
  gssize   got;

  while (get_size (text->str) == 0 || text->len < get_size (text->str))
    {
      got = g_input_stream_read (in, bytes, sizeof bytes, self->end, NULL);
      if (got <= 0)
        break;
      g_string_append_len (text, bytes, got);
    }

  return text;
}

static gboolean
on_run_cb (GSocketService    *service,
           GSocketConnection *connection,
           GObject           *source,
           LiaTestWeb        *self)
{
  GInputStream    *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GString         *request = read_request (self, in);
  g_autofree char *answer = NULL;
  char             rest;

  if (request->len == 0)
    {
      g_string_free (request, TRUE);
      return TRUE;
    }
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->requests, g_string_free (request, FALSE));
  g_mutex_unlock (&self->lock);

  answer = g_async_queue_try_pop (self->answers);
  if (g_strcmp0 (answer, "wait") == 0)
    g_input_stream_read (in, &rest, 1, self->end, NULL);
  else if (answer != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer, strlen (answer), NULL, NULL, NULL);

  return TRUE;
}

LiaTestWeb *
test_web_new (void)
{
  LiaTestWeb *self = g_new0 (LiaTestWeb, 1);

  g_mutex_init (&self->lock);
  self->answers = g_async_queue_new_full (g_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->end = g_cancellable_new ();
  self->service = g_threaded_socket_service_new (8);
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, NULL);
  g_assert_cmpuint (self->port, >, 0);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run_cb), self);
  g_socket_service_start (self->service);

  return self;
}

void
test_web_free (LiaTestWeb *self)
{
  g_cancellable_cancel (self->end);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_add_weak_pointer (G_OBJECT (self->service), (gpointer *)&self->service);
  g_object_unref (self->service);
  wait_until (g_atomic_pointer_get (&self->service) == NULL); /* its threads hold it */
  g_object_unref (self->end);
  g_async_queue_unref (self->answers);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->lock);
  g_free (self);
}

char *
test_web_url (LiaTestWeb *self,
              const char *host,
              const char *path)
{
  return g_strdup_printf ("http://%s:%u%s", host, self->port, path);
}

void
test_web_answer (LiaTestWeb *self,
                 const char *bytes)
{
  g_async_queue_push (self->answers, g_strdup (bytes));
}

void
test_web_answer_json (LiaTestWeb *self,
                      guint       status,
                      const char *json)
{
  g_async_queue_push (self->answers, g_strdup_printf ("HTTP/1.1 %u Word\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
                                                      status, strlen (json), json));
}

guint
test_web_count (LiaTestWeb *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->requests->len;
  g_mutex_unlock (&self->lock);

  return count;
}

/* All bytes of a request that came, the oldest being 0 */
char *
test_web_request (LiaTestWeb *self,
                  guint       index)
{
  char *text;

  g_mutex_lock (&self->lock);
  g_assert_cmpuint (index, <, self->requests->len);
  text = g_strdup (self->requests->pdata[index]);
  g_mutex_unlock (&self->lock);

  return text;
}
