/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call-enums.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_QUEUE_STAY (lia_queue_stay_get_type ())

G_DECLARE_FINAL_TYPE (LiaQueueStay, lia_queue_stay, LIA, QUEUE_STAY, GObject)

/**
 * LiaQueueStay:
 *
 * One stay in a queue, behind a figure that counts it; or one callback: from when on it was owed, until it was done; or one call that an agent handled: from the
 * first word on, until the wrap-up was over. Immutable once published; texts are never NULL.
 */
struct _LiaQueueStay
{
  GObject parent_instance;

  char         *entry; /* the call's */
  char         *conv;
  char         *customer_id;
  char         *customer_name; /* "" = not known */
  char         *customer_address;
  char         *queue; /* its id; "" = of a call that stood in none */
  gint64        from_ms;
  gint64        to_ms; /* 0 = it goes on */
  LiaWaitResult result;
  gint64        due_ms;      /* of a callback: when it was promised for; else 0 */
  double        handling_ms; /* of a call: what the agent's talk, hold and wrap-up took; else %LIA_METRIC_NONE */
};

LiaQueueStay *lia_queue_stay_new (void);

G_END_DECLS
