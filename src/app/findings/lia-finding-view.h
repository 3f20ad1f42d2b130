/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-finding.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_FINDING_VIEW (lia_finding_view_get_type ())

/**
 * LiaFindingView:
 *
 * A finding: who says it and how often, what became of it, and what customers said. Signal: `conversation-activated` (conversation, entry).
 */
G_DECLARE_FINAL_TYPE (LiaFindingView, lia_finding_view, LIA, FINDING_VIEW, AdwBin)

void       lia_finding_view_set_client (LiaFindingView *self,
                                        LiaClient      *client);
void       lia_finding_view_set_finding (LiaFindingView *self,
                                         LiaFinding     *finding);
GPtrArray *lia_finding_view_dup_chosen (LiaFindingView *self);

G_END_DECLS
