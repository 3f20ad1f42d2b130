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
  guint       n_rows;     /* that the engine was given, each key once */
  guint       n_reverted; /* and to take back */
} Fixture;

/* What the engine says of each: it refuses those called Refused, and does not take back those called Changed since. */
static JsonObject *
answer_row (Fixture    *self,
            JsonObject *row,
            guint       i)
{
  g_autoptr (GError) refusal = NULL;
  JsonObject *answer = json_object_new ();
  const char *title = "";
  const char *id = NULL;

  lia_json_str (row, "title", LIA_JSON_OPTIONAL, 100, &title, NULL);
  lia_json_str (row, "response", LIA_JSON_OPTIONAL, 100, &id, NULL);
  if (g_strcmp0 (title, "Refused") == 0)
    lia_problem_set_invalid (&refusal, "/title", "taken", "There is one already");
  else if (g_strcmp0 (id, "r_since") == 0)
    refusal = g_error_new_literal (LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "Changed again");
  if (refusal != NULL)
    json_object_set_object_member (answer, "problem", lia_wire_encode_problem (refusal, NULL));
  else
    {
      g_autofree char *new_id = g_strcmp0 (title, "Changed since") == 0 ? g_strdup ("r_since") : g_strdup_printf ("r_%u", self->n_rows + i);

      json_object_set_string_member (answer, "response", id != NULL ? id : new_id);
      json_object_set_int_member (answer, "ver", 1);
    }

  return answer;
}

static JsonObject *
answer_command (const char *kind,
                JsonObject *d,
                gpointer    data)
{
  Fixture    *self = data;
  JsonObject *answer = json_object_new ();
  JsonArray  *rows;
  JsonArray  *answers = json_array_new ();
  guint       n;

  g_assert_true (lia_json_arr (d, "responses", LIA_JSON_REQUIRED, 500, &rows, NULL));
  n = json_array_get_length (rows);
  for (guint i = 0; i < n; i++)
    json_array_add_object_element (answers, answer_row (self, json_array_get_object_element (rows, i), i));
  json_object_set_array_member (answer, "rows", answers);
  if (g_str_equal (kind, "response.import"))
    self->n_rows += n;
  else
    self->n_reverted += n;

  return answer;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->engine = fake_engine_new ();
  fake_engine_set_command (self->engine, answer_command, self);
  self->client = lia_client_new (fake_engine_get_address (self->engine), NULL);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->engine, fake_engine_free);
}

/* Two that cannot be, @titles, and @n more */
static GPtrArray *
make_rows_with (const char *titles,
                guint       n)
{
  static const LiaCannedImporter supervisor = { "a_1", TRUE };
  g_autoptr (GString) csv = g_string_new ("shortcut,title,text\n,,\nx,Wrong,\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) library = g_ptr_array_new ();
  GPtrArray *rows;

  g_string_append (csv, titles);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "s%u,Title %u,Text\n", i, i);
  bytes = g_bytes_new (csv->str, csv->len);
  rows = lia_canned_import_csv (bytes);
  lia_canned_import_compare (rows, library, &supervisor);

  return rows;
}

static GPtrArray *
make_rows (guint n)
{
  return make_rows_with ("", n);
}

static void
wait_for_end (LiaResponsesImport *import)
{
  wait_until (lia_responses_import_get_state (import) == LIA_RESPONSES_IMPORT_DONE);
}

static void
test_saved_once (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows (2000);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);

  g_assert_cmpuint (lia_responses_import_get_figures (import).total, ==, 2000);
  fake_engine_lose_answers (self->engine, 5);
  lia_responses_import_start (import);
  wait_for_end (import);
  g_assert_cmpuint (lia_responses_import_get_figures (import).added, ==, 2000);
  g_assert_cmpuint (self->n_rows, ==, 2000);
  g_assert_cmpuint (fake_engine_count_commands (self->engine), ==, 10);
  g_assert_cmpuint (fake_engine_count_attempts (self->engine), >, 10);
}

/* A command has a limit of size: long texts are fewer to a command. */
static void
test_long_texts (Fixture      *self,
                 gconstpointer data)
{
  g_autofree char *text = g_strnfill (60000, 'x');
  g_autofree char *titles = g_strdup_printf ("l1,Long,%s\nl2,Longer,%s\nl3,Longest,%s\nl4,Four,%s\nl5,Five,%s\n", text, text, text, text, text);
  g_autoptr (GPtrArray) rows = make_rows_with (titles, 10);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);

  lia_responses_import_start (import);
  wait_for_end (import);
  g_assert_cmpuint (lia_responses_import_get_figures (import).added, ==, 15);
  g_assert_cmpuint (fake_engine_count_commands (self->engine), ==, 2);
}

