/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-document.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <string.h>

/*
 * What customers write must do nothing in a tracker. The judge of GitHub's dialect is cmark-gfm, which GitHub itself renders with: what it makes of
 * our text is searched for mentions, references and HTML in the places where a tracker looks for them, which are all words outside of code.
 */

#define OUR_LINK "https://help.example.org/c/12"

/* What trackers look for in rendered text: GitHub, GitLab, Forgejo, Jira and Bugzilla as their documentations give it */
static const char *const references[] = {
  "(?:^|[^\\w`])@\\w",                                           /* somebody */
  "(?:^|[^\\w&])#[\\w\"]",                                       /* an issue, a label */
  "(?:^|\\W)![\\d]",                                             /* a merge request */
  "(?:^|[^\\w])~[\\w\"]",                                        /* a label of GitLab */
  "(?:^|[^\\w\\d])%[\\w\"]",                                     /* a milestone of GitLab */
  "(?:^|[^\\w])[$&]\\d",                                         /* a snippet, an epic of GitLab */
  "\\b[A-Za-z][A-Za-z0-9]{1,9}-\\d+",                            /* an issue of Jira, GH-12 */
  "[\\w.-]+/[\\w.-]+[#!@]\\w",                                   /* another project's */
  "(?<![\\w-])(?=\\w*\\d)(?=\\w*[a-f])[0-9a-f]{7,40}(?![\\w-])", /* a commit */
  "(?i)\\b(?:bugs?|comments?|attachment)\\h*#?\\h*\\d",          /* Bugzilla */
  "duplicate of \\d",
  "(?:^|\\s)r\\d+", /* a revision of Redmine */
  "(?i)\\b(?:commit|user|source|document|version|message|wiki):\\w",
};

static const char *const hostile[] = {
  "@everyone look, and @ann-lee, (@bob) too; ann@example.com",
  "fixes #12, closes owner/repo#13, resolves GH-14 and ABC-15",
  "see !16 and ~bug and %\"Version 1\" and $17 and &18",
  "commit 0123abcdef and 0123456789abcdef0123456789abcdef01234567",
  "bug 12 comment 3 attachment 4 r123 commit:abcdef user:ann version:1 wiki:Start",
  "Bugs  #1, #2 and bug12, bug# 13, comments 3, 4, attachment\u00a05, COMMENT\t6",
  "*** This bug has been marked as a duplicate of 12 ***",
  "<script>alert(1)</script><img src=x onerror=alert(1)><!-- hidden -->",
  "<details open><summary>x</summary></details>\n<a href='javascript:alert(1)'>x</a>",
  "![spy](https://evil.example/pixel.png) [click](javascript:alert(1)) <https://evil.example>",
  "[a]: https://evil.example \"title\"\n[a]",
  "https://evil.example/?q=1 www.evil.example ftp://evil.example mailto:ann@example.com",
  "# heading\n## second\nTitle\n=====\nTitle\n-----",
  "* item\n- item\n+ item\n1. item\n10) item",
  "> quoted\n>> twice\n    code of four blanks\n\tcode of a tab",
  "```\nfence\n```\n~~~\nfence\n~~~",
  "`code` ``co`de`` **bold** __bold__ *it* _it_ ~~gone~~",
  "| a | b |\n|---|---|\n| @ann | #1 |",
  "- [ ] task\n- [x] done",
  "$$x$$ :smile: &amp; &#64;ann &commat;ann \\@ann \\",
  "line one\\\nline two  \nline three<br>",
  "\u202e@ann\u202c \u200b@bob \ufeff#12",
  "--- \n***\n___",
  "[^1] and [[wiki]] and {{macro}} {color:red}red{color} [~ann] h1. title\nbq. quote",
  "{code}\n{noformat}\n<pre>\n</pre>\n\"link\":https://evil.example",
  "@@ann ##12 @\u2060ann a@b.c#12",
  "#12\r\n@ann\r\n",
  "",
  "\n\n\n",
};

static void
assert_no_reference (const char *text,
                     const char *of)
{
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    if (g_regex_match_simple (references[i], text, 0, 0))
      g_error ("\"%s\" is found in \"%s\", which was made of \"%s\"", references[i], text, of);
}

