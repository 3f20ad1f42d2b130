/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A live test of a telephone system, in the order in which things can go wrong, each step's outcome with the lines that put it right. The first
 * failure ends it; what only could be better is advice. The password leaves only over a verified connection, or to this very machine.
 */

#include "lia-ami-diagnose.h"

#include "lia-ami-doctor-private.h"

#include "lia-async.h"
#include "lia-net.h"

#include <string.h>

#define CONNECT_MS (10 * 1000)
#define KEEPALIVE_S 20

static const char *const test_names[] = { "name", "reach", "certificate", "login", "rights", "timestamps", "clock", "version", "modules",
                                          "queues", "phones", "dialplan", "keys", "recordings", "callers", NULL };
static const char *const call_names[] = { "name", "reach", "certificate", "login", "ring", "answer", "filters", NULL };

static void
doctor_free (gpointer data)
{
  LiaAmiDoctor *self = data;

  if (self->client != NULL)
    lia_ami_client_close (self->client);
  g_clear_object (&self->client);
  g_object_unref (self->pbx);
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  if (self->recordings_password != NULL)
    explicit_bzero (self->recordings_password, strlen (self->recordings_password));
  g_free (self->recordings_password);
  g_clear_pointer (&self->agents, g_ptr_array_unref);
  g_free (self->phone);
  g_free (self->own_address);
  g_clear_pointer (&self->commands, lia_ami_message_unref);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  g_object_unref (self->report);
  g_free (self);
}

/* The report --------------------------------------------------------------------------------------------------------------------------- */

static void
add_step (LiaAmiDoctor *self,
          const char   *state,
          const char   *code,
          const char   *detail,
          const char   *file,
          const char   *paste)
{
  LiaDiagnosis *step = lia_diagnosis_new ();

  step->step = g_strdup (self->names[self->report->steps->len]);
  step->state = g_strdup (state);
  step->code = g_strdup (code);
  step->detail = g_strdup (detail);
  step->file = g_strdup (file);
  step->paste = g_strdup (paste);
  g_ptr_array_add (self->report->steps, step);
}

void
lia_ami_doctor_ok (LiaAmiDoctor *self,
                   const char   *detail)
{
  add_step (self, "ok", NULL, detail, NULL, NULL);
}

/** lia_ami_doctor_note: it is right, and there is something to say of it. */
void
lia_ami_doctor_note (LiaAmiDoctor *self,
                     const char   *code)
{
  add_step (self, "ok", code, "", NULL, NULL);
}

void
lia_ami_doctor_advise (LiaAmiDoctor *self,
                       const char   *code,
                       const char   *detail,
                       const char   *file,
                       const char   *paste)
{
  add_step (self, "advice", code, detail, file, paste);
}

gboolean
lia_ami_doctor_fail (LiaAmiDoctor *self,
                     const char   *code,
                     const char   *detail,
                     const char   *file,
                     const char   *paste)
{
  add_step (self, "failed", code, detail, file, paste);
  while (self->names[self->report->steps->len] != NULL)
    add_step (self, "skipped", NULL, "", NULL, NULL);

  return FALSE;
}

gboolean
lia_ami_doctor_lose (LiaAmiDoctor *self,
                     const GError *error)
{
  return lia_ami_doctor_fail (self, "lost", error->message, NULL, NULL);
}

/* Asking ------------------------------------------------------------------------------------------------------------------------------- */

LiaAmiMessage *
lia_ami_doctor_ask (LiaAmiDoctor *self,
                    LiaAmiAction *action,
                    GError      **error)
{
  return dex_await_boxed (lia_ami_client_send (self->client, action), error);
}

GPtrArray *
lia_ami_doctor_list (LiaAmiDoctor *self,
                     const char   *name,
                     GError      **error)
{
  return dex_await_boxed (lia_ami_client_list (self->client, lia_ami_action_new (name)), error);
}

char *
lia_ami_doctor_get (LiaAmiDoctor *self,
                    const char   *variable)
{
  LiaAmiAction *action = lia_ami_action_new ("Getvar");
  g_autoptr (LiaAmiMessage) answer = NULL;
  const char *value;

  lia_ami_action_add (action, "Variable", variable);
  answer = lia_ami_doctor_ask (self, action, NULL);
  value = answer != NULL ? lia_ami_message_get (answer, "Value") : NULL;

  return g_strdup (value != NULL ? value : "");
}

gboolean
lia_ami_doctor_may (LiaAmiDoctor *self,
                    const char   *command)
{
  return lia_ami_message_get (self->commands, command) != NULL;
}

/* Getting in --------------------------------------------------------------------------------------------------------------------------- */

