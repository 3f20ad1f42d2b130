/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * GMainContext asks every source of every iteration, and polls every descriptor: with some hundred connections that is most of what a program does.
 * Here the kernel says which of them have something to say, and a wheel says whose time has come; the main context sees one descriptor and one time.
 *
 * While the source is dispatched it holds references to the sockets it works on, and to itself: what it calls may close any of them, and let go of the mux.
 */

#include "lia-socket-private.h"

#include "lia-descriptors.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 256

struct _LiaSocketMux
{
  GObject parent_instance;

  int            epoll_fd;
  guint          max_sockets;
  gsize          max_buffered;
  gsize          buffered;
  GPtrArray     *sockets; /* of LiaSocket, each knows its index */
  GPtrArray     *closed;  /* of LiaSocket: it is still to be told */
  LiaTimerWheel  wheel;
  GSource       *source;
  gint64         ready_us;
  gboolean       dispatching;
  guint8        *scratch;
  LiaSocketClock clock;
  DexPromise    *stopped; /* NULL: it is not stopping */
};

G_DEFINE_FINAL_TYPE (LiaSocketMux, lia_socket_mux, G_TYPE_OBJECT)

static gint64
monotonic_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* What sockets ask of it ---------------------------------------------------------------------------------------------------------------- */

gint64
lia_socket_mux_now (LiaSocketMux *self)
{
  return self->clock ();
}

/** lia_socket_mux_get_scratch: of %LIA_SOCKET_READ_BYTES, for what is read at once and not kept. */
guint8 *
lia_socket_mux_get_scratch (LiaSocketMux *self)
{
  return self->scratch;
}

/* When the source has to run though no descriptor says so. */
static void
update_ready_time (LiaSocketMux *self)
{
  const gint64 next_ms = lia_timer_wheel_next_ms (&self->wheel);
  gint64       ready_us = next_ms < 0 ? -1 : next_ms * 1000;

  if (self->closed->len > 0)
    ready_us = 0;
  if (ready_us == self->ready_us || self->dispatching)
    return;

  self->ready_us = ready_us;
  g_source_set_ready_time (self->source, ready_us);
}

void
lia_socket_mux_schedule (LiaSocketMux *self,
                         LiaSocket    *socket,
                         gint64        due_ms)
{
  lia_timer_wheel_set (&self->wheel, &socket->timer, due_ms);
  update_ready_time (self);
}

/** lia_socket_mux_watch: @writable: whether something waits to be written. */
void
lia_socket_mux_watch (LiaSocketMux *self,
                      LiaSocket    *socket,
                      gboolean      writable)
{
  struct epoll_event event = { .events = EPOLLIN | (writable ? EPOLLOUT : 0), .data.ptr = socket };

  if (epoll_ctl (self->epoll_fd, EPOLL_CTL_MOD, socket->fd, &event) < 0)
    g_critical ("A socket cannot be watched: %s", g_strerror (errno));
}

/** lia_socket_mux_charge: @bytes: that it makes us keep now. FALSE: more than there is. */
gboolean
lia_socket_mux_charge (LiaSocketMux *self,
                       LiaSocket    *socket,
                       gsize         bytes)
{
  const gboolean more = bytes > socket->charged;

  self->buffered += bytes - socket->charged;
  socket->charged = (guint32)bytes;

  return !more || self->buffered <= self->max_buffered;
}

/** lia_socket_mux_tell: lets it say that it is closed, once whoever called has returned. */
void
lia_socket_mux_tell (LiaSocketMux *self,
                     LiaSocket    *socket)
{
  g_ptr_array_add (self->closed, lia_socket_ref (socket));
  update_ready_time (self);
}

/** lia_socket_mux_forget: hangs up. The mux's reference goes. */
void
lia_socket_mux_forget (LiaSocketMux *self,
                       LiaSocket    *socket)
{
  LiaSocket *last = g_ptr_array_index (self->sockets, self->sockets->len - 1);

  lia_timer_wheel_remove (&self->wheel, &socket->timer);
  epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, socket->fd, NULL);
  close (socket->fd);
  socket->fd = -1;
  socket->mux = NULL;
  last->index = socket->index;
  g_ptr_array_remove_index_fast (self->sockets, socket->index);
  if (self->stopped != NULL && self->sockets->len == 0)
    dex_promise_resolve_boolean (self->stopped, TRUE);
}

