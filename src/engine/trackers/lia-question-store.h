/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"
#include "lia-tracker-comment.h"

G_BEGIN_DECLS

/**
 * LiaHearing:
 * @key: as the tracker names it
 * @since_ms: from when on comments are ours to hear, or of the newest one that is known, by the tracker's clock
 * @updated: when it was changed last, as it says of itself now
 * @wants_info: the engineers wait, by its state, and @wanted_info: they did when it was read last
 *
 * An issue below which somebody may have written something.
 */
typedef struct
{
  gint64   issue_id;
  gint64   agent_id;
  char    *key;
  gint64   since_ms;
  char    *updated;
  gboolean wants_info;
  gboolean wanted_info;
} LiaHearing;

GPtrArray *lia_question_store_list (LiaStore *store,
                                    gint64    tracker_id,
                                    gint64    limit,
                                    GError  **error);
gboolean   lia_question_store_take (LiaStore                 *store,
                                    const LiaHearing         *hearing,
                                    const LiaTrackerComments *comments,
                                    GError                  **error);

G_END_DECLS
