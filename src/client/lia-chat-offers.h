/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-frames.h"

G_BEGIN_DECLS

/** LiaChatOffer: a waiting chat that is offered to me, and for how long. */
typedef struct
{
  char  *conversation;
  char  *queue;
  char  *name; /* who waits */
  char  *text; /* what they said last */
  gint64 waiting_since_ms;
  gint64 from_ms;
  gint64 until_ms;
} LiaChatOffer;

#define LIA_TYPE_CHAT_OFFERS (lia_chat_offers_get_type ())

/**
 * LiaChatOffers:
 *
 * What the engine offers to me at this moment, and how many chats I have of those that I can do at once.
 *
 * Signals: `changed`, on the main loop.
 */
G_DECLARE_FINAL_TYPE (LiaChatOffers, lia_chat_offers, LIA, CHAT_OFFERS, GObject)

LiaChatOffers      *lia_chat_offers_new (void);
void                lia_chat_offers_take (LiaChatOffers *self,
                                          LiaFrame      *frame);
void                lia_chat_offers_lose (LiaChatOffers *self);
const LiaChatOffer *lia_chat_offers_get_offer (LiaChatOffers *self);
gint64              lia_chat_offers_get_n_chats (LiaChatOffers *self);
gint64              lia_chat_offers_get_capacity (LiaChatOffers *self);
gboolean            lia_chat_offers_is_full (LiaChatOffers *self);

/*
 * lia_chat_offers_take(): a live frame; others than “chat.offer”, and what cannot be read, are left alone.
 * lia_chat_offers_lose(): the stream has ended: nothing is offered any more, as far as we know.
 * lia_chat_offers_get_offer(): (nullable).
 * lia_chat_offers_get_capacity(): -1 = the engine has not said so.
 * lia_chat_offers_is_full(): I have as many as I can do at once.
 */

G_END_DECLS
