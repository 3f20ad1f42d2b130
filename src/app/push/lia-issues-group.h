/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-push.h"
#include "lia-finding.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_ISSUES_GROUP (lia_issues_group_get_type ())

/**
 * LiaIssuesGroup:
 *
 * What the engineers have of a finding, what is on its way to them, and the way there (%LIA_PUSH_ACTION of a widget around it).
 */
G_DECLARE_FINAL_TYPE (LiaIssuesGroup, lia_issues_group, LIA, ISSUES_GROUP, GtkBox)

void lia_issues_group_show (LiaIssuesGroup *self,
                            LiaClient      *client,
                            LiaFinding     *finding);

G_END_DECLS
