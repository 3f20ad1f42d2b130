/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

/* Canned responses that visitors of web sites find before they write. */

DexFuture *lia_client_read_published (LiaClient *self) G_GNUC_WARN_UNUSED_RESULT; /* GHashTable: response's id -> GPtrArray of channels' ids */
DexFuture *lia_client_publish_response (LiaClient         *self,
                                        const char        *response,
                                        const char *const *sites) G_GNUC_WARN_UNUSED_RESULT; /* boolean */

G_END_DECLS
