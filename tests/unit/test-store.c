/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store's threads, its commits, and what happens when the disk or the file is not as it should be. */

#include "lia-async.h"
#include "lia-blobs.h"
#include "lia-migrations.h"
#include "lia-test-store.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static gboolean
write_setting (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  *result = g_strdup (data);

  return lia_db_exec (db, error, "INSERT INTO setting (key, value) VALUES ($1, $2)", "tt", data, "1");
}

static gboolean
write_and_fail (LiaDb    *db,
                gpointer  data,
                gpointer *result,
                GError  **error)
{
  if (!lia_db_exec (db, error, "INSERT INTO setting (key, value) VALUES ('half', '1')", ""))
    return FALSE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "no");

  return FALSE;
}

static gboolean
count_settings (LiaDb    *db,
                gpointer  data,
                gpointer *result,
                GError  **error)
{
  gint64 n = 0;

  if (!lia_db_get_int (db, &n, error, "SELECT count(*) FROM setting", ""))
    return FALSE;

  *result = GINT_TO_POINTER (n);

  return TRUE;
}

static gboolean
advance_head (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  return lia_db_exec (db, error, "UPDATE journal_head SET last_seq = last_seq + 1", "") &&
         lia_db_exec (db, error, "INSERT INTO journal (seq, at, kind, data) SELECT last_seq, 1, 'test', '{}' FROM journal_head", "");
}

static DexFuture *
write_key (LiaStore   *store,
           const char *key)
{
  return lia_store_write (store, write_setting, g_strdup (key), g_free, g_free);
}

static gint64
settings_of (LiaStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 n = GPOINTER_TO_INT (test_wait (lia_store_read (store, count_settings, NULL, NULL, NULL), &error));

  g_assert_no_error (error);

  return n;
}

static void
test_round_trip (TestStore    *self,
                 gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64           before = settings_of (self->store);
  g_autofree char *key = test_wait (write_key (self->store, "a"), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, "a");
  g_assert_cmpint (settings_of (self->store), ==, before + 1);
  g_assert_nonnull (lia_store_get_epoch (self->store));
}

static DexFuture *
write_twice (gpointer data)
{
  LiaStore *store = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = lia_store_await (write_key (store, "once"), &error);
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, "once");
  second = lia_store_await (write_key (store, "once"), &error);
  g_assert_null (second);
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_CONFLICT);

  return NULL;
}

static void
test_fiber (TestStore    *self,
            gconstpointer unused)
{
  DexFuture *fiber = lia_spawn (write_twice, self->store, NULL);

  test_settle (fiber);
  g_assert_cmpint (settings_of (self->store), ==, 1);
  dex_unref (fiber);
}

