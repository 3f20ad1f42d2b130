/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts as Jira Cloud has them, and the words of a search. */

#include "lia-adf.h"

#include "lia-document.h"
#include "lia-tracker.h"

#include <string.h>

static void
test_shape (void)
{
  g_autoptr (JsonObject) document = lia_adf_from_text ("It is.\nReally.\n\n> said\n>\n> she\n\nRef: liaison-x\n");
  g_autofree char *json = lia_json_to_text (document);

  g_assert_cmpstr (json, ==,
                   "{\"type\":\"doc\",\"version\":1,\"content\":["
                   "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"It is.\"},{\"type\":\"hardBreak\"},{\"type\":\"text\",\"text\":\"Really.\"}]},"
                   "{\"type\":\"blockquote\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"said\"},{\"type\":\"hardBreak\"},"
                   "{\"type\":\"hardBreak\"},{\"type\":\"text\",\"text\":\"she\"}]}]},"
                   "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"Ref: liaison-x\"}]}]}");
}

/* What a customer has written is text there, never a node of another kind */
static void
test_hostile (void)
{
  static const char *const words[] = { "@ann", "[~ann]", "{code}", "ABC-1", "\"},{\"type\":\"mention\"", "<b>", "\\", "https://x.y", "\t", "> > x", "" };
  g_autoptr (LiaDocument) source = lia_document_new ();
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  g_autoptr (JsonObject) document = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    lia_document_add (source, i % 2 == 0 ? LIA_BLOCK_PARAGRAPH : LIA_BLOCK_QUOTE, words[i]);
  text = lia_document_render (source, LIA_DIALECT_PLAIN);
  document = lia_adf_from_text (text);
  json = lia_json_to_text (document);
  g_assert_null (strstr (json, "\"type\":\"mention\""));
  g_assert_null (strstr (json, "\"marks\""));
  g_assert_null (strstr (json, "\"text\":\"\""));
  g_assert_null (strstr (json, "ABC-1"));
}

static void
test_back (void)
{
  g_autoptr (JsonObject) document = lia_adf_from_text ("7 customers\n\nRef: liaison-x-customers");
  g_autoptr (JsonObject) other = lia_json_parse ("{\"type\":\"doc\",\"content\":[7,{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\"},{\"type\":\"emoji\"}]},{}]}", -1, 1000, NULL);
  g_autofree char *text = lia_adf_to_text (document);
  g_autofree char *nothing = lia_adf_to_text (other);

  g_assert_true (lia_tracker_has_marker (text, "liaison-x-customers"));
  g_assert_cmpstr (text, ==, "7 customers\nRef: liaison-x-customers\n");
  g_assert_cmpstr (nothing, ==, "\n");
}

static void
test_words (void)
{
  static const struct
  {
    const char *text;
    gsize       max_bytes;
    const char *words;
  } cases[] = {
    { "The Total, is wrong!", 100, "the total is wrong" },
    { "repo:a/b -x \"y\" OR z", 100, "repo a b x y or z" },
    { "Zażółć gęślą", 100, "zażółć gęślą" },
    { "one two three", 8, "one two" },
    { "verylongword", 5, "" },
    { " \r\n\t -- ", 100, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = lia_tracker_plain_words (cases[i].text, cases[i].max_bytes);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/adf/shape", test_shape);
  g_test_add_func ("/adf/hostile", test_hostile);
  g_test_add_func ("/adf/back", test_back);
  g_test_add_func ("/adf/words", test_words);

  return g_test_run ();
}
