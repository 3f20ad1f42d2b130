/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"
#include "lia-phone-command.h"
#include "lia-phone-provider.h"
#include "lia-call.h"
#include "lia-phone-setup.h"
#include "lia-pbx.h"
#include "lia-queue-member.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LIA_PHONE_RECORDINGS_SECRET "recordings" /* the kind of the password with which recordings are fetched: see LiaSecrets */

#define LIA_TYPE_PHONE_HUB (lia_phone_hub_get_type ())

/**
 * LiaPhoneHub:
 *
 * All telephone systems of the engine: one line each, and the desk that knows whether agents may be rung. Belongs to the engine, on whose main
 * context it lives.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneHub, lia_phone_hub, LIA, PHONE_HUB, GObject)

LiaPhoneHub        *lia_phone_hub_new (LiaEngine *engine);
DexFuture          *lia_phone_hub_start (LiaPhoneHub *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture          *lia_phone_hub_stop (LiaPhoneHub *self) G_GNUC_WARN_UNUSED_RESULT;
void                lia_phone_hub_update (LiaPhoneHub *self,
                                          gint64       channel_id);
void                lia_phone_hub_sync (LiaPhoneHub *self,
                                        gint64       channel_id);
void                lia_phone_hub_add_channels (LiaPhoneHub *self,
                                                GHashTable  *channels);
void                lia_phone_hub_reload (LiaPhoneHub *self);
LiaPhoneSetup      *lia_phone_hub_get_setup (LiaPhoneHub *self);
char               *lia_phone_hub_dup_live (LiaPhoneHub *self,
                                            const char  *agent);
JsonArray          *lia_phone_hub_list_calls (LiaPhoneHub *self,
                                              const char  *agent);
JsonArray          *lia_phone_hub_list_members (LiaPhoneHub *self,
                                                const char  *agent);
gboolean            lia_phone_hub_sees_queue (LiaPhoneHub *self,
                                              const char  *agent,
                                              const char  *queue);
gboolean            lia_phone_hub_sees_call (LiaPhoneHub *self,
                                             const char  *agent,
                                             LiaCall     *call);
gboolean            lia_phone_hub_sees_member (LiaPhoneHub    *self,
                                               const char     *agent,
                                               LiaQueueMember *member);
GPtrArray          *lia_phone_hub_dup_calls (LiaPhoneHub *self);
GPtrArray          *lia_phone_hub_dup_members (LiaPhoneHub *self);
LiaCall            *lia_phone_hub_find_call (LiaPhoneHub *self,
                                             const char  *pbx,
                                             const char  *uniqueid);
DexFuture          *lia_phone_hub_run (LiaPhoneHub     *self,
                                       const char      *pbx,
                                       LiaPhoneCommand *command) G_GNUC_WARN_UNUSED_RESULT;
LiaPbx             *lia_phone_hub_get_pbx (LiaPhoneHub *self,
                                           const char  *pbx);
const LiaPhoneLink *lia_phone_hub_get_link (LiaPhoneHub *self,
                                            const char  *pbx);
gboolean            lia_phone_hub_count_dial (LiaPhoneHub *self,
                                              gint64       agent_id,
                                              guint        per_minute);
void                lia_phone_hub_expect (LiaPhoneHub *self,
                                          const char  *pbx,
                                          const char  *uniqueid,
                                          gint64       agent_id,
                                          gint64       conversation_id);
void                lia_phone_hub_set_availability (LiaPhoneHub *self,
                                                    const char  *agent,
                                                    const char  *availability,
                                                    const char  *reason);
gboolean            lia_phone_hub_is_away (LiaPhoneHub *self,
                                           const char  *agent);
void                lia_phone_hub_end_wrapup (LiaPhoneHub *self,
                                              const char  *agent);
gboolean            lia_phone_hub_extend_wrapup (LiaPhoneHub *self,
                                                 const char  *agent,
                                                 gint64       by_ms);

/*
 * lia_phone_hub_start(): resolves once the rows of kind "phone" are read and their lines run.
 * lia_phone_hub_update(): a channel was added, changed or removed; call it when that is durable.
 * lia_phone_hub_sync(): it is to try now, if it is not connected.
 * lia_phone_hub_reload(): agents or queues have changed, and that is durable.
 * lia_phone_hub_add_channels(): "h_2" -> #LiaChannel: how they are now.
 * lia_phone_hub_dup_live(): (transfer full): JSON text: {"calls":[…],"members":[…]}: what @agent ("a_1") may see of it.
 * lia_phone_hub_find_call(): (transfer none) (nullable): @pbx: "h_2", or NULL for any.
 * lia_phone_hub_get_pbx(): (transfer none) (nullable): @pbx: as above.
 * lia_phone_hub_get_link(): (transfer none) (nullable): @pbx: as above; valid until it changes.
 * lia_phone_hub_count_dial(): whether the agent may begin one more call now; it counts then.
 * lia_phone_hub_is_away(): whether the agent ("a_1") is not to be rung: paused, wrapping up, not here.
 * lia_phone_hub_extend_wrapup(): FALSE: the agent is in none whose clock runs.
 * lia_phone_hub_run(): @pbx: as above; rejects with %LIA_PHONE_ERROR.
 */

G_END_DECLS
