/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * SoupServer is made for friends: it has no limits of its own (it would keep a body of any size, measured). So a call is judged when its
 * headers are there: framing, browser, token, length. One that is refused with its body still to come is answered and cut off. It listens on
 * what main.c made: a private unix socket or loopback. Main context only; handlers run in fibers, their message is paused meanwhile.
 */

#include "lia-http.h"

#include "lia-async.h"
#include "lia-auth.h"
#include "lia-http-call.h"
#include "lia-http-refuse.h"
#include "lia-hub.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define STREAM_PATH "/v1/stream"
#define BODY_TIMEOUT_S 60

struct _LiaHttp
{
  GObject parent_instance;

  LiaEngine  *engine; /* not owned: it owns us */
  SoupServer *server;
  guint       pending;
};

G_DEFINE_FINAL_TYPE (LiaHttp, lia_http, G_TYPE_OBJECT)

static gboolean
check_length (LiaHttpCall        *call,
              SoupMessageHeaders *headers,
              GError            **error)
{
  gsize limit = lia_http_body_limit (call);

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH ||
      soup_message_headers_get_content_length (headers) <= (goffset)limit)
    return TRUE;

  lia_http_set_too_large (call, error);
  return FALSE;
}

static gboolean
check_agent (LiaHttpCall        *call,
             SoupMessageHeaders *headers,
             GError            **error)
{
  const char *authorization = soup_message_headers_get_one (headers, "Authorization");

  if (authorization != NULL && g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0)
    {
      call->token = g_strstrip (g_strdup (authorization + 7));
      call->agent_id = lia_auth_check (lia_engine_get_auth (call->engine), call->token);
    }
  if (call->agent_id != 0 || (call->route->flags & LIA_HTTP_PUBLIC))
    return TRUE;

  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_UNAUTHORIZED, "This call needs a token that is valid.");
  return FALSE;
}

/* Percents decode to any bytes; what is said of them is JSON, and what is looked up is text. */
static gboolean
check_text (LiaHttpCall *call,
            GError     **error)
{
  GHashTableIter iter;
  gpointer       name, value;
  gboolean       is_text = TRUE;

  if (call->query != NULL)
    {
      g_hash_table_iter_init (&iter, call->query);
      while (g_hash_table_iter_next (&iter, &name, &value))
        is_text = is_text && g_utf8_validate (name, -1, NULL) && g_utf8_validate (value, -1, NULL);
    }
  if (!is_text)
    lia_problem_set_invalid (error, "", "text", "The query must be UTF-8");

  return is_text;
}

static gboolean
judge (LiaHttpCall *call,
       GError     **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);

  if (!lia_http_check_framing (headers, error))
    return FALSE;

  if (soup_message_headers_get_one (headers, "Origin") != NULL)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "No browser is meant to speak here.");
      return FALSE;
    }

  if (call->route == NULL)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such call.");
      return FALSE;
    }
  return check_agent (call, headers, error) && check_text (call, error) && check_length (call, headers, error);
}

/* An upload goes to a file without a name: it is gone when the engine is. */
static gboolean
open_upload (LiaHttpCall *call,
             GError     **error)
{
  const char *directory = lia_store_get_directory (lia_engine_get_store (call->engine));

  call->upload_fd = open (directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (call->upload_fd >= 0)
    return TRUE;

  g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_STORE_FULL, "The file cannot be kept: %s.", g_strerror (errno));
  return FALSE;
}

