/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"
#include "lia-store.h"

G_BEGIN_DECLS

#define LIA_TYPE_OUTBOX (lia_outbox_get_type ())

/**
 * LiaOutbox:
 *
 * Sends what stands in the outbox of one mailbox: when it is due, again when it must be, each message at most once unless an agent says so.
 * Files copies in the folder of sent mail. Main context only.
 */
G_DECLARE_FINAL_TYPE (LiaOutbox, lia_outbox, LIA, OUTBOX, GObject)

LiaOutbox *lia_outbox_new (LiaStore   *store,
                           gint64      channel_id,
                           LiaMailbox *mailbox,
                           const char *password);
void       lia_outbox_start (LiaOutbox *self);
DexFuture *lia_outbox_stop (LiaOutbox *self) G_GNUC_WARN_UNUSED_RESULT;
void       lia_outbox_wake (LiaOutbox *self);

G_END_DECLS
