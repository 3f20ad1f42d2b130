/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-suggestion-words.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** LiaSuggestionPart: where the keyboard is in a row. */
typedef enum {
  LIA_SUGGESTION_PART_ROW,
  LIA_SUGGESTION_PART_ACT,
  LIA_SUGGESTION_PART_DISMISS,
} LiaSuggestionPart;

#define LIA_TYPE_SUGGESTION_ROW (lia_suggestion_row_get_type ())

/**
 * LiaSuggestionRow:
 *
 * One suggestion: what it is about, why it stands there, and what can be done. Enter does it, Delete dismisses it. Signals: `chosen`, `dismissed`.
 */
G_DECLARE_FINAL_TYPE (LiaSuggestionRow, lia_suggestion_row, LIA, SUGGESTION_ROW, GtkListBoxRow)

GtkWidget        *lia_suggestion_row_new (LiaSuggestion   *suggestion,
                                          LiaSuggestionAct act,
                                          LiaCanned       *canned,
                                          LiaCanned       *other);
LiaSuggestion    *lia_suggestion_row_get_suggestion (LiaSuggestionRow *self);
LiaSuggestionAct  lia_suggestion_row_get_act (LiaSuggestionRow *self);
LiaSuggestionPart lia_suggestion_row_get_focused (LiaSuggestionRow *self);
void              lia_suggestion_row_focus (LiaSuggestionRow *self,
                                            LiaSuggestionPart part);

G_END_DECLS
