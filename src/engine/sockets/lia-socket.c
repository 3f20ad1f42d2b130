/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A connection ends in one of three ways. Somebody says close and the other one answers; we say it because a rule was broken, and listen no more; or it
 * ends without a word. After the last word only our half is shut: closing all of it with bytes unread would reset the connection, and the word be lost.
 */

#include "lia-socket-private.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define MAX_UNWANTED (4 * LIA_SOCKET_READ_BYTES)

LiaSocket *
lia_socket_new (LiaSocketMux        *mux,
                int                  fd,
                const LiaSocketKind *kind,
                gpointer             data)
{
  LiaSocket *self = g_rc_box_new0 (LiaSocket);

  self->mux = mux;
  self->fd = fd;
  self->kind = kind;
  self->data = data;
  lia_ws_parser_init (&self->parser);

  return self;
}

LiaSocket *
lia_socket_ref (LiaSocket *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  LiaSocket *self = data;

  lia_ws_parser_clear (&self->parser);
  g_free (self->reason);
}

void
lia_socket_unref (LiaSocket *self)
{
  g_rc_box_release_full (self, clear);
}

/** lia_socket_is_open: messages come, and what is sent is written. */
gboolean
lia_socket_is_open (LiaSocket *self)
{
  return self->state == LIA_SOCKET_OPEN;
}

/** lia_socket_get_queued: how many bytes wait until the peer reads; @drained comes after them. */
gsize
lia_socket_get_queued (LiaSocket *self)
{
  return self->queue != NULL ? lia_socket_queue_get_bytes (self->queue) : 0;
}

/* Closing ------------------------------------------------------------------------------------------------------------------------------- */

static void begin_close (LiaSocket  *self,
                         guint       code,
                         const char *reason);
static void linger (LiaSocket *self);

static void
remember (LiaSocket  *self,
          guint       code,
          const char *reason)
{
  self->code = (guint16)code;
  self->reason = g_strdup (reason != NULL ? reason : "");
  lia_socket_mux_tell (self->mux, self);
}

static void
hang_up (LiaSocket *self)
{
  LiaSocketMux *mux = self->mux;

  if (self->state == LIA_SOCKET_GONE)
    return;

  self->state = LIA_SOCKET_GONE;
  g_clear_pointer (&self->queue, lia_socket_queue_free);
  lia_socket_mux_charge (mux, self, 0);
  lia_socket_mux_forget (mux, self);
}

/** lia_socket_vanish: it is over without a word. */
void
lia_socket_vanish (LiaSocket *self)
{
  if (self->state == LIA_SOCKET_OPEN)
    remember (self, LIA_WS_CODE_VANISHED, NULL);
  hang_up (self);
}

/* Nobody listens to it any more, and what waits for it is of no use. */
static void
fail (LiaSocket  *self,
      guint       code,
      const char *reason)
{
  if (self->state == LIA_SOCKET_OPEN && self->queue != NULL)
    lia_socket_queue_drop (self->queue);
  begin_close (self, code, reason);
  linger (self);
}

/* What it makes us keep counts; whoever needs more when there is no more goes. */
static void
charge (LiaSocket *self)
{
  const gsize bytes = lia_ws_parser_get_buffered (&self->parser) + lia_socket_get_queued (self);

  if (self->state != LIA_SOCKET_GONE && !lia_socket_mux_charge (self->mux, self, bytes) && self->state == LIA_SOCKET_OPEN)
    fail (self, LIA_WS_CODE_TRY_LATER, "too busy");
}

static void
put (LiaSocket *self,
     GBytes    *frame)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (frame, &length);
  gssize        n = self->queue == NULL ? lia_socket_queue_try (self->fd, data, length) : 0;

  if (n < 0)
    {
      lia_socket_vanish (self);
      return;
    }
  if ((gsize)n == length)
    return;

  if (self->queue == NULL)
    {
      self->queue = lia_socket_queue_new ();
      lia_socket_mux_watch (self->mux, self, TRUE);
    }
  lia_socket_queue_push (self->queue, frame, (gsize)n);
  charge (self);
}

