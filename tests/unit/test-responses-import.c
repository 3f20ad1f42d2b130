/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An import that is carried out against an engine that fails on request, and libraries as files and folders. */

#include "fake-engine.h"
#include "lia-test-wait.h"
#include "lia-responses-files.h"
#include "lia-responses-import.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  FakeEngine *engine;
  LiaClient  *client;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->engine = fake_engine_new ();
  self->client = lia_client_new (fake_engine_get_address (self->engine), NULL);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->engine, fake_engine_free);
}

static GPtrArray *
make_rows (guint n)
{
  static const LiaCannedImporter supervisor = { "a_1", TRUE };
  g_autoptr (GString) csv = g_string_new ("shortcut,title,text\n,,\nx,Wrong,\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) library = g_ptr_array_new ();
  GPtrArray *rows;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "s%u,Title %u,Text\n", i, i);
  bytes = g_bytes_new (csv->str, csv->len);
  rows = lia_canned_import_csv (bytes);
  lia_canned_import_compare (rows, library, &supervisor);

  return rows;
}

static void
test_saved_once (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows (100);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);

  g_assert_cmpuint (lia_responses_import_get_total (import), ==, 100);
  fake_engine_lose_answers (self->engine, 5);
  lia_responses_import_start (import);
  wait_until (lia_responses_import_get_state (import) == LIA_RESPONSES_IMPORT_DONE);
  g_assert_cmpuint (lia_responses_import_get_saved (import), ==, 100);
  g_assert_cmpuint (fake_engine_count_commands (self->engine), ==, 100);
  g_assert_cmpuint (fake_engine_count_attempts (self->engine), >, 100);
}

static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows (20);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);
  guint n_errors = 0;

  fake_engine_refuse_next (self->engine, LIA_PROBLEM_VALIDATION);
  lia_responses_import_start (import);
  wait_until (lia_responses_import_get_state (import) == LIA_RESPONSES_IMPORT_DONE);
  g_assert_cmpuint (lia_responses_import_get_saved (import), ==, 19);
  g_assert_cmpuint (lia_responses_import_get_refused (import), ==, 1);
  for (guint i = 0; i < rows->len; i++)
    n_errors += lia_responses_import_get_error (import, rows->pdata[i]) != NULL;
  g_assert_cmpuint (n_errors, ==, 1);
}

static void
test_stopped (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows (200);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);
  guint n_saved;

  lia_responses_import_start (import);
  wait_until (lia_responses_import_get_saved (import) >= 20);
  lia_responses_import_stop (import);
  g_assert_cmpint (lia_responses_import_get_state (import), ==, LIA_RESPONSES_IMPORT_WAITING);
  lia_responses_import_start (import);
  lia_responses_import_stop (import);
  lia_responses_import_start (import);
  n_saved = lia_responses_import_get_saved (import);
  g_assert_cmpuint (n_saved, <, 200);
  wait_until (lia_responses_import_get_state (import) == LIA_RESPONSES_IMPORT_DONE);
  g_assert_cmpuint (lia_responses_import_get_saved (import), ==, 200);
  g_assert_cmpuint (fake_engine_count_commands (self->engine), ==, 200);
}

/* An engine that fails is no reason to lose rows: the import waits, and goes on when it is told to. */
static void
test_fails_and_goes_on (Fixture      *self,
                        gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows (50);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);

  fake_engine_refuse_next (self->engine, LIA_PROBLEM_STORE_FULL);
  lia_responses_import_start (import);
  wait_until (lia_responses_import_get_state (import) == LIA_RESPONSES_IMPORT_WAITING);
  g_assert_cmpuint (lia_responses_import_get_refused (import), ==, 0);
  lia_responses_import_start (import);
  wait_until (lia_responses_import_get_state (import) == LIA_RESPONSES_IMPORT_DONE);
  g_assert_cmpuint (lia_responses_import_get_saved (import), ==, 50);
  g_assert_cmpuint (fake_engine_count_commands (self->engine), ==, 50);
}

/* (transfer full) what a future comes to, or NULL */
static GPtrArray *
wait_for_rows (DexFuture *future)
{
  GPtrArray    *rows = NULL;
  const GValue *value;

  wait_until (!dex_future_is_pending (future));
  value = dex_future_get_value (future, NULL);
  if (value != NULL)
    rows = g_value_dup_boxed (value);
  dex_unref (future);

  return rows;
}

static void
write_library (GFile             *file,
               LiaResponsesFormat format,
               GPtrArray         *library)
{
  g_autoptr (DexFuture) future = lia_responses_write_files (file, format, library);
  g_autoptr (GError) error = NULL;

  wait_until (!dex_future_is_pending (future));
  dex_future_get_value (future, &error);
  g_assert_no_error (error);
}

