/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-finding-enums.h"

#include "lia-words-private.h"

LIA_DEFINE_WORDS (LiaFindingKind, lia_finding_kind, "bug", "usability", "need", "praise", "site-failed")

LIA_DEFINE_WORDS (LiaFindingState, lia_finding_state, "new", "linked", "fixed", "told")

LIA_DEFINE_WORDS (LiaImportance, lia_importance, "normal", "low", "blocking")

LIA_DEFINE_WORDS (LiaFindingSort, lia_finding_sort, "last", "age", "customers", "importance", "trend", "minutes")
