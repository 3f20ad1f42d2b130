/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queue-stay-page.h"

#include "lia-queue-stay.h"

G_DEFINE_FINAL_TYPE (LiaQueueStayPage, lia_queue_stay_page, G_TYPE_OBJECT)

static void
lia_queue_stay_page_finalize (GObject *object)
{
  LiaQueueStayPage *self = (LiaQueueStayPage *)object;

  g_clear_object (&self->stays);
  g_clear_pointer (&self->next, g_free);

  G_OBJECT_CLASS (lia_queue_stay_page_parent_class)->finalize (object);
}

static void
lia_queue_stay_page_class_init (LiaQueueStayPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_queue_stay_page_finalize;
}

static void
lia_queue_stay_page_init (LiaQueueStayPage *self)
{
  self->stays = g_list_store_new (LIA_TYPE_QUEUE_STAY);
}

/** lia_queue_stay_page_new: an empty page, to be filled by its maker before anybody else sees it. */
LiaQueueStayPage *
lia_queue_stay_page_new (void)
{
  return g_object_new (LIA_TYPE_QUEUE_STAY_PAGE, NULL);
}
