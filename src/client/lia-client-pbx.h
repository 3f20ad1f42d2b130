/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel.h"
#include "lia-client.h"
#include "lia-pbx-report.h"
#include "lia-pbx.h"
#include "lia-queue.h"

G_BEGIN_DECLS

/* Setting up a telephone system; the answers are futures of the named type. A password that is NULL is the one that is kept. */

LiaPbx    *lia_channel_dup_pbx (LiaChannel *channel,
                                GError    **error);
DexFuture *lia_client_test_pbx (LiaClient  *self,
                                const char *channel,
                                LiaPbx     *pbx,
                                const char *password,
                                const char *recordings_password,
                                const char *phone) G_GNUC_WARN_UNUSED_RESULT; /* LiaPbxReport */
DexFuture *lia_client_add_pbx (LiaClient  *self,
                               LiaPbx     *pbx,
                               const char *password,
                               const char *recordings_password) G_GNUC_WARN_UNUSED_RESULT; /* string: the channel's id */
DexFuture *lia_client_update_pbx (LiaClient  *self,
                                  const char *channel,
                                  LiaPbx     *pbx,
                                  const char *password,
                                  const char *recordings_password) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_set_agent_phone (LiaClient  *self,
                                       const char *agent,
                                       const char *phone,
                                       const char *extension,
                                       const char *member) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_save_queue (LiaClient *self,
                                  LiaQueue  *queue) G_GNUC_WARN_UNUSED_RESULT; /* boolean */

G_END_DECLS
