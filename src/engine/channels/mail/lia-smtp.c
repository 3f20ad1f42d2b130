/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-smtp-private.h"

#include "lia-sasl.h"

#include <string.h>

/* How a session begins, and how replies are read. What is sent in it: lia-smtp-send.c. */

#define CONNECT_MS (20 * 1000)
#define MAX_LINE_BYTES (16 * 1024)
#define MAX_LINES 200

G_DEFINE_FINAL_TYPE (LiaSmtp, lia_smtp, G_TYPE_OBJECT)

void
lia_smtp_reply_clear (LiaSmtpReply *reply)
{
  g_clear_pointer (&reply->text, g_free);
}

static gboolean
fail (GError     **error,
      LiaMailError code,
      const char  *message)
{
  g_set_error_literal (error, LIA_MAIL_ERROR, code, message);
  return FALSE;
}

/* One reply of one or more lines: "250-PIPELINING", "250 HELP". */
gboolean
lia_smtp_read_reply (LiaSmtp      *self,
                     LiaSmtpReply *reply,
                     GPtrArray    *lines,
                     guint         timeout_ms,
                     GError      **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MAX_LINES; i++)
    {
      g_autofree char *line = lia_mail_stream_read_line (self->stream, MAX_LINE_BYTES, timeout_ms, error);

      if (line == NULL)
        {
          self->broken = TRUE;
          return FALSE;
        }
      if (strlen (line) < 3 || !g_ascii_isdigit (line[0]) || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]) ||
          (line[3] != ' ' && line[3] != '-' && line[3] != '\0'))
        break;

      const char *rest = line[3] != '\0' ? line + 4 : "";
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", rest);
      if (lines != NULL)
        g_ptr_array_add (lines, g_ascii_strup (rest, -1));
      if (line[3] != '-')
        {
          reply->code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
          g_free (reply->text);
          reply->text = g_utf8_make_valid (text->str, -1);
          return TRUE;
        }
    }
  self->broken = TRUE;

  return fail (error, LIA_MAIL_ERROR_PROTOCOL, "What the server says is not SMTP.");
}

static gboolean
write_line (LiaSmtp    *self,
            const char *line,
            const char *shown,
            GError    **error)
{
  g_autofree char *text = g_strconcat (line, "\r\n", NULL);

  lia_mail_stream_note (self->stream, 'C', shown);
  if (lia_mail_stream_write (self->stream, text, -1, LIA_SMTP_REPLY_MS, error))
    return TRUE;
  self->broken = TRUE;

  return FALSE;
}

gboolean
lia_smtp_command (LiaSmtp      *self,
                  LiaSmtpReply *reply,
                  GPtrArray    *lines,
                  const char   *line,
                  GError      **error)
{
  return write_line (self, line, line, error) && lia_smtp_read_reply (self, reply, lines, LIA_SMTP_REPLY_MS, error);
}

const char *
lia_smtp_find_extension (LiaSmtp    *self,
                         const char *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < self->extensions->len; i++)
    {
      const char *line = g_ptr_array_index (self->extensions, i);
      if (strncmp (line, name, length) == 0 && (line[length] == '\0' || line[length] == ' '))
        return line + length;
    }

  return NULL;
}

static gboolean
say_hello (LiaSmtp *self,
           GError **error)
{
  g_auto (LiaSmtpReply) reply = { 0 };

  g_ptr_array_set_size (self->extensions, 0);
  if (!lia_smtp_command (self, &reply, self->extensions, "EHLO [127.0.0.1]", error))
    return FALSE;
  if (reply.code != 250)
    {
      g_set_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_UNAVAILABLE, "The server says: %s", reply.text);
      return FALSE;
    }

  const char *size = lia_smtp_find_extension (self, "SIZE");
  self->max_size = size != NULL ? g_ascii_strtoll (size, NULL, 10) : 0;

  return TRUE;
}

static gboolean
await_greeting (LiaSmtp *self,
                GError **error)
{
  g_auto (LiaSmtpReply) reply = { 0 };

  if (!lia_smtp_read_reply (self, &reply, NULL, LIA_SMTP_REPLY_MS, error))
    return FALSE;
  if (reply.code == 220)
    return TRUE;
  g_set_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_UNAVAILABLE, "The server turns us away: %s", reply.text);

  return FALSE;
}

static gboolean
start_tls (LiaSmtp *self,
           GError **error)
{
  g_auto (LiaSmtpReply) reply = { 0 };

  if (!say_hello (self, error))
    return FALSE;
  if (lia_smtp_find_extension (self, "STARTTLS") == NULL)
    return fail (error, LIA_MAIL_ERROR_NO_TLS, "The server offers no encryption on this port.");
  if (!lia_smtp_command (self, &reply, NULL, "STARTTLS", error))
    return FALSE;
  if (reply.code != 220)
    return fail (error, LIA_MAIL_ERROR_NO_TLS, "The server refuses to encrypt the connection.");

  return lia_mail_stream_start_tls (self->stream, CONNECT_MS, error);
}

