/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_VIEW_ROW (lia_view_row_get_type ())

G_DECLARE_FINAL_TYPE (LiaViewRow, lia_view_row, LIA, VIEW_ROW, GtkListBoxRow)

GtkWidget *lia_view_row_new (LiaView *view);
LiaView   *lia_view_row_get_view (LiaViewRow *self);
void       lia_view_row_set_view (LiaViewRow *self,
                                  LiaView    *view);

G_END_DECLS