/* All blocks that a tracker's issue is made of, each with the hostile words. */
static char *
render (const char *text,
        LiaDialect  dialect)
{
  g_autoptr (LiaDocument) document = lia_document_new ();

  lia_document_add (document, LIA_BLOCK_HEADING, text);
  lia_document_add (document, LIA_BLOCK_PARAGRAPH, text);
  lia_document_add (document, LIA_BLOCK_QUOTE, text);
  lia_document_add (document, LIA_BLOCK_ITEM, text);
  lia_document_add (document, LIA_BLOCK_CODE, text);
  lia_document_add_link (document, text, OUR_LINK);
  lia_document_add_link (document, text, text);

  return lia_document_render (document, dialect);
}

static cmark_node *
parse (const char *markdown)
{
  static const char *const extensions[] = { "table", "strikethrough", "autolink", "tagfilter", "tasklist" };
  cmark_parser            *parser;
  cmark_node              *root;

  cmark_gfm_core_extensions_ensure_registered ();
  parser = cmark_parser_new (CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES);
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    g_assert_true (cmark_parser_attach_syntax_extension (parser, cmark_find_syntax_extension (extensions[i])));
  cmark_parser_feed (parser, markdown, strlen (markdown));
  root = cmark_parser_finish (parser);
  cmark_parser_free (parser);

  return root;
}

static void
check_gfm (const char *text)
{
  g_autofree char *markdown = render (text, LIA_DIALECT_GFM);
  cmark_node      *root = parse (markdown);
  cmark_iter      *iter = cmark_iter_new (root);
  guint            n_links = 0;

  cmark_consolidate_text_nodes (root);
  while (cmark_iter_next (iter) != CMARK_EVENT_DONE)
    {
      cmark_node     *node = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (node);
      const char     *name = cmark_node_get_type_string (node);

      if (cmark_iter_get_event_type (iter) == CMARK_EVENT_EXIT)
        continue;
      if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_IMAGE || type == CMARK_NODE_CODE || type == CMARK_NODE_EMPH ||
          type == CMARK_NODE_STRONG || type == CMARK_NODE_THEMATIC_BREAK || type == CMARK_NODE_FOOTNOTE_REFERENCE || g_str_has_prefix (name, "table") ||
          g_str_equal (name, "strikethrough") || g_str_equal (name, "tasklist"))
        g_error ("%s in \"%s\", which was made of \"%s\"", name, markdown, text);
      if (type == CMARK_NODE_LINK)
        {
          n_links++;
          if (!g_str_equal (cmark_node_get_url (node), OUR_LINK) && !g_str_equal (cmark_node_get_url (node), text))
            g_error ("a link to \"%s\" in \"%s\", which was made of \"%s\"", cmark_node_get_url (node), markdown, text);
        }
      if (type == CMARK_NODE_TEXT)
        assert_no_reference (cmark_node_get_literal (node), text);
    }
  g_assert_cmpuint (n_links, <=, 2);

  cmark_iter_free (iter);
  cmark_node_free (root);
}

static void
test_gfm (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    check_gfm (hostile[i]);
}

/* What one text alone does not do, two behind one another could. */
static void
test_gfm_pairs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    for (guint k = 0; k < G_N_ELEMENTS (hostile); k++)
      {
        g_autofree char *beside = g_strconcat (hostile[i], " ", hostile[k], NULL);
        g_autofree char *below = g_strconcat (hostile[i], "\n\n", hostile[k], NULL);

        check_gfm (beside);
        check_gfm (below);
      }
}

/* Letters that mean something, in any order. */
static void
test_gfm_random (void)
{
  static const char *const letters[] = { "@", "#", "!", "`", "*", "_", "[", "]", "(", ")", "<", ">", "\\", "\n", "|", "-", "=", "~", "&", ";", ":", "/", "a", "b1", " ", "    ", "\t", "www.", "https://x.y", "12", "é", "\r\n", "+", ".", "$", "{", "}", "\"", "'" };

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint n = g_test_rand_int_range (1, 40);

      for (guint i = 0; i < n; i++)
        g_string_append (text, letters[g_test_rand_int_range (0, G_N_ELEMENTS (letters))]);
      check_gfm (text->str);
    }
}

/* In the others, too, no word calls anybody. What their markup makes of it is judged by the escapes below. */
static void
test_calm (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *calm = lia_document_calm (hostile[i]);

      assert_no_reference (calm, hostile[i]);
    }
}

