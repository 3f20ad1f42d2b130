/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_PBX_QUEUE (lia_pbx_queue_get_type ())

G_DECLARE_FINAL_TYPE (LiaPbxQueue, lia_pbx_queue, LIA, PBX_QUEUE, GObject)

/**
 * LiaPbxQueue:
 *
 * A queue that a PBX has. Texts are never NULL. Immutable once published.
 */
struct _LiaPbxQueue
{
  GObject parent_instance;

  char *name;     /* the PBX's */
  char *strategy; /* whom it rings: "ringall", "rrmemory" */
  GStrv members;  /* what it rings: interfaces */
};

LiaPbxQueue *lia_pbx_queue_new (void);

G_END_DECLS
