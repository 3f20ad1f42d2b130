/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-twins.h"

#define REFUND "Your refund is on its way. It takes three to five working days until the money is on your account, depending on your bank."
#define REFUND_TOO "Your refund is on its way! It takes three to five working days until the money is on your account, depending on the bank."
#define PARCEL "The parcel has left our house this morning. You find the number to follow it in the message that the carrier has sent you."

static void
test_found (void)
{
  const char *texts[] = { REFUND, PARCEL, "", REFUND_TOO, PARCEL, "Yes", "yes!", "退款政策说明退款政策说明" };
  g_autoptr (GArray) twins = lia_twins_find (texts, G_N_ELEMENTS (texts), 0.6);
  static const guint expected[][2] = { { 1, 4 }, { 5, 6 }, { 0, 3 } };

  g_assert_cmpuint (twins->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < twins->len; i++)
    {
      const LiaTwins *pair = &g_array_index (twins, LiaTwins, i);

      g_assert_cmpuint (pair->a, ==, expected[i][0]);
      g_assert_cmpuint (pair->b, ==, expected[i][1]);
    }
  g_assert_cmpfloat (g_array_index (twins, LiaTwins, 0).likeness, ==, 1);
  g_assert_cmpfloat (g_array_index (twins, LiaTwins, 2).likeness, <, 1);
}

static char *
make_text (GRand *rand,
           guint  n_words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%sw%d", i > 0 ? " " : "", g_rand_int_range (rand, 0, 5000));

  return g_string_free (text, FALSE);
}

/* Each other text is the one before with one of its forty words changed: three of 38 sequences. */
static GPtrArray *
make_library (guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i += 2)
    {
      char *text = make_text (rand, 40);
      g_auto (GStrv) words = g_strsplit (text, " ", -1);

      g_set_str (&words[g_rand_int_range (rand, 0, 40)], "another");
      g_ptr_array_add (texts, text);
      g_ptr_array_add (texts, g_strjoinv (" ", words));
    }

  return texts;
}

static void
test_many (void)
{
  guint n = g_test_perf () ? 100000 : 2000;
  g_autoptr (GPtrArray) texts = make_library (n);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GArray) twins = lia_twins_find ((const char *const *)texts->pdata, n, 0.6);

  g_test_message ("%u texts: %" G_GINT64_FORMAT " ms, %u pairs", n, (g_get_monotonic_time () - start) / 1000, twins->len);
  g_assert_cmpuint (twins->len, >=, n / 2 * 995 / 1000);
  for (guint i = 0; i < twins->len; i++)
    g_assert_cmpuint (g_array_index (twins, LiaTwins, i).b, ==, g_array_index (twins, LiaTwins, i).a + 1);
}

/* A form letter that is there a thousand times does not cost a million comparisons. */
static void
test_same (void)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autoptr (GArray) twins = NULL;

  for (guint i = 0; i < 3000; i++)
    g_ptr_array_add (texts, (gpointer)REFUND);
  twins = lia_twins_find ((const char *const *)texts->pdata, texts->len, 0.6);
  g_assert_cmpuint (twins->len, >=, 2999);
  g_assert_cmpuint (twins->len, <=, 3000 * 24);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/twins/found", test_found);
  g_test_add_func ("/twins/many", test_many);
  g_test_add_func ("/twins/same", test_same);

  return g_test_run ();
}
