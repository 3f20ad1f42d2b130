/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-row-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_CALL_CARD (lia_call_card_get_type ())

/**
 * LiaCallCard:
 *
 * What a card says of a call: how it came out, what it came to, each step on request, and its recordings. While the call goes on its times grow.
 */
G_DECLARE_FINAL_TYPE (LiaCallCard, lia_call_card, LIA, CALL_CARD, GtkWidget)

LiaCallCard *lia_call_card_new (void);
void         lia_call_card_bind (LiaCallCard         *self,
                                 LiaEntry            *entry,
                                 const LiaRowContext *context);

G_END_DECLS
