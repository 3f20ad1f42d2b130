/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-notice.h"

G_BEGIN_DECLS

#define LIA_TYPE_NOTICES_SENDER (lia_notices_sender_get_type ())

/**
 * LiaNoticesSender:
 *
 * Tells many customers, one after the other, each with their own text; who is told leaves the list in the engine, so that nobody is told twice, whenever this
 * ends. Signal: `changed`: one more was told or not, or it has ended.
 */
G_DECLARE_FINAL_TYPE (LiaNoticesSender, lia_notices_sender, LIA, NOTICES_SENDER, GObject)

LiaNoticesSender *lia_notices_sender_new (LiaClient *client);
void              lia_notices_sender_add (LiaNoticesSender *self,
                                          LiaNotice        *notice,
                                          LiaNoticeWay      way);
void              lia_notices_sender_start (LiaNoticesSender *self);
void              lia_notices_sender_stop (LiaNoticesSender *self);
gboolean          lia_notices_sender_is_running (LiaNoticesSender *self);
guint             lia_notices_sender_get_total (LiaNoticesSender *self);
guint             lia_notices_sender_get_told (LiaNoticesSender *self);
guint             lia_notices_sender_get_failed (LiaNoticesSender *self);

G_END_DECLS
