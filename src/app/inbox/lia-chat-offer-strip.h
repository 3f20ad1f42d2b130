/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CHAT_OFFER_STRIP (lia_chat_offer_strip_get_type ())

/**
 * LiaChatOfferStrip:
 *
 * On top of the list: the waiting chat that is offered to me, who that is and what they ask, and for how much longer. Hidden while nothing is offered.
 * Its buttons are the workbench’s actions `take-offer` and `decline-offer`.
 */
G_DECLARE_FINAL_TYPE (LiaChatOfferStrip, lia_chat_offer_strip, LIA, CHAT_OFFER_STRIP, AdwBin)

void  lia_chat_offer_strip_set_client (LiaChatOfferStrip *self,
                                       LiaClient         *client);
char *lia_chat_offer_dup_name (const LiaChatOffer *offer);

/* lia_chat_offer_dup_name(): who waits, as far as that is known. */

G_END_DECLS