static guint
count_errors (LiaResponsesImport *import,
              GPtrArray          *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += lia_responses_import_get_error (import, rows->pdata[i]) != NULL;

  return n;
}

static void
test_refused (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows_with ("no,Refused,Text\n", 20);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);

  lia_responses_import_start (import);
  wait_for_end (import);
  g_assert_cmpuint (lia_responses_import_get_figures (import).added, ==, 20);
  g_assert_cmpuint (lia_responses_import_get_figures (import).refused, ==, 1);
  g_assert_cmpuint (count_errors (import, rows), ==, 1);
}

/* What is said against a whole command holds for each of it. */
static void
test_all_refused (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows (300);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);

  fake_engine_refuse_next (self->engine, LIA_PROBLEM_FORBIDDEN);
  lia_responses_import_start (import);
  wait_for_end (import);
  g_assert_cmpuint (count_errors (import, rows), ==, lia_responses_import_get_figures (import).refused);
  g_assert_cmpuint (lia_responses_import_get_figures (import).refused, >=, 100);
  g_assert_cmpuint (lia_responses_import_get_figures (import).done, ==, 300);
}

static void
test_stopped (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows (2000);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);

  lia_responses_import_start (import);
  wait_until (lia_responses_import_get_figures (import).done >= 400);
  lia_responses_import_stop (import);
  g_assert_cmpint (lia_responses_import_get_state (import), ==, LIA_RESPONSES_IMPORT_WAITING);
  lia_responses_import_start (import);
  lia_responses_import_stop (import);
  lia_responses_import_start (import);
  g_assert_cmpuint (lia_responses_import_get_figures (import).done, <, 2000);
  wait_for_end (import);
  g_assert_cmpuint (lia_responses_import_get_figures (import).added, ==, 2000);
  g_assert_cmpuint (self->n_rows, ==, 2000);
}

/* An engine that fails is no reason to lose rows: the import waits, and goes on when it is told to. */
static void
test_fails_and_goes_on (Fixture      *self,
                        gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows (500);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);

  fake_engine_refuse_next (self->engine, LIA_PROBLEM_STORE_FULL);
  lia_responses_import_start (import);
  wait_until (lia_responses_import_get_state (import) == LIA_RESPONSES_IMPORT_WAITING);
  g_assert_cmpuint (lia_responses_import_get_figures (import).refused, ==, 0);
  lia_responses_import_start (import);
  wait_for_end (import);
  g_assert_cmpuint (lia_responses_import_get_figures (import).added, ==, 500);
  g_assert_cmpuint (self->n_rows, ==, 500);
}

static void
test_taken_back (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (GPtrArray) rows = make_rows_with ("no,Refused,Text\nyes,Changed since,Text\n", 600);
  g_autoptr (LiaResponsesImport) import = lia_responses_import_new (self->client, rows);

  lia_responses_import_start (import);
  wait_for_end (import);
  fake_engine_lose_answers (self->engine, 2);
  lia_responses_import_undo (import);
  g_assert_true (lia_responses_import_is_undo (import));
  wait_for_end (import);
  g_assert_cmpuint (self->n_reverted, ==, 601);
  g_assert_cmpuint (lia_responses_import_get_figures (import).undone, ==, 600);
  g_assert_cmpuint (lia_responses_import_get_figures (import).kept, ==, 1);
  g_assert_cmpuint (count_errors (import, rows), ==, 2);

  lia_responses_import_undo (import); /* once */
  g_assert_cmpint (lia_responses_import_get_state (import), ==, LIA_RESPONSES_IMPORT_DONE);
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
  g_test_add ("/responses-import/long-texts", Fixture, NULL, set_up, test_long_texts, tear_down);
  g_test_add ("/responses-import/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/responses-import/all-refused", Fixture, NULL, set_up, test_all_refused, tear_down);
  g_test_add ("/responses-import/stopped", Fixture, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/responses-import/fails-and-goes-on", Fixture, NULL, set_up, test_fails_and_goes_on, tear_down);
  g_test_add ("/responses-import/taken-back", Fixture, NULL, set_up, test_taken_back, tear_down);
  g_test_add_func ("/responses-import/folder", test_folder);
  g_test_add_data_func ("/responses-import/csv", GINT_TO_POINTER (LIA_RESPONSES_CSV), test_files);
  g_test_add_data_func ("/responses-import/json", GINT_TO_POINTER (LIA_RESPONSES_JSON), test_files);
  g_test_add_func ("/responses-import/no-file", test_no_file);

  return g_test_run ();
}
