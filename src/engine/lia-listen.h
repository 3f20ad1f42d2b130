/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The sockets that the engine may be spoken to on: one that the app passes, or loopback; nothing else. */

GSocket *lia_listen_descriptor (const char *number,
                                GError    **error);
GSocket *lia_listen_loopback (const char *address,
                              GError    **error);
GSocket *lia_listen_local (const char *address,
                           GError    **error);
char    *lia_listen_describe (GSocket *socket,
                              GError **error);

G_END_DECLS