static void
test_one_fails_alone (TestStore    *self,
                      gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64           before = settings_of (self->store);
  DexFuture       *first = write_key (self->store, "a");
  DexFuture       *bad = lia_store_write (self->store, write_and_fail, NULL, NULL, NULL);
  DexFuture       *twice = write_key (self->store, "a");
  DexFuture       *last = write_key (self->store, "b");
  g_autofree char *a = test_wait (first, &error);
  g_autofree char *b = NULL;

  g_assert_no_error (error);
  g_assert_null (test_wait (bad, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (test_wait (twice, &error));
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  b = test_wait (last, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (b, ==, "b");
  g_assert_cmpint (settings_of (self->store), ==, before + 2);
}

static void
test_dropped (TestStore    *self,
              gconstpointer unused)
{
  gint64 before = settings_of (self->store);

  dex_unref (write_key (self->store, "nobody waits"));
  dex_unref (lia_store_read (self->store, count_settings, NULL, NULL, NULL));
  g_free (test_wait (write_key (self->store, "b"), NULL));
  g_assert_cmpint (settings_of (self->store), ==, before + 2);
}

static void
on_journal (LiaStore *store,
            gint64    head,
            gint64   *seen)
{
  g_assert_cmpint (head, >, seen[0]);
  seen[0] = head;
  seen[1]++;
}

static void
test_journal_signal (TestStore    *self,
                     gconstpointer unused)
{
  gint64     seen[2] = { 0, 0 };
  gint64     first;
  GError    *error = NULL;
  DexFuture *last = NULL;

  g_signal_connect (self->store, "journal", G_CALLBACK (on_journal), seen);
  test_wait (lia_store_write (self->store, advance_head, NULL, NULL, NULL), &error);
  g_assert_no_error (error);
  first = seen[0];
  g_assert_cmpint (first, >, 0);

  g_free (test_wait (write_key (self->store, "no journal"), &error));
  g_assert_cmpint (seen[1], ==, 1);

  for (guint i = 0; i < 500; i++)
    {
      dex_clear (&last);
      last = lia_store_write (self->store, advance_head, NULL, NULL, NULL);
    }
  test_wait (last, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seen[0], ==, first + 500);
  g_assert_cmpint (seen[1], <, 400);
}

static void
test_closed (TestStore    *self,
             gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  DexFuture *before = write_key (self->store, "before");
  DexFuture *after;

  lia_store_close (self->store);
  after = write_key (self->store, "after");
  g_free (test_wait (before, &error));
  g_assert_no_error (error);
  g_assert_null (test_wait (after, &error));
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL);
}

static void
assert_open_fails (const char   *directory,
                   LiaStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaStore) store = lia_store_open (directory, &error);

  g_assert_null (store);
  g_assert_error (error, LIA_STORE_ERROR, (int)code);
}

static void
test_in_use (TestStore    *self,
             gconstpointer unused)
{
  assert_open_fails (self->directory, LIA_STORE_ERROR_IN_USE);
}

static void
test_epoch_stays (TestStore    *self,
                  gconstpointer unused)
{
  g_autofree char *epoch = g_strdup (lia_store_get_epoch (self->store));
  g_autoptr (GError) error = NULL;

  lia_store_close (self->store);
  g_object_unref (self->store);
  self->store = lia_store_open (self->directory, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lia_store_get_epoch (self->store), ==, epoch);
}

static char *
close_and_get_file (TestStore *self)
{
  lia_store_close (self->store);

  return g_build_filename (self->directory, "liaison.db", NULL);
}

static void
test_newer (TestStore    *self,
            gconstpointer unused)
{
  g_autofree char *path = close_and_get_file (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaDb) db = lia_db_open (path, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (lia_db_script (db, "PRAGMA user_version = 9999", &error));
  g_clear_pointer (&db, lia_db_close);
  assert_open_fails (self->directory, LIA_STORE_ERROR_NEWER);
}

#define OLDER 4

/* As a program with fewer migrations has left it. */
static void
make_older (const char *path)
{
  static const char *const parts[] = { "", "-wal", "-shm" };
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaDb) db = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = g_strconcat (path, parts[i], NULL);
      g_unlink (part);
    }
  db = lia_db_open (path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (lia_migrations_run_some (db, OLDER, &error));
  g_assert_true (lia_db_script (db, "INSERT INTO setting (key, value) VALUES ('precious', '1')", &error));
  g_assert_no_error (error);
}

static void
test_copy_before_update (TestStore    *self,
                         gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (LiaDb) db = NULL;
  gint64 n = 0;

  path = close_and_get_file (self);
  copy = g_strconcat (path, ".before-update", NULL);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));

  make_older (path);
  g_object_unref (self->store);
  self->store = lia_store_open (self->directory, &error);
  g_assert_no_error (error);

  db = lia_db_open (copy, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (lia_db_get_int (db, &n, &error, "PRAGMA user_version", ""));
  g_assert_cmpint (n, ==, OLDER);
  g_assert_true (lia_db_get_int (db, &n, &error, "SELECT count (*) FROM setting WHERE key = 'precious'", ""));
  g_assert_cmpint (n, ==, 1);
}

