/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why something is suggested, and how a response was used, in words. */

#include "lia-library-figures.h"
#include "lia-suggestion-words.h"

#include <locale.h>

static LiaCanned *
make_canned (const char *title,
             gint64      last_ms)
{
  LiaCanned *canned = lia_canned_new ();

  g_set_str (&canned->title, title);
  canned->team_use.last_ms = last_ms;

  return canned;
}

static void
assert_words (LiaSuggestion *suggestion,
              LiaCanned     *canned,
              LiaCanned     *other,
              const char    *title,
              const char    *reason)
{
  g_autofree char *shown_title = lia_suggestion_words_title (suggestion, canned, other);
  g_autofree char *shown_reason = lia_suggestion_words_reason (suggestion, canned, other);

  g_assert_cmpstr (shown_title, ==, title);
  g_assert_cmpstr (shown_reason, ==, reason);
}

static void
test_edited (void)
{
  g_autoptr (LiaSuggestion) suggestion = lia_suggestion_new (LIA_SUGGESTION_EDITED);
  g_autoptr (LiaCanned) canned = make_canned ("Refund", 0);
  g_autoptr (PangoAttrList) marks = NULL;
  g_autofree char *quote = NULL;
  g_autofree char *spoken = NULL;

  suggestion->edited = 7;
  suggestion->of = 9;
  suggestion->same = 1;
  g_set_str (&suggestion->before, "It takes three days.");
  assert_words (suggestion, canned, NULL, "Refund", "Edited here in 7 of the last 9 uses, each time in other words.");
  g_assert_cmpint (lia_suggestion_get_act (suggestion, TRUE), ==, LIA_SUGGESTION_ACT_OPEN);
  g_set_str (&suggestion->after, "");
  suggestion->same = 5;
  assert_words (suggestion, NULL, NULL, "A response", "Edited here in 7 of the last 9 uses, left out 5 times.");
  g_set_str (&suggestion->after, "It takes five days.");
  suggestion->reopened = 2;
  assert_words (suggestion, canned, NULL, "Refund",
                "Edited here in 7 of the last 9 uses, 5 times in these words. After 2 of these uses the customer wrote again.");
  g_assert_cmpint (lia_suggestion_get_act (suggestion, TRUE), ==, LIA_SUGGESTION_ACT_TAKE);
  g_assert_cmpint (lia_suggestion_get_act (suggestion, FALSE), ==, LIA_SUGGESTION_ACT_OPEN);
  quote = lia_suggestion_words_quote (suggestion, &marks);
  spoken = lia_suggestion_words_spoken_quote (suggestion);
  g_assert_cmpstr (quote, ==, "It takes threefive days.");
  g_assert_cmpstr (spoken, ==, "“It takes three days.” becomes “It takes five days.”");
}

static void
test_by_hand (void)
{
  g_autoptr (LiaSuggestion) suggestion = lia_suggestion_new (LIA_SUGGESTION_BY_HAND);
  g_autoptr (LiaSuggestion) known = NULL;
  g_autoptr (LiaCanned) other = make_canned ("Lamp", 0);
  g_autoptr (PangoAttrList) marks = NULL;
  g_autofree char *quote = NULL;

  suggestion->count = 4;
  g_set_str (&suggestion->subject, "Re: My lamp");
  g_set_str (&suggestion->text, "Hello Ann,\n\npress it. ");
  assert_words (suggestion, NULL, NULL, "My lamp", "Written by hand to 4 customers who asked nearly the same, in the last 30 days.");
  g_assert_cmpint (lia_suggestion_get_act (suggestion, FALSE), ==, LIA_SUGGESTION_ACT_MAKE);
  quote = lia_suggestion_words_quote (suggestion, &marks);
  g_assert_cmpstr (quote, ==, "Hello Ann, press it.");
  known = lia_suggestion_with_other (suggestion, "r_1");
  assert_words (known, NULL, other, "My lamp", "Written by hand to 4 customers in the last 30 days, though “Lamp” says nearly the same.");
  g_assert_cmpint (lia_suggestion_get_act (known, TRUE), ==, LIA_SUGGESTION_ACT_OPEN);
}

static void
test_twins (void)
{
  g_autoptr (LiaSuggestion) suggestion = lia_suggestion_new (LIA_SUGGESTION_TWINS);
  g_autoptr (LiaCanned) one = make_canned ("Lamp", 0);
  g_autoptr (LiaCanned) other = make_canned ("Light", 0);

  suggestion->likeness = 0.927;
  assert_words (suggestion, one, other, "“Lamp” and “Light”", "Of their wording 92 % is in both.");
  g_assert_cmpint (lia_suggestion_get_act (suggestion, TRUE), ==, LIA_SUGGESTION_ACT_MERGE);
  g_assert_cmpint (lia_suggestion_get_act (suggestion, FALSE), ==, LIA_SUGGESTION_ACT_OPEN);
  suggestion->likeness = 1;
  assert_words (suggestion, one, other, "“Lamp” and “Light”", "Both say the same, word for word.");
}

static void
test_unused (void)
{
  g_autoptr (LiaSuggestion) suggestion = lia_suggestion_new (LIA_SUGGESTION_UNUSED);
  g_autoptr (LiaCanned) never = make_canned ("Lamp", 0);
  g_autoptr (LiaCanned) once = make_canned ("Lamp", 1);

  suggestion->since_ms = G_GINT64_CONSTANT (1767355200000);
  assert_words (suggestion, never, NULL, "Lamp", "Never sent since it was written, on 2 Jan 2026.");
  assert_words (suggestion, once, NULL, "Lamp", "Not sent since 2 Jan 2026.");
  g_assert_cmpint (lia_suggestion_get_act (suggestion, TRUE), ==, LIA_SUGGESTION_ACT_RETIRE);
  g_assert_cmpint (lia_suggestion_get_act (suggestion, FALSE), ==, LIA_SUGGESTION_ACT_OPEN);
}

static void
assert_figures (gint64      sent,
                gint64      edited,
                gint64      reopened,
                gint64      words,
                const char *expected)
{
  g_autoptr (LiaCannedFigures) figures = lia_canned_figures_new ();
  g_autofree char *shown = NULL;

  figures->sent = sent;
  figures->edited = edited;
  figures->reopened = reopened;
  figures->words = words;
  figures->of_words = 400;
  shown = lia_library_figures_words (figures);
  g_assert_cmpstr (shown, ==, expected);
}

static void
test_figures (void)
{
  assert_figures (0, 0, 0, 0, "Not sent yet");
  assert_figures (1, 0, 0, 0, "Sent 1 time · never edited before sending · the customer never wrote again");
  assert_figures (41, 12, 3, 31, "Sent 41 times · edited before sending 12 times (8 of 100 words) · 3 times the customer wrote again");
  assert_figures (41, 1, 1, 1, "Sent 41 times · edited before sending 1 time (1 of 100 words) · 1 time the customer wrote again");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/suggestion-words/edited", test_edited);
  g_test_add_func ("/suggestion-words/by-hand", test_by_hand);
  g_test_add_func ("/suggestion-words/twins", test_twins);
  g_test_add_func ("/suggestion-words/unused", test_unused);
  g_test_add_func ("/suggestion-words/figures", test_figures);

  return g_test_run ();
}
