/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The directory is ours alone (0700), so that nobody else can put a socket there or connect to ours; the engine checks the peer besides.
 * The lock is held only while one looks whether an engine is there and binds: of two apps that start together, one binds and one joins.
 */

#include "lia-engine-socket.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define BACKLOG 512 /* requests that wait while the engine starts again */

static char *
make_directory (GError **error)
{
  const char      *flatpak = g_getenv ("FLATPAK_ID");
  g_autofree char *directory = NULL;
  struct stat      info;

  /* In a Flatpak only this part of the runtime directory is the same for all instances of the app */
  if (flatpak != NULL)
    directory = g_build_filename (g_get_user_runtime_dir (), "app", flatpak, "liaison", NULL);
  else
    directory = g_build_filename (g_get_user_runtime_dir (), "liaison", NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0 || lstat (directory, &info) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", directory, g_strerror (errno));
      return NULL;
    }
  if (!S_ISDIR (info.st_mode) || info.st_uid != geteuid () || ((info.st_mode & 077) != 0 && chmod (directory, 0700) != 0))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s is not a private directory", directory);
      return NULL;
    }

  return g_steal_pointer (&directory);
}

/* lia_engine_socket_new: makes the directory. Fails with %G_IO_ERROR. */
LiaEngineSocket *
lia_engine_socket_new (const char *workspace_directory,
                       GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (workspace_directory);
  g_autofree char *whole_path = g_file_get_path (file);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole_path, -1);
  g_autofree char *directory = make_directory (error);
  g_autofree char *base = NULL;
  g_autoptr (LiaEngineSocket) self = NULL;

  if (directory == NULL)
    return NULL;

  hash[16] = '\0';
  base = g_build_filename (directory, hash, NULL);

  self = g_new0 (LiaEngineSocket, 1);
  self->path = g_strconcat (base, ".sock", NULL);
  self->lock_path = g_strconcat (base, ".lock", NULL);
  self->pid_path = g_strconcat (base, ".pid", NULL);
  self->log_path = g_strconcat (base, ".log", NULL);
  self->address = g_unix_socket_address_new (self->path);

  /* sun_path of unix(7) */
  if (strlen (self->path) >= 108)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG, "%s is too long for a socket", self->path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
lia_engine_socket_free (LiaEngineSocket *self)
{
  g_free (self->path);
  g_free (self->lock_path);
  g_free (self->pid_path);
  g_free (self->log_path);
  g_clear_object (&self->address);
  g_free (self);
}

/* lia_engine_socket_join: a connection to who listens already, or NULL. Its end is the end of that engine. */
GSocket *
lia_engine_socket_join (LiaEngineSocket *self)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  if (socket == NULL || !g_socket_connect (socket, self->address, NULL, NULL))
    return NULL;

  return g_steal_pointer (&socket);
}

/* lia_engine_socket_listen: instead of a socket that nobody listens on any more. */
GSocket *
lia_engine_socket_listen (LiaEngineSocket *self,
                          GError         **error)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  mode_t   mask;
  gboolean bound;

  if (socket == NULL)
    return NULL;

  g_unlink (self->path);
  mask = umask (077);
  bound = g_socket_bind (socket, self->address, FALSE, error);
  umask (mask);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!bound || !g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}

/* lia_engine_socket_lock: a descriptor whose closing ends the lock; -1 when there is none to be had, which is no reason to give up. */
int
lia_engine_socket_lock (LiaEngineSocket *self)
{
  int fd = g_open (self->lock_path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0)
    flock (fd, LOCK_EX);

  return fd;
}

/* lia_engine_socket_set_pid: for an app that joins later and wants to end the engine; NULL when it has ended. */
void
lia_engine_socket_set_pid (LiaEngineSocket *self,
                           const char      *pid)
{
  if (pid != NULL)
    g_file_set_contents (self->pid_path, pid, -1, NULL);
  else
    g_unlink (self->pid_path);
}

/* lia_engine_socket_get_pid: 0 unless it is certainly the engine's. */
int
lia_engine_socket_get_pid (LiaEngineSocket *self)
{
  g_autofree char *text = NULL;
  g_autofree char *comm_path = NULL;
  g_autofree char *comm = NULL;
  gint64           pid;

  if (!g_file_get_contents (self->pid_path, &text, NULL, NULL) || !g_ascii_string_to_signed (g_strstrip (text), 10, 2, G_MAXINT32, &pid, NULL))
    return 0;

  comm_path = g_strdup_printf ("/proc/%d/comm", (int)pid);
  if (!g_file_get_contents (comm_path, &comm, NULL, NULL) || !g_str_equal (g_strstrip (comm), "liaisond"))
    return 0;

  return (int)pid;
}
