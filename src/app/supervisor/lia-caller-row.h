/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"
#include "lia-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_CALLER_ROW (lia_caller_row_get_type ())

/**
 * LiaCallerRow:
 *
 * Somebody who waits in a queue: for how long, who it is, and what a supervisor can do for them.
 */
G_DECLARE_FINAL_TYPE (LiaCallerRow, lia_caller_row, LIA, CALLER_ROW, GtkListBoxRow)

GtkWidget *lia_caller_row_new (LiaClient *client,
                               LiaCall   *call);
LiaCall   *lia_caller_row_get_call (LiaCallerRow *self);
void       lia_caller_row_set_call (LiaCallerRow *self,
                                    LiaCall      *call);
void       lia_caller_row_tick (LiaCallerRow *self,
                                gint64        now_ms);

G_END_DECLS
