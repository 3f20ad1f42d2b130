/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-lines.h"

#include "lia-async.h"

#define REST 9      /* so many times as long as a reading took, a reader has time for others */
#define REST_MS 500 /* but nobody waits longer for it */

struct _LiaChatLines
{
  GObject parent_instance;

  LiaStore    *store;
  DexPromise  *stopped;
  DexPromise  *next; /* of those who asked since a reading began; NULL: nobody did */
  LiaChatLine *line; /* the last one */
  gint64       rested_us;
  gboolean     reading;
};

G_DEFINE_FINAL_TYPE (LiaChatLines, lia_chat_lines, G_TYPE_OBJECT)

static void
lia_chat_lines_dispose (GObject *object)
{
  LiaChatLines *self = LIA_CHAT_LINES (object);

  dex_clear (&self->next);
  dex_clear (&self->stopped);
  g_clear_pointer (&self->line, lia_chat_line_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (lia_chat_lines_parent_class)->dispose (object);
}

static void
lia_chat_lines_class_init (LiaChatLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_chat_lines_dispose;
}

static void
lia_chat_lines_init (LiaChatLines *self)
{
  self->stopped = dex_promise_new ();
}

static void
read_next (LiaChatLines *self)
{
  g_autoptr (DexPromise) asked = g_steal_pointer (&self->next);
  const gint64 begin_us = g_get_monotonic_time ();
  GError      *error = NULL;
  LiaChatLine *line = lia_store_await (lia_store_read (self->store, lia_chat_line_read, NULL, NULL, lia_chat_line_unref), &error);
  const gint64 end_us = g_get_monotonic_time ();

  self->rested_us = end_us + MIN (REST * (end_us - begin_us), REST_MS * G_TIME_SPAN_MILLISECOND);
  if (line == NULL)
    {
      dex_promise_reject (asked, error);
      return;
    }
  g_clear_pointer (&self->line, lia_chat_line_unref);
  self->line = line;
  dex_promise_resolve_boolean (asked, TRUE);
}

static DexFuture *
read_fiber (gpointer data)
{
  LiaChatLines *self = data;

  while (self->next != NULL)
    {
      const gint64 left_ms = (self->rested_us - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;

      if (left_ms > 0)
        dex_await (dex_future_first (dex_timeout_new_msec ((int)left_ms), dex_ref (DEX_FUTURE (self->stopped)), NULL), NULL);
      read_next (self);
    }
  self->reading = FALSE;

  return dex_future_new_for_boolean (TRUE);
}

LiaChatLines *
lia_chat_lines_new (LiaStore *store)
{
  LiaChatLines *self = g_object_new (LIA_TYPE_CHAT_LINES, NULL);

  self->store = g_object_ref (store);

  return self;
}

/** lia_chat_lines_stop: the engine ends: nobody waits for a rest any more. */
void
lia_chat_lines_stop (LiaChatLines *self)
{
  if (dex_future_is_pending (DEX_FUTURE (self->stopped)))
    dex_promise_resolve_boolean (self->stopped, TRUE);
}

LiaStore *
lia_chat_lines_get_store (LiaChatLines *self)
{
  return self->store;
}

/** lia_chat_lines_await: (transfer full) (nullable): the line as it stands now, or a little later. In a fiber. */
LiaChatLine *
lia_chat_lines_await (LiaChatLines *self,
                      GError      **error)
{
  if (self->next == NULL)
    self->next = dex_promise_new ();

  g_autoptr (DexFuture) read = dex_ref (DEX_FUTURE (self->next));
  if (!self->reading)
    {
      self->reading = TRUE;
      dex_future_disown (lia_spawn (read_fiber, g_object_ref (self), g_object_unref));
    }

  return dex_await (g_steal_pointer (&read), error) ? lia_chat_line_ref (self->line) : NULL;
}
