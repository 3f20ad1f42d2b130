/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-draw.h"

#include <math.h>
#include <string.h>

/*
 * A picture of a bicycle as PNG (ISO/IEC 15948), a page of text as PDF 1.4 (ISO 32000), two tones as WAV: the smallest writers that
 * produce files every program opens.
 */

#define WIDTH 480
#define HEIGHT 320
#define RATE 8000

static void
append_u32_be (GByteArray *out,
               guint32     value)
{
  const guint32 big_endian = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *)&big_endian, sizeof big_endian);
}

/* ISO/IEC 15948, annex D */
static guint32
crc32_of (const guint8 *data,
          gsize         length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
    }

  return crc ^ 0xffffffff;
}

static void
append_chunk (GByteArray   *png,
              const char   *type,
              const guint8 *data,
              gsize         length)
{
  gsize start = png->len + 4;

  append_u32_be (png, (guint32)length);
  g_byte_array_append (png, (const guint8 *)type, 4);
  if (length > 0)
    g_byte_array_append (png, data, (guint)length);
  append_u32_be (png, crc32_of (png->data + start, length + 4));
}

static double
distance_to_line (double x, double y, double x1, double y1, double x2, double y2)
{
  double dx = x2 - x1;
  double dy = y2 - y1;
  double t = CLAMP (((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy), 0, 1);

  return hypot (x - x1 - t * dx, y - y1 - t * dy);
}

/* How far a point is from the nearest part of the bicycle. */
static double
distance_to_bicycle (double x,
                     double y)
{
  static const double frame[][4] = {
    { 150, 210, 225, 210 },
    { 150, 210, 205, 130 },
    { 205, 130, 225, 210 },
    { 205, 130, 310, 130 },
    { 225, 210, 315, 145 },
    { 305, 110, 335, 210 },
    { 198, 115, 205, 130 },
    { 180, 113, 215, 113 },
    { 305, 110, 280, 104 },
  };
  double nearest = MIN (fabs (hypot (x - 150, y - 210) - 58), fabs (hypot (x - 335, y - 210) - 58));

  nearest = MIN (nearest, fabs (hypot (x - 225, y - 210) - 12));

  for (gsize i = 0; i < G_N_ELEMENTS (frame); i++)
    nearest = MIN (nearest, distance_to_line (x, y, frame[i][0], frame[i][1], frame[i][2], frame[i][3]));

  return nearest;
}

static void
draw_pixel (guint8 *pixel,
            double  x,
            double  y,
            guint   variant)
{
  static const guint8 walls[][3] = { { 214, 224, 232 }, { 236, 226, 205 }, { 205, 226, 214 }, { 232, 214, 214 }, { 220, 214, 232 }, { 228, 228, 222 } };
  static const guint8 paints[][3] = { { 160, 32, 40 }, { 28, 92, 140 }, { 30, 110, 70 }, { 200, 120, 20 }, { 60, 50, 110 }, { 40, 44, 48 } };
  const guint8       *wall = walls[variant % G_N_ELEMENTS (walls)];
  const guint8       *paint = paints[variant % G_N_ELEMENTS (paints)];
  double              ink = CLAMP (3.5 - distance_to_bicycle (x, y), 0, 1);
  double              light = (y > 262 ? 0.72 : 1.0) - y / 1600.0 - x / 4000.0;

  for (int c = 0; c < 3; c++)
    pixel[c] = (guint8)CLAMP (wall[c] * light * (1 - ink) + paint[c] * ink, 0, 255);
}

static GBytes *
deflate (const guint8 *data,
         gsize         length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  return g_converter_convert_bytes (G_CONVERTER (compressor), bytes, NULL);
}

/** lia_sample_draw_png: a bicycle before a wall; each @variant has other colours. */
GBytes *
lia_sample_draw_png (guint variant)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autofree guint8 *rows = g_malloc0 ((gsize)HEIGHT * (1 + WIDTH * 3)); /* each row begins with its filter: 0, none */
  g_autoptr (GBytes) packed = NULL;
  GByteArray *png = g_byte_array_new ();
  gsize       length;
  const void *data;

  for (int y = 0; y < HEIGHT; y++)
    {
      for (int x = 0; x < WIDTH; x++)
        draw_pixel (rows + (gsize)y * (1 + WIDTH * 3) + 1 + x * 3, x, y, variant);
    }

  packed = deflate (rows, (gsize)HEIGHT * (1 + WIDTH * 3));
  data = g_bytes_get_data (packed, &length);
  append_u32_be (header, WIDTH);
  append_u32_be (header, HEIGHT);
  g_byte_array_append (header, (const guint8 *)"\x08\x02\0\0\0", 5); /* 8 bits, RGB */

  g_byte_array_append (png, signature, sizeof signature);
  append_chunk (png, "IHDR", header->data, header->len);
  append_chunk (png, "IDAT", data, length);
  append_chunk (png, "IEND", NULL, 0);

  return g_byte_array_free_to_bytes (png);
}