static gboolean
write_all (int     fd,
           GBytes *bytes)
{
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

static void
on_got_chunk (SoupServerMessage *message,
              GBytes            *chunk,
              gpointer           user_data)
{
  LiaHttpCall *call = lia_http_call_of (message);
  g_autoptr (GError) error = NULL;

  if (call->refused)
    return;

  call->body_bytes += g_bytes_get_size (chunk);
  if (call->body_bytes > lia_http_body_limit (call))
    lia_http_set_too_large (call, &error);
  else if (call->upload_fd >= 0 && !write_all (call->upload_fd, chunk))
    g_set_error (&error, LIA_PROBLEM, LIA_PROBLEM_STORE_FULL, "The file cannot be kept: %s.", g_strerror (errno));

  if (error != NULL)
    lia_http_refuse (call, error);
}

static void
on_headers (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  LiaHttp     *self = user_data;
  LiaHttpCall *call = lia_http_call_new (self->engine, message);
  g_autoptr (GError) error = NULL;

  call->route = lia_http_route_find (soup_server_message_get_method (message), path, &call->arguments);
  call->query = query != NULL ? g_hash_table_ref (query) : NULL;

  if (judge (call, &error) && (!(call->route->flags & LIA_HTTP_UPLOAD) || open_upload (call, &error)))
    {
      soup_message_body_set_accumulate (soup_server_message_get_request_body (message), call->upload_fd < 0);
      g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
      lia_http_limit_body_time (call, BODY_TIMEOUT_S);
      return;
    }

  lia_http_turn_away (call, error);
}

typedef struct
{
  LiaHttp           *http;
  SoupServerMessage *message;
} Work;

static void
work_free (Work *work)
{
  work->http->pending--;
  g_object_unref (work->http);
  g_object_unref (work->message);
  g_free (work);
}

static DexFuture *
handle_fiber (gpointer data)
{
  Work        *work = data;
  LiaHttpCall *call = lia_http_call_of (work->message);
  g_autoptr (GError) error = NULL;

  if (!call->route->handler (call, &error))
    lia_http_answer_problem (call, error);
  soup_server_message_unpause (work->message);
  return dex_future_new_for_boolean (TRUE);
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  LiaHttp     *self = user_data;
  LiaHttpCall *call = lia_http_call_of (message);
  Work        *work;

  if (call == NULL || call->refused || call->route->handler == NULL)
    return;

  work = g_new0 (Work, 1);
  work->http = g_object_ref (self);
  work->message = g_object_ref (message);
  self->pending++;
  soup_server_message_pause (message);
  dex_future_disown (lia_spawn (handle_fiber, work, (GDestroyNotify)work_free));
}

/* Before the handshake: what is no WebSocket of ours is told so in our own words. */
static void
on_stream_request (SoupServer        *server,
                   SoupServerMessage *message,
                   const char        *path,
                   GHashTable        *query,
                   gpointer           user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  LiaHttpCall        *call = lia_http_call_of (message);
  g_autoptr (GError) error = NULL;

  if (call == NULL || call->refused ||
      (soup_message_headers_header_equals (headers, "Upgrade", "websocket") &&
       soup_message_headers_header_contains (headers, "Sec-WebSocket-Protocol", LIA_STREAM_PROTOCOL)))
    return;

  g_set_error_literal (&error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION, "This call is a WebSocket with the subprotocol " LIA_STREAM_PROTOCOL ".");
  lia_http_answer_problem (call, error);
}

static void
on_websocket (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *connection,
              gpointer                 user_data)
{
  LiaHttp     *self = user_data;
  LiaHttpCall *call = lia_http_call_of (message);

  lia_hub_add (lia_engine_get_hub (self->engine), connection, call->agent_id, call->token);
}

static void
lia_http_dispose (GObject *object)
{
  LiaHttp *self = LIA_HTTP (object);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (lia_http_parent_class)->dispose (object);
}

static void
lia_http_class_init (LiaHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_http_dispose;
}

static void
lia_http_init (LiaHttp *self)
{
  static const char *protocols[] = { LIA_STREAM_PROTOCOL, NULL };

  self->server = soup_server_new ("server-header", "", "raw-paths", TRUE, NULL);
  soup_server_remove_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_early_handler (self->server, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  /* A path has one handler of each kind: the stream's needs its own early one. */
  soup_server_add_early_handler (self->server, STREAM_PATH, on_headers, self, NULL);
  soup_server_add_handler (self->server, STREAM_PATH, on_stream_request, self, NULL);
  soup_server_add_websocket_handler (self->server, STREAM_PATH, NULL, (char **)protocols, on_websocket, self, NULL);
}

/** lia_http_new: @engine: (transfer none): not kept alive by it. */
LiaHttp *
lia_http_new (LiaEngine *engine)
{
  LiaHttp *self = g_object_new (LIA_TYPE_HTTP, NULL);

  self->engine = engine;
  return self;
}

/** lia_http_listen: serves what connects to a socket that listens already. */
gboolean
lia_http_listen (LiaHttp *self,
                 GSocket *socket,
                 GError **error)
{
  return soup_server_listen_socket (self->server, socket, 0, error);
}

/** lia_http_stop: takes no more connections; what is under way goes on until the last reference goes. */
void
lia_http_stop (LiaHttp *self)
{
  GSList *listeners = soup_server_get_listeners (self->server);

  for (GSList *l = listeners; l != NULL; l = l->next)
    g_socket_close (l->data, NULL);
  g_slist_free (listeners);
}

/** lia_http_get_pending: how many calls are being answered. */
guint
lia_http_get_pending (LiaHttp *self)
{
  return self->pending;
}
