/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel.h"
#include "lia-mailbox.h"

G_BEGIN_DECLS

LiaMailbox *lia_channel_dup_mailbox (LiaChannel *channel,
                                     GError    **error);

G_END_DECLS
