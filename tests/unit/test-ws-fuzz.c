/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames that a client may send, changed at random, and whether what must hold of any bytes still does (fuzz-ws.c). */

#include "fuzz-ws.h"

#include "lia-test-fuzz.h"
#include "lia-test-ws.h"

/* Beginnings of frames: the right ones, more often, and any others. */
static guint8
random_start (GRand *random)
{
  static const guint8 good[] = { 0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x00, 0x80, 0x89, 0x8a, 0x88 };

  return g_rand_int_range (random, 0, 20) > 0 ? good[g_rand_int_range (random, 0, G_N_ELEMENTS (good))] : (guint8)g_rand_int_range (random, 0, 256);
}

static void
add_frame (GByteArray *stream,
           GRand      *random)
{
  static const char *const texts[] = { "", "a", "Grüße", "{\"t\":\"send\"}", "\x03\xe8", "\x0f\xa0 bye", "\xc3", "\xf0\x9f\x99\x82" };
  static const gsize       sizes[] = { 0, 125, 126, 300, 4000, 65535, 65536 };

  if (g_rand_int_range (random, 0, 10) > 0)
    {
      const char *text = texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))];

      test_ws_add_frame (stream, random_start (random), (const guint8 *)text, strlen (text));
    }
  else
    {
      const gsize        size = sizes[g_rand_int_range (random, 0, G_N_ELEMENTS (sizes))];
      g_autofree guint8 *zeros = g_malloc0 (size + 1);

      test_ws_add_frame (stream, random_start (random), zeros, size);
    }
}

static void
change (GByteArray *stream,
        GRand      *random)
{
  const guint at = (guint)g_rand_int_range (random, 0, (int)stream->len);
  const guint n = (guint)g_rand_int_range (random, 1, 20);

  if (g_rand_boolean (random))
    stream->data[at] ^= (guint8)(1 << g_rand_int_range (random, 0, 8));
  else
    g_byte_array_remove_range (stream, at, MIN (n, stream->len - at));
}

static GByteArray *
make (GRand  *random,
      guint64 round)
{
  GByteArray  *stream = g_byte_array_new ();
  const guint8 cut = (guint8)round;

  g_byte_array_append (stream, &cut, 1);
  for (int n = g_rand_int_range (random, 1, 24); n > 0; n--)
    add_frame (stream, random);
  for (int n = g_rand_int_range (random, 0, 3); n > 0 && stream->len > 0; n--)
    change (stream, random);

  return stream;
}

int
main (int    argc,
      char **argv)
{
  static const LiaTestFuzz fuzz = { "ws-fuzz", 1000, make, LLVMFuzzerTestOneInput };

  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    return test_fuzz_try_files (&fuzz, argv + 1) ? 0 : 2;

  test_fuzz_add (&fuzz);

  return g_test_run ();
}
