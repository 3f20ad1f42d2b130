/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-queries-findings.h"

G_BEGIN_DECLS

/*
 * Which findings of `f` a filter takes, by what is in their rows: its text, conversation and customer are not looked at. Each part is left out by a NULL or 0.
 * The page of the web site stands apart, since the indexes of lists do not have it.
 */
#define LIA_FINDING_OF_TRACKERS \
  "SELECT m.root_id FROM issue AS i CROSS JOIN finding_issue AS l ON l.issue_id = i.id CROSS JOIN finding AS m ON m.id = l.finding_id"
#define LIA_FINDING_FILTERED                                                                                                   \
  "f.last_at IS NOT NULL AND ($1 IS NULL OR f.kind = $1) AND ($2 IS NULL OR f.state = $2) AND ($3 IS NULL OR f.product = $3) " \
  "AND f.last_at >= $5 AND CASE WHEN $6 = 0 THEN 1 WHEN $6 < 0 THEN f.id NOT IN (" LIA_FINDING_OF_TRACKERS ") "                \
  "ELSE f.id IN (" LIA_FINDING_OF_TRACKERS " WHERE i.tracker_id = $6) END "
#define LIA_FINDING_OF_PAGE "AND ($4 IS NULL OR f.url = $4) "
#define LIA_FINDING_FILTER_TYPES "ttttii"
#define LIA_FINDING_FILTER_VALUES(filter) (filter)->kind, (filter)->state, (filter)->product, (filter)->url, (filter)->since_ms, (filter)->tracker_id

G_END_DECLS