/* The source ---------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GSource       source;
  LiaSocketMux *mux; /* not owned: it owns the source */
} Source;

static void
handle_events (LiaSocketMux *self)
{
  struct epoll_event events[EVENTS];
  const int          n = epoll_wait (self->epoll_fd, events, EVENTS, 0);

  for (int i = 0; i < n; i++)
    lia_socket_ref (events[i].data.ptr);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (LiaSocket) socket = events[i].data.ptr;

      lia_socket_handle (socket, events[i].events);
    }
}

static void
handle_timers (LiaSocketMux *self)
{
  const gint64 now_ms = lia_socket_mux_now (self);
  LiaTimer    *timer;

  while ((timer = lia_timer_wheel_pop (&self->wheel, now_ms)) != NULL)
    {
      g_autoptr (LiaSocket) socket = lia_socket_ref ((LiaSocket *)((guint8 *)timer - G_STRUCT_OFFSET (LiaSocket, timer)));

      lia_socket_tick (socket);
    }
}

static void
tell_closed (LiaSocketMux *self)
{
  for (guint i = 0; i < self->closed->len; i++) /* which may become more */
    {
      LiaSocket *socket = g_ptr_array_index (self->closed, i);

      socket->kind->closed (socket, socket->code, socket->reason, socket->data);
    }
  g_ptr_array_set_size (self->closed, 0);
}

/** lia_socket_mux_tick: what happens each time the source is dispatched. */
void
lia_socket_mux_tick (LiaSocketMux *self)
{
  g_autoptr (LiaSocketMux) held = g_object_ref (self);

  self->dispatching = TRUE;
  if (self->epoll_fd >= 0)
    handle_events (self);
  handle_timers (self);
  tell_closed (self);
  self->dispatching = FALSE;
  if (self->source != NULL)
    update_ready_time (self);
}

static gboolean
source_dispatch (GSource    *source,
                 GSourceFunc callback,
                 gpointer    data)
{
  lia_socket_mux_tick (((Source *)source)->mux);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { NULL, NULL, source_dispatch, NULL, NULL, NULL };

static void
attach (LiaSocketMux *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->source = g_source_new (&source_funcs, sizeof (Source));
  ((Source *)self->source)->mux = self;
  g_source_set_static_name (self->source, "[liaison] sockets");
  g_source_add_unix_fd (self->source, self->epoll_fd, G_IO_IN);
  g_source_attach (self->source, context);
}

/* The mux ------------------------------------------------------------------------------------------------------------------------------- */

static void
lia_socket_mux_dispose (GObject *object)
{
  LiaSocketMux *self = LIA_SOCKET_MUX (object);

  self->dispatching = TRUE;
  while (self->sockets->len > 0)
    lia_socket_vanish (g_ptr_array_index (self->sockets, self->sockets->len - 1));
  tell_closed (self);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);

  G_OBJECT_CLASS (lia_socket_mux_parent_class)->dispose (object);
}

static void
lia_socket_mux_finalize (GObject *object)
{
  LiaSocketMux *self = LIA_SOCKET_MUX (object);

  g_clear_fd (&self->epoll_fd, NULL);
  g_ptr_array_unref (self->sockets);
  g_ptr_array_unref (self->closed);
  dex_clear (&self->stopped);
  g_free (self->scratch);

  G_OBJECT_CLASS (lia_socket_mux_parent_class)->finalize (object);
}

static void
lia_socket_mux_class_init (LiaSocketMuxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_socket_mux_dispose;
  G_OBJECT_CLASS (klass)->finalize = lia_socket_mux_finalize;
}

static void
lia_socket_mux_init (LiaSocketMux *self)
{
  self->epoll_fd = -1;
  self->sockets = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_socket_unref);
  self->closed = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_socket_unref);
  self->ready_us = -1;
  self->clock = monotonic_ms;
  self->scratch = g_malloc (LIA_SOCKET_READ_BYTES);
  lia_timer_wheel_init (&self->wheel, lia_socket_mux_now (self));
}

/**
 * lia_socket_mux_new:
 * @max_sockets: that are held at once; fewer if the system does not allow so many, which is said in the log
 * @max_buffered: bytes of all of them together: of messages that are not complete, and of what slow readers have not read. A frame that waits for several
 *   counts for each. Who needs more when there is none is closed with %LIA_WS_CODE_TRY_LATER
 */