static GPtrArray *
make_library (void)
{
  g_autoptr (GPtrArray) rows = make_rows (5);
  GPtrArray *library = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      LiaCannedImportRow *row = rows->pdata[i];

      if (row->verdict != LIA_CANNED_IMPORT_NEW)
        continue;
      row->canned->id = (g_free (row->canned->id), g_strdup_printf ("r_%u", i));
      row->canned->folder = (g_free (row->canned->folder), g_strdup (i % 2 ? "Odd" : "Even/ones"));
      g_ptr_array_add (library, g_object_ref (row->canned));
    }

  return library;
}

static char *
listing (GFile *folder)
{
  g_autofree char *path = g_file_get_path (folder);
  g_autofree char *command = g_strdup_printf ("cd '%s' && find . -type f -printf '%%P %%T@ ' -exec cat {} + | sort", path);
  const char      *arguments[] = { "sh", "-c", command, NULL };
  char            *out = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL));

  return out;
}

static void
test_folder (void)
{
  g_autofree char *path = g_dir_make_tmp ("responses-XXXXXX", NULL);
  g_autoptr (GFile) root = g_file_new_for_path (path);
  g_autoptr (GFile) readme = g_file_get_child (root, "README.txt");
  g_autoptr (GFile) moved = g_file_resolve_relative_path (root, "Odd/s1.txt");
  g_autoptr (GPtrArray) library = make_library ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_true (g_file_replace_contents (readme, "Mine", 4, NULL, FALSE, 0, NULL, NULL, NULL));
  write_library (root, LIA_RESPONSES_FOLDER, library);
  first = listing (root);
  write_library (root, LIA_RESPONSES_FOLDER, library);
  second = listing (root);
  g_assert_cmpstr (first, ==, second); /* not even the times are others */

  rows = wait_for_rows (lia_responses_read_files (root, library, "a_1", TRUE));
  g_assert_cmpuint (rows->len, ==, 6);
  for (guint i = 0; i < rows->len; i++)
    {
      LiaCannedImportRow *row = rows->pdata[i];

      g_assert_cmpint (row->verdict, ==, g_str_equal (row->file, "README.txt") ? LIA_CANNED_IMPORT_ERROR : LIA_CANNED_IMPORT_SAME);
    }

  /* What moved is not there twice; what is not ours stays. */
  for (guint i = 0; i < library->len; i++)
    {
      LiaCanned *canned = library->pdata[i];

      g_free (canned->folder);
      canned->folder = g_strdup ("Moved");
    }
  write_library (root, LIA_RESPONSES_FOLDER, library);
  g_assert_false (g_file_query_exists (moved, NULL));
  g_assert_true (g_file_query_exists (readme, NULL));
}

static void
test_files (gconstpointer data)
{
  LiaResponsesFormat format = GPOINTER_TO_INT (data);
  g_autofree char   *path = g_dir_make_tmp ("responses-XXXXXX", NULL);
  g_autoptr (GFile) root = g_file_new_for_path (path);
  g_autoptr (GFile) file = g_file_get_child (root, format == LIA_RESPONSES_CSV ? "a.csv" : "a.json");
  g_autoptr (GPtrArray) library = make_library ();
  g_autoptr (GPtrArray) rows = NULL;

  write_library (file, format, library);
  rows = wait_for_rows (lia_responses_read_files (file, library, "a_1", TRUE));
  g_assert_cmpuint (rows->len, ==, 5);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((LiaCannedImportRow *)rows->pdata[i])->verdict, ==, LIA_CANNED_IMPORT_SAME);
}

static void
test_no_file (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/a.csv");
  g_autoptr (GPtrArray) library = g_ptr_array_new ();

  g_assert_null (wait_for_rows (lia_responses_read_files (file, library, "a_1", TRUE)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add ("/responses-import/saved-once", Fixture, NULL, set_up, test_saved_once, tear_down);
  g_test_add ("/responses-import/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/responses-import/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/responses-import/fails-and-goes-on", Fixture, NULL, set_up, test_fails_and_goes_on, tear_down);
  g_test_add_func ("/responses-import/folder", test_folder);
  g_test_add_data_func ("/responses-import/csv", GINT_TO_POINTER (LIA_RESPONSES_CSV), test_files);
  g_test_add_data_func ("/responses-import/json", GINT_TO_POINTER (LIA_RESPONSES_JSON), test_files);
  g_test_add_func ("/responses-import/no-file", test_no_file);

  return g_test_run ();
}
