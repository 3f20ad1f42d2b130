/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-day-figures.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_DAY_LINE (lia_day_line_get_type ())

/**
 * LiaDayLine:
 *
 * A queue's day: who came in each hour, and how many of them were answered, as two lines. In words for who cannot see it.
 */
G_DECLARE_FINAL_TYPE (LiaDayLine, lia_day_line, LIA, DAY_LINE, GtkWidget)

void  lia_day_line_set_hours (LiaDayLine *self,
                              GPtrArray  *hours);
char *lia_day_line_words (GPtrArray *hours);
char *lia_day_line_title (GPtrArray *hours);

G_END_DECLS
