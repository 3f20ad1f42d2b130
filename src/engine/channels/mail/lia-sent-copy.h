/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-outbox-store.h"

G_BEGIN_DECLS

/**
 * LiaSentCopy:
 *
 * A connection to the folder of sent mail, for as long as there is something to file or to look for. For a fiber.
 */
typedef struct _LiaSentCopy LiaSentCopy;

LiaSentCopy *lia_sent_copy_open (LiaStore   *store,
                                 gint64      channel_id,
                                 LiaMailbox *mailbox,
                                 const char *password,
                                 GError    **error);
gboolean     lia_sent_copy_find (LiaSentCopy *self,
                                 const char  *message_id,
                                 GError     **error);
const char  *lia_sent_copy_file (LiaSentCopy       *self,
                                 const LiaOutgoing *outgoing,
                                 GError           **error);
void         lia_sent_copy_free (LiaSentCopy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaSentCopy, lia_sent_copy_free)

G_END_DECLS
