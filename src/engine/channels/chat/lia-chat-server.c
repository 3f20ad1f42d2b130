/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * As lia-http.c, but for strangers: everything is judged when its headers are there, bodies are small, and there are no routes but the visitors'.
 * libsoup's server is not made to face the world: main.c lets it listen on this machine alone, behind a proxy.
 */

#include "lia-chat-server.h"

#include "lia-async.h"
#include "lia-chat-calls.h"
#include "lia-chat-client.h"
#include "lia-chat-hub-private.h"
#include "lia-http-refuse.h"
#include "lia-socket-upgrade.h"

#include <string.h>

#define BODY_TIMEOUT_S 10
#define FILE_TIMEOUT_S 120 /* a large picture over a slow line */
#define ROUTE_KEY "lia-chat-route"
#define HOST_KEY "lia-chat-host"

struct _LiaChatServer
{
  GObject parent_instance;

  LiaChatHub *hub; /* not owned: it owns us */
  SoupServer *server;
  char       *proxy; /* whose word counts for whom it speaks, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaChatServer, lia_chat_server, G_TYPE_OBJECT)

/* Where the connection comes from; "unix" for one through the file system. */
static char *
peer_of (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  if (address == NULL || !G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("unix");

  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* For whom it speaks: the last one that the proxy added; what stands before it anybody can write. */
static char *
client_of (LiaChatServer     *self,
           SoupServerMessage *message)
{
  const char      *forwarded = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "X-Forwarded-For");
  g_autofree char *peer = peer_of (message);
  g_autofree char *last = NULL;
  const char      *comma;

  if (forwarded == NULL || g_strcmp0 (peer, self->proxy) != 0)
    return lia_chat_limits_host (peer);
  comma = strrchr (forwarded, ',');
  last = g_strstrip (g_strdup (comma != NULL ? comma + 1 : forwarded));

  return lia_chat_limits_host (last);
}

static const char *
origin_of (SoupServerMessage *message)
{
  return soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Origin");
}

/*
 * The panel's page, which comes from here itself, and is in no other pages but the site's (lia-chat-widget.c). A browser lets nobody choose either
 * header, and whoever is none can say anything.
 */
static gboolean
is_own_page (SoupServerMessage *message)
{
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");
  const char *origin = origin_of (message);
  const char *authority = origin != NULL ? strstr (origin, "://") : NULL;

  return authority != NULL && host != NULL && g_ascii_strcasecmp (authority + strlen ("://"), host) == 0;
}

/* (nullable): of a page that is none of ours. */
static const char *
foreign_origin_of (SoupServerMessage *message)
{
  return is_own_page (message) ? NULL : origin_of (message);
}

/* Pages of the sites may read what is answered. */
static void
allow_origin (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Vary", "Origin");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  if (origin_of (message) == NULL)
    return;
  soup_message_headers_replace (headers, "Access-Control-Allow-Origin", origin_of (message));
  soup_message_headers_replace (headers, "Access-Control-Allow-Headers", "Authorization, Content-Type, Content-Disposition");
  soup_message_headers_replace (headers, "Access-Control-Allow-Methods", "GET, POST");
  soup_message_headers_replace (headers, "Access-Control-Max-Age", "600");
}

static gboolean
is_upload (const LiaChatRoute *route)
{
  return route != NULL && route->is_upload;
}

static gboolean
check_size (const LiaChatRoute *route,
            gsize               bytes,
            GError            **error)
{
  int most = is_upload (route) ? LIA_CHAT_MAX_FILE : LIA_CHAT_MAX_BODY;

  if (bytes <= (gsize)most)
    return TRUE;
  g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE, "The body may have %d bytes.", most);

  return FALSE;
}

static gboolean
check_length (const LiaChatRoute *route,
              SoupMessageHeaders *headers,
              GError            **error)
{
  return soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH ||
         check_size (route, (gsize)soup_message_headers_get_content_length (headers), error);
}

static gboolean
judge (LiaChatServer      *self,
       SoupServerMessage  *message,
       const LiaChatRoute *route,
       gboolean            is_preflight,
       GError            **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char         *origin = foreign_origin_of (message);

  if (!lia_http_check_framing (headers, error))
    return FALSE;
  if (route == NULL && !is_preflight)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such call.");
  else if (origin != NULL ? !lia_chat_hub_has_origin (self->hub, origin) : is_preflight)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "This page is none of a site's.");
  else
    return check_length (route, headers, error);

  return FALSE;
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
  if (!check_size (g_object_get_data (G_OBJECT (message), ROUTE_KEY), call->body_bytes, &error) ||
      (call->upload_fd >= 0 && !lia_chat_upload_take (call, chunk, &error)))
    lia_http_refuse (call, error);
}

/* Whose it is follows from the token, which is looked at when it is there; who has none is turned away now. */
static gboolean
begin_upload (LiaChatServer *self,
              LiaHttpCall   *call,
              GError       **error)
{
  const char *authorization = soup_message_headers_get_one (soup_server_message_get_request_headers (call->message), "Authorization");

  if (authorization != NULL && g_str_has_prefix (authorization, "Bearer "))
    return lia_chat_uploads_begin (lia_chat_hub_get_uploads (self->hub), call, g_object_get_data (G_OBJECT (call->message), HOST_KEY), error);
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_UNAUTHORIZED, "This call needs a token.");

  return FALSE;
}

static gboolean
is_preflight_of (SoupServerMessage *message,
                 const char        *path)
{
  return soup_server_message_get_method (message) == SOUP_METHOD_OPTIONS && g_str_has_prefix (path, "/chat/v1/");
}

