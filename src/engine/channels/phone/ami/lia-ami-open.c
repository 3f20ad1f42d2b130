/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-client-private.h"

#include "lia-async.h"
#include "lia-net.h"

/* How a connection begins: reach the PBX, be sure that it is the right one, log in. And when the next one may. */

#define CONNECT_MS (10 * 1000)
#define KEEPALIVE_S 20
#define FIRST_DELAY_MS 500
#define MAX_DELAY_MS (30 * 1000)

/* The login goes over the wire as it is: without encryption only to this very machine. */
static gboolean
is_this_machine (GSocketConnection *tcp)
{
  g_autoptr (GSocketAddress) address = g_socket_connection_get_remote_address (tcp, NULL);

  return G_IS_INET_SOCKET_ADDRESS (address) && g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static gboolean
connect_to_pbx (LiaAmiClient *self,
                GError      **error)
{
  const LiaPbx *pbx = self->pbx;

  self->tcp = lia_net_connect (pbx->host, (guint)pbx->port, KEEPALIVE_S, CONNECT_MS, error);
  if (self->tcp == NULL)
    return FALSE;
  if (g_strcmp0 (pbx->tls, "none") != 0)
    self->io = lia_net_start_tls (self->tcp, pbx->host, (guint)pbx->port, pbx->ca, CONNECT_MS, error);
  else if (is_this_machine (self->tcp))
    self->io = g_object_ref (G_IO_STREAM (self->tcp));
  else
    {
      g_set_error_literal (error, LIA_NET_ERROR, LIA_NET_ERROR_NO_TLS, "A telephone system on another computer has to encrypt the connection.");
      return FALSE;
    }

  return self->io != NULL;
}

static gboolean
log_in (LiaAmiClient *self,
        const char   *password,
        GError      **error)
{
  g_autoptr (LiaAmiAction) login = lia_ami_action_new ("Login");
  g_autoptr (GError) cause = NULL;

  lia_ami_action_add (login, "Username", self->pbx->login);
  lia_ami_action_add (login, "Secret", password);
  lia_ami_action_add (login, "Events", "on");
  if (dex_await (lia_ami_client_ask (self, login, FALSE), &cause))
    return TRUE;

  if (g_error_matches (cause, LIA_AMI_ERROR, LIA_AMI_ERROR_REFUSED))
    cause->code = LIA_AMI_ERROR_LOGIN_REFUSED;
  g_propagate_error (error, g_steal_pointer (&cause));

  return FALSE;
}

/**
 * lia_ami_client_open:
 *
 * Connects and logs in; from then on "events" is emitted. %LIA_NET_ERROR when the PBX cannot be reached, or cannot prove who it is. For a fiber. Not
 * more than once.
 */
gboolean
lia_ami_client_open (LiaAmiClient *self,
                     const char   *password,
                     GError      **error)
{
  g_return_val_if_fail (self->tcp == NULL, FALSE);

  if (!connect_to_pbx (self, error))
    {
      lia_ami_client_close (self);
      return FALSE;
    }
  dex_future_disown (lia_spawn (lia_ami_client_reader_fiber, g_object_ref (self), g_object_unref));
  if (!dex_await (lia_ami_client_await (dex_ref (DEX_FUTURE (self->greeted)), self->deadline_ms), error) || !log_in (self, password, error))
    {
      lia_ami_client_close (self);
      return FALSE;
    }
  if (self->end != NULL) /* it has let us in, and gone */
    {
      g_propagate_error (error, g_error_copy (self->end));
      return FALSE;
    }
  self->logged_in = TRUE;
  dex_future_disown (lia_spawn (lia_ami_client_keep_alive_fiber, g_object_ref (self), g_object_unref));

  return TRUE;
}

/**
 * lia_ami_client_backoff:
 * @failures: how many connections in a row did not come to a login; 0 after one that did
 *
 * Returns: how long to wait before the next, in ms: 500 at first, then twice as long each time up to 30 s, a fifth more or less by chance
 */
guint
lia_ami_client_backoff (guint failures)
{
  guint delay_ms = MIN (FIRST_DELAY_MS << MIN (failures, 10), MAX_DELAY_MS);

  return (guint)(delay_ms * g_random_double_range (0.8, 1.2));
}
