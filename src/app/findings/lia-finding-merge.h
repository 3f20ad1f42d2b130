/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-finding.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_FINDING_MERGE (lia_finding_merge_get_type ())

/**
 * LiaFindingMerge:
 *
 * Into which finding others are merged: of several the one that stays, of one what is likely to be the same, or what is looked for. Signal: `chosen` (the
 * finding that stays, strv of those that are merged into it).
 */
G_DECLARE_FINAL_TYPE (LiaFindingMerge, lia_finding_merge, LIA, FINDING_MERGE, AdwDialog)

AdwDialog *lia_finding_merge_new (LiaClient *client,
                                  GPtrArray *findings);

G_END_DECLS
