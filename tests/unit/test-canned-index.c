/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-canned.h"

static void
test_replace (void)
{
  g_autoptr (LiaCannedIndex) index = make_index ();
  guint n = lia_canned_index_size (index);

  put (index, make ("order", "x", "Parcel tracking", "", "", ""));
  g_assert_cmpuint (lia_canned_index_size (index), ==, n);
  assert_first (index, "parcel", "order");
  assert_first (index, "status", "status");
  assert_nothing (index, "warehouse");
  g_assert_true (lia_canned_index_remove (index, "order"));
  g_assert_false (lia_canned_index_remove (index, "order"));
  g_assert_null (lia_canned_index_get (index, "order"));
  assert_nothing (index, "parcel");
  lia_canned_index_put (index, lia_canned_index_get (index, "refund"));
  assert_first (index, "refpol", "refund");
}

static LiaCanned *
make_random (GRand *random,
             guint  number)
{
  static const char *const words[] = { "refund", "refunds", "policy", "Paßwort", "reset", "größe", "e-mail", "退款政策", "order", "gift", "card", "возврат", "2fa", "delivery", "late", "chargeback" };
  g_autofree char         *id = g_strdup_printf ("c_%u", number);
  GString                 *text[4];
  LiaCanned               *canned;

  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    {
      text[i] = g_string_new (NULL);
      for (gint n = g_rand_int_range (random, 0, 5); n > 0; n--)
        g_string_append_printf (text[i], "%s%s", text[i]->len > 0 ? " " : "", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
    }
  canned = make (id, "", text[0]->str, text[1]->str, text[2]->str, text[3]->str);
  canned->team_use = (LiaCannedUse){ g_rand_int_range (random, 0, 5), NOW_MS };
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    g_string_free (text[i], TRUE);

  return canned;
}

static char *
describe (LiaCannedIndex *index)
{
  static const char *const typed[] = { "", "r", "re", "refnd", "gift card", "giftcard", "passwort rest", "grosse", "退款", "возрат", "rp", "late delivery order", "charge back", "emial" };
  g_autoptr (LiaCannedContext) context = context_with ("my gift card is late and the refund too");
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GPtrArray) hits = lia_canned_index_query (index, typed[i], context, 50);

      g_string_append_printf (all, "\n%s:", typed[i]);
      for (guint j = 0; j < hits->len; j++)
        {
          LiaCannedHit    *hit = hit_at (hits, j);
          g_autofree char *title = marked (hit->canned->title, hit->title_marks);

          g_string_append_printf (all, " %s %.4f %d %.4f %s,", hit->canned->id, hit->score, hit->match, hit->similarity, title);
        }
    }

  return g_string_free_and_steal (all);
}

/* However it came about, an index with the same responses gives the same answers. */
static void
test_incremental (void)
{
  for (guint seed = 0; seed < 12; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (LiaCannedIndex) index = lia_canned_index_new ();
      g_autoptr (LiaCannedIndex) rebuilt = lia_canned_index_new ();
      g_autofree char *one = NULL;
      g_autofree char *other = NULL;

      for (guint step = 0; step < 400; step++)
        {
          guint            number = g_rand_int_range (random, 0, 80);
          g_autofree char *id = g_strdup_printf ("c_%u", number);

          if (g_rand_int_range (random, 0, 3) == 0)
            lia_canned_index_remove (index, id);
          else
            put (index, make_random (random, number));
          if (step % 7 == 0)
            lia_canned_index_settle (index);
          if (step % 50 == 0)
            g_ptr_array_unref (query (index, "re"));
        }
      for (guint number = 80; number > 0; number--)
        {
          g_autofree char *id = g_strdup_printf ("c_%u", number - 1);
          LiaCanned       *canned = lia_canned_index_get (index, id);

          if (canned != NULL)
            lia_canned_index_put (rebuilt, canned);
        }

      g_assert_cmpuint (lia_canned_index_size (index), ==, lia_canned_index_size (rebuilt));
      one = describe (index);
      other = describe (rebuilt);
      g_assert_cmpstr (one, ==, other);
    }
}

/*
 * Words that come and go do not stay in memory: their numbers are given to others, which must not be mistaken for them when they come back.
 */
static void
test_many_words (void)
{
  g_autoptr (LiaCannedIndex) index = lia_canned_index_new ();

  for (guint i = 0; i < 6000; i++)
    {
      guint            word = i % 1500;
      g_autofree char *title = g_strdup_printf ("word%c%c%c tail", 'a' + word % 26, 'a' + word / 26 % 26, 'a' + word / 676);

      put (index, make ("only", "", title, "", "", title));
      if (i % 50 == 0)
        g_assert_cmpint (match_of (index, title), ==, LIA_CANNED_MATCH_EXACT);
    }
  g_assert_cmpint (match_of (index, "wordaaa tail"), !=, LIA_CANNED_MATCH_EXACT);
}

static void
test_decay (void)
{
  LiaCannedUse use = { 0 };

  g_assert_cmpfloat (lia_canned_use_at (&use, NOW_MS), ==, 0);
  use = lia_canned_use_after (&use, NOW_MS);
  use = lia_canned_use_after (&use, NOW_MS);
  g_assert_cmpfloat_with_epsilon (lia_canned_use_at (&use, NOW_MS), 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (lia_canned_use_at (&use, NOW_MS + LIA_CANNED_HALF_LIFE_MS), 1, 1e-9);
  use = lia_canned_use_after (&use, NOW_MS + LIA_CANNED_HALF_LIFE_MS);
  g_assert_cmpfloat_with_epsilon (use.count, 2, 1e-9);
  use = lia_canned_use_after (&use, NOW_MS - DAY_MS);
  g_assert_cmpint (use.last_ms, ==, NOW_MS + LIA_CANNED_HALF_LIFE_MS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canned-index/replace", test_replace);
  g_test_add_func ("/canned-index/incremental", test_incremental);
  g_test_add_func ("/canned-index/many-words", test_many_words);
  g_test_add_func ("/canned-index/decay", test_decay);

  return g_test_run ();
}
