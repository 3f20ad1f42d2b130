/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-http-call.h"

G_BEGIN_DECLS

#define LIA_CHAT_MAX_FILE (10 * 1024 * 1024)

/** LiaChatUploads: how many files are on their way, of everybody and of each address. */
typedef struct _LiaChatUploads LiaChatUploads;

LiaChatUploads *lia_chat_uploads_new (void);
void            lia_chat_uploads_unref (LiaChatUploads *self);
gboolean        lia_chat_uploads_begin (LiaChatUploads *self,
                                        LiaHttpCall    *call,
                                        const char     *host,
                                        GError        **error);
gboolean        lia_chat_upload_take (LiaHttpCall *call,
                                      GBytes      *chunk,
                                      GError     **error);

G_END_DECLS
