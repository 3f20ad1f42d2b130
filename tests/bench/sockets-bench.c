/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What holding many WebSockets takes of a server that does what socket-echo does: `sockets-bench PORT CONNECTIONS RATE SECONDS`. It prints a name and a
 * figure a line. Messages leave at their times whether or not the ones before are answered, and a latency begins when its message should have left.
 */

#include "lia-descriptors.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
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

#define HANDSHAKE "GET /socket HTTP/1.1\r\nHost: localhost\r\nOrigin: https://shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" \
                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: echo\r\n\r\n"

typedef struct
{
  int         fd;
  gboolean    is_open;
  GByteArray *in;
} Client;

typedef struct
{
  struct sockaddr_in address;
  int                epoll_fd;
  int                control;
  Client            *clients;
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

static G_NORETURN void
die (const char *what)
{
  fprintf (stderr, "sockets-bench: %s: %s\n", what, g_strerror (errno));
  exit (EXIT_FAILURE);
}

/* Frames -------------------------------------------------------------------------------------------------------------------------------- */

/* A frame of a client, for lengths up to 64 KiB. */
static GByteArray *
frame_new (guint8      first,
           const char *payload,
           gsize       length)
{
  static const guint8 mask[] = { 0x37, 0xfa, 0x21, 0x3d };
  const guint8        header[] = { first, 0x80 | 126, (guint8)(length >> 8), (guint8)length };
  const guint8        short_header[] = { first, (guint8)(0x80 | length) };
  GByteArray         *frame = g_byte_array_sized_new (length + 8);

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

static GByteArray *
echo_new (guint64 id,
          gint64  ts_us,
          gsize   body_bytes)
{
  g_autofree char *body = g_strnfill (body_bytes, 'x');
  g_autofree char *text = g_strdup_printf ("{\"t\":\"echo\",\"id\":%" G_GUINT64_FORMAT ",\"ts\":%" G_GINT64_FORMAT ",\"body\":\"%s\"}", id, ts_us, body);

  return frame_new (0x81, text, strlen (text));
}

/* A server's frame, of less than 64 KiB. 0: it is not complete. */
static gsize
frame_size (const GByteArray *in,
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
  const int yes = 1;
  const int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0 || connect (fd, (struct sockaddr *)&self->address, sizeof self->address) < 0)
    die ("connect");
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (send (fd, HANDSHAKE, strlen (HANDSHAKE), MSG_NOSIGNAL) < 0)
    die ("handshake");

  return fd;
}

static gboolean
ends_handshake (const GByteArray *in)
{
  return in->len > 4 && memcmp (in->data + in->len - 4, "\r\n\r\n", 4) == 0;
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
  while (!ends_handshake (in))
    {
      if (recv (fd, &byte, 1, 0) != 1)
        die ("handshake");
      g_byte_array_append (in, &byte, 1);
    }

  return fd;
}

static void
begin_client (Bench *self,
              guint  index)
{
  Client            *client = &self->clients[index];
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };

  client->fd = connect_to (self);
  client->in = g_byte_array_new ();
  if (epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, client->fd, &event) < 0)
    die ("epoll");
}

