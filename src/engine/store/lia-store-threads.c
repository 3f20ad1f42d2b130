/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What runs on the store's threads.
 *
 * The writer takes all that waits (up to MAX_BATCH), runs each job in a savepoint, commits once, and hands the batch back to the main context in
 * one wake-up: so throughput does not depend on how fast the disk syncs. An error that ends the transaction (disk full) fails the whole batch.
 *
 * The write-ahead log is folded in from a thread of its own, without disturbing anybody; only when it has grown past 64 MB does the writer
 * insist between two commits (measured: inline checkpoints cost 50 ms at p99).
 */

#include "lia-store-threads.h"

#include "lia-crash-point.h"
#include "lia-entry-words.h"

#define MAX_BATCH 256
#define CHECKPOINT_PAGES 1000
#define RESTART_PAGES 16384
#define CHECKPOINT_PAUSE_US (200 * 1000)

LiaStoreJob lia_store_end;

typedef struct
{
  GPtrArray *jobs;
  LiaStore  *store;
  gint64     head; /* 0 = unchanged */
} Finished;

static void
finished_free (gpointer data)
{
  Finished *finished = data;

  g_ptr_array_unref (finished->jobs);
  g_clear_object (&finished->store);
  g_free (finished);
}

static gboolean
on_finished (gpointer data)
{
  Finished *finished = data;

  for (guint i = 0; i < finished->jobs->len; i++)
    lia_store_job_finish (g_ptr_array_index (finished->jobs, i));

  if (finished->head != 0 && finished->store != NULL)
    lia_store_emit_journal (finished->store, finished->head);

  return G_SOURCE_REMOVE;
}

static void
finish_on_main (LiaStoreThreads *threads,
                GPtrArray       *jobs,
                gint64           head)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Finished *finished = g_new0 (Finished, 1);

  finished->jobs = jobs;
  finished->head = head;
  if (head != 0)
    finished->store = g_weak_ref_get (&threads->store);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "store results");
  g_source_set_callback (source, on_finished, finished, finished_free);
  g_source_attach (source, threads->context);
}

static void
roll_back (LiaDb *db)
{
  g_autoptr (GError) error = NULL;

  if (lia_db_in_transaction (db) && !lia_db_exec (db, &error, "ROLLBACK", ""))
    g_warning ("Rolling back: %s", error->message);
}

static void
run_job (LiaStoreJob *job,
         LiaDb       *db)
{
  g_autoptr (GError) error = NULL;

  lia_entry_words_keep (db);
  lia_store_job_run (job, db);

  if (job->error != NULL)
    lia_entry_words_drop (db);
  else if (!lia_entry_words_write (db, &error))
    lia_store_job_fail (job, error);
}

/* FALSE when the transaction is gone, or cannot go on. */
static gboolean
run_in_savepoint (LiaDb       *db,
                  LiaStoreJob *job,
                  GError     **error)
{
  if (!lia_db_exec (db, error, "SAVEPOINT job", ""))
    return FALSE;

  run_job (job, db);

  if (!lia_db_in_transaction (db))
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "A job ended the transaction");
      if (job->error != NULL)
        {
          g_clear_error (error);
          g_propagate_error (error, g_error_copy (job->error));
        }
      return FALSE;
    }

  if (job->error != NULL && !lia_db_exec (db, error, "ROLLBACK TO job", ""))
    return FALSE;

  return lia_db_exec (db, error, "RELEASE job", "");
}

/* A lone job needs no savepoint, which is dear: SQLite walks through all that it would undo at the end of many a statement. */
static gboolean
run_alone (LiaDb       *db,
           LiaStoreJob *job,
           GError     **error)
{
  run_job (job, db);

  if (job->error != NULL)
    g_propagate_error (error, g_error_copy (job->error));
  else if (!lia_db_in_transaction (db))
    g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "A job ended the transaction");

  return job->error == NULL && lia_db_in_transaction (db);
}

