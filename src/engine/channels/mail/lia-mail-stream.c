/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mail-stream.h"

#include "lia-async.h"
#include "lia-net.h"

#include <string.h>

/*
 * One read is always outstanding once somebody waits, and survives the waiter: what arrives is kept in `buffer`, so that a fiber may wait for
 * "bytes, a command or a timer" without losing bytes when another one comes first. A wait is a plain promise, because libdex cancels what loses
 * a race.
 */

#define READ_BYTES (32 * 1024) /* more than a record of TLS */
#define DRAIN_BYTES (256 * 1024)
#define COMPACT_BYTES (128 * 1024)
#define TRANSCRIPT_LINES 200
#define TRANSCRIPT_LINE_BYTES 400
#define KEEPALIVE_S 60

struct _LiaMailStream
{
  GObject parent_instance;

  char              *host;
  guint              port;
  char              *ca_pem;
  GSocketConnection *tcp;
  GIOStream         *io; /* tcp, or TLS over it */
  GCancellable      *cancellable;
  GByteArray        *buffer;
  gsize              consumed; /* bytes of buffer that were taken */
  gsize              seen;     /* bytes of buffer that were looked at */
  guint8            *chunk;    /* READ_BYTES, for what is being read */
  gboolean           reading;
  GError            *read_error; /* why no more bytes will come */
  DexPromise        *waiter;     /* or NULL */
  gboolean           secure;
  GQueue             transcript; /* of char * */
};

G_DEFINE_FINAL_TYPE (LiaMailStream, lia_mail_stream, G_TYPE_OBJECT)

static gboolean
fail (GError     **error,
      LiaMailError code,
      const char  *message)
{
  g_set_error_literal (error, LIA_MAIL_ERROR, code, message);
  return FALSE;
}

static void
wake (LiaMailStream *self)
{
  g_autoptr (DexPromise) waiter = g_steal_pointer (&self->waiter);

  if (waiter != NULL)
    dex_promise_resolve_boolean (waiter, TRUE);
}

/* FALSE when nothing more will come. */
static gboolean
take_chunk (LiaMailStream *self,
            gssize         count,
            const GError  *error)
{
  if (count > 0)
    {
      g_byte_array_append (self->buffer, self->chunk, (guint)count);
      return TRUE;
    }

  if (self->read_error == NULL)
    {
      if (error != NULL)
        lia_mail_stream_note (self, 'S', error->message);
      self->read_error = g_error_new_literal (LIA_MAIL_ERROR, LIA_MAIL_ERROR_CLOSED, "The server has closed the connection.");
    }

  return FALSE;
}

/* What else is here already: a way through the main loop for each record costs more than to decrypt it. */
static void
drain (LiaMailStream *self,
       GInputStream  *input)
{
  gssize count = 0;

  if (!G_IS_POLLABLE_INPUT_STREAM (input) || !g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (input)))
    return;

  for (gsize total = 0; total < DRAIN_BYTES; total += (gsize)count)
    {
      g_autoptr (GError) error = NULL;

      count = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), self->chunk, READ_BYTES, self->cancellable, &error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) || !take_chunk (self, count, error))
        return;
    }
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (LiaMailStream) self = data;
  g_autoptr (GError) error = NULL;
  gssize count = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);

  self->reading = FALSE;
  if (take_chunk (self, count, error))
    drain (self, G_INPUT_STREAM (object));
  wake (self);
}

static void
read_more (LiaMailStream *self)
{
  if (self->reading || self->read_error != NULL)
    return;

  self->reading = TRUE;
  g_input_stream_read_async (g_io_stream_get_input_stream (self->io), self->chunk, READ_BYTES, G_PRIORITY_DEFAULT, self->cancellable, read_cb,
                             g_object_ref (self));
}

/**
 * lia_mail_stream_wait:
 *
 * For a fiber that waits for several things: resolves once lia_mail_stream_fill() has something to say at once. Dropping it loses nothing.
 */
DexFuture *
lia_mail_stream_wait (LiaMailStream *self)
{
  if (self->read_error != NULL)
    return dex_future_new_for_boolean (TRUE);

  if (self->waiter == NULL)
    self->waiter = dex_promise_new ();
  read_more (self);

  return dex_ref (DEX_FUTURE (self->waiter));
}

/** lia_mail_stream_has_news: whether lia_mail_stream_fill() would return at once. */
gboolean
lia_mail_stream_has_news (LiaMailStream *self)
{
  return self->buffer->len > self->seen || self->read_error != NULL;
}

