/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-day-figures.h"
#include "lia-queue.h"

G_BEGIN_DECLS

/** LiaFigure: what is shown of a queue, in the order in which it is shown. */
typedef enum {
  LIA_FIGURE_WAITING,
  LIA_FIGURE_LONGEST,
  LIA_FIGURE_SERVICE_LEVEL,
  LIA_FIGURE_ASA,
  LIA_FIGURE_ANSWERED,
  LIA_FIGURE_ABANDONED,
  LIA_FIGURE_SHORT,
  LIA_FIGURE_AHT,
  LIA_FIGURE_CALLBACKS,
  LIA_FIGURE_CALLBACKS_KEPT,
  LIA_N_FIGURES,
} LiaFigure;

const char *lia_figure_title (LiaFigure figure);
const char *lia_figure_rows (LiaFigure figure);
char       *lia_figure_value (LiaFigure          figure,
                              const LiaQueueDay *day);
char       *lia_figure_detail (LiaFigure          figure,
                               const LiaQueueDay *day);
char       *lia_figure_formula (LiaFigure figure,
                                LiaQueue *queue);
gboolean    lia_figure_alarms (LiaFigure          figure,
                               const LiaQueueDay *day,
                               LiaQueue          *queue);
char       *lia_figure_span (gint64 span_ms);
char       *lia_figure_span_or_none (double span_ms);

G_END_DECLS
