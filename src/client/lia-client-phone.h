/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"
#include "lia-client.h"
#include "lia-joined-page.h"
#include "lia-queue-member.h"
#include "lia-softphone.h"

G_BEGIN_DECLS

/*
 * What can be done on the telephone; see API.md. A command answers when the telephone system has accepted it: what comes of it is told by
 * the list of calls. It is tried for some seconds only, because nobody wants a call to be put on hold a minute later. Beside the usual problems,
 * %LIA_PROBLEM_CHANNEL_DOWN: the telephone system cannot be reached, or refused; %LIA_PROBLEM_NOT_FOUND: the call is over;
 * %LIA_PROBLEM_VERSION_CONFLICT: another command for it is on its way, or it is in no state for this; %LIA_PROBLEM_VALIDATION: I have no
 * telephone, or there is no such number.
 */

DexFuture *lia_client_get_softphone (LiaClient *self) G_GNUC_WARN_UNUSED_RESULT; /* LiaSoftphone */
DexFuture *lia_client_get_softphone_of (LiaClient  *self,
                                        const char *agent) G_GNUC_WARN_UNUSED_RESULT; /* LiaSoftphone */
DexFuture *lia_client_set_softphone (LiaClient    *self,
                                     const char   *agent,
                                     LiaSoftphone *softphone) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_dial (LiaClient  *self,
                            const char *number,
                            const char *conversation) G_GNUC_WARN_UNUSED_RESULT; /* string: the call's uniqueid */

/* Of one call; each answers with boolean */
DexFuture *lia_client_answer_call (LiaClient *self,
                                   LiaCall   *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_hang_up (LiaClient *self,
                               LiaCall   *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_hold_call (LiaClient *self,
                                 LiaCall   *call,
                                 gboolean   on) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_mute_call (LiaClient *self,
                                 LiaCall   *call,
                                 gboolean   on) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_send_keys (LiaClient  *self,
                                 LiaCall    *call,
                                 const char *keys) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_transfer_call (LiaClient  *self,
                                     LiaCall    *call,
                                     const char *to) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_consult (LiaClient  *self,
                               LiaCall    *call,
                               const char *to) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_complete_transfer (LiaClient *self,
                                         LiaCall   *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_cancel_transfer (LiaClient *self,
                                       LiaCall   *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_park_call (LiaClient *self,
                                 LiaCall   *call,
                                 gboolean   on) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_record_call (LiaClient *self,
                                   LiaCall   *call,
                                   gboolean   on,
                                   gboolean   consent) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_take_call (LiaClient *self,
                                 LiaCall   *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_note_call (LiaClient  *self,
                                 LiaCall    *call,
                                 const char *text) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_join_page (LiaClient  *self,
                                 LiaCall    *call,
                                 const char *code,
                                 gboolean    same) G_GNUC_WARN_UNUSED_RESULT; /* LiaJoinedPage */
DexFuture *lia_client_extend_wrap_up (LiaClient *self,
                                      guint      by_s) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_wrap_up_call (LiaClient  *self,
                                    LiaCall    *call,
                                    const char *disposition,
                                    const char *text) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_supervise_call (LiaClient  *self,
                                      LiaCall    *call,
                                      const char *agent,
                                      const char *mode,
                                      const char *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_move_call (LiaClient  *self,
                                 LiaCall    *call,
                                 const char *queue) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_set_call_priority (LiaClient *self,
                                         LiaCall   *call,
                                         int        priority) G_GNUC_WARN_UNUSED_RESULT;

/* Of queues and callbacks */
DexFuture *lia_client_log_in_queue (LiaClient  *self,
                                    const char *queue,
                                    const char *agent,
                                    gboolean    on) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_pause_agent (LiaClient  *self,
                                   const char *agent,
                                   gboolean    on,
                                   const char *reason) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_create_callback (LiaClient  *self,
                                       const char *conversation,
                                       gint64      due_ms,
                                       const char *number,
                                       const char *reason) G_GNUC_WARN_UNUSED_RESULT; /* string: the entry's id */
DexFuture *lia_client_finish_callback (LiaClient  *self,
                                       const char *entry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
