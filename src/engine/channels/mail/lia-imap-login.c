/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-private.h"

#include <string.h>

/*
 * How a session begins: connection, encryption, greeting, login. What a server says before the connection is encrypted is forgotten, as anybody
 * may have said it, and nothing secret is sent before the server is known to be the right one.
 */

#define CONNECT_MS (20 * 1000)
#define GREETING_MS (20 * 1000)

static gboolean
fail (GError     **error,
      LiaMailError code,
      const char  *message)
{
  g_set_error_literal (error, LIA_MAIL_ERROR, code, message);
  return FALSE;
}

static gboolean
start_tls (LiaImap *self,
           GError **error)
{
  if (self->greeting == LIA_IMAP_STATUS_PREAUTH)
    return fail (error, LIA_MAIL_ERROR_NO_TLS, "The server lets us in before the connection is encrypted: somebody may tamper with it.");
  if (g_hash_table_size (self->capabilities) == 0 && !lia_imap_run (self, error, "CAPABILITY"))
    return FALSE;
  if (!lia_imap_has (self, "STARTTLS"))
    return fail (error, LIA_MAIL_ERROR_NO_TLS, "The server offers no encryption on this port.");
  self->starting_tls = TRUE;
  if (!lia_imap_run (self, NULL, "STARTTLS"))
    return fail (error, LIA_MAIL_ERROR_NO_TLS, "The server refuses to encrypt the connection.");
  if (!lia_imap_parser_is_empty (self->parser))
    return fail (error, LIA_MAIL_ERROR_NO_TLS, "Somebody between this computer and the server tampers with the connection.");

  self->starting_tls = FALSE;
  g_hash_table_remove_all (self->capabilities); /* what was said before was said to anybody */
  return lia_mail_stream_start_tls (self->stream, CONNECT_MS, error);
}

static gboolean
await_greeting (LiaImap *self,
                GError **error)
{
  while (!self->greeted)
    {
      if (!lia_imap_pump (self, GREETING_MS, error))
        return FALSE;
    }
  if (self->greeting == LIA_IMAP_STATUS_BYE)
    return fail (error, LIA_MAIL_ERROR_UNAVAILABLE, "The server turns us away.");

  return TRUE;
}

/**
 * lia_imap_connect:
 *
 * Connects, encrypted and verified, up to where a login may be sent.
 */
LiaImap *
lia_imap_connect (LiaMailbox *mailbox,
                  GError    **error)
{
  g_autoptr (LiaImap) self = g_object_new (LIA_TYPE_IMAP, NULL);
  gboolean at_once = g_strcmp0 (mailbox->imap_tls, "starttls") != 0;

  self->stream = lia_mail_stream_connect (mailbox->imap_host, mailbox->imap_port, mailbox->ca, CONNECT_MS, error);
  if (self->stream == NULL || (at_once && !lia_mail_stream_start_tls (self->stream, CONNECT_MS, error)) || !await_greeting (self, error) ||
      (!at_once && !start_tls (self, error)))
    return NULL;

  return g_steal_pointer (&self);
}

static GStrv
offered_mechanisms (LiaImap *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  const char    *name;

  g_hash_table_iter_init (&iter, self->capabilities);
  while (g_hash_table_iter_next (&iter, (gpointer *)&name, NULL))
    {
      if (g_str_has_prefix (name, "AUTH="))
        g_strv_builder_add (names, name + strlen ("AUTH="));
    }

  return g_strv_builder_end (names);
}

static gboolean
answer_challenges (LiaImap        *self,
                   LiaImapCommand *command,
                   LiaSasl        *sasl,
                   GError        **error)
{
  for (;;)
    {
      g_autoptr (GError) refused = NULL;

      if (!lia_imap_await_continuation (self, command, LIA_IMAP_COMMAND_MS, error))
        return FALSE;
      if (command->done)
        return TRUE;

      g_autofree char *answer = lia_sasl_answer (sasl, self->continuation, &refused);
      g_autofree char *line = g_strconcat (answer != NULL ? answer : "*", "\r\n", NULL);
      g_clear_pointer (&self->continuation, g_free);
      lia_mail_stream_note (self->stream, 'C', "(secret)");
      if (!lia_mail_stream_write (self->stream, line, -1, LIA_IMAP_COMMAND_MS, error))
        return FALSE;
      if (answer == NULL)
        {
          lia_imap_finish (self, command, LIA_IMAP_COMMAND_MS, NULL);
          g_propagate_error (error, g_steal_pointer (&refused));
          return FALSE;
        }
    }
}

