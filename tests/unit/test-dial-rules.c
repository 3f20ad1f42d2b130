/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may call where: the kinds of numbers of some countries, and what the rules of a telephone system make of them. */

#include "lia-dial-counter.h"
#include "lia-dial-number.h"
#include "lia-dial-rules.h"
#include "lia-phone-number.h"

static void
test_kinds (void)
{
  static const struct
  {
    const char   *number, *country;
    LiaNumberKind kind;
  } cases[] = {
    { "202", "DE", LIA_NUMBER_INTERNAL },
    { "1001", "US", LIA_NUMBER_INTERNAL },
    { "*8", "DE", LIA_NUMBER_INTERNAL },
    { "03012345678", "DE", LIA_NUMBER_NATIONAL },
    { "+493012345678", "DE", LIA_NUMBER_NATIONAL },
    { "00493012345678", "DE", LIA_NUMBER_NATIONAL },
    { "2125551000", "US", LIA_NUMBER_NATIONAL },
    { "00442071838750", "DE", LIA_NUMBER_INTERNATIONAL },
    { "+442071838750", "DE", LIA_NUMBER_INTERNATIONAL },
    { "011442071838750", "US", LIA_NUMBER_INTERNATIONAL },
    { "+442071838750", "", LIA_NUMBER_INTERNATIONAL },
    { "00442071838750", "", LIA_NUMBER_INTERNATIONAL },
    { "03012345678", "", LIA_NUMBER_INTERNAL },
    { "09001123456", "DE", LIA_NUMBER_PREMIUM },
    { "+499001123456", "DE", LIA_NUMBER_PREMIUM },
    { "19002345678", "US", LIA_NUMBER_PREMIUM },
    { "+449012345678", "DE", LIA_NUMBER_PREMIUM },
    { "+449012345678", "", LIA_NUMBER_PREMIUM },
    { "00449012345678", "", LIA_NUMBER_PREMIUM },
    { "011449012345678", "", LIA_NUMBER_PREMIUM },
    { "090011234567", "DE", LIA_NUMBER_PREMIUM },
    { "0900112345612345678901234567", "DE", LIA_NUMBER_PREMIUM },
    { "00449012345678123456789012345", "DE", LIA_NUMBER_PREMIUM },
    { "190023456789", "US", LIA_NUMBER_PREMIUM },
    { "900234567812345678", "US", LIA_NUMBER_PREMIUM },
    { "0044207183875012345678901", "DE", LIA_NUMBER_INTERNATIONAL },
    { "+881612345678", "DE", LIA_NUMBER_PREMIUM },
    { "00870773111632", "DE", LIA_NUMBER_PREMIUM },
    { "+80012345678", "DE", LIA_NUMBER_INTERNATIONAL },
    { "*21*00442071838750#", "DE", LIA_NUMBER_CODE },
    { "112", "DE", LIA_NUMBER_EMERGENCY },
    { "110", "DE", LIA_NUMBER_EMERGENCY },
    { "911", "US", LIA_NUMBER_EMERGENCY },
    { "112", "", LIA_NUMBER_EMERGENCY },
    { "", "DE", LIA_NUMBER_INTERNAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s in “%s”", cases[i].number, cases[i].country);
      g_assert_cmpint (lia_phone_number_kind (cases[i].number, cases[i].country), ==, cases[i].kind);
    }
}

/* As people write them, and nothing of what is none. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *written, *dialled;
  } cases[] = {
    { "030 / 123-45", "03012345" },
    { "+49 (30) 123.45", "+493012345" },
    { "(+49) 30 12345", "+493012345" },
    { "+49 (0)30 12345", "+493012345" },
    { "0049 (0)30 12345", "00493012345" },
    { "(0)30 12345", "03012345" },
    { "\342\200\252+49\302\24030\342\200\22112345\342\200\254", "+493012345" },
    { "\331\240\331\243\331\240 12345", "03012345" },
    { "*8", "*8" },
    { "*21*0044#", "*21*0044#" },
    { "0800 FLOWERS", NULL },
    { "030 12345 ext. 7", NULL },
    { "030 12345, 030 12346", NULL },
    { "030+12345", NULL },
    { "sip:ann@example.org", NULL },
    { "call me", NULL },
    { "*#", NULL },
    { "", NULL },
    { "030\xff"
      "12345",
      NULL },
    { "1234567890123456789012345678901234567890", "1234567890123456789012345678901234567890" },
    { "12345678901234567890123456789012345678901", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dialled = lia_dial_number (cases[i].written);

      g_assert_cmpstr (dialled, ==, cases[i].dialled);
    }
}

static LiaPbx *
new_pbx (const char *agent,
         const char *supervisor,
         const char *admin)
{
  LiaPbx *pbx = lia_pbx_new ();

  pbx->country = g_strdup ("DE");
  pbx->dial_agent = g_strdup (agent);
  pbx->dial_supervisor = g_strdup (supervisor);
  pbx->dial_admin = g_strdup (admin);

  return pbx;
}

/* Without any rule all the world is called by whomever, but for what costs extra. */
static void
test_without_rules (void)
{
  g_autoptr (LiaPbx) pbx = new_pbx (NULL, NULL, NULL);

  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "202"), ==, LIA_DIAL_ALLOWED);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "03012345678"), ==, LIA_DIAL_ALLOWED);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "112"), ==, LIA_DIAL_EMERGENCY);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "00442071838750"), ==, LIA_DIAL_ALLOWED);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "admin", "+12125551000"), ==, LIA_DIAL_ALLOWED);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "admin", "09001123456"), ==, LIA_DIAL_PREMIUM);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "00449012345678"), ==, LIA_DIAL_PREMIUM);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "admin", "*21*00442071838750#"), ==, LIA_DIAL_CODE);
}

