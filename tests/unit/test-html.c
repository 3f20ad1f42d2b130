/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-html.h"

#include <string.h>

static const struct
{
  const char *name;
  const char *html;
  const char *text;
} cases[] = {
  { "paragraphs", "<p>One  two\n three</p><p>Four</p>", "One two three\n\nFour" },
  { "divs", "<div>One</div><div>Two<div>Three</div></div>", "One\nTwo\nThree" },
  { "breaks", "One<br>Two<br><br>Three", "One\nTwo\n\nThree" },
  { "entities", "Fish &amp; chips &lt;5&nbsp;&euro;&gt; &#128578;", "Fish & chips <5 €> 🙂" },
  { "bullets", "<ul><li>One<li>Two<ul><li>Three</ul></ul>Four", "• One\n• Two\n  • Three\n\nFour" },
  { "numbers", "<ol><li><p>One</p></li><li>Two</li></ol>", "1. One\n\n2. Two" },
  { "link", "See <a href=\"https://example.org/a?b=1&amp;c=2\">the page</a>.", "See the page <https://example.org/a?b=1&c=2>." },
  { "link-is-its-text", "<a href=\"https://example.org/a\">https://example.org/a</a> <a href=\"mailto:ann@example.com\">ann@example.com</a>",
    "https://example.org/a ann@example.com" },
  { "link-of-a-picture", "<a href=\"https://track.example\"><img src=x></a>Hello", "Hello" },
  { "link-that-runs", "<a href=\"javascript:alert(1)\">click</a>", "click" },
  { "table", "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Pen</td><td>2 €</td></tr></table>", "Item\tPrice\nPen\t2 €" },
  { "layout-table", "<table><tr><td><p>Hello</p></td></tr><tr><td><p>World</p></td></tr></table>", "Hello\n\nWorld" },
  { "quote", "<div>Yes</div><blockquote type=cite><div>Really?</div><div>Bob</div></blockquote><div>Ann</div>", "Yes\n\n> Really?\n> Bob\n\nAnn" },
  { "quote-in-quote", "A<blockquote>B<blockquote>C</blockquote>D</blockquote>", "A\n\n> B\n>\n> > C\n>\n> D" },
  { "gmail",
    "<div dir=ltr>Thanks</div><br><div class=gmail_quote><div class=gmail_attr>On Mon, 10 Nov 2025 Bob &lt;<a href=\"mailto:b@x.example\">b@x.example</a>&gt; "
    "wrote:<br></div><blockquote class=gmail_quote>Hello</blockquote></div>",
    "Thanks\n\nOn Mon, 10 Nov 2025 Bob <b@x.example> wrote:\n\n> Hello" },
  { "outlook-rule", "Hi<hr id=stopSpelling>From: Bob", "Hi\n\n________________________________\nFrom: Bob" },
  { "unseen", "<head><title>x</title><style>p{}</style></head><script>alert(1)</script><!-- x --><p>Seen</p>", "Seen" },
  { "preheader", "<div style=\"display: none; max-height:0\">Preview<span>more</span></div><div>Seen</div>", "Seen" },
  { "filler", "<div>&#847;&zwnj;&nbsp;&#8203;&#65279;</div><p>A&shy;B</p>", "\u200c\n\nAB" },
  { "pre", "<pre>a\n  b\n\nc</pre>d", "a\n  b\n\nc\n\nd" },
  { "unclosed", "<p>One<p><b>Two", "One\n\nTwo" },
  { "unopened", "</div></p>One</table></li>", "One" },
  { "alt", "<p>See <img alt=\"the chart\" src=\"cid:1\"></p>", "See the chart" },
  { "plain", "no tags at all", "no tags at all" },
  { "empty", "", "" },
  { "meta-lies", "<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\"><p>Grüße</p>", "Grüße" },
};

static void
test_case (gconstpointer data)
{
  gsize            index = GPOINTER_TO_SIZE (data);
  g_autofree char *text = lia_html_to_text (cases[index].html, strlen (cases[index].html), 65536);

  g_assert_cmpstr (text, ==, cases[index].text);
}

/* Whatever is cut off, the text is valid and short. */
static void
test_any_prefix (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (gsize length = 0; length <= strlen (cases[i].html); length++)
        {
          g_autofree char *html = g_strndup (cases[i].html, length);
          g_autofree char *valid = g_utf8_make_valid (html, -1);
          g_autofree char *text = lia_html_to_text (valid, strlen (valid), 65536);

          g_assert_true (g_utf8_validate (text, -1, NULL));
        }
    }
}

static void
test_linear (void)
{
  static const char *const units[] = { "<div>", "<span><b>", "</x>", "<b></i>", "<table><tr><td>", "<ul><li>", "<blockquote>", "<a href=\"https://x\">", "<p", "&", "&#x", "<!--",
                                       "<p style=\"display:none\">", "<li>x", "\"'", "<![CDATA[", "x " };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) html = g_string_new ("<p>Begin</p>");
      g_autofree char *text = NULL;
      gint64           start = g_get_monotonic_time ();

      while (html->len < 1024 * 1024)
        g_string_append (html, units[i]);

      text = lia_html_to_text (html->str, html->len, 65536);
      g_test_message ("1 MiB of %s: %" G_GINT64_FORMAT " ms", units[i], (g_get_monotonic_time () - start) / 1000);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_cmpuint (strlen (text), <=, 65536);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/html/case/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }

  g_test_add_func ("/html/any-prefix", test_any_prefix);
  g_test_add_func ("/html/linear", test_linear);

  return g_test_run ();
}
