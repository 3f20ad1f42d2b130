/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-station.h"
#include "lia-day-figures.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_AGENT_LINE (lia_agent_line_get_type ())

/**
 * LiaAgentLine:
 *
 * One agent on the wallboard: what she does and since when, her day, and what a supervisor can do about it.
 *
 * Signal "day-activated" (LiaAgent): the calls behind her figures are to be shown.
 */
G_DECLARE_FINAL_TYPE (LiaAgentLine, lia_agent_line, LIA, AGENT_LINE, GtkListBoxRow)

GtkWidget *lia_agent_line_new (LiaPhoneStation *station);
void       lia_agent_line_show (LiaAgentLine      *self,
                                LiaAgent          *agent,
                                const LiaAgentDay *day,
                                gint64             now_ms);

G_END_DECLS
