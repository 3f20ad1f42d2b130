/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel.h"
#include "lia-chat-site.h"

G_BEGIN_DECLS

gboolean     lia_channel_is_site (LiaChannel *channel);
LiaChatSite *lia_channel_dup_site (LiaChannel *channel,
                                   GError    **error);

G_END_DECLS
