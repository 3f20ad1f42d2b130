/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queue.h"

G_DEFINE_FINAL_TYPE (LiaQueue, lia_queue, G_TYPE_OBJECT)

static void
lia_queue_finalize (GObject *object)
{
  LiaQueue *self = (LiaQueue *)object;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->phone_channel, g_free);
  g_clear_pointer (&self->phone_name, g_free);
  g_clear_pointer (&self->service_level, g_free);
  g_clear_pointer (&self->hours, lia_hours_unref);

  G_OBJECT_CLASS (lia_queue_parent_class)->finalize (object);
}

static void
lia_queue_class_init (LiaQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_queue_finalize;
}

static void
lia_queue_init (LiaQueue *self)
{
}

/** lia_queue_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaQueue *
lia_queue_new (void)
{
  return g_object_new (LIA_TYPE_QUEUE, NULL);
}
