/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SUGGESTION_TAKE (lia_suggestion_take_get_type ())

/**
 * LiaSuggestionTake:
 *
 * What a response would be with an edit in it, beside what it is. Signal: `taken` (LiaCanned: with the edit).
 */
G_DECLARE_FINAL_TYPE (LiaSuggestionTake, lia_suggestion_take, LIA, SUGGESTION_TAKE, AdwDialog)

AdwDialog *lia_suggestion_take_new (LiaCanned  *before,
                                    LiaCanned  *after,
                                    const char *reason);

G_END_DECLS
