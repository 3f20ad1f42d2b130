/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-private.h"

#include <string.h>

/*
 * The session pumps: whoever waits for a command reads responses and hands them on until that command has ended, so answers to
 * pipelined commands are taken in whatever order they come. A protocol error, a BYE or a missed deadline ends the session; nothing is retried here.
 */

#define IDLE_BEGIN_MS (10 * 1000)

G_DEFINE_FINAL_TYPE (LiaImap, lia_imap, G_TYPE_OBJECT)

static gboolean
fail (GError     **error,
      LiaMailError code,
      const char  *message)
{
  g_set_error_literal (error, LIA_MAIL_ERROR, code, message);
  return FALSE;
}

void
lia_imap_command_free (LiaImapCommand *self)
{
  g_free (self->tag);
  g_free (self->code);
  g_free (self->code_args);
  g_free (self->text);
  g_free (self);
}

static void
set_capabilities (LiaImap    *self,
                  const char *words)
{
  g_auto (GStrv) names = g_strsplit (words, " ", 256);

  g_hash_table_remove_all (self->capabilities);
  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_add (self->capabilities, g_ascii_strup (names[i], -1));
}

static void
on_capability_data (LiaImap               *self,
                    const LiaImapResponse *response)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 1; i < response->n_tokens; i++)
    {
      g_autofree char *word = lia_imap_response_dup (response, i);
      g_string_append_printf (words, "%s%s", i > 1 ? " " : "", word != NULL ? word : "");
    }
  set_capabilities (self, words->str);
}

static void
on_tagged (LiaImap         *self,
           LiaImapResponse *response)
{
  for (guint i = 0; i < self->commands->len; i++)
    {
      LiaImapCommand *command = g_ptr_array_index (self->commands, i);

      if (strcmp (command->tag, response->tag) != 0)
        continue;
      command->done = TRUE;
      command->status = response->status;
      command->code = g_steal_pointer (&response->code);
      command->code_args = g_steal_pointer (&response->code_args);
      command->text = g_steal_pointer (&response->text);
      g_ptr_array_remove_index (self->commands, i);
      return;
    }
}

static void
dispatch (LiaImap         *self,
          LiaImapResponse *response)
{
  if (response->code != NULL && strcmp (response->code, "CAPABILITY") == 0 && response->code_args != NULL)
    set_capabilities (self, response->code_args);

  if (response->tag != NULL)
    on_tagged (self, response);
  else if (response->status == LIA_IMAP_STATUS_CONTINUE)
    g_set_str (&self->continuation, response->text);
  else if (!self->greeted && response->status != LIA_IMAP_STATUS_NONE)
    {
      self->greeted = TRUE;
      self->greeting = response->status;
    }
  else if (response->status == LIA_IMAP_STATUS_NONE && lia_imap_response_is (response, 0, "CAPABILITY"))
    on_capability_data (self, response);
  else if (response->status == LIA_IMAP_STATUS_BYE)
    g_set_str (&self->bye, response->text);
  else if (self->handler != NULL)
    self->handler (response, self->handler_data);
}

static void
note_response (LiaImap               *self,
               const LiaImapResponse *response)
{
  gsize       length;
  const char *line;

  if (response->bytes == NULL)
    return;
  line = g_bytes_get_data (response->bytes, &length);
  const char      *end = memchr (line, '\n', length);
  g_autofree char *first = g_strndup (line, MIN (end != NULL ? (gsize)(end - line) : length, 300));
  lia_mail_stream_note (self->stream, 'S', first);
}

/**
 * lia_imap_process:
 *
 * Takes what has arrived, without waiting. An error ends the session.
 */
gboolean
lia_imap_process (LiaImap *self,
                  GError **error)
{
  gsize       length;
  const char *data = lia_mail_stream_peek (self->stream, &length);

  if (length > 0)
    lia_imap_parser_feed (self->parser, data, length);
  lia_mail_stream_consume (self->stream, length);
  for (;;)
    {
      g_autoptr (GError) cause = NULL;
      g_autoptr (LiaImapResponse) response = lia_imap_parser_next (self->parser, &cause);

      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          lia_mail_stream_close (self->stream);
          return FALSE;
        }
      if (response == NULL)
        return TRUE;
      note_response (self, response);
      dispatch (self, response);
      if (self->starting_tls && response->tag != NULL)
        return TRUE; /* what follows in the clear stays unread, and is noticed */
    }
}

