/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Those who flood a chat: `chat-flood PORT`, with a token a line on its input. Three of four write as much as the engine reads and read nothing but what lets
 * them begin; the fourth signs in with nonsense. Whoever is put out comes back after COME_BACK_US. It goes on until it is ended.
 */

#include "ws-client.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 256
#define FLOODERS 1000 /* at most */
#define COME_BACK_US (G_USEC_PER_SEC / 10)
#define BODY_BYTES 1000
#define FRAMES_A_TURN 8
#define LINE 4096

typedef struct
{
  WsClient    ws; /* fd = -1: put out */
  gint64      back_us;
  const char *token;
  gboolean    is_in;
  guint       number;
} Flooder;

typedef struct
{
  struct sockaddr_in address;
  int                epoll_fd;
  Flooder            flooders[FLOODERS];
  guint              n_flooders;
  GByteArray        *shout; /* the same again and again: what is doubled is found out in the store */
} Flood;

static void
come (Flood   *self,
      Flooder *flooder)
{
  g_autofree char *from = g_strdup_printf ("X-Forwarded-For: 11.0.%u.%u\r\n", flooder->number >> 8 & 255, flooder->number & 255);

  flooder->ws = (WsClient){ .fd = ws_connect (&self->address, "/chat/v1/socket", from) };
  flooder->is_in = FALSE;
  ws_watch (self->epoll_fd, &flooder->ws);
}

static void
be_put_out (Flooder *flooder)
{
  close (flooder->ws.fd);
  g_clear_pointer (&flooder->ws.in, g_byte_array_unref);
  flooder->ws.fd = -1;
  flooder->back_us = g_get_monotonic_time () + COME_BACK_US;
}

/* FALSE: it was put out. */
static gboolean
greet (Flood   *self,
       Flooder *flooder)
{
  g_autofree char *hello = g_strdup_printf ("{\"t\":\"hello\",\"token\":\"%s\",\"since\":0}", flooder->number % 4 > 0 ? flooder->token : "nonsense");
  g_autoptr (GByteArray) frame = ws_frame_new (WS_TEXT, hello, strlen (hello));

  flooder->ws.is_open = TRUE;
  g_byte_array_set_size (flooder->ws.in, 0);

  return ws_send_all (flooder->ws.fd, frame);
}

static gboolean
shout (Flood   *self,
       Flooder *flooder)
{
  for (guint i = 0; i < FRAMES_A_TURN; i++)
    {
      const gssize n = send (flooder->ws.fd, self->shout->data, self->shout->len, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n == (gssize)self->shout->len)
        continue;
      /* Half a frame cannot be gone on with: whoever is read no more comes anew. */
      return FALSE;
    }

  return TRUE;
}

static void
turn (Flood   *self,
      Flooder *flooder,
      guint32  events)
{
  struct epoll_event both = { .events = EPOLLIN | EPOLLOUT, .data.ptr = flooder };
  gboolean           goes_on = !(events & EPOLLIN) || ws_hear (&flooder->ws);

  if (goes_on && !flooder->ws.is_open && ws_ends_handshake (flooder->ws.in))
    goes_on = greet (self, flooder);
  else if (goes_on && flooder->ws.is_open && !flooder->is_in && memmem (flooder->ws.in->data, flooder->ws.in->len, "\"t\":\"hello\"", 11) != NULL)
    {
      flooder->is_in = TRUE;
      goes_on = epoll_ctl (self->epoll_fd, EPOLL_CTL_MOD, flooder->ws.fd, &both) == 0;
    }
  if (goes_on && flooder->is_in)
    g_byte_array_set_size (flooder->ws.in, 0);
  if (goes_on && flooder->is_in && events & EPOLLOUT)
    goes_on = shout (self, flooder);
  if (!goes_on)
    be_put_out (flooder);
}

static void
flood (Flood *self)
{
  struct epoll_event events[EVENTS];

  for (;;)
    {
      const int n = ws_wait (self->epoll_fd, events, EVENTS, g_get_monotonic_time () + COME_BACK_US / 10);

      for (int i = 0; i < n; i++)
        turn (self, events[i].data.ptr, events[i].events);
      for (guint i = 0; i < self->n_flooders; i++)
        if (self->flooders[i].ws.fd < 0 && self->flooders[i].back_us <= g_get_monotonic_time ())
          come (self, &self->flooders[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  static Flood     self = { .address = { .sin_family = AF_INET } };
  g_autofree char *body = g_strnfill (BODY_BYTES, 'x');
  g_autofree char *text = g_strdup_printf ("{\"t\":\"send\",\"cid\":\"flood\",\"body\":\"%s\"}", body);
  char             line[LINE];

  if (argc != 2)
    {
      fprintf (stderr, "usage: chat-flood PORT\n");
      return EXIT_FAILURE;
    }
  g_set_prgname ("chat-flood");
  self.address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self.address.sin_port = htons ((guint16)atoi (argv[1]));
  self.epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  self.shout = ws_frame_new (WS_TEXT, text, strlen (text));
  while (self.n_flooders < FLOODERS && fgets (line, sizeof line, stdin) != NULL)
    {
      Flooder *flooder = &self.flooders[self.n_flooders];

      flooder->number = self.n_flooders++;
      flooder->token = g_strdup (g_strchomp (line));
      come (&self, flooder);
    }
  flood (&self);

  return EXIT_SUCCESS;
}
