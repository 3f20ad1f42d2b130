/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Recorded bytes of a PBX, given whole, byte by byte and cut at random: what comes out is the same. Then what callers with hostile numbers have
 * reached in those recordings, and what they might try.
 */

#include "lia-ami-parser.h"

#include <string.h>

static gboolean
expect_all (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

static void
describe (GString             *out,
          const LiaAmiMessage *message)
{
  g_string_append_printf (out, "%d/%u/%s %" G_GINT64_FORMAT ":", lia_ami_message_get_kind (message), lia_ami_message_get_taint (message),
                          lia_ami_message_get_name (message), lia_ami_message_get_time (message));
  for (guint i = 0; i < lia_ami_message_get_n_fields (message); i++)
    {
      const char *value;
      const char *name = lia_ami_message_get_field (message, i, &value);

      g_assert_true (g_utf8_validate (value, -1, NULL));
      g_string_append_printf (out, " %s<%s>", name, value);
    }
  g_string_append_c (out, '\n');
}

static void
describe_counts (GString            *out,
                 const LiaAmiCounts *counts)
{
  g_string_append_printf (out, "messages %d tainted %d headless %d unstamped %d untimely %d unasked %d oversized %d", (int)counts->messages,
                          (int)counts->tainted, (int)counts->headless, (int)counts->unstamped, (int)counts->untimely, (int)counts->unasked,
                          (int)counts->oversized);
}

/* Pieces of at most @max_bytes, of random length when @random. */
static char *
parse (const char       *bytes,
       gsize             length,
       gsize             max_bytes,
       gboolean          random,
       LiaAmiPendingFunc is_pending)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (is_pending, NULL);
  GString *out = g_string_new (NULL);

  for (gsize at = 0; at < length;)
    {
      gsize n = random ? (gsize)g_test_rand_int_range (1, (int)max_bytes) : max_bytes;

      n = MIN (n, length - at);
      lia_ami_parser_feed (parser, bytes + at, n, LIA_AMI_NO_CLOCK);
      for (;;)
        {
          g_autoptr (LiaAmiMessage) message = lia_ami_parser_next (parser);
          if (message == NULL)
            break;
          describe (out, message);
        }
      at += n;
    }
  describe_counts (out, lia_ami_parser_get_counts (parser));

  return g_string_free (out, FALSE);
}

static void
check_chunks (const char *bytes,
              gsize       length)
{
  g_autofree char *whole = parse (bytes, length, length + 1, FALSE, expect_all);
  g_autofree char *bytewise = parse (bytes, length, 1, FALSE, expect_all);

  g_assert_true (g_str_equal (bytewise, whole));
  for (guint round = 0; round < 5; round++)
    {
      g_autofree char *cut = parse (bytes, length, 2000, TRUE, expect_all);
      g_assert_true (g_str_equal (cut, whole));
    }
}

static char *
fixture (const char *name,
         gsize      *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "ami", name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);

  return bytes;
}

static void
test_chunks (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "ami", NULL);
  g_autoptr (GDir) files = g_dir_open (path, 0, NULL);
  const char *name;
  guint       n = 0;

  g_assert_nonnull (files);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      if (!g_str_has_suffix (name, ".txt") || g_str_has_suffix (name, ".order.txt"))
        continue;
      gsize            length;
      g_autofree char *bytes = fixture (name, &length);
      check_chunks (bytes, length);
      n++;
    }
  g_assert_cmpuint (n, >=, 50);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/ami-parser/chunks", test_chunks);

  return g_test_run ();
}
