/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-listen.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than the default of 10: clients that connect at once got resets and stalls of a second (measured). */
#define BACKLOG 512

/**
 * lia_listen_descriptor:
 * @number: of a descriptor that listens: a unix socket in a directory that only this user can enter
 */
GSocket *
lia_listen_descriptor (const char *number,
                       GError    **error)
{
  g_autoptr (GSocket) socket = NULL;
  guint64 fd;

  if (!g_ascii_string_to_unsigned (number, 10, 3, 1024, &fd, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "LIAISON_LISTEN_FD=%s is not the number of a descriptor", number);
      return NULL;
    }

  socket = g_socket_new_from_fd ((int)fd, error);
  if (socket == NULL)
    return NULL;
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "the descriptor that was passed is not a unix socket");
      return NULL;
    }
  fcntl ((int)fd, F_SETFD, FD_CLOEXEC);
  return g_steal_pointer (&socket);
}

/**
 * lia_listen_loopback:
 * @address: "127.0.0.1:PORT" or "[::1]:PORT"; port 0 takes a free one
 *
 * Any other address is refused: the server is not made for strangers. A proxy in front of it is.
 */
GSocket *
lia_listen_loopback (const char *address,
                     GError    **error)
{
  const char      *colon = strrchr (address, ':');
  g_autofree char *host = colon != NULL ? g_strndup (address, colon - address) : NULL;
  g_autoptr (GInetAddress) inet = NULL;
  g_autoptr (GSocketAddress) socket_address = NULL;
  g_autoptr (GSocket) socket = NULL;
  guint64 port;

  if (g_strcmp0 (host, "127.0.0.1") == 0)
    inet = g_inet_address_new_from_string ("127.0.0.1");
  else if (g_strcmp0 (host, "[::1]") == 0)
    inet = g_inet_address_new_from_string ("::1");

  if (inet == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is refused: only 127.0.0.1:PORT or [::1]:PORT can be listened on. For other machines put a proxy in front", address);
      return NULL;
    }

  socket = g_socket_new (g_inet_address_get_family (inet), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return NULL;

  socket_address = g_inet_socket_address_new (inet, (guint16)port);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, socket_address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static GSocket *
listen_unix (const char *path,
             GError    **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  struct stat info;

  if (socket == NULL)
    return NULL;
  /* One that an engine before us has left. */
  if (lstat (path, &info) == 0 && S_ISSOCK (info.st_mode))
    unlink (path);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, FALSE, error) || !g_socket_listen (socket, error))
    return NULL;
  /* The proxy is another user of our group. */
  chmod (path, 0660);

  return g_steal_pointer (&socket);
}

/** lia_listen_local: @address: "unix:PATH", or as lia_listen_loopback() has it. */
GSocket *
lia_listen_local (const char *address,
                  GError    **error)
{
  return g_str_has_prefix (address, "unix:") ? listen_unix (address + strlen ("unix:"), error) : lia_listen_loopback (address, error);
}

/** lia_listen_describe: (transfer full): the URL to speak to it. */
char *
lia_listen_describe (GSocket *socket,
                     GError **error)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, error);
  g_autofree char *host = NULL;
  GInetAddress    *inet;
  guint            port;

  if (address == NULL)
    return NULL;

  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  host = g_inet_address_to_string (inet);
  if (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6)
    return g_strdup_printf ("http://[%s]:%u", host, port);
  return g_strdup_printf ("http://%s:%u", host, port);
}
