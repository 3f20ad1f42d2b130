/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tokens.h"

#include <string.h>

static void
assert_index (const char *text,
              const char *words,
              const char *wholes)
{
  g_autoptr (GString) got_words = g_string_new (NULL);
  g_autoptr (GString) got_wholes = g_string_new (NULL);

  lia_tokens_index (text, strlen (text), got_words, got_wholes);
  g_assert_cmpstr (got_words->str, ==, words);
  g_assert_cmpstr (got_wholes->str, ==, wholes);
}

static void
test_index (void)
{
  assert_index ("", "", "");
  assert_index ("Hello,  World! 42", "hello world 42", "");
  assert_index ("Straße STRASSE", "strasse strasse", "");
  assert_index ("Rückerstattung Ångström İstanbul ŁÓDŹ Øre", "ruckerstattung angstrom istanbul lodz ore", "");
  assert_index ("ﬁnance ２０２６ ①", "finance 2026 1", "");
  assert_index ("Ann@Example.com", "ann example com", "annexamplecom");
  assert_index ("ORD-2026/117.", "ord 2026 117", "ord2026117");
  assert_index ("don’t - a", "don t a", "dont");
  assert_index ("退款政策", "退款 款政 政策 策", "");
  assert_index ("退", "退", "");
  assert_index ("iPhone退款", "iphone 退款 款", "");
  assert_index ("العَرَبِيَّة", "العربية", "");
  assert_index ("हिन्दी में", "हिन्दी में", "");
}

static void
assert_match (const char *typed,
              const char *expected)
{
  g_autofree char *match = lia_tokens_match (typed, NULL, NULL);

  g_assert_cmpstr (match, ==, expected);
}

static char **
complete_pol (const char *beginning,
              gpointer    data)
{
  static const char *const words[] = { "pol", "polar", "policy", NULL };

  return g_str_equal (beginning, "pol") ? g_strdupv ((char **)words) : NULL;
}

static void
assert_completed (const char *typed,
                  const char *expected)
{
  g_autofree char *match = lia_tokens_match (typed, complete_pol, NULL);

  g_assert_cmpstr (match, ==, expected);
}

static void
test_match_completed (void)
{
  assert_completed ("refund pol", "\"refund\" AND (\"pol\" OR \"polar\" OR \"policy\")");
  assert_completed ("refund-pol", "(\"refund pol\" OR \"refund polar\" OR \"refund policy\")");
  assert_completed ("pol refund", "\"pol\" AND \"refund\"*");
}

static void
test_match (void)
{
  assert_match ("", NULL);
  assert_match ("  \"\" * - ( NEAR/", "\"near\"*");
  assert_match ("refund", "\"refund\"*");
  assert_match ("refund po", "\"refund\" AND \"po\"");
  assert_match ("Refund Poli", "\"refund\" AND \"poli\"*");
  assert_match ("\"refund policy\" now", "\"refund policy\" AND \"now\"*");
  assert_match ("\"refund policy\"", "\"refund policy\"");
  assert_match ("ann@exam", "\"ann exam\"*");
  assert_match ("C++ -x NOT", "\"c\" AND \"x\" AND \"not\"*");
  assert_match ("退款", "\"退款\"");
  assert_match ("退", "\"退\"*");
  assert_match ("退款政", "\"退款 款政\"");
  assert_match ("\xff\xfe", NULL);
}

static void
assert_find (const char *text,
             const char *typed,
             const char *expected)
{
  g_autoptr (GArray) ranges = lia_tokens_find (text, strlen (text), typed);
  g_autoptr (GString) marked = g_string_new (text);

  for (guint i = ranges->len; i-- > 0;)
    {
      LiaTokenRange *range = &g_array_index (ranges, LiaTokenRange, i);

      g_string_insert (marked, range->end, "]");
      g_string_insert (marked, range->start, "[");
    }

  g_assert_cmpstr (marked->str, ==, expected);
}

static void
test_find (void)
{
  assert_find ("the amount is", "amount", "the [amount] is");
  assert_find ("Die Rückerstattung kam", "ruckerst", "Die [Rückerstattung] kam");
  assert_find ("mail Ann@Example.com now", "ann@example.com", "mail [Ann]@[Example].[com] now");
  assert_find ("your ORD-2026/117!", "ord2026117", "your [ORD-2026/117]!");
  assert_find ("关于退款政策说明", "退款政", "关于[退款政]策说明");
  assert_find ("nothing", "else", "nothing");
}

/* Any bytes at all: words come out in order, inside the text, and what is typed is always a sound expression. */
static void
test_any_text (void)
{
  static const char *const pieces[] = { "a", "Ä", "退", "款", "\"", "*", "-", " ", "@", ".", "ß", "\xcc\x81", "ก", "ำ", "\n", "1", "😀", "ﷺ", "\xff" };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GArray) ranges = NULL;
      g_autofree char *valid = NULL;
      g_autofree char *match = NULL;
      guint            quotes = 0;
      guint            n = g_test_rand_int_range (0, 40);

      for (guint i = 0; i < n; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      valid = g_utf8_make_valid (text->str, text->len);
      ranges = lia_tokens_find (valid, strlen (valid), text->str);
      for (guint i = 0; i < ranges->len; i++)
        {
          LiaTokenRange *range = &g_array_index (ranges, LiaTokenRange, i);

          g_assert_cmpint (range->start, <, range->end);
          g_assert_cmpint (range->end, <=, strlen (valid));
          g_assert_true (g_utf8_validate (valid + range->start, range->end - range->start, NULL));
          if (i > 0)
            g_assert_cmpint (range->start, >, g_array_index (ranges, LiaTokenRange, i - 1).end);
        }

      match = lia_tokens_match (text->str, NULL, NULL);
      for (const char *c = match; c != NULL && *c != '\0'; c++)
        quotes += *c == '"';
      g_assert_cmpint (quotes % 2, ==, 0);
    }
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (2000000, 'a');
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) wholes = g_string_new (NULL);

  lia_tokens_index (text, 2000000, words, wholes);
  g_assert_cmpstr (words->str, ==, "");
  for (guint i = 1; i < 2000000; i += 2)
    text[i] = ' ';
  lia_tokens_index (text, 2000000, words, wholes);
  g_assert_cmpint (words->len, <, 600000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tokens/index", test_index);
  g_test_add_func ("/tokens/match", test_match);
  g_test_add_func ("/tokens/match-completed", test_match_completed);
  g_test_add_func ("/tokens/find", test_find);
  g_test_add_func ("/tokens/any-text", test_any_text);
  g_test_add_func ("/tokens/long", test_long);

  return g_test_run ();
}
