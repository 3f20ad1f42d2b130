/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-finding.h"
#include "lia-notice.h"

G_BEGIN_DECLS

#define LIA_NOTICE_GAP_DAYS 30 /* "more than once a month might be too often" */

/* A notice was heard of: the message has left, or somebody has called. Of `n`. */
#define LIA_NOTICE_IS_TOLD                                                                                                            \
  "n.state = 'sent' AND EXISTS (SELECT 1 FROM entry AS e WHERE e.seq = n.entry_seq AND CASE e.kind WHEN 'promise' THEN e.waits <> 1 " \
  "ELSE e.state IN ('sent', 'partial', 'delivered') END)"

/**
 * LiaNoticeFilter:
 * @state: "due" (and not put off), "snoozed", "sent", "skipped", "cancelled"
 * @finding_id: 0 = of all
 */
typedef struct
{
  const char *state;
  gint64      finding_id;
} LiaNoticeFilter;

GPtrArray *lia_query_notices (LiaDb                 *db,
                              const LiaNoticeFilter *filter,
                              const char            *after,
                              guint                  limit,
                              gint64                 now_ms,
                              char                 **next,
                              GError               **error);
LiaNotice *lia_query_notice (LiaDb   *db,
                             gint64   id,
                             gint64   now_ms,
                             GError **error);
gboolean   lia_query_notices_due (LiaDb   *db,
                                  gint64   now_ms,
                                  gint64  *n,
                                  GError **error);
gboolean   lia_query_finding_notices (LiaDb      *db,
                                      gint64      root,
                                      LiaFinding *finding,
                                      GError    **error);

G_END_DECLS