static void
begin_close (LiaSocket  *self,
             guint       code,
             const char *reason)
{
  g_autoptr (GBytes) frame = NULL;

  if (self->state != LIA_SOCKET_OPEN)
    return;

  frame = lia_ws_frame_new_close (code, reason);
  self->state = LIA_SOCKET_CLOSING;
  remember (self, code, reason);
  put (self, frame);
  if (self->state != LIA_SOCKET_GONE)
    lia_socket_mux_schedule (self->mux, self, lia_socket_mux_now (self->mux) + LIA_SOCKET_CLOSE_MS);
}

/* Once the last word is written, our half is shut. */
static void
linger (LiaSocket *self)
{
  if (self->state == LIA_SOCKET_GONE)
    return;

  self->state = LIA_SOCKET_LINGERING;
  if (self->queue == NULL)
    shutdown (self->fd, SHUT_WR);
}

/**
 * lia_socket_close:
 * @code: a #LiaWsCode, or one that both sides agreed on
 * @reason: (nullable): at most 123 bytes, for whoever debugs the peer
 *
 * Says why, once all that was sent before is written. The peer has two seconds to answer.
 */
void
lia_socket_close (LiaSocket  *self,
                  guint       code,
                  const char *reason)
{
  begin_close (self, code, reason);
}

/* Writing ------------------------------------------------------------------------------------------------------------------------------- */

/** lia_socket_send: @frame: of lia_ws_frame_new(); the same may go to any number of sockets. A socket that is not open drops it. */
void
lia_socket_send (LiaSocket *self,
                 GBytes    *frame)
{
  if (self->state != LIA_SOCKET_OPEN)
    return;

  put (self, frame);
  if (self->state == LIA_SOCKET_OPEN && lia_socket_get_queued (self) > self->kind->max_queued)
    fail (self, LIA_WS_CODE_SLOW, "what is sent is not read");
}

static void
write_queue (LiaSocket *self)
{
  if (self->queue == NULL)
    return;
  if (!lia_socket_queue_write (self->queue, self->fd))
    {
      lia_socket_vanish (self);
      return;
    }

  charge (self);
  if (lia_socket_queue_get_bytes (self->queue) > 0)
    return;

  g_clear_pointer (&self->queue, lia_socket_queue_free);
  lia_socket_mux_watch (self->mux, self, FALSE);
  if (self->state == LIA_SOCKET_LINGERING)
    linger (self);
  else if (self->state == LIA_SOCKET_OPEN && self->kind->drained != NULL)
    self->kind->drained (self, self->data);
}

/* Reading ------------------------------------------------------------------------------------------------------------------------------- */

static void
answer_ping (LiaSocket          *self,
             const LiaWsMessage *ping)
{
  g_autoptr (GBytes) pong = lia_ws_frame_new (LIA_WS_PONG, ping->data, ping->length);

  lia_socket_send (self, pong);
}

static void
answer_close (LiaSocket          *self,
              const LiaWsMessage *message)
{
  g_autofree char *reason = g_strndup (message->data, message->length);

  begin_close (self, message->code, reason);
  linger (self);
}

static void
obey (LiaSocket          *self,
      const LiaWsMessage *message)
{
  if (message->opcode == LIA_WS_CLOSE)
    answer_close (self, message);
  else if (self->state != LIA_SOCKET_OPEN)
    return;
  else if (!lia_token_bucket_take (&self->frames, message->n_frames, self->kind->max_frames, self->kind->frame_ms, self->heard_ms))
    fail (self, LIA_WS_CODE_TOO_FAST, "too many frames");
  else if (message->opcode == LIA_WS_PING)
    answer_ping (self, message);
  else if (message->opcode != LIA_WS_PONG)
    self->kind->message (self, message, self->data);
}

/* When to look after it again. What comes earlier than that is looked at then. */
static void
schedule (LiaSocket *self)
{
  gint64 due_ms = MIN (self->pinged_ms + LIA_SOCKET_PING_MS, self->heard_ms + LIA_SOCKET_DEAD_MS);

  if (self->hello_by_ms != 0)
    due_ms = MIN (due_ms, self->hello_by_ms);
  if (self->message_by_ms != 0)
    due_ms = MIN (due_ms, self->message_by_ms);
  lia_socket_mux_schedule (self->mux, self, due_ms);
}

