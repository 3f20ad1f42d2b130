/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_MERGE (lia_library_merge_get_type ())

/**
 * LiaLibraryMerge:
 *
 * What I typed and what a colleague saved, field by field: whose stays is chosen for each. Signal: `merged` (LiaCanned: the choice; LiaCanned: what
 * the colleague saved).
 */
G_DECLARE_FINAL_TYPE (LiaLibraryMerge, lia_library_merge, LIA, LIBRARY_MERGE, AdwDialog)

AdwDialog *lia_library_merge_new (LiaCanned *mine,
                                  LiaCanned *theirs);

G_END_DECLS
