/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-parse-pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGE_TIMEOUT_US (12 * G_USEC_PER_SEC) /* the worker's own limit is 10 s of processor time */
#define START_TIMEOUT_US (20 * G_USEC_PER_SEC)
#define MAX_FRAME (256u * 1024 * 1024)

typedef struct
{
  GPid pid;
  int  fd; /* a socket pair, so that writing to a dead worker is an error and not a signal */
} Worker;

struct _LiaParsePool
{
  char      *path;
  guint      max_workers;
  GMutex     mutex;
  GCond      freed;
  guint      n_busy;
  GPtrArray *idle; /* of Worker */
};

/* One batch on its way through a worker: what is being written, what is being read. */
typedef struct
{
  GPtrArray *raw;
  GPtrArray *mimes; /* of LiaMime, NULL = not there yet */
  guint      sending;
  gsize      sent; /* of the frame, with its length */
  guint      receiving;
  gsize      received;
  guint32    frame_length;
  guint8    *frame;
  gint64     deadline;
  guint      answers; /* so far */
} Batch;

static void
worker_free (Worker *self)
{
  close (self->fd);
  kill (self->pid, SIGKILL);

  while (waitpid (self->pid, NULL, 0) < 0 && errno == EINTR)
    ;

  g_spawn_close_pid (self->pid);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Worker, worker_free)

LiaParsePool *
lia_parse_pool_new (const char *worker_path,
                    guint       max_workers)
{
  LiaParsePool *self = g_new0 (LiaParsePool, 1);

  self->path = g_strdup (worker_path);
  self->max_workers = max_workers;
  self->idle = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->freed);

  return self;
}

/** lia_parse_pool_free: no thread may be in lia_parse_pool_parse(). */
void
lia_parse_pool_free (LiaParsePool *self)
{
  for (guint i = 0; i < self->idle->len; i++)
    worker_free (g_ptr_array_index (self->idle, i));

  g_ptr_array_unref (self->idle);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->freed);
  g_free (self->path);
  g_free (self);
}

static gboolean
wait_ready (Worker  *worker,
            GError **error)
{
  gint64  deadline = g_get_monotonic_time () + START_TIMEOUT_US;
  guint32 hello = 1;
  gsize   got = 0;

  while (got < sizeof hello)
    {
      struct pollfd poll_fd = { .fd = worker->fd, .events = POLLIN };
      gint64        left = deadline - g_get_monotonic_time ();
      ssize_t       count = -1;

      if (left > 0 && poll (&poll_fd, 1, (int)(left / 1000) + 1) > 0)
        count = recv (worker->fd, (char *)&hello + got, sizeof hello - got, MSG_DONTWAIT);

      if (count == 0 || left <= 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
        break;

      got += count > 0 ? (gsize)count : 0;
    }

  if (got == sizeof hello && hello == 0)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The mail parser does not start");

  return FALSE;
}

static Worker *
worker_new (const char *path,
            GError    **error)
{
  const char *arguments[] = { path, "parse-worker", NULL };
  g_auto (GStrv) environment = g_environ_unsetenv (g_get_environ (), "G_MESSAGES_DEBUG"); /* its standard output is ours alone */
  g_autoptr (Worker) worker = NULL;
  int      pair[2];
  GPid     pid;
  gboolean spawned;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "No socket for the mail parser: %s", g_strerror (errno));
      return NULL;
    }

  spawned = g_spawn_async_with_pipes_and_fds (NULL, arguments, (const char *const *)environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, pair[1], pair[1], -1, NULL, NULL, 0,
                                              &pid, NULL, NULL, NULL, error);
  close (pair[1]);

  if (!spawned)
    {
      close (pair[0]);
      return NULL;
    }

  worker = g_new0 (Worker, 1);
  worker->fd = pair[0];
  worker->pid = pid;

  return wait_ready (worker, error) ? g_steal_pointer (&worker) : NULL;
}

static void
take_result (Batch   *batch,
             LiaMime *mime)
{
  g_ptr_array_index (batch->mimes, batch->receiving++) = mime;
  batch->received = 0;
  g_clear_pointer (&batch->frame, g_free);
  batch->deadline = g_get_monotonic_time () + MESSAGE_TIMEOUT_US;
}

/* What the worker need not see has its result already. */
static void
skip_done (Batch *batch)
{
  while (batch->sending < batch->raw->len && g_ptr_array_index (batch->mimes, batch->sending) != NULL)
    batch->sending++;

  while (batch->receiving < batch->raw->len && g_ptr_array_index (batch->mimes, batch->receiving) != NULL)
    batch->receiving++;
}

static gboolean
send_some (Batch *batch,
           int    fd)
{
  while (batch->sending < batch->raw->len)
    {
      gsize         size;
      const char   *bytes = g_bytes_get_data (g_ptr_array_index (batch->raw, batch->sending), &size);
      guint32       length = (guint32)size;
      struct iovec  parts[2] = { { &length, sizeof length }, { (char *)bytes, size } };
      struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
      ssize_t       count;

      if (batch->sent >= sizeof length)
        {
          parts[1].iov_base = (char *)bytes + (batch->sent - sizeof length);
          parts[1].iov_len = size - (batch->sent - sizeof length);
          message.msg_iov = &parts[1];
          message.msg_iovlen = 1;
        }
      else
        {
          parts[0].iov_base = (char *)&length + batch->sent;
          parts[0].iov_len = sizeof length - batch->sent;
        }

      count = sendmsg (fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (count < 0)
        return errno == EAGAIN || errno == EINTR;

      batch->sent += (gsize)count;

      if (batch->sent == size + sizeof length)
        {
          batch->sent = 0;
          batch->sending++;
          skip_done (batch);
        }
    }

  return TRUE;
}

static gboolean
take_frame (Batch *batch)
{
  guint32 length = batch->frame_length;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&batch->frame), length);
  g_autoptr (GVariant) raw = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (LIA_MIME_VARIANT_TYPE), bytes, FALSE));
  LiaMime *mime = lia_mime_from_variant (raw);

  if (mime == NULL)
    return FALSE;

  batch->answers++;
  take_result (batch, mime);
  skip_done (batch);

  return TRUE;
}

