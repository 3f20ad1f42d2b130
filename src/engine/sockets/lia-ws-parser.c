/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A frame is judged as soon as the byte is there that makes it wrong, so that a frame of two gigabytes ends with its header. Nothing is set aside for a
 * length that is only announced: the buffer grows with what has come.
 */

#include "lia-ws-parser.h"

#include <string.h>

#define FIN 0x80
#define RESERVED 0x70
#define OPCODE 0x0f
#define MASKED 0x80
#define LENGTH 0x7f
#define START_BYTES 2
#define MASK_BYTES 4
#define CODE_BYTES 2

typedef enum {
  FINE,
  FAULT_RESERVED,
  FAULT_OPCODE,
  FAULT_UNMASKED,
  FAULT_CONTROL_PARTED,
  FAULT_CONTROL_LONG,
  FAULT_CONTINUES_NOTHING,
  FAULT_INTERRUPTS,
  FAULT_LENGTH,
  FAULT_CLOSE,
  FAULT_NOT_TEXT,
  FAULT_FRAGMENTS,
  FAULT_TOO_BIG,
} Fault;

static const struct
{
  guint       code;
  const char *words;
} faults[] = {
  [FAULT_RESERVED] = { LIA_WS_CODE_PROTOCOL, "a reserved bit is set" },
  [FAULT_OPCODE] = { LIA_WS_CODE_PROTOCOL, "unknown opcode" },
  [FAULT_UNMASKED] = { LIA_WS_CODE_PROTOCOL, "a client's frame has to be masked" },
  [FAULT_CONTROL_PARTED] = { LIA_WS_CODE_PROTOCOL, "a control frame must not be fragmented" },
  [FAULT_CONTROL_LONG] = { LIA_WS_CODE_PROTOCOL, "a control frame may have 125 bytes" },
  [FAULT_CONTINUES_NOTHING] = { LIA_WS_CODE_PROTOCOL, "there is no message to continue" },
  [FAULT_INTERRUPTS] = { LIA_WS_CODE_PROTOCOL, "a message begins in the middle of another" },
  [FAULT_LENGTH] = { LIA_WS_CODE_PROTOCOL, "the length is not in its shortest form" },
  [FAULT_CLOSE] = { LIA_WS_CODE_PROTOCOL, "the close has no valid code" },
  [FAULT_NOT_TEXT] = { LIA_WS_CODE_NOT_TEXT, "a text has to be UTF-8" },
  [FAULT_FRAGMENTS] = { LIA_WS_CODE_POLICY, "too many fragments" },
  [FAULT_TOO_BIG] = { LIA_WS_CODE_TOO_BIG, "a message may have 64 KiB" },
};

void
lia_ws_parser_init (LiaWsParser *self)
{
  *self = (LiaWsParser){ 0 };
}

void
lia_ws_parser_clear (LiaWsParser *self)
{
  g_clear_pointer (&self->buffer, g_byte_array_unref);
}

/** lia_ws_parser_is_partial: a message or a frame has begun that is not at its end. */
gboolean
lia_ws_parser_is_partial (const LiaWsParser *self)
{
  return self->header_length > 0 || self->opcode != 0;
}

/** lia_ws_parser_get_buffered: how many bytes it keeps for the client. */
gsize
lia_ws_parser_get_buffered (const LiaWsParser *self)
{
  return self->buffer != NULL ? self->buffer->len : 0;
}

/* Headers ------------------------------------------------------------------------------------------------------------------------------- */

static LiaWsOpcode
frame_opcode (const LiaWsParser *self)
{
  return self->header[0] & OPCODE;
}

static gboolean
is_control (const LiaWsParser *self)
{
  return frame_opcode (self) >= LIA_WS_CLOSE;
}

/* Of the length behind the first two bytes. */
static gsize
length_bytes (const LiaWsParser *self)
{
  switch (self->header[1] & LENGTH)
    {
    case 126:
      return 2;

    case 127:
      return 8;

    default:
      return 0;
    }
}

static gsize
header_bytes (const LiaWsParser *self)
{
  return self->header_length < START_BYTES ? START_BYTES : START_BYTES + length_bytes (self) + MASK_BYTES;
}

