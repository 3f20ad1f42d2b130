/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-ws.h"

#include <string.h>

#define SEEDS 200

typedef struct
{
  const char *name;
  const char *bytes; /* as test_ws_read() reads them */
  const char *told;  /* as test_ws_tell() tells it */
} Case;

/* A mask of zeros where what is said should be read. */
static const Case cases[] = {
  /* RFC 6455 5.7 */
  { "hello", "81 85 37fa213d 7f9f4d5158", "text Hello\n" },
  { "hello-in-two", "01 83 37fa213d 7f9f4d 80 82 37fa213d 5b95", "text/2 Hello\n" },
  { "ping", "89 85 37fa213d 7f9f4d5158", "ping Hello\n" },

  { "empty", "81 80 00000000", "text \n" },
  { "binary", "82 83 00000000 00ff80", "binary \\00\\ff\\80\n" },
  { "two", "81 81 00000000 'a' 82 81 00000000 'b'", "text a\nbinary b\n" },
  { "pong", "8a 80 00000000", "pong \n" },
  { "nothing", "", "" },
  { "half-header", "81", "…\n" },
  { "half-mask", "81 85 00000000 ", "…\n" },
  { "half-payload", "81 85 00000000 'Hel'", "…\n" },

  { "fragments", "01 81 00000000 'a' 00 80 00000000 00 81 00000000 'b' 80 81 00000000 'c'", "text/4 abc\n" },
  { "fragments-empty", "01 80 00000000 80 80 00000000", "text/2 \n" },
  { "fragments-empty-first", "02 80 00000000 89 81 00000000 'p' 80 81 00000000 'x'", "ping p\nbinary/2 x\n" },
  { "control-between", "01 81 00000000 'a' 89 82 00000000 'hi' 80 81 00000000 'b'", "ping hi\ntext/2 ab\n" },
  { "controls-between", "01 81 00000000 'a' 89 82 00000000 'hi' 8a 80 00000000 89 81 00000000 '!' 80 81 00000000 'b'", "ping hi\npong \nping !\ntext/2 ab\n" },
  { "close-between", "01 81 00000000 'a' 88 80 00000000 80 81 00000000 'b'", "close 1005 \n…\n" },
  { "fragments-more", "01 81 00000000 'a'", "…\n" },
  { "16-fragments", "01 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 "
                    "00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 80 80 00000000 81 80 00000000",
    "text/16 \ntext \n" },
  { "17-fragments", "01 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 "
                    "00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 00 80 00000000 80 80 00000000",
    "broken 1008\n" },

  { "unmasked", "81 05 'Hello'", "broken 1002\n" },
  { "unmasked-control", "89 00", "broken 1002\n" },
  { "reserved-1", "c1 80 00000000", "broken 1002\n" },
  { "reserved-2", "a1 80 00000000", "broken 1002\n" },
  { "reserved-3", "91 80 00000000", "broken 1002\n" },
  { "reserved-control", "c9 80 00000000", "broken 1002\n" },
  { "opcode-3", "83 80 00000000", "broken 1002\n" },
  { "opcode-7", "87 80 00000000", "broken 1002\n" },
  { "opcode-b", "8b 80 00000000", "broken 1002\n" },
  { "opcode-f", "8f 80 00000000", "broken 1002\n" },
  { "continues-nothing", "80 80 00000000", "broken 1002\n" },
  { "continues-what-is-done", "81 81 00000000 'a' 80 81 00000000 'b'", "text a\nbroken 1002\n" },
  { "interrupts", "01 81 00000000 'a' 81 81 00000000 'b'", "broken 1002\n" },
  { "interrupts-fragmented", "01 81 00000000 'a' 02 81 00000000 'b'", "broken 1002\n" },
  { "after-broken", "81 81 00000000 'a' 83 80 00000000 81 81 00000000 'b'", "text a\nbroken 1002\n" },

  { "control-in-two", "09 80 00000000", "broken 1002\n" },
  { "close-in-two", "08 80 00000000", "broken 1002\n" },
  { "control-126", "89 fe 007e 00000000", "broken 1002\n" },
  { "control-127", "8a ff 0000000000010000 00000000", "broken 1002\n" },

  { "length-2-of-125", "81 fe 007d 00000000", "broken 1002\n" },
  { "length-2-of-126", "81 fe 007e 00000000", "…\n" },
  { "length-8-of-125", "81 ff 000000000000007d 00000000", "broken 1002\n" },
  { "length-8-of-65535", "81 ff 000000000000ffff 00000000", "broken 1002\n" },
  { "length-8-of-65536", "81 ff 0000000000010000 00000000", "…\n" },
  { "length-65537", "81 ff 0000000000010001 00000000", "broken 1009\n" },
  { "length-4-gib-and-1", "81 ff 0000000100000001 00000000 'a'", "broken 1009\n" },
  { "length-most", "82 ff 7fffffffffffffff 00000000", "broken 1009\n" },
  { "length-negative", "82 ff ffffffffffffffff 00000000", "broken 1002\n" },
  { "length-sum", "01 81 00000000 'a' 80 ff 0000000000010000 00000000", "broken 1009\n" },

  { "text-ü", "81 82 00000000 c3bc", "text \\c3\\bc\n" },
  { "text-ü-in-two", "01 81 00000000 c3 80 81 00000000 bc", "text/2 \\c3\\bc\n" },
  { "text-ü-around-ping", "01 81 00000000 c3 89 80 00000000 80 81 00000000 bc", "ping \ntext/2 \\c3\\bc\n" },
  { "text-nul", "81 83 00000000 'a' 00 'b'", "text a\\00b\n" },
  { "text-last", "81 84 00000000 f48fbfbf", "text \\f4\\8f\\bf\\bf\n" },
  { "text-cut", "81 81 00000000 c3", "broken 1007\n" },
  { "text-cut-fragment", "01 82 00000000 'a' c3 80 81 00000000 'b'", "broken 1007\n" },
  { "text-nul-then-bad", "81 82 00000000 00 ff", "broken 1007\n" },
  { "text-latin-1", "81 82 00000000 'a' fc", "broken 1007\n" },
  { "text-long-form", "81 82 00000000 c080", "broken 1007\n" },
  { "text-surrogate", "81 83 00000000 eda080", "broken 1007\n" },
  { "text-beyond", "81 84 00000000 f4908080", "broken 1007\n" },
  { "binary-anything", "82 82 00000000 c080", "binary \\c0\\80\n" },

  { "close", "88 82 00000000 03e8", "close 1000 \n" },
  { "close-reason", "88 85 00000000 03e9 'bye'", "close 1001 bye\n" },
  { "close-none", "88 80 00000000", "close 1005 \n" },
  { "close-own", "88 82 00000000 0fa0", "close 4000 \n" },
  { "close-library", "88 82 00000000 0bb8", "close 3000 \n" },
  { "close-registered", "88 82 00000000 03f6", "close 1014 \n" },
  { "close-then-more", "88 82 00000000 03e8 81 81 00000000 'a' ffff", "close 1000 \n" },
  { "close-1-byte", "88 81 00000000 0f", "broken 1002\n" },
  { "close-0", "88 82 00000000 0000", "broken 1002\n" },
  { "close-999", "88 82 00000000 03e7", "broken 1002\n" },
  { "close-1004", "88 82 00000000 03ec", "broken 1002\n" },
  { "close-1005", "88 82 00000000 03ed", "broken 1002\n" },
  { "close-1006", "88 82 00000000 03ee", "broken 1002\n" },
  { "close-1015", "88 82 00000000 03f7", "broken 1002\n" },
  { "close-2999", "88 82 00000000 0bb7", "broken 1002\n" },
  { "close-5000", "88 82 00000000 1388", "broken 1002\n" },
  { "close-bad-reason", "88 84 00000000 03e8 c3 'a'", "broken 1007\n" },
};

