/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-search-hit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_SEARCH_ROW (lia_search_row_get_type ())

G_DECLARE_FINAL_TYPE (LiaSearchRow, lia_search_row, LIA, SEARCH_ROW, GtkWidget)

GtkWidget *lia_search_row_new (void);
void       lia_search_row_set_hit (LiaSearchRow *self,
                                   LiaSearchHit *hit);

G_END_DECLS
