/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-client-private.h"

#include "lia-async.h"
#include "lia-time.h"

#include <string.h>

/*
 * The reader is a fiber of its own that waits for bytes and nothing else: Asterisk closes the session of who reads slowly, and what it had to say
 * is lost then. Answers go to the promise of their action, found by ActionID; everything else goes out as a batch for each read.
 *
 *   open:    connect, TLS, banner, login; nothing else is sent before the login is answered (an early Ping is refused)
 *   then:    reader, and keep-alive: a Ping every 15 s, dead after two that are not answered
 *   closed:  all promises are rejected; what was asked may have been done
 *
 * Fibers hold a reference, so that the client lives until it is closed, by us or by the PBX.
 */

#define DEADLINE_MS (5 * 1000)
#define PING_MS (15 * 1000)
#define MAX_MISSED 2
#define READ_BYTES (64 * 1024)
#define MAX_BANNER_BYTES 200

G_DEFINE_FINAL_TYPE (LiaAmiClient, lia_ami_client, G_TYPE_OBJECT)

enum {
  EVENTS,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* An action that is not answered yet. */
typedef struct
{
  char       *id;
  DexPromise *promise;
  GPtrArray  *items; /* of LiaAmiMessage; NULL when no list is expected */
} Pending;

static void
pending_free (gpointer data)
{
  Pending *self = data;

  g_free (self->id);
  dex_unref (self->promise);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

/* The end ----------------------------------------------------------------------------------------------------------------------------- */

static void
reject_all (LiaAmiClient *self)
{
  g_autoptr (GHashTable) pending = g_steal_pointer (&self->pending);
  GHashTableIter iter;
  Pending       *action;

  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pending_free);
  g_hash_table_iter_init (&iter, pending);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&action))
    dex_promise_reject (action->promise, g_error_copy (self->end));
}

/* Once: the first reason stays. */
static void
end (LiaAmiClient *self,
     LiaAmiError   code,
     const char   *message)
{
  g_autoptr (LiaAmiClient) guard = g_object_ref (self);
  gboolean was_logged_in = self->logged_in;

  if (self->end != NULL)
    return;

  self->end = g_error_new_literal (LIA_AMI_ERROR, code, message);
  self->logged_in = FALSE;
  dex_promise_resolve_boolean (self->ended, TRUE);
  if (dex_future_is_pending (DEX_FUTURE (self->greeted)))
    dex_promise_reject (self->greeted, g_error_copy (self->end));
  if (dex_future_is_pending (DEX_FUTURE (self->booted)))
    dex_promise_reject (self->booted, g_error_copy (self->end));
  if (self->tcp != NULL)
    g_socket_close (g_socket_connection_get_socket (self->tcp), NULL);
  reject_all (self);
  if (was_logged_in)
    g_signal_emit (self, signals[CLOSED], 0, self->end);
}

/* Answers ----------------------------------------------------------------------------------------------------------------------------- */

static GError *
error_of_response (const LiaAmiMessage *response)
{
  const char *text = lia_ami_message_get (response, "Message");
  LiaAmiError code = LIA_AMI_ERROR_REFUSED;

  if (text == NULL || *text == '\0')
    text = "The telephone system says no.";
  if (g_str_has_prefix (text, "Permission denied"))
    code = LIA_AMI_ERROR_PERMISSION;
  else if (g_str_has_prefix (text, "No such channel") || (strstr (text, "hannel") != NULL && strstr (text, "does not exist") != NULL))
    code = LIA_AMI_ERROR_GONE;

  return g_error_new_literal (LIA_AMI_ERROR, code, text);
}

/* Whoever waits may look at the client at once: the action is out of the way by then. */
static void
finish (LiaAmiClient  *self,
        Pending       *action,
        LiaAmiMessage *message)
{
  g_hash_table_steal (self->pending, action->id);
  if (strcmp (lia_ami_message_get_name (message), "Error") == 0)
    dex_promise_reject (action->promise, error_of_response (message));
  else if (action->items != NULL)
    dex_promise_resolve_boxed (action->promise, G_TYPE_PTR_ARRAY, g_ptr_array_ref (action->items));
  else
    dex_promise_resolve_boxed (action->promise, LIA_TYPE_AMI_MESSAGE, lia_ami_message_ref (message));
  pending_free (action);
}

static gboolean
has_list (const LiaAmiMessage *message,
          const char          *what)
{
  const char *list = lia_ami_message_get (message, "EventList");

  return list != NULL && g_ascii_strcasecmp (list, what) == 0;
}

