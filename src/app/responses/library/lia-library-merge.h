/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_MERGE (lia_library_merge_get_type ())

/**
 * LiaLibraryMerge:
 *
 * Two responses, field by field: whose stays is chosen for each. They are what I typed and what a colleague saved, or two that say nearly the same.
 * Signal: `merged` (LiaCanned: the choice; LiaCanned: the second one).
 */
G_DECLARE_FINAL_TYPE (LiaLibraryMerge, lia_library_merge, LIA, LIBRARY_MERGE, AdwDialog)

AdwDialog *lia_library_merge_new (LiaCanned *mine,
                                  LiaCanned *theirs);
AdwDialog *lia_library_merge_new_twins (LiaCanned *kept,
                                        LiaCanned *other);

G_END_DECLS
