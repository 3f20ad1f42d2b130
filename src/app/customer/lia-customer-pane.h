/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CUSTOMER_PANE (lia_customer_pane_get_type ())

/**
 * LiaCustomerPane:
 *
 * The card of a customer: addresses, notes, the other conversations. Emits `conversation-activated` (LiaConversation).
 */
G_DECLARE_FINAL_TYPE (LiaCustomerPane, lia_customer_pane, LIA, CUSTOMER_PANE, AdwBin)

void lia_customer_pane_set_client (LiaCustomerPane *self,
                                   LiaClient       *client);
void lia_customer_pane_set_conversation (LiaCustomerPane *self,
                                         LiaConversation *conversation);

G_END_DECLS
