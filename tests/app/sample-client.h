/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-conversation-list.h"
#include "lia-queue.h"
#include "lia-timeline-model.h"

G_BEGIN_DECLS

/* A client and an engine host that keep a small desk of their own in memory: for tests of the window, and to look at it without an engine. */

char      *sample_client_take_log (LiaClient *self);
void       sample_client_log (LiaClient  *self,
                              const char *format,
                              ...) G_GNUC_PRINTF (2, 3);
GPtrArray *sample_client_conversations (LiaClient *self); /* of LiaConversation */
void       sample_client_change (LiaClient       *self,
                                 LiaConversation *conversation);
void       sample_client_set_state (LiaClient     *self,
                                    LiaClientState state);
void       sample_client_add_channel (LiaClient  *self,
                                      const char *state);
void       sample_client_add_site (LiaClient *self);
void       sample_client_fail_tests (LiaClient  *self,
                                     const char *step,
                                     const char *code);
DexFuture *sample_client_answer (LiaClient  *self,
                                 const char *line) G_GNUC_WARN_UNUSED_RESULT;
void       sample_client_put_queue (LiaClient *self,
                                    LiaQueue  *queue);
void       sample_client_set_me (LiaClient *self,
                                 LiaAgent  *me);
void       sample_client_set_effort (LiaClient       *self,
                                     const LiaEffort *effort);
void       sample_client_refuse (LiaClient *self,
                                 int        problem);

LiaConversation *sample_conversation_copy (LiaConversation *conversation);

G_END_DECLS
