/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"
#include "lia-json.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LIA_TYPE_STREAM (lia_stream_get_type ())

/**
 * LiaStream:
 *
 * One WebSocket of one agent: its frames in and out, how far it is, which views it watches, and what it has not taken off our hands yet.
 */
G_DECLARE_FINAL_TYPE (LiaStream, lia_stream, LIA, STREAM, GObject)

typedef enum {
  LIA_STREAM_NEW,      /* before its hello */
  LIA_STREAM_CATCHING, /* being sent what it missed */
  LIA_STREAM_LIVE,
  LIA_STREAM_CLOSED,
} LiaStreamState;

typedef enum {
  LIA_CLOSE_BAD_FRAME = 4400,
  LIA_CLOSE_TOKEN = 4401,
  LIA_CLOSE_NO_HELLO = 4408,
  LIA_CLOSE_SLOW = 4409,
  LIA_CLOSE_VERSION = 4412,
  LIA_CLOSE_RESTART = 4503, /* libsoup sends a protocol error in place of 1012 */
  LIA_CLOSE_GONE = 1001,
} LiaCloseCode;

LiaStream         *lia_stream_new (LiaEngine               *engine,
                                   SoupWebsocketConnection *connection,
                                   gint64                   agent_id,
                                   const char              *token);
gint64             lia_stream_get_agent (LiaStream *self);
const char        *lia_stream_get_token (LiaStream *self);
LiaStreamState     lia_stream_get_state (LiaStream *self);
const char *const *lia_stream_get_views (LiaStream *self);
gboolean           lia_stream_watches (LiaStream  *self,
                                       const char *view);
gboolean           lia_stream_watches_metrics (LiaStream *self);
gint64             lia_stream_get_seq (LiaStream *self);
void               lia_stream_set_seq (LiaStream *self,
                                       gint64     seq);
void               lia_stream_set_live (LiaStream *self);
void               lia_stream_set_catching (LiaStream *self);
void               lia_stream_send (LiaStream *self,
                                    GBytes    *frame);
void               lia_stream_send_object (LiaStream  *self,
                                           JsonObject *object);
gboolean           lia_stream_is_behind (LiaStream *self);
DexFuture         *lia_stream_when_ready (LiaStream *self) G_GNUC_WARN_UNUSED_RESULT;
void               lia_stream_close (LiaStream   *self,
                                     LiaCloseCode code);
void               lia_stream_tick (LiaStream *self);

/*
 * Signal "hello" (gint64 since, -1 = from the head; char *epoch): what it asks for; the hub answers.
 * Signal "watch": it watches something else now.
 * Signal "closed": it is to be forgotten.
 */

G_END_DECLS
