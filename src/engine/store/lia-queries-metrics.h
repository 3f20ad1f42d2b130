/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-metrics.h"

G_BEGIN_DECLS

/* What the figures are computed from. Inside a #LiaStoreFunc; times in milliseconds, from @since_ms on, before @until_ms. */

/** LiaMetricRow: a stay in a queue, or a call that an agent handled, as one row behind a figure. */
typedef struct
{
  gint64        entry_seq;
  gint64        n; /* which of the call's stays */
  gint64        conversation_id;
  gint64        customer_id;
  char         *name;
  char         *address;
  gint64        queue_id;
  LiaMetricWait wait;
  gint64        due_ms;      /* of a callback, else 0 */
  double        handling_ms; /* of a call, else %LIA_METRIC_NONE */
  gint64        sort_ms;     /* rows stand in the order of this, newest first */
} LiaMetricRow;

void lia_metric_row_free (gpointer row);

/** LiaMetricRowsAsked: which rows. */
typedef struct
{
  const char   *name;     /* the figure's in the API: "late" */
  gint64        queue_id; /* 0: an agent's */
  gint64        since_ms;
  gint64        until_ms;
  gint64        now_ms;
  const char   *after; /* cursor, or NULL */
  guint         limit;
  LiaQueueRules rules;    /* the queue's */
  gint64        agent_id; /* 0: a queue's */
} LiaMetricRowsAsked;

GArray    *lia_query_metric_waits (LiaDb   *db,
                                   gint64   queue_id,
                                   gint64   since_ms,
                                   gint64   until_ms,
                                   GError **error);
GArray    *lia_query_metric_spans_of_queue (LiaDb   *db,
                                            gint64   queue_id,
                                            gint64   since_ms,
                                            gint64   until_ms,
                                            GError **error);
GArray    *lia_query_metric_spans_of_agent (LiaDb   *db,
                                            gint64   agent_id,
                                            gint64   since_ms,
                                            gint64   until_ms,
                                            GError **error);
gboolean   lia_query_metric_callbacks (LiaDb   *db,
                                       gint64   queue_id,
                                       gint64   now_ms,
                                       gint64  *due,
                                       gint64  *late,
                                       GError **error);
gboolean   lia_query_metric_callbacks_kept (LiaDb   *db,
                                            gint64   queue_id,
                                            gint64   since_ms,
                                            gint64   until_ms,
                                            gint64  *judged,
                                            gint64  *kept,
                                            GError **error);
gboolean   lia_query_metric_waiting (LiaDb   *db,
                                     gint64   queue_id,
                                     gint64   before_ms,
                                     gint64  *n_waiting,
                                     gint64  *first_ms,
                                     GError **error);
GPtrArray *lia_query_metric_rows (LiaDb                    *db,
                                  const LiaMetricRowsAsked *asked,
                                  GError                  **error);
char      *lia_metric_row_cursor (const LiaMetricRow *row);

/*
 * lia_query_metric_waits(): of LiaMetricWait: the stays that began then.
 * …_spans_of_queue(): of LiaMetricSpan: what all agents did with the calls that entered the queue then, until these went on to another one.
 * …_spans_of_agent(): the same of one agent, with her states, of whatever reaches into that time. Words in it are static.
 * …_callbacks(): conversations of the queue that wait for a call, and those of them whose time is over.
 * …_callbacks_kept(): those that were done, or whose time was over, then, and of these the ones that were done in time.
 * …_waiting(): how many wait who came before then (@first_ms: the first of them), a day back at most.
 * …_rows(): (transfer full): of LiaMetricRow: the stays, callbacks, or an agent's calls, behind a figure, newest first. %LIA_STORE_ERROR_NOT_FOUND for an unknown figure.
 */

G_END_DECLS
