/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-smtp-private.h"

#include "lia-crash-point.h"

#include <string.h>

/*
 * What matters here is to know at each moment whether the server may have taken the message: surely not before the final dot, surely when it says
 * so, and perhaps in between. Measured with Postfix: 40 of 40 messages whose client died after the dot were delivered.
 */

#define BODY_MS (3 * 60 * 1000)
#define DOT_MS (10 * 60 * 1000) /* RFC 5321 4.5.3.2.6 */

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
set_refusal (LiaSmtp            *self,
             LiaSmtpResult      *result,
             const LiaSmtpReply *reply)
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
      if (lia_smtp_is_safe_address (recipients[i]))
        continue;
      set_result (result, LIA_SMTP_REFUSED, 0, "one of the addresses is not valid");
      return FALSE;
    }
  if (recipients[0] == NULL || !lia_smtp_is_safe_address (sender))
    set_result (result, LIA_SMTP_REFUSED, 0, "there is nobody to send it to, or nobody to send it from");
  else if (self->max_size > 0 && g_bytes_get_size (message) > (gsize)self->max_size)
    set_result (result, LIA_SMTP_REFUSED, 552, "the message is larger than the server takes");
  else if (*needs_utf8 && lia_smtp_find_extension (self, "SMTPUTF8") == NULL)
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
  if (lia_smtp_find_extension (self, "SIZE") != NULL)
    g_string_append_printf (lines, " SIZE=%" G_GSIZE_FORMAT, size);
  if (needs_utf8)
    g_string_append (lines, " SMTPUTF8");
  lia_mail_stream_note (self->stream, 'C', lines->str);
  g_string_append (lines, "\r\n");
  for (guint i = 0; recipients[i] != NULL; i++)
    g_string_append_printf (lines, "RCPT TO:<%s>\r\n", recipients[i]);

  return lia_mail_stream_write (self->stream, lines->str, lines->len, LIA_SMTP_REPLY_MS, error);
}

static gboolean
write_envelope_slowly (LiaSmtp           *self,
                       const char        *sender,
                       const char *const *recipients,
                       gsize              size,
                       gboolean           needs_utf8,
                       LiaSmtpReply      *mail_reply,
                       LiaSmtpResult     *result,
                       GError           **error)
{
  const char *none[] = { NULL };

  if (!write_envelope (self, sender, none, size, needs_utf8, error) || !lia_smtp_read_reply (self, mail_reply, NULL, LIA_SMTP_REPLY_MS, error))
    return FALSE;
  for (guint i = 0; recipients[i] != NULL; i++)
    {
      LiaSmtpRecipient *recipient = g_ptr_array_index (result->recipients, i);
      g_autofree char  *line = g_strdup_printf ("RCPT TO:<%s>", recipients[i]);
      g_auto (LiaSmtpReply) reply = { 0 };

      if (!lia_smtp_command (self, &reply, NULL, line, error))
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
               LiaSmtpReply      *mail_reply,
               LiaSmtpResult     *result,
               GError           **error)
{
  if (lia_smtp_find_extension (self, "PIPELINING") == NULL)
    return write_envelope_slowly (self, sender, recipients, size, needs_utf8, mail_reply, result, error);

  if (!write_envelope (self, sender, recipients, size, needs_utf8, error) || !lia_smtp_read_reply (self, mail_reply, NULL, LIA_SMTP_REPLY_MS, error))
    return FALSE;
  for (guint i = 0; i < result->recipients->len; i++)
    {
      LiaSmtpRecipient *recipient = g_ptr_array_index (result->recipients, i);
      g_auto (LiaSmtpReply) reply = { 0 };

      if (!lia_smtp_read_reply (self, &reply, NULL, LIA_SMTP_REPLY_MS, error))
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
  LiaSmtpReply reply = { decisive->code, decisive->text };
  set_refusal (self, result, &reply);

  return FALSE;
}

static void
reset (LiaSmtp *self)
{
  g_auto (LiaSmtpReply) reply = { 0 };

  if (!self->broken && !lia_smtp_command (self, &reply, NULL, "RSET", NULL))
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
  g_auto (LiaSmtpReply) reply = { 0 };

  if (!lia_smtp_command (self, &reply, NULL, "DATA", &error))
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
  if (!lia_mail_stream_write (self->stream, ".\r\n", 3, LIA_SMTP_REPLY_MS, &error))
    {
      set_broken (self, result, LIA_SMTP_UNKNOWN, error);
      return;
    }
  lia_crash_point ("smtp-after-dot");
  if (!lia_smtp_read_reply (self, &reply, NULL, DOT_MS, &error))
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
  g_auto (LiaSmtpReply) mail_reply = { 0 };
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