static void
test_reads_the_same (void)
{
  static const char *const texts[] = { "The printer prints 3-4 pages, then it stops (error 0x80070005).", "50 % off, 3 & 4, R&D, a~b", "well-known; e-mail; state-of-the-art" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *calm = lia_document_calm (texts[i]);
      g_autoptr (GString) seen = g_string_new (calm);

      g_string_replace (seen, "\u2060", "", 0);
      g_assert_cmpstr (seen->str, ==, texts[i]);
    }
}

typedef struct
{
  LiaDialect  dialect;
  const char *text;
  const char *rendered; /* as a paragraph */
} Escape;

static void
test_escapes (void)
{
  static const Escape escapes[] = {
    { LIA_DIALECT_GFM, "a*b*", "a\\*b\\*\n" },
    { LIA_DIALECT_GFM, "one\ntwo\n\nthree", "one\\\ntwo\n\nthree\n" },
    { LIA_DIALECT_TEXTILE, "<b> *x*", "&#60;b&#62; &#42;x&#42;\n" },
    { LIA_DIALECT_TEXTILE, "\"l\":https://x", "&#34;l&#34;&#58;https&#58;&#47;&#47;x\n" },
    { LIA_DIALECT_JIRA, "{code} [~ann]", "\\{code\\} \\[\\~\u2060ann\\]\n" },
    { LIA_DIALECT_PLAIN, "a*b*", "a*b*\n" },
    { LIA_DIALECT_PLAIN, "bug 12", "bug \u206012\n" },
    { LIA_DIALECT_PLAIN, "Bugs  #1, 2", "Bugs  \u2060#\u20601, 2\n" },
    { LIA_DIALECT_PLAIN, "bug12, debug 12", "bug\u206012, debug 12\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (escapes); i++)
    {
      g_autoptr (LiaDocument) document = lia_document_new ();
      g_autofree char *rendered = NULL;

      lia_document_add (document, LIA_BLOCK_PARAGRAPH, escapes[i].text);
      rendered = lia_document_render (document, escapes[i].dialect);
      g_assert_cmpstr (rendered, ==, escapes[i].rendered);
    }
}

/* The end of a block of code stands in the code. */
static void
test_code_holds (void)
{
  static const LiaDialect dialects[] = { LIA_DIALECT_TEXTILE, LIA_DIALECT_JIRA };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_autoptr (LiaDocument) document = lia_document_new ();
      g_autofree char *rendered = NULL;
      const char      *end = dialects[i] == LIA_DIALECT_TEXTILE ? "</pre>" : "{noformat}";

      lia_document_add (document, LIA_BLOCK_CODE, "a\n</pre>\n{noformat}\nb");
      rendered = lia_document_render (document, dialects[i]);
      g_assert_true (g_str_has_suffix (rendered, dialects[i] == LIA_DIALECT_TEXTILE ? "</pre>\n" : "{noformat}\n"));
      if (dialects[i] == LIA_DIALECT_TEXTILE)
        g_assert_true (strstr (rendered, end) == g_strrstr (rendered, end));
      else
        g_assert_true (strstr (rendered + strlen (end), end) == g_strrstr (rendered, end));
    }
}

/* GitLab carries out lines that begin with a slash, whatever stands around them */
static void
test_no_orders (void)
{
  g_autoptr (LiaDocument) document = lia_document_new ();
  g_autofree char *text = NULL;

  lia_document_add (document, LIA_BLOCK_PARAGRAPH, "/close\n  /assign me\nsee /tmp");
  lia_document_add (document, LIA_BLOCK_HEADING, "/close");
  text = lia_document_render (document, LIA_DIALECT_GFM);
  g_assert_true (g_str_has_prefix (text, "\\/close"));
  g_assert_null (strstr (text, "\n/"));
  g_assert_nonnull (strstr (text, "see /tmp"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/gfm", test_gfm);
  g_test_add_func ("/document/gfm-pairs", test_gfm_pairs);
  g_test_add_func ("/document/gfm-random", test_gfm_random);
  g_test_add_func ("/document/no-orders", test_no_orders);
  g_test_add_func ("/document/calm", test_calm);
  g_test_add_func ("/document/reads-the-same", test_reads_the_same);
  g_test_add_func ("/document/escapes", test_escapes);
  g_test_add_func ("/document/code-holds", test_code_holds);

  return g_test_run ();
}
