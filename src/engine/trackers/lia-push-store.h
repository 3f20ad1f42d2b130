/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-push.h"
#include "lia-store.h"

G_BEGIN_DECLS

/* The outbox of trackers in the store. Each change of what becomes of a push is a journal event. For fibers. */

/**
 * LiaPushAgenda:
 * @due: (nullable): what is to be sent, or looked for, now
 * @next_ms: when there is something again; 0 = never
 */
typedef struct
{
  LiaPush *due;
  gint64   next_ms;
} LiaPushAgenda;

void lia_push_agenda_free (LiaPushAgenda *self);

/**
 * LiaPushChange:
 * @problem: (nullable): why it goes no further, in plain words
 * @retry_ms: when it is tried again; 0 = as soon as possible
 * @issue: (nullable): what it became
 * @files: (nullable) (element-type LiaPushFile): as they are now, when that has changed
 *
 * What became of a push.
 */
typedef struct
{
  LiaPushState state;
  const char  *problem;
  gint64       retry_ms;
  LiaIssue    *issue;
  GPtrArray   *files;
} LiaPushChange;

gboolean       lia_push_store_recover (LiaStore *store,
                                       gint64    tracker_id,
                                       GError  **error);
LiaPushAgenda *lia_push_store_agenda (LiaStore *store,
                                      gint64    tracker_id,
                                      GError  **error);
gboolean       lia_push_store_change (LiaStore            *store,
                                      LiaPush             *push,
                                      const LiaPushChange *becomes,
                                      GError             **error);

char *lia_push_store_get_key (LiaStore *store,
                              LiaPush  *push,
                              GError  **error);

/* Inside a transaction; also for the commands. */
gboolean lia_push_append_change (LiaDb               *db,
                                 gint64               id,
                                 gint64               actor_id,
                                 const LiaPushChange *change,
                                 GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaPushAgenda, lia_push_agenda_free)

G_END_DECLS