static gboolean
receive_some (Batch *batch,
              int    fd)
{
  while (batch->receiving < batch->raw->len)
    {
      gboolean in_length = batch->received < sizeof batch->frame_length;
      guint8  *into = in_length ? (guint8 *)&batch->frame_length + batch->received : batch->frame + (batch->received - sizeof batch->frame_length);
      gsize    room = in_length ? sizeof batch->frame_length - batch->received
                                : batch->frame_length - (batch->received - sizeof batch->frame_length);
      ssize_t  count = recv (fd, into, room, MSG_DONTWAIT);

      if (count <= 0)
        return count < 0 && (errno == EAGAIN || errno == EINTR);

      batch->received += (gsize)count;

      if (in_length && batch->received == sizeof batch->frame_length)
        {
          if (batch->frame_length == 0 || batch->frame_length > MAX_FRAME || (batch->frame = g_try_malloc (batch->frame_length)) == NULL)
            return FALSE;
        }
      else if (!in_length && (gsize)count == room && !take_frame (batch))
        {
          return FALSE;
        }
    }

  return TRUE;
}

/* FALSE when the worker failed on the message that is to be received next. */
static gboolean
run_batch (Batch  *batch,
           Worker *worker)
{
  batch->deadline = g_get_monotonic_time () + MESSAGE_TIMEOUT_US;

  while (batch->receiving < batch->raw->len)
    {
      struct pollfd poll_fd = { .fd = worker->fd, .events = POLLIN | (batch->sending < batch->raw->len ? POLLOUT : 0) };
      gint64        left = batch->deadline - g_get_monotonic_time ();

      if (left <= 0)
        return FALSE;

      if (poll (&poll_fd, 1, (int)(left / 1000) + 1) < 0 && errno != EINTR)
        return FALSE;

      if ((poll_fd.revents & POLLOUT) != 0 && !send_some (batch, worker->fd))
        return FALSE;

      if ((poll_fd.revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !receive_some (batch, worker->fd))
        return FALSE;
    }

  return TRUE;
}

static Worker *
acquire (LiaParsePool *self)
{
  Worker *worker = NULL;

  g_mutex_lock (&self->mutex);

  while (self->n_busy >= self->max_workers)
    g_cond_wait (&self->freed, &self->mutex);

  self->n_busy++;

  if (self->idle->len > 0)
    worker = g_ptr_array_steal_index (self->idle, self->idle->len - 1);

  g_mutex_unlock (&self->mutex);

  return worker;
}

static void
release (LiaParsePool *self,
         Worker       *worker)
{
  g_mutex_lock (&self->mutex);

  if (worker != NULL)
    g_ptr_array_add (self->idle, worker);

  self->n_busy--;
  g_cond_signal (&self->freed);
  g_mutex_unlock (&self->mutex);
}

static void
free_mime (gpointer mime)
{
  if (mime != NULL)
    lia_mime_free (mime);
}

/**
 * lia_parse_pool_parse:
 * @raw: (element-type GBytes): messages
 *
 * Returns: (transfer full) (element-type LiaMime) (nullable): one for each, in order; NULL when no worker can be started: try again later
 */
GPtrArray *
lia_parse_pool_parse (LiaParsePool *self,
                      GPtrArray    *raw,
                      GError      **error)
{
  g_autoptr (GPtrArray) mimes = g_ptr_array_new_full (raw->len, free_mime);
  g_autoptr (Worker) worker = acquire (self);
  Batch    batch = { .raw = raw, .mimes = mimes };
  gboolean able = TRUE;

  g_ptr_array_set_size (mimes, (int)raw->len);

  for (guint i = 0; i < raw->len; i++)
    {
      if (lia_mime_is_too_complex (g_ptr_array_index (raw, i)))
        g_ptr_array_index (mimes, i) = lia_mime_scan (g_ptr_array_index (raw, i), LIA_MIME_TOO_COMPLEX);
    }

  skip_done (&batch);

  while (able && batch.receiving < raw->len)
    {
      gboolean fresh = worker == NULL;
      guint    answers = batch.answers;

      if (fresh && (worker = worker_new (self->path, error)) == NULL)
        {
          able = FALSE;
        }
      else if (!run_batch (&batch, worker))
        {
          /* It may have died of something else, or of what came before: only of its first message a fresh one's death is proof. */
          if (fresh && batch.answers == answers)
            {
              g_message ("A message of %" G_GSIZE_FORMAT " bytes could not be parsed", g_bytes_get_size (g_ptr_array_index (raw, batch.receiving)));
              take_result (&batch, lia_mime_scan (g_ptr_array_index (raw, batch.receiving), LIA_MIME_FAILED));
            }

          g_clear_pointer (&worker, worker_free);
          g_clear_pointer (&batch.frame, g_free);
          batch.received = 0;
          batch.sent = 0;
          batch.sending = batch.receiving;
          skip_done (&batch);
        }
    }

  release (self, g_steal_pointer (&worker));

  return able ? g_steal_pointer (&mimes) : NULL;
}
