/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * sofia-sip closes a connection whose certificate it does not like without telling why, and the registration times out half a minute later. So the
 * telephone system is asked for its certificate once before, by GLib, which can tell.
 */

#include "lia-phone-probe.h"

#include <glib/gi18n.h>

enum {
  SIPS_PORT = 5061, /* RFC 3261 section 19.1.2 */
  TIMEOUT_S = 10,
};

static const char *
describe (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _ ("The telephone system shows the certificate of another server. Check its name.");
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return _ ("The certificate of the telephone system has expired.");
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _ ("The certificate of the telephone system comes from an authority that this computer does not know.");

  return _ ("The certificate of the telephone system is not valid.");
}

static gboolean
on_accept (GTlsConnection       *connection,
           GTlsCertificate      *certificate,
           GTlsCertificateFlags  flags,
           GTlsCertificateFlags *found)
{
  *found = flags;

  return FALSE;
}

static void
on_client_event (GSocketClient      *client,
                 GSocketClientEvent  event,
                 GSocketConnectable *connectable,
                 GIOStream          *stream,
                 GTask              *task)
{
  const char *authority = g_object_get_data (G_OBJECT (task), "authority");
  g_autoptr (GTlsDatabase) database = NULL;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return;

  if (authority != NULL)
    database = g_tls_file_database_new (authority, NULL);
  if (database != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (stream), database);
  g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_accept), g_task_get_task_data (task));
}

static void
on_connected (GObject      *client,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, &error);
  const GTlsCertificateFlags *found = g_task_get_task_data (task);

  if (connection != NULL)
    g_task_return_boolean (task, TRUE);
  else if (*found != 0)
    g_task_return_new_error (task, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "%s", describe (*found));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * lia_phone_probe_async:
 * @account: an account with TLS
 * @cancellable: (nullable): to give up
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Asks whether the telephone system proves to be itself.
 */
void
lia_phone_probe_async (const LiaPhoneAccount *account,
                       GCancellable          *cancellable,
                       GAsyncReadyCallback    callback,
                       gpointer               user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = g_network_address_new (account->server, (guint16)(account->port != 0 ? account->port : SIPS_PORT));
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_new0 (GTlsCertificateFlags, 1), g_free);
  g_object_set_data_full (G_OBJECT (task), "authority", g_strdup (account->authority), g_free);
  g_socket_client_set_tls (client, TRUE);
  g_socket_client_set_timeout (client, TIMEOUT_S);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_signal_connect_object (client, "event", G_CALLBACK (on_client_event), task, 0);
  g_socket_client_connect_async (client, address, cancellable, on_connected, task);
}

/**
 * lia_phone_probe_finish:
 * @result: what the callback was given
 * @error: set when it does not: %G_TLS_ERROR with plain words, or that it cannot be reached
 *
 * Returns: whether the telephone system proved to be itself
 */
gboolean
lia_phone_probe_finish (GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
