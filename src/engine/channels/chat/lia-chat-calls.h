/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-hub.h"
#include "lia-chat-visitor.h"
#include "lia-http-call.h"

G_BEGIN_DECLS

/**
 * LiaChatHandler:
 * @host: whom the caller's address stands for
 * @origin: (nullable): of the page that calls, which is one of a site's; NULL also for a page of our own
 *
 * Answers one call of a visitor, in a fiber. FALSE with @error for a problem.
 */
typedef gboolean (*LiaChatHandler) (LiaChatHub  *hub,
                                    LiaHttpCall *call,
                                    const char  *host,
                                    const char  *origin,
                                    GError     **error);

#define LIA_CHAT_SOCKET_PATH "/chat/v1/socket"
#define LIA_CHAT_MAX_BODY (64 * 1024)

/** LiaChatRoute: one row of the table of calls that visitors may make. */
typedef struct
{
  const char    *method;
  const char    *path;      /* with “/” at its end: all below it */
  LiaChatHandler handler;   /* NULL: becomes a WebSocket */
  gboolean       is_upload; /* its body is a file */
} LiaChatRoute;

LiaChatVisitor     *lia_chat_calls_await_visitor (LiaChatHub  *hub,
                                                  LiaHttpCall *call,
                                                  const char  *origin,
                                                  GError     **error);
const LiaChatRoute *lia_chat_routes (gsize *n_routes);
const LiaChatRoute *lia_chat_route_find (const char *method,
                                         const char *path);

G_END_DECLS
