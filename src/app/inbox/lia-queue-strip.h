/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_QUEUE_STRIP (lia_queue_strip_get_type ())

/**
 * LiaQueueStrip:
 *
 * Above the list of a phone queue: how many wait and for how long, and who is there for them, with what they do and since when. Hidden for
 * queues in which no calls wait.
 */
G_DECLARE_FINAL_TYPE (LiaQueueStrip, lia_queue_strip, LIA, QUEUE_STRIP, AdwBin)

void lia_queue_strip_set_client (LiaQueueStrip *self,
                                 LiaClient     *client);
void lia_queue_strip_set_queue (LiaQueueStrip *self,
                                const char    *queue);

G_END_DECLS
