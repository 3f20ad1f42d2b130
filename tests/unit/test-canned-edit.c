/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-edit.h"

#define SOURCE "Hello {{customer.name}},\n\nyour order {{order.number}} is on its way. It takes three days.\n\nAll the best"
#define SAID "Hello Ann Lee,\n\nyour order 1042 is on its way. It takes three days.\n\nAll the best"

/* What was sent, and the sentence that counts as changed with what became of it; NULL: none */
static const struct
{
  const char *sent;
  const char *before;
  const char *after;
} cases[] = {
  { SAID, NULL, NULL },
  { "Hello Ann Lee,\r\n\r\nyour order 1042 is on its way. It takes three days.  \n\nAll the best", NULL, NULL },
  /* values alone: another order, another name */
  { "Hello Ann Lee,\n\nyour order 7 is on its way. It takes three days.\n\nAll the best", NULL, NULL },
  { "Hello Annie Lee,\n\nyour order 1042 is on its way. It takes three days.\n\nAll the best", NULL, NULL },
  /* a word of our own, at the end of a line and in the middle of one */
  { "Hello Ann Lee,\n\nyour order 1042 is on its way. It takes five days.\n\nAll the best", "It takes three days.", "It takes five days." },
  { "Hello Ann Lee,\n\nyour parcel 1042 is on its way. It takes three days.\n\nAll the best", "your order {{order.number}} is on its way.",
    "your parcel {{order.number}} is on its way." },
  { "Dear Ann Lee,\n\nyour order 1042 is on its way. It takes three days.\n\nAll the best", "Hello {{customer.name}},", "Dear {{customer.name}}," },
  /* taken out, with a value in it */
  { "Hello Ann Lee,\n\nIt takes three days.\n\nAll the best", "your order {{order.number}} is on its way.", "" },
  /* added behind, in front, and between */
  { "Hello Ann Lee,\n\nyour order 1042 is on its way. It takes three days. Thank you!\n\nAll the best", "It takes three days.",
    "It takes three days. Thank you!" },
  { "Hello Ann Lee,\n\nyour order 1042 is on its way. It takes three days.\n\nAll the best and take care", "All the best", "All the best and take care" },
  /* braces that an agent typed are text, not a tag */
  { "Hello Ann Lee,\n\nyour order 1042 is on its way. It takes {{x}} days.\n\nAll the best", "It takes three days.", "It takes {{\"{{\"}}x}} days." },
};

static void
test_edits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) edits = lia_canned_find_edits (SOURCE, SAID, cases[i].sent);

      g_test_message ("%s", cases[i].sent);
      g_assert_cmpuint (edits->len, ==, cases[i].before != NULL);
      if (edits->len > 0)
        {
          const LiaCannedEdit *edit = edits->pdata[0];

          g_assert_cmpstr (edit->before, ==, cases[i].before);
          g_assert_cmpstr (edit->after, ==, cases[i].after);
        }
    }
}

static void
test_two_places (void)
{
  g_autoptr (GPtrArray) edits = lia_canned_find_edits (SOURCE, SAID, "Dear Ann Lee,\n\nyour order 1042 is on its way. It takes five days.\n\nAll the best");

  g_assert_cmpuint (edits->len, ==, 2);
  g_assert_cmpstr (((LiaCannedEdit *)edits->pdata[0])->after, ==, "Dear {{customer.name}},");
  g_assert_cmpstr (((LiaCannedEdit *)edits->pdata[1])->after, ==, "It takes five days.");
}

/* One that was cut away, and one of which only a part was said, are no edits of the agent. */
static void
test_branches (void)
{
  const char *source = "{{if customer.plan is \"Pro\"}}You are first. {{else}}Please wait. {{end}}We call {{ask \"When\"}}.";
  g_autoptr (GPtrArray) none = lia_canned_find_edits (source, "Please wait. We call tomorrow.", "Please wait. We call on Monday.");
  g_autoptr (GPtrArray) edits = lia_canned_find_edits (source, "Please wait. We call tomorrow.", "Please wait. We write tomorrow.");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (edits->len, ==, 1);
  g_assert_cmpstr (((LiaCannedEdit *)edits->pdata[0])->after, ==, "{{end}}We write {{ask \"When\"}}.");
}

static void
test_everything (void)
{
  g_autoptr (GPtrArray) edits = lia_canned_find_edits (SOURCE, SAID, "");
  g_autoptr (GPtrArray) other = lia_canned_find_edits (SOURCE, SAID, "Nothing of this is left");
  g_autoptr (GPtrArray) nothing = lia_canned_find_edits ("", "", "a word");

  g_assert_cmpuint (edits->len, ==, 1);
  g_assert_cmpstr (((LiaCannedEdit *)edits->pdata[0])->before, ==, SOURCE);
  g_assert_cmpuint (other->len, >, 0);
  g_assert_cmpuint (nothing->len, ==, 1);
}

static void
test_distance (void)
{
  LiaCannedDistance none = lia_canned_measure ("one two three", "one two three \r");
  LiaCannedDistance one = lia_canned_measure ("one two three four", "one 2 three four");
  LiaCannedDistance all = lia_canned_measure ("ab", "");

  g_assert_cmpuint (none.words, ==, 0);
  g_assert_cmpuint (one.words, ==, 1);
  g_assert_cmpuint (one.of_words, ==, 4);
  g_assert_cmpuint (one.characters, ==, 3);
  g_assert_cmpuint (one.of_characters, ==, 18);
  g_assert_cmpuint (all.words, ==, 1);
  g_assert_cmpuint (all.characters, ==, 2);
}

static void
add_variant (LiaCanned  *canned,
             const char *language,
             const char *body)
{
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_set_str (&variant->language, language);
  g_set_str (&variant->body, body);
  g_ptr_array_add (canned->variants, variant);
}

static void
test_variant (void)
{
  g_autoptr (LiaCanned) canned = lia_canned_new ();

  add_variant (canned, "en", "Hello {{customer.name}}, your money is on its way.");
  add_variant (canned, "de", "Hallo {{customer.name}}, Ihr Geld ist unterwegs.");
  g_assert_cmpstr (lia_canned_find_said (canned, "Hallo Ann, Ihr Geld ist unterwegs.")->language, ==, "de");
  g_assert_cmpstr (lia_canned_find_said (canned, "Hello Ann, your money is on its way.")->language, ==, "en");
}

static void
test_applied (void)
{
  g_autoptr (LiaCannedEdit) edit = lia_canned_edit_new ("It takes three days.", "It takes five days.");
  g_autofree char *applied = lia_canned_apply_edit (SOURCE, edit);

  g_assert_cmpstr (applied, ==, "Hello {{customer.name}},\n\nyour order {{order.number}} is on its way. It takes five days.\n\nAll the best");
  g_assert_null (lia_canned_apply_edit ("Another text.", edit));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canned-edit/edits", test_edits);
  g_test_add_func ("/canned-edit/two-places", test_two_places);
  g_test_add_func ("/canned-edit/branches", test_branches);
  g_test_add_func ("/canned-edit/everything", test_everything);
  g_test_add_func ("/canned-edit/distance", test_distance);
  g_test_add_func ("/canned-edit/variant", test_variant);
  g_test_add_func ("/canned-edit/applied", test_applied);

  return g_test_run ();
}
