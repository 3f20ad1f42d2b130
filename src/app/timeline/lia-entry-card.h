/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-message-text.h"
#include "lia-row-context.h"

G_BEGIN_DECLS

/* Where a chat message stands in what one person says in one breath. */
typedef enum {
  LIA_CARD_FOLLOWS = 1 << 0, /* another one that goes before says who and when */
  LIA_CARD_GOES_ON = 1 << 1, /* another one follows */
} LiaCardPlace;

#define LIA_TYPE_ENTRY_CARD (lia_entry_card_get_type ())

/**
 * LiaEntryCard:
 *
 * Something that somebody said, as a card: who, when, the text, what is attached, and how far it got.
 */
G_DECLARE_FINAL_TYPE (LiaEntryCard, lia_entry_card, LIA, ENTRY_CARD, GtkWidget)

LiaEntryCard   *lia_entry_card_new (void);
void            lia_entry_card_bind (LiaEntryCard        *self,
                                     LiaEntry            *entry,
                                     const LiaRowContext *context,
                                     LiaCardPlace         place);
LiaMessageText *lia_entry_card_get_text (LiaEntryCard *self);
GtkWidget      *lia_entry_card_get_menu_button (LiaEntryCard *self);

G_END_DECLS
