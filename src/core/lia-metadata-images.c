/* SPDX-License-Identifier: GPL-3.0-or-later */

/* PNG: https://www.w3.org/TR/png-3/ · WebP: RFC 9649 · GIF: CompuServe's GIF89a */

#include "lia-metadata-private.h"

#include <string.h>

static gboolean
is_one_of (const guint8      *name,
           gsize              length,
           const char *const *names)
{
  for (; *names != NULL; names++)
    if (memcmp (name, *names, length) == 0)
      return TRUE;

  return FALSE;
}

/* PNG -------------------------------------------------------------------------------------------------------------------------------------- */

#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
#define PNG_SIGNATURE_BYTES 8
#define PNG_CHUNK_BYTES 12 /* without what is in it */

/* What is needed to show it, and what says how: the rest is text, times and Exif */
static gboolean
is_png_shown (const guint8 *name)
{
  static const char *const shown[] = { "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "hIST", "sPLT", "pHYs", "acTL", "fcTL", "fdAT", NULL };

  return (name[0] & 0x20) == 0 || is_one_of (name, 4, shown);
}

/* lia_metadata_strip_png: */
gboolean
lia_metadata_strip_png (const guint8 *data,
                        gsize         size,
                        GByteArray   *out)
{
  gsize at = PNG_SIGNATURE_BYTES;

  if (size < PNG_SIGNATURE_BYTES || memcmp (data, PNG_SIGNATURE, PNG_SIGNATURE_BYTES) != 0)
    return FALSE;
  g_byte_array_append (out, data, PNG_SIGNATURE_BYTES);
  while (size - at >= PNG_CHUNK_BYTES)
    {
      const gsize length = ((gsize)data[at] << 24 | (gsize)data[at + 1] << 16 | (gsize)data[at + 2] << 8 | data[at + 3]) + PNG_CHUNK_BYTES;

      if (length > size - at)
        return FALSE;
      if (is_png_shown (data + at + 4))
        g_byte_array_append (out, data + at, (guint)length);
      if (memcmp (data + at + 4, "IEND", 4) == 0)
        return TRUE;
      at += length;
    }

  return FALSE;
}

/* WebP ------------------------------------------------------------------------------------------------------------------------------------- */

#define RIFF_BYTES 12
#define WEBP_EXIF 0x08
#define WEBP_XMP 0x04

static guint32
get_le32 (const guint8 *at)
{
  return at[0] | at[1] << 8 | at[2] << 16 | (guint32)at[3] << 24;
}

static void
set_riff_size (GByteArray *out)
{
  const guint32 bytes = out->len - 8;

  for (guint i = 0; i < 4; i++)
    out->data[4 + i] = (guint8)(bytes >> (8 * i));
}

/* One chunk, of @length bytes with its head */
static void
take_webp_chunk (const guint8 *chunk,
                 gsize         length,
                 GByteArray   *out)
{
  static const char *const shown[] = { "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", NULL };
  const guint              begin = out->len;

  if (!is_one_of (chunk, 4, shown))
    return;
  g_byte_array_append (out, chunk, (guint)length);
  if (memcmp (chunk, "VP8X", 4) == 0 && length > 8)
    out->data[begin + 8] &= (guint8) ~(WEBP_EXIF | WEBP_XMP);
}

/* lia_metadata_strip_webp: */
gboolean
lia_metadata_strip_webp (const guint8 *data,
                         gsize         size,
                         GByteArray   *out)
{
  gsize end;
  gsize at = RIFF_BYTES;

  if (size < RIFF_BYTES || memcmp (data, "RIFF", 4) != 0 || memcmp (data + 8, "WEBP", 4) != 0)
    return FALSE;
  end = (gsize)get_le32 (data + 4) + 8;
  if (end > size)
    return FALSE;
  g_byte_array_append (out, data, RIFF_BYTES);
  while (at < end)
    {
      const gsize bytes = end - at >= 8 ? (gsize)get_le32 (data + at + 4) : end;
      const gsize length = 8 + bytes + bytes % 2;

      if (length > end - at)
        return FALSE;
      take_webp_chunk (data + at, length, out);
      at += length;
    }
  set_riff_size (out);

  return TRUE;
}

/* GIF -------------------------------------------------------------------------------------------------------------------------------------- */

#define GIF_HEAD_BYTES 13
#define GIF_IMAGE_BYTES 10
#define GIF_EXTENSION 0x21
#define GIF_COMMENT 0xfe
#define GIF_APPLICATION 0xff
#define GIF_IMAGE 0x2c
#define GIF_END 0x3b

static gsize
gif_colours (guint8 flags)
{
  return (flags & 0x80) != 0 ? (gsize)3 << ((flags & 7) + 1) : 0;
}

/* Where the blocks that begin at @at end; 0: they do not */
static gsize
skip_gif_blocks (const guint8 *data,
                 gsize         size,
                 gsize         at)
{
  while (at < size && data[at] != 0)
    at += data[at] + (gsize)1;

  return at < size ? at + 1 : 0;
}

/* How often it is played is shown, what a program has to say of itself is not */
static gboolean
is_gif_shown (const guint8 *extension,
              gsize         length)
{
  static const char *const shown[] = { "NETSCAPE2.0", "ANIMEXTS1.0", NULL };

  if (extension[1] == GIF_APPLICATION)
    return length >= 14 && extension[2] == 11 && is_one_of (extension + 3, 11, shown);

  return extension[1] != GIF_COMMENT;
}

/* Where the image or extension at @at ends, 0: it is broken */
static gsize
skip_gif_part (const guint8 *data,
               gsize         size,
               gsize         at)
{
  if (data[at] == GIF_EXTENSION)
    return skip_gif_blocks (data, size, at + 2);
  if (data[at] != GIF_IMAGE || size - at < GIF_IMAGE_BYTES)
    return 0;

  return skip_gif_blocks (data, size, at + GIF_IMAGE_BYTES + gif_colours (data[at + 9]) + 1);
}

/* lia_metadata_strip_gif: */
gboolean
lia_metadata_strip_gif (const guint8 *data,
                        gsize         size,
                        GByteArray   *out)
{
  gsize at;

  if (size < GIF_HEAD_BYTES || memcmp (data, "GIF8", 4) != 0)
    return FALSE;
  at = GIF_HEAD_BYTES + gif_colours (data[10]);
  if (at > size)
    return FALSE;
  g_byte_array_append (out, data, (guint)at);
  while (at < size && data[at] != GIF_END)
    {
      const gsize next = skip_gif_part (data, size, at);

      if (next == 0)
        return FALSE;
      if (data[at] != GIF_EXTENSION || is_gif_shown (data + at, next - at))
        g_byte_array_append (out, data + at, (guint)(next - at));
      at = next;
    }
  if (at >= size)
    return FALSE;
  g_byte_array_append (out, data + at, 1);

  return TRUE;
}