static char *
make_page (const char *const *lines)
{
  GString *page = g_string_new ("BT /F1 14 Tf 20 TL 72 760 Td\n");

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GString) escaped = g_string_new (lines[i]);

      g_string_replace (escaped, "\\", "\\\\", 0);
      g_string_replace (escaped, "(", "\\(", 0);
      g_string_replace (escaped, ")", "\\)", 0);
      g_string_append_printf (page, "(%s) Tj T*\n", escaped->str);
    }

  g_string_append (page, "ET");

  return g_string_free_and_steal (page);
}

/** lia_sample_draw_pdf: one page A4 with these lines (ASCII). */
GBytes *
lia_sample_draw_pdf (const char *const *lines)
{
  g_autofree char *page = make_page (lines);
  g_autofree char *stream = g_strdup_printf ("<< /Length %zu >>\nstream\n%s\nendstream", strlen (page), page);
  const char      *objects[] = {
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    stream,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  };
  GString *pdf = g_string_new ("%PDF-1.4\n");
  g_autoptr (GString) table = g_string_new ("0000000000 65535 f \n");
  gsize start;

  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_string_append_printf (table, "%010zu 00000 n \n", pdf->len);
      g_string_append_printf (pdf, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }

  start = pdf->len;
  g_string_append_printf (pdf, "xref\n0 6\n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", table->str, start);

  return g_string_free_to_bytes (pdf);
}

static void
append_u32_le (GByteArray *out,
               guint32     value)
{
  const guint32 little_endian = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *)&little_endian, sizeof little_endian);
}

/** lia_sample_draw_wav: soft tones, 8 kHz, 8 bits, mono. */
GBytes *
lia_sample_draw_wav (guint seconds)
{
  const guint32 n_samples = RATE * seconds;
  GByteArray   *wav = g_byte_array_new ();

  g_byte_array_append (wav, (const guint8 *)"RIFF", 4);
  append_u32_le (wav, 36 + n_samples);
  g_byte_array_append (wav, (const guint8 *)"WAVEfmt ", 8);
  append_u32_le (wav, 16);
  append_u32_le (wav, 1 | 1 << 16); /* PCM, one channel */
  append_u32_le (wav, RATE);
  append_u32_le (wav, RATE);
  append_u32_le (wav, 1 | 8 << 16); /* a byte a frame, 8 bits a sample */
  g_byte_array_append (wav, (const guint8 *)"data", 4);
  append_u32_le (wav, n_samples);

  for (guint32 i = 0; i < n_samples; i++)
    {
      double time = (double)i / RATE;
      double loudness = 20 * sin (G_PI * fmod (time, 1));
      guint8 sample = (guint8)(128 + loudness * sin (2 * G_PI * (time < 1 ? 440 : 523) * time));

      g_byte_array_append (wav, &sample, 1);
    }

  return g_byte_array_free_to_bytes (wav);
}
