/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-notices-sender.h"

#include "lia-async.h"
#include "lia-client-notices.h"

typedef struct
{
  LiaNotice   *notice;
  LiaNoticeWay way;
  char        *key; /* of its command: an answer that is lost does not make it two */
} Item;

struct _LiaNoticesSender
{
  GObject parent_instance;

  LiaClient *client;
  GPtrArray *items; /* of Item */
  DexFuture *running;
  guint      told;
  guint      failed; /* somebody else was faster, or they are not reached any more */
  gboolean   stopped;
  gboolean   ended;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaNoticesSender, lia_notices_sender, G_TYPE_OBJECT)

static void
item_free (gpointer data)
{
  Item *item = data;

  g_object_unref (item->notice);
  g_free (item->key);
  g_free (item);
}

/* One after the other: whoever stops it stops it before the next one. */
static DexFuture *
send_fiber (gpointer data)
{
  LiaNoticesSender *self = data;

  for (guint i = 0; i < self->items->len && !self->stopped; i++)
    {
      const Item *item = self->items->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *outbox = dex_await_string (lia_client_send_notice (self->client, item->key, item->notice, item->way, FALSE, TRUE), &error);

      self->told += error == NULL;
      self->failed += error != NULL;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  self->ended = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);

  return dex_future_new_for_boolean (TRUE);
}

static void
lia_notices_sender_dispose (GObject *object)
{
  LiaNoticesSender *self = LIA_NOTICES_SENDER (object);

  dex_clear (&self->running);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_notices_sender_parent_class)->dispose (object);
}

static void
lia_notices_sender_finalize (GObject *object)
{
  g_ptr_array_unref (LIA_NOTICES_SENDER (object)->items);

  G_OBJECT_CLASS (lia_notices_sender_parent_class)->finalize (object);
}

static void
lia_notices_sender_class_init (LiaNoticesSenderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_notices_sender_dispose;
  object_class->finalize = lia_notices_sender_finalize;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_NOTICES_SENDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_notices_sender_init (LiaNoticesSender *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
}

LiaNoticesSender *
lia_notices_sender_new (LiaClient *client)
{
  LiaNoticesSender *self = g_object_new (LIA_TYPE_NOTICES_SENDER, NULL);

  self->client = g_object_ref (client);

  return self;
}

/** lia_notices_sender_add: before it starts; @notice: with its texts */
void
lia_notices_sender_add (LiaNoticesSender *self,
                        LiaNotice        *notice,
                        LiaNoticeWay      way)
{
  Item *item = g_new0 (Item, 1);

  g_return_if_fail (self->running == NULL);

  item->notice = g_object_ref (notice);
  item->way = way;
  item->key = g_uuid_string_random ();
  g_ptr_array_add (self->items, item);
}

/** lia_notices_sender_start: once. */
void
lia_notices_sender_start (LiaNoticesSender *self)
{
  g_return_if_fail (self->running == NULL);

  self->running = lia_spawn (send_fiber, g_object_ref (self), g_object_unref);
}

/** lia_notices_sender_stop: who is being told now is told; nobody after that. */
void
lia_notices_sender_stop (LiaNoticesSender *self)
{
  self->stopped = TRUE;
}

gboolean
lia_notices_sender_is_running (LiaNoticesSender *self)
{
  return self->running != NULL && !self->ended;
}

guint
lia_notices_sender_get_total (LiaNoticesSender *self)
{
  return self->items->len;
}

guint
lia_notices_sender_get_told (LiaNoticesSender *self)
{
  return self->told;
}

guint
lia_notices_sender_get_failed (LiaNoticesSender *self)
{
  return self->failed;
}
