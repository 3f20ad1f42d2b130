/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of responses that are broken, or that somebody changed at random: rows with a problem, and never worse. */

#include "lia-canned-foreign.h"
#include "lia-canned-json.h"
#include "lia-template.h"
#include "lia-test-library.h"

static const LiaCannedImporter supervisor = { "a_1", TRUE };

static void
test_broken_files (void)
{
  static const char *const json[] = { "", "{", "[]", "{}", "{\"responses\":{}}", "\xff\xfe", "{\"responses\":[1]}", "{\"responses\":[{\"title\":1}]}" };
  static const char *const pages[] = { "", "---\n", "---\ntitle x\n---\nx", "---\ntitle: x\n---\n", "---\nstate: new\n---\nx", "x", "---\n---\n=== language: klingonisch\nx", "\xff" };
  g_autoptr (GPtrArray) library = no_library ();

  for (guint i = 0; i < G_N_ELEMENTS (json); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (json[i], strlen (json[i]));
      g_autoptr (GPtrArray) rows = lia_canned_import_json (bytes);

      lia_canned_import_compare (rows, library, &supervisor);
      g_assert_cmpuint (rows->len, ==, 1);
      g_assert_nonnull (nth (rows, 0)->problem);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (rows, lia_canned_import_page ("a/b.txt", pages[i], strlen (pages[i])));
      lia_canned_import_compare (rows, library, &supervisor);
      g_assert_nonnull (nth (rows, 0)->problem);
    }
}

/* Any bytes: rows, or rows with problems, and a library that comes back the same. */
static void
test_fuzz (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  g_autoptr (GPtrArray) library = make_library ();
  g_autofree char  *csv = lia_canned_export_csv (library);
  g_autofree char  *page = lia_canned_export_page (library->pdata[0], FALSE);
  static const char pieces[] = "\",;\n\r\t={}#%|'\\<>\xff\xc3\x80:-a";

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (round % 2 ? csv : page);
      g_autoptr (GPtrArray) rows = NULL;

      for (guint i = g_rand_int_range (rand, 1, 12); i > 0; i--)
        {
          gsize at = g_rand_int_range (rand, 0, text->len);
          gsize length = g_rand_int_range (rand, 1, 30);

          switch (g_rand_int_range (rand, 0, 3))
            {
            case 0:
              g_string_insert_c (text, at, pieces[g_rand_int_range (rand, 0, sizeof pieces - 1)]);
              break;
            case 1:
              g_string_erase (text, at, MIN (length, text->len - at));
              break;
            default:
              text->str[at] = pieces[g_rand_int_range (rand, 0, sizeof pieces - 1)];
            }
        }
      if (round % 2)
        rows = read_csv (text->str, text->len);
      else
        {
          rows = g_ptr_array_new_with_free_func (g_object_unref);
          g_ptr_array_add (rows, lia_canned_import_page ("x/y.txt", text->str, text->len));
        }
      lia_canned_import_compare (rows, library, &supervisor);
      for (guint i = 0; i < rows->len; i++)
        {
          LiaCannedImportRow *row = rows->pdata[i];

          g_assert_true ((row->verdict == LIA_CANNED_IMPORT_ERROR) == (row->problem != NULL));
          g_assert_true (row->problem == NULL || g_utf8_validate (row->problem, -1, NULL));
        }
    }
}

static void
test_foreign_fuzz (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  static const char *const pieces[] = { "{{", "}}", "{", "}", "#{", "{%", "%}", "{{{", "}}}", "ticket.requester.name", "|", "default:", "'x'", "\"", "if", " ", "\n", "ü", "<p>", "</p>", "<br", "&amp;", "ask", "\\" };

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *translated = NULL;
      g_autoptr (LiaTemplate) template = NULL;
      g_autoptr (GPtrArray) errors = NULL;

      for (guint i = g_rand_int_range (rand, 1, 15); i > 0; i--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      translated = lia_canned_foreign_translate (text->str, notes);
      template = lia_template_parse (translated, &errors);
      if (template == NULL)
        g_error ("“%s” became “%s”: %s", text->str, translated, ((LiaTemplateError *)errors->pdata[0])->message);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canned-hostile/broken-files", test_broken_files);
  g_test_add_func ("/canned-hostile/any-bytes", test_fuzz);
  g_test_add_func ("/canned-hostile/any-placeholders", test_foreign_fuzz);

  return g_test_run ();
}