static gboolean
authenticate (LiaImap *self,
              LiaSasl *sasl,
              gboolean with_initial,
              GError **error)
{
  const char      *mechanism = lia_sasl_get_mechanism (sasl);
  g_autofree char *initial = with_initial ? lia_sasl_get_initial (sasl) : NULL;
  g_autofree char *shown = g_strconcat ("AUTHENTICATE ", mechanism, " (secret)", NULL);
  g_autofree char *line = g_strconcat ("AUTHENTICATE ", mechanism, initial != NULL ? " " : NULL, initial, NULL);
  g_autoptr (LiaImapCommand) command = lia_imap_send_line (self, line, shown, error);

  if (command == NULL || !answer_challenges (self, command, sasl, error))
    {
      if (command != NULL)
        g_ptr_array_remove (self->commands, command);
      return FALSE;
    }
  if (command->status == LIA_IMAP_STATUS_OK && !lia_sasl_is_proven (sasl))
    return fail (error, LIA_MAIL_ERROR_AUTH, "The server could not prove that it knows the password.");

  return lia_imap_check_status (command, error);
}

static gboolean
plain_login (LiaImap    *self,
             const char *login,
             const char *password,
             GError    **error)
{
  g_autofree char *name = lia_imap_quote (login);
  g_autofree char *secret = lia_imap_quote (password);

  if (name == NULL || secret == NULL)
    return fail (error, LIA_MAIL_ERROR_AUTH, "The server cannot take a password with letters outside ASCII.");

  g_autofree char *line = g_strdup_printf ("LOGIN %s %s", name, secret);
  g_autoptr (LiaImapCommand) command = lia_imap_send_line (self, line, "LOGIN (secret)", error);
  explicit_bzero (line, strlen (line));

  return command != NULL && lia_imap_finish (self, command, LIA_IMAP_COMMAND_MS, error);
}

static gboolean
check_secure (LiaImap *self,
              GError **error)
{
  return lia_mail_stream_is_secure (self->stream) ||
         fail (error, LIA_MAIL_ERROR_NO_TLS, "a password is never sent over a connection that is not encrypted");
}

/* What the server can do may be another thing after the login: it is told with it, or asked for. */
static gboolean
finish_login (LiaImap *self,
              gboolean done,
              GError  *cause,
              GError **error)
{
  if (done)
    return g_hash_table_size (self->capabilities) > 0 || lia_imap_run (self, error, "CAPABILITY");

  if (g_error_matches (cause, LIA_MAIL_ERROR, LIA_MAIL_ERROR_NO))
    cause->code = LIA_MAIL_ERROR_AUTH;
  g_propagate_error (error, g_error_copy (cause));

  return FALSE;
}

/** lia_imap_authenticate: with a login that the caller has begun. Refused over a connection that is not encrypted and verified. */
gboolean
lia_imap_authenticate (LiaImap *self,
                       LiaSasl *sasl,
                       GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean with_initial, done;

  if (!check_secure (self, error) || (g_hash_table_size (self->capabilities) == 0 && !lia_imap_run (self, error, "CAPABILITY")))
    return FALSE;

  with_initial = lia_imap_has (self, "SASL-IR");
  g_hash_table_remove_all (self->capabilities);
  done = authenticate (self, sasl, with_initial, &cause);

  return finish_login (self, done, cause, error);
}

/** lia_imap_log_in: with the best way that the server offers. Refused over a connection that is not encrypted and verified. */
gboolean
lia_imap_log_in (LiaImap    *self,
                 const char *login,
                 const char *password,
                 GError    **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean done;

  if (!check_secure (self, error))
    return FALSE;
  if (self->greeting == LIA_IMAP_STATUS_PREAUTH)
    return TRUE;
  if (g_hash_table_size (self->capabilities) == 0 && !lia_imap_run (self, error, "CAPABILITY"))
    return FALSE;

  g_auto (GStrv) mechanisms = offered_mechanisms (self);
  g_autoptr (LiaSasl) sasl = lia_sasl_new ((const char *const *)mechanisms, login, password, TRUE, NULL);
  if (sasl != NULL)
    return lia_imap_authenticate (self, sasl, error);
  if (lia_imap_has (self, "LOGINDISABLED"))
    return fail (error, LIA_MAIL_ERROR_AUTH, "The server offers no way to log in that we know.");

  g_hash_table_remove_all (self->capabilities);
  done = plain_login (self, login, password, &cause);

  return finish_login (self, done, cause, error);
}

/** lia_imap_open: connected and logged in. */
LiaImap *
lia_imap_open (LiaMailbox *mailbox,
               const char *password,
               GError    **error)
{
  g_autoptr (LiaImap) self = lia_imap_connect (mailbox, error);

  if (self == NULL || !lia_imap_log_in (self, mailbox->login, password, error))
    return NULL;

  return g_steal_pointer (&self);
}
