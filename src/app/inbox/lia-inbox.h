/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_INBOX (lia_inbox_get_type ())

/**
 * LiaInbox:
 *
 * The list of a view's conversations. Emits `conversation-selected` (LiaConversation) when the user chooses one, not when the list changes by
 * itself: what is open never changes under the user's hands.
 */
G_DECLARE_FINAL_TYPE (LiaInbox, lia_inbox, LIA, INBOX, AdwBin)

void lia_inbox_set_client (LiaInbox  *self,
                           LiaClient *client);
void lia_inbox_set_view (LiaInbox *self,
                         LiaView  *view);
void lia_inbox_select (LiaInbox   *self,
                       const char *conversation);
void lia_inbox_step (LiaInbox *self,
                     int       step);
void lia_inbox_leave (LiaInbox   *self,
                      const char *conversation);

G_END_DECLS
