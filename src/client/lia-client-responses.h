/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-response-outcome.h"

G_BEGIN_DECLS

/* What can be done with canned responses; LiaResponses tells of it when it is done. */

DexFuture *lia_client_save_response (LiaClient *self,
                                     LiaCanned *response) G_GNUC_WARN_UNUSED_RESULT; /* string: its id */
DexFuture *lia_client_import_responses (LiaClient  *self,
                                        const char *lane,
                                        const char *key,
                                        GPtrArray  *responses) G_GNUC_WARN_UNUSED_RESULT; /* GPtrArray of LiaResponseOutcome */
DexFuture *lia_client_revert_responses (LiaClient  *self,
                                        const char *lane,
                                        const char *key,
                                        GPtrArray  *versions) G_GNUC_WARN_UNUSED_RESULT; /* GPtrArray of LiaResponseOutcome */
DexFuture *lia_client_retire_response (LiaClient  *self,
                                       const char *response,
                                       gint64      ver) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_remove_response (LiaClient  *self,
                                       const char *response,
                                       gint64      ver) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_get_response_versions (LiaClient  *self,
                                             const char *response,
                                             gint64      before) G_GNUC_WARN_UNUSED_RESULT; /* GListStore of LiaCannedVersion */
DexFuture *lia_client_get_response_figures (LiaClient  *self,
                                            const char *response) G_GNUC_WARN_UNUSED_RESULT; /* LiaCannedFigures */
DexFuture *lia_client_dismiss_suggestion (LiaClient  *self,
                                          const char *key,
                                          gboolean    dismissed) G_GNUC_WARN_UNUSED_RESULT; /* boolean */

G_END_DECLS
