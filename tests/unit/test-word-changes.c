/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which words of a text are new, and which are gone. */

#include "lia-word-changes.h"

static char *
changes_of (const char *before,
            const char *after)
{
  g_autoptr (GArray) changes = lia_word_changes (before, after);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const LiaWordChange *change = &g_array_index (changes, LiaWordChange, i);
      const char          *of = change->change == LIA_WORDS_ADDED ? after : before;

      g_string_append_printf (text, "%c[%.*s]", " -+"[change->change], (int)(change->end - change->start), of + change->start);
    }

  return g_string_free (text, FALSE);
}

static void
test_word_changes (void)
{
  static const char *const cases[][3] = {
    { "", "", "" },
    { "", "a", "+[a]" },
    { "a", "", "-[a]" },
    { "one two three", "one two three", " [one two three]" },
    { "one two three", "one 2 three", " [one ]-[two]+[2] [ three]" },
    { "Your money is on its way.", "Your refund is on its way now.", " [Your ]-[money]+[refund] [ is on its way]+[ now] [.]" },
    { "größe", "grösse", "-[größe]+[grösse]" },
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = changes_of (cases[i][0], cases[i][1]);

      g_assert_cmpstr (got, ==, cases[i][2]);
    }

  /* The pieces make both texts again. */
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) a = g_string_new (NULL);
      g_autoptr (GString) b = g_string_new (NULL);
      g_autoptr (GString) x = g_string_new (NULL);
      g_autoptr (GString) y = g_string_new (NULL);
      g_autoptr (GArray) changes = NULL;

      for (guint i = g_rand_int_range (rand, 0, 40); i > 0; i--)
        g_string_append_printf (a, "%c ", 'a' + g_rand_int_range (rand, 0, 5));
      for (guint i = g_rand_int_range (rand, 0, 40); i > 0; i--)
        g_string_append_printf (b, "%c ", 'a' + g_rand_int_range (rand, 0, 5));
      changes = lia_word_changes (a->str, b->str);
      for (guint i = 0; i < changes->len; i++)
        {
          const LiaWordChange *change = &g_array_index (changes, LiaWordChange, i);
          gsize                length = change->end - change->start;

          if (change->change != LIA_WORDS_ADDED)
            g_string_append_len (x, a->str + change->start, length);
          if (change->change == LIA_WORDS_ADDED)
            g_string_append_len (y, b->str + change->start, length);
          if (change->change == LIA_WORDS_SAME)
            g_string_append_len (y, a->str + change->start, length);
        }
      g_assert_cmpstr (x->str, ==, a->str);
      g_assert_cmpstr (y->str, ==, b->str);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/word-changes", test_word_changes);

  return g_test_run ();
}
