/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ws-frame.h"

#include <string.h>

#define FIN 0x80
#define HEADER_BYTES 10 /* the longest without a mask, which a server does not use */
#define CODE_BYTES 2

/** lia_ws_code_is_valid: whether a close frame may carry this code: RFC 6455 7.4.2, and those that were registered since. */
gboolean
lia_ws_code_is_valid (guint code)
{
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

/* Big endian, in as few bytes as can be: RFC 6455 5.2. Returns how long the header is. */
static gsize
write_header (guint8      header[HEADER_BYTES],
              LiaWsOpcode opcode,
              guint64     length)
{
  gsize n = 0;

  header[0] = FIN | (guint8)opcode;
  header[1] = (guint8)length;
  if (length > G_MAXUINT16)
    {
      header[1] = 127;
      n = 8;
    }
  else if (length > 125)
    {
      header[1] = 126;
      n = 2;
    }
  for (gsize i = 0; i < n; i++)
    header[2 + i] = (guint8)(length >> (8 * (n - 1 - i)));

  return 2 + n;
}

/**
 * lia_ws_frame_new:
 * @length: of @data in bytes; at most %LIA_WS_MAX_CONTROL_BYTES for a control frame
 *
 * Makes one whole frame, which can be sent to any number of peers. A text has to be UTF-8, which is the caller's to know.
 */
GBytes *
lia_ws_frame_new (LiaWsOpcode opcode,
                  const void *data,
                  gsize       length)
{
  guint8  header[HEADER_BYTES];
  gsize   n = write_header (header, opcode, length);
  guint8 *frame;

  g_return_val_if_fail (opcode < LIA_WS_CLOSE || length <= LIA_WS_MAX_CONTROL_BYTES, NULL);

  frame = g_malloc (n + length);
  memcpy (frame, header, n);
  if (length > 0)
    memcpy (frame + n, data, length);

  return g_bytes_new_take (frame, n + length);
}

/* As much of a text as there is room for, cut between two characters. */
static gsize
fitting (const char *text,
         gsize       room)
{
  gsize length = strlen (text);

  if (length <= room)
    return length;
  while (room > 0 && ((guchar)text[room] & 0xc0) == 0x80)
    room--;

  return room;
}

/**
 * lia_ws_frame_new_close:
 * @code: a #LiaWsCode or another one; one that must not be written makes a close without a code
 * @reason: (nullable): UTF-8 for whoever debugs the peer; cut off where it is too long
 */
GBytes *
lia_ws_frame_new_close (guint       code,
                        const char *reason)
{
  guint8 payload[LIA_WS_MAX_CONTROL_BYTES] = { (guint8)(code >> 8), (guint8)code };
  gsize  length;

  if (!lia_ws_code_is_valid (code))
    return lia_ws_frame_new (LIA_WS_CLOSE, NULL, 0);

  length = reason != NULL ? fitting (reason, sizeof payload - CODE_BYTES) : 0;
  if (length > 0)
    memcpy (payload + CODE_BYTES, reason, length);

  return lia_ws_frame_new (LIA_WS_CLOSE, payload, CODE_BYTES + length);
}
