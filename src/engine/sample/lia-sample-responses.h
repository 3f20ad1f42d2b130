/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-sample-desk.h"

G_BEGIN_DECLS

/**
 * LiaSampleResponses:
 * @agents: LIA_SAMPLE_N_AGENTS; all responses are the first one's
 * @queue_ids: by the places of lia_sample_queues
 * @at_ms: when they were written
 * @uses: (element-type LiaSampleEvent): when they were sent, up to @now_ms, is added here
 */
typedef struct
{
  const LiaSampleAgent *agents;
  const gint64         *queue_ids;
  gint64                at_ms;
  gint64                now_ms;
  GPtrArray            *uses;
} LiaSampleResponses;

gboolean lia_sample_write_responses (LiaDb                    *db,
                                     const LiaSampleResponses *responses,
                                     GError                  **error);

G_END_DECLS
