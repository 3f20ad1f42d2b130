/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Telephone numbers: what is one, how it is written, and which of them are the same. */

#include "lia-address.h"
#include "lia-phone-number.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *raw, *country, *e164;
  } cases[] = {
    { "+49 30 12345678", "DE", "+493012345678" },
    { "030 12345678", "DE", "+493012345678" },
    { "030/123 456-78", "DE", "+493012345678" },
    { "004930 12345678", "DE", "+493012345678" },
    { "+49 (0)30 12345678", "DE", "+493012345678" },
    { "4930 12345678", "DE", "+493012345678" },
    { "(202) 456-1414", "US", "+12024561414" },
    { "011 49 30 12345678", "US", "+493012345678" },
    { "sip:+493012345678@trunk.example;user=phone", "DE", "+493012345678" },
    { "tel:+49-30-12345678", NULL, "+493012345678" },
    { "+39 06 1234567", "DE", "+39061234567" }, /* Italy keeps the zero */
    { "٠٣٠ ١٢٣٤٥٦٧٨", "DE", "+493012345678" },
    { "020 7946 0958 ext. 12", "GB", "+442079460958" },
    { "030 12345678", NULL, NULL }, /* whose 030? */
    { "1001", "DE", NULL },         /* an extension */
    { "1001", "US", NULL },
    { "*98", "DE", NULL },
    { "anonymous", "DE", NULL },
    { "", "DE", NULL },
    { NULL, "DE", NULL },
    { "+", "DE", NULL },
    { "\xff\xfe"
      "123456789",
      "DE", NULL },
    { "5\r\n\r\nEvent: Hangup\r\n", "DE", NULL },
    { "+999123456789", "DE", NULL },
    { "030 12345678", "nowhere", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *e164 = lia_phone_number_parse (cases[i].raw, cases[i].country);

      g_assert_cmpstr (e164, ==, cases[i].e164);
    }
}

static void
test_long (void)
{
  g_autofree char *digits = g_strnfill (5000, '1');
  g_autofree char *e164 = lia_phone_number_parse (digits, "DE");
  g_autofree char *end = lia_phone_number_end (digits);

  g_assert_null (e164);
  g_assert_null (end);
}

/* Addresses are shown as they are, but for numbers. */
static void
test_address (void)
{
  static const struct
  {
    const char *name;
    const char *address;
    const char *shown;
  } cases[] = {
    { "", "+441632960618", "\u2066+44 1632 960618\u2069" },
    { "+441632960618", "", "\u2066+44 1632 960618\u2069" },
    { "Ann Lee", "+441632960618", "Ann Lee" },
    { "", "ann@example.com", "ann@example.com" },
    { "", "+44x", "+44x" },
    { "", "+", "+" },
    { "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaAddress) address = lia_address_new (cases[i].name, cases[i].address);
      g_autofree char *shown = lia_address_show (address);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_format (void)
{
  static const struct
  {
    const char *raw, *country, *shown;
  } cases[] = {
    { "+493012345678", "DE", "030 12345678" },
    { "+493012345678", "US", "+49 30 12345678" },
    { "+493012345678", NULL, "+49 30 12345678" },
    { "2024561414", "US", "(202) 456-1414" },
    { "1001", "DE", "1001" },
    { "a\r\nb", "DE", "a  b" },
    { "", "DE", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = lia_phone_number_format (cases[i].raw, cases[i].country);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_withheld (void)
{
  static const char *const yes[] = { "", "anonymous", "Anonymous", "sip:anonymous@anonymous.invalid", "unknown", "<unknown>", "Restricted" };
  static const char *const no[] = { "1001", "+493012345678", "anonymouse" };

  g_assert_true (lia_phone_number_is_withheld (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (lia_phone_number_is_withheld (yes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (lia_phone_number_is_withheld (no[i]));
}

static void
test_match (void)
{
  static const struct
  {
    const char   *a, *b, *country;
    LiaMatchLevel level;
    const char   *reason;
  } cases[] = {
    { "+493012345678", "030 12345678", "DE", LIA_MATCH_EXACT, "same-number" },
    { "+493012345678", "+49 30 12345678", NULL, LIA_MATCH_EXACT, "same-number" },
    { "+493012345678", "+493012345679", "DE", LIA_MATCH_NONE, "" },
    { "+493012345678", "+13012345678", "DE", LIA_MATCH_NONE, "" }, /* whole numbers of two countries */
    { "+493012345678", "3012345678", NULL, LIA_MATCH_LIKELY, "same-national-number" },
    { "+493012345678", "9912345678", NULL, LIA_MATCH_GUESS, "same-end" },
    { "+493012345678", "345678", "DE", LIA_MATCH_NONE, "" },
    { "anonymous", "anonymous", "DE", LIA_MATCH_NONE, "" },
    { "", "", "DE", LIA_MATCH_NONE, "" },
    { "1001", "1001", "DE", LIA_MATCH_NONE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *reason;

      g_assert_cmpint (lia_phone_number_match (cases[i].a, cases[i].b, cases[i].country, &reason), ==, cases[i].level);
      g_assert_cmpstr (reason, ==, cases[i].reason);
      g_assert_cmpint (lia_phone_number_match (cases[i].b, cases[i].a, cases[i].country, &reason), ==, cases[i].level);
    }
}

static void
test_end (void)
{
  g_autofree char *end = lia_phone_number_end ("030 / 123 456 78");
  g_autofree char *short_one = lia_phone_number_end ("123456");

  g_assert_cmpstr (end, ==, "2345678");
  g_assert_null (short_one);
}

static void
test_country (void)
{
  g_assert_true (lia_phone_number_is_country ("DE"));
  g_assert_false (lia_phone_number_is_country ("de"));
  g_assert_false (lia_phone_number_is_country ("XX"));
  g_assert_false (lia_phone_number_is_country (NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/phone-number/parse", test_parse);
  g_test_add_func ("/phone-number/long", test_long);
  g_test_add_func ("/phone-number/format", test_format);
  g_test_add_func ("/phone-number/address", test_address);
  g_test_add_func ("/phone-number/withheld", test_withheld);
  g_test_add_func ("/phone-number/match", test_match);
  g_test_add_func ("/phone-number/end", test_end);
  g_test_add_func ("/phone-number/country", test_country);

  return g_test_run ();
}