LiaSocketMux *
lia_socket_mux_new (guint    max_sockets,
                    gsize    max_buffered,
                    GError **error)
{
  g_autoptr (LiaSocketMux) self = g_object_new (LIA_TYPE_SOCKET_MUX, NULL);
  g_autofree char *shortage = NULL;

  self->max_sockets = lia_descriptors_for (max_sockets, &shortage);
  if (shortage != NULL)
    g_message ("sockets: %s", shortage);
  self->max_buffered = max_buffered;
  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (self->epoll_fd < 0)
    {
      const int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Sockets cannot be watched: %s", g_strerror (code));
      return NULL;
    }
  attach (self);

  return g_steal_pointer (&self);
}

static gboolean
watch_new (LiaSocketMux *self,
           LiaSocket    *socket,
           GError      **error)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = socket };
  const int          yes = 1;
  int                code;

  if (self->stopped != NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "No more sockets are taken");
  else if (self->sockets->len >= self->max_sockets)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES, "%u sockets are held already", self->sockets->len);
  else if (epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, socket->fd, &event) < 0)
    {
      code = errno;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "A socket cannot be watched: %s", g_strerror (code));
    }
  else
    {
      setsockopt (socket->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes); /* a unix socket has no such thing, and needs none */
      return TRUE;
    }

  return FALSE;
}

static void
refuse (LiaSocketMux *self,
        LiaSocket    *socket)
{
  const guint code = self->stopped != NULL ? LIA_WS_CODE_RESTART : LIA_WS_CODE_TRY_LATER;
  g_autoptr (GBytes) frame = lia_ws_frame_new_close (code, NULL);

  lia_socket_queue_try (socket->fd, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame));
  close (socket->fd);
}

/**
 * lia_socket_mux_add:
 * @fd: of a stream socket behind its handshake: lia_socket_upgrade_take(), or one of your own; it is the mux's from now on, also after an error
 *
 * Holds a connection. Errors are of %G_IO_ERROR; its peer was told then that it may try again later.
 *
 * Returns: (transfer none): it is the mux's until it has told that it is closed
 */
LiaSocket *
lia_socket_mux_add (LiaSocketMux        *self,
                    int                  fd,
                    const LiaSocketKind *kind,
                    gpointer             data,
                    GError             **error)
{
  g_autoptr (LiaSocket) socket = lia_socket_new (self, fd, kind, data);

  if (!watch_new (self, socket, error))
    {
      refuse (self, socket);
      return NULL;
    }

  socket->index = self->sockets->len;
  g_ptr_array_add (self->sockets, lia_socket_ref (socket));
  lia_socket_begin (socket);

  return socket;
}

/** lia_socket_mux_get_n_sockets: how many are held, also those that are being closed. */
guint
lia_socket_mux_get_n_sockets (LiaSocketMux *self)
{
  return self->sockets->len;
}

/** lia_socket_mux_get_buffered: how many bytes are kept for all of them. */
gsize
lia_socket_mux_get_buffered (LiaSocketMux *self)
{
  return self->buffered;
}

/**
 * lia_socket_mux_stop:
 *
 * Takes no more sockets, and says to all that the engine starts again, after what was sent to them before. Resolves when the last one has hung up, which
 * is in two seconds at the latest.
 */
DexFuture *
lia_socket_mux_stop (LiaSocketMux *self)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_copy (self->sockets, (GCopyFunc)lia_socket_ref, NULL);

  g_ptr_array_set_free_func (sockets, (GDestroyNotify)lia_socket_unref);
  for (guint i = 0; i < sockets->len; i++)
    lia_socket_close (g_ptr_array_index (sockets, i), LIA_WS_CODE_RESTART, NULL);
  if (self->stopped == NULL)
    {
      self->stopped = dex_promise_new ();
      if (self->sockets->len == 0)
        dex_promise_resolve_boolean (self->stopped, TRUE);
    }

  return dex_ref (DEX_FUTURE (self->stopped));
}

/** lia_socket_mux_set_clock: for tests, before there is a socket. */
void
lia_socket_mux_set_clock (LiaSocketMux  *self,
                          LiaSocketClock clock)
{
  self->clock = clock;
  lia_timer_wheel_init (&self->wheel, clock ());
}
