/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/**
 * LiaEventPage:
 *
 * A stretch of the journal as one agent's streams get it.
 */
typedef struct
{
  GPtrArray *frames;  /* of GBytes: `ev` and `evs` frames; only one event that is large by itself makes one of more than 64 KiB */
  GArray    *touched; /* of gint64: conversations whose rows may look different now */
} LiaEventPage;

#define LIA_FRAME_ROOM (60 * 1024) /* for content; the rest of 64 KiB is for what stands around it */

LiaEventPage *lia_events_read (LiaDb      *db,
                               gint64      agent_id,
                               GHashTable *live,
                               gint64      since,
                               gint64      upto,
                               GError    **error);
void          lia_event_page_free (LiaEventPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaEventPage, lia_event_page_free)

G_END_DECLS
