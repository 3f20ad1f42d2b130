/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-hub.h"
#include "lia-http-call.h"

G_BEGIN_DECLS

/* What visitors ask for beside writing: #LiaChatHandler. */

gboolean lia_chat_asked_code (LiaChatHub  *hub,
                              LiaHttpCall *call,
                              const char  *host,
                              const char  *origin,
                              GError     **error);
gboolean lia_chat_asked_rating (LiaChatHub  *hub,
                                LiaHttpCall *call,
                                const char  *host,
                                const char  *origin,
                                GError     **error);
gboolean lia_chat_asked_transcript (LiaChatHub  *hub,
                                    LiaHttpCall *call,
                                    const char  *host,
                                    const char  *origin,
                                    GError     **error);

gboolean lia_chat_asked_offer (LiaChatHub  *hub,
                               LiaHttpCall *call,
                               const char  *host,
                               const char  *origin,
                               GError     **error);
gboolean lia_chat_asked_call (LiaChatHub  *hub,
                              LiaHttpCall *call,
                              const char  *host,
                              const char  *origin,
                              GError     **error);

G_END_DECLS