static void
on_answer (LiaAmiClient  *self,
           LiaAmiMessage *message)
{
  Pending *action = g_hash_table_lookup (self->pending, lia_ami_message_get_action_id (message));

  if (action == NULL)
    return; /* it ended with a message of this very batch */
  if (lia_ami_message_get_kind (message) == LIA_AMI_RESPONSE ? action->items == NULL || !has_list (message, "start") : has_list (message, "Complete"))
    finish (self, action, message);
  else if (action->items != NULL && lia_ami_message_get_kind (message) == LIA_AMI_ITEM)
    g_ptr_array_add (action->items, lia_ami_message_ref (message));
}

/* Reading ----------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_pending (const char *action_id,
            gpointer    data)
{
  LiaAmiClient *self = data;

  return g_hash_table_contains (self->pending, action_id);
}

static void
take_messages (LiaAmiClient *self,
               const char   *bytes,
               gsize         length)
{
  const gint64 now_ms = g_get_monotonic_time () / 1000;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_ami_message_unref);
  LiaAmiMessage *message;

  lia_ami_clock_set_now (&self->clock, now_ms, lia_time_now ());
  lia_ami_parser_feed (self->parser, bytes, length, now_ms);
  while ((message = lia_ami_parser_next (self->parser)) != NULL)
    {
      if (lia_ami_message_get_kind (message) == LIA_AMI_EVENT)
        g_ptr_array_add (events, message);
      else
        {
          on_answer (self, message);
          lia_ami_message_unref (message);
        }
    }
  if (lia_ami_parser_has_booted (self->parser) && dex_future_is_pending (DEX_FUTURE (self->booted)))
    dex_promise_resolve_boolean (self->booted, TRUE);
  if (events->len > 0)
    g_signal_emit (self, signals[EVENTS], 0, events);
}

/* "Asterisk Call Manager/11.0.0" */
static void
take_banner (LiaAmiClient *self,
             const char   *bytes,
             gsize         length)
{
  static const char expected[] = "Asterisk Call Manager/";
  const char       *line_end;

  g_byte_array_append (self->banner, (const guint8 *)bytes, length);
  if (memcmp (self->banner->data, expected, MIN (self->banner->len, strlen (expected))) != 0)
    {
      end (self, LIA_AMI_ERROR_PROTOCOL, "What answers there is not Asterisk's manager interface.");
      return;
    }
  line_end = memmem (self->banner->data, self->banner->len, "\r\n", 2);
  if (line_end != NULL)
    {
      gsize n = line_end + 2 - (const char *)self->banner->data;

      dex_promise_resolve_boolean (self->greeted, TRUE);
      take_messages (self, (const char *)self->banner->data + n, self->banner->len - n);
    }
  else if (self->banner->len > MAX_BANNER_BYTES)
    end (self, LIA_AMI_ERROR_PROTOCOL, "The telephone system's greeting has no end.");
}

DexFuture *
lia_ami_client_reader_fiber (gpointer data)
{
  LiaAmiClient *self = data;
  GInputStream *input = g_io_stream_get_input_stream (self->io);

  while (self->end == NULL)
    {
      g_autoptr (DexFuture) read = dex_input_stream_read_bytes (input, READ_BYTES, G_PRIORITY_DEFAULT);
      g_autoptr (GBytes) bytes = NULL;
      gsize       length = 0;
      const char *start = NULL;

      dex_await (dex_future_first (dex_ref (read), dex_ref (DEX_FUTURE (self->ended)), NULL), NULL);
      if (self->end != NULL)
        break;
      bytes = dex_await_boxed (g_steal_pointer (&read), NULL);
      if (bytes != NULL)
        start = g_bytes_get_data (bytes, &length);
      if (length == 0)
        end (self, LIA_AMI_ERROR_CLOSED, "The telephone system has closed the connection.");
      else if (!dex_future_is_pending (DEX_FUTURE (self->greeted)))
        take_messages (self, start, length);
      else
        take_banner (self, start, length);
    }

  return dex_future_new_for_boolean (TRUE);
}

/* Writing ----------------------------------------------------------------------------------------------------------------------------- */

