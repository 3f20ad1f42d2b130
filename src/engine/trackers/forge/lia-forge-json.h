/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-issue.h"
#include "lia-json.h"

G_BEGIN_DECLS

/* What GitHub, Forgejo and Gitea say, as values. Pure. Fails with %LIA_PROBLEM_VALIDATION where they say something else than their documentation does. */

LiaIssue   *lia_forge_read_issue (JsonObject *object,
                                  const char *base_url,
                                  GError    **error);
JsonArray  *lia_forge_drop_changes (JsonArray *items);
JsonObject *lia_forge_find_marked (JsonArray  *items,
                                   const char *marker,
                                   gboolean    newest_first);
char       *lia_forge_explain (JsonObject *body);

G_END_DECLS
