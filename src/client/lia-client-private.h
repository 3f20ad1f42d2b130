/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-api.h"
#include "lia-client.h"
#include "lia-frames.h"
#include "lia-replies.h"

G_BEGIN_DECLS

/*
 * What the list models need of the client. All of it happens in a tick of the client (at most one in 16 ms, on the main loop, never on a
 * fiber's stack), in this order: `view-frame` and `journal-event` in the order of arrival, then `publish` once. So a model changes its
 * working copy as often as it likes and tells its listeners once. `missed` says which models have to read again. `metrics` (LiaDayFigures) comes for as long as somebody
 * has asked for it.
 */

LiaApi     *lia_client_get_api (LiaClient *self);
const char *lia_client_get_epoch (LiaClient *self);
void        lia_client_watch_metrics (LiaClient *self);
void        lia_client_unwatch_metrics (LiaClient *self);
DexFuture  *lia_client_read_chats (LiaClient *self) G_GNUC_WARN_UNUSED_RESULT;
void        lia_client_publish_soon (LiaClient *self);
void        lia_client_begin_reading (LiaClient *self);
void        lia_client_end_reading (LiaClient *self);
DexFuture  *lia_client_command (LiaClient  *self,
                                const char *key,
                                const char *kind,
                                const char *conversation,
                                gint64      ver,
                                gint64      seen,
                                gboolean    force,
                                JsonObject *d) G_GNUC_WARN_UNUSED_RESULT; /* JsonObject */

/* Of the files that read */
JsonObject *lia_client_get_reply (DexFuture *future);
DexFuture  *lia_client_read_page (DexFuture     *future,
                                  GType          item_type,
                                  LiaReplyDecode decode);

/* Of the files that have one function a command */
DexFuture  *lia_client_to_true_cb (DexFuture *future,
                                   gpointer   data);
DexFuture  *lia_client_to_string_cb (DexFuture *future,
                                     gpointer   name);
JsonObject *lia_client_with_text (const char *name,
                                  const char *value);

G_END_DECLS
