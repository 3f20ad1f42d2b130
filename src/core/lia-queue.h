/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_QUEUE (lia_queue_get_type ())

G_DECLARE_FINAL_TYPE (LiaQueue, lia_queue, LIA, QUEUE, GObject)

/**
 * LiaQueue:
 *
 * A named line of waiting work with its own targets. Immutable once published.
 */
struct _LiaQueue
{
  GObject parent_instance;

  char  *id;
  char  *name;
  gint64 first_target_ms;
  gint64 next_target_ms;
};

LiaQueue *lia_queue_new (void);

G_END_DECLS
