/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-smtp.h"

#include "lia-crash-point.h"
#include "lia-sasl.h"

#include <string.h>

/*
 * What matters here is to know at each moment whether the server may have taken the message: surely not before the final dot, surely when it says
 * so, and perhaps in between. Measured with Postfix: 40 of 40 messages whose client died after the dot were delivered.
 */

#define CONNECT_MS (20 * 1000)
#define REPLY_MS (60 * 1000)
#define BODY_MS (3 * 60 * 1000)
#define DOT_MS (10 * 60 * 1000) /* RFC 5321 4.5.3.2.6 */
#define MAX_LINE_BYTES (16 * 1024)
#define MAX_LINES 200

struct _LiaSmtp
{
  GObject parent_instance;

  LiaMailStream *stream;
  GPtrArray     *extensions; /* of char *, upper case: "SIZE 26214400" */
  gint64         max_size;   /* 0 = not said */
  gboolean       broken;
};

G_DEFINE_FINAL_TYPE (LiaSmtp, lia_smtp, G_TYPE_OBJECT)

typedef struct
{
  int   code; /* 0 = none came */
  char *text; /* lines joined by a space */
} Reply;

static void
reply_clear (Reply *reply)
{
  g_clear_pointer (&reply->text, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reply, reply_clear)

static gboolean
fail (GError     **error,
      LiaMailError code,
      const char  *message)
{
  g_set_error_literal (error, LIA_MAIL_ERROR, code, message);
  return FALSE;
}

static void
recipient_free (LiaSmtpRecipient *recipient)
{
  g_free (recipient->address);
  g_free (recipient->text);
  g_free (recipient);
}

void
lia_smtp_result_free (LiaSmtpResult *self)
{
  g_free (self->text);
  g_ptr_array_unref (self->recipients);
  g_free (self);
}

/* One reply of one or more lines: "250-PIPELINING", "250 HELP". */
static gboolean
read_reply (LiaSmtp   *self,
            Reply     *reply,
            GPtrArray *lines,
            guint      timeout_ms,
            GError   **error)
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
  if (lia_mail_stream_write (self->stream, text, -1, REPLY_MS, error))
    return TRUE;
  self->broken = TRUE;

  return FALSE;
}

static gboolean
command (LiaSmtp    *self,
         Reply      *reply,
         GPtrArray  *lines,
         const char *line,
         GError    **error)
{
  return write_line (self, line, line, error) && read_reply (self, reply, lines, REPLY_MS, error);
}

static const char *
find_extension (LiaSmtp    *self,
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
  g_auto (Reply) reply = { 0 };

  g_ptr_array_set_size (self->extensions, 0);
  if (!command (self, &reply, self->extensions, "EHLO [127.0.0.1]", error))
    return FALSE;
  if (reply.code != 250)
    {
      g_set_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_UNAVAILABLE, "The server says: %s", reply.text);
      return FALSE;
    }

  const char *size = find_extension (self, "SIZE");
  self->max_size = size != NULL ? g_ascii_strtoll (size, NULL, 10) : 0;

  return TRUE;
}

