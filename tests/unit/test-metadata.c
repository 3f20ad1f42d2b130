/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What images say beside what they show; each kind with something to be taken out, with nothing, and cut off at every byte. */

#include "lia-metadata.h"

#include <string.h>

#define PNG "\x89PNG\r\n\x1a\n"
#define PNG_HEAD "\0\0\0\x0dIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0crc1"
#define PNG_TEXT "\0\0\0\x0btEXtAuthor\0Ann!crc2"
#define PNG_EXIF "\0\0\0\4eXIfMM\0*crc3"
#define PNG_END "\0\0\0\4IDATdatacrc4\0\0\0\0IENDcrc5"

#define JPEG_HEAD "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define JPEG_EXIF "\xff\xe1\0\x3a" \
                  "Exif\0\0II*\0\x08\0\0\0\2\0\x12\1\3\0\1\0\0\0\6\0\0\0\x25\x88\4\0\1\0\0\0\x26\0\0\0\0\0\0\0GPS 52.51 N."
#define JPEG_TURNED "\xff\xe1\0\x22" \
                    "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
#define JPEG_COMMENT "\xff\xfe\0\5Ann"
#define JPEG_COLOURS "\xff\xe2\0\x12ICC_PROFILE\0\1\1xy\xff\xee\0\x09" \
                     "Adobe\0d"
#define JPEG_SCAN "\xff\xda\0\4\0\0scan\xff\0of\xff\xd3it\xff\xd9"

#define GIF_HEAD "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
#define GIF_COMMENT "!\xfe\3Ann\0"
#define GIF_XMP "!\xff\x0bXMP DataXMP\3Ann\0"
#define GIF_LOOP "!\xff\x0bNETSCAPE2.0\3\1\0\0\0"
#define GIF_IMAGE "!\xf9\4\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;"

#define WEBP_X(flags) "VP8X\x0a\0\0\0" flags "\0\0\0\0\0\0\0\0\0"
#define WEBP_DATA "VP8L\5\0\0\0datas\0"
#define WEBP_EXIF "EXIF\3\0\0\0Ann\0"

/* A text with NULs in it */
#define BYTES(text) text, sizeof (text) - 1

static void
check (const char *bytes,
       gsize       size,
       const char *bare,
       gsize       bare_size)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, size);
  g_autoptr (GBytes) expected = g_bytes_new (bare, bare_size);
  LiaMetadata metadata;
  g_autoptr (GBytes) out = lia_metadata_strip (file, "image/x", &metadata);
  g_autoptr (GBytes) again = NULL;

  g_assert_cmpmem (g_bytes_get_data (out, NULL), g_bytes_get_size (out), bare, bare_size);
  g_assert_cmpint (metadata, ==, g_bytes_equal (file, expected) ? LIA_METADATA_NONE : LIA_METADATA_STRIPPED);
  again = lia_metadata_strip (out, "image/x", &metadata);
  g_assert_true (g_bytes_equal (again, out));
  g_assert_cmpint (metadata, ==, LIA_METADATA_NONE);
  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *cut = g_memdup2 (bytes, i);
      g_autoptr (GBytes) part = g_bytes_new_take (g_steal_pointer (&cut), i);
      g_autoptr (GBytes) kept = lia_metadata_strip (part, "image/x", &metadata);

      g_assert_true (metadata != LIA_METADATA_STAYS || kept == part);
    }
}

static void
test_png (void)
{
  check (BYTES (PNG PNG_HEAD PNG_TEXT PNG_EXIF PNG_END "more"), BYTES (PNG PNG_HEAD PNG_END));
  check (BYTES (PNG PNG_HEAD PNG_END), BYTES (PNG PNG_HEAD PNG_END));
}

static void
test_jpeg (void)
{
  check (BYTES (JPEG_HEAD JPEG_EXIF JPEG_COMMENT JPEG_COLOURS JPEG_SCAN "a film"), BYTES (JPEG_HEAD JPEG_TURNED JPEG_COLOURS JPEG_SCAN));
  check (BYTES (JPEG_HEAD JPEG_COLOURS JPEG_SCAN), BYTES (JPEG_HEAD JPEG_COLOURS JPEG_SCAN));
}

static void
test_gif (void)
{
  check (BYTES (GIF_HEAD GIF_COMMENT GIF_XMP GIF_LOOP GIF_IMAGE), BYTES (GIF_HEAD GIF_LOOP GIF_IMAGE));
  check (BYTES (GIF_HEAD GIF_IMAGE), BYTES (GIF_HEAD GIF_IMAGE));
}

static void
test_webp (void)
{
  check (BYTES ("RIFF\x30\0\0\0WEBP" WEBP_X ("\x18") WEBP_DATA WEBP_EXIF), BYTES ("RIFF\x24\0\0\0WEBP" WEBP_X ("\x10") WEBP_DATA));
  check (BYTES ("RIFF\x12\0\0\0WEBP" WEBP_DATA), BYTES ("RIFF\x12\0\0\0WEBP" WEBP_DATA));
}

static void
test_others (void)
{
  static const struct
  {
    const char *type;
    LiaMetadata metadata;
  } cases[] = { { "application/pdf", LIA_METADATA_STAYS }, { "image/heic", LIA_METADATA_STAYS }, { "text/html", LIA_METADATA_STAYS }, { "text/plain", LIA_METADATA_NONE } };
  g_autoptr (GBytes) file = g_bytes_new_static ("something", 9);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LiaMetadata metadata;
      g_autoptr (GBytes) out = lia_metadata_strip (file, cases[i].type, &metadata);

      g_assert_true (out == file);
      g_assert_cmpint (metadata, ==, cases[i].metadata);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metadata/png", test_png);
  g_test_add_func ("/metadata/jpeg", test_jpeg);
  g_test_add_func ("/metadata/gif", test_gif);
  g_test_add_func ("/metadata/webp", test_webp);
  g_test_add_func ("/metadata/others", test_others);

  return g_test_run ();
}
