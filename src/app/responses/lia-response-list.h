/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-hit.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSE_LIST (lia_response_list_get_type ())

/**
 * LiaResponseList:
 *
 * What was found, best first, one of it selected. There are only as many rows as can be seen, and they stay: what is typed changes their words, so
 * that nothing flickers and a keystroke costs the same whatever was found. It never takes the keyboard: who has it passes the keys on.
 *
 * Signals: `selected` (another one is, or none: see lia_response_list_get_selected()), `activated` (int: how many clicks).
 */
G_DECLARE_FINAL_TYPE (LiaResponseList, lia_response_list, LIA, RESPONSE_LIST, AdwBin)

GtkWidget    *lia_response_list_new (void);
void          lia_response_list_set_max_rows (LiaResponseList *self,
                                              guint            max_rows);
void          lia_response_list_set_hits (LiaResponseList *self,
                                          GPtrArray       *hits);
guint         lia_response_list_get_n_hits (LiaResponseList *self);
guint         lia_response_list_get_position (LiaResponseList *self);
LiaCannedHit *lia_response_list_get_selected (LiaResponseList *self);
gboolean      lia_response_list_take_key (LiaResponseList *self,
                                          guint            key);
int           lia_response_list_get_row_height (LiaResponseList *self);
char         *lia_response_list_dup_announcement (LiaResponseList *self);

G_END_DECLS
