/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SEARCH_PANE (lia_search_pane_get_type ())

/**
 * LiaSearchPane:
 *
 * What a search found, newest first; older hits are fetched as one scrolls. Emits `hit-activated` (string: conversation, string: entry).
 */
G_DECLARE_FINAL_TYPE (LiaSearchPane, lia_search_pane, LIA, SEARCH_PANE, AdwBin)

void lia_search_pane_set_client (LiaSearchPane *self,
                                 LiaClient     *client);
void lia_search_pane_search (LiaSearchPane *self,
                             const char    *text);
void lia_search_pane_activate_first (LiaSearchPane *self);

G_END_DECLS