/* Whoever stands above those who may call abroad may, too. */
static void
test_abroad (void)
{
  static const struct
  {
    const char    *abroad;
    LiaDialVerdict agent, supervisor, admin;
  } cases[] = {
    { "", LIA_DIAL_ALLOWED, LIA_DIAL_ALLOWED, LIA_DIAL_ALLOWED },
    { "agent", LIA_DIAL_ALLOWED, LIA_DIAL_ALLOWED, LIA_DIAL_ALLOWED },
    { "supervisor", LIA_DIAL_INTERNATIONAL, LIA_DIAL_ALLOWED, LIA_DIAL_ALLOWED },
    { "admin", LIA_DIAL_INTERNATIONAL, LIA_DIAL_INTERNATIONAL, LIA_DIAL_ALLOWED },
    { "nobody", LIA_DIAL_INTERNATIONAL, LIA_DIAL_INTERNATIONAL, LIA_DIAL_INTERNATIONAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaPbx) pbx = new_pbx ("", "", "");

      g_test_message ("%s", cases[i].abroad);
      g_set_str (&pbx->dial_abroad, cases[i].abroad);
      g_assert_true (lia_dial_rules_is_abroad (cases[i].abroad));
      g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "00442071838750"), ==, cases[i].agent);
      g_assert_cmpint (lia_dial_rules_judge (pbx, "supervisor", "00442071838750"), ==, cases[i].supervisor);
      g_assert_cmpint (lia_dial_rules_judge (pbx, "admin", "00442071838750"), ==, cases[i].admin);
      g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "03012345678"), ==, LIA_DIAL_ALLOWED);
      g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "112"), ==, LIA_DIAL_EMERGENCY);
      g_assert_cmpint (lia_dial_rules_judge (pbx, "admin", "09001123456"), ==, LIA_DIAL_PREMIUM);
    }
  g_assert_false (lia_dial_rules_is_abroad ("everybody"));
}

