/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-issue.h"
#include "lia-json.h"

G_BEGIN_DECLS

/* What GitLab says, as values. Pure. Fails with %LIA_PROBLEM_VALIDATION where it says something else than its documentation does. */

LiaIssue   *lia_gitlab_read_issue (JsonObject *object,
                                   const char *base_url,
                                   GError    **error);
JsonObject *lia_gitlab_find_marked (JsonArray  *items,
                                    const char *member,
                                    const char *marker);
char       *lia_gitlab_explain (JsonObject *body);

G_END_DECLS
