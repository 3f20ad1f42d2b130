/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-timeline-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_STRIP (lia_phone_strip_get_type ())

/**
 * LiaPhoneStrip:
 *
 * Above the timeline of a conversation whose customer is in line now, or is to be called back: what is known, and what to do about it.
 *
 * Signal "changed": whether it can be called, or taken, may have changed.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneStrip, lia_phone_strip, LIA, PHONE_STRIP, AdwBin)

void     lia_phone_strip_set_client (LiaPhoneStrip *self,
                                     LiaClient     *client);
void     lia_phone_strip_set_conversation (LiaPhoneStrip    *self,
                                           LiaConversation  *conversation,
                                           LiaTimelineModel *timeline);
gboolean lia_phone_strip_can_call (LiaPhoneStrip *self);
gboolean lia_phone_strip_can_take (LiaPhoneStrip *self);
void     lia_phone_strip_call (LiaPhoneStrip *self);
void     lia_phone_strip_take (LiaPhoneStrip *self);

G_END_DECLS