static Fault
judge_control (const LiaWsParser *self)
{
  if (!(self->header[0] & FIN))
    return FAULT_CONTROL_PARTED;

  return (self->header[1] & LENGTH) > LIA_WS_MAX_CONTROL_BYTES ? FAULT_CONTROL_LONG : FINE;
}

static Fault
judge_fragment (const LiaWsParser *self)
{
  if (frame_opcode (self) != LIA_WS_CONTINUATION)
    return self->opcode == 0 ? FINE : FAULT_INTERRUPTS;
  if (self->opcode == 0)
    return FAULT_CONTINUES_NOTHING;

  return self->n_fragments == LIA_WS_MAX_FRAGMENTS ? FAULT_FRAGMENTS : FINE;
}

/* What its first two bytes say of a frame. */
static Fault
judge_start (const LiaWsParser *self)
{
  if (self->header[0] & RESERVED)
    return FAULT_RESERVED;
  if (!(self->header[1] & MASKED))
    return FAULT_UNMASKED;

  switch (frame_opcode (self))
    {
    case LIA_WS_CONTINUATION:
    case LIA_WS_TEXT:
    case LIA_WS_BINARY:
      return judge_fragment (self);

    case LIA_WS_CLOSE:
    case LIA_WS_PING:
    case LIA_WS_PONG:
      return judge_control (self);

    default:
      return FAULT_OPCODE;
    }
}

static guint64
read_length (const LiaWsParser *self)
{
  const gsize n = length_bytes (self);
  guint64     length = n == 0 ? self->header[1] & LENGTH : 0;

  for (gsize i = 0; i < n; i++)
    length = length << 8 | self->header[START_BYTES + i];

  return length;
}

/* RFC 6455 5.2: in as few bytes as can be, and the highest bit is 0. */
static Fault
judge_length (const LiaWsParser *self,
              guint64            length)
{
  const gsize n = length_bytes (self);

  if ((n == 2 && length < 126) || (n == 8 && (length <= G_MAXUINT16 || length > G_MAXINT64)))
    return FAULT_LENGTH;

  return !is_control (self) && self->gathered + length > LIA_WS_MAX_MESSAGE_BYTES ? FAULT_TOO_BIG : FINE;
}

static void
begin_payload (LiaWsParser *self)
{
  const guint64 length = read_length (self);

  self->fault = judge_length (self, length);
  self->in_payload = TRUE;
  self->left = (guint32)length;
  self->unmasked = 0;
  if (is_control (self))
    return;

  self->n_fragments++;
  if (self->opcode == 0)
    self->opcode = frame_opcode (self);
}

/* FALSE: more bytes are needed, or it is broken. */
static gboolean
take_header (LiaWsParser   *self,
             const guint8 **bytes,
             gsize         *length)
{
  while (self->header_length < header_bytes (self) && *length > 0)
    {
      self->header[self->header_length++] = **bytes;
      *bytes += 1;
      *length -= 1;
      if (self->header_length == START_BYTES && (self->fault = judge_start (self)) != FINE)
        return FALSE;
    }
  if (self->header_length < header_bytes (self))
    return FALSE;
  begin_payload (self);

  return self->fault == FINE;
}

/* Payloads ------------------------------------------------------------------------------------------------------------------------------ */

/* FALSE: more bytes are needed. */
static gboolean
take_payload (LiaWsParser   *self,
              const guint8 **bytes,
              gsize         *length)
{
  const guint8 *mask = self->header + self->header_length - MASK_BYTES;
  const guint   n = (guint)MIN (*length, self->left);
  guint8       *to;

  if (n == 0)
    return self->left == 0;
  if (self->buffer == NULL)
    self->buffer = g_byte_array_new ();
  g_byte_array_set_size (self->buffer, self->buffer->len + n);
  to = self->buffer->data + self->buffer->len - n;
  for (guint i = 0; i < n; i++)
    to[i] = (*bytes)[i] ^ mask[(self->unmasked + i) % MASK_BYTES];

  self->unmasked += n;
  self->left -= n;
  *bytes += n;
  *length -= n;

  return self->left == 0;
}