/** lia_smtp_connect: connects, encrypted and verified, up to where a login may be sent. */
LiaSmtp *
lia_smtp_connect (LiaMailbox *mailbox,
                  GError    **error)
{
  g_autoptr (LiaSmtp) self = g_object_new (LIA_TYPE_SMTP, NULL);
  gboolean at_once = g_strcmp0 (mailbox->smtp_tls, "starttls") != 0;

  self->stream = lia_mail_stream_connect (mailbox->smtp_host, mailbox->smtp_port, mailbox->ca, CONNECT_MS, error);
  if (self->stream == NULL || (at_once && !lia_mail_stream_start_tls (self->stream, CONNECT_MS, error)) || !await_greeting (self, error) ||
      (!at_once && !start_tls (self, error)) || !say_hello (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
check_login (const LiaSmtpReply *reply,
             GError            **error)
{
  if (reply->code / 100 == 2)
    return TRUE;
  g_set_error (error, LIA_MAIL_ERROR, reply->code / 100 == 4 ? LIA_MAIL_ERROR_UNAVAILABLE : LIA_MAIL_ERROR_AUTH, "The server says: %s", reply->text);

  return FALSE;
}

/** lia_smtp_log_in: with the best way that the server offers. Refused over a connection that is not encrypted and verified. */
gboolean
lia_smtp_log_in (LiaSmtp    *self,
                 const char *login,
                 const char *password,
                 GError    **error)
{
  const char *offered = lia_smtp_find_extension (self, "AUTH");
  g_auto (GStrv) mechanisms = g_strsplit (offered != NULL ? offered : "", " ", 32);
  g_autoptr (LiaSasl) sasl = lia_sasl_new ((const char *const *)mechanisms, login, password, lia_mail_stream_is_secure (self->stream), error);

  if (sasl == NULL)
    return FALSE;

  g_autofree char *initial = lia_sasl_get_initial (sasl);
  g_autofree char *line = g_strconcat ("AUTH ", lia_sasl_get_mechanism (sasl), initial != NULL ? " " : NULL, initial, NULL);
  g_autofree char *shown = g_strconcat ("AUTH ", lia_sasl_get_mechanism (sasl), " (secret)", NULL);
  g_auto (LiaSmtpReply) reply = { 0 };

  if (!write_line (self, line, shown, error) || !lia_smtp_read_reply (self, &reply, NULL, LIA_SMTP_REPLY_MS, error))
    return FALSE;
  while (reply.code == 334)
    {
      g_autoptr (GError) refused = NULL;
      g_autofree char *answer = lia_sasl_answer (sasl, reply.text, &refused);

      if (!write_line (self, answer != NULL ? answer : "*", "(secret)", error) || !lia_smtp_read_reply (self, &reply, NULL, LIA_SMTP_REPLY_MS, error))
        return FALSE;
      if (refused != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&refused));
          return FALSE;
        }
    }

  return check_login (&reply, error) &&
         (lia_sasl_is_proven (sasl) || fail (error, LIA_MAIL_ERROR_AUTH, "The server could not prove that it knows the password."));
}

LiaSmtp *
lia_smtp_open (LiaMailbox *mailbox,
               const char *password,
               GError    **error)
{
  g_autoptr (LiaSmtp) self = lia_smtp_connect (mailbox, error);

  if (self == NULL || !lia_smtp_log_in (self, mailbox->login, password, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* Nothing that an address or a name holds may become a command. */
gboolean
lia_smtp_is_safe_address (const char *address)
{
  gsize length = strlen (address);

  if (length == 0 || length > 320)
    return FALSE;
  for (const char *p = address; *p != '\0'; p++)
    {
      if ((guchar)*p <= ' ' || *p == '<' || *p == '>' || *p == 0x7f)
        return FALSE;
    }

  return TRUE;
}

/** lia_smtp_try_sender: whether the server would take mail from @sender; for the diagnosis. Nothing is sent. */
gboolean
lia_smtp_try_sender (LiaSmtp    *self,
                     const char *sender,
                     GError    **error)
{
  g_auto (LiaSmtpReply) reply = { 0 };
  g_auto (LiaSmtpReply) reset = { 0 };
  g_autofree char *line = g_strdup_printf ("MAIL FROM:<%s>", sender);

  if (!lia_smtp_is_safe_address (sender))
    return fail (error, LIA_MAIL_ERROR_NO, "This is not an address.");
  if (!lia_smtp_command (self, &reply, NULL, line, error) || !lia_smtp_command (self, &reset, NULL, "RSET", error))
    return FALSE;
  if (reply.code / 100 == 2)
    return TRUE;
  g_set_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO, "The server says: %s", reply.text);

  return FALSE;
}

/** lia_smtp_is_usable: whether another message can be sent over this connection. */
gboolean
lia_smtp_is_usable (LiaSmtp *self)
{
  return !self->broken;
}

/** lia_smtp_get_max_size: bytes that the server takes, 0 when it does not say. */
gint64
lia_smtp_get_max_size (LiaSmtp *self)
{
  return self->max_size;
}

LiaMailStream *
lia_smtp_get_stream (LiaSmtp *self)
{
  return self->stream;
}

void
lia_smtp_close (LiaSmtp *self)
{
  self->broken = TRUE;
  if (self->stream != NULL)
    lia_mail_stream_close (self->stream);
}

static void
lia_smtp_dispose (GObject *object)
{
  LiaSmtp *self = LIA_SMTP (object);

  lia_smtp_close (self);
  g_clear_object (&self->stream);

  G_OBJECT_CLASS (lia_smtp_parent_class)->dispose (object);
}

static void
lia_smtp_finalize (GObject *object)
{
  LiaSmtp *self = LIA_SMTP (object);

  g_ptr_array_unref (self->extensions);

  G_OBJECT_CLASS (lia_smtp_parent_class)->finalize (object);
}

static void
lia_smtp_class_init (LiaSmtpClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_smtp_dispose;
  object_class->finalize = lia_smtp_finalize;
}

static void
lia_smtp_init (LiaSmtp *self)
{
  self->extensions = g_ptr_array_new_with_free_func (g_free);
}