static void
hear_frames (Bench  *self,
             Client *client,
             gint64  now_us)
{
  gsize header;
  gsize size;

  while ((size = frame_size (client->in, &header)) > 0)
    {
      const gint64 ts_us = member ((char *)client->in->data + header, size - header, "\"ts\":");

      if ((client->in->data[0] & 0xf) == 8)
        die ("closed by the server");
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
hear (Bench  *self,
      Client *client)
{
  guint8       bytes[16384];
  const gssize n = recv (client->fd, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n <= 0)
    die ("a connection ended");
  g_byte_array_append (client->in, bytes, (guint)n);
  if (client->is_open)
    hear_frames (self, client, g_get_monotonic_time ());
  else if (ends_handshake (client->in))
    {
      if (strncmp ((char *)client->in->data, "HTTP/1.1 101", 12) != 0)
        die ("refused");
      client->is_open = TRUE;
      self->n_open++;
      g_byte_array_set_size (client->in, 0);
    }
}

static void
wait_for_clients (Bench *self,
                  int    timeout_ms)
{
  struct epoll_event events[EVENTS];
  const int          n = epoll_wait (self->epoll_fd, events, EVENTS, timeout_ms);

  for (int i = 0; i < n; i++)
    hear (self, events[i].data.ptr);
}

/* What is measured ---------------------------------------------------------------------------------------------------------------------- */

static Usage
ask_usage (Bench *self)
{
  static const char question[] = "{\"t\":\"usage\"}";
  g_autoptr (GByteArray) frame = frame_new (0x81, question, strlen (question));
  g_autoptr (GByteArray) in = g_byte_array_new ();
  gsize  header;
  gsize  size;
  guint8 bytes[1024];

  send (self->control, frame->data, frame->len, MSG_NOSIGNAL);
  while ((size = frame_size (in, &header)) == 0 || (in->data[0] & 0xf) != 1)
    {
      const gssize n = recv (self->control, bytes, sizeof bytes, 0);

      if (n <= 0)
        die ("the server does not say what it uses");
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
      wait_for_clients (self, 1000);
    }
  printf ("accept_s %.2f\n", (double)(g_get_monotonic_time () - start_us) / G_USEC_PER_SEC);

  g_usleep (G_USEC_PER_SEC);
  after = ask_usage (self);
  printf ("connection_kb %.2f\n", (double)(after.rss_kb - before.rss_kb) / self->n_clients);
  printf ("rss_mb %.1f\n", (double)after.rss_kb / 1024);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const gint64 one = *(const gint64 *)a;
  const gint64 two = *(const gint64 *)b;

  return (one > two) - (one < two);
}

static double
percentile_ms (GArray *latencies,
               double  part)
{
  return latencies->len > 0 ? (double)g_array_index (latencies, gint64, (guint)((latencies->len - 1) * part)) / 1000 : 0;
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
      Client *client = &self->clients[*sent * 7919 % self->n_clients];

      if (send (client->fd, frame->data, frame->len, MSG_NOSIGNAL | MSG_DONTWAIT) != (gssize)frame->len)
        die ("the server does not read");
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
      wait_for_clients (self, (int)MAX ((due_us - g_get_monotonic_time ()) / 1000, 0));
    }
  after = ask_usage (self);
  while (self->received < sent && g_get_monotonic_time () < end_us + PATIENCE_S * G_USEC_PER_SEC)
    wait_for_clients (self, 100);
  self->latencies = NULL;
  g_array_sort (latencies, compare);
  printf ("messages_s %.0f\n", (double)latencies->len / seconds);
  printf ("cpu_percent %.1f\n", (double)(after.cpu_us - before.cpu_us) / (seconds * 10000.0));
  printf ("p50_ms %.2f\n", percentile_ms (latencies, 0.5));
  printf ("p99_ms %.2f\n", percentile_ms (latencies, 0.99));
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
    die (name);
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
  self.clients = g_new0 (Client, self.n_clients);
  self.epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  self.control = connect_waiting (&self);

  connect_all (&self);
  talk (&self, (guint)atoi (argv[3]), (guint)atoi (argv[4]));

  g_autoptr (GByteArray) echo = echo_new (0, 0, SLOW_BODY_BYTES);
  g_autofree char *zeros = g_strnfill (FRAGMENT_BYTES, '0');
  g_autoptr (GByteArray) first = frame_new (0x01, "", 0);
  g_autoptr (GByteArray) fragment = frame_new (0x00, zeros, FRAGMENT_BYTES);
  flood (&self, "slow", echo, echo, SLOW_BYTES);
  flood (&self, "fragments", first, fragment, FRAGMENTED_BYTES);

  return EXIT_SUCCESS;
}
