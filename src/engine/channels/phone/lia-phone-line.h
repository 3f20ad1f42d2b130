/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"
#include "lia-pbx.h"
#include "lia-phone-provider.h"
#include "lia-phone-record.h"
#include "lia-phone-setup.h"

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_LINE (lia_phone_line_get_type ())

/**
 * LiaPhoneLine:
 *
 * One telephone system that runs: what its provider reports, with our ids, told to the streams at once and kept in the store where it matters.
 * Main context only.
 *
 * Signal "link-changed" ().
 * Signal "forged" (): as the provider has it.
 * Signal "agent-free" (char *agent, LiaCall): the agent spoke in this call and has nothing to do with it any more.
 * Signal "calls-changed" (): some call has.
 * Signal "wrap-found" (char *agent, LiaCall, gint64 from_ms): while the line starts: the engine ended in this wrap-up.
 * Signal "member-changed" (LiaQueueMember, gboolean is_new).
 * Signal "members-listed" (): all members are known anew; of these there is no "member-changed".
 * Signal "queue-unknown" (char *name): the PBX has a queue that is none of ours.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneLine, lia_phone_line, LIA, PHONE_LINE, GObject)

LiaPhoneLine     *lia_phone_line_new (LiaEngine        *engine,
                                      gint64            channel_id,
                                      LiaPbx           *pbx,
                                      LiaPhoneProvider *provider,
                                      LiaPhoneSetup    *setup);
DexFuture        *lia_phone_line_start (LiaPhoneLine *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture        *lia_phone_line_stop (LiaPhoneLine *self) G_GNUC_WARN_UNUSED_RESULT;
void              lia_phone_line_set_setup (LiaPhoneLine  *self,
                                            LiaPhoneSetup *setup);
const char       *lia_phone_line_get_id (LiaPhoneLine *self);
LiaPbx           *lia_phone_line_get_pbx (LiaPhoneLine *self);
LiaPhoneProvider *lia_phone_line_get_provider (LiaPhoneLine *self);
void              lia_phone_line_wake_fetcher (LiaPhoneLine *self);
GHashTable       *lia_phone_line_get_members (LiaPhoneLine *self);
void              lia_phone_line_add_calls (LiaPhoneLine *self,
                                            GPtrArray    *calls);
LiaCall          *lia_phone_line_find_call (LiaPhoneLine *self,
                                            const char   *uniqueid);
LiaCall          *lia_phone_line_translate (LiaPhoneLine *self,
                                            LiaCall      *reported);
gboolean          lia_phone_line_is_others (LiaPhoneLine *self,
                                            LiaCall      *reported);
LiaPhoneRecord   *lia_phone_line_new_record (LiaPhoneLine *self,
                                             LiaCall      *call);
void              lia_phone_line_expect (LiaPhoneLine *self,
                                         const char   *uniqueid,
                                         gint64        agent_id,
                                         gint64        conversation_id);
void              lia_phone_line_hold_call (LiaPhoneLine *self,
                                            const char   *uniqueid,
                                            gboolean      on);
void              lia_phone_line_begin_wrap (LiaPhoneLine *self,
                                             const char   *uniqueid,
                                             const char   *agent);
void              lia_phone_line_end_wrap (LiaPhoneLine *self,
                                           const char   *uniqueid,
                                           const char   *agent,
                                           gint64        at_ms);

/*
 * lia_phone_line_start(): resolves once what went on before is read, and the provider has begun to connect.
 * lia_phone_line_get_members(): "queue\ninterface" -> LiaQueueMember.
 * lia_phone_line_add_calls(): adds references to all LiaCall that go on.
 * lia_phone_line_find_call(): (transfer none) (nullable).
 * lia_phone_line_translate(): (transfer full): what the provider reports, as everybody else is to see it: with our ids.
 * lia_phone_line_is_others(): @reported: by the provider; it stood in queues of other teams alone, which are left out, and none of us talked in it.
 * lia_phone_line_new_record(): (transfer full): @call: with our ids; how it is to be kept, with what the line knows beside it.
 * lia_phone_line_expect(): a call of this name is about to be dialled, by whom (0 = it is not, after all) and about what (0 = nothing).
 * lia_phone_line_hold_call(): the call is not forgotten when it has ended, as somebody is going to wrap it up; once for each.
 * lia_phone_line_begin_wrap(): the agent's wrap-up of the call begins now.
 * lia_phone_line_end_wrap(): it has ended at @at_ms.
 */

G_END_DECLS
