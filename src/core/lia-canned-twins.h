/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"
#include "lia-suggestion.h"

G_BEGIN_DECLS

/* Responses that say nearly the same, and one made of two. */

GPtrArray *lia_canned_find_twins (GPtrArray *library,
                                  GPtrArray *by_hand);
LiaCanned *lia_canned_unite (LiaCanned *kept,
                             LiaCanned *other);

G_END_DECLS
