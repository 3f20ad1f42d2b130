/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-figure-words.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_STAY_PANE (lia_stay_pane_get_type ())

/**
 * LiaStayPane:
 *
 * The calls behind a queue's figure, or an agent's, a page at a time.
 *
 * Signal "conversation-activated" (char *conversation, char *entry). Signal "closed".
 */
G_DECLARE_FINAL_TYPE (LiaStayPane, lia_stay_pane, LIA, STAY_PANE, AdwBin)

void lia_stay_pane_show (LiaStayPane *self,
                         LiaClient   *client,
                         LiaFigure    figure,
                         LiaQueue    *queue);
void lia_stay_pane_show_agent (LiaStayPane *self,
                               LiaClient   *client,
                               LiaAgent    *agent);

G_END_DECLS
