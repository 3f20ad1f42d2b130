/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mail-ingest.h"

#include "lia-async.h"
#include "lia-blobs.h"
#include "lia-crash-point.h"
#include "lia-mail-batch.h"
#include "lia-mail-store.h"
#include "lia-parse-pool.h"

/*
 *   add() -> [ worker thread: parse, hash, blobs ] -> [ store thread: one transaction ] -> how many are new
 *
 * Two batches are prepared at a time, so that one waits for the disk while the other is parsed. Blobs are durable before a row names them;
 * what a crash leaves of them without a row is found again by its content.
 */

#define MAX_WORKERS 2

struct _LiaMailIngest
{
  GObject parent_instance;

  LiaStore     *store;
  LiaParsePool *parsers;
  GThreadPool  *threads;
};

G_DEFINE_FINAL_TYPE (LiaMailIngest, lia_mail_ingest, G_TYPE_OBJECT)

/* Of one batch: what its fiber and its thread share. */
typedef struct
{
  LiaMailIngest *ingest;
  LiaMailBatch  *batch;
  DexPromise    *prepared;
} Job;

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_object_unref (job->ingest);
  lia_mail_batch_unref (job->batch);
  dex_unref (job->prepared);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

/** lia_mail_fetched_free: frees a message that was allocated with g_new(). */
void
lia_mail_fetched_free (LiaMailFetched *self)
{
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_free (self);
}

/* They are slices of the worker's whole answer, which need not wait for the store in memory. */
static void
forget_bytes (LiaMime *mime)
{
  g_clear_pointer (&mime->html, g_bytes_unref);

  for (guint i = 0; i < mime->parts->len; i++)
    g_clear_pointer (&((LiaMimePart *)g_ptr_array_index (mime->parts, i))->bytes, g_bytes_unref);
}

static gboolean
put_blobs (LiaMailIngest *self,
           LiaMailBatch  *batch,
           GError       **error)
{
  g_autoptr (GPtrArray) bytes = g_ptr_array_new ();
  g_autofree char **ids = NULL;
  guint             next = 0;

  for (guint i = 0; i < batch->items->len; i++)
    {
      LiaMailItem *item = &g_array_index (batch->items, LiaMailItem, i);

      g_ptr_array_add (bytes, item->fetched->raw);

      if (item->mime->html != NULL)
        g_ptr_array_add (bytes, item->mime->html);

      for (guint part = 0; part < item->mime->parts->len; part++)
        g_ptr_array_add (bytes, ((LiaMimePart *)g_ptr_array_index (item->mime->parts, part))->bytes);
    }

  ids = g_new0 (char *, bytes->len + 1);

  if (!lia_blobs_put_many (lia_store_get_directory (self->store), (GBytes *const *)bytes->pdata, bytes->len, ids, error))
    return FALSE;

  for (guint i = 0; i < batch->items->len; i++)
    {
      LiaMailItem *item = &g_array_index (batch->items, LiaMailItem, i);

      item->raw = ids[next++];
      item->html = item->mime->html != NULL ? ids[next++] : NULL;
      item->parts = g_new0 (char *, item->mime->parts->len + 1);

      for (guint part = 0; part < item->mime->parts->len; part++)
        item->parts[part] = ids[next++];

      forget_bytes (item->mime);
    }

  return TRUE;
}

