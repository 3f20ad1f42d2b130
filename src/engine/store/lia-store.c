/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Opens and closes the store: directory, lock, migrations, sanity, threads (lia-store-threads.c). Main thread only.
 */

#include "lia-store.h"

#include "lia-first-start.h"
#include "lia-migrations.h"
#include "lia-store-threads.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#define FILE_NAME "liaison.db"
#define N_READERS 2
#define MAX_WAITING 10000 /* then callers are told to come back: BUSY */

struct _LiaStore
{
  GObject parent_instance;

  char            *directory;
  char            *epoch;
  int              lock; /* descriptor of the locked directory, -1 = closed */
  LiaStoreThreads *threads;
  GThread         *writer;
  GThread         *readers[N_READERS];
  GThread         *checkpointer;
};

G_DEFINE_FINAL_TYPE (LiaStore, lia_store, G_TYPE_OBJECT)

enum {
  JOURNAL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
threads_free (LiaStoreThreads *threads)
{
  g_weak_ref_clear (&threads->store);
  g_mutex_clear (&threads->mutex);
  g_cond_clear (&threads->checkpoint_wanted);
  g_async_queue_unref (threads->writes);
  g_async_queue_unref (threads->reads);
  g_main_context_unref (threads->context);
  g_free (threads->path);
  g_free (threads);
}

/**
 * lia_store_close:
 *
 * Finishes what was asked for, folds the log into the file and lets go of the lock. Blocks for that. Futures that are still open are settled
 * when the main context runs next; later calls are rejected.
 */
void
lia_store_close (LiaStore *self)
{
  if (self->lock < 0)
    return;

  if (self->threads != NULL)
    {
      g_async_queue_push (self->threads->writes, &lia_store_end);
      for (guint i = 0; i < N_READERS; i++)
        g_async_queue_push (self->threads->reads, &lia_store_end);
      g_thread_join (g_steal_pointer (&self->writer));
      for (guint i = 0; i < N_READERS; i++)
        g_thread_join (g_steal_pointer (&self->readers[i]));

      g_mutex_lock (&self->threads->mutex);
      self->threads->stop = TRUE;
      g_cond_signal (&self->threads->checkpoint_wanted);
      g_mutex_unlock (&self->threads->mutex);
      g_thread_join (g_steal_pointer (&self->checkpointer));
      g_clear_pointer (&self->threads, threads_free);
    }

  close (self->lock);
  self->lock = -1;
}

static void
lia_store_finalize (GObject *object)
{
  LiaStore *self = LIA_STORE (object);

  lia_store_close (self);
  g_free (self->directory);
  g_free (self->epoch);

  G_OBJECT_CLASS (lia_store_parent_class)->finalize (object);
}

static void
lia_store_class_init (LiaStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_store_finalize;

  signals[JOURNAL] = g_signal_new ("journal", LIA_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
lia_store_init (LiaStore *self)
{
  self->lock = -1;
}

void
lia_store_emit_journal (LiaStore *self,
                        gint64    head)
{
  g_signal_emit (self, signals[JOURNAL], 0, head);
}

static gboolean
fail_errno (GError    **error,
            const char *doing)
{
  int           saved = errno;
  LiaStoreError code = LIA_STORE_ERROR_INTERNAL;

  if (saved == EACCES || saved == EROFS || saved == EPERM || saved == ENOTDIR)
    code = LIA_STORE_ERROR_READ_ONLY;
  else if (saved == ENOSPC || saved == EDQUOT)
    code = LIA_STORE_ERROR_FULL;

  g_set_error (error, LIA_STORE_ERROR, code, "%s: %s", doing, g_strerror (saved));

  return FALSE;
}

static gboolean
lock_directory (LiaStore *self,
                GError  **error)
{
  if (g_mkdir_with_parents (self->directory, 0700) != 0)
    return fail_errno (error, "Making the store's directory");

  self->lock = open (self->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->lock < 0)
    return fail_errno (error, "Opening the store's directory");

  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  if (errno != EWOULDBLOCK)
    return fail_errno (error, "Locking the store's directory");

  g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_IN_USE, "Another engine has %s open", self->directory);

  return FALSE;
}

/* Cheap enough for every start: a damaged header, schema or end of the journal shows here; the rest is for the nightly check of a copy. */
static gboolean
check_sanity (LiaDb   *db,
              gint64  *head,
              GError **error)
{
  gint64 last = 0;

  if (!lia_db_get_int (db, head, error, "SELECT last_seq FROM journal_head WHERE one = 1", "") ||
      !lia_db_get_int (db, &last, error, "SELECT max(seq) FROM journal", ""))
    {
      if (g_error_matches (*error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND) ||
          g_error_matches (*error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL))
        (*error)->code = LIA_STORE_ERROR_CORRUPT;
      return FALSE;
    }

  if (*head == last)
    return TRUE;

  g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_CORRUPT,
               "The journal ends at %" G_GINT64_FORMAT ", its head says %" G_GINT64_FORMAT, last, *head);

  return FALSE;
}

/* A cursor of a client is good for one epoch: a store that was restored from a backup gets a new one. */
static char *
read_epoch (LiaDb   *db,
            GError **error)
{
  g_autofree char *fresh = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());

  if (!lia_db_exec (db, error, "INSERT INTO meta (key, value) VALUES ('journal_epoch', $1) ON CONFLICT DO NOTHING", "t", fresh))
    return NULL;

  return lia_db_get_text (db, error, "SELECT value FROM meta WHERE key = 'journal_epoch'", "");
}

