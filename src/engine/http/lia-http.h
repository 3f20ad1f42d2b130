/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"

G_BEGIN_DECLS

#define LIA_TYPE_HTTP (lia_http_get_type ())

/**
 * LiaHttp:
 *
 * The HTTP side of the engine's interface: takes calls in, judges them by their headers, hands them to the table's handlers, and hands
 * WebSockets to the hub.
 */
G_DECLARE_FINAL_TYPE (LiaHttp, lia_http, LIA, HTTP, GObject)

LiaHttp *lia_http_new (LiaEngine *engine);
gboolean lia_http_listen (LiaHttp *self,
                          GSocket *socket,
                          GError **error);
void     lia_http_stop (LiaHttp *self);
guint    lia_http_get_pending (LiaHttp *self);

G_END_DECLS