static gboolean
await_greeting (LiaSmtp *self,
                GError **error)
{
  g_auto (Reply) reply = { 0 };

  if (!read_reply (self, &reply, NULL, REPLY_MS, error))
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
  g_auto (Reply) reply = { 0 };

  if (!say_hello (self, error))
    return FALSE;
  if (find_extension (self, "STARTTLS") == NULL)
    return fail (error, LIA_MAIL_ERROR_NO_TLS, "The server offers no encryption on this port.");
  if (!command (self, &reply, NULL, "STARTTLS", error))
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
check_login (const Reply *reply,
             GError     **error)
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
  const char *offered = find_extension (self, "AUTH");
  g_auto (GStrv) mechanisms = g_strsplit (offered != NULL ? offered : "", " ", 32);
  g_autoptr (LiaSasl) sasl = lia_sasl_new ((const char *const *)mechanisms, login, password, lia_mail_stream_is_secure (self->stream), error);

  if (sasl == NULL)
    return FALSE;

  g_autofree char *initial = lia_sasl_get_initial (sasl);
  g_autofree char *line = g_strconcat ("AUTH ", lia_sasl_get_mechanism (sasl), initial != NULL ? " " : NULL, initial, NULL);
  g_autofree char *shown = g_strconcat ("AUTH ", lia_sasl_get_mechanism (sasl), " (secret)", NULL);
  g_auto (Reply) reply = { 0 };

  if (!write_line (self, line, shown, error) || !read_reply (self, &reply, NULL, REPLY_MS, error))
    return FALSE;
  while (reply.code == 334)
    {
      g_autoptr (GError) refused = NULL;
      g_autofree char *answer = lia_sasl_answer (sasl, reply.text, &refused);

      if (!write_line (self, answer != NULL ? answer : "*", "(secret)", error) || !read_reply (self, &reply, NULL, REPLY_MS, error))
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
static gboolean
is_safe_address (const char *address)
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
  g_auto (Reply) reply = { 0 };
  g_auto (Reply) reset = { 0 };
  g_autofree char *line = g_strdup_printf ("MAIL FROM:<%s>", sender);

  if (!is_safe_address (sender))
    return fail (error, LIA_MAIL_ERROR_NO, "This is not an address.");
  if (!command (self, &reply, NULL, line, error) || !command (self, &reset, NULL, "RSET", error))
    return FALSE;
  if (reply.code / 100 == 2)
    return TRUE;
  g_set_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO, "The server says: %s", reply.text);

  return FALSE;
}

/**
 * lia_smtp_stuff_dots:
 *
 * As it goes over the wire: lines end in CR LF and a dot at their start is doubled (RFC 5321 4.5.2). A bare CR or LF counts as a line's end, because
 * servers differ there, and a message must not end earlier for one than for another. Without the final dot.
 */
GBytes *
lia_smtp_stuff_dots (GBytes *message)
{
  gsize       length;
  const char *data = g_bytes_get_data (message, &length);
  GByteArray *out = g_byte_array_sized_new (length + length / 64 + 16);

  for (gsize i = 0; i < length;)
    {
      gsize end = i;

      while (end < length && data[end] != '\r' && data[end] != '\n')
        end++;
      if (data[i] == '.')
        g_byte_array_append (out, (const guint8 *)".", 1);
      g_byte_array_append (out, (const guint8 *)data + i, end - i);
      g_byte_array_append (out, (const guint8 *)"\r\n", 2);
      i = end + (end + 1 < length && data[end] == '\r' && data[end + 1] == '\n' ? 2 : 1);
    }

  return g_byte_array_free_to_bytes (out);
}

static void
set_result (LiaSmtpResult *result,
            LiaSmtpOutcome outcome,
            int            code,
            const char    *text)
{
  result->outcome = outcome;
  result->code = code;
  g_set_str (&result->text, text);
}

/* What a reply that is not the hoped-for one means for the whole message. */
static void
set_refusal (LiaSmtp       *self,
             LiaSmtpResult *result,
             const Reply   *reply)
{
  result->auth = reply->code == 530 || reply->code == 535;
  self->broken |= reply->code == 421;
  set_result (result, reply->code / 100 == 5 && !result->auth ? LIA_SMTP_REFUSED : LIA_SMTP_LATER, reply->code, reply->text);
}

static void
set_broken (LiaSmtp       *self,
            LiaSmtpResult *result,
            LiaSmtpOutcome outcome,
            const GError  *error)
{
  self->broken = TRUE;
  set_result (result, outcome, 0, error != NULL ? error->message : "the connection broke");
}

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar)*text >= 0x80)
        return FALSE;
    }

  return TRUE;
}

static LiaSmtpResult *
new_result (const char *const *recipients)
{
  LiaSmtpResult *result = g_new0 (LiaSmtpResult, 1);

  result->recipients = g_ptr_array_new_with_free_func ((GDestroyNotify)recipient_free);
  for (guint i = 0; recipients[i] != NULL; i++)
    {
      LiaSmtpRecipient *recipient = g_new0 (LiaSmtpRecipient, 1);
      recipient->address = g_strdup (recipients[i]);
      g_ptr_array_add (result->recipients, recipient);
    }

  return result;
}