/* A message has to come to its end some time. */
static void
watch_partial (LiaSocket *self)
{
  if (self->state != LIA_SOCKET_OPEN || self->message_by_ms != 0 || !lia_ws_parser_is_partial (&self->parser))
    return;

  self->message_by_ms = self->heard_ms + LIA_SOCKET_MESSAGE_MS;
  schedule (self);
}

static void
hear (LiaSocket    *self,
      const guint8 *bytes,
      gsize         length)
{
  LiaWsResult  result = LIA_WS_MESSAGE;
  LiaWsMessage message;

  self->heard_ms = lia_socket_mux_now (self->mux);
  while (self->state <= LIA_SOCKET_CLOSING && (result = lia_ws_parser_take (&self->parser, &bytes, &length, &message)) == LIA_WS_MESSAGE)
    {
      self->message_by_ms = 0;
      obey (self, &message);
    }
  if (result == LIA_WS_BROKEN)
    fail (self, message.code, message.data);
  charge (self);
  watch_partial (self);
}

/* Somebody who goes on talking after the last word cannot keep us for long. */
static void
ignore (LiaSocket *self,
        gsize      length)
{
  self->unwanted += (guint32)length;
  if (self->unwanted > MAX_UNWANTED)
    hang_up (self);
}

static void
read_some (LiaSocket *self)
{
  guint8 *bytes = lia_socket_mux_get_scratch (self->mux);
  gssize  n = recv (self->fd, bytes, LIA_SOCKET_READ_BYTES, MSG_DONTWAIT);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;

  if (n <= 0)
    lia_socket_vanish (self);
  else if (self->state == LIA_SOCKET_LINGERING)
    ignore (self, (gsize)n);
  else
    hear (self, bytes, (gsize)n);
}

/* What the mux tells ------------------------------------------------------------------------------------------------------------------- */

/** lia_socket_handle: @events: of epoll; for a socket that is gone since then they mean nothing. The caller holds a reference. */
void
lia_socket_handle (LiaSocket *self,
                   guint32    events)
{
  if (events & EPOLLOUT)
    write_queue (self);
  if (self->state != LIA_SOCKET_GONE && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
    read_some (self);
}

/** lia_socket_begin: it belongs to its mux from now on. */
void
lia_socket_begin (LiaSocket *self)
{
  self->heard_ms = self->pinged_ms = lia_socket_mux_now (self->mux);
  self->hello_by_ms = self->heard_ms + self->kind->hello_ms;
  schedule (self);
}

/** lia_socket_welcome: the peer has said who it is. */
void
lia_socket_welcome (LiaSocket *self)
{
  self->hello_by_ms = 0;
}

static void
ping (LiaSocket *self)
{
  g_autoptr (GBytes) frame = lia_ws_frame_new (LIA_WS_PING, NULL, 0);

  self->pinged_ms = lia_socket_mux_now (self->mux);
  lia_socket_send (self, frame);
}

static void
look_after (LiaSocket *self,
            gint64     now_ms)
{
  if (self->hello_by_ms != 0 && now_ms >= self->hello_by_ms)
    fail (self, LIA_WS_CODE_NO_HELLO, "no hello in time");
  else if (self->message_by_ms != 0 && now_ms >= self->message_by_ms)
    fail (self, LIA_WS_CODE_POLICY, "the message takes too long");
  else if (now_ms >= self->heard_ms + LIA_SOCKET_DEAD_MS)
    lia_socket_vanish (self);
  else if (now_ms >= self->pinged_ms + LIA_SOCKET_PING_MS)
    ping (self);
}

/** lia_socket_tick: the time has come that was scheduled. The caller holds a reference. */
void
lia_socket_tick (LiaSocket *self)
{
  if (self->state != LIA_SOCKET_OPEN)
    {
      hang_up (self);
      return;
    }

  look_after (self, lia_socket_mux_now (self->mux));
  if (self->state == LIA_SOCKET_OPEN)
    schedule (self);
}
