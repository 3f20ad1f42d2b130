/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel-site.h"
#include "lia-client.h"

G_BEGIN_DECLS

/* Setting web sites with a chat up; they are among lia_client_get_channels(), and lia_client_remove_channel() takes one away. For administrators. */

DexFuture *lia_client_add_site (LiaClient   *self,
                                LiaChatSite *site,
                                const char  *queue,
                                const char  *kid,
                                const char  *secret) G_GNUC_WARN_UNUSED_RESULT; /* string: the channel's id */
DexFuture *lia_client_update_site (LiaClient   *self,
                                   const char  *channel,
                                   LiaChatSite *site,
                                   const char  *queue,
                                   const char  *kid,
                                   const char  *secret) G_GNUC_WARN_UNUSED_RESULT; /* boolean */

G_END_DECLS
