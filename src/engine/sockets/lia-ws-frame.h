/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The frames of RFC 6455 that a server writes, and the words of that protocol. Pure. */

#define LIA_WS_MAX_CONTROL_BYTES 125

/* RFC 6455 5.2 */
typedef enum {
  LIA_WS_CONTINUATION = 0x0,
  LIA_WS_TEXT = 0x1,
  LIA_WS_BINARY = 0x2,
  LIA_WS_CLOSE = 0x8,
  LIA_WS_PING = 0x9,
  LIA_WS_PONG = 0xa,
} LiaWsOpcode;

/**
 * LiaWsCode:
 * @LIA_WS_CODE_NONE: the peer's close said none; never written
 * @LIA_WS_CODE_VANISHED: the connection ended without a close; never written
 * @LIA_WS_CODE_NO_HELLO: the peer did not say in time who it is
 * @LIA_WS_CODE_SLOW: the peer does not read what is sent to it
 * @LIA_WS_CODE_TOO_FAST: the peer sends more than it may
 *
 * Why a connection ends: RFC 6455 7.4.1 and its registry, and from 4000 on our own.
 */
typedef enum {
  LIA_WS_CODE_NORMAL = 1000,
  LIA_WS_CODE_GOING_AWAY = 1001,
  LIA_WS_CODE_PROTOCOL = 1002,
  LIA_WS_CODE_UNSUPPORTED = 1003,
  LIA_WS_CODE_NONE = 1005,
  LIA_WS_CODE_VANISHED = 1006,
  LIA_WS_CODE_NOT_TEXT = 1007,
  LIA_WS_CODE_POLICY = 1008,
  LIA_WS_CODE_TOO_BIG = 1009,
  LIA_WS_CODE_RESTART = 1012,
  LIA_WS_CODE_TRY_LATER = 1013,
  LIA_WS_CODE_NO_HELLO = 4408,
  LIA_WS_CODE_SLOW = 4409,
  LIA_WS_CODE_TOO_FAST = 4429,
} LiaWsCode;

gboolean lia_ws_code_is_valid (guint code);
GBytes  *lia_ws_frame_new (LiaWsOpcode opcode,
                           const void *data,
                           gsize       length);
GBytes  *lia_ws_frame_new_close (guint       code,
                                 const char *reason);

G_END_DECLS
