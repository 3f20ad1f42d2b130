/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-socket-mux.h"
#include "lia-socket-queue.h"
#include "lia-timer-wheel.h"
#include "lia-token-bucket.h"

G_BEGIN_DECLS

/* What a socket and its mux know of each other. */

#define LIA_SOCKET_READ_BYTES (64 * 1024) /* a wake: then it is another one's turn */
#define LIA_SOCKET_PING_MS 25000
#define LIA_SOCKET_DEAD_MS 60000
#define LIA_SOCKET_MESSAGE_MS 20000 /* from a message's first byte to its last */
#define LIA_SOCKET_CLOSE_MS 2000

typedef enum {
  LIA_SOCKET_OPEN,
  LIA_SOCKET_CLOSING,   /* our close is said, the peer's has to come */
  LIA_SOCKET_LINGERING, /* all is said; the peer has to hang up */
  LIA_SOCKET_GONE,
} LiaSocketState;

struct _LiaSocket
{
  LiaTimer             timer;
  LiaSocketMux        *mux; /* not owned; NULL when it is gone */
  const LiaSocketKind *kind;
  gpointer             data;
  LiaSocketQueue      *queue;         /* NULL: nothing waits */
  char                *reason;        /* why it is closed */
  gint64               heard_ms;      /* anything of the peer; as all these times by the mux' clock */
  gint64               pinged_ms;     /* last */
  gint64               hello_by_ms;   /* 0 = it is welcome */
  gint64               message_by_ms; /* 0 = no message is coming in */
  LiaTokenBucket       frames;
  LiaWsParser          parser;
  int                  fd;
  guint                index;    /* in the mux */
  guint32              charged;  /* bytes that the mux counts for it */
  guint32              unwanted; /* bytes that came after all was said */
  guint16              code;
  guint8               state; /* LiaSocketState */
};

typedef gint64 (*LiaSocketClock) (void);

LiaSocket *lia_socket_new (LiaSocketMux        *mux,
                           int                  fd,
                           const LiaSocketKind *kind,
                           gpointer             data);
void       lia_socket_begin (LiaSocket *self);
void       lia_socket_handle (LiaSocket *self,
                              guint32    events);
void       lia_socket_tick (LiaSocket *self);
void       lia_socket_vanish (LiaSocket *self);

gint64   lia_socket_mux_now (LiaSocketMux *self);
guint8  *lia_socket_mux_get_scratch (LiaSocketMux *self);
void     lia_socket_mux_watch (LiaSocketMux *self,
                               LiaSocket    *socket,
                               gboolean      writable);
void     lia_socket_mux_schedule (LiaSocketMux *self,
                                  LiaSocket    *socket,
                                  gint64        due_ms);
gboolean lia_socket_mux_charge (LiaSocketMux *self,
                                LiaSocket    *socket,
                                gsize         bytes);
void     lia_socket_mux_tell (LiaSocketMux *self,
                              LiaSocket    *socket);
void     lia_socket_mux_forget (LiaSocketMux *self,
                                LiaSocket    *socket);

/* For tests: time is what they say. */
void lia_socket_mux_set_clock (LiaSocketMux  *self,
                               LiaSocketClock clock);
void lia_socket_mux_tick (LiaSocketMux *self);

G_END_DECLS
