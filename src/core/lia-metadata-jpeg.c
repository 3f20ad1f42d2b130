/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JPEG: ITU-T T.81 annex B; Exif: CIPA DC-008. Kept are the colour profile, the colour transform, and how the image is to be turned. */

#include "lia-metadata-private.h"

#include <string.h>

enum {
  TEM = 0x01,
  RST0 = 0xd0,
  RST7 = 0xd7,
  SOI = 0xd8,
  EOI = 0xd9,
  SOS = 0xda,
  APP0 = 0xe0,
  APP1 = 0xe1,
  APP2 = 0xe2,
  APP14 = 0xee,
  APP15 = 0xef,
  COM = 0xfe,
};

#define EXIF "Exif\0\0"
#define EXIF_BYTES 6
#define TAG_ORIENTATION 0x0112

static guint
get_16 (const guint8 *at,
        gboolean      little)
{
  return little ? at[0] | at[1] << 8 : at[0] << 8 | at[1];
}

static guint32
get_32 (const guint8 *at,
        gboolean      little)
{
  return little ? get_16 (at, TRUE) | (guint32)get_16 (at + 2, TRUE) << 16 : (guint32)get_16 (at, FALSE) << 16 | get_16 (at + 2, FALSE);
}

/* 2 to 8, or 0: it stands as it was taken. @tiff: what follows the word Exif */
static guint
read_orientation (const guint8 *tiff,
                  gsize         size)
{
  const gboolean little = size >= 8 && tiff[0] == 'I';
  const guint32  directory = size >= 8 ? get_32 (tiff + 4, little) : 0;
  guint          count;

  if (directory < 8 || directory > size || size - directory < 2)
    return 0;
  count = get_16 (tiff + directory, little);
  for (gsize i = 0, at = directory + 2; i < count && size - at >= 12; i++, at += 12)
    {
      const guint value = get_16 (tiff + at + 8, little);

      if (get_16 (tiff + at, little) == TAG_ORIENTATION)
        return value >= 2 && value <= 8 ? value : 0;
    }

  return 0;
}

/* Nothing but how it is to be turned */
static void
add_orientation (GByteArray *out,
                 guint       orientation)
{
  const guint8 segment[] = {
    0xff,
    APP1,
    0,
    34,
    'E',
    'x',
    'i',
    'f',
    0,
    0,
    'M',
    'M',
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    TAG_ORIENTATION >> 8,
    TAG_ORIENTATION & 0xff,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    (guint8)orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  };

  if (orientation != 0)
    g_byte_array_append (out, segment, sizeof segment);
}

static gboolean
begins_with (const guint8 *payload,
             gsize         size,
             const char   *word,
             gsize         length)
{
  return size >= length && memcmp (payload, word, length) == 0;
}

static gboolean
is_kept (guint8        marker,
         const guint8 *payload,
         gsize         size)
{
  if (marker == COM)
    return FALSE;
  if (marker < APP0 || marker > APP15)
    return TRUE;

  return (marker == APP0 && begins_with (payload, size, "JFIF", 5)) || (marker == APP2 && begins_with (payload, size, "ICC_PROFILE", 12)) ||
         (marker == APP14 && begins_with (payload, size, "Adobe", 5));
}

/* The bytes of a scan end before the next marker that is none of its own */
static gsize
skip_scan (const guint8 *data,
           gsize         size,
           gsize         at)
{
  for (; at + 1 < size; at++)
    if (data[at] == 0xff && data[at + 1] != 0 && (data[at + 1] < RST0 || data[at + 1] > RST7))
      return at;

  return size;
}

/* The segment at @at, which has a length. Gives where the next one begins, 0: it is broken. */
static gsize
take_segment (const guint8 *data,
              gsize         size,
              gsize         at,
              GByteArray   *out)
{
  const guint8  marker = data[at + 1];
  const gsize   length = size - at >= 4 ? get_16 (data + at + 2, FALSE) : 0;
  const gsize   end = at + 2 + length;
  const guint8 *payload = data + at + 4;

  if (length < 2 || end > size)
    return 0;
  if (is_kept (marker, payload, length - 2))
    {
      const gsize next = marker == SOS ? skip_scan (data, size, end) : end;

      g_byte_array_append (out, data + at, (guint)(next - at));
      return next;
    }
  if (marker == APP1 && begins_with (payload, length - 2, EXIF, EXIF_BYTES))
    add_orientation (out, read_orientation (payload + EXIF_BYTES, length - 2 - EXIF_BYTES));

  return end;
}

/* lia_metadata_strip_jpeg: what stands behind its end goes, too: other images, and films. */
gboolean
lia_metadata_strip_jpeg (const guint8 *data,
                         gsize         size,
                         GByteArray   *out)
{
  gsize at = 2;

  if (size < 4 || data[0] != 0xff || data[1] != SOI)
    return FALSE;
  g_byte_array_append (out, data, 2);
  while (at != 0 && size - at >= 2 && data[at] == 0xff)
    {
      const guint8 marker = data[at + 1];

      if (marker == 0xff)
        at++; /* a filling byte */
      else if (marker == EOI || marker == TEM)
        {
          g_byte_array_append (out, data + at, 2);
          at += 2;
          if (marker == EOI)
            return TRUE;
        }
      else
        at = take_segment (data, size, at, out);
    }

  return FALSE;
}