/* A NUL is a character as any other in RFC 6455, for GLib it is none. */
static gboolean
is_utf8 (const char *text,
         gsize       length)
{
  const char *end;

  while (!g_utf8_validate_len (text, length, &end))
    {
      if (*end != '\0')
        return FALSE;
      length -= (gsize)(end + 1 - text);
      text = end + 1;
    }

  return TRUE;
}

static Fault
read_close (LiaWsMessage *message)
{
  message->code = LIA_WS_CODE_NONE;
  if (message->length == 0)
    return FINE;
  if (message->length < CODE_BYTES)
    return FAULT_CLOSE;

  message->code = (guint)((guint8)message->data[0] << 8 | (guint8)message->data[1]);
  message->data += CODE_BYTES;
  message->length -= CODE_BYTES;
  if (!lia_ws_code_is_valid (message->code))
    return FAULT_CLOSE;

  return is_utf8 (message->data, message->length) ? FINE : FAULT_NOT_TEXT;
}

static void
finish_control (LiaWsParser  *self,
                LiaWsMessage *message)
{
  const gsize length = lia_ws_parser_get_buffered (self) - self->gathered;
  const char *data = length > 0 ? (const char *)self->buffer->data + self->gathered : "";

  *message = (LiaWsMessage){ frame_opcode (self), 0, 1, data, length };
  if (message->opcode == LIA_WS_CLOSE)
    {
      self->fault = read_close (message);
      self->closed = TRUE;
    }
}

static void
finish_message (LiaWsParser  *self,
                LiaWsMessage *message)
{
  const char *data = self->buffer != NULL ? (const char *)self->buffer->data : "";

  *message = (LiaWsMessage){ self->opcode, 0, self->n_fragments, data, lia_ws_parser_get_buffered (self) };
  if (self->opcode == LIA_WS_TEXT && !is_utf8 (message->data, message->length))
    self->fault = FAULT_NOT_TEXT;
  self->opcode = 0;
  self->n_fragments = 0;
  self->gathered = 0;
}

/* TRUE: there is something to hand out. */
static gboolean
finish_frame (LiaWsParser  *self,
              LiaWsMessage *message)
{
  self->in_payload = FALSE;
  self->header_length = 0;
  if (is_control (self))
    {
      finish_control (self, message);
      return TRUE;
    }
  self->gathered = (guint32)lia_ws_parser_get_buffered (self);
  if (!(self->header[0] & FIN))
    return FALSE;
  finish_message (self, message);

  return TRUE;
}

/* What was handed out is done with: a message, or a control frame behind what there is of one. */
static void
forget (LiaWsParser *self)
{
  if (self->buffer == NULL || self->in_payload)
    return;
  if (self->gathered > 0)
    g_byte_array_set_size (self->buffer, self->gathered);
  else
    g_clear_pointer (&self->buffer, g_byte_array_unref);
}

static LiaWsResult
give_up (LiaWsParser  *self,
         LiaWsMessage *message)
{
  const char *words = faults[self->fault].words;

  *message = (LiaWsMessage){ LIA_WS_CLOSE, faults[self->fault].code, 0, words, strlen (words) };

  return LIA_WS_BROKEN;
}

/**
 * lia_ws_parser_take:
 * @bytes: (inout): moved behind what was taken
 * @length: (inout): of @bytes
 * @message: (out): set unless more bytes are needed
 *
 * Takes bytes up to the end of the next message. To be called again until it says %LIA_WS_MORE or %LIA_WS_BROKEN.
 */
LiaWsResult
lia_ws_parser_take (LiaWsParser   *self,
                    const guint8 **bytes,
                    gsize         *length,
                    LiaWsMessage  *message)
{
  gboolean complete = FALSE;

  forget (self);
  if (self->fault != FINE)
    return give_up (self, message);
  if (self->closed)
    {
      *bytes += *length;
      *length = 0;
      return LIA_WS_MORE;
    }

  while (!complete && (self->in_payload || take_header (self, bytes, length)) && take_payload (self, bytes, length))
    complete = finish_frame (self, message);

  if (self->fault != FINE)
    return give_up (self, message);

  return complete ? LIA_WS_MESSAGE : LIA_WS_MORE;
}
