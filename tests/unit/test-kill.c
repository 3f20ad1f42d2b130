/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the store has acknowledged survives kill -9. A child writes as fast as it can and reports each acknowledged event through a pipe; the
 * parent kills it, at random or at a named crash point, opens the store and looks. LIAISON_KILL_ROUNDS says how often (default 24).
 */

#include "lia-journal.h"
#include "lia-queries.h"
#include "lia-test-store.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define IN_FLIGHT 40

static GMainLoop *loop;
static LiaStore  *child_store;

static gboolean
write_entry (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  LiaJournalEvent event = {
    .kind = "entry.added",
    .conversation_id = 4,
    .data = "{\"kind\":\"email\",\"dir\":\"in\",\"text\":\"Some words that are found\",\"d\":{}}",
  };
  gint64 seq = lia_journal_append (db, &event, error);

  *result = g_memdup2 (&seq, sizeof seq);

  return seq != 0;
}

static void start_one (void);

static DexFuture *
on_acknowledged (DexFuture *future,
                 gpointer   data)
{
  g_autofree gint64 *seq = lia_store_take (future, NULL);

  g_assert_nonnull (seq);
  g_assert_cmpint (write (STDOUT_FILENO, seq, sizeof *seq), ==, sizeof *seq);
  start_one ();

  return NULL;
}

static void
start_one (void)
{
  DexFuture *future = lia_store_write (child_store, write_entry, NULL, NULL, g_free);

  dex_future_disown (dex_future_finally (future, on_acknowledged, NULL, NULL));
}

static int
run_child (const char *directory)
{
  g_autoptr (GError) error = NULL;

  child_store = lia_store_open (directory, &error);
  g_assert_no_error (error);
  loop = g_main_loop_new (NULL, FALSE);
  for (guint i = 0; i < IN_FLIGHT; i++)
    start_one ();
  g_main_loop_run (loop);

  return 0;
}

static gboolean
write_beginning (LiaDb    *db,
                 gpointer  data,
                 gpointer *result,
                 GError  **error)
{
  LiaJournalEvent customer = { .kind = "customer.created", .data = "{\"name\":\"Ann\"}" };
  LiaJournalEvent conversation = { .kind = "conversation.created", .customer_id = 3, .data = "{\"channel\":\"email\"}" };

  return lia_journal_append (db, &customer, error) == 3 && lia_journal_append (db, &conversation, error) == 4;
}

static gboolean
look (LiaDb    *db,
      gpointer  data,
      gpointer *result,
      GError  **error)
{
  gint64           head = lia_query_head (db, error);
  gint64           n_events = 0;
  gint64           n_entries = 0;
  gint64           n_found = 0;
  gint64           n_counted = 0;
  g_autofree char *check = lia_db_get_text (db, error, "PRAGMA quick_check", "");

  if (check == NULL || !lia_db_get_int (db, &n_events, error, "SELECT count (*) FROM journal", "") ||
      !lia_db_get_int (db, &n_entries, error, "SELECT count (*) FROM entry", "") ||
      !lia_db_get_int (db, &n_found, error, "SELECT count (*) FROM entry_words WHERE entry_words MATCH 'words'", "") ||
      !lia_db_get_int (db, &n_counted, error, "SELECT entries FROM conversation WHERE id = 4", ""))
    return FALSE;

  g_assert_cmpstr (check, ==, "ok");
  g_assert_cmpint (n_events, ==, head);
  g_assert_cmpint (n_entries, ==, head - 4);
  g_assert_cmpint (n_found, ==, n_entries);
  g_assert_cmpint (n_counted, ==, n_entries);
  *result = g_memdup2 (&head, sizeof head);

  return TRUE;
}

static gint64
look_into (const char *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaStore) store = lia_store_open (directory, &error);
  g_autofree gint64 *head = NULL;

  g_assert_no_error (error);
  head = test_wait (lia_store_read (store, look, NULL, NULL, g_free), &error);
  g_assert_no_error (error);
  lia_store_close (store);

  return *head;
}

/* The greatest number that was acknowledged until the end of the pipe. */
static gint64
read_acknowledged (int    fd,
                   pid_t  pid,
                   gint64 kill_at_us)
{
  gint64 last = 0;
  gint64 seq;

  while (read (fd, &seq, sizeof seq) == sizeof seq)
    {
      g_assert_cmpint (seq, >, last);
      last = seq;
      if (kill_at_us != 0 && g_get_monotonic_time () >= kill_at_us)
        kill (pid, SIGKILL);
    }

  return last;
}

static pid_t
start_child (const char *program,
             const char *directory,
             const char *crash_at,
             int        *fd)
{
  int   ends[2];
  pid_t pid;

  g_assert_cmpint (pipe (ends), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      if (crash_at != NULL)
        setenv ("LIAISON_CRASH_AT", crash_at, 1);
      execl (program, program, "--child", directory, NULL);
      _exit (127);
    }

  close (ends[1]);
  *fd = ends[0];

  return pid;
}

static void
test_kill (gconstpointer program)
{
  static const char *const places[] = { "store-before-commit", "store-after-commit" };
  const char              *rounds = g_getenv ("LIAISON_KILL_ROUNDS");
  guint                    n_rounds = rounds != NULL ? (guint)g_ascii_strtoull (rounds, NULL, 10) : 24;
  TestStore                start;
  gint64                   head = 4;

  test_store_set_up (&start, NULL);
  test_wait (lia_store_write (start.store, write_beginning, NULL, NULL, NULL), NULL);
  lia_store_close (start.store);

  for (guint i = 0; i < n_rounds; i++)
    {
      g_autofree char *crash_at = i % 3 == 2 ? g_strdup_printf ("%s:%d", places[i / 3 % 2], g_test_rand_int_range (1, 20)) : NULL;
      gint64           kill_at = crash_at == NULL ? g_get_monotonic_time () + g_test_rand_int_range (1000, 80000) : 0;
      gint64           acknowledged;
      gint64           now;
      int              fd;
      pid_t            pid = start_child (program, start.directory, crash_at, &fd);

      acknowledged = read_acknowledged (fd, pid, kill_at);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      close (fd);

      now = look_into (start.directory);
      g_assert_cmpint (now, >=, acknowledged);
      g_assert_cmpint (now, >=, head);
      head = now;
    }

  g_test_message ("%u rounds, %" G_GINT64_FORMAT " events, none lost", n_rounds, head);
  test_store_tear_down (&start, NULL);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  if (argc == 3 && strcmp (argv[1], "--child") == 0)
    return run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/kill", argv[0], test_kill);

  return g_test_run ();
}
