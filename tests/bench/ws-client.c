/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ws-client.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define HANDSHAKE "GET %s HTTP/1.1\r\nHost: localhost\r\nOrigin: https://shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" \
                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n"

void
ws_die (const char *what)
{
  fprintf (stderr, "%s: %s: %s\n", g_get_prgname (), what, g_strerror (errno));
  exit (EXIT_FAILURE);
}

/* Frames -------------------------------------------------------------------------------------------------------------------------------- */

/** ws_frame_new: a frame of a client, for lengths up to 64 KiB. */
GByteArray *
ws_frame_new (guint8      first,
              const char *payload,
              gsize       length)
{
  static const guint8 mask[] = { 0x37, 0xfa, 0x21, 0x3d };
  const guint8        header[] = { first, 0x80 | 126, (guint8)(length >> 8), (guint8)length };
  const guint8        short_header[] = { first, (guint8)(0x80 | length) };
  GByteArray         *frame = g_byte_array_sized_new ((guint)length + 8);

  if (length < 126)
    g_byte_array_append (frame, short_header, sizeof short_header);
  else
    g_byte_array_append (frame, header, sizeof header);
  g_byte_array_append (frame, mask, sizeof mask);
  g_byte_array_append (frame, (const guint8 *)payload, (guint)length);
  for (gsize i = 0; i < length; i++)
    frame->data[frame->len - length + i] ^= mask[i % sizeof mask];

  return frame;
}

/** ws_frame_size: of a server's frame, of less than 64 KiB. 0: it is not complete. */
gsize
ws_frame_size (const GByteArray *in,
               gsize            *header)
{
  gsize length = in->len >= 2 ? in->data[1] : 0;

  *header = length == 126 ? 4 : 2;
  if (in->len < *header)
    return 0;
  if (length == 126)
    length = (gsize)in->data[2] << 8 | in->data[3];

  return in->len >= *header + length ? *header + length : 0;
}

/** ws_send_all: FALSE when the other end takes no more. */
gboolean
ws_send_all (int         fd,
             GByteArray *frame)
{
  return send (fd, frame->data, frame->len, MSG_NOSIGNAL | MSG_DONTWAIT) == (gssize)frame->len;
}

/* Connections --------------------------------------------------------------------------------------------------------------------------- */

/** ws_connect: @headers: more of them, each with its line's end. The answer is still to come. */
int
ws_connect (const struct sockaddr_in *address,
            const char               *path,
            const char               *headers)
{
  const int        yes = 1;
  const int        fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_autofree char *request = g_strdup_printf (HANDSHAKE, path, headers);

  if (fd < 0 || connect (fd, (const struct sockaddr *)address, sizeof *address) < 0)
    ws_die ("connect");
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (send (fd, request, strlen (request), MSG_NOSIGNAL) < 0)
    ws_die ("handshake");

  return fd;
}

gboolean
ws_ends_handshake (const GByteArray *in)
{
  return in->len > 4 && memcmp (in->data + in->len - 4, "\r\n\r\n", 4) == 0;
}

/** ws_watch: @client: has its `fd`, and is what the events point to. */
void
ws_watch (int       epoll_fd,
          WsClient *client)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };

  client->in = g_byte_array_new ();
  if (epoll_ctl (epoll_fd, EPOLL_CTL_ADD, client->fd, &event) < 0)
    ws_die ("epoll");
}

/** ws_hear: takes what has come into `in`. FALSE: the connection is over. */
gboolean
ws_hear (WsClient *client)
{
  guint8       bytes[16384];
  const gssize n = recv (client->fd, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n > 0)
    g_byte_array_append (client->in, bytes, (guint)n);

  return n > 0 || (n < 0 && errno == EAGAIN);
}

/** ws_wait: to the microsecond: a message that leaves late would count as the server's being slow. */
int
ws_wait (int                 epoll_fd,
         struct epoll_event *events,
         int                 n_events,
         gint64              until_us)
{
  const gint64          left_us = MAX (until_us - g_get_monotonic_time (), 0);
  const struct timespec left = { left_us / G_USEC_PER_SEC, left_us % G_USEC_PER_SEC * 1000 };

  return epoll_pwait2 (epoll_fd, events, n_events, &left, NULL);
}

/* Figures ------------------------------------------------------------------------------------------------------------------------------- */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const gint64 one = *(const gint64 *)a;
  const gint64 two = *(const gint64 *)b;

  return (one > two) - (one < two);
}

/** ws_percentile_ms: @latencies: of gint64, microseconds; comes out in order */
double
ws_percentile_ms (GArray *latencies,
                  double  part)
{
  g_array_sort (latencies, compare);

  return latencies->len > 0 ? (double)g_array_index (latencies, gint64, (guint)((latencies->len - 1) * part)) / 1000 : 0;
}