/** lia_mail_stream_fill: waits until there are more bytes than were looked at. An error once the connection is of no use any more. */
gboolean
lia_mail_stream_fill (LiaMailStream *self,
                      guint          timeout_ms,
                      GError       **error)
{
  while (self->buffer->len <= self->seen)
    {
      if (self->read_error != NULL)
        {
          g_propagate_error (error, g_error_copy (self->read_error));
          return FALSE;
        }
      if (!dex_await (lia_with_timeout (lia_mail_stream_wait (self), timeout_ms), NULL))
        return fail (error, LIA_MAIL_ERROR_TIMEOUT, "The server does not answer.");
    }

  return TRUE;
}

/** lia_mail_stream_peek: the bytes that are here and were not taken yet; the stream's until the next call. */
const char *
lia_mail_stream_peek (LiaMailStream *self,
                      gsize         *length)
{
  *length = self->buffer->len - self->consumed;
  self->seen = self->buffer->len;
  return (const char *)self->buffer->data + self->consumed;
}

void
lia_mail_stream_consume (LiaMailStream *self,
                         gsize          n_bytes)
{
  g_return_if_fail (n_bytes <= self->buffer->len - self->consumed);

  self->consumed += n_bytes;
  if (self->consumed == self->buffer->len)
    {
      g_byte_array_set_size (self->buffer, 0);
      self->consumed = self->seen = 0;
    }
  else if (self->consumed > COMPACT_BYTES && self->consumed > self->buffer->len / 2)
    {
      g_byte_array_remove_range (self->buffer, 0, self->consumed);
      self->seen -= MIN (self->seen, self->consumed);
      self->consumed = 0;
    }
}

/** lia_mail_stream_read_line: one line without its CR LF. A NUL inside makes it end there. */
char *
lia_mail_stream_read_line (LiaMailStream *self,
                           gsize          max_bytes,
                           guint          timeout_ms,
                           GError       **error)
{
  for (;;)
    {
      gsize       length;
      const char *start = lia_mail_stream_peek (self, &length);
      const char *end = length > 0 ? memchr (start, '\n', length) : NULL;

      if (end != NULL)
        {
          gsize            n = end - start;
          g_autofree char *line = g_strndup (start, n > 0 && start[n - 1] == '\r' ? n - 1 : n);
          lia_mail_stream_consume (self, n + 1);
          lia_mail_stream_note (self, 'S', line);
          return g_steal_pointer (&line);
        }
      if (length > max_bytes)
        {
          fail (error, LIA_MAIL_ERROR_PROTOCOL, "a line of the server is too long");
          return NULL;
        }
      if (!lia_mail_stream_fill (self, timeout_ms, error))
        return NULL;
    }
}

gboolean
lia_mail_stream_write_bytes (LiaMailStream *self,
                             GBytes        *bytes,
                             guint          timeout_ms,
                             GError       **error)
{
  GOutputStream *out = g_io_stream_get_output_stream (self->io);
  gsize          size = g_bytes_get_size (bytes);

  for (gsize offset = 0; offset < size;)
    {
      g_autoptr (GBytes) rest = g_bytes_new_from_bytes (bytes, offset, MIN (size - offset, 256 * 1024));
      g_autoptr (GError) cause = NULL;
      gint64 written = dex_await_int64 (lia_with_timeout (dex_output_stream_write_bytes (out, rest, G_PRIORITY_DEFAULT), timeout_ms), &cause);

      if (cause != NULL || written <= 0)
        {
          if (cause != NULL)
            lia_mail_stream_note (self, 'C', cause->message);
          g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_CLOSED, "The connection to the server broke.");
          lia_mail_stream_close (self);
          return FALSE;
        }
      offset += written;
    }

  return TRUE;
}

gboolean
lia_mail_stream_write (LiaMailStream *self,
                       const char    *data,
                       gssize         length,
                       guint          timeout_ms,
                       GError       **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length < 0 ? strlen (data) : (gsize)length);

  return lia_mail_stream_write_bytes (self, bytes, timeout_ms, error);
}

/**
 * lia_mail_stream_note:
 * @direction: 'C' for what we say, 'S' for the server
 *
 * Keeps a line for the diagnosis. The caller masks secrets; whole messages never come here.
 */
void
lia_mail_stream_note (LiaMailStream *self,
                      char           direction,
                      const char    *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, TRANSCRIPT_LINE_BYTES));

  g_queue_push_tail (&self->transcript, g_strdup_printf ("%c: %s", direction, valid));
  while (g_queue_get_length (&self->transcript) > TRANSCRIPT_LINES)
    g_free (g_queue_pop_head (&self->transcript));
}

char *
lia_mail_stream_get_transcript (LiaMailStream *self)
{
  GString *text = g_string_new (NULL);

  for (GList *item = self->transcript.head; item != NULL; item = item->next)
    g_string_append_printf (text, "%s\n", (const char *)item->data);

  return g_string_free (text, FALSE);
}

