/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-issue.h"
#include "lia-tracker-setup.h"

G_BEGIN_DECLS

/**
 * LiaIssueStage:
 * @LIA_ISSUE_OPEN: it is to be done
 * @LIA_ISSUE_SHUT: nothing more comes of it, and nothing that customers could be told: it was refused, or is closed for another reason
 * @LIA_ISSUE_UNRELEASED: it is done, and customers have it once its milestone or version is out
 * @LIA_ISSUE_DONE: customers have what they asked for
 */
typedef enum {
  LIA_ISSUE_OPEN,
  LIA_ISSUE_SHUT,
  LIA_ISSUE_UNRELEASED,
  LIA_ISSUE_DONE,
} LiaIssueStage;

LiaIssueStage lia_issue_stage (LiaIssue        *issue,
                               LiaTrackerSetup *tracker);

G_END_DECLS