static gboolean
run_all (LiaDb     *db,
         GPtrArray *jobs,
         GError   **error)
{
  if (jobs->len == 1)
    return run_alone (db, g_ptr_array_index (jobs, 0), error);

  for (guint i = 0; i < jobs->len; i++)
    {
      if (!run_in_savepoint (db, g_ptr_array_index (jobs, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
commit_batch (LiaDb     *db,
              GPtrArray *jobs,
              gint64    *head,
              GError   **error)
{
  if (!lia_db_exec (db, error, "BEGIN IMMEDIATE", "") ||
      !run_all (db, jobs, error) ||
      !lia_db_get_int (db, head, error, "SELECT last_seq FROM journal_head", ""))
    return FALSE;

  lia_crash_point ("store-before-commit");
  if (!lia_db_exec (db, error, "COMMIT", ""))
    return FALSE;
  lia_crash_point ("store-after-commit");

  return TRUE;
}

static void
write_batch (LiaStoreThreads *threads,
             LiaDb           *db,
             GPtrArray       *jobs)
{
  g_autoptr (GError) error = NULL;
  gint64 head = threads->head;

  if (!commit_batch (db, jobs, &head, &error))
    {
      roll_back (db);
      head = threads->head;
      for (guint i = 0; i < jobs->len; i++)
        lia_store_job_fail (g_ptr_array_index (jobs, i), error);
    }

  finish_on_main (threads, jobs, head != threads->head ? head : 0);
  threads->head = head;
}

static void
care_for_log (LiaStoreThreads *threads,
              LiaDb           *db,
              int              n_pages)
{
  g_autoptr (GError) error = NULL;

  if (n_pages > RESTART_PAGES && !lia_db_checkpoint (db, LIA_DB_CHECKPOINT_RESTART, &error))
    g_warning ("Folding in the store's log: %s", error->message);

  if (n_pages < CHECKPOINT_PAGES)
    return;

  g_mutex_lock (&threads->mutex);
  threads->checkpoint = TRUE;
  g_cond_signal (&threads->checkpoint_wanted);
  g_mutex_unlock (&threads->mutex);
}

/** lia_store_writer: ends when it meets lia_store_end, after all that was asked for before. */
gpointer
lia_store_writer (gpointer data)
{
  g_autofree LiaStoreThread *self = data;
  LiaStoreJob               *job = g_async_queue_pop (self->threads->writes);
  int                        n_pages = 0;

  lia_db_watch_log (self->db, &n_pages);

  while (job != &lia_store_end)
    {
      GPtrArray *jobs = g_ptr_array_new ();

      while (job != NULL && job != &lia_store_end)
        {
          g_ptr_array_add (jobs, job);
          job = jobs->len < MAX_BATCH ? g_async_queue_try_pop (self->threads->writes) : NULL;
        }

      n_pages = 0;
      write_batch (self->threads, self->db, jobs);
      care_for_log (self->threads, self->db, n_pages);

      if (job == NULL)
        job = g_async_queue_pop (self->threads->writes);
    }

  lia_db_script (self->db, "PRAGMA optimize", NULL);
  lia_db_close (self->db);

  return NULL;
}

static void
read_one (LiaDb       *db,
          LiaStoreJob *job)
{
  g_autoptr (GError) error = NULL;

  if (!lia_db_exec (db, &error, "BEGIN", ""))
    {
      lia_store_job_fail (job, error);
      return;
    }

  lia_store_job_run (job, db);
  roll_back (db);
}

/** lia_store_reader: two run; each job sees the store as it was when it began. */
gpointer
lia_store_reader (gpointer data)
{
  g_autofree LiaStoreThread *self = data;
  LiaStoreJob               *job;

  while ((job = g_async_queue_pop (self->threads->reads)) != &lia_store_end)
    {
      GPtrArray *jobs = g_ptr_array_new ();

      g_ptr_array_add (jobs, job);
      read_one (self->db, job);
      finish_on_main (self->threads, jobs, 0);
    }

  lia_db_close (self->db);

  return NULL;
}

/** lia_store_checkpointer: folds the log in when the writer says so, at most five times a second, and once at the end. */
gpointer
lia_store_checkpointer (gpointer data)
{
  g_autofree LiaStoreThread *self = data;
  LiaStoreThreads           *threads = self->threads;

  g_mutex_lock (&threads->mutex);
  while (!threads->stop)
    {
      gint64 until;

      if (!threads->checkpoint)
        {
          g_cond_wait (&threads->checkpoint_wanted, &threads->mutex);
          continue;
        }

      threads->checkpoint = FALSE;
      g_mutex_unlock (&threads->mutex);
      lia_db_checkpoint (self->db, LIA_DB_CHECKPOINT_PASSIVE, NULL);
      g_mutex_lock (&threads->mutex);

      until = g_get_monotonic_time () + CHECKPOINT_PAUSE_US;
      while (!threads->stop && g_cond_wait_until (&threads->checkpoint_wanted, &threads->mutex, until))
        ;
    }
  g_mutex_unlock (&threads->mutex);

  lia_db_checkpoint (self->db, LIA_DB_CHECKPOINT_TRUNCATE, NULL);
  lia_db_close (self->db);

  return NULL;
}
