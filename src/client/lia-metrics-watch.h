/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-day-figures.h"

G_BEGIN_DECLS

#define LIA_TYPE_METRICS_WATCH (lia_metrics_watch_get_type ())

/**
 * LiaMetricsWatch:
 *
 * As long as it lives, the engine sends the day's figures: within a second of what changes them. For supervisors only; others get none.
 *
 * Signal "changed": there are newer figures.
 */
G_DECLARE_FINAL_TYPE (LiaMetricsWatch, lia_metrics_watch, LIA, METRICS_WATCH, GObject)

#define LIA_METRICS_LATE_MS 20000 /* without news for so long, the figures are old: the engine sends some each ten seconds */

LiaMetricsWatch *lia_metrics_watch_new (LiaClient *client);
LiaDayFigures   *lia_metrics_watch_get_figures (LiaMetricsWatch *self);
gint64           lia_metrics_watch_get_received (LiaMetricsWatch *self);

G_END_DECLS
