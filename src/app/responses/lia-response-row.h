/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-hit.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSE_ROW (lia_response_row_get_type ())

/**
 * LiaResponseRow:
 *
 * A found response in a LiaResponseList: its title and shortcut with the letters that were typed in bold, where it belongs, its languages.
 */
G_DECLARE_FINAL_TYPE (LiaResponseRow, lia_response_row, LIA, RESPONSE_ROW, AdwBin)

GtkWidget *lia_response_row_new (void);
void       lia_response_row_set_hit (LiaResponseRow *self,
                                     LiaCannedHit   *hit,
                                     guint           position,
                                     guint           n_hits);
void       lia_response_row_set_selected (LiaResponseRow *self,
                                          gboolean        selected);

G_END_DECLS
