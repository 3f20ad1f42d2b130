/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of responses: what comes in, what an import would do, and that a library survives the way out and back in each format. */

#include "lia-canned-foreign.h"
#include "lia-canned-import.h"
#include "lia-canned-json.h"
#include "lia-csv.h"
#include "lia-test-library.h"
#include "lia-template.h"

#include <string.h>

static const LiaCannedImporter supervisor = { "a_1", TRUE };
static const LiaCannedImporter agent = { "a_2", FALSE };

static const char *
body_of (LiaCannedImportRow *row)
{
  g_assert_cmpuint (row->canned->variants->len, >, 0);

  return ((LiaCannedVariant *)row->canned->variants->pdata[0])->body;
}

/* What an import leaves behind in a library, with ids as the engine would give them */
static GPtrArray *
imported (GPtrArray *library,
          GPtrArray *rows)
{
  GPtrArray *after = no_library ();

  for (guint i = 0; i < library->len; i++)
    g_ptr_array_add (after, g_object_ref (library->pdata[i]));
  for (guint i = 0; i < rows->len; i++)
    {
      LiaCannedImportRow *row = rows->pdata[i];
      LiaCanned          *canned = row->canned;
      guint               at;

      if (row->verdict != LIA_CANNED_IMPORT_NEW && row->verdict != LIA_CANNED_IMPORT_CHANGED)
        continue;
      if (row->verdict == LIA_CANNED_IMPORT_NEW)
        {
          canned = lia_canned_copy (canned);
          g_free (canned->id);
          canned->id = g_strdup_printf ("r_%u", 1000 + after->len);
          g_ptr_array_add (after, canned);
          continue;
        }
      g_assert_true (g_ptr_array_find (after, row->before, &at));
      g_object_unref (after->pdata[at]);
      after->pdata[at] = g_object_ref (canned);
    }

  return after;
}

static void
assert_verdicts (GPtrArray             *rows,
                 LiaCannedImportVerdict verdict)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LiaCannedImportRow *row = rows->pdata[i];

      if (row->verdict != verdict)
        g_error ("“%s”: %d instead of %d, %s", row->canned->title, row->verdict, verdict, row->problem);
    }
}

static char *
cells (const char *text,
       gssize      length)
{
  g_autoptr (LiaCsvReader) reader = lia_csv_reader_new (text, length >= 0 ? (gsize)length : strlen (text));
  GString   *all = g_string_new (NULL);
  LiaCsvRow *row;

  while ((row = lia_csv_reader_next (reader)) != NULL)
    {
      g_string_append_printf (all, "%u", row->line);
      for (guint i = 0; i < row->fields->len; i++)
        g_string_append_printf (all, "[%s]", (char *)row->fields->pdata[i]);
      g_string_append (all, row->problem != NULL ? "!\n" : "\n");
      lia_csv_row_free (row);
    }

  return g_string_free (all, FALSE);
}

static void
test_csv (void)
{
  static const char *const cases[][2] = {
    { "a,b\r\nc,d", "1[a][b]\n2[c][d]\n" },
    { "\xef\xbb\xbf\"a\",b\n", "1[a][b]\n" },
    { "a;b,c;d\n", "1[a][b,c][d]\n" },
    { "sep=;\na,b;c\n", "2[a,b][c]\n" },
    { "a\tb\n", "1[a][b]\n" },
    { "\"x\"\"y\",\"l1\r\nl2\"\nz,\n", "1[x\"y][l1\r\nl2]\n3[z][]\n" },
    { "a,b\n\n\nc,d\n", "1[a][b]\n4[c][d]\n" },
    { "a\rb\r", "1[a]\n2[b]\n" },
    { "a\"b,c\n", "1[a\"b][c]\n" },
    { "\"a\"b,c\nd,e\n", "1[a]!\n2[d][e]\n" },
    { "x,\"open\ny,z\n", "1[x][]!\n2[y][z]\n" },
    { "x,\"open\ny,\"\"\nz\n", "1[x][]!\n2[y][]\n3[z]\n" },
    { "x,\"\"\"\"\ny,\"open\n", "1[x][\"]\n2[y][]!\n" },
    { "", "" },
    { "\n\n", "" },
  };
  g_autofree char *latin = cells ("a,\xff\xe9\xfcz\xc3\xa4\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = cells (cases[i][0], -1);

      g_assert_cmpstr (got, ==, cases[i][1]);
    }
  g_assert_cmpstr (latin, ==, "1[a][]!\n");
}

