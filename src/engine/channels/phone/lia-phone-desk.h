/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

G_BEGIN_DECLS

/**
 * LiaPhoneDesk:
 *
 * Whether agents may be rung: what they say here becomes a pause of their telephones in the PBX' queues, a pause that is set there becomes their
 * state here, and after a call they have time to wrap it up, which no PBX shows. Main context only.
 */
typedef struct _LiaPhoneDesk LiaPhoneDesk;

LiaPhoneDesk *lia_phone_desk_new (LiaEngine *engine,
                                  GPtrArray *lines);
void          lia_phone_desk_free (LiaPhoneDesk *self);
void          lia_phone_desk_set_setup (LiaPhoneDesk  *self,
                                        LiaPhoneSetup *setup);
void          lia_phone_desk_set_availability (LiaPhoneDesk *self,
                                               const char   *agent,
                                               const char   *availability,
                                               const char   *reason);
gboolean      lia_phone_desk_is_away (LiaPhoneDesk *self,
                                      const char   *agent);
void          lia_phone_desk_member_changed (LiaPhoneDesk   *self,
                                             LiaPhoneLine   *line,
                                             LiaQueueMember *member,
                                             gboolean        is_new);
void          lia_phone_desk_members_listed (LiaPhoneDesk *self,
                                             LiaPhoneLine *line);
void          lia_phone_desk_agent_free (LiaPhoneDesk *self,
                                         LiaPhoneLine *line,
                                         const char   *agent,
                                         LiaCall      *call);
void          lia_phone_desk_calls_changed (LiaPhoneDesk *self);
void          lia_phone_desk_wrap_found (LiaPhoneDesk *self,
                                         LiaPhoneLine *line,
                                         const char   *agent,
                                         LiaCall      *call,
                                         gint64        from_ms);
void          lia_phone_desk_end_wrapup (LiaPhoneDesk *self,
                                         const char   *agent);
gboolean      lia_phone_desk_extend_wrapup (LiaPhoneDesk *self,
                                            const char   *agent,
                                            gint64        by_ms);
DexFuture    *lia_phone_desk_stop (LiaPhoneDesk *self) G_GNUC_WARN_UNUSED_RESULT;

/*
 * lia_phone_desk_new(): @lines: of LiaPhoneLine; the caller's, who changes it.
 * lia_phone_desk_set_availability(): the agent has said so, and it is in the journal unless wrap-up goes on.
 * lia_phone_desk_is_away(): whether the agent is not to be rung.
 * lia_phone_desk_member_changed(): a PBX says so; @is_new: the telephone was not in this queue before.
 * lia_phone_desk_members_listed(): the line's members are all known, after a time in which it was not heard, or by other queues and agents.
 * lia_phone_desk_agent_free(): the agent spoke in the call and has no part in it any more.
 * lia_phone_desk_calls_changed(): somebody may have begun a call, or ended one.
 * lia_phone_desk_wrap_found(): the engine ended in the agent's wrap-up of this call.
 * lia_phone_desk_extend_wrapup(): FALSE: the agent is in none whose clock runs.
 * lia_phone_desk_stop(): nobody wraps up any more; resolves when the PBXs know it.
 */

G_END_DECLS
