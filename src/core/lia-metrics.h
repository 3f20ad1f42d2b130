/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call-enums.h"

G_BEGIN_DECLS

/*
 * The figures of queues and agents, from our own records. Pure. A PBX' own counters are of no use: they forget at a restart, count time-outs as
 * abandoned, and leave out whoever hung up. Where nothing has happened there is no figure: %LIA_METRIC_NONE, never 0 or 100 %.
 */

#define LIA_METRIC_NONE (-1.0)

/** LiaMetricWait: one stay in a queue; `to_ms` 0: it goes on. */
typedef struct
{
  gint64        from_ms;
  gint64        to_ms;
  LiaWaitResult result;
} LiaMetricWait;

/**
 * LiaServiceLevelKind:
 * @LIA_SERVICE_LEVEL_IGNORE: who hung up within the target is left out
 * @LIA_SERVICE_LEVEL_NEGATIVE: … was not served
 * @LIA_SERVICE_LEVEL_POSITIVE: … counts as served
 */
typedef enum {
  LIA_SERVICE_LEVEL_IGNORE,
  LIA_SERVICE_LEVEL_NEGATIVE,
  LIA_SERVICE_LEVEL_POSITIVE,
} LiaServiceLevelKind;

const char *lia_service_level_to_string (LiaServiceLevelKind value);
gboolean    lia_service_level_from_string (const char          *word,
                                           LiaServiceLevelKind *value);

/** LiaQueueRules: what a queue has promised; times in milliseconds. */
typedef struct
{
  gint64              target_ms; /* within which a caller is to be answered */
  gint64              short_ms;  /* who hangs up within it has not waited */
  LiaServiceLevelKind service_level;
} LiaQueueRules;

/** LiaQueueFigures: of the stays that began in a stretch of time. */
typedef struct
{
  gint64 entered;
  gint64 offered;  /* entered, without `flow_out` and `closed` */
  gint64 answered; /* connected to a person */
  gint64 abandoned;
  gint64 short_ones; /* hung up at once; not in `abandoned` */
  gint64 timed_out;
  gint64 flow_out; /* left to another queue */
  gint64 closed;   /* turned away by the system */
  gint64 lost;     /* nobody saw how they ended */
  gint64 waiting;
  gint64 longest_now_ms; /* of who waits */
  gint64 longest_ms;     /* of all, whatever came out */
  double service_level;  /* 0 to 1 */
  double asa_ms;         /* mean wait of the answered, ringing included */
  double median_ms;
  double p90_ms;
} LiaQueueFigures;

/** LiaMetricSpan: a stretch of an agent's time; @availability of a state, else NULL and it is a segment of a call. */
typedef struct
{
  gint64         from_ms;
  gint64         to_ms; /* 0: it goes on */
  gint64         call;  /* of a segment: which one */
  LiaSegmentKind kind;
  const char    *availability;
} LiaMetricSpan;

/** LiaAgentFigures: of an agent, or of all in a queue. Milliseconds. */
typedef struct
{
  gint64 handled; /* calls with a word spoken */
  gint64 talk_ms;
  gint64 hold_ms;
  gint64 wrap_ms;
  gint64 ring_ms;
  gint64 available_ms; /* for a call, and without one */
  gint64 paused_ms;
  double aht_ms;    /* (talk + hold + wrap-up) / handled */
  double occupancy; /* (talk + hold + wrap-up) / (the same + available + ringing) */
} LiaAgentFigures;

double   lia_metrics_ratio (gint64 part,
                            gint64 whole);
gboolean lia_metrics_is_short (const LiaMetricWait *wait,
                               const LiaQueueRules *rules);
gboolean lia_metrics_is_answered (LiaWaitResult result);
void     lia_metrics_of_queue (LiaQueueFigures     *figures,
                               const LiaMetricWait *waits,
                               guint                n_waits,
                               const LiaQueueRules *rules,
                               gint64               now_ms);
void     lia_metrics_of_agent (LiaAgentFigures     *figures,
                               const LiaMetricSpan *spans,
                               guint                n_spans,
                               gint64               since_ms,
                               gint64               until_ms);

G_END_DECLS
