/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What holding many WebSockets takes of a server that does what socket-echo does: `sockets-bench PORT CONNECTIONS RATE SECONDS`. It prints a name and a
 * figure a line. Messages leave at their times whether or not the ones before are answered, and a latency begins when its message should have left.
 */

#include "lia-descriptors.h"
#include "ws-client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define AT_ONCE 64 /* handshakes under way */
#define EVENTS 512
#define BODY_BYTES 120
#define WARM_UP_US G_USEC_PER_SEC
#define SLOW_BYTES (32 * 1024 * 1024)
#define SLOW_BODY_BYTES 8000
#define FRAGMENT_BYTES (32 * 1024)
#define FRAGMENTED_BYTES (200 * 1024 * 1024)
#define PATIENCE_S 20

#define SUBPROTOCOL "Sec-WebSocket-Protocol: echo\r\n"

typedef struct
{
  struct sockaddr_in address;
  int                epoll_fd;
  int                control;
  WsClient          *clients;
  guint              n_clients;
  guint              n_open;
  guint64            received;
  GArray            *latencies; /* of gint64, microseconds; NULL: not measured now */
} Bench;

typedef struct
{
  gint64 cpu_us;
  gint64 rss_kb;
} Usage;

static GByteArray *
echo_new (guint64 id,
          gint64  ts_us,
          gsize   body_bytes)
{
  g_autofree char *body = g_strnfill (body_bytes, 'x');
  g_autofree char *text = g_strdup_printf ("{\"t\":\"echo\",\"id\":%" G_GUINT64_FORMAT ",\"ts\":%" G_GINT64_FORMAT ",\"body\":\"%s\"}", id, ts_us, body);

  return ws_frame_new (WS_TEXT, text, strlen (text));
}

static gint64
member (const char *text,
        gsize       length,
        const char *name)
{
  const char *at = memmem (text, length, name, strlen (name));

  return at != NULL ? g_ascii_strtoll (at + strlen (name), NULL, 10) : 0;
}

/* Connections --------------------------------------------------------------------------------------------------------------------------- */

static int
connect_to (Bench *self)
{
  return ws_connect (&self->address, "/socket", SUBPROTOCOL);
}

/* One that waits for what it reads. */
static int
connect_waiting (Bench *self)
{
  const struct timeval patience = { PATIENCE_S, 0 };
  const int            fd = connect_to (self);
  g_autoptr (GByteArray) in = g_byte_array_new ();
  guint8 byte;

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  while (!ws_ends_handshake (in))
    {
      if (recv (fd, &byte, 1, 0) != 1)
        ws_die ("handshake");
      g_byte_array_append (in, &byte, 1);
    }

  return fd;
}

static void
begin_client (Bench *self,
              guint  index)
{
  WsClient *client = &self->clients[index];

  client->fd = connect_to (self);
  ws_watch (self->epoll_fd, client);
}

static void
hear_frames (Bench    *self,
             WsClient *client,
             gint64    now_us)
{
  gsize header;
  gsize size;

  while ((size = ws_frame_size (client->in, &header)) > 0)
    {
      const gint64 ts_us = member ((char *)client->in->data + header, size - header, "\"ts\":");

      if ((client->in->data[0] & 0xf) == 8)
        ws_die ("closed by the server");
      if (ts_us > 0)
        {
          const gint64 latency_us = now_us - ts_us;

          self->received++;
          if (self->latencies != NULL)
            g_array_append_val (self->latencies, latency_us);
        }
      g_byte_array_remove_range (client->in, 0, (guint)size);
    }
}

static void
hear (Bench    *self,
      WsClient *client)
{
  if (!ws_hear (client))
    ws_die ("a connection ended");
  if (client->is_open)
    hear_frames (self, client, g_get_monotonic_time ());
  else if (ws_ends_handshake (client->in))
    {
      if (strncmp ((char *)client->in->data, "HTTP/1.1 101", 12) != 0)
        ws_die ("refused");
      client->is_open = TRUE;
      self->n_open++;
      g_byte_array_set_size (client->in, 0);
    }
}

static void
wait_for_clients (Bench *self,
                  gint64 until_us)
{
  struct epoll_event events[EVENTS];
  const int          n = ws_wait (self->epoll_fd, events, EVENTS, until_us);

  for (int i = 0; i < n; i++)
    hear (self, events[i].data.ptr);
}

/* What is measured ---------------------------------------------------------------------------------------------------------------------- */

static Usage
ask_usage (Bench *self)
{
  static const char question[] = "{\"t\":\"usage\"}";
  g_autoptr (GByteArray) frame = ws_frame_new (WS_TEXT, question, strlen (question));
  g_autoptr (GByteArray) in = g_byte_array_new ();
  gsize  header;
  gsize  size;
  guint8 bytes[1024];

  send (self->control, frame->data, frame->len, MSG_NOSIGNAL);
  while ((size = ws_frame_size (in, &header)) == 0 || (in->data[0] & 0xf) != 1)
    {
      const gssize n = recv (self->control, bytes, sizeof bytes, 0);

      if (n <= 0)
        ws_die ("the server does not say what it uses");
      if (size > 0) /* a ping, which it forgives us */
        g_byte_array_remove_range (in, 0, (guint)size);
      g_byte_array_append (in, bytes, (guint)n);
    }

  return (Usage){ member ((char *)in->data + header, size - header, "\"cpu_us\":"), member ((char *)in->data + header, size - header, "\"rss_kb\":") };
}

