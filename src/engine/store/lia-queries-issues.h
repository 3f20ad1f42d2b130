/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-finding.h"

G_BEGIN_DECLS

/* Issues, and what left for trackers. Inside a #LiaStoreFunc. */

gboolean   lia_query_finding_issues (LiaDb      *db,
                                     gint64      root,
                                     LiaFinding *finding,
                                     GError    **error);
LiaPush   *lia_query_push (LiaDb   *db,
                           gint64   id,
                           GError **error);
GPtrArray *lia_query_pushes (LiaDb      *db,
                             gint64      finding_id,
                             const char *before,
                             guint       limit,
                             char      **next,
                             GError    **error);
LiaIssue  *lia_query_issue (LiaDb      *db,
                            gint64      tracker_id,
                            const char *key,
                            GError    **error);
GPtrArray *lia_query_tracker_issues (LiaDb   *db,
                                     gint64   tracker_id,
                                     GError **error);
GPtrArray *lia_query_issues_of (LiaDb   *db,
                                gint64   conversation_id,
                                gint64   customer_id,
                                GError **error);

G_END_DECLS
