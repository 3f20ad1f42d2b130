/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-tail.h"

#include "lia-async.h"
#include "lia-chat-codec.h"
#include "lia-chat-news.h"
#include "lia-chat-room.h"
#include "lia-queries.h"

#define RETRY_MS 500
#define AT_ONCE 50
#define QUEUE_MS 5000 /* whoever waits is told no more often how the queue moves on */

struct _LiaChatTail
{
  GObject parent_instance;

  LiaStore     *store;
  LiaChatLines *lines;
  GHashTable   *rooms; /* visitor -> LiaChatRoom; NULL: it is over */
  gint64        head;  /* up to which the journal was looked at */
  gint64        wanted;
  gint64        queue_ms; /* when those who wait were told last */
  guint         queue_timer;
  gboolean      pumping;
};

G_DEFINE_FINAL_TYPE (LiaChatTail, lia_chat_tail, G_TYPE_OBJECT)

static void
lia_chat_tail_dispose (GObject *object)
{
  LiaChatTail *self = LIA_CHAT_TAIL (object);

  g_clear_handle_id (&self->queue_timer, g_source_remove);
  g_clear_pointer (&self->rooms, g_hash_table_unref);
  g_clear_object (&self->lines);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (lia_chat_tail_parent_class)->dispose (object);
}

static void
lia_chat_tail_class_init (LiaChatTailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_chat_tail_dispose;
}

static void
lia_chat_tail_init (LiaChatTail *self)
{
}

static void
tell_seen (LiaChatTail *self,
           GHashTable  *seen)
{
  GHashTableIter iter;
  gpointer       visitor;
  gpointer       n;

  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &visitor, &n))
    {
      LiaChatRoom *room = g_hash_table_lookup (self->rooms, visitor);

      if (room != NULL)
        lia_chat_room_broadcast (room, lia_chat_write_read (*(gint64 *)n));
    }
}

static void
tell_agents (LiaChatTail *self)
{
  GHashTableIter iter;
  gpointer       room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    lia_chat_room_refresh (room);
}

/* Telling one of them may change the table of rooms. */
static GPtrArray *
dup_waiting (LiaChatTail *self)
{
  GPtrArray     *waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_chat_room_unref);
  GHashTableIter iter;
  gpointer       room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    if (lia_chat_room_is_waiting (room))
      g_ptr_array_add (waiting, lia_chat_room_ref (room));

  return waiting;
}

static DexFuture *
tell_waiting_fiber (gpointer data)
{
  LiaChatTail *self = data;
  gint64       read_us = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaChatLine) line = lia_chat_lines_await (self->lines, &error);
  g_autoptr (GPtrArray) waiting = line != NULL && self->rooms != NULL ? dup_waiting (self) : NULL;

  if (line == NULL)
    g_message ("chat: %s", error->message);
  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    {
      /* What others write is not kept waiting by a long queue. */
      if (i % AT_ONCE == AT_ONCE - 1)
        dex_await (dex_timeout_new_msec (1), NULL);
      lia_chat_room_stand (waiting->pdata[i], line, read_us);
    }

  return dex_future_new_for_boolean (TRUE);
}

static gboolean
tell_waiting_cb (gpointer data)
{
  LiaChatTail *self = data;

  self->queue_timer = 0;
  self->queue_ms = g_get_monotonic_time () / 1000;
  dex_future_disown (lia_spawn (tell_waiting_fiber, g_object_ref (self), g_object_unref));

  return G_SOURCE_REMOVE;
}

/* At once, but not again for a while. */
static void
tell_waiting (LiaChatTail *self)
{
  gint64 since_ms = g_get_monotonic_time () / 1000 - self->queue_ms;

  if (self->queue_timer == 0)
    self->queue_timer = g_timeout_add (since_ms >= QUEUE_MS ? 0 : (guint)(QUEUE_MS - since_ms), tell_waiting_cb, self);
}

