/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-notice.h"

G_BEGIN_DECLS

/* Customers who are to be told of a fix. LiaNoticesWatch tells when any of it has changed. */

DexFuture *lia_client_get_notices (LiaClient  *self,
                                   const char *state,
                                   const char *finding,
                                   const char *after) G_GNUC_WARN_UNUSED_RESULT; /* LiaValuePage of LiaNotice */
DexFuture *lia_client_count_notices (LiaClient *self) G_GNUC_WARN_UNUSED_RESULT; /* int64 */
DexFuture *lia_client_send_notice (LiaClient   *self,
                                   const char  *key,
                                   LiaNotice   *notice,
                                   LiaNoticeWay way,
                                   gboolean     anyway,
                                   gboolean     many) G_GNUC_WARN_UNUSED_RESULT; /* string: the outbox's row, or NULL */
DexFuture *lia_client_save_notice (LiaClient *self,
                                   LiaNotice *notice) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_skip_notice (LiaClient  *self,
                                   const char *notice,
                                   const char *reason) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_restore_notice (LiaClient  *self,
                                      const char *notice) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_snooze_notice (LiaClient  *self,
                                     const char *notice,
                                     gint64      until_ms) G_GNUC_WARN_UNUSED_RESULT; /* boolean */

G_END_DECLS
