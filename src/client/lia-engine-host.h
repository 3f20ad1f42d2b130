/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_ENGINE_HOST (lia_engine_host_get_type ())

/**
 * LiaEngineHost:
 *
 * Keeps an embedded engine running for one workspace: binds a private unix socket, hands the listening descriptor to `liaisond`, starts it
 * again with back-off when it dies (0.2 s to 5 s; requests wait in the socket's backlog meanwhile), and joins an engine that already serves the
 * workspace instead of starting a second one.
 *
 * Properties: `running` (boolean), `problem` (string or NULL: why it does not start, in plain words, after five crashes in a minute or when
 * the store cannot be opened: full disk, read-only, corrupt, newer).
 */
G_DECLARE_FINAL_TYPE (LiaEngineHost, lia_engine_host, LIA, ENGINE_HOST, GObject)

LiaEngineHost      *lia_engine_host_new (const char *workspace_directory);
gboolean            lia_engine_host_start (LiaEngineHost *self,
                                           GError       **error);
void                lia_engine_host_stop (LiaEngineHost *self);
GSocketConnectable *lia_engine_host_get_address (LiaEngineHost *self);
const char         *lia_engine_host_get_problem (LiaEngineHost *self);

G_END_DECLS
