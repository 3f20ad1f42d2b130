/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-directory.h"
#include "lia-ami-message.h"
#include "lia-ami-snapshot.h"
#include "lia-call.h"
#include "lia-queue-member.h"

G_BEGIN_DECLS

#define LIA_TYPE_AMI_MODEL (lia_ami_model_get_type ())

/**
 * LiaAmiModel:
 *
 * The calls and the queues' members of one PBX, made of what it says. Pure: messages in, values out; it reads no clock and talks to nobody.
 * All times are those of the messages.
 *
 * What a call is comes from its channels and bridges alone: who is connected with whom. What queues say of it is kept as a remark, because
 * they say it late, twice, or wrongly.
 *
 * Signal "call-changed" (LiaCall): a call is new, another one, or has ended (`ended_ms`).
 * Signal "call-gone" (uniqueid, into): what was a call of its own belongs to the call @into.
 * Signal "member-changed" (LiaQueueMember), "member-gone" (queue, interface).
 * Signal "queue-changed" (queue): there is one more, or one less.
 *
 * They are emitted by lia_ami_model_flush() only, so that a burst of messages makes one change of each call.
 */
G_DECLARE_FINAL_TYPE (LiaAmiModel, lia_ami_model, LIA, AMI_MODEL, GObject)

LiaAmiModel *lia_ami_model_new (const char      *pbx,
                                LiaAmiDirectory *directory);
void         lia_ami_model_handle (LiaAmiModel   *self,
                                   LiaAmiMessage *message);
void         lia_ami_model_tick (LiaAmiModel *self,
                                 gint64       now_ms);
gint64       lia_ami_model_get_deadline (LiaAmiModel *self);
void         lia_ami_model_flush (LiaAmiModel *self);
void         lia_ami_model_set_withheld (LiaAmiModel *self,
                                         const char  *uniqueid);
void         lia_ami_model_set_recorded (LiaAmiModel *self,
                                         const char  *uniqueid,
                                         const char  *path);
void         lia_ami_model_set_sip (LiaAmiModel *self,
                                    const char  *uniqueid,
                                    const char  *sip);
void         lia_ami_model_restore (LiaAmiModel *self,
                                    LiaCall     *call);
void         lia_ami_model_resync (LiaAmiModel    *self,
                                   LiaAmiSnapshot *snapshot,
                                   gint64          now_ms);
GStrv        lia_ami_model_audit (LiaAmiModel    *self,
                                  LiaAmiSnapshot *snapshot);
const char  *lia_ami_model_find_channel (LiaAmiModel *self,
                                         const char  *uniqueid);
LiaCall     *lia_ami_model_find_call (LiaAmiModel *self,
                                      const char  *uniqueid);
GPtrArray   *lia_ami_model_list_calls (LiaAmiModel *self);
GPtrArray   *lia_ami_model_list_members (LiaAmiModel *self);
GStrv        lia_ami_model_list_queues (LiaAmiModel *self);

G_END_DECLS
