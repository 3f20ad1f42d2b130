/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-uid-set.h"

static void
assert_set (LiaUidSet  *set,
            const char *expected)
{
  g_autofree char *text = lia_uid_set_to_string (set);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_reads_and_joins (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "5", "5" },
    { "1:3,4", "1:4" },
    { "7,1:3,9,8", "1:3,7:9" },
    { "9:7", "7:9" },
    { "0,0:2", "1:2" },
    { "1:5,3:9,20:*", "1:9,20" },
    { "4294967295", "4294967295" },
    { "99999999999999999999999", "" },
    { "junk", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaUidSet) set = lia_uid_set_new (cases[i][0]);

      assert_set (set, cases[i][1]);
    }
}

static void
test_agrees_with_a_bitmap (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (LiaUidSet) set = lia_uid_set_new (NULL);
  g_autoptr (LiaUidSet) other = lia_uid_set_new ("10:30,41,60:62,99");
  g_autoptr (LiaUidSet) left = NULL;
  gboolean bits[120] = { FALSE };
  gint64   count = 0;

  for (guint i = 0; i < 40; i++)
    {
      gint32 first = g_rand_int_range (random, 1, 110);
      gint32 last = first + g_rand_int_range (random, 0, 5);

      lia_uid_set_add (set, first, last);

      for (gint32 uid = first; uid <= last; uid++)
        bits[uid] = TRUE;
    }

  left = lia_uid_set_minus (set, other);

  for (gint64 uid = 1; uid < 120; uid++)
    {
      count += bits[uid];
      g_assert_true (lia_uid_set_contains (set, uid) == bits[uid]);
      g_assert_true (lia_uid_set_contains (left, uid) == (bits[uid] && !lia_uid_set_contains (other, uid)));
    }

  g_assert_cmpint (lia_uid_set_count (set), ==, count);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uid-set/reads-and-joins", test_reads_and_joins);
  g_test_add_func ("/uid-set/agrees-with-a-bitmap", test_agrees_with_a_bitmap);

  return g_test_run ();
}
