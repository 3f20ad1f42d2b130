/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-hours.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_QUEUE (lia_queue_get_type ())

#define LIA_QUEUE_NEW_WRAPUP_MS 30000 /* of a new one: enough for a note, too short for a pause */

G_DECLARE_FINAL_TYPE (LiaQueue, lia_queue, LIA, QUEUE, GObject)

/**
 * LiaQueue:
 *
 * A named line of waiting work with its own targets. Immutable once published.
 */
struct _LiaQueue
{
  GObject parent_instance;

  char     *id;
  char     *name;
  gint64    first_target_ms;
  gint64    next_target_ms;
  char     *phone_channel;      /* the PBX's id, or "" where no calls wait in it */
  char     *phone_name;         /* the PBX's name of the queue */
  gboolean  hidden;             /* the PBX has it, and is set up not to show it: then `phone_channel` is "" */
  gint64    service_target_ms;  /* within which a caller is to be answered */
  gint64    short_ms;           /* who hangs up before has not really waited */
  char     *service_level;      /* how abandoned calls count in it: "ignore", "negative", "positive" */
  gint64    wrapup_ms;          /* after a call, for its agent; 0 = none */
  gint64    callback_target_ms; /* within which a caller who was missed is to be called */
  LiaHours *hours;              /* NULL: nobody said when it is open, so it always is */
};

LiaQueue *lia_queue_new (void);

G_END_DECLS
