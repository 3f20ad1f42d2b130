/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-queue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_QUEUE_DIALOG (lia_queue_dialog_get_type ())

/**
 * LiaQueueDialog:
 *
 * What is promised to the callers of a queue, what its agents have time for, and when it is open.
 */
G_DECLARE_FINAL_TYPE (LiaQueueDialog, lia_queue_dialog, LIA, QUEUE_DIALOG, AdwDialog)

AdwDialog *lia_queue_dialog_new (LiaClient *client,
                                 LiaQueue  *queue);

G_END_DECLS
