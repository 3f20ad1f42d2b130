/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of a suggestion when it is followed. */

#include "lia-test-canned.h"

#include "lia-canned-learn.h"

static LiaSuggestion *
suggest_edit (const char *before,
              const char *after)
{
  LiaSuggestion *suggestion = lia_suggestion_new (LIA_SUGGESTION_EDITED);

  g_set_str (&suggestion->before, before);
  g_set_str (&suggestion->after, after);

  return suggestion;
}

static const char *
body_of (LiaCanned *canned,
         guint      index)
{
  return ((LiaCannedVariant *)canned->variants->pdata[index])->body;
}

static void
test_edit (void)
{
  g_autoptr (LiaCanned) canned = make ("r_1", "refund", "Refund", "", "", "Hello. It takes three days.\r\nBye.");
  g_autoptr (LiaSuggestion) suggestion = suggest_edit ("It takes three days.", "It takes five days.");
  g_autoptr (LiaSuggestion) open = suggest_edit ("It takes three days.", NULL);
  g_autoptr (LiaSuggestion) lost = suggest_edit ("It takes nine days.", "x");
  g_autoptr (LiaSuggestion) left_out = suggest_edit ("It takes three days.\n", "");
  g_autoptr (LiaCanned) changed = NULL;
  g_autoptr (LiaCanned) shorter = NULL;
  LiaCannedVariant *other = lia_canned_variant_new ();

  g_set_str (&other->language, "de");
  g_set_str (&other->body, "Es dauert.");
  g_ptr_array_add (canned->variants, other);

  changed = lia_canned_take_edit (canned, suggestion);
  g_assert_cmpstr (body_of (changed, 0), ==, "Hello. It takes five days.\nBye.");
  g_assert_cmpstr (body_of (changed, 1), ==, "Es dauert.");
  g_assert_cmpstr (changed->id, ==, "r_1");
  g_assert_cmpstr (body_of (canned, 0), ==, "Hello. It takes three days.\r\nBye.");
  shorter = lia_canned_take_edit (canned, left_out);
  g_assert_cmpstr (body_of (shorter, 0), ==, "Hello. Bye.");
  g_assert_null (lia_canned_take_edit (canned, open));
  g_assert_null (lia_canned_take_edit (canned, lost));
}

static void
test_answer (void)
{
  static const struct
  {
    const char *subject, *text, *title, *language, *body;
  } cases[] = {
    { "AW: Re: Wo ist mein Paket", "Guten Tag Frau Meier,\n\ndas Paket ist seit gestern bei der Post und kommt in den nächsten Tagen an.", "Wo ist mein Paket", "de",
      "Guten Tag Frau {{customer.last_name}},\n\ndas Paket ist seit gestern bei der Post und kommt in den nächsten Tagen an." },
    { "", "Hello Ann Lee,\n\npress the small button behind the lamp for ten seconds, and then it is new.\nBye", "press the small button behind the lamp for ten seconds, and then it is new.", "en",
      "Hello {{customer.name}},\n\npress the small button behind the lamp for ten seconds, and then it is new.\nBye" },
    { "Lamp", "Dear Ann!", "Lamp", "", "Dear {{customer.first_name}}!" },
    { " ", "\nWrite {{name}}.", "Write {{name}}.", "", "\nWrite {{\"{{\"}}name}}." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaSuggestion) suggestion = lia_suggestion_new (LIA_SUGGESTION_BY_HAND);
      g_autoptr (LiaCanned) canned = NULL;

      g_set_str (&suggestion->subject, cases[i].subject);
      g_set_str (&suggestion->text, cases[i].text);
      canned = lia_canned_from_answer (suggestion);
      g_assert_cmpstr (canned->title, ==, cases[i].title);
      g_assert_cmpstr (((LiaCannedVariant *)canned->variants->pdata[0])->language, ==, cases[i].language);
      g_assert_cmpstr (body_of (canned, 0), ==, cases[i].body);
      g_assert_cmpint (canned->state, ==, LIA_CANNED_DRAFT);
      g_assert_cmpint (canned->scope, ==, LIA_CANNED_TEAM);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canned-learn/edit", test_edit);
  g_test_add_func ("/canned-learn/answer", test_answer);

  return g_test_run ();
}
