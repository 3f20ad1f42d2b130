/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaEngineSocket:
 *
 * Where the engine of a workspace is reached: a unix socket in a private directory, named after the workspace. Inside the client library only.
 */
typedef struct
{
  char           *path;
  char           *lock_path;
  char           *pid_path;
  char           *log_path;
  GSocketAddress *address;
} LiaEngineSocket;

LiaEngineSocket *lia_engine_socket_new (const char *workspace_directory,
                                        GError    **error);
void             lia_engine_socket_free (LiaEngineSocket *self);
GSocket         *lia_engine_socket_join (LiaEngineSocket *self);
GSocket         *lia_engine_socket_listen (LiaEngineSocket *self,
                                           GError         **error);
int              lia_engine_socket_lock (LiaEngineSocket *self);
void             lia_engine_socket_set_pid (LiaEngineSocket *self,
                                            const char      *pid);
int              lia_engine_socket_get_pid (LiaEngineSocket *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaEngineSocket, lia_engine_socket_free)

G_END_DECLS
