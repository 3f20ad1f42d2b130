/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-hub.h"
#include "lia-http-call.h"

G_BEGIN_DECLS

#define LIA_CHAT_FILES_PATH "/chat/v1/files"

gboolean lia_chat_files_post (LiaChatHub  *hub,
                              LiaHttpCall *call,
                              const char  *host,
                              const char  *origin,
                              GError     **error);
gboolean lia_chat_files_get (LiaChatHub  *hub,
                             LiaHttpCall *call,
                             const char  *host,
                             const char  *origin,
                             GError     **error);

G_END_DECLS