static void
remember_own_address (LiaAmiDoctor      *self,
                      GSocketConnection *tcp)
{
  g_autoptr (GSocketAddress) address = g_socket_connection_get_local_address (tcp, NULL);

  if (G_IS_INET_SOCKET_ADDRESS (address))
    self->own_address = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static gboolean
is_this_machine (GSocketConnection *tcp)
{
  g_autoptr (GSocketAddress) address = g_socket_connection_get_remote_address (tcp, NULL);

  return G_IS_INET_SOCKET_ADDRESS (address) && g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* Name, reach and certificate, by a connection of their own on which nothing is said. */
static gboolean
check_way (LiaAmiDoctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) tcp = lia_net_connect (self->pbx->host, (guint)self->pbx->port, KEEPALIVE_S, CONNECT_MS, &error);
  g_autoptr (GIOStream) tls = NULL;

  if (tcp == NULL && g_error_matches (error, LIA_NET_ERROR, LIA_NET_ERROR_NO_SUCH_HOST))
    return lia_ami_doctor_fail (self, "no-such-host", error->message, NULL, NULL);
  lia_ami_doctor_ok (self, "");
  if (tcp == NULL)
    return lia_ami_doctor_fail (self, lia_net_error_to_code (error), error->message, "manager.conf",
                                "[general]\nenabled = yes\ntlsenable = yes\ntlsbindaddr = 0.0.0.0:5039\n"
                                "tlscertfile = /etc/asterisk/keys/certificate.pem\ntlsprivatekey = /etc/asterisk/keys/key.pem\n");
  lia_ami_doctor_ok (self, "");
  remember_own_address (self, tcp);

  if (g_strcmp0 (self->pbx->tls, "none") == 0)
    return is_this_machine (tcp) || lia_ami_doctor_fail (self, "no-tls", "", NULL, NULL);
  tls = lia_net_start_tls (tcp, self->pbx->host, (guint)self->pbx->port, self->pbx->ca, CONNECT_MS, &error);
  if (tls == NULL)
    return lia_ami_doctor_fail (self, lia_net_error_to_code (error), error->message, NULL, NULL);

  return TRUE;
}

/* How our login would stand in manager.conf. */
static char *
login_section (LiaAmiDoctor *self)
{
  return g_strdup_printf ("#include \"liaison/manager.conf\"\n[%s](liaison-engine)\nsecret = \npermit = %s/%s\n", self->pbx->login, self->own_address,
                          strchr (self->own_address, ':') != NULL ? "128" : "255.255.255.255");
}

static gboolean
get_in (LiaAmiDoctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *section = login_section (self);
  gboolean         done;

  self->client = lia_ami_client_new (self->pbx);
  done = lia_ami_client_open (self->client, self->password, &error);
  lia_ami_doctor_ok (self, "");
  if (done)
    lia_ami_doctor_ok (self, "");
  else if (g_error_matches (error, LIA_AMI_ERROR, LIA_AMI_ERROR_LOGIN_REFUSED))
    lia_ami_doctor_fail (self, "wrong-password", error->message, "manager.conf", section);
  else if (g_error_matches (error, LIA_AMI_ERROR, LIA_AMI_ERROR_PROTOCOL))
    lia_ami_doctor_fail (self, "not-a-pbx", error->message, NULL, NULL);
  else
    lia_ami_doctor_lose (self, error);

  return done;
}

static DexFuture *
diagnose_fiber (gpointer data)
{
  LiaAmiDoctor *self = data;

  if (check_way (self) && get_in (self))
    {
      if (self->phone != NULL)
        lia_ami_doctor_ring (self);
      else if (lia_ami_doctor_check_login (self) && lia_ami_doctor_check_version (self))
        lia_ami_doctor_survey (self);
    }

  return dex_future_new_take_object (g_object_ref (self->report));
}

DexFuture *
lia_ami_diagnose (LiaPbx             *pbx,
                  const char         *password,
                  const char         *recordings_password,
                  GPtrArray          *agents,
                  const LiaPhoneLink *link,
                  const char         *phone)
{
  LiaAmiDoctor *self = g_new0 (LiaAmiDoctor, 1);

  self->pbx = g_object_ref (pbx);
  self->password = g_strdup (password);
  self->recordings_password = g_strdup (recordings_password);
  self->agents = g_ptr_array_ref (agents);
  self->phone = g_strdup (phone);
  if (link != NULL)
    {
      self->forged = link->forged;
      self->forged_ms = link->forged_ms;
    }
  self->names = phone != NULL ? call_names : test_names;
  self->report = lia_pbx_report_new ();

  return lia_spawn (diagnose_fiber, self, doctor_free);
}
