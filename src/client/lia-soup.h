/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* libsoup as futures. Dropping a future derived from one of these cancels the request. */

DexFuture *lia_soup_send (SoupSession *session,
                          SoupMessage *message) G_GNUC_WARN_UNUSED_RESULT; /* GBytes, the whole body */
DexFuture *lia_soup_connect_websocket (SoupSession *session,
                                       SoupMessage *message,
                                       const char  *protocol) G_GNUC_WARN_UNUSED_RESULT; /* SoupWebsocketConnection */

G_END_DECLS
