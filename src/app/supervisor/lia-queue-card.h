/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-figure-words.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_QUEUE_CARD (lia_queue_card_get_type ())

/**
 * LiaQueueCard:
 *
 * One queue on the wallboard: its figures, its day, and who waits in it.
 *
 * Signal "figure-activated" (int figure): what it counts is to be shown.
 */
G_DECLARE_FINAL_TYPE (LiaQueueCard, lia_queue_card, LIA, QUEUE_CARD, AdwBin)

GtkWidget *lia_queue_card_new (LiaClient *client);
LiaQueue  *lia_queue_card_get_queue (LiaQueueCard *self);
void       lia_queue_card_show (LiaQueueCard      *self,
                                LiaQueue          *queue,
                                const LiaQueueDay *day);
void       lia_queue_card_tick (LiaQueueCard *self,
                                gint64        now_ms);

G_END_DECLS
