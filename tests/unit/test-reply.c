/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-draft.h"
#include "lia-reply.h"

static GPtrArray *
addresses (const char *list)
{
  return lia_address_parse_list (list);
}

static char *
joined (GPtrArray *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const LiaAddress *address = list->pdata[i];

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", address->address);
    }

  return g_string_free (text, FALSE);
}

static LiaEntry *
an_entry (LiaDirection direction,
          const char  *from,
          const char  *reply_to,
          const char  *to,
          const char  *cc)
{
  LiaEntry *entry = lia_entry_new ();

  entry->direction = direction;
  entry->from = lia_address_new (NULL, from);
  entry->reply_to = reply_to != NULL ? lia_address_new (NULL, reply_to) : NULL;
  entry->to = addresses (to);
  entry->cc = addresses (cc);

  return entry;
}

static void
test_recipients (void)
{
  static const struct
  {
    LiaDirection direction;
    const char  *from, *reply_to, *to, *cc, *reply, *expected_to, *expected_cc;
  } cases[] = {
    { LIA_DIRECTION_IN, "ann@x.org", NULL, "support@us.org", "", "reply", "ann@x.org", "" },
    { LIA_DIRECTION_IN, "ann@x.org", "office@x.org", "support@us.org", "", "reply", "office@x.org", "" },
    { LIA_DIRECTION_IN, "ann@x.org", "support@us.org", "support@us.org", "", "reply", "ann@x.org", "" },
    { LIA_DIRECTION_IN, "ann@x.org", NULL, "support@us.org, bob@x.org", "cy@x.org, ANN@x.org", "all", "ann@x.org", "bob@x.org cy@x.org" },
    { LIA_DIRECTION_IN, "ann@x.org", NULL, "Support+c12.ab@US.org", "bob@x.org, bob@x.org", "all", "ann@x.org", "bob@x.org" },
    { LIA_DIRECTION_OUT, "support@us.org", NULL, "ann@x.org, bob@x.org", "cy@x.org", "reply", "ann@x.org bob@x.org", "" },
    { LIA_DIRECTION_OUT, "support@us.org", NULL, "ann@x.org", "cy@x.org, sales@us.org", "all", "ann@x.org", "cy@x.org" },
    { LIA_DIRECTION_IN, "ann@x.org", NULL, "support@us.org", "bob@x.org", "forward", "", "" },
    { LIA_DIRECTION_IN, "support@us.org", NULL, "support@us.org", "", "reply", "", "" },
  };
  g_autoptr (GPtrArray) own = addresses ("support@us.org; sales@us.org");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaEntry) entry = an_entry (cases[i].direction, cases[i].from, cases[i].reply_to, cases[i].to, cases[i].cc);
      g_autoptr (GPtrArray) to = NULL;
      g_autoptr (GPtrArray) cc = NULL;
      g_autofree char *to_text = NULL;
      g_autofree char *cc_text = NULL;

      lia_reply_recipients (entry, cases[i].reply, own, &to, &cc);
      to_text = joined (to);
      cc_text = joined (cc);
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (to_text, ==, cases[i].expected_to);
      g_assert_cmpstr (cc_text, ==, cases[i].expected_cc);
    }
}

static void
test_subject (void)
{
  static const struct
  {
    const char *subject, *reply, *expected;
  } cases[] = {
    { "Invoice", "reply", "Re: Invoice" },
    { "Re: Invoice", "all", "Re: Invoice" },
    { "RE: AW: Sv: Re[3]: Invoice", "reply", "Re: Invoice" },
    { "AW : Rechnung", "reply", "Re: Rechnung" },
    { "回复：发票", "reply", "Re: 发票" },
    { "Recall: bikes", "reply", "Re: Recall: bikes" },
    { "Re", "reply", "Re: Re" },
    { "re[x]: odd", "reply", "Re: re[x]: odd" },
    { "Fwd: Invoice", "reply", "Re: Fwd: Invoice" },
    { "Re: Invoice", "forward", "Fwd: Re: Invoice" },
    { "FW: Fwd: WG: Invoice", "forward", "Fwd: Invoice" },
    { "  Re:   ", "reply", "Re: " },
    { NULL, "reply", "Re: " },
    { " Hello ", "new", "Hello" },
    { "Re: caf\xe9", "reply", "Re: caf\xef\xbf\xbd" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *subject = lia_reply_subject (cases[i].subject, cases[i].reply);

      g_assert_cmpstr (subject, ==, cases[i].expected);
    }
}

static LiaEntry *
a_text (const char *text,
        gsize       signature_start)
{
  LiaEntry *entry = lia_entry_new ();

  entry->text = g_strdup (text);
  entry->folds = g_array_new (FALSE, FALSE, sizeof (LiaFold));

  if (signature_start > 0)
    {
      LiaFold fold = { signature_start, strlen (text), LIA_FOLD_SIGNATURE };

      g_array_append_val (entry->folds, fold);
    }

  return entry;
}

static void
test_quote (void)
{
  g_autoptr (LiaEntry) entry = a_text ("Hello,\r\n\n> earlier\nthanks\n\n-- \nAnn\n", strlen ("Hello,\r\n\n> earlier\nthanks\n\n"));
  g_autoptr (LiaEntry) nothing = a_text (" \n", 0);
  g_autofree char *quote = lia_reply_quote (entry, "reply", "Ann wrote:");
  g_autofree char *forwarded = lia_reply_quote (entry, "forward", "---");

  g_assert_cmpstr (quote, ==, "Ann wrote:\n> Hello,\n>\n>> earlier\n> thanks");
  g_assert_cmpstr (forwarded, ==, "---\nHello,\n\n> earlier\nthanks\n\n--\nAnn");
  g_assert_null (lia_reply_quote (nothing, "reply", "Ann wrote:"));
  g_assert_null (lia_reply_quote (entry, "new", "Ann wrote:"));
}

static void
test_quote_is_bounded (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (LiaEntry) entry = NULL;
  g_autofree char *quote = NULL;

  for (int i = 0; i < 50000; i++)
    g_string_append (text, "Grüße\n");

  entry = a_text (text->str, 0);
  quote = lia_reply_quote (entry, "reply", "Ann wrote:");

  g_assert_cmpuint (strlen (quote), <, 65 * 1024);
  g_assert_true (g_str_has_suffix (quote, "> […]"));
  g_assert_true (g_utf8_validate (quote, -1, NULL));
}

static void
test_assemble (void)
{
  g_autofree char *all = lia_reply_assemble ("Yes.\n\n", " Support team\n", "Ann wrote:\n> ?");
  g_autofree char *plain = lia_reply_assemble ("Yes.", NULL, NULL);
  g_autofree char *words = lia_reply_own_words (all, "Support team", "Ann wrote:\n> ?");
  g_autofree char *other = lia_reply_own_words (all, "Other team", "Ann wrote:\n> ?");

  g_assert_cmpstr (all, ==, "Yes.\n\n-- \nSupport team\n\nAnn wrote:\n> ?");
  g_assert_cmpstr (plain, ==, "Yes.");
  g_assert_cmpstr (words, ==, "Yes.");
  g_assert_cmpstr (other, ==, all);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reply/recipients", test_recipients);
  g_test_add_func ("/reply/subject", test_subject);
  g_test_add_func ("/reply/quote", test_quote);
  g_test_add_func ("/reply/quote-is-bounded", test_quote_is_bounded);
  g_test_add_func ("/reply/assemble", test_assemble);

  return g_test_run ();
}
