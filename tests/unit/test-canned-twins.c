/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Responses that say nearly the same, and one made of two. */

#include "lia-test-canned.h"

#include "lia-canned-twins.h"

#define REFUND "Your refund is on its way. It takes three to five working days until the money is on your account, depending on your bank."
#define REFUND_TOO "Your refund is on its way! It takes three to five working days until the money is on your account, depending on the bank."
#define PARCEL "The parcel has left our house this morning. You find the number to follow it in the message that the carrier has sent you."

static void
add_text (LiaCanned  *canned,
          const char *language,
          const char *body)
{
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_set_str (&variant->language, language);
  g_set_str (&variant->body, body);
  g_ptr_array_add (canned->variants, variant);
}

static void
test_found (void)
{
  g_autoptr (GPtrArray) library = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) by_hand = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) found = NULL;
  LiaCanned     *retired = make ("r_7", "", "Old parcel", "", "", PARCEL);
  LiaSuggestion *answer = lia_suggestion_new (LIA_SUGGESTION_BY_HAND), *pair;

  retired->state = LIA_CANNED_RETIRED;
  g_ptr_array_add (library, make ("r_12", "", "Refund", "", "", REFUND));
  g_ptr_array_add (library, make ("r_9", "", "Money back", "", "", "Geld"));
  /* Twice with the same, and a text that is like another of its own */
  add_text (library->pdata[1], "en", REFUND_TOO);
  add_text (library->pdata[1], "en-GB", REFUND_TOO);
  g_ptr_array_add (library, make ("r_3", "", "Parcel", "", "", PARCEL));
  g_ptr_array_add (library, retired);
  g_set_str (&answer->key, "by-hand:e_1");
  g_set_str (&answer->text, "Hello Ann, " PARCEL);
  g_ptr_array_add (by_hand, answer);
  g_ptr_array_add (by_hand, g_object_ref (answer));

  found = lia_canned_find_twins (library, by_hand);
  g_assert_cmpuint (found->len, ==, 2);
  pair = found->pdata[0];
  g_assert_cmpint (pair->kind, ==, LIA_SUGGESTION_BY_HAND);
  g_assert_cmpstr (pair->key, ==, "by-hand:e_1");
  g_assert_cmpstr (pair->other, ==, "r_3");
  pair = found->pdata[1];
  g_assert_cmpint (pair->kind, ==, LIA_SUGGESTION_TWINS);
  g_assert_cmpstr (pair->key, ==, "twins:r_9:r_12");
  g_assert_cmpstr (pair->response, ==, "r_9");
  g_assert_cmpstr (pair->other, ==, "r_12");
  g_assert_cmpfloat (pair->likeness, >=, 0.6);
}

static void
assert_words (GStrv       words,
              const char *expected)
{
  g_autofree char *text = g_strjoinv ("|", words);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_united (void)
{
  g_autoptr (LiaCanned) kept = make ("r_1", "refund", "Refund", "money back", "billing", REFUND);
  g_autoptr (LiaCanned) other = make ("r_2", "mb", "Money returned", "money back;where is it", "billing,bank", REFUND_TOO);
  g_autoptr (LiaCanned) united = NULL;
  g_autoptr (LiaCanned) bare = make ("r_3", "", "Money returned", "", "", PARCEL);
  g_autoptr (LiaCanned) filled = NULL;

  g_set_str (&other->folder, "Billing");
  add_text (other, "de", "Das Geld kommt.");
  united = lia_canned_unite (kept, other);
  g_assert_cmpstr (united->id, ==, "r_1");
  g_assert_cmpstr (united->title, ==, "Refund");
  g_assert_cmpstr (united->shortcut, ==, "refund");
  g_assert_cmpstr (united->folder, ==, "Billing");
  assert_words (united->tags, "billing|bank");
  assert_words (united->aliases, "money back|where is it|Money returned");
  g_assert_cmpuint (united->variants->len, ==, 2);
  g_assert_cmpstr (((LiaCannedVariant *)united->variants->pdata[0])->body, ==, REFUND);
  g_assert_cmpstr (((LiaCannedVariant *)united->variants->pdata[1])->language, ==, "de");
  g_assert_cmpuint (kept->variants->len, ==, 1);

  filled = lia_canned_unite (bare, other);
  g_assert_cmpstr (filled->shortcut, ==, "mb");
  assert_words (filled->aliases, "money back|where is it");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canned-twins/found", test_found);
  g_test_add_func ("/canned-twins/united", test_united);

  return g_test_run ();
}
