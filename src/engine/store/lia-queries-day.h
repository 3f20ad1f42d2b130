/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-day-figures.h"
#include "lia-db.h"
#include "lia-queue.h"

G_BEGIN_DECLS

/* A supervisor's figures. Inside a #LiaStoreFunc. */

gint64         lia_day_begin (gint64 now_ms);
LiaDayFigures *lia_query_day_figures (LiaDb   *db,
                                      gint64   since_ms,
                                      gint64   until_ms,
                                      gint64   now_ms,
                                      GError **error);
LiaQueueRules  lia_queue_rules (LiaQueue *queue);

G_END_DECLS
