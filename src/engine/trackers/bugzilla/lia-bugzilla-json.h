/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-issue.h"
#include "lia-json.h"

G_BEGIN_DECLS

/* What Bugzilla says, as values. Pure. Fails with %LIA_PROBLEM_VALIDATION where it says something else than its documentation does. */

LiaIssue   *lia_bugzilla_read_issue (JsonObject *object,
                                     const char *base_url,
                                     GError    **error);
gboolean    lia_bugzilla_has_alias (JsonObject *reply,
                                    const char *alias);
JsonArray  *lia_bugzilla_get_list (JsonObject *reply,
                                   const char *name,
                                   GError    **error);
JsonObject *lia_bugzilla_find_comment (JsonArray  *comments,
                                       const char *mark);
char       *lia_bugzilla_choose (JsonArray  *values,
                                 const char *wanted);
char       *lia_bugzilla_choose_active (JsonObject *product,
                                        const char *name,
                                        const char *wanted);
guint       lia_bugzilla_correct (guint       status,
                                  JsonObject *body);
char       *lia_bugzilla_explain (JsonObject *body);

G_END_DECLS