static void
test_encodings (void)
{
  static const char utf16[] = "\xff\xfet\0i\0t\0l\0e\0,\0t\0e\0x\0t\0\n\0G\0r\0\xfc\0\xdf\0,\0b\0";
  g_autoptr (GPtrArray) wide = read_csv (utf16, sizeof utf16 - 1);
  g_autoptr (GPtrArray) windows = read_csv ("title;text\nGr\xfc\xdf"
                                            "e;\x84Hallo\x93\n",
                                            -1);
  g_autoptr (GPtrArray) broken = read_csv ("title,text\nGrüße,a\nKaputt,\xff\nHeil,c\n", -1);

  g_assert_cmpstr (nth (wide, 0)->canned->title, ==, "Grüß");
  g_assert_cmpstr (nth (windows, 0)->canned->title, ==, "Grüße");
  g_assert_cmpstr (body_of (nth (windows, 0)), ==, "„Hallo“");
  g_assert_null (nth (broken, 0)->problem);
  g_assert_nonnull (nth (broken, 1)->problem);
  g_assert_cmpuint (nth (broken, 1)->line, ==, 3);
  g_assert_null (nth (broken, 2)->problem);
}

static void
test_huge_fields (void)
{
  g_autoptr (GString) text = g_string_new ("title,text\nHuge,\"");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) library = no_library ();

  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "Not even the longest letter has as many words as this one, which goes on and on,\nand does not end.");
  g_string_append (text, "\"\nSmall,b\n");
  rows = read_csv (text->str, text->len);
  lia_canned_import_compare (rows, library, &supervisor);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_nonnull (nth (rows, 0)->problem);
  g_assert_cmpint (nth (rows, 0)->verdict, ==, LIA_CANNED_IMPORT_ERROR);
  g_assert_cmpint (nth (rows, 1)->verdict, ==, LIA_CANNED_IMPORT_NEW);
  g_assert_cmpuint (nth (rows, 1)->line, ==, 3003);
}

static void
test_no_table (void)
{
  static const char *const files[] = { "", "\n", "hello", "a,b,c\n1,2,3\n", "title\nx\n", "text\nx\n", "\"title,text\nx,y\n" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GPtrArray) rows = read_csv (files[i], -1);

      g_assert_cmpuint (rows->len, ==, 1);
      g_assert_nonnull (nth (rows, 0)->problem);
    }
}