static void
tell (LiaChatTail       *self,
      const LiaChatNews *news)
{
  GHashTableIter iter;
  gpointer       visitor;
  gpointer       answered;

  g_hash_table_iter_init (&iter, news->visitors);
  while (g_hash_table_iter_next (&iter, &visitor, &answered))
    {
      LiaChatRoom *room = g_hash_table_lookup (self->rooms, visitor);

      if (room == NULL)
        continue;
      lia_chat_room_wake (room);
      if (answered != NULL && lia_chat_room_is_waiting (room))
        lia_chat_room_refresh (room);
    }
  tell_seen (self, news->seen);
  if (news->agents)
    tell_agents (self);
  else if (news->queue)
    tell_waiting (self);
}

static gboolean
pump (LiaChatTail *self,
      GError     **error)
{
  LiaChatStretch *stretch = g_new0 (LiaChatStretch, 1);
  gint64          upto = self->wanted;
  g_autoptr (LiaChatNews) news = NULL;

  stretch->after = self->head;
  stretch->upto = upto;
  news = lia_store_await (lia_store_read (self->store, lia_chat_news_read, stretch, g_free, lia_chat_news_free), error);
  if (news == NULL)
    return FALSE;
  self->head = upto;
  if (self->rooms != NULL)
    tell (self, news);

  return TRUE;
}

static DexFuture *
pump_fiber (gpointer data)
{
  LiaChatTail *self = data;

  while (self->head < self->wanted && self->rooms != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (pump (self, &error))
        continue;
      g_message ("chat: %s", error->message);
      dex_await (dex_timeout_new_msec (RETRY_MS), NULL);
    }
  self->pumping = FALSE;

  return dex_future_new_for_boolean (TRUE);
}

static void
on_journal (LiaStore    *store,
            gint64       head,
            LiaChatTail *self)
{
  self->wanted = MAX (self->wanted, head);
  if (self->rooms == NULL || self->pumping)
    return;
  if (g_hash_table_size (self->rooms) == 0)
    {
      self->head = self->wanted; /* whoever comes reads from the store first */
      return;
    }

  self->pumping = TRUE;
  dex_future_disown (lia_spawn (pump_fiber, g_object_ref (self), g_object_unref));
}

/** lia_chat_tail_new: @rooms: visitor -> #LiaChatRoom: those whom there is to tell */
LiaChatTail *
lia_chat_tail_new (LiaChatLines *lines,
                   GHashTable   *rooms)
{
  LiaChatTail *self = g_object_new (LIA_TYPE_CHAT_TAIL, NULL);

  self->lines = g_object_ref (lines);
  self->store = g_object_ref (lia_chat_lines_get_store (lines));
  self->rooms = g_hash_table_ref (rooms);
  g_signal_connect_object (self->store, "journal", G_CALLBACK (on_journal), self, G_CONNECT_DEFAULT);

  return self;
}

/** lia_chat_tail_get_head: the journal's last event of which the rooms have been told. */
gint64
lia_chat_tail_get_head (LiaChatTail *self)
{
  return self->head;
}

/** lia_chat_tail_stop: nobody is told anything any more. */
void
lia_chat_tail_stop (LiaChatTail *self)
{
  g_clear_handle_id (&self->queue_timer, g_source_remove);
  g_clear_pointer (&self->rooms, g_hash_table_unref);
}

static DexFuture *
start_fiber (gpointer data)
{
  LiaChatTail       *self = data;
  GError            *error = NULL;
  g_autofree gint64 *head = lia_store_await (lia_store_read (self->store, lia_query_read_head, NULL, NULL, g_free), &error);

  if (head == NULL)
    return dex_future_new_for_error (error);
  self->head = MAX (self->head, *head);
  self->wanted = MAX (self->wanted, *head);

  return dex_future_new_for_boolean (TRUE);
}

/** lia_chat_tail_start: once, before anybody comes; resolves when it stands at the journal's end. */
DexFuture *
lia_chat_tail_start (LiaChatTail *self)
{
  return lia_spawn (start_fiber, g_object_ref (self), g_object_unref);
}
