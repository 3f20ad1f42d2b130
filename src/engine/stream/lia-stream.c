/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * SoupWebsocketConnection queues without bound and does not say how much. So we count: after every PING_EVERY bytes a ping goes out, and its
 * pong says that all before it has arrived. Above SOFT_LIMIT the replay pauses and ephemeral frames are dropped; above HARD_LIMIT the stream is
 * closed, which loses nothing: the client resumes by its sequence number. Main context only.
 */

#include "lia-stream.h"

#include "lia-commands.h"
#include "lia-hub.h"
#include "lia-problem.h"

#define HELLO_TIMEOUT_S 5
#define CLOSE_TIMEOUT_S 2
#define DEAD_S (2 * LIA_STREAM_PING_S + 10)
#define FRAME_BYTES (64 * 1024)
#define PING_EVERY (128 * 1024)
#define SOFT_LIMIT (1024 * 1024)
#define HARD_LIMIT (8 * 1024 * 1024)
#define MAX_VIEWS 32
#define MAX_COMMANDS 64 /* of one stream under way */

struct _LiaStream
{
  GObject parent_instance;

  LiaEngine               *engine; /* not owned */
  SoupWebsocketConnection *connection;
  gint64                   agent_id;
  char                    *token;
  LiaStreamState           state;
  gint64                   seq;
  GStrv                    views;
  gboolean                 metrics;           /* are watched */
  gsize                    unconfirmed_bytes; /* sent, no pong behind it yet */
  gsize                    since_ping_bytes;
  GQueue                   pings; /* of gsize: what each ping's pong confirms */
  GPtrArray               *ready; /* of DexPromise */
  guint                    n_commands;
  gint64                   heard_us; /* monotonic */
  gint64                   said_us;
  guint                    timer; /* hello, later close */
};

G_DEFINE_FINAL_TYPE (LiaStream, lia_stream, G_TYPE_OBJECT)