static void
test_other_desks (void)
{
  static const struct
  {
    const char *csv, *title, *shortcut, *folder, *body;
    guint       notes;
  } cases[] = {
    /* Zendesk */
    { "id,title,active,comment_value\n25,Billing::Refunds::Sent,true,\"Hi {{ticket.requester.first_name}},\n{{current_user.name}}\"\n",
      "Sent", "", "Billing/Refunds", "Hi {{customer.first_name}},\n{{agent.name}}", 0 },
    { "title,comment_value\nOrder,Order {{ticket.ticket_field_360}} of {{ticket.id}}\n",
      "Order", "", "", "Order {{ask \"ticket ticket field 360\"}} of {{conversation.number}}", 1 },
    /* Freshdesk */
    { "id,title,folder_name,content_html\n7,Hello,Common,<div>Hi {{ticket.requester.firstname}}</div><div>{{ticket.agent.name}}</div>\n",
      "Hello", "", "Common", "Hi {{customer.first_name}}\n{{agent.name}}", 0 },
    /* Front */
    { "name,subject,body\nHi,Hello there,<p>Hi {{recipient.first_name}}</p><p>{{user.first_name}}</p>\n",
      "Hi", "", "", "Hi {{customer.first_name}}\n\n{{agent.first_name}}", 0 },
    /* Chatwoot */
    { "short_code,content\nrefund_policy,\"Hey {{contact.name | default: \"\"friend\"\"}}, {{agent.first_name}} of {{inbox.name}}\"\n",
      "Refund policy", "refund_policy", "", "Hey {{customer.name|\"friend\"}}, {{agent.first_name}} of {{queue.name}}", 0 },
    /* Zammad */
    { "id,name,keywords,content,active\n1,Thanks,\"ty, danke\",Thank you #{ticket.customer.firstname}! #{user.signature},true\n",
      "Thanks", "", "", "Thank you {{customer.first_name}}! {{ask \"user signature\"}}", 1 },
    /* Help Scout */
    { "name,text\nHi,\"Hi {%customer.firstName,fallback=there%}\"\n", "Hi", "", "", "Hi {{customer.first_name|\"there\"}}", 0 },
    /* a condition in Liquid */
    { "name,text\nHi,\"{% if ticket.x %}Hi{% endif %} {{ticket.title}}\"\n", "Hi", "", "", "Hi {{conversation.subject}}", 2 },
    /* our own language in a table of four columns */
    { "shortcut;title;text;tags\n/hi;Hello;\"Hi {{customer.first_name|there}}\";a, b\n", "Hello", "hi", "", "Hi {{customer.first_name|there}}", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rows = read_csv (cases[i].csv, -1);
      g_autoptr (GPtrArray) library = no_library ();
      LiaCannedImportRow *row = nth (rows, 0);

      g_assert_cmpstr (body_of (row), ==, cases[i].body);
      g_assert_cmpstr (row->canned->title, ==, cases[i].title);
      g_assert_cmpstr (row->canned->shortcut, ==, cases[i].shortcut);
      g_assert_cmpstr (row->canned->folder, ==, cases[i].folder);
      g_assert_cmpuint (row->notes->len, ==, cases[i].notes);
      lia_canned_import_compare (rows, library, &supervisor);
      assert_verdicts (rows, LIA_CANNED_IMPORT_NEW);
      g_assert_cmpuint (row->notes->len, ==, cases[i].notes); /* so it is one that can be sent */
    }
}

static GPtrArray *
read_pages (GPtrArray *library)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) paths = lia_canned_export_paths (library);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < library->len; i++)
    {
      g_autofree char *page = lia_canned_export_page (library->pdata[i], FALSE);
      const char      *path = g_hash_table_lookup (paths, library->pdata[i]);

      g_assert_false (g_str_has_prefix (path, ".") || strstr (path, "/.") != NULL || strstr (path, "../") != NULL);
      g_assert_true (g_hash_table_add (seen, g_utf8_casefold (path, -1)));
      g_ptr_array_add (rows, lia_canned_import_page (path, page, strlen (page)));
    }

  return rows;
}

typedef GPtrArray *(*Way) (GPtrArray *library);

static GPtrArray *
way_csv (GPtrArray *library)
{
  g_autofree char *text = lia_canned_export_csv (library);

  return read_csv (text, -1);
}

static GPtrArray *
way_json (GPtrArray *library)
{
  g_autofree char *text = lia_canned_export_json (library);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return lia_canned_import_json (bytes);
}

