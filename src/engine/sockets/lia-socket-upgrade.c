/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-socket-upgrade.h"

#include <errno.h>
#include <fcntl.h>

static gboolean
offers_protocol (SoupMessageHeaders *headers,
                 const char *const  *protocols)
{
  for (guint i = 0; protocols[i] != NULL; i++)
    {
      if (soup_message_headers_header_contains (headers, "Sec-WebSocket-Protocol", protocols[i]))
        return TRUE;
    }

  return FALSE;
}

/* The list would join two headers to one origin that nobody has. */
static gboolean
is_from (SoupMessageHeaders *headers,
         const char *const  *origins)
{
  const char *origin = soup_message_headers_get_list (headers, "Origin");

  return origin != NULL && g_strv_contains (origins, origin);
}

/**
 * lia_socket_upgrade_check:
 * @origins: (nullable): the sites from which a browser may come, as it writes them ("https://shop.example"); NULL: it does not matter
 * @protocols: (nullable): the subprotocols that are spoken here; libsoup takes the first one that the client names
 *
 * What libsoup's handshake does not look at, before it.
 *
 * Returns: 0, or the status to refuse with: 403 for another site, 400 for another subprotocol and for what is no WebSocket
 */
guint
lia_socket_upgrade_check (SoupServerMessage *message,
                          const char *const *origins,
                          const char *const *protocols)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (!soup_message_headers_header_equals (headers, "Upgrade", "websocket"))
    return SOUP_STATUS_BAD_REQUEST;
  if (origins != NULL && !is_from (headers, origins))
    return SOUP_STATUS_FORBIDDEN;
  if (protocols != NULL && !offers_protocol (headers, protocols))
    return SOUP_STATUS_BAD_REQUEST;

  return 0;
}

/**
 * lia_socket_upgrade_take:
 *
 * In a websocket handler: a descriptor of the connection that is the caller's. Only for a server without TLS.
 *
 * Returns: -1 and an error of %G_IO_ERROR when there are too many
 */
int
lia_socket_upgrade_take (SoupServerMessage *message,
                         GError           **error)
{
  GSocket  *socket = soup_server_message_get_socket (message);
  const int fd = socket != NULL ? fcntl (g_socket_get_fd (socket), F_DUPFD_CLOEXEC, 0) : -1;
  const int code = socket != NULL ? errno : ENOTSOCK;

  if (fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "A connection cannot be taken over: %s", g_strerror (code));

  return fd;
}