/* Whole, in two at every place, and a byte at a time. */
static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (GByteArray) bytes = test_ws_read (expected->bytes);
  g_autofree char *one_by_one = test_ws_tell (bytes->data, bytes->len, &(LiaTestCuts){ .every = 1 });

  g_assert_cmpstr (one_by_one, ==, expected->told);
  for (gsize at = 0; at <= bytes->len; at++)
    {
      g_autofree char *told = test_ws_tell (bytes->data, bytes->len, &(LiaTestCuts){ .at = at });

      g_assert_cmpstr (told, ==, expected->told);
    }
}

/* What makes it wrong is enough: nobody waits for the rest. */
static void
test_early (void)
{
  static const struct
  {
    const char *bytes;
    const char *told;
  } early[] = {
    { "81 05", "broken 1002\n" },
    { "83 80", "broken 1002\n" },
    { "89 fe", "broken 1002\n" },
    { "80 80", "broken 1002\n" },
    { "81 ff 0000000000010001 00000000", "broken 1009\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (early); i++)
    {
      g_autoptr (GByteArray) bytes = test_ws_read (early[i].bytes);
      g_autofree char *told = test_ws_tell (bytes->data, bytes->len, &(LiaTestCuts){ 0 });

      g_assert_cmpstr (told, ==, early[i].told);
    }
}

/* Streams of cases one behind the other, cut anywhere. */
static void
test_any_cut (void)
{
  for (guint32 seed = 1; seed <= SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GByteArray) stream = g_byte_array_new ();
      g_autofree char *whole = NULL;
      g_autofree char *cut = NULL;

      for (guint i = 0; i < 20; i++)
        {
          g_autoptr (GByteArray) bytes = test_ws_read (cases[g_rand_int_range (random, 0, G_N_ELEMENTS (cases))].bytes);

          g_byte_array_append (stream, bytes->data, bytes->len);
        }
      whole = test_ws_tell (stream->data, stream->len, &(LiaTestCuts){ 0 });
      cut = test_ws_tell (stream->data, stream->len, &(LiaTestCuts){ .chance = random });
      g_assert_cmpstr (cut, ==, whole);
    }
}

/* Every length at which the header changes, there and back. */
static void
test_lengths (void)
{
  static const gsize lengths[] = { 0, 1, 125, 126, 127, 65535, 65536 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree guint8 *payload = g_malloc (lengths[i] + 1);
      g_autoptr (GByteArray) stream = g_byte_array_new ();
      g_auto (LiaWsParser) parser;
      LiaWsMessage  message;
      const guint8 *bytes;
      gsize         length;

      for (gsize n = 0; n < lengths[i]; n++)
        payload[n] = (guint8)(n * 7);
      test_ws_add_frame (stream, 0x82, payload, lengths[i]);
      bytes = stream->data;
      length = stream->len;

      lia_ws_parser_init (&parser);
      g_assert_cmpint (lia_ws_parser_take (&parser, &bytes, &length, &message), ==, LIA_WS_MESSAGE);
      g_assert_cmpuint (length, ==, 0);
      g_assert_cmpmem (message.data, message.length, payload, lengths[i]);
      g_assert_cmpint (lia_ws_parser_take (&parser, &bytes, &length, &message), ==, LIA_WS_MORE);
      g_assert_cmpuint (lia_ws_parser_get_buffered (&parser), ==, 0);
    }
}

/* What is announced takes no memory, only what has come. */
static void
test_announced (void)
{
  g_autoptr (GByteArray) bytes = test_ws_read ("81 ff 0000000000010000 00000000 'abc'");
  g_auto (LiaWsParser) parser;
  LiaWsMessage  message;
  const guint8 *at = bytes->data;
  gsize         length = bytes->len;

  lia_ws_parser_init (&parser);
  g_assert_cmpint (lia_ws_parser_take (&parser, &at, &length, &message), ==, LIA_WS_MORE);
  g_assert_cmpuint (lia_ws_parser_get_buffered (&parser), ==, 3);
  g_assert_true (lia_ws_parser_is_partial (&parser));
}

static void
check_frame (GBytes     *frame,
             const char *notation)
{
  g_autoptr (GByteArray) bytes = test_ws_read (notation);

  g_assert_cmpmem (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), bytes->data, bytes->len);
  g_bytes_unref (frame);
}

