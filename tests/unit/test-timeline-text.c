/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the timeline does to texts of strangers: links, folds, very long ones. */

#include "lia-folding.h"
#include "lia-linkify.h"

#include <string.h>

static void
test_links (void)
{
  static const struct
  {
    const char *text;
    const char *markup;
  } cases[] = {
    { "nothing here", "nothing here" },
    { "a < b & c > d", "a &lt; b &amp; c &gt; d" },
    { "see https://example.com/a?b=1&c=2.", "see <a href=\"https://example.com/a?b=1&amp;c=2\">https://example.com/a?b=1&amp;c=2</a>." },
    { "(http://example.com/x)", "(<a href=\"http://example.com/x\">http://example.com/x</a>)" },
    { "http://example.com/a_(b)", "<a href=\"http://example.com/a_(b)\">http://example.com/a_(b)</a>" },
    { "www.example.com, ok", "<a href=\"https://www.example.com\">www.example.com</a>, ok" },
    { "write to ann.lee@example.com!", "write to <a href=\"mailto:ann.lee@example.com\">ann.lee@example.com</a>!" },
    { "a@b and @ and x@y", "a@b and @ and x@y" },
    { "javascript:alert(1) file:///etc/passwd", "javascript:alert(1) file:///etc/passwd" },
    { "<https://example.com/>\"", "&lt;<a href=\"https://example.com/\">https://example.com/</a>&gt;&quot;" },
    { "https://example.com\u202emoc.live", "<a href=\"https://example.com\">https://example.com</a>\u202emoc.live" },
    { "xhttps://example.com", "xhttps://example.com" },
    { "https://", "https://" },
    { "call +49 30 1234567, or +1 (201) 555-0123.", "call <a href=\"tel:+49301234567\">+49 30 1234567</a>, or <a href=\"tel:+12015550123\">+1 (201) 555-0123</a>." },
    { "1+4930123456 a+b +12 +49301234567x +999 999 999 999", "1+4930123456 a+b +12 +49301234567x +999 999 999 999" },
    { "+49301234567\n+49301234568", "<a href=\"tel:+49301234567\">+49301234567</a>\n<a href=\"tel:+49301234568\">+49301234568</a>" },
    { "Grüße: https://example.com/ü", "Grüße: <a href=\"https://example.com/ü\">https://example.com/ü</a>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *markup = lia_linkify (cases[i].text, strlen (cases[i].text));

      g_assert_cmpstr (markup, ==, cases[i].markup);
    }
}

/* Any bytes of valid UTF-8 give markup that parses. */
static void
on_text (GMarkupParseContext *context,
         const char          *text,
         gsize                length,
         gpointer             data,
         GError             **error)
{
  g_string_append_len (data, text, length);
}

static void
test_links_random (void)
{
  static const char *const pieces[] = { "http://", "www.", "@", "a", ".", "<", "\"", "'", "&", "(", ")", " ", "\n", "ü", "\u202e", "x.org", "/", "?", "https://x", "+4930", "1234567", "-" };
  GMarkupParser            parser = { .text = on_text };

  for (int round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) plain = g_string_new (NULL);
      g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, plain, NULL);
      g_autofree char *markup = NULL;
      g_autofree char *whole = NULL;
      g_autoptr (GError) error = NULL;

      for (int i = g_test_rand_int_range (0, 24); i > 0; i--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      markup = lia_linkify (text->str, text->len);
      whole = g_strdup_printf ("<markup>%s</markup>", markup);
      g_markup_parse_context_parse (context, whole, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (plain->str, ==, text->str);
    }
}

static LiaEntry *
entry_of (const char *text)
{
  LiaEntry *entry = lia_entry_new ();

  entry->text = g_strdup (text);
  entry->folds = g_array_new (FALSE, FALSE, sizeof (LiaFold));

  return entry;
}

static void
add_fold (LiaEntry *entry,
          gsize     start,
          gsize     end)
{
  LiaFold fold = { start, end, LIA_FOLD_QUOTE };

  g_array_append_val (entry->folds, fold);
}

static char *
visible (LiaEntry         *entry,
         const LiaFolding *folding,
         gsize             start,
         gsize             end)
{
  g_autoptr (GString) out = g_string_new (NULL);

  lia_folding_append_visible (folding, entry, start, end, out);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_visible (LiaEntry         *entry,
                const LiaFolding *folding,
                gsize             start,
                gsize             end,
                const char       *text)
{
  g_autofree char *shown = visible (entry, folding, start, end);

  g_assert_cmpstr (shown, ==, text);
}

static void
test_folds (void)
{
  g_autoptr (LiaEntry) entry = entry_of ("\n  one\n\n> two\n> three\n\nfour\n");
  LiaFolding folding = { 0 };

  add_fold (entry, 8, 22);
  assert_visible (entry, NULL, 0, G_MAXSIZE, "  one\n\nfour");
  assert_visible (entry, &folding, 3, 25, "one\n\nfo");
  lia_folding_toggle (&folding, 0);
  assert_visible (entry, &folding, 0, G_MAXSIZE, "  one\n\n> two\n> three\n\nfour");
  lia_folding_toggle (&folding, 0);
  assert_visible (entry, &folding, 0, G_MAXSIZE, "  one\n\nfour");
}

/* Offsets that make no sense are left out; no character is cut. */
static void
test_neighbouring_folds (void)
{
  g_autoptr (LiaEntry) entry = entry_of ("Hello\n-- \nMara\n\n> hi\nbye");
  LiaFolding folding = { 0 };
  g_autoptr (GArray) parts = NULL;

  add_fold (entry, 6, 14);
  add_fold (entry, 15, 20);
  parts = lia_folding_get_parts (&folding, entry);
  g_assert_cmpuint (parts->len, ==, 3);
  g_assert_cmpint (g_array_index (parts, LiaTextPart, 1).fold, ==, 0);
  assert_visible (entry, &folding, 0, G_MAXSIZE, "Hello\n\nbye");
  lia_folding_toggle (&folding, 0);
  assert_visible (entry, &folding, 0, G_MAXSIZE, "Hello\n\n-- \nMara\n\n> hi\n\nbye");
}

static void
test_wrong_folds (void)
{
  g_autoptr (LiaEntry) entry = entry_of ("Grüße aus Köln");

  add_fold (entry, 3, 5);    /* begins inside of ü */
  add_fold (entry, 9, 4);    /* ends before it begins */
  add_fold (entry, 8, 1000); /* ends after the text */
  add_fold (entry, 9, 10);   /* overlaps */
  assert_visible (entry, NULL, 0, G_MAXSIZE, "Grüße");
}

static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  LiaFolding folding = { 0 };
  gsize      end;

  while (text->len < 300 * 1024)
    g_string_append (text, "ü");
  end = lia_folding_get_end (NULL, text->str);
  g_assert_cmpuint (end, <=, 8 * 1024);
  g_assert_cmpuint (end % 2, ==, 0);

  /* A few steps show all of it. */
  for (int i = 0; i < 4; i++)
    lia_folding_show_more (&folding, text->str);
  g_assert_cmpuint (lia_folding_get_end (&folding, text->str), ==, text->len);

  for (int i = 0; i < 5000; i++)
    g_string_append (lines, "\n");
  g_assert_cmpuint (lia_folding_get_end (NULL, lines->str), <=, 200);

  g_string_truncate (text, 20 * 1024);
  g_assert_cmpuint (lia_folding_get_end (NULL, text->str), ==, 20 * 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeline-text/links", test_links);
  g_test_add_func ("/timeline-text/links-random", test_links_random);
  g_test_add_func ("/timeline-text/folds", test_folds);
  g_test_add_func ("/timeline-text/neighbouring-folds", test_neighbouring_folds);
  g_test_add_func ("/timeline-text/wrong-folds", test_wrong_folds);
  g_test_add_func ("/timeline-text/long", test_long);

  return g_test_run ();
}
