/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_SELECTABLE_TEXT (lia_selectable_text_get_type ())

/**
 * LiaSelectableText:
 *
 * A wrapped text with links, part of which is shown as selected. Somebody else says which part: the selection of a timeline goes over
 * many of these. Offsets are bytes of the plain text.
 */
G_DECLARE_FINAL_TYPE (LiaSelectableText, lia_selectable_text, LIA, SELECTABLE_TEXT, GtkWidget)

LiaSelectableText *lia_selectable_text_new (void);
void               lia_selectable_text_set_text (LiaSelectableText *self,
                                                 const char        *text,
                                                 gsize              length);
void               lia_selectable_text_set_selection (LiaSelectableText *self,
                                                      gsize              start,
                                                      gsize              end);
gsize              lia_selectable_text_locate (LiaSelectableText *self,
                                               double             x,
                                               double             y);
void               lia_selectable_text_get_word (LiaSelectableText *self,
                                                 gsize              offset,
                                                 gsize             *start,
                                                 gsize             *end);

G_END_DECLS
