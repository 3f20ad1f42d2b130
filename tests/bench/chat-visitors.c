/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Visitors of a chat who hold their sockets and write: `chat-visitors PORT N`, with a token a line on its input, in the order of the visitors; it says "here"
 * when all are. Each order after that is a line "RATE SECONDS TEXT", answered by one of figures (report() says which).
 *
 * Messages leave at their times, evenly, whether or not the ones before were kept. A latency begins when its message should have left and ends right after
 * the read that brought its ack: what holds us up counts as the engine's doing, so it is said beside it (`late`), as is the time from the write on.
 */

#include "lia-descriptors.h"
#include "ws-client.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AT_ONCE 32 /* who are about to arrive */
#define EVENTS 512
#define STRIDE 7919 /* neighbours do not write one after the other */
#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define LINE 4096
#define CID "\"cid\":\""

typedef struct
{
  gint64 due_us;
  gint64 written_us; /* when it left */
} Message;

typedef struct
{
  struct sockaddr_in address;
  int                epoll_fd;
  WsClient          *clients;
  char             **tokens;
  guint              n_clients;
  guint              n_here;
  GArray            *messages;  /* of Message: of this order */
  guint              n_settled; /* of those, kept or refused */
  guint              n_refused;
  guint              n_orders;
  GArray            *kept; /* since it was due, microseconds */
  GArray            *served;
  GArray            *late;
} Bench;

/* What comes ----------------------------------------------------------------------------------------------------------------------------- */

static gboolean
says (const char *text,
      gsize       length,
      const char *what)
{
  return memmem (text, length, what, strlen (what)) != NULL;
}

/* Its name is the order's number and the message's. */
static void
settle (Bench      *self,
        const char *text,
        gsize       length,
        gboolean    is_kept,
        gint64      now_us)
{
  const char *cid = memmem (text, length, CID, strlen (CID));
  guint       order;
  guint       number;

  if (cid == NULL || sscanf (cid + strlen (CID), "%u-%u", &order, &number) != 2 || order != self->n_orders || number >= self->messages->len)
    return;

  const Message *message = &g_array_index (self->messages, Message, number);
  self->n_settled++;
  if (is_kept)
    {
      g_array_append_vals (self->kept, &(gint64){ now_us - message->due_us }, 1);
      g_array_append_vals (self->served, &(gint64){ now_us - message->written_us }, 1);
    }
  else
    self->n_refused++;
}

static void
hear_frame (Bench      *self,
            WsClient   *client,
            const char *text,
            gsize       length,
            gint64      now_us)
{
  if ((client->in->data[0] & 0xf) == 8)
    ws_die ("closed by the engine");
  if ((client->in->data[0] & 0xf) == 9)
    {
      g_autoptr (GByteArray) pong = ws_frame_new (WS_PONG, text, length);

      ws_send_all (client->fd, pong);
    }
  else if (says (text, MIN (length, 20), "\"t\":\"hello\""))
    self->n_here++;
  else if (says (text, MIN (length, 20), "\"t\":\"ack\""))
    settle (self, text, length, TRUE, now_us);
  else if (says (text, MIN (length, 20), "\"t\":\"err\""))
    settle (self, text, length, FALSE, now_us);
}

static void
hear (Bench    *self,
      WsClient *client)
{
  const gboolean goes_on = ws_hear (client);
  const gint64   now_us = g_get_monotonic_time ();
  gsize          header;
  gsize          size;

  if (!goes_on)
    ws_die ("a connection ended");
  if (!client->is_open && ws_ends_handshake (client->in))
    {
      g_autofree char *hello = g_strdup_printf ("{\"t\":\"hello\",\"token\":\"%s\",\"since\":0}", self->tokens[client - self->clients]);
      g_autoptr (GByteArray) frame = ws_frame_new (WS_TEXT, hello, strlen (hello));

      if (strncmp ((char *)client->in->data, "HTTP/1.1 101", 12) != 0 || !ws_send_all (client->fd, frame))
        ws_die ("refused");
      client->is_open = TRUE;
      g_byte_array_set_size (client->in, 0);
    }
  while (client->is_open && (size = ws_frame_size (client->in, &header)) > 0)
    {
      hear_frame (self, client, (char *)client->in->data + header, size - header, now_us);
      g_byte_array_remove_range (client->in, 0, (guint)size);
    }
}

/* FALSE: there is an order, too. */
static gboolean
wait_for_events (Bench *self,
                 gint64 until_us)
{
  struct epoll_event events[EVENTS];
  const int          n = ws_wait (self->epoll_fd, events, EVENTS, until_us);
  gboolean           is_ordered = FALSE;

  for (int i = 0; i < n; i++)
    if (events[i].data.ptr == NULL)
      is_ordered = TRUE;
    else
      hear (self, events[i].data.ptr);

  return !is_ordered;
}

/* What goes ------------------------------------------------------------------------------------------------------------------------------ */

