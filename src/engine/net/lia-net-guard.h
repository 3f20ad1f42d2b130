/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_NET_GUARD (lia_net_guard_get_type ())

/**
 * LiaNetGuard:
 *
 * Keeps addresses that somebody typed, or that a foreign server named, from leading into our own network (server-side request forgery): what a
 * name resolves to is judged, and only what was judged is connected to, so that a name cannot mean something else a moment later. Hosts that an
 * administrator vouches for may be anywhere. Main context only.
 */
G_DECLARE_FINAL_TYPE (LiaNetGuard, lia_net_guard, LIA, NET_GUARD, GObject)

LiaNetGuard        *lia_net_guard_new (void);
void                lia_net_guard_allow (LiaNetGuard *self,
                                         const char  *host);
gboolean            lia_net_guard_is_allowed (LiaNetGuard *self,
                                              const char  *host);
gboolean            lia_net_guard_accepts (LiaNetGuard  *self,
                                           const char   *host,
                                           GInetAddress *address);
GSocketConnectable *lia_net_guard_new_connectable (LiaNetGuard *self,
                                                   const char  *host,
                                                   guint        port);
gboolean            lia_net_is_public (GInetAddress *address);

G_END_DECLS
