/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"
#include "lia-conversation.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_DUE_PILL (lia_due_pill_get_type ())

/**
 * LiaDuePill:
 *
 * When a conversation is due, by colour, symbol and words; while its customer calls, what the call does, and while they wait in a chat,
 * for how long. Keeps up with the time while it is on screen, with the seconds during a call and a chat; hidden when nothing is due.
 */
G_DECLARE_FINAL_TYPE (LiaDuePill, lia_due_pill, LIA, DUE_PILL, GtkWidget)

void lia_due_pill_set_conversation (LiaDuePill      *self,
                                    LiaConversation *conversation);
void lia_due_pill_set_call (LiaDuePill *self,
                            LiaCall    *call);
void lia_due_pill_set_waits (LiaDuePill *self,
                             gboolean    waits);

G_END_DECLS
