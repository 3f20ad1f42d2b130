/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-issue.h"
#include "lia-store.h"

G_BEGIN_DECLS

/* What is new in trackers, in the store: an issue that findings have becomes as it is there now, and where it was said an entry tells of it. For fibers. */

gboolean   lia_issue_store_get_cursor (LiaStore *store,
                                       gint64    tracker_id,
                                       char    **cursor,
                                       GError  **error);
gboolean   lia_issue_store_take (LiaStore   *store,
                                 gint64      tracker_id,
                                 GPtrArray  *issues,
                                 const char *cursor,
                                 GError    **error);
gboolean   lia_issue_store_set_problem (LiaStore   *store,
                                        LiaIssue   *issue,
                                        const char *problem,
                                        GError    **error);
GPtrArray *lia_issue_store_list (LiaStore *store,
                                 gint64    tracker_id,
                                 GError  **error);

G_END_DECLS
