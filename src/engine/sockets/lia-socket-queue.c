/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-socket-queue.h"

#include <errno.h>
#include <sys/socket.h>

struct _LiaSocketQueue
{
  GQueue frames;  /* of GBytes */
  gsize  written; /* bytes of the first one */
  gsize  bytes;   /* that are still to be written */
};

LiaSocketQueue *
lia_socket_queue_new (void)
{
  LiaSocketQueue *self = g_new0 (LiaSocketQueue, 1);

  g_queue_init (&self->frames);
  return self;
}

void
lia_socket_queue_free (LiaSocketQueue *self)
{
  g_queue_clear_full (&self->frames, (GDestroyNotify)g_bytes_unref);
  g_free (self);
}

/** lia_socket_queue_try: writes what goes without waiting. Returns how much, -1 = nobody is there any more. */
gssize
lia_socket_queue_try (int           fd,
                      gconstpointer data,
                      gsize         length)
{
  gssize n;

  do
    n = send (fd, data, length, MSG_NOSIGNAL | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);

  if (n < 0 && (errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM))
    return 0;

  return n;
}

/** lia_socket_queue_push: @written: bytes of the frame that were written already; only of the first one in the queue. */
void
lia_socket_queue_push (LiaSocketQueue *self,
                       GBytes         *frame,
                       gsize           written)
{
  g_return_if_fail (written == 0 || g_queue_is_empty (&self->frames));

  g_queue_push_tail (&self->frames, g_bytes_ref (frame));
  self->written += written;
  self->bytes += g_bytes_get_size (frame) - written;
}

static void
pop (LiaSocketQueue *self)
{
  g_bytes_unref (g_queue_pop_head (&self->frames));
  self->written = 0;
}

/** lia_socket_queue_write: writes what goes without waiting. FALSE: nobody is there any more. */
gboolean
lia_socket_queue_write (LiaSocketQueue *self,
                        int             fd)
{
  while (self->bytes > 0)
    {
      gsize         size;
      const guint8 *data = g_bytes_get_data (g_queue_peek_head (&self->frames), &size);
      gssize        n = lia_socket_queue_try (fd, data + self->written, size - self->written);

      if (n <= 0)
        return n == 0;
      self->written += (gsize)n;
      self->bytes -= (gsize)n;
      if (self->written == size)
        pop (self);
    }

  return TRUE;
}

/** lia_socket_queue_drop: forgets all but the frame of which a part is written. */
void
lia_socket_queue_drop (LiaSocketQueue *self)
{
  const guint kept = self->written > 0 ? 1 : 0;

  while (g_queue_get_length (&self->frames) > kept)
    {
      g_autoptr (GBytes) frame = g_queue_pop_tail (&self->frames);

      self->bytes -= g_bytes_get_size (frame);
    }
}

gsize
lia_socket_queue_get_bytes (const LiaSocketQueue *self)
{
  return self->bytes;
}