static void
test_there_and_back (gconstpointer data)
{
  Way way = data;
  g_autoptr (GPtrArray) library = make_library ();
  g_autoptr (GPtrArray) rows = way (library);
  g_autoptr (GPtrArray) anew = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) elsewhere = no_library ();

  g_assert_cmpuint (rows->len, ==, library->len);
  lia_canned_import_compare (rows, library, &supervisor);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *changes = lia_canned_fields_to_words (nth (rows, i)->changes);

      g_assert_cmpstr (changes, ==, "");
    }
  assert_verdicts (rows, LIA_CANNED_IMPORT_SAME);

  /* In another installation everything is new, and the second time nothing. */
  anew = way (library);
  lia_canned_import_compare (anew, elsewhere, &supervisor);
  assert_verdicts (anew, LIA_CANNED_IMPORT_NEW);
  g_clear_pointer (&elsewhere, g_ptr_array_unref);
  elsewhere = no_library ();
  g_clear_pointer (&anew, g_ptr_array_unref);
  anew = way (library);
  lia_canned_import_compare (anew, elsewhere, &supervisor);
  g_clear_pointer (&elsewhere, g_ptr_array_unref);
  elsewhere = no_library ();
  {
    g_autoptr (GPtrArray) after = imported (elsewhere, anew);

    again = way (library);
    /* The private one belongs to whoever imports. */
    lia_canned_import_compare (again, after, &(LiaCannedImporter){ "", TRUE });
    for (guint i = 0; i < again->len; i++)
      g_assert_cmpint (nth (again, i)->verdict, !=, LIA_CANNED_IMPORT_NEW);
    for (guint i = 1; i < again->len; i++)
      g_assert_cmpint (nth (again, i)->verdict, ==, LIA_CANNED_IMPORT_SAME);
  }
}

static void
test_written_twice (void)
{
  g_autoptr (GPtrArray) library = make_library ();
  g_autoptr (GPtrArray) rows = read_pages (library);
  g_autoptr (GPtrArray) again = no_library ();

  lia_canned_import_compare (rows, library, &supervisor);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *before = lia_canned_export_page (library->pdata[i], FALSE);
      g_autofree char *after = lia_canned_export_page (nth (rows, i)->canned, FALSE);

      g_assert_cmpstr (before, ==, after);
    }
}

static void
test_dry_run (void)
{
  g_autoptr (GPtrArray) library = no_library ();
  g_autoptr (GPtrArray) rows = NULL;
  LiaCanned *refund = add_response (library, "refund", "Refund", "Billing", "Old text");

  add_response (library, "", "Hours", "", "Nine to five");
  add_text (refund, "de", LIA_CANNED_FORMALITY_ANY, "", "", "Alter Text");
  rows = read_csv ("shortcut,title,text,tags\n"
                   "refund,Refund,New text,\n"
                   ",Hours,Nine to five,\n"
                   "new,New one,Hello,a\n"
                   "new,Twice,Hello,\n"
                   "bad word/,,Hello,\n"
                   "x,No text,,\n"
                   "y,Wrong,{{customer.frist_name}} {{if}},\n",
                   -1);
  lia_canned_import_compare (rows, library, &supervisor);

  g_assert_cmpint (nth (rows, 0)->verdict, ==, LIA_CANNED_IMPORT_CHANGED);
  g_assert_true (nth (rows, 0)->before == refund);
  g_assert_cmpint (nth (rows, 0)->changes, ==, LIA_CANNED_TEXTS);
  g_assert_cmpint (nth (rows, 0)->canned->ver, ==, 3);
  g_assert_cmpstr (nth (rows, 0)->canned->folder, ==, "Billing");
  g_assert_cmpuint (nth (rows, 0)->canned->variants->len, ==, 2);
  g_assert_cmpint (nth (rows, 1)->verdict, ==, LIA_CANNED_IMPORT_SAME);
  g_assert_cmpint (nth (rows, 2)->verdict, ==, LIA_CANNED_IMPORT_NEW);
  g_assert_cmpint (nth (rows, 3)->verdict, ==, LIA_CANNED_IMPORT_ERROR);
  g_assert_cmpstr (nth (rows, 3)->problem, ==, "Line 4 is the same response.");
  g_assert_cmpint (nth (rows, 4)->verdict, ==, LIA_CANNED_IMPORT_ERROR);
  g_assert_cmpint (nth (rows, 5)->verdict, ==, LIA_CANNED_IMPORT_ERROR);
  g_assert_cmpuint (nth (rows, 5)->line, ==, 7);
  g_assert_cmpint (nth (rows, 6)->verdict, ==, LIA_CANNED_IMPORT_NEW);
  g_assert_cmpint (nth (rows, 6)->canned->state, ==, LIA_CANNED_DRAFT);
  g_assert_cmpuint (nth (rows, 6)->notes->len, >, 0);
}