static LiaDb *
open_sound (LiaStore   *self,
            const char *path,
            gint64     *head,
            GError    **error)
{
  g_autoptr (LiaDb) db = lia_db_open (path, FALSE, error);
  g_autoptr (GError) local_error = NULL;

  if (db == NULL || !lia_migrations_run (db, error))
    return NULL;

  if (!check_sanity (db, head, &local_error) ||
      !lia_first_start (db, head, &local_error) ||
      (self->epoch = read_epoch (db, &local_error)) == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&db);
}

static GThread *
start_thread (LiaStore   *self,
              const char *name,
              GThreadFunc body,
              LiaDb      *db)
{
  LiaStoreThread *thread = g_new0 (LiaStoreThread, 1);

  thread->threads = self->threads;
  thread->db = db;

  return g_thread_new (name, body, thread);
}

static gboolean
start_threads (LiaStore   *self,
               const char *path,
               GError    **error)
{
  gint64 head = 0;
  g_autoptr (LiaDb) writer = open_sound (self, path, &head, error);
  g_autoptr (LiaDb) checkpointer = writer != NULL ? lia_db_open (path, FALSE, error) : NULL;
  LiaDb *readers[N_READERS] = { NULL };

  if (checkpointer == NULL)
    return FALSE;

  for (guint i = 0; i < N_READERS; i++)
    {
      readers[i] = lia_db_open (path, TRUE, error);
      if (readers[i] != NULL)
        continue;
      while (i-- > 0)
        lia_db_close (readers[i]);
      return FALSE;
    }

  self->threads = g_new0 (LiaStoreThreads, 1);
  self->threads->path = g_strdup (path);
  self->threads->context = g_main_context_ref_thread_default ();
  self->threads->writes = g_async_queue_new ();
  self->threads->reads = g_async_queue_new ();
  self->threads->head = head;
  g_mutex_init (&self->threads->mutex);
  g_cond_init (&self->threads->checkpoint_wanted);
  g_weak_ref_init (&self->threads->store, self);

  self->writer = start_thread (self, "store-writer", lia_store_writer, g_steal_pointer (&writer));
  self->checkpointer = start_thread (self, "store-log", lia_store_checkpointer, g_steal_pointer (&checkpointer));
  for (guint i = 0; i < N_READERS; i++)
    self->readers[i] = start_thread (self, "store-reader", lia_store_reader, readers[i]);

  return TRUE;
}

/**
 * lia_store_open:
 * @directory: where the store lives; made (0700) when it is not there
 *
 * Opens the store, brings it up to date and starts its threads. Blocks: at the start of the engine only.
 *
 * Returns: (transfer full): the store, or NULL with %LIA_STORE_ERROR_IN_USE, _NEWER, _CORRUPT, _READ_ONLY or _FULL
 */
LiaStore *
lia_store_open (const char *directory,
                GError    **error)
{
  g_autoptr (LiaStore) self = g_object_new (LIA_TYPE_STORE, NULL);
  g_autofree char *path = g_build_filename (directory, FILE_NAME, NULL);

  self->directory = g_strdup (directory);

  if (!lock_directory (self, error) || !start_threads (self, path, error))
    return NULL;

  return g_steal_pointer (&self);
}

/** lia_store_get_directory: blobs are kept below it, too. */
const char *
lia_store_get_directory (LiaStore *self)
{
  return self->directory;
}

/** lia_store_get_epoch: what makes a sequence number of this journal's life meaningful. */
const char *
lia_store_get_epoch (LiaStore *self)
{
  return self->epoch;
}

static DexFuture *
submit (LiaStore      *self,
        gboolean       write,
        LiaStoreFunc   func,
        gpointer       data,
        GDestroyNotify free_data,
        GDestroyNotify free_result)
{
  LiaStoreJob *job = lia_store_job_new (func, data, free_data, free_result);
  DexFuture   *future = dex_ref (DEX_FUTURE (job->promise));
  GAsyncQueue *queue = NULL;

  if (self->threads != NULL)
    queue = write ? self->threads->writes : self->threads->reads;

  if (queue != NULL && g_async_queue_length (queue) < MAX_WAITING)
    {
      g_async_queue_push (queue, job);
      return future;
    }

  job->error = queue == NULL ? g_error_new_literal (LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "The store is closed")
                             : g_error_new_literal (LIA_STORE_ERROR, LIA_STORE_ERROR_BUSY, "Too much is waiting for the store");
  lia_store_job_finish (job);

  return future;
}

/**
 * lia_store_read:
 * @func: what to read, on a reader thread
 * @data: (transfer full): for @func; freed with @free_data on the main context
 * @free_result: (nullable): for a result that nobody takes
 *
 * Reads in one transaction: @func sees the store as of one moment, without what is being written.
 *
 * Returns: (transfer full): a future, see #LiaStore
 */
DexFuture *
lia_store_read (LiaStore      *self,
                LiaStoreFunc   func,
                gpointer       data,
                GDestroyNotify free_data,
                GDestroyNotify free_result)
{
  return submit (self, FALSE, func, data, free_data, free_result);
}

/**
 * lia_store_write:
 * @func: what to change, on the writer thread
 * @data: (transfer full): for @func; freed with @free_data on the main context
 * @free_result: (nullable): for a result that nobody takes
 *
 * Changes the store, all or nothing, in the order of the calls.
 *
 * Returns: (transfer full): a future, see #LiaStore; it resolves once the change is durable
 */
DexFuture *
lia_store_write (LiaStore      *self,
                 LiaStoreFunc   func,
                 gpointer       data,
                 GDestroyNotify free_data,
                 GDestroyNotify free_result)
{
  return submit (self, TRUE, func, data, free_data, free_result);
}
