/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

/* What can be done with canned responses; LiaResponses tells of it when it is done. */

DexFuture *lia_client_save_response (LiaClient *self,
                                     LiaCanned *response) G_GNUC_WARN_UNUSED_RESULT; /* string: its id */
DexFuture *lia_client_import_response (LiaClient  *self,
                                       const char *lane,
                                       const char *key,
                                       LiaCanned  *response) G_GNUC_WARN_UNUSED_RESULT; /* string: its id */
DexFuture *lia_client_retire_response (LiaClient  *self,
                                       const char *response,
                                       gint64      ver) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_remove_response (LiaClient  *self,
                                       const char *response,
                                       gint64      ver) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_get_response_versions (LiaClient  *self,
                                             const char *response,
                                             gint64      before) G_GNUC_WARN_UNUSED_RESULT; /* GListStore of LiaCannedVersion */

G_END_DECLS
