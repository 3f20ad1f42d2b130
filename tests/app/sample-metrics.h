/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sample-client.h"

#include "lia-day-figures.h"

G_BEGIN_DECLS

/* The figures of the sample client: what a test tells is what the wallboard gets; nothing comes by itself. */

LiaDayFigures *sample_metrics_new (gint64 waiting);
void           sample_metrics_tell (LiaClient     *client,
                                    LiaDayFigures *figures,
                                    gint64         received_ms);
gboolean       sample_metrics_are_watched (LiaClient *client);

G_END_DECLS
