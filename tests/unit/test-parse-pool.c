/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workers that die, lie or do not start: with one that does so on demand in place of the real one. */

#include "lia-parse-pool.h"

#include <string.h>
#include <unistd.h>

/* A worker that dies of "DIE", of every second message after "TIRED", and answers "LIE" with rubbish. */
static int
bad_worker (void)
{
  guint32  length = 0;
  gboolean tired = FALSE;

  lia_mime_init ();

  if (write (1, &length, sizeof length) != sizeof length)
    return 1;

  while (read (0, &length, sizeof length) == sizeof length)
    {
      char text[1024];
      g_autoptr (GBytes) raw = NULL;
      g_autoptr (LiaMime) mime = NULL;
      g_autoptr (GVariant) variant = NULL;
      ssize_t got = read (0, text, length);

      g_assert_cmpint (got, ==, length);

      if (g_strstr_len (text, got, "DIE") != NULL || tired)
        _exit (1);

      tired = g_strstr_len (text, got, "TIRED") != NULL;
      raw = g_bytes_new (text, (gsize)got);
      mime = lia_mime_parse (raw);
      variant = g_variant_ref_sink (lia_mime_to_variant (mime));
      length = g_strstr_len (text, got, "LIE") != NULL ? G_MAXUINT32 : (guint32)g_variant_get_size (variant);

      if (write (1, &length, sizeof length) != sizeof length || write (1, g_variant_get_data (variant), g_variant_get_size (variant)) < 0)
        return 1;
    }

  return 0;
}

static void
assert_states (LiaParsePool *pool,
               const char   *words,
               const char   *expected)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);
  g_autoptr (GPtrArray) raw = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) mimes = NULL;
  g_autoptr (GString) states = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; all[i] != NULL; i++)
    {
      char *text = g_strdup_printf ("Subject: %s %u\r\n\r\nHello\r\n", all[i], i);

      g_ptr_array_add (raw, g_bytes_new_take (text, strlen (text)));
    }

  mimes = lia_parse_pool_parse (pool, raw, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mimes->len, ==, raw->len);

  for (guint i = 0; i < mimes->len; i++)
    {
      LiaMime         *mime = g_ptr_array_index (mimes, i);
      g_autofree char *subject = g_strdup_printf ("%s %u", all[i], i);

      g_assert_cmpstr (mime->subject, ==, subject);
      g_string_append_c (states, mime->state == LIA_MIME_PARSED ? '.' : 'F');
    }

  g_assert_cmpstr (states->str, ==, expected);
}

static void
test_survives (void)
{
  g_autoptr (LiaParsePool) pool = lia_parse_pool_new ("/proc/self/exe", 1);

  assert_states (pool, "a b c", "...");
  assert_states (pool, "DIE a", "F.");
  assert_states (pool, "a DIE b c DIE DIE", ".F..FF");
  assert_states (pool, "LIE a LIE", "F.F");
}

/* Not the message's fault: it gets another worker. */
static void
test_tired (void)
{
  g_autoptr (LiaParsePool) pool = lia_parse_pool_new ("/proc/self/exe", 1);

  assert_states (pool, "TIRED", ".");
  assert_states (pool, "a b", "..");
  assert_states (pool, "a TIRED b TIRED", "....");
}

static void
test_missing (void)
{
  static const char *const paths[] = { "/nonexistent/liaisond", "/bin/true" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (LiaParsePool) pool = lia_parse_pool_new (paths[i], 1);
      g_autoptr (GPtrArray) raw = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (raw, g_bytes_new_static ("a", 1));
      g_assert_null (lia_parse_pool_parse (pool, raw, &error));
      g_assert_nonnull (error);
    }
}

static gpointer
many (gpointer pool)
{
  for (guint i = 0; i < 20; i++)
    assert_states (pool, "a DIE b", ".F.");

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (LiaParsePool) pool = lia_parse_pool_new ("/proc/self/exe", 2);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("many", many, pool);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  if (argc > 1 && strcmp (argv[1], "parse-worker") == 0)
    return bad_worker ();

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parse-pool/survives", test_survives);
  g_test_add_func ("/parse-pool/tired", test_tired);
  g_test_add_func ("/parse-pool/missing", test_missing);
  g_test_add_func ("/parse-pool/threads", test_threads);

  return g_test_run ();
}
