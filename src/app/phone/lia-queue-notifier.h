/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaQueueNotifier:
 *
 * Announces, while the window has not the focus, who waits longer than the queue's target, once and until somebody is there for them, to those who take
 * calls from that queue; and those who called while nobody was here.
 */
typedef struct _LiaQueueNotifier LiaQueueNotifier;

LiaQueueNotifier *lia_queue_notifier_new (GApplication *application,
                                          LiaClient    *client,
                                          GSettings    *settings,
                                          gboolean (*is_active) (gpointer data),
                                          gpointer data);
void              lia_queue_notifier_free (LiaQueueNotifier *self);

G_END_DECLS