static gboolean
prepare (LiaMailIngest *self,
         LiaMailBatch  *batch,
         GError       **error)
{
  g_autoptr (GPtrArray) raw = g_ptr_array_new ();
  g_autoptr (GPtrArray) mimes = NULL;

  for (guint i = 0; i < batch->messages->len; i++)
    g_ptr_array_add (raw, ((LiaMailFetched *)g_ptr_array_index (batch->messages, i))->raw);

  if ((mimes = lia_parse_pool_parse (self->parsers, raw, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < batch->messages->len; i++)
    {
      const LiaMailFetched *fetched = g_ptr_array_index (batch->messages, i);
      LiaMime              *mime = g_steal_pointer (&g_ptr_array_index (mimes, i));
      LiaMailItem           item = { .fetched = fetched, .mime = mime, .body_hash = lia_mail_store_body_hash (fetched->raw, mime->message_id) };

      g_array_append_val (batch->items, item);
    }

  return put_blobs (self, batch, error);
}

/* On a thread of the pool. */
static void
prepare_job (gpointer data,
             gpointer unused)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  if (prepare (job->ingest, job->batch, &error))
    dex_promise_resolve_boolean (job->prepared, TRUE);
  else
    dex_promise_reject (job->prepared, g_steal_pointer (&error));

  /* The last reference must not go here: a thread cannot wait for itself to end. */
  g_idle_add_once (job_unref, job);
}

static DexFuture *
add_fiber (gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  gpointer added;

  if (!dex_await (dex_ref (DEX_FUTURE (job->prepared)), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  lia_crash_point ("mail-ingest-before-write");
  added = lia_store_await (lia_store_write (job->ingest->store, lia_mail_batch_write, lia_mail_batch_ref (job->batch), (GDestroyNotify)lia_mail_batch_unref, NULL),
                           &error);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  lia_crash_point ("mail-ingest-after-write");

  return dex_future_new_for_int64 (GPOINTER_TO_INT (added));
}

static void
lia_mail_ingest_finalize (GObject *object)
{
  LiaMailIngest *self = LIA_MAIL_INGEST (object);

  /* No job is left: each holds a reference. */
  g_thread_pool_free (self->threads, FALSE, TRUE);
  lia_parse_pool_free (self->parsers);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (lia_mail_ingest_parent_class)->finalize (object);
}

static void
lia_mail_ingest_class_init (LiaMailIngestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_mail_ingest_finalize;
}

static void
lia_mail_ingest_init (LiaMailIngest *self)
{
  self->threads = g_thread_pool_new (prepare_job, NULL, MAX_WORKERS, FALSE, NULL);
}

/**
 * lia_mail_ingest_new:
 * @store: where it all goes
 * @worker_path: a program that is lia_parse_worker_main() when its argument is `parse-worker`: liaisond
 */
LiaMailIngest *
lia_mail_ingest_new (LiaStore   *store,
                     const char *worker_path)
{
  LiaMailIngest *self = g_object_new (LIA_TYPE_MAIL_INGEST, NULL);

  self->store = g_object_ref (store);
  self->parsers = lia_parse_pool_new (worker_path, MAX_WORKERS);

  return self;
}

/**
 * lia_mail_ingest_add:
 * @channel_id: the mailbox
 * @folder_id: of mail_folder
 * @uidvalidity: under which the UIDs were given; when the folder has another one by now, it rejects with %LIA_STORE_ERROR_CONFLICT
 * @messages: (element-type LiaMailFetched): ≤ 100; with a free function, as it lives until the batch is through
 *
 * Several may be under way; each is durable as a whole or not at all.
 *
 * Returns: (transfer full): resolves to the number of new messages (int64). Rejects with %LIA_STORE_ERROR (FULL, READ_ONLY, …), or
 *   %G_IO_ERROR when no parser can be started: hand it in again later
 */
DexFuture *
lia_mail_ingest_add (LiaMailIngest *self,
                     gint64         channel_id,
                     gint64         folder_id,
                     gint64         uidvalidity,
                     GPtrArray     *messages)
{
  Job *job;

  dex_return_error_if_fail (LIA_IS_MAIL_INGEST (self));
  dex_return_error_if_fail (messages != NULL);

  job = g_atomic_rc_box_new0 (Job);
  job->ingest = g_object_ref (self);
  job->batch = lia_mail_batch_new (channel_id, folder_id, uidvalidity, messages);
  job->prepared = dex_promise_new ();
  g_thread_pool_push (self->threads, g_atomic_rc_box_acquire (job), NULL);

  return lia_spawn (add_fiber, job, job_unref);
}
