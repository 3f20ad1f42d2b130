/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-issue-form.h"

#include <string.h>

static char *
fill (const char *form,
      const char *product,
      gint64      customers,
      const char *quote)
{
  g_autoptr (GPtrArray) quotes = g_ptr_array_new ();
  LiaIssueFacts facts = { .title = "Wrong total", .product = product, .component = "", .page = "", .quotes = quotes, .customers = customers };

  if (quote != NULL)
    g_ptr_array_add (quotes, (gpointer)quote);

  return lia_issue_form_fill (form, &facts);
}

static void
test_fill (void)
{
  g_autofree char *known = fill ("# {{title}}\n- {{product}}\n- {{page}}\n{{ customers }}\n", "Invoices", 7, NULL);
  g_autofree char *one = fill ("{{customers}}", "", 1, NULL);
  g_autofree char *some = fill ("{{product}} {{page}}\nnothing to fill in", "Invoices", 0, NULL);

  g_assert_cmpstr (known, ==, "# Wrong total\n- Invoices\nReported by 7 customers.\n");
  g_assert_cmpstr (one, ==, "Reported by one customer.");
  g_assert_cmpstr (some, ==, "Invoices \nnothing to fill in");
}

/* What a customer wrote is no form, and cannot leave its quote. */
static void
test_fill_hostile (void)
{
  g_autofree char *filled = fill ("{{quotes}}\n", "", 0, "{{customers}}\n## No heading\r\n\n- no item");
  g_autoptr (LiaDocument) document = lia_issue_source_parse (filled);

  g_assert_cmpstr (filled, ==, "> {{customers}}\n> ## No heading\n> \n> - no item\n");
  g_assert_cmpuint (document->blocks->len, ==, 1);
  g_assert_cmpint (((LiaBlock *)document->blocks->pdata[0])->kind, ==, LIA_BLOCK_QUOTE);
}

static void
test_unknown (void)
{
  static const char *const good[] = { "", "{{quotes}}", "{{ title }} {{page}}", "{{ not a place", "}} {{\n}}" };
  g_autofree char         *unknown = lia_issue_form_find_unknown ("{{title}} {{nobody}}");

  g_assert_cmpstr (unknown, ==, "nobody");
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *none = lia_issue_form_find_unknown (good[i]);

      g_assert_null (none);
    }
}

static void
test_usual (void)
{
  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    {
      g_autofree char *unknown = lia_issue_form_find_unknown (lia_issue_form_usual (i));

      g_assert_null (unknown);
      g_assert_nonnull (strstr (lia_issue_form_usual (i), "{{quotes}}"));
      g_assert_nonnull (strstr (lia_issue_form_usual (i), "{{customers}}"));
    }
}

static char *
render (const char *source)
{
  g_autoptr (LiaDocument) document = lia_issue_source_parse (source);

  return lia_document_render (document, LIA_DIALECT_PLAIN);
}

static void
test_parse (void)
{
  g_autofree char *empty = render ("## Only\n\n## Headings\n");
  g_autofree char *all = render ("## Seen\n> one\n> two\n\n> three\n\nA line\nand one more\n- a\n- b\n```\n## code\n```\n## Nothing below\n");
  g_autofree char *open = render ("```\nnever closed");

  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (all, ==, "Seen\n\n> one\n> two\n\n> three\n\nA line\nand one more\n\n- a\n- b\n\n## code\n");
  g_assert_cmpstr (open, ==, "never closed\n");
}

static char *
shout (const char *text,
       gpointer    data)
{
  guint *n_blocks = data;

  (*n_blocks)++;

  return g_ascii_strup (text, -1);
}

static char *
shorten (const char *text,
         gpointer    data)
{
  return g_strndup (text, strcspn (text, "\n"));
}

static void
test_rewrite (void)
{
  static const char source[] = "## Seen\n> one\n> two\n\n- a\n- b\n\n## Below\n\n```\ncode\n```\n";
  guint             n_blocks = 0;
  g_autofree char  *loud = lia_issue_source_rewrite (source, shout, &n_blocks);
  g_autofree char  *again = lia_issue_source_rewrite (loud, shout, &n_blocks);
  g_autofree char  *fewer_lines = lia_issue_source_rewrite (source, shorten, NULL);

  g_assert_cmpstr (loud, ==, "## SEEN\n> ONE\n> TWO\n\n- A\n- B\n\n## BELOW\n```\nCODE\n```\n");
  g_assert_cmpstr (again, ==, loud);
  g_assert_cmpuint (n_blocks, ==, 2 * 6);
  g_assert_nonnull (strstr (fewer_lines, "## Seen\n> one\n\n- a\n"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/issue-form/fill", test_fill);
  g_test_add_func ("/issue-form/fill-hostile", test_fill_hostile);
  g_test_add_func ("/issue-form/unknown", test_unknown);
  g_test_add_func ("/issue-form/usual", test_usual);
  g_test_add_func ("/issue-form/parse", test_parse);
  g_test_add_func ("/issue-form/rewrite", test_rewrite);

  return g_test_run ();
}
