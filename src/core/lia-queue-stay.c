/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queue-stay.h"

#include "lia-metrics.h"

G_DEFINE_FINAL_TYPE (LiaQueueStay, lia_queue_stay, G_TYPE_OBJECT)

static void
lia_queue_stay_finalize (GObject *object)
{
  LiaQueueStay *self = (LiaQueueStay *)object;

  g_free (self->entry);
  g_free (self->conv);
  g_free (self->customer_id);
  g_free (self->customer_name);
  g_free (self->customer_address);
  g_free (self->queue);

  G_OBJECT_CLASS (lia_queue_stay_parent_class)->finalize (object);
}

static void
lia_queue_stay_class_init (LiaQueueStayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_queue_stay_finalize;
}

static void
lia_queue_stay_init (LiaQueueStay *self)
{
  self->entry = g_strdup ("");
  self->conv = g_strdup ("");
  self->customer_id = g_strdup ("");
  self->customer_name = g_strdup ("");
  self->customer_address = g_strdup ("");
  self->queue = g_strdup ("");
  self->handling_ms = LIA_METRIC_NONE;
}

/** lia_queue_stay_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaQueueStay *
lia_queue_stay_new (void)
{
  return g_object_new (LIA_TYPE_QUEUE_STAY, NULL);
}
