/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-json.h"

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

#define LIA_TYPE_API (lia_api_get_type ())

/**
 * LiaApi:
 *
 * The calls of API.md as futures: signs in by itself, tries again what may be tried again. Inside the client library only.
 */
G_DECLARE_FINAL_TYPE (LiaApi, lia_api, LIA, API, GObject)

#define LIA_API_CONNECTIONS 50

LiaApi    *lia_api_new (GSocketConnectable *address,
                        const char         *secret);
void       lia_api_forget_token (LiaApi *self);
DexFuture *lia_api_get (LiaApi     *self,
                        const char *path) G_GNUC_WARN_UNUSED_RESULT; /* JsonObject */
DexFuture *lia_api_get_bytes (LiaApi     *self,
                              const char *path) G_GNUC_WARN_UNUSED_RESULT; /* GBytes */
DexFuture *lia_api_ask (LiaApi     *self,
                        const char *path,
                        JsonObject *body) G_GNUC_WARN_UNUSED_RESULT; /* JsonObject */
DexFuture *lia_api_put_blob (LiaApi     *self,
                             GBytes     *bytes,
                             const char *name,
                             const char *type) G_GNUC_WARN_UNUSED_RESULT; /* JsonObject */
DexFuture *lia_api_command (LiaApi     *self,
                            const char *lane,
                            JsonObject *body) G_GNUC_WARN_UNUSED_RESULT; /* JsonObject: `d` of the answer */
DexFuture *lia_api_command_now (LiaApi     *self,
                                const char *lane,
                                JsonObject *body) G_GNUC_WARN_UNUSED_RESULT; /* JsonObject: `d` of the answer */
DexFuture *lia_api_open_stream (LiaApi *self) G_GNUC_WARN_UNUSED_RESULT;     /* SoupWebsocketConnection */

G_END_DECLS
