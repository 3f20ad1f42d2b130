/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_QUEUE_STAY_PAGE (lia_queue_stay_page_get_type ())

G_DECLARE_FINAL_TYPE (LiaQueueStayPage, lia_queue_stay_page, LIA, QUEUE_STAY_PAGE, GObject)

/**
 * LiaQueueStayPage:
 *
 * Some of the stays behind a figure, newest first. Immutable once published.
 */
struct _LiaQueueStayPage
{
  GObject parent_instance;

  GListStore *stays; /* of LiaQueueStay */
  char       *next;  /* for lia_client_get_metric_rows(), or NULL: that was all */
};

LiaQueueStayPage *lia_queue_stay_page_new (void);

G_END_DECLS
