/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-issue.h"
#include "lia-json.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

/* What Redmine says, as values; what it is told, as JSON. Pure. Fails with %LIA_PROBLEM_VALIDATION where it says something else than its documentation does. */

LiaIssue  *lia_redmine_read_issue (JsonObject *object,
                                   const char *base_url,
                                   GError    **error);
GPtrArray *lia_redmine_read_issues (JsonObject *reply,
                                    const char *base_url,
                                    GError    **error);
gboolean   lia_redmine_issue_has (JsonObject *object,
                                  const char *marker);
gboolean   lia_redmine_issue_says (JsonObject *object,
                                   const char *text);
gint64     lia_redmine_find_note (JsonObject *issue,
                                  const char *mark,
                                  gboolean   *is_same,
                                  const char *text);
gboolean   lia_redmine_read_roles (JsonObject *user,
                                   gint64      project_id,
                                   GArray     *role_ids);
gboolean   lia_redmine_role_allows (JsonObject *role,
                                    const char *permission);
gint64     lia_redmine_read_closed_state (JsonObject *reply);
char      *lia_redmine_explain (JsonObject *body);

G_END_DECLS