static void
arrive (Bench *self)
{
  for (guint begun = 0; self->n_here < self->n_clients;)
    {
      while (begun < self->n_clients && begun - self->n_here < AT_ONCE)
        {
          g_autofree char *from = g_strdup_printf ("X-Forwarded-For: 10.%u.%u.%u\r\n", begun >> 16 & 255, begun >> 8 & 255, begun & 255);

          self->clients[begun].fd = ws_connect (&self->address, "/chat/v1/socket", from);
          ws_watch (self->epoll_fd, &self->clients[begun++]);
        }
      wait_for_events (self, g_get_monotonic_time () + G_USEC_PER_SEC);
    }
}

static void
say (Bench      *self,
     gint64      due_us,
     const char *words)
{
  const guint      number = self->messages->len;
  WsClient        *client = &self->clients[(guint64)number * STRIDE % self->n_clients];
  g_autofree char *text = g_strdup_printf ("{\"t\":\"send\"," CID "%u-%u\",\"body\":\"%s\"}", self->n_orders, number, words);
  g_autoptr (GByteArray) frame = ws_frame_new (WS_TEXT, text, strlen (text));
  const Message message = { due_us, g_get_monotonic_time () };

  g_array_append_val (self->messages, message);
  g_array_append_vals (self->late, &(gint64){ message.written_us - due_us }, 1);
  if (!ws_send_all (client->fd, frame))
    ws_die ("the engine does not read");
}

static void
report (Bench *self)
{
  printf ("{\"sent\": %u, \"refused\": %u, \"kept\": %u, \"p50\": %.3f, \"p95\": %.3f, \"p99\": %.3f, \"most\": %.3f, \"served_p99\": %.3f, \"late_p99\": %.3f}\n",
          self->messages->len, self->n_refused, self->kept->len, ws_percentile_ms (self->kept, 0.5), ws_percentile_ms (self->kept, 0.95),
          ws_percentile_ms (self->kept, 0.99), ws_percentile_ms (self->kept, 1), ws_percentile_ms (self->served, 0.99), ws_percentile_ms (self->late, 0.99));
  fflush (stdout);
}

static void
obey (Bench      *self,
      double      rate,
      double      seconds,
      const char *words)
{
  const guint  n = (guint)(rate * seconds);
  const gint64 start_us = g_get_monotonic_time ();
  gint64       end_us;

  self->n_orders++;
  self->n_settled = self->n_refused = 0;
  for (GArray **each = (GArray *[]){ self->messages, self->kept, self->served, self->late, NULL }; *each != NULL; each++)
    g_array_set_size (*each, 0);

  while (self->messages->len < n)
    {
      const gint64 due_us = start_us + (gint64)(self->messages->len / rate * G_USEC_PER_SEC);

      if (due_us <= g_get_monotonic_time ())
        say (self, due_us, words);
      else
        wait_for_events (self, due_us);
    }
  end_us = g_get_monotonic_time () + PATIENCE_US;
  while (self->n_settled < n && g_get_monotonic_time () < end_us)
    wait_for_events (self, g_get_monotonic_time () + G_USEC_PER_SEC / 10);
  report (self);
}

/* FALSE: there is nobody who says more. */
static gboolean
take_order (Bench *self)
{
  char   line[LINE];
  double rate;
  double seconds;
  int    at = 0;

  if (fgets (line, sizeof line, stdin) == NULL)
    return FALSE;
  line[strcspn (line, "\n")] = '\0';
  if (sscanf (line, "%lf %lf %n", &rate, &seconds, &at) < 2)
    ws_die ("an order");
  obey (self, rate, seconds, line + at);

  return TRUE;
}

static void
read_tokens (Bench *self)
{
  char line[LINE];

  setvbuf (stdin, NULL, _IONBF, 0);
  self->tokens = g_new0 (char *, self->n_clients);
  for (guint i = 0; i < self->n_clients; i++)
    {
      if (fgets (line, sizeof line, stdin) == NULL)
        ws_die ("tokens");
      self->tokens[i] = g_strdup (g_strchomp (line));
    }
}

int
main (int    argc,
      char **argv)
{
  Bench              self = { .address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) } };
  struct epoll_event orders = { .events = EPOLLIN };
  gboolean           goes_on = TRUE;

  if (argc != 3)
    {
      fprintf (stderr, "usage: chat-visitors PORT N\n");
      return EXIT_FAILURE;
    }
  g_set_prgname ("chat-visitors");
  lia_descriptors_raise ();
  self.address.sin_port = htons ((guint16)atoi (argv[1]));
  self.n_clients = (guint)atoi (argv[2]);
  self.clients = g_new0 (WsClient, self.n_clients);
  self.epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  self.messages = g_array_new (FALSE, FALSE, sizeof (Message));
  self.kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.served = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.late = g_array_new (FALSE, FALSE, sizeof (gint64));

  read_tokens (&self);
  arrive (&self);
  puts ("here");
  fflush (stdout);
  if (epoll_ctl (self.epoll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &orders) < 0)
    ws_die ("epoll");
  while (goes_on)
    goes_on = wait_for_events (&self, g_get_monotonic_time () + G_USEC_PER_SEC) || take_order (&self);

  return EXIT_SUCCESS;
}
