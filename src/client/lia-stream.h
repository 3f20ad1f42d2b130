/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LIA_TYPE_STREAM (lia_stream_get_type ())

/**
 * LiaStream:
 *
 * One WebSocket to the engine, from the handshake to its end: reads frames, answers pings, notices silence. Inside the client library only.
 *
 * Signal: `frame` (LiaFrame *).
 */
G_DECLARE_FINAL_TYPE (LiaStream, lia_stream, LIA, STREAM, GObject)

LiaStream *lia_stream_new (SoupWebsocketConnection *connection);
void       lia_stream_send (LiaStream  *self,
                            const char *text);
void       lia_stream_probe (LiaStream *self);
void       lia_stream_close (LiaStream *self);
DexFuture *lia_stream_wait_closed (LiaStream *self) G_GNUC_WARN_UNUSED_RESULT; /* uint: the close code */

G_END_DECLS
