/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_CONVERSATION_ROW (lia_conversation_row_get_type ())

/**
 * LiaConversationRow:
 *
 * A conversation in a list, and the call that goes on in it. Properties: `item` (LiaConversation), `spoken` (string: what it says to a screen
 * reader; changes with the call too).
 */
G_DECLARE_FINAL_TYPE (LiaConversationRow, lia_conversation_row, LIA, CONVERSATION_ROW, GtkWidget)

GtkWidget *lia_conversation_row_new (LiaClient *client);
void       lia_conversation_row_set_item (LiaConversationRow *self,
                                          LiaConversation    *item);

G_END_DECLS
