/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-edit.h"
#include "lia-suggestion.h"

G_BEGIN_DECLS

/* What becomes of a suggestion when it is followed. Nothing is published: an agent looks it over. */

LiaCanned *lia_canned_take_edit (LiaCanned     *canned,
                                 LiaSuggestion *suggestion);
LiaCanned *lia_canned_from_answer (LiaSuggestion *suggestion);

G_END_DECLS