/* What can be known before a word is said. */
static gboolean
check_message (LiaSmtp           *self,
               const char        *sender,
               const char *const *recipients,
               GBytes            *message,
               LiaSmtpResult     *result,
               gboolean          *needs_utf8)
{
  *needs_utf8 = !is_ascii (sender);
  for (guint i = 0; recipients[i] != NULL; i++)
    {
      *needs_utf8 |= !is_ascii (recipients[i]);
      if (is_safe_address (recipients[i]))
        continue;
      set_result (result, LIA_SMTP_REFUSED, 0, "one of the addresses is not valid");
      return FALSE;
    }
  if (recipients[0] == NULL || !is_safe_address (sender))
    set_result (result, LIA_SMTP_REFUSED, 0, "there is nobody to send it to, or nobody to send it from");
  else if (self->max_size > 0 && g_bytes_get_size (message) > (gsize)self->max_size)
    set_result (result, LIA_SMTP_REFUSED, 552, "the message is larger than the server takes");
  else if (*needs_utf8 && find_extension (self, "SMTPUTF8") == NULL)
    set_result (result, LIA_SMTP_REFUSED, 553, "the server cannot send to addresses with letters outside ASCII");
  else
    return TRUE;

  return FALSE;
}

/* MAIL and every RCPT in one go where the server allows it (RFC 2920). */
static gboolean
write_envelope (LiaSmtp           *self,
                const char        *sender,
                const char *const *recipients,
                gsize              size,
                gboolean           needs_utf8,
                GError           **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  g_string_append_printf (lines, "MAIL FROM:<%s>", sender);
  if (find_extension (self, "SIZE") != NULL)
    g_string_append_printf (lines, " SIZE=%" G_GSIZE_FORMAT, size);
  if (needs_utf8)
    g_string_append (lines, " SMTPUTF8");
  lia_mail_stream_note (self->stream, 'C', lines->str);
  g_string_append (lines, "\r\n");
  for (guint i = 0; recipients[i] != NULL; i++)
    g_string_append_printf (lines, "RCPT TO:<%s>\r\n", recipients[i]);

  return lia_mail_stream_write (self->stream, lines->str, lines->len, REPLY_MS, error);
}

static gboolean
write_envelope_slowly (LiaSmtp           *self,
                       const char        *sender,
                       const char *const *recipients,
                       gsize              size,
                       gboolean           needs_utf8,
                       Reply             *mail_reply,
                       LiaSmtpResult     *result,
                       GError           **error)
{
  const char *none[] = { NULL };

  if (!write_envelope (self, sender, none, size, needs_utf8, error) || !read_reply (self, mail_reply, NULL, REPLY_MS, error))
    return FALSE;
  for (guint i = 0; recipients[i] != NULL; i++)
    {
      LiaSmtpRecipient *recipient = g_ptr_array_index (result->recipients, i);
      g_autofree char  *line = g_strdup_printf ("RCPT TO:<%s>", recipients[i]);
      g_auto (Reply) reply = { 0 };

      if (!command (self, &reply, NULL, line, error))
        return FALSE;
      recipient->code = reply.code;
      g_set_str (&recipient->text, reply.text);
    }

  return TRUE;
}

static gboolean
send_envelope (LiaSmtp           *self,
               const char        *sender,
               const char *const *recipients,
               gsize              size,
               gboolean           needs_utf8,
               Reply             *mail_reply,
               LiaSmtpResult     *result,
               GError           **error)
{
  if (find_extension (self, "PIPELINING") == NULL)
    return write_envelope_slowly (self, sender, recipients, size, needs_utf8, mail_reply, result, error);

  if (!write_envelope (self, sender, recipients, size, needs_utf8, error) || !read_reply (self, mail_reply, NULL, REPLY_MS, error))
    return FALSE;
  for (guint i = 0; i < result->recipients->len; i++)
    {
      LiaSmtpRecipient *recipient = g_ptr_array_index (result->recipients, i);
      g_auto (Reply) reply = { 0 };

      if (!read_reply (self, &reply, NULL, REPLY_MS, error))
        return FALSE;
      recipient->code = reply.code;
      g_set_str (&recipient->text, reply.text);
    }

  return TRUE;
}

