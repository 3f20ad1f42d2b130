/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One connection of the stream. libsoup gives no time limit for a WebSocket and a dead peer says nothing, so each side pings when it
 * has heard nothing for a while, and whoever hears nothing for twice that long gives the connection up.
 */

#include "lia-stream.h"

#include "lia-frames.h"

#define PING_MS_UNTIL_WELCOME 10000
#define CLOSE_BAD_FRAME 4400

struct _LiaStream
{
  GObject parent_instance;

  SoupWebsocketConnection *connection;
  DexPromise              *closed;
  gint64                   heard_us; /* monotonic */
  guint                    ping_ms;
  guint                    ping_source;
};

G_DEFINE_FINAL_TYPE (LiaStream, lia_stream, G_TYPE_OBJECT)

enum {
  FRAME,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
finish (LiaStream *self,
        guint      code)
{
  g_clear_handle_id (&self->ping_source, g_source_remove);
  if (dex_future_is_pending (DEX_FUTURE (self->closed)))
    dex_promise_resolve_uint (self->closed, code);
}

static gboolean
on_ping_time_cb (gpointer data)
{
  LiaStream *self = data;
  gint64     silent_ms = (g_get_monotonic_time () - self->heard_us) / 1000;

  if (silent_ms >= 2 * (gint64)self->ping_ms)
    {
      g_debug ("Nothing heard for %" G_GINT64_FORMAT " ms: giving the connection up", silent_ms);
      self->ping_source = 0;
      finish (self, SOUP_WEBSOCKET_CLOSE_ABNORMAL);
      return G_SOURCE_REMOVE;
    }
  if (silent_ms >= self->ping_ms / 2)
    {
      g_autofree char *ping = lia_frame_ping ();

      lia_stream_send (self, ping);
    }

  return G_SOURCE_CONTINUE;
}

static void
set_ping (LiaStream *self,
          guint      ping_ms)
{
  g_clear_handle_id (&self->ping_source, g_source_remove);
  self->ping_ms = ping_ms;
  self->ping_source = g_timeout_add (ping_ms, on_ping_time_cb, self);
}

static void
on_message_cb (SoupWebsocketConnection *connection,
               SoupWebsocketDataType    type,
               GBytes                  *message,
               LiaStream               *self)
{
  g_autoptr (LiaStream) alive = g_object_ref (self); /* a handler may drop us */
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaFrame) frame = NULL;
  gsize       length;
  const char *text = g_bytes_get_data (message, &length);

  self->heard_us = g_get_monotonic_time ();
  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    return;

  frame = lia_frame_parse (text != NULL ? text : "", (gssize)length, &error);
  if (frame == NULL)
    {
      /* What it would have told us is lost: start over from what we know */
      g_debug ("Cannot read a frame: %s", error->message);
      soup_websocket_connection_close (connection, CLOSE_BAD_FRAME, NULL);
      finish (self, CLOSE_BAD_FRAME);
      return;
    }

  if (frame->type == LIA_FRAME_WELCOME && frame->ping_ms > 0)
    set_ping (self, (guint)frame->ping_ms);
  if (frame->type == LIA_FRAME_PING)
    {
      g_autofree char *pong = lia_frame_pong ();

      lia_stream_send (self, pong);
    }

  g_signal_emit (self, signals[FRAME], 0, frame);
}

static void
on_closed_cb (SoupWebsocketConnection *connection,
              LiaStream               *self)
{
  finish (self, soup_websocket_connection_get_close_code (connection));
}

static void
lia_stream_dispose (GObject *object)
{
  LiaStream *self = LIA_STREAM (object);

  g_clear_handle_id (&self->ping_source, g_source_remove);
  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      lia_stream_close (self);
    }
  g_clear_object (&self->connection);
  dex_clear (&self->closed);

  G_OBJECT_CLASS (lia_stream_parent_class)->dispose (object);
}

static void
lia_stream_class_init (LiaStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_stream_dispose;

  signals[FRAME] = g_signal_new ("frame", LIA_TYPE_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lia_stream_init (LiaStream *self)
{
  self->closed = dex_promise_new ();
}

/** lia_stream_new: takes over an open connection. Connect to `frame` before the main loop runs again. */
LiaStream *
lia_stream_new (SoupWebsocketConnection *connection)
{
  LiaStream *self = g_object_new (LIA_TYPE_STREAM, NULL);

  self->connection = g_object_ref (connection);
  self->heard_us = g_get_monotonic_time ();
  soup_websocket_connection_set_max_incoming_payload_size (connection, LIA_JSON_MAX_BYTES);
  g_signal_connect (connection, "message", G_CALLBACK (on_message_cb), self);
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed_cb), self);
  set_ping (self, PING_MS_UNTIL_WELCOME);

  return self;
}

/** lia_stream_send: does nothing when the connection has ended. */
void
lia_stream_send (LiaStream  *self,
                 const char *text)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->connection, text);
}

/** lia_stream_probe: the connection may be dead: ask, and give it up soon when there is no answer. */
void
lia_stream_probe (LiaStream *self)
{
  g_autofree char *ping = lia_frame_ping ();

  lia_stream_send (self, ping);
  self->heard_us = MIN (self->heard_us, g_get_monotonic_time () - (gint64)self->ping_ms * 1000);
}

void
lia_stream_close (LiaStream *self)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

/** lia_stream_wait_closed: the WebSocket's close code, 1006 when it was lost. */
DexFuture *
lia_stream_wait_closed (LiaStream *self)
{
  return dex_ref (DEX_FUTURE (self->closed));
}
