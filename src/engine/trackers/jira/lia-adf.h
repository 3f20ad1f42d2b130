/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-json.h"

G_BEGIN_DECLS

/* The Atlassian Document Format, in which Jira Cloud has its texts: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */

JsonObject *lia_adf_from_text (const char *text);
char       *lia_adf_to_text (JsonObject *document);

G_END_DECLS
