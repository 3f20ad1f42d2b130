/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's side of a WebSocket, as small as it gets, for benches that hold thousands of them in one thread: blocking to connect, then with epoll. */

#pragma once

#include <glib.h>
#include <netinet/in.h>
#include <sys/epoll.h>

/* A text frame, and the answer to a ping. */
#define WS_TEXT 0x81
#define WS_PONG 0x8a

typedef struct
{
  int         fd;
  gboolean    is_open;
  GByteArray *in;
} WsClient;

G_NORETURN void ws_die (const char *what);

GByteArray *ws_frame_new (guint8      first,
                          const char *payload,
                          gsize       length);
gsize       ws_frame_size (const GByteArray *in,
                           gsize            *header);
gboolean    ws_send_all (int         fd,
                         GByteArray *frame);

int      ws_connect (const struct sockaddr_in *address,
                     const char               *path,
                     const char               *headers);
gboolean ws_ends_handshake (const GByteArray *in);
void     ws_watch (int       epoll_fd,
                   WsClient *client);
gboolean ws_hear (WsClient *client);
int      ws_wait (int                 epoll_fd,
                  struct epoll_event *events,
                  int                 n_events,
                  gint64              until_us);

double ws_percentile_ms (GArray *latencies,
                         double  part);