/* However it is written. */
static void
test_patterns (void)
{
  g_autoptr (LiaPbx) pbx = new_pbx ("+44*, 0033123456789", "", "");

  g_set_str (&pbx->dial_abroad, "nobody");
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "00442071838750"), ==, LIA_DIAL_ALLOWED);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "+442071838750"), ==, LIA_DIAL_ALLOWED);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "0033123456789"), ==, LIA_DIAL_ALLOWED);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "0033123456780"), ==, LIA_DIAL_INTERNATIONAL);
  g_assert_true (lia_dial_rules_are_valid ("+44*, 0033123456789"));
  g_assert_true (lia_dial_rules_are_valid (""));
  g_assert_false (lia_dial_rules_are_valid ("Paris"));
}

static void
test_roles (void)
{
  g_autoptr (LiaPbx) pbx = new_pbx ("+44*", "+1*", "*");

  g_set_str (&pbx->dial_abroad, "nobody");
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "0012125551000"), ==, LIA_DIAL_INTERNATIONAL);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "supervisor", "0012125551000"), ==, LIA_DIAL_ALLOWED);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "supervisor", "00442071838750"), ==, LIA_DIAL_ALLOWED);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "supervisor", "09001123456"), ==, LIA_DIAL_PREMIUM);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "admin", "09001123456"), ==, LIA_DIAL_ALLOWED);
}

/* The digit for the way out is no way around. */
static void
test_outside_line (void)
{
  g_autoptr (LiaPbx) pbx = new_pbx ("", "", "");
  g_autoptr (LiaPbx) american = new_pbx ("", "", "");

  g_set_str (&american->country, "US");
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "009001123456"), ==, LIA_DIAL_PREMIUM);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "000449012345678"), ==, LIA_DIAL_PREMIUM);
  g_assert_cmpint (lia_dial_rules_judge (american, "agent", "9011449012345678"), ==, LIA_DIAL_PREMIUM);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "00902121234567"), ==, LIA_DIAL_ALLOWED);
  g_set_str (&pbx->dial_abroad, "nobody");
  g_set_str (&american->dial_abroad, "nobody");
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "000442071838750"), ==, LIA_DIAL_INTERNATIONAL);
  g_assert_cmpint (lia_dial_rules_judge (pbx, "agent", "0112"), ==, LIA_DIAL_EMERGENCY);
  g_assert_cmpint (lia_dial_rules_judge (american, "agent", "9011442071838750"), ==, LIA_DIAL_INTERNATIONAL);
  g_assert_cmpint (lia_dial_rules_judge (american, "agent", "919002345678"), ==, LIA_DIAL_PREMIUM);
  g_assert_cmpint (lia_dial_rules_judge (american, "agent", "912125551000"), ==, LIA_DIAL_ALLOWED);
}

/* Two a minute, for each agent; a minute later the first is forgotten. */
static void
test_counter (void)
{
  LiaDialCounter *counter = lia_dial_counter_new ();

  g_assert_true (lia_dial_counter_take (counter, 1, 2, 0));
  g_assert_true (lia_dial_counter_take (counter, 1, 2, 10 * G_USEC_PER_SEC));
  g_assert_false (lia_dial_counter_take (counter, 1, 2, 59 * G_USEC_PER_SEC));
  g_assert_true (lia_dial_counter_take (counter, 2, 2, 59 * G_USEC_PER_SEC));
  g_assert_true (lia_dial_counter_take (counter, 1, 2, 60 * G_USEC_PER_SEC));
  g_assert_false (lia_dial_counter_take (counter, 1, 2, 61 * G_USEC_PER_SEC));
  lia_dial_counter_free (counter);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dial-rules/kinds", test_kinds);
  g_test_add_func ("/dial-rules/numbers", test_numbers);
  g_test_add_func ("/dial-rules/without-rules", test_without_rules);
  g_test_add_func ("/dial-rules/abroad", test_abroad);
  g_test_add_func ("/dial-rules/patterns", test_patterns);
  g_test_add_func ("/dial-rules/roles", test_roles);
  g_test_add_func ("/dial-rules/outside-line", test_outside_line);
  g_test_add_func ("/dial-rules/counter", test_counter);

  return g_test_run ();
}
