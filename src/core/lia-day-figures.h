/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-metrics.h"

#include <glib-object.h>

G_BEGIN_DECLS

/** LiaHourFigures: of the stays in one queue that began in one hour. */
typedef struct
{
  gint64          from_ms;
  LiaQueueFigures figures;
} LiaHourFigures;

/** LiaQueueDay: one queue's day so far. */
typedef struct
{
  char               *queue; /* its id */
  LiaQueueFigures     figures;
  LiaServiceLevelKind kind;   /* which service level it is */
  double              aht_ms; /* of the calls that stood in it; %LIA_METRIC_NONE without any */
  gint64              callbacks_due;
  gint64              callbacks_late;   /* of these: promised for a time that is over */
  gint64              callbacks_judged; /* done, or their time was over, in this stretch of time; without customers who got through to us first */
  gint64              callbacks_kept;   /* of these: done within their time */
  double              callback_kept;    /* the one by the other; %LIA_METRIC_NONE without any */
  GPtrArray          *hours;            /* of LiaHourFigures, each hour of the day so far, in their order */
} LiaQueueDay;

/** LiaAgentDay: one agent's day so far. */
typedef struct
{
  char           *agent; /* its id */
  LiaAgentFigures figures;
} LiaAgentDay;

#define LIA_TYPE_DAY_FIGURES (lia_day_figures_get_type ())

G_DECLARE_FINAL_TYPE (LiaDayFigures, lia_day_figures, LIA, DAY_FIGURES, GObject)

/**
 * LiaDayFigures:
 *
 * What a supervisor's wallboard shows, computed at one moment. Immutable once published.
 */
struct _LiaDayFigures
{
  GObject parent_instance;

  gint64     since_ms; /* the day's beginning where the engine is */
  gint64     until_ms; /* the moment */
  GPtrArray *queues;   /* of LiaQueueDay: those in which calls wait */
  GPtrArray *agents;   /* of LiaAgentDay */
};

LiaDayFigures  *lia_day_figures_new (void);
LiaQueueDay    *lia_day_figures_find_queue (LiaDayFigures *self,
                                            const char    *queue);
LiaAgentDay    *lia_day_figures_find_agent (LiaDayFigures *self,
                                            const char    *agent);
LiaQueueDay    *lia_queue_day_new (void);
void            lia_queue_day_free (LiaQueueDay *day);
LiaAgentDay    *lia_agent_day_new (void);
void            lia_agent_day_free (LiaAgentDay *day);
LiaHourFigures *lia_hour_figures_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaQueueDay, lia_queue_day_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaAgentDay, lia_agent_day_free)

G_END_DECLS