static void
connect_all (Bench *self)
{
  const Usage  before = ask_usage (self);
  const gint64 start_us = g_get_monotonic_time ();
  Usage        after;

  for (guint begun = 0; self->n_open < self->n_clients;)
    {
      while (begun < self->n_clients && begun - self->n_open < AT_ONCE)
        begin_client (self, begun++);
      wait_for_clients (self, g_get_monotonic_time () + G_USEC_PER_SEC);
    }
  printf ("accept_s %.2f\n", (double)(g_get_monotonic_time () - start_us) / G_USEC_PER_SEC);

  g_usleep (G_USEC_PER_SEC);
  after = ask_usage (self);
  printf ("connection_kb %.2f\n", (double)(after.rss_kb - before.rss_kb) / self->n_clients);
  printf ("rss_mb %.1f\n", (double)after.rss_kb / 1024);
}

/* Sends what is due; returns when more is. */
static gint64
send_due (Bench   *self,
          gint64   start_us,
          guint    rate,
          guint64 *sent)
{
  const gint64 now_us = g_get_monotonic_time ();
  gint64       due_us;

  while ((due_us = start_us + (gint64)(*sent * G_USEC_PER_SEC / rate)) <= now_us)
    {
      g_autoptr (GByteArray) frame = echo_new (*sent, due_us, BODY_BYTES);
      WsClient *client = &self->clients[*sent * 7919 % self->n_clients];

      if (!ws_send_all (client->fd, frame))
        ws_die ("the server does not read");
      *sent += 1;
    }

  return due_us;
}

static void
talk (Bench *self,
      guint  rate,
      guint  seconds)
{
  const gint64 start_us = g_get_monotonic_time ();
  const gint64 end_us = start_us + WARM_UP_US + seconds * G_USEC_PER_SEC;
  g_autoptr (GArray) latencies = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint64 sent = 0;
  Usage   before = { 0 };
  Usage   after;

  while (g_get_monotonic_time () < end_us)
    {
      const gint64 due_us = send_due (self, start_us, rate, &sent);

      if (self->latencies == NULL && g_get_monotonic_time () >= start_us + WARM_UP_US)
        {
          before = ask_usage (self);
          self->latencies = latencies;
        }
      wait_for_clients (self, due_us);
    }
  after = ask_usage (self);
  while (self->received < sent && g_get_monotonic_time () < end_us + PATIENCE_S * G_USEC_PER_SEC)
    wait_for_clients (self, g_get_monotonic_time () + G_USEC_PER_SEC / 10);
  self->latencies = NULL;
  printf ("messages_s %.0f\n", (double)latencies->len / seconds);
  printf ("cpu_percent %.1f\n", (double)(after.cpu_us - before.cpu_us) / (seconds * 10000.0));
  printf ("p50_ms %.2f\n", ws_percentile_ms (latencies, 0.5));
  printf ("p99_ms %.2f\n", ws_percentile_ms (latencies, 0.99));
  printf ("lost %" G_GUINT64_FORMAT "\n", sent - self->received);
}

/* Sends the same again and again and reads nothing. What that makes the server keep, and whether it put an end to it. */
static void
flood (Bench      *self,
       const char *name,
       GByteArray *begin,
       GByteArray *frame,
       gsize       most)
{
  const int   fd = connect_waiting (self);
  const Usage before = ask_usage (self);
  gsize       sent = 0;
  Usage       after;

  if (send (fd, begin->data, begin->len, MSG_NOSIGNAL) < 0)
    ws_die (name);
  while (sent < most && send (fd, frame->data, frame->len, MSG_NOSIGNAL) == (gssize)frame->len)
    sent += frame->len;
  g_usleep (G_USEC_PER_SEC);
  after = ask_usage (self);
  printf ("%s_ended %d\n", name, sent < most);
  printf ("%s_mb %.1f\n", name, (double)(after.rss_kb - before.rss_kb) / 1024);
  shutdown (fd, SHUT_RDWR);
}

int
main (int    argc,
      char **argv)
{
  Bench self = { .address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) } };

  if (argc != 5)
    {
      fprintf (stderr, "usage: sockets-bench PORT CONNECTIONS RATE SECONDS\n");
      return EXIT_FAILURE;
    }
  lia_descriptors_raise ();
  self.address.sin_port = htons ((guint16)atoi (argv[1]));
  self.n_clients = (guint)atoi (argv[2]);
  self.clients = g_new0 (WsClient, self.n_clients);
  self.epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  self.control = connect_waiting (&self);

  connect_all (&self);
  talk (&self, (guint)atoi (argv[3]), (guint)atoi (argv[4]));

  g_autoptr (GByteArray) echo = echo_new (0, 0, SLOW_BODY_BYTES);
  g_autofree char *zeros = g_strnfill (FRAGMENT_BYTES, '0');
  g_autoptr (GByteArray) first = ws_frame_new (0x01, "", 0);
  g_autoptr (GByteArray) fragment = ws_frame_new (0x00, zeros, FRAGMENT_BYTES);
  flood (&self, "slow", echo, echo, SLOW_BYTES);
  flood (&self, "fragments", first, fragment, FRAGMENTED_BYTES);

  return EXIT_SUCCESS;
}
