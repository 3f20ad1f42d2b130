/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ws-frame.h"

G_BEGIN_DECLS

#define LIA_WS_MAX_MESSAGE_BYTES (64 * 1024)
#define LIA_WS_MAX_FRAGMENTS 16
#define LIA_WS_MAX_HEADER_BYTES 14

/**
 * LiaWsMessage:
 * @opcode: anything but a continuation
 * @code: of a close: why, %LIA_WS_CODE_NONE if it does not say. When the parser gives up: what to close with
 * @n_frames: in how many frames it came
 * @data: a text and a close's reason are UTF-8; not ended by a NUL. The parser's: good until the next call to it
 *
 * A whole message of a client, put together and unmasked; or one of its control frames, which may come in the middle of one.
 */
typedef struct
{
  LiaWsOpcode opcode;
  guint       code;
  guint       n_frames;
  const char *data;
  gsize       length;
} LiaWsMessage;

/**
 * LiaWsParser:
 *
 * Pure push parser of what a client sends: RFC 6455, bytes in as they come, cut anywhere, messages out. Between two messages it keeps nothing outside
 * of itself. Its fields are its own.
 */
typedef struct
{
  GByteArray *buffer;   /* the message so far, and behind it a control frame in the middle of it; NULL: nothing */
  guint32     gathered; /* bytes of the buffer that are the message */
  guint32     left;     /* of the frame's payload */
  guint32     unmasked; /* of the frame's payload */
  guint8      header[LIA_WS_MAX_HEADER_BYTES];
  guint8      header_length;
  guint8      in_payload;
  guint8      opcode; /* of the message; 0: none has begun */
  guint8      n_fragments;
  guint8      fault;
  guint8      closed; /* by the client: what comes after is not looked at */
} LiaWsParser;

/**
 * LiaWsResult:
 * @LIA_WS_MORE: all bytes are taken, and more are needed
 * @LIA_WS_MESSAGE: here is one
 * @LIA_WS_BROKEN: the client breaks a rule: the message's code and data say which; it stays broken
 */
typedef enum {
  LIA_WS_MORE,
  LIA_WS_MESSAGE,
  LIA_WS_BROKEN,
} LiaWsResult;

void        lia_ws_parser_init (LiaWsParser *self);
void        lia_ws_parser_clear (LiaWsParser *self);
LiaWsResult lia_ws_parser_take (LiaWsParser   *self,
                                const guint8 **bytes,
                                gsize         *length,
                                LiaWsMessage  *message);
gboolean    lia_ws_parser_is_partial (const LiaWsParser *self);
gsize       lia_ws_parser_get_buffered (const LiaWsParser *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LiaWsParser, lia_ws_parser_clear)

G_END_DECLS
