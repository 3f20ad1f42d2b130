/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

/**
 * LiaChatNotifier:
 *
 * Tells of chats that are offered to the agent while the window has not the focus, with buttons that take and decline them; what is offered no more
 * is taken back.
 */
typedef struct _LiaChatNotifier LiaChatNotifier;

LiaChatNotifier *lia_chat_notifier_new (GApplication *application,
                                        LiaClient    *client,
                                        GSettings    *settings,
                                        gboolean (*is_active) (gpointer data),
                                        gpointer data);
void             lia_chat_notifier_free (LiaChatNotifier *self);

G_END_DECLS