static void
test_frames (void)
{
  g_autofree char *long_reason = g_strnfill (122, 'r');
  g_autofree char *cut_reason = g_strconcat (long_reason, "ü", NULL);
  g_autofree char *expected = g_strconcat ("88 7c 0fa0 '", long_reason, "'", NULL);

  check_frame (lia_ws_frame_new (LIA_WS_TEXT, "Hello", 5), "81 05 'Hello'");
  check_frame (lia_ws_frame_new (LIA_WS_BINARY, "", 0), "82 00");
  check_frame (lia_ws_frame_new (LIA_WS_PONG, "hi", 2), "8a 02 'hi'");
  check_frame (lia_ws_frame_new_close (1000, NULL), "88 02 03e8");
  check_frame (lia_ws_frame_new_close (4409, "slow"), "88 06 1139 'slow'");
  check_frame (lia_ws_frame_new_close (LIA_WS_CODE_NONE, "never"), "88 00");
  check_frame (lia_ws_frame_new_close (LIA_WS_CODE_VANISHED, NULL), "88 00");
  check_frame (lia_ws_frame_new_close (4000, cut_reason), expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ws-parser/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/ws-parser/early", test_early);
  g_test_add_func ("/ws-parser/any-cut", test_any_cut);
  g_test_add_func ("/ws-parser/lengths", test_lengths);
  g_test_add_func ("/ws-parser/announced", test_announced);
  g_test_add_func ("/ws-parser/frames", test_frames);

  return g_test_run ();
}
