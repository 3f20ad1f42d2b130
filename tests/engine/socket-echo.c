/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A server of nothing but WebSockets, for other programs' clients: it says "listening PORT" and goes when its standard input ends. What comes is an object;
 * its member "t" says what to do:
 *
 *   echo   {t, id, ts, body} comes back with a number: {t, seq, id, ts, body}
 *   usage  {t, cpu_us, rss_kb, sockets}: what it has used so far
 *   close  it closes with the code "id"
 */

#include "lia-descriptors.h"
#include "lia-json.h"
#include "lia-socket-mux.h"
#include "lia-socket-upgrade.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define MAX_BUFFERED (64 * 1024 * 1024)

static const char *const origins[] = { "https://shop.example", NULL };
static const char       *protocols[] = { "echo", NULL };
static LiaSocketMux     *mux;
static gint64            seq;

static gint64
rss_kb (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  fields = g_strsplit (text, " ", 3);

  return g_ascii_strtoll (fields[1], NULL, 10) * (sysconf (_SC_PAGESIZE) / 1024);
}

static void
answer_usage (JsonObject *answer)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  json_object_set_int_member (answer, "cpu_us",
                              (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  json_object_set_int_member (answer, "rss_kb", rss_kb ());
  json_object_set_int_member (answer, "sockets", lia_socket_mux_get_n_sockets (mux));
}

static void
answer_echo (JsonObject *answer,
             gint64      id,
             gint64      ts,
             const char *body)
{
  json_object_set_int_member (answer, "seq", ++seq);
  json_object_set_int_member (answer, "id", id);
  json_object_set_int_member (answer, "ts", ts);
  json_object_set_string_member (answer, "body", body);
}

static gboolean
answer_to (LiaSocket  *socket,
           JsonObject *object,
           GError    **error)
{
  g_autoptr (JsonObject) answer = json_object_new ();
  g_autoptr (GBytes) frame = NULL;
  g_autofree char *text = NULL;
  const char      *t;
  const char      *body;
  gint64           id;
  gint64           ts;

  if (!lia_json_str (object, "t", LIA_JSON_REQUIRED, 16, &t, error) || !lia_json_int (object, "id", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &id, error) ||
      !lia_json_int (object, "ts", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &ts, error) ||
      !lia_json_str (object, "body", LIA_JSON_OPTIONAL, LIA_WS_MAX_MESSAGE_BYTES, &body, error))
    return FALSE;

  if (g_str_equal (t, "close"))
    {
      lia_socket_close (socket, (guint)id, body);
      return TRUE;
    }
  json_object_set_string_member (answer, "t", t);
  if (g_str_equal (t, "usage"))
    answer_usage (answer);
  else
    answer_echo (answer, id, ts, body);
  text = lia_json_to_text (answer);
  frame = lia_ws_frame_new (LIA_WS_TEXT, text, strlen (text));
  lia_socket_send (socket, frame);

  return TRUE;
}

static void
on_message (LiaSocket          *socket,
            const LiaWsMessage *message,
            gpointer            data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (message->opcode != LIA_WS_TEXT)
    {
      lia_socket_close (socket, LIA_WS_CODE_UNSUPPORTED, "text, please");
      return;
    }
  object = lia_json_parse (message->data, (gssize)message->length, LIA_WS_MAX_MESSAGE_BYTES, &error);
  if (object == NULL || !answer_to (socket, object, &error))
    lia_socket_close (socket, 4400, error->message);
}

static void
on_closed (LiaSocket  *socket,
           guint       code,
           const char *reason,
           gpointer    data)
{
}

/* Visitors may not send as much: a few of them stand for many. */
static const LiaSocketKind kind = { 60000, 64 * 1024, 100000, 1, on_message, NULL, on_closed };

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  const guint status = lia_socket_upgrade_check (message, origins, (const char *const *)protocols);

  if (status != 0)
    soup_server_message_set_status (message, status, NULL);
}

static void
on_websocket (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *connection,
              gpointer                 data)
{
  g_autoptr (GError) error = NULL;
  const int  fd = lia_socket_upgrade_take (message, &error);
  LiaSocket *socket = fd >= 0 ? lia_socket_mux_add (mux, fd, &kind, NULL, &error) : NULL;

  if (socket == NULL)
    g_printerr ("%s\n", error->message);
  else
    lia_socket_welcome (socket);
}

static DexFuture *
on_stopped (DexFuture *future,
            gpointer   loop)
{
  g_main_loop_quit (loop);
  return NULL;
}

static gboolean
on_input_end (int          fd,
              GIOCondition condition,
              gpointer     loop)
{
  char byte;

  if (read (fd, &byte, 1) > 0)
    return G_SOURCE_CONTINUE;

  dex_future_disown (dex_future_finally (lia_socket_mux_stop (mux), on_stopped, loop, NULL));
  return G_SOURCE_REMOVE;
}

static gboolean
listen_on_loopback (SoupServer *server,
                    GError    **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return FALSE;
  g_socket_set_listen_backlog (socket, 512);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error) || !soup_server_listen_socket (server, socket, 0, error))
    return FALSE;

  bound = g_socket_get_local_address (socket, error);
  g_print ("listening %u\n", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  fflush (stdout);
  return TRUE;
}

/* socket-echo [MOST]: so many sockets may be held. */
int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupServer) server = soup_server_new ("server-header", "", NULL);

  dex_init ();
  lia_descriptors_raise ();
  mux = lia_socket_mux_new (argc > 1 ? (guint)atoi (argv[1]) : 12000, MAX_BUFFERED, &error);
  soup_server_remove_websocket_extension (server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_handler (server, "/socket", on_request, NULL, NULL);
  soup_server_add_websocket_handler (server, "/socket", NULL, (char **)protocols, on_websocket, NULL, NULL);
  if (mux == NULL || !listen_on_loopback (server, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_input_end, loop);
  g_main_loop_run (loop);
  soup_server_disconnect (server);
  g_clear_object (&mux);

  return EXIT_SUCCESS;
}
