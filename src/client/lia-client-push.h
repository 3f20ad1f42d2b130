/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-push.h"

G_BEGIN_DECLS

/* What of findings goes to the engineers' trackers, and what they have of it. LiaFindingsWatch tells when any of it has changed. */

DexFuture *lia_client_preview_push (LiaClient      *self,
                                    LiaPushPreview *wish) G_GNUC_WARN_UNUSED_RESULT; /* LiaPushPreview */
DexFuture *lia_client_push_finding (LiaClient      *self,
                                    LiaPushPreview *preview) G_GNUC_WARN_UNUSED_RESULT; /* string: the push */
DexFuture *lia_client_finish_question (LiaClient  *self,
                                       const char *entry) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_retry_push (LiaClient  *self,
                                  const char *push) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_cancel_push (LiaClient  *self,
                                   const char *push) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_retract_push (LiaClient  *self,
                                    const char *push) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_link_finding (LiaClient  *self,
                                    const char *finding,
                                    const char *tracker,
                                    const char *key) G_GNUC_WARN_UNUSED_RESULT; /* string: the issue */
DexFuture *lia_client_unlink_finding (LiaClient  *self,
                                      const char *finding,
                                      const char *issue) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_get_pushes (LiaClient  *self,
                                  const char *finding,
                                  const char *before) G_GNUC_WARN_UNUSED_RESULT; /* LiaValuePage of LiaPush */
DexFuture *lia_client_get_issues (LiaClient  *self,
                                  const char *conversation,
                                  const char *customer) G_GNUC_WARN_UNUSED_RESULT; /* LiaValuePage of LiaIssue */
DexFuture *lia_client_search_issues (LiaClient  *self,
                                     const char *tracker,
                                     const char *text) G_GNUC_WARN_UNUSED_RESULT; /* LiaValuePage of LiaIssue */

G_END_DECLS