/* Waits for more and takes it. */
gboolean
lia_imap_pump (LiaImap *self,
               guint    timeout_ms,
               GError **error)
{
  if (lia_mail_stream_fill (self->stream, timeout_ms, error))
    return lia_imap_process (self, error);
  if (self->bye != NULL && error != NULL && *error != NULL)
    g_prefix_error (error, "%s: ", self->bye);

  return FALSE;
}

/**
 * lia_imap_quote:
 *
 * @text as a quoted string.
 *
 * Returns: (nullable): NULL when it cannot be one (RFC 3501 9: CR, LF, NUL, or more than ASCII)
 */
char *
lia_imap_quote (const char *text)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar)*p >= 0x80 || *p == '\r' || *p == '\n')
        return NULL;
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

LiaImapCommand *
lia_imap_send_line (LiaImap    *self,
                    const char *line,
                    const char *shown,
                    GError    **error)
{
  g_autoptr (LiaImapCommand) command = g_new0 (LiaImapCommand, 1);
  command->tag = g_strdup_printf ("L%u", ++self->last_tag);
  g_autofree char *text = g_strdup_printf ("%s %s\r\n", command->tag, line);
  g_autofree char *note = g_strdup_printf ("%s %s", command->tag, shown);

  lia_mail_stream_note (self->stream, 'C', note);
  g_clear_pointer (&self->continuation, g_free);
  if (!lia_mail_stream_write (self->stream, text, -1, LIA_IMAP_COMMAND_MS, error))
    return NULL;
  g_ptr_array_add (self->commands, command);

  return g_steal_pointer (&command);
}

/**
 * lia_imap_send:
 *
 * Sends a command and does not wait for its end. The text is the caller's duty: nothing from outside goes in unquoted.
 *
 * Returns: (transfer full): to be given to lia_imap_finish()
 */
LiaImapCommand *
lia_imap_send (LiaImap    *self,
               GError    **error,
               const char *format,
               ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *line = g_strdup_vprintf (format, args);
  va_end (args);

  return lia_imap_send_line (self, line, line, error);
}

static gboolean
is_temporary (const LiaImapCommand *command)
{
  static const char *const codes[] = { "UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_strcmp0 (command->code, codes[i]) == 0)
        return TRUE;
    }

  return command->text != NULL && (strstr (command->text, "oo many") != NULL || strstr (command->text, "emporar") != NULL);
}

/* What the end of a command says, as an error. */
gboolean
lia_imap_check_status (const LiaImapCommand *command,
                       GError              **error)
{
  if (command->status == LIA_IMAP_STATUS_OK)
    return TRUE;
  if (command->status == LIA_IMAP_STATUS_NO)
    g_set_error (error, LIA_MAIL_ERROR, is_temporary (command) ? LIA_MAIL_ERROR_UNAVAILABLE : LIA_MAIL_ERROR_NO, "The server says: %s",
                 command->text);
  else
    g_set_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_PROTOCOL, "The server did not understand us: %s", command->text);

  return FALSE;
}

/** lia_imap_finish: waits until @command has ended: TRUE when the server says OK. @timeout_ms is how long the server may be silent. */
gboolean
lia_imap_finish (LiaImap        *self,
                 LiaImapCommand *command,
                 guint           timeout_ms,
                 GError        **error)
{
  while (!command->done)
    {
      if (!lia_imap_pump (self, timeout_ms, error))
        {
          g_ptr_array_remove (self->commands, command);
          return FALSE;
        }
    }

  return lia_imap_check_status (command, error);
}

gboolean
lia_imap_run (LiaImap    *self,
              GError    **error,
              const char *format,
              ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *line = g_strdup_vprintf (format, args);
  va_end (args);
  g_autoptr (LiaImapCommand) command = lia_imap_send_line (self, line, line, error);

  return command != NULL && lia_imap_finish (self, command, LIA_IMAP_COMMAND_MS, error);
}