/* With nobody left to send it to: what the refusals say together. TRUE when somebody was accepted. */
static gboolean
anybody_accepted (LiaSmtp       *self,
                  LiaSmtpResult *result)
{
  LiaSmtpRecipient *decisive = NULL;

  for (guint i = 0; i < result->recipients->len; i++)
    {
      LiaSmtpRecipient *recipient = g_ptr_array_index (result->recipients, i);

      if (recipient->code / 100 == 2)
        return TRUE;
      if (decisive == NULL || recipient->code / 100 == 4)
        decisive = recipient;
    }
  Reply reply = { decisive->code, decisive->text };
  set_refusal (self, result, &reply);

  return FALSE;
}

static void
reset (LiaSmtp *self)
{
  g_auto (Reply) reply = { 0 };

  if (!self->broken && !command (self, &reply, NULL, "RSET", NULL))
    self->broken = TRUE;
}

/* From DATA to the answer to the final dot. */
static void
send_body (LiaSmtp         *self,
           GBytes          *message,
           LiaSmtpResult   *result,
           LiaSmtpPhaseFunc on_phase,
           gpointer         data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) stuffed = lia_smtp_stuff_dots (message);
  g_auto (Reply) reply = { 0 };

  if (!command (self, &reply, NULL, "DATA", &error))
    {
      set_broken (self, result, LIA_SMTP_LATER, error);
      return;
    }
  if (reply.code != 354)
    {
      set_refusal (self, result, &reply);
      reset (self);
      return;
    }
  if (!lia_mail_stream_write_bytes (self->stream, stuffed, BODY_MS, &error))
    {
      set_broken (self, result, LIA_SMTP_LATER, error);
      return;
    }
  lia_crash_point ("smtp-after-body");
  if (!on_phase ("dot", data))
    {
      set_broken (self, result, LIA_SMTP_LATER, NULL); /* in the middle of a message: only closing ends it */
      lia_mail_stream_close (self->stream);
      return;
    }
  lia_crash_point ("smtp-before-dot");
  if (!lia_mail_stream_write (self->stream, ".\r\n", 3, REPLY_MS, &error))
    {
      set_broken (self, result, LIA_SMTP_UNKNOWN, error);
      return;
    }
  lia_crash_point ("smtp-after-dot");
  if (!read_reply (self, &reply, NULL, DOT_MS, &error))
    set_broken (self, result, LIA_SMTP_UNKNOWN, error);
  else if (reply.code / 100 == 2)
    set_result (result, LIA_SMTP_ACCEPTED, reply.code, reply.text);
  else
    set_refusal (self, result, &reply);
  lia_crash_point ("smtp-after-reply");
}

/**
 * lia_smtp_send:
 * @message: with any line ends
 *
 * Sends one message. Each recipient gets its own reply; those refused do not keep the others from getting it.
 *
 * Returns: (transfer full): what became of it, never NULL
 */
LiaSmtpResult *
lia_smtp_send (LiaSmtp           *self,
               const char        *sender,
               const char *const *recipients,
               GBytes            *message,
               LiaSmtpPhaseFunc   on_phase,
               gpointer           data)
{
  g_autoptr (LiaSmtpResult) result = new_result (recipients);
  g_autoptr (GError) error = NULL;
  g_auto (Reply) mail_reply = { 0 };
  gboolean needs_utf8;

  if (!check_message (self, sender, recipients, message, result, &needs_utf8))
    return g_steal_pointer (&result);
  if (!send_envelope (self, sender, recipients, g_bytes_get_size (message), needs_utf8, &mail_reply, result, &error))
    set_broken (self, result, LIA_SMTP_LATER, error);
  else if (mail_reply.code / 100 != 2)
    {
      set_refusal (self, result, &mail_reply);
      for (guint i = 0; i < result->recipients->len; i++)
        ((LiaSmtpRecipient *)g_ptr_array_index (result->recipients, i))->code = 0;
      reset (self);
    }
  else if (!anybody_accepted (self, result))
    reset (self);
  else if (!on_phase ("data", data))
    {
      set_result (result, LIA_SMTP_LATER, 0, "stopped");
      reset (self);
    }
  else
    send_body (self, message, result, on_phase, data);

  return g_steal_pointer (&result);
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