static DexFuture *
writer_fiber (gpointer data)
{
  LiaAmiClient  *self = data;
  GOutputStream *output = g_io_stream_get_output_stream (self->io);

  while (self->end == NULL && self->outgoing->len > 0)
    {
      gsize length = self->outgoing->len;
      g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->outgoing));
      gsize done = 0;

      self->outgoing = g_byte_array_new ();
      while (done < length && self->end == NULL)
        {
          g_autoptr (GBytes) rest = g_bytes_new_from_bytes (bytes, done, length - done);
          gint64 written = dex_await_int64 (lia_with_timeout (dex_output_stream_write_bytes (output, rest, G_PRIORITY_DEFAULT), self->deadline_ms), NULL);

          if (written <= 0)
            end (self, LIA_AMI_ERROR_CLOSED, "The connection to the telephone system broke.");
          else
            done += (gsize)written;
        }
    }
  self->writing = FALSE;

  return dex_future_new_for_boolean (TRUE);
}

static void
write_soon (LiaAmiClient *self,
            GBytes       *bytes)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  g_byte_array_append (self->outgoing, data, length);
  if (!self->writing)
    {
      self->writing = TRUE;
      dex_future_disown (lia_spawn (writer_fiber, g_object_ref (self), g_object_unref));
    }
}

/* What is left of an action for as long as somebody waits for it. */
typedef struct
{
  LiaAmiClient *client;
  char         *id;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *self = data;

  g_hash_table_remove (self->client->pending, self->id);
  g_object_unref (self->client);
  g_free (self->id);
  g_free (self);
}

static DexFuture *
name_timeout_cb (DexFuture *future,
                 gpointer   data)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return NULL;

  return dex_future_new_reject (LIA_AMI_ERROR, LIA_AMI_ERROR_TIMEOUT, "The telephone system does not answer.");
}

/** lia_ami_client_await: @future (transfer full), or %LIA_AMI_ERROR_TIMEOUT when it takes too long. */
DexFuture *
lia_ami_client_await (DexFuture *future,
                      guint      timeout_ms)
{
  return dex_future_catch (lia_with_timeout (future, timeout_ms), name_timeout_cb, NULL, NULL);
}

/** lia_ami_client_ask: sends, logged in or not; rejects when there is no answer in time. */
DexFuture *
lia_ami_client_ask (LiaAmiClient *self,
                    LiaAmiAction *action,
                    gboolean      is_list)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Pending *pending;
  Wait    *wait;

  if (self->end != NULL)
    return dex_future_new_for_error (g_error_copy (self->end));
  if (self->numbered)
    {
      g_autofree char *id = g_strdup_printf ("t%u", ++self->last_number);
      lia_ami_action_set_id (action, id);
    }
  bytes = lia_ami_action_to_bytes (action, &error);
  if (bytes == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  pending = g_new0 (Pending, 1);
  pending->id = g_strdup (lia_ami_action_get_id (action));
  pending->promise = dex_promise_new ();
  pending->items = is_list ? g_ptr_array_new_with_free_func ((GDestroyNotify)lia_ami_message_unref) : NULL;
  g_hash_table_insert (self->pending, pending->id, pending);
  wait = g_new0 (Wait, 1);
  wait->client = g_object_ref (self);
  wait->id = g_strdup (pending->id);
  write_soon (self, bytes);

  return dex_future_catch (lia_with_timeout (dex_ref (DEX_FUTURE (pending->promise)), self->deadline_ms), name_timeout_cb, wait, wait_free);
}

static DexFuture *
ask_logged_in (LiaAmiClient *self,
               LiaAmiAction *action,
               gboolean      is_list)
{
  g_autoptr (LiaAmiAction) owned = action;

  if (self->end == NULL && !self->logged_in)
    return dex_future_new_reject (LIA_AMI_ERROR, LIA_AMI_ERROR_CLOSED, "The telephone system has not let us in yet.");

  return lia_ami_client_ask (self, owned, is_list);
}

/**
 * lia_ami_client_send:
 * @action: (transfer full): what is asked
 *
 * Resolves to the response, a #LiaAmiMessage, when the PBX agrees; what follows from it is told by events, before or after that.
 */
DexFuture *
lia_ami_client_send (LiaAmiClient *self,
                     LiaAmiAction *action)
{
  return ask_logged_in (self, action, FALSE);
}

/**
 * lia_ami_client_list:
 * @action: (transfer full): one that is answered with a list
 *
 * Resolves to a #GPtrArray of the list's items, without the message that ends it. Tainted items are among them.
 */
DexFuture *
lia_ami_client_list (LiaAmiClient *self,
                     LiaAmiAction *action)
{
  return ask_logged_in (self, action, TRUE);
}

