/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-hub.h"
#include "lia-http-call.h"

G_BEGIN_DECLS

typedef struct _LiaChatAnswers LiaChatAnswers;

LiaChatAnswers *lia_chat_answers_new (void);
void            lia_chat_answers_free (LiaChatAnswers *self);

gboolean lia_chat_answers_get (LiaChatHub  *hub,
                               LiaHttpCall *call,
                               const char  *host,
                               const char  *origin,
                               GError     **error);
gboolean lia_chat_answers_told (LiaChatHub  *hub,
                                LiaHttpCall *call,
                                const char  *host,
                                const char  *origin,
                                GError     **error);

G_END_DECLS