/* Without a copy there is no way back: then the store stays as it is. */
static void
test_no_copy_no_update (TestStore    *self,
                        gconstpointer unused)
{
  g_autofree char *path = close_and_get_file (self);
  g_autofree char *part = g_strconcat (path, ".before-update.part", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaDb) db = NULL;
  gint64 version = 0;

  make_older (path);
  g_assert_cmpint (mkdir (part, 0700), ==, 0);
  assert_open_fails (self->directory, LIA_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (rmdir (part), ==, 0);

  db = lia_db_open (path, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (lia_db_get_int (db, &version, &error, "PRAGMA user_version", ""));
  g_assert_cmpint (version, ==, OLDER);
}

static void
overwrite (const char *path,
           goffset     at,
           gsize       length)
{
  g_autofree char *junk = g_malloc (length);
  int              fd = open (path, O_WRONLY | O_CLOEXEC);

  memset (junk, 0x5a, length);
  g_assert_cmpint (pwrite (fd, junk, length, at), ==, length);
  close (fd);
}

static void
test_corrupt (TestStore    *self,
              gconstpointer unused)
{
  g_autofree char *path = close_and_get_file (self);

  overwrite (path, 100, 3000);
  assert_open_fails (self->directory, LIA_STORE_ERROR_CORRUPT);
  overwrite (path, 0, 100);
  assert_open_fails (self->directory, LIA_STORE_ERROR_CORRUPT);
}

static void
test_read_only (TestStore    *self,
                gconstpointer unused)
{
  g_autofree char *path = close_and_get_file (self);

  if (geteuid () == 0)
    {
      g_test_skip ("root can write everywhere");
      return;
    }

  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  assert_open_fails (self->directory, LIA_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_cmpint (g_chmod (self->directory, 0500), ==, 0);
  assert_open_fails (self->directory, LIA_STORE_ERROR_READ_ONLY);
  g_assert_cmpint (g_chmod (self->directory, 0700), ==, 0);
}

static gboolean
write_big (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  return lia_db_exec (db, error, "INSERT INTO setting (key, value) SELECT 'big', hex (randomblob (2000000))", "");
}

/* No file may grow past a size, as on a full disk; the first write that fits again works. */
static void
test_full (TestStore    *self,
           gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64           before = settings_of (self->store);
  struct rlimit    limit = { 1000000, RLIM_INFINITY };
  g_autofree char *b = NULL;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  test_wait (lia_store_write (self->store, write_big, NULL, NULL, NULL), &error);
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_cmpint (settings_of (self->store), ==, before);

  limit.rlim_cur = RLIM_INFINITY;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  b = test_wait (write_key (self->store, "b"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (settings_of (self->store), ==, before + 1);
}

static void
test_blobs (TestStore    *self,
            gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) hello = g_bytes_new_static ("hello", 5);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  GBytes          *both[] = { hello, empty };
  char            *ids[] = { NULL, NULL };
  g_autofree char *again = NULL;
  g_autoptr (GBytes) read_back = NULL;
  g_autoptr (GBytes) read_empty = NULL;

  g_assert_true (lia_blobs_put_many (self->directory, both, 2, ids, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (ids[0], ==, "b_2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  again = lia_blobs_put (self->directory, hello, &error);
  g_assert_cmpstr (again, ==, ids[0]);
  read_back = lia_blobs_get (self->directory, ids[0], &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read_back, hello));
  read_empty = lia_blobs_get (self->directory, ids[1], &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_bytes_get_size (read_empty), ==, 0);

  g_assert_null (lia_blobs_get (self->directory, "b_../../../etc/passwd", &error));
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND);
  g_assert_null (lia_blobs_path (self->directory, NULL));
  g_free (ids[0]);
  g_free (ids[1]);
}

static void
test_blobs_full (TestStore    *self,
                 gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (200000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, 200000);
  struct rlimit    limit = { 100000, RLIM_INFINITY };
  g_autofree char *id = NULL;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_null (lia_blobs_put (self->directory, bytes, &error));
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_FULL);
  g_clear_error (&error);
  limit.rlim_cur = RLIM_INFINITY;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  id = lia_blobs_put (self->directory, bytes, &error);
  g_assert_no_error (error);
}

#define ADD(path, func) g_test_add ("/store/" path, TestStore, NULL, test_store_set_up, func, test_store_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  ADD ("round-trip", test_round_trip);
  ADD ("fiber", test_fiber);
  ADD ("one-fails-alone", test_one_fails_alone);
  ADD ("dropped", test_dropped);
  ADD ("journal-signal", test_journal_signal);
  ADD ("closed", test_closed);
  ADD ("in-use", test_in_use);
  ADD ("epoch-stays", test_epoch_stays);
  ADD ("newer", test_newer);
  ADD ("copy-before-update", test_copy_before_update);
  ADD ("no-copy-no-update", test_no_copy_no_update);
  ADD ("corrupt", test_corrupt);
  ADD ("read-only", test_read_only);
  ADD ("full", test_full);
  ADD ("blobs", test_blobs);
  ADD ("blobs-full", test_blobs_full);

  return g_test_run ();
}