static void
on_headers (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  LiaChatServer      *self = user_data;
  LiaHttpCall        *call = lia_http_call_new (lia_chat_hub_get_engine (self->hub), message);
  const LiaChatRoute *route = lia_chat_route_find (soup_server_message_get_method (message), path);
  g_autoptr (GError) error = NULL;

  call->query = query != NULL ? g_hash_table_ref (query) : NULL;
  g_object_set_data (G_OBJECT (message), ROUTE_KEY, (gpointer)route);
  g_object_set_data_full (G_OBJECT (message), HOST_KEY, client_of (self, message), g_free);
  if (judge (self, message, route, is_preflight_of (message, path), &error) &&
      (!is_upload (route) || begin_upload (self, call, &error)))
    {
      allow_origin (message);
      g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
      lia_http_limit_body_time (call, is_upload (route) ? FILE_TIMEOUT_S : BODY_TIMEOUT_S);
      if (route == NULL)
        soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
      return;
    }

  lia_http_turn_away (call, error);
}

typedef struct
{
  LiaChatHub        *hub;
  SoupServerMessage *message;
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->hub);
  g_object_unref (work->message);
  g_free (work);
}

static DexFuture *
handle_fiber (gpointer data)
{
  Work               *work = data;
  LiaHttpCall        *call = lia_http_call_of (work->message);
  const LiaChatRoute *route = g_object_get_data (G_OBJECT (work->message), ROUTE_KEY);
  g_autoptr (GError) error = NULL;

  if (!route->handler (work->hub, call, g_object_get_data (G_OBJECT (work->message), HOST_KEY), foreign_origin_of (work->message), &error))
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
  LiaChatServer      *self = user_data;
  LiaHttpCall        *call = lia_http_call_of (message);
  const LiaChatRoute *route = g_object_get_data (G_OBJECT (message), ROUTE_KEY);
  Work               *work;

  if (call == NULL || call->refused || route == NULL || route->handler == NULL)
    return;

  work = g_new0 (Work, 1);
  work->hub = g_object_ref (self->hub);
  work->message = g_object_ref (message);
  soup_server_message_pause (message);
  dex_future_disown (lia_spawn (handle_fiber, work, (GDestroyNotify)work_free));
}

/* Before the handshake. Which site it is follows from the token, which comes behind it; until then any site's page is good. */
static void
on_socket_request (SoupServer        *server,
                   SoupServerMessage *message,
                   const char        *path,
                   GHashTable        *query,
                   gpointer           user_data)
{
  LiaChatServer *self = user_data;
  LiaHttpCall   *call = lia_http_call_of (message);
  const char    *host = g_object_get_data (G_OBJECT (message), HOST_KEY);
  g_autoptr (GError) error = NULL;

  if (call == NULL || call->refused || g_object_get_data (G_OBJECT (message), ROUTE_KEY) == NULL)
    return;
  if (lia_socket_upgrade_check (message, NULL, NULL) != 0)
    g_set_error_literal (&error, LIA_PROBLEM, LIA_PROBLEM_VALIDATION, "This call is a WebSocket.");
  else if (origin_of (message) == NULL)
    g_set_error_literal (&error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "Only pages may open one.");
  else if (!lia_chat_hub_has_room_at_door (self->hub, host))
    g_set_error_literal (&error, LIA_PROBLEM, LIA_PROBLEM_RATE_LIMITED, "Too many of yours have not said who they are.");

  if (error != NULL)
    lia_http_answer_problem (call, error);
}

static void
on_websocket (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *connection,
              gpointer                 user_data)
{
  LiaChatServer *self = user_data;
  g_autoptr (GError) error = NULL;
  int fd = lia_socket_upgrade_take (message, &error);

  if (fd < 0 || !lia_chat_client_add (self->hub, fd, g_object_get_data (G_OBJECT (message), HOST_KEY), foreign_origin_of (message), &error))
    g_message ("chat: %s", error->message);
}

static void
lia_chat_server_dispose (GObject *object)
{
  LiaChatServer *self = LIA_CHAT_SERVER (object);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->proxy, g_free);

  G_OBJECT_CLASS (lia_chat_server_parent_class)->dispose (object);
}

static void
lia_chat_server_class_init (LiaChatServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_chat_server_dispose;
}

static void
lia_chat_server_init (LiaChatServer *self)
{
  self->server = soup_server_new ("server-header", "", "raw-paths", TRUE, NULL);
  soup_server_remove_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_early_handler (self->server, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  /* A path has one handler of each kind: the socket's needs its own early one. */
  soup_server_add_early_handler (self->server, LIA_CHAT_SOCKET_PATH, on_headers, self, NULL);
  soup_server_add_handler (self->server, LIA_CHAT_SOCKET_PATH, on_socket_request, self, NULL);
  soup_server_add_websocket_handler (self->server, LIA_CHAT_SOCKET_PATH, NULL, NULL, on_websocket, self, NULL);
}

/** lia_chat_server_new: @hub: (transfer none): not kept alive by it; @proxy: (nullable): see lia_chat_hub_listen() */
LiaChatServer *
lia_chat_server_new (LiaChatHub *hub,
                     const char *proxy)
{
  LiaChatServer *self = g_object_new (LIA_TYPE_CHAT_SERVER, NULL);

  self->hub = hub;
  self->proxy = g_strdup (proxy);

  return self;
}

/** lia_chat_server_listen: serves what connects to a socket that listens already. */
gboolean
lia_chat_server_listen (LiaChatServer *self,
                        GSocket       *socket,
                        GError       **error)
{
  return soup_server_listen_socket (self->server, socket, 0, error);
}

/** lia_chat_server_stop: takes no more connections. */
void
lia_chat_server_stop (LiaChatServer *self)
{
  GSList *listeners = soup_server_get_listeners (self->server);

  for (GSList *l = listeners; l != NULL; l = l->next)
    g_socket_close (l->data, NULL);
  g_slist_free (listeners);
}
