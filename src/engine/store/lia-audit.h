/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-json.h"

G_BEGIN_DECLS

/* What was done to others. Inside a #LiaStoreFunc. */

JsonObject *lia_query_audit (LiaDb      *db,
                             gint64      agent_id,
                             const char *before,
                             guint       limit,
                             GError    **error);

/* lia_query_audit(): (transfer full): {"rows":[…],"next":…} as GET /v1/audit has it, newest first; @agent_id: who did it, or to whom it was done, 0:
 * everybody; @before: (nullable): where a page ended. */

G_END_DECLS
