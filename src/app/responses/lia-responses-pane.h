/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-response-finder.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSES_PANE (lia_responses_pane_get_type ())

/**
 * LiaResponsesPane:
 *
 * Canned responses beside the conversation: what answers the customer's last words, or what is searched for, with a preview of the selected one.
 *
 * Signal: `chosen` (LiaCanned): it shall be inserted.
 */
G_DECLARE_FINAL_TYPE (LiaResponsesPane, lia_responses_pane, LIA, RESPONSES_PANE, AdwBin)

void lia_responses_pane_set_finder (LiaResponsesPane  *self,
                                    LiaResponseFinder *finder);
void lia_responses_pane_start_search (LiaResponsesPane *self);

G_END_DECLS
