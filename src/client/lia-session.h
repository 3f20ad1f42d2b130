/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-api.h"
#include "lia-client.h"

G_BEGIN_DECLS

#define LIA_TYPE_SESSION (lia_session_get_type ())

/**
 * LiaSession:
 *
 * Keeps the stream open: snapshot, hello, welcome or resync, frames, and again from the last event that was seen. Inside the client library only.
 *
 * Signals: `state-changed` (LiaClientState), `snapshot` (LiaSnapshot *), `frame` (LiaFrame *), `missed` (int64 rows,
 * int64 entries: what was read at an older event than that has to be read again). They may come on a fiber's stack.
 */
G_DECLARE_FINAL_TYPE (LiaSession, lia_session, LIA, SESSION, GObject)

LiaSession *lia_session_new (LiaApi             *api,
                             GSocketConnectable *address);
void        lia_session_start (LiaSession *self);
void        lia_session_stop (LiaSession *self);
void        lia_session_watch_metrics (LiaSession *self,
                                       gboolean    metrics);
void        lia_session_refresh (LiaSession *self);
const char *lia_session_get_epoch (LiaSession *self);

G_END_DECLS
