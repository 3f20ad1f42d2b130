/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-pbx-queue.h"

G_DEFINE_FINAL_TYPE (LiaPbxQueue, lia_pbx_queue, G_TYPE_OBJECT)

static void
lia_pbx_queue_finalize (GObject *object)
{
  LiaPbxQueue *self = (LiaPbxQueue *)object;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->strategy, g_free);
  g_clear_pointer (&self->members, g_strfreev);

  G_OBJECT_CLASS (lia_pbx_queue_parent_class)->finalize (object);
}

static void
lia_pbx_queue_class_init (LiaPbxQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_pbx_queue_finalize;
}

static void
lia_pbx_queue_init (LiaPbxQueue *self)
{
  self->name = g_strdup ("");
  self->strategy = g_strdup ("");
  self->members = g_new0 (char *, 1);
}

/** lia_pbx_queue_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaPbxQueue *
lia_pbx_queue_new (void)
{
  return g_object_new (LIA_TYPE_PBX_QUEUE, NULL);
}
