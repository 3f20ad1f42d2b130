/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-issue.h"
#include "lia-json.h"

G_BEGIN_DECLS

/* What Jira says, as values. Pure. Fails with %LIA_PROBLEM_VALIDATION where it says something else than its documentation does. */

LiaIssue   *lia_jira_read_issue (JsonObject *object,
                                 const char *base_url,
                                 GError    **error);
gboolean    lia_jira_is_released (JsonObject *version);
char       *lia_jira_read_text (JsonObject *object,
                                const char *name);
JsonObject *lia_jira_find_comment (JsonArray  *comments,
                                   const char *mark);
const char *lia_jira_find_closing (JsonArray *transitions);
gboolean    lia_jira_allows (JsonObject *permissions,
                             const char *name);
char       *lia_jira_explain (JsonObject *body);

G_END_DECLS