enum {
  SIGNAL_HELLO,
  SIGNAL_WATCH,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
settle_ready (LiaStream *self)
{
  g_autoptr (GPtrArray) ready = g_steal_pointer (&self->ready);

  self->ready = g_ptr_array_new_with_free_func (dex_unref);
  for (guint i = 0; i < ready->len; i++)
    dex_promise_resolve_boolean (g_ptr_array_index (ready, i), TRUE);
}

static void
confirm (LiaStream *self)
{
  gsize bytes = GPOINTER_TO_SIZE (g_queue_pop_head (&self->pings));

  self->unconfirmed_bytes -= MIN (bytes, self->unconfirmed_bytes);
  if (!lia_stream_is_behind (self))
    settle_ready (self);
}

static void
send_ping (LiaStream *self)
{
  soup_websocket_connection_send_text (self->connection, "{\"t\":\"ping\"}");
  g_queue_push_tail (&self->pings, GSIZE_TO_POINTER (self->since_ping_bytes));
  self->since_ping_bytes = 0;
  self->said_us = g_get_monotonic_time ();
}

static void
lia_stream_finish (LiaStream *self)
{
  LiaStreamState before = self->state;

  self->state = LIA_STREAM_CLOSED;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  settle_ready (self);
  if (before != LIA_STREAM_CLOSED)
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static gboolean
close_late_cb (gpointer data)
{
  LiaStream *self = data;

  self->timer = 0;
  lia_stream_finish (self);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* A client that does not read does not see the close either: after a while the connection goes with our reference. */
void
lia_stream_close (LiaStream   *self,
                  LiaCloseCode code)
{
  if (self->state == LIA_STREAM_CLOSED)
    return;

  self->state = LIA_STREAM_CLOSED;
  settle_ready (self);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, code, NULL);
  g_timeout_add_seconds (CLOSE_TIMEOUT_S, close_late_cb, g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static gboolean
hello_late_cb (gpointer data)
{
  LiaStream *self = data;

  self->timer = 0;
  lia_stream_close (self, LIA_CLOSE_NO_HELLO);
  return G_SOURCE_REMOVE;
}

static gboolean
read_watched (LiaStream  *self,
              JsonObject *frame,
              GError    **error)
{
  g_autoptr (GStrvBuilder) views = g_strv_builder_new ();
  JsonArray  *array = NULL;
  const char *view;

  if (!lia_json_arr (frame, "views", LIA_JSON_OPTIONAL, MAX_VIEWS, &array, error) ||
      !lia_json_bool (frame, "metrics", LIA_JSON_OPTIONAL, &self->metrics, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if (!lia_json_arr_str (array, i, 64, &view, error))
        return FALSE;
      g_strv_builder_add (views, view);
    }

  g_strfreev (self->views);
  self->views = g_strv_builder_end (views);
  return TRUE;
}

static gboolean
on_hello (LiaStream  *self,
          JsonObject *frame,
          GError    **error)
{
  gint64      version;
  gint64      since;
  const char *epoch;

  if (!lia_json_int (frame, "v", LIA_JSON_REQUIRED, 0, G_MAXINT32, &version, error) ||
      !lia_json_int (frame, "since", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &since, error) ||
      !lia_json_str (frame, "epoch", LIA_JSON_OPTIONAL, 64, &epoch, error) ||
      !read_watched (self, frame, error))
    return FALSE;

  if (version != 1)
    {
      lia_stream_close (self, LIA_CLOSE_VERSION);
      return TRUE;
    }

  g_clear_handle_id (&self->timer, g_source_remove);
  self->state = LIA_STREAM_CATCHING;
  g_signal_emit (self, signals[SIGNAL_HELLO], 0, epoch != NULL ? since : G_GINT64_CONSTANT (-1), epoch);
  return TRUE;
}

static DexFuture *
on_answered (DexFuture *future,
             gpointer   data)
{
  LiaStream  *self = data;
  JsonObject *answer = g_value_get_boxed (dex_future_get_value (future, NULL));

  self->n_commands--;
  json_object_set_string_member (answer, "t", json_object_has_member (answer, "problem") ? "err" : "ok");
  lia_stream_send_object (self, answer);
  return dex_future_new_for_boolean (TRUE);
}

static void
on_command (LiaStream  *self,
            JsonObject *frame)
{
  DexFuture *answer;

  if (self->n_commands >= MAX_COMMANDS)
    answer = lia_commands_refuse (frame, LIA_PROBLEM_RATE_LIMITED, "Too many commands are under way.");
  else
    answer = lia_commands_run (self->engine, self->agent_id, frame);

  self->n_commands++;
  dex_future_disown (dex_future_then (answer, on_answered, g_object_ref (self), g_object_unref));
}

/* Counted like all that we send: who asks and does not read is slow, too. */
static void
send_pong (LiaStream *self)
{
  g_autoptr (GBytes) frame = g_bytes_new_static ("{\"t\":\"pong\"}", strlen ("{\"t\":\"pong\"}"));

  lia_stream_send (self, frame);
}

static gboolean
on_frame (LiaStream  *self,
          JsonObject *frame,
          GError    **error)
{
  const char *type;

  if (!lia_json_str (frame, "t", LIA_JSON_REQUIRED, 64, &type, error))
    return FALSE;

  if (self->state == LIA_STREAM_NEW)
    {
      if (g_str_equal (type, "hello"))
        return on_hello (self, frame, error);
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_BAD_JSON, "The first frame is hello.");
      return FALSE;
    }

  if (g_str_equal (type, "cmd"))
    on_command (self, frame);
  else if (g_str_equal (type, "watch"))
    {
      if (!read_watched (self, frame, error))
        return FALSE;
      g_signal_emit (self, signals[SIGNAL_WATCH], 0);
    }
  else if (g_str_equal (type, "ping"))
    send_pong (self);
  else if (g_str_equal (type, "pong"))
    confirm (self);
  return TRUE; /* later versions may say more */
}

static void
on_message (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *message,
            LiaStream               *self)
{
  g_autoptr (JsonObject) frame = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaStream) keep = g_object_ref (self);
  gsize       length;
  const char *text = g_bytes_get_data (message, &length);

  if (self->state == LIA_STREAM_CLOSED)
    return;

  self->heard_us = g_get_monotonic_time ();
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    frame = lia_json_parse (length > 0 ? text : "", length, FRAME_BYTES, &error);
  if (frame == NULL || !on_frame (self, frame, &error))
    {
      g_debug ("stream: %s", error != NULL ? error->message : "a frame that is no text");
      lia_stream_close (self, LIA_CLOSE_BAD_FRAME);
    }
}

static void
on_connection_closed (SoupWebsocketConnection *connection,
                      LiaStream               *self)
{
  lia_stream_finish (self);
}

static void
lia_stream_dispose (GObject *object)
{
  LiaStream *self = LIA_STREAM (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (lia_stream_parent_class)->dispose (object);
}

static void
lia_stream_finalize (GObject *object)
{
  LiaStream *self = LIA_STREAM (object);

  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->views, g_strfreev);
  g_clear_pointer (&self->ready, g_ptr_array_unref);
  g_queue_clear (&self->pings);

  G_OBJECT_CLASS (lia_stream_parent_class)->finalize (object);
}

static void
lia_stream_class_init (LiaStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_stream_dispose;
  object_class->finalize = lia_stream_finalize;

  signals[SIGNAL_HELLO] =
      g_signal_new ("hello", LIA_TYPE_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[SIGNAL_WATCH] = g_signal_new ("watch", LIA_TYPE_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", LIA_TYPE_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_stream_init (LiaStream *self)
{
  self->views = g_new0 (char *, 1);
  self->ready = g_ptr_array_new_with_free_func (dex_unref);
  g_queue_init (&self->pings);
}

LiaStream *
lia_stream_new (LiaEngine               *engine,
                SoupWebsocketConnection *connection,
                gint64                   agent_id,
                const char              *token)
{
  LiaStream *self = g_object_new (LIA_TYPE_STREAM, NULL);

  self->engine = engine;
  self->connection = g_object_ref (connection);
  self->agent_id = agent_id;
  self->token = g_strdup (token);
  self->heard_us = self->said_us = g_get_monotonic_time ();
  self->timer = g_timeout_add_seconds (HELLO_TIMEOUT_S, hello_late_cb, self);
  soup_websocket_connection_set_max_incoming_payload_size (connection, FRAME_BYTES);
  g_signal_connect (connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (connection, "closed", G_CALLBACK (on_connection_closed), self);
  return self;
}

gint64
lia_stream_get_agent (LiaStream *self)
{
  return self->agent_id;
}

const char *
lia_stream_get_token (LiaStream *self)
{
  return self->token;
}

LiaStreamState
lia_stream_get_state (LiaStream *self)
{
  return self->state;
}

const char *const *
lia_stream_get_views (LiaStream *self)
{
  return (const char *const *)self->views;
}

gboolean
lia_stream_watches (LiaStream  *self,
                    const char *view)
{
  return self->state != LIA_STREAM_CLOSED && g_strv_contains ((const char *const *)self->views, view);
}

gboolean
lia_stream_watches_metrics (LiaStream *self)
{
  return self->state == LIA_STREAM_LIVE && self->metrics;
}

/** lia_stream_get_seq: everything up to here has been sent. */
gint64
lia_stream_get_seq (LiaStream *self)
{
  return self->seq;
}

void
lia_stream_set_seq (LiaStream *self,
                    gint64     seq)
{
  self->seq = seq;
}

/** lia_stream_set_live: it is at the hub's head; from now on it gets what all get. */
void
lia_stream_set_live (LiaStream *self)
{
  if (self->state == LIA_STREAM_CATCHING)
    self->state = LIA_STREAM_LIVE;
}

/** lia_stream_set_catching: it missed something after all. */
void
lia_stream_set_catching (LiaStream *self)
{
  if (self->state == LIA_STREAM_LIVE)
    self->state = LIA_STREAM_CATCHING;
}

/** lia_stream_send: @frame: one JSON object, shared by all that get it. */
void
lia_stream_send (LiaStream *self,
                 GBytes    *frame)
{
  gsize size = g_bytes_get_size (frame);

  if (self->state == LIA_STREAM_CLOSED || soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;

  soup_websocket_connection_send_message (self->connection, SOUP_WEBSOCKET_DATA_TEXT, frame);
  self->said_us = g_get_monotonic_time ();
  self->unconfirmed_bytes += size;
  self->since_ping_bytes += size;
  if (self->since_ping_bytes >= PING_EVERY)
    send_ping (self);
  if (self->unconfirmed_bytes > HARD_LIMIT)
    lia_stream_close (self, LIA_CLOSE_SLOW);
}

void
lia_stream_send_object (LiaStream  *self,
                        JsonObject *object)
{
  char *text = lia_json_to_text (object);
  g_autoptr (GBytes) frame = g_bytes_new_take (text, strlen (text));

  lia_stream_send (self, frame);
}

/** lia_stream_is_behind: more than enough is on its way to it; what can wait should. */
gboolean
lia_stream_is_behind (LiaStream *self)
{
  return self->unconfirmed_bytes > SOFT_LIMIT;
}

/** lia_stream_when_ready: resolves when it is not behind any more, or closed. */
DexFuture *
lia_stream_when_ready (LiaStream *self)
{
  DexPromise *promise;

  if (self->state == LIA_STREAM_CLOSED || !lia_stream_is_behind (self))
    return dex_future_new_for_boolean (TRUE);

  promise = dex_promise_new ();
  g_ptr_array_add (self->ready, dex_ref (promise));
  return DEX_FUTURE (promise);
}

/** lia_stream_tick: every few seconds: a ping where nothing was said, the end where nothing was heard. */
void
lia_stream_tick (LiaStream *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->state == LIA_STREAM_CLOSED)
    return;
  if (now - self->heard_us > DEAD_S * G_USEC_PER_SEC)
    lia_stream_close (self, LIA_CLOSE_GONE);
  else if (now - self->heard_us > LIA_STREAM_PING_S * G_USEC_PER_SEC && g_queue_is_empty (&self->pings))
    send_ping (self);
}
