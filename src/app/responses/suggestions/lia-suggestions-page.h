/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-suggestion-words.h"
#include "lia-suggestions.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SUGGESTIONS_PAGE (lia_suggestions_page_get_type ())

/**
 * LiaSuggestionsPage:
 *
 * What could be better in the library, in groups, each row with what can be done about it.
 *
 * Signals: `chosen` (LiaSuggestion; uint: the LiaSuggestionAct), `dismissed` (LiaSuggestion), `left`: back to the responses.
 */
G_DECLARE_FINAL_TYPE (LiaSuggestionsPage, lia_suggestions_page, LIA, SUGGESTIONS_PAGE, AdwBin)

void lia_suggestions_page_set_client (LiaSuggestionsPage *self,
                                      LiaClient          *client,
                                      LiaSuggestions     *suggestions);
void lia_suggestions_page_open (LiaSuggestionsPage *self);

G_END_DECLS
