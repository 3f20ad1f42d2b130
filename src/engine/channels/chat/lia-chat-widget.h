/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-calls.h"

G_BEGIN_DECLS

/* What a page of a site loads: data/web, with the site's settings. #LiaChatHandler: */

gboolean lia_chat_widget_get_loader (LiaChatHub  *hub,
                                     LiaHttpCall *call,
                                     const char  *host,
                                     const char  *origin,
                                     GError     **error);
gboolean lia_chat_widget_get_frame (LiaChatHub  *hub,
                                    LiaHttpCall *call,
                                    const char  *host,
                                    const char  *origin,
                                    GError     **error);
gboolean lia_chat_widget_get_file (LiaChatHub  *hub,
                                   LiaHttpCall *call,
                                   const char  *host,
                                   const char  *origin,
                                   GError     **error);

G_END_DECLS