/* What stopped us on the way to the server, as the mail channel names it. */
static void
take_net_error (GError  *cause,
                GError **error)
{
  static const LiaMailError codes[] = { LIA_MAIL_ERROR_NO_SUCH_HOST, LIA_MAIL_ERROR_REFUSED, LIA_MAIL_ERROR_TIMEOUT, LIA_MAIL_ERROR_NO_TLS,
                                        LIA_MAIL_ERROR_WRONG_HOST, LIA_MAIL_ERROR_EXPIRED, LIA_MAIL_ERROR_UNKNOWN_CA };

  g_assert (cause->domain == LIA_NET_ERROR && (guint)cause->code < G_N_ELEMENTS (codes));
  g_set_error_literal (error, LIA_MAIL_ERROR, codes[cause->code], cause->message);
}

/**
 * lia_mail_stream_connect:
 * @ca_pem: (nullable): PEM text of an own authority that vouches for the server, beside those of the system
 *
 * Opens the connection, not encrypted yet: nothing secret can be sent before lia_mail_stream_start_tls().
 */
LiaMailStream *
lia_mail_stream_connect (const char *host,
                         guint       port,
                         const char *ca_pem,
                         guint       timeout_ms,
                         GError    **error)
{
  g_autoptr (LiaMailStream) self = g_object_new (LIA_TYPE_MAIL_STREAM, NULL);
  g_autoptr (GError) cause = NULL;

  self->host = g_strdup (host);
  self->port = port;
  self->ca_pem = g_strdup (ca_pem);
  self->tcp = lia_net_connect (host, port, KEEPALIVE_S, timeout_ms, &cause);
  if (self->tcp == NULL)
    {
      take_net_error (cause, error);
      return NULL;
    }
  self->io = g_object_ref (G_IO_STREAM (self->tcp));

  return g_steal_pointer (&self);
}

/**
 * lia_mail_stream_start_tls:
 *
 * Encrypts the connection and verifies the server. Bytes that arrived before this are an attempt to smuggle an answer into the encrypted
 * session (CVE-2020-15953 and its kin), and end it.
 */
gboolean
lia_mail_stream_start_tls (LiaMailStream *self,
                           guint          timeout_ms,
                           GError       **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GIOStream) tls = NULL;

  if (self->buffer->len > self->consumed || self->reading)
    return fail (error, LIA_MAIL_ERROR_NO_TLS, "Somebody between this computer and the server tampers with the connection.");

  tls = lia_net_start_tls (self->tcp, self->host, self->port, self->ca_pem, timeout_ms, &cause);
  if (tls == NULL)
    {
      take_net_error (cause, error);
      lia_mail_stream_close (self);
      return FALSE;
    }
  g_set_object (&self->io, tls);
  self->secure = TRUE;
  lia_mail_stream_note (self, 'C', "(encrypted from here)");

  return TRUE;
}

/** lia_mail_stream_is_secure: encrypted, and the server is who it should be. */
gboolean
lia_mail_stream_is_secure (LiaMailStream *self)
{
  return self->secure;
}

/** lia_mail_stream_close: at once; who waits gets an error. */
void
lia_mail_stream_close (LiaMailStream *self)
{
  if (self->read_error == NULL)
    self->read_error = g_error_new_literal (LIA_MAIL_ERROR, LIA_MAIL_ERROR_CLOSED, "the connection was closed");
  g_cancellable_cancel (self->cancellable);
  if (self->tcp != NULL)
    g_socket_close (g_socket_connection_get_socket (self->tcp), NULL);
  wake (self);
}

static void
lia_mail_stream_dispose (GObject *object)
{
  LiaMailStream *self = LIA_MAIL_STREAM (object);

  if (self->tcp != NULL)
    lia_mail_stream_close (self);
  g_clear_object (&self->io);
  g_clear_object (&self->tcp);
  dex_clear (&self->waiter);

  G_OBJECT_CLASS (lia_mail_stream_parent_class)->dispose (object);
}

static void
lia_mail_stream_finalize (GObject *object)
{
  LiaMailStream *self = LIA_MAIL_STREAM (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->read_error);
  g_byte_array_unref (self->buffer);
  g_free (self->chunk);
  g_queue_clear_full (&self->transcript, g_free);
  g_free (self->host);
  g_free (self->ca_pem);

  G_OBJECT_CLASS (lia_mail_stream_parent_class)->finalize (object);
}

static void
lia_mail_stream_class_init (LiaMailStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_mail_stream_dispose;
  object_class->finalize = lia_mail_stream_finalize;
}

static void
lia_mail_stream_init (LiaMailStream *self)
{
  self->cancellable = g_cancellable_new ();
  self->buffer = g_byte_array_new ();
  self->chunk = g_malloc (READ_BYTES);
  g_queue_init (&self->transcript);
}
