/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-ws.h"

#include <string.h>

/* What must hold of anything that is handed out. */
static void
check (const LiaWsMessage *message)
{
  const gboolean is_control = message->opcode >= LIA_WS_CLOSE;

  g_assert_cmpuint (message->length, <=, is_control ? LIA_WS_MAX_CONTROL_BYTES : LIA_WS_MAX_MESSAGE_BYTES);
  g_assert_cmpuint (message->n_frames, >=, 1);
  g_assert_cmpuint (message->n_frames, <=, is_control ? 1 : LIA_WS_MAX_FRAGMENTS);
  g_assert_true (message->opcode != LIA_WS_CLOSE || message->code == LIA_WS_CODE_NONE || lia_ws_code_is_valid (message->code));
  if (message->opcode == LIA_WS_TEXT || message->opcode == LIA_WS_CLOSE)
    {
      g_autofree char *text = g_malloc (message->length + 1);

      for (gsize i = 0; i < message->length; i++)
        text[i] = message->data[i] != '\0' ? message->data[i] : ' '; /* as good as any other, but not to GLib */
      g_assert_true (g_utf8_validate_len (text, message->length, NULL));
    }
}

static void
tell (GString            *told,
      const LiaWsMessage *message)
{
  static const char *const names[] = { [LIA_WS_TEXT] = "text", [LIA_WS_BINARY] = "binary", [LIA_WS_CLOSE] = "close", [LIA_WS_PING] = "ping", [LIA_WS_PONG] = "pong" };

  g_string_append (told, names[message->opcode]);
  if (message->n_frames > 1)
    g_string_append_printf (told, "/%u", message->n_frames);
  if (message->opcode == LIA_WS_CLOSE)
    g_string_append_printf (told, " %u", message->code);
  g_string_append_c (told, ' ');
  for (gsize i = 0; i < message->length; i++)
    g_string_append_printf (told, g_ascii_isprint (message->data[i]) ? "%c" : "\\%02x", (guint8)message->data[i]);
  g_string_append_c (told, '\n');
}

/* FALSE: it is broken. */
static gboolean
feed (LiaWsParser  *parser,
      const guint8 *bytes,
      gsize         length,
      GString      *told)
{
  LiaWsMessage message;
  LiaWsResult  result;

  while ((result = lia_ws_parser_take (parser, &bytes, &length, &message)) == LIA_WS_MESSAGE)
    {
      check (&message);
      tell (told, &message);
    }
  g_assert_cmpuint (lia_ws_parser_get_buffered (parser), <=, LIA_WS_MAX_MESSAGE_BYTES + LIA_WS_MAX_CONTROL_BYTES);
  if (result == LIA_WS_MORE)
    {
      g_assert_cmpuint (length, ==, 0);
      g_assert_true (lia_ws_parser_is_partial (parser) || lia_ws_parser_get_buffered (parser) == 0);
      return TRUE;
    }
  g_string_append_printf (told, "broken %u\n", message.code);
  g_assert_cmpint (lia_ws_parser_take (parser, &bytes, &length, &message), ==, LIA_WS_BROKEN);

  return FALSE;
}

static gsize
next_piece (const LiaTestCuts *cuts,
            gsize              at,
            gsize              length)
{
  const gsize left = length - at;

  if (cuts->chance != NULL)
    return (gsize)g_rand_int_range (cuts->chance, 0, (int)MIN (left, 200) + 1);
  if (cuts->every > 0)
    return MIN (cuts->every, left);

  return at == 0 && cuts->at > 0 && cuts->at < length ? cuts->at : left;
}

/** test_ws_tell: (transfer full): what a parser hands out, a line each; "…" if more is to come. */
char *
test_ws_tell (const guint8      *bytes,
              gsize              length,
              const LiaTestCuts *cuts)
{
  g_auto (LiaWsParser) parser;
  GString *told = g_string_new (NULL);
  gboolean is_whole = TRUE;

  lia_ws_parser_init (&parser);
  for (gsize at = 0, n; at < length && is_whole; at += n)
    {
      n = next_piece (cuts, at, length);
      is_whole = feed (&parser, bytes + at, n, told);
    }
  if (is_whole && lia_ws_parser_is_partial (&parser))
    g_string_append (told, "…\n");

  return g_string_free_and_steal (told);
}

/** test_ws_read: bytes in hex digits, text in single quotes, blanks between them. */
GByteArray *
test_ws_read (const char *notation)
{
  GByteArray *bytes = g_byte_array_new ();

  for (const char *p = notation; *p != '\0';)
    {
      if (*p == ' ')
        p++;
      else if (*p == '\'')
        {
          const char *end = strchr (p + 1, '\'');

          g_byte_array_append (bytes, (const guint8 *)p + 1, (guint)(end - p - 1));
          p = end + 1;
        }
      else
        {
          const guint8 byte = (guint8)(g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));

          g_byte_array_append (bytes, &byte, 1);
          p += 2;
        }
    }

  return bytes;
}

/** test_ws_add_frame: @first: FIN and opcode. Masked as a client does, its length in the shortest form. */
void
test_ws_add_frame (GByteArray   *stream,
                   guint8        first,
                   const guint8 *payload,
                   gsize         length)
{
  static const guint8 mask[] = { 0x37, 0xfa, 0x21, 0x3d };
  g_autoptr (GBytes) ours = lia_ws_frame_new (LIA_WS_BINARY, payload, length);
  gsize         size;
  const guint8 *bytes = g_bytes_get_data (ours, &size);
  const guint   header = (guint)(size - length);

  g_byte_array_append (stream, bytes, header);
  stream->data[stream->len - header] = first;
  stream->data[stream->len - header + 1] |= 0x80;
  g_byte_array_append (stream, mask, sizeof mask);
  for (gsize i = 0; i < length; i++)
    {
      const guint8 byte = payload[i] ^ mask[i % sizeof mask];

      g_byte_array_append (stream, &byte, 1);
    }
}