/** lia_ami_client_has_booted: see lia_ami_client_await_boot(). */
gboolean
lia_ami_client_has_booted (LiaAmiClient *self)
{
  return lia_ami_parser_has_booted (self->parser);
}

/**
 * lia_ami_client_await_boot:
 *
 * Resolves once the PBX has started: it lets in and answers before its modules are loaded, and its lists are empty until then. Never told to a login
 * that does not read `system`: %LIA_AMI_ERROR_TIMEOUT. Source: event FullyBooted.
 */
DexFuture *
lia_ami_client_await_boot (LiaAmiClient *self,
                           guint         timeout_ms)
{
  return lia_ami_client_await (dex_ref (DEX_FUTURE (self->booted)), timeout_ms);
}

/* Keep-alive -------------------------------------------------------------------------------------------------------------------------- */

DexFuture *
lia_ami_client_keep_alive_fiber (gpointer data)
{
  LiaAmiClient *self = data;

  for (guint missed = 0; missed < MAX_MISSED;)
    {
      g_autoptr (GError) error = NULL;

      dex_await (dex_future_first (dex_timeout_new_msec ((int)self->ping_ms), dex_ref (DEX_FUTURE (self->ended)), NULL), NULL);
      if (self->end != NULL)
        return dex_future_new_for_boolean (TRUE);
      missed = dex_await (lia_ami_client_send (self, lia_ami_action_new ("Ping")), &error) ? 0 : missed + 1;
    }
  end (self, LIA_AMI_ERROR_CLOSED, "The telephone system does not answer any more.");

  return dex_future_new_for_boolean (TRUE);
}

/** lia_ami_client_close: at once; what waits is rejected. */
void
lia_ami_client_close (LiaAmiClient *self)
{
  end (self, LIA_AMI_ERROR_CLOSED, "the connection was closed");
}

/** lia_ami_client_get_counts: what the connection has brought so far; when more than messages are counted, ask for everything again. */
const LiaAmiCounts *
lia_ami_client_get_counts (LiaAmiClient *self)
{
  return lia_ami_parser_get_counts (self->parser);
}

/** lia_ami_client_get_offset: what our clock says less what the PBX's says, in ms, as far as events have told; their own times are by ours already. */
gint64
lia_ami_client_get_offset (LiaAmiClient *self)
{
  return lia_ami_clock_get_offset (&self->clock);
}

/**
 * lia_ami_client_set_pace:
 * @deadline_ms: how long an answer may take
 * @ping_ms: how often the PBX is asked whether it is there
 */
void
lia_ami_client_set_pace (LiaAmiClient *self,
                         guint         deadline_ms,
                         guint         ping_ms)
{
  self->deadline_ms = deadline_ms;
  self->ping_ms = ping_ms;
}

/** lia_ami_client_set_numbered: the ActionIDs are "t1", "t2", …, which anybody can guess: for transcripts. */
void
lia_ami_client_set_numbered (LiaAmiClient *self)
{
  self->numbered = TRUE;
}

static void
lia_ami_client_finalize (GObject *object)
{
  LiaAmiClient *self = LIA_AMI_CLIENT (object);

  g_clear_object (&self->io);
  g_clear_object (&self->tcp);
  g_object_unref (self->pbx);
  lia_ami_parser_free (self->parser);
  g_byte_array_unref (self->banner);
  g_byte_array_unref (self->outgoing);
  g_hash_table_unref (self->pending);
  dex_clear (&self->greeted);
  dex_clear (&self->booted);
  dex_clear (&self->ended);
  g_clear_error (&self->end);

  G_OBJECT_CLASS (lia_ami_client_parent_class)->finalize (object);
}

static void
lia_ami_client_class_init (LiaAmiClientClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lia_ami_client_finalize;

  signals[EVENTS] = g_signal_new ("events", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
lia_ami_client_init (LiaAmiClient *self)
{
  self->parser = lia_ami_parser_new (is_pending, self);
  lia_ami_parser_set_clock (self->parser, &self->clock);
  self->banner = g_byte_array_new ();
  self->outgoing = g_byte_array_new ();
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pending_free);
  self->greeted = dex_promise_new ();
  self->booted = dex_promise_new ();
  self->ended = dex_promise_new ();
  self->deadline_ms = DEADLINE_MS;
  self->ping_ms = PING_MS;
}

LiaAmiClient *
lia_ami_client_new (LiaPbx *pbx)
{
  LiaAmiClient *self = g_object_new (LIA_TYPE_AMI_CLIENT, NULL);

  self->pbx = g_object_ref (pbx);

  return self;
}