/* Until the server asks for more ("+"), or ends the command instead. */
gboolean
lia_imap_await_continuation (LiaImap        *self,
                             LiaImapCommand *command,
                             guint           timeout_ms,
                             GError        **error)
{
  while (self->continuation == NULL && !command->done)
    {
      if (!lia_imap_pump (self, timeout_ms, error))
        {
          g_ptr_array_remove (self->commands, command);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * lia_imap_append:
 * @flags: as they stand in brackets: "\\Seen"
 * @date_ms: the internal date
 *
 * Puts a message into a folder.
 */
gboolean
lia_imap_append (LiaImap    *self,
                 const char *path,
                 const char *flags,
                 gint64      date_ms,
                 GBytes     *message,
                 GError    **error)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (date_ms / 1000);
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autofree char         *name = lia_imap_quote (path);
  gboolean                 at_once = lia_imap_has (self, "LITERAL+");

  if (name == NULL || date == NULL)
    return fail (error, LIA_MAIL_ERROR_NO, "the folder has a name that we cannot write");

  g_autoptr (LiaImapCommand) command = lia_imap_send (self, error, "APPEND %s (%s) \"%2d-%s-%d %02d:%02d:%02d +0000\" {%" G_GSIZE_FORMAT "%s}", name, flags,
                                                      g_date_time_get_day_of_month (date), months[g_date_time_get_month (date) - 1], g_date_time_get_year (date),
                                                      g_date_time_get_hour (date), g_date_time_get_minute (date), g_date_time_get_second (date),
                                                      g_bytes_get_size (message), at_once ? "+" : "");
  if (command == NULL || (!at_once && !lia_imap_await_continuation (self, command, LIA_IMAP_COMMAND_MS, error)))
    return FALSE;
  if (command->done)
    return lia_imap_check_status (command, error);
  if (!lia_mail_stream_write_bytes (self->stream, message, LIA_IMAP_TRANSFER_MS, error) ||
      !lia_mail_stream_write (self->stream, "\r\n", 2, LIA_IMAP_COMMAND_MS, error))
    {
      g_ptr_array_remove (self->commands, command);
      return FALSE;
    }

  return lia_imap_finish (self, command, LIA_IMAP_TRANSFER_MS, error);
}

/** lia_imap_idle_begin: from now on the server tells what happens (RFC 2177). Wait with lia_mail_stream_wait(), take with lia_imap_process(). */
gboolean
lia_imap_idle_begin (LiaImap *self,
                     GError **error)
{
  g_autoptr (LiaImapCommand) command = lia_imap_send (self, error, "IDLE");

  if (command == NULL || !lia_imap_await_continuation (self, command, IDLE_BEGIN_MS, error))
    return FALSE;
  if (command->done)
    return lia_imap_check_status (command, error) && fail (error, LIA_MAIL_ERROR_PROTOCOL, "the server ended IDLE at once");
  self->idle = g_steal_pointer (&command);

  return TRUE;
}

gboolean
lia_imap_idle_end (LiaImap *self,
                   GError **error)
{
  g_autoptr (LiaImapCommand) command = g_steal_pointer (&self->idle);

  if (command == NULL)
    return TRUE;
  lia_mail_stream_note (self->stream, 'C', "DONE");
  if (!command->done && !lia_mail_stream_write (self->stream, "DONE\r\n", -1, LIA_IMAP_COMMAND_MS, error))
    {
      g_ptr_array_remove (self->commands, command);
      return FALSE;
    }

  return lia_imap_finish (self, command, IDLE_BEGIN_MS, error);
}

gboolean
lia_imap_has (LiaImap    *self,
              const char *capability)
{
  return g_hash_table_contains (self->capabilities, capability);
}

void
lia_imap_set_handler (LiaImap       *self,
                      LiaImapHandler handler,
                      gpointer       data)
{
  self->handler = handler;
  self->handler_data = data;
}

LiaMailStream *
lia_imap_get_stream (LiaImap *self)
{
  return self->stream;
}

/** lia_imap_close: at once, from any function of the same thread; a fiber that waits gets an error. */
void
lia_imap_close (LiaImap *self)
{
  if (self->stream != NULL)
    lia_mail_stream_close (self->stream);
}

static void
lia_imap_dispose (GObject *object)
{
  LiaImap *self = LIA_IMAP (object);

  lia_imap_close (self);
  g_clear_object (&self->stream);

  G_OBJECT_CLASS (lia_imap_parent_class)->dispose (object);
}

static void
lia_imap_finalize (GObject *object)
{
  LiaImap *self = LIA_IMAP (object);

  lia_imap_parser_free (self->parser);
  g_hash_table_unref (self->capabilities);
  g_ptr_array_unref (self->commands);
  g_clear_pointer (&self->idle, lia_imap_command_free);
  g_free (self->continuation);
  g_free (self->bye);

  G_OBJECT_CLASS (lia_imap_parent_class)->finalize (object);
}

static void
lia_imap_class_init (LiaImapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_imap_dispose;
  object_class->finalize = lia_imap_finalize;
}

static void
lia_imap_init (LiaImap *self)
{
  self->parser = lia_imap_parser_new ();
  self->capabilities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->commands = g_ptr_array_new ();
}
