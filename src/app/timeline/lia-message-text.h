/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-folding.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_MESSAGE_TEXT (lia_message_text_get_type ())

/**
 * LiaMessageText:
 *
 * The text of an entry: quotes and signatures folded behind "⋯", very long texts shortened. Offsets are bytes of the entry's text.
 */
G_DECLARE_FINAL_TYPE (LiaMessageText, lia_message_text, LIA, MESSAGE_TEXT, GtkWidget)

LiaMessageText *lia_message_text_new (void);
void            lia_message_text_bind (LiaMessageText   *self,
                                       LiaEntry         *entry,
                                       const LiaFolding *folding);
void            lia_message_text_set_selection (LiaMessageText *self,
                                                gsize           start,
                                                gsize           end);
gsize           lia_message_text_locate (LiaMessageText *self,
                                         double          x,
                                         double          y);
void            lia_message_text_get_word (LiaMessageText *self,
                                           gsize           offset,
                                           gsize          *start,
                                           gsize          *end);

G_END_DECLS