static void
test_rights (void)
{
  g_autoptr (GPtrArray) library = no_library ();
  g_autoptr (GPtrArray) rows = read_csv ("shortcut,title,text\nrefund,Refund,New text\nhi,Hello,Hi\n", -1);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) again = read_csv ("shortcut,title,text\nhi,Hello,Hi\n", -1);

  add_response (library, "refund", "Refund", "", "Old text");
  lia_canned_import_compare (rows, library, &agent);
  g_assert_cmpint (nth (rows, 0)->verdict, ==, LIA_CANNED_IMPORT_ERROR);
  g_assert_cmpint (nth (rows, 1)->verdict, ==, LIA_CANNED_IMPORT_NEW);
  g_assert_cmpint (nth (rows, 1)->canned->state, ==, LIA_CANNED_DRAFT);
  after = imported (library, rows);
  lia_canned_import_compare (again, after, &agent);
  assert_verdicts (again, LIA_CANNED_IMPORT_SAME);
}

/* The same id elsewhere is another response. */
static void
test_ids (void)
{
  g_autoptr (GPtrArray) library = no_library ();
  g_autoptr (GPtrArray) rows = NULL;

  add_response (library, "refund", "Refund", "", "Money");
  add_response (library, "hours", "Hours", "", "Nine to five");
  rows = read_csv ("id,shortcut,title,text,language,formality\nr_100,refunds,Refund,Money,,\nr_101,other,Another,Something else,,\n", -1);
  lia_canned_import_compare (rows, library, &supervisor);
  g_assert_true (nth (rows, 0)->before == library->pdata[0]);
  g_assert_cmpint (nth (rows, 0)->changes, ==, LIA_CANNED_SHORTCUT);
  g_assert_cmpint (nth (rows, 1)->verdict, ==, LIA_CANNED_IMPORT_NEW);
  g_assert_cmpstr (nth (rows, 1)->canned->id, ==, "");
}

/* 10 000 responses, there and back, fast enough not to be noticed on a thread */
static void
test_many (void)
{
  g_autoptr (GPtrArray) library = no_library ();
  g_autoptr (GPtrArray) rows = NULL;
  gint64           start;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *shortcut = g_strdup_printf ("s%u", i);
      g_autofree char *title = g_strdup_printf ("Response %u", i);

      add_response (library, shortcut, title, "Folder", "Dear {{customer.first_name|customer}},\nthank you for your message, we shall answer \"soon\".\n");
    }
  start = g_get_monotonic_time ();
  text = lia_canned_export_csv (library);
  rows = read_csv (text, -1);
  lia_canned_import_compare (rows, library, &supervisor);
  assert_verdicts (rows, LIA_CANNED_IMPORT_SAME);
  g_assert_cmpuint (rows->len, ==, 10000);
  g_test_message ("10 000 responses written, read and compared in %.0f ms", (g_get_monotonic_time () - start) / 1000.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canned-import/csv", test_csv);
  g_test_add_func ("/canned-import/encodings", test_encodings);
  g_test_add_func ("/canned-import/huge-fields", test_huge_fields);
  g_test_add_func ("/canned-import/no-table", test_no_table);
  g_test_add_func ("/canned-import/other-desks", test_other_desks);
  g_test_add_data_func ("/canned-import/there-and-back/csv", way_csv, test_there_and_back);
  g_test_add_data_func ("/canned-import/there-and-back/json", way_json, test_there_and_back);
  g_test_add_data_func ("/canned-import/there-and-back/pages", read_pages, test_there_and_back);
  g_test_add_func ("/canned-import/written-twice", test_written_twice);
  g_test_add_func ("/canned-import/dry-run", test_dry_run);
  g_test_add_func ("/canned-import/rights", test_rights);
  g_test_add_func ("/canned-import/ids", test_ids);
  g_test_add_func ("/canned-import/many", test_many);

  return g_test_run ();
}
