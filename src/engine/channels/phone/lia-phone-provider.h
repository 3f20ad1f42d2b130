/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-call.h"
#include "lia-phone-command.h"
#include "lia-queue-member.h"

#include <libdex.h>

G_BEGIN_DECLS

/**
 * LiaPhoneLinkState:
 * @LIA_PHONE_LINK_DOWN: not connected; a new try follows by itself, late when the reason is one that only a person can remove
 * @LIA_PHONE_LINK_CONNECTING: to the PBX, and logging in
 * @LIA_PHONE_LINK_SYNCING: asking what there is
 * @LIA_PHONE_LINK_UP: what the provider knows is true now
 */
typedef enum {
  LIA_PHONE_LINK_DOWN,
  LIA_PHONE_LINK_CONNECTING,
  LIA_PHONE_LINK_SYNCING,
  LIA_PHONE_LINK_UP,
} LiaPhoneLinkState;

/**
 * LiaPhoneLink:
 * @reason: "" when up; else a word: "no-such-host", "refused", "timeout", "no-tls", "wrong-host", "expired", "unknown-ca", "wrong-password",
 *   "few-rights", "not-a-pbx", "too-old", "no-timestamps", "shutdown", "damaged", "lost"
 * @detail: the same in plain words for people, may name what is missing
 *
 * @forged: messages of the PBX that a caller has forged, and that were ignored, since the engine was started
 * @forged_ms: when the last one came; 0 = never
 *
 * The state of the connection to the PBX.
 */
typedef struct
{
  LiaPhoneLinkState state;
  const char       *reason;
  const char       *detail;
  gint64            since_ms;
  gint64            last_ok_ms; /* something was heard from it last; 0 = never */
  guint64           forged;
  gint64            forged_ms;
} LiaPhoneLink;

#define LIA_PHONE_LEFT_DAYS 28

#define LIA_TYPE_PHONE_PROVIDER (lia_phone_provider_get_type ())

/**
 * LiaPhoneProvider:
 *
 * One telephone system, whatever its make: what calls, queues and members there are, and a way to act on them. Main context only. What it
 * reports is LiaCall and LiaQueueMember with the PBX's own names of queues ("support"), and the agents that it was told of.
 *
 * Signals, all after the provider's own lists have changed, each value a new immutable object:
 *
 * - "link-changed" (): see lia_phone_provider_get_link(). The change to %LIA_PHONE_LINK_UP comes when the lists are complete, and stands for
 *   all of them: nothing is reported one by one while syncing.
 * - "forged" (): the link's `forged` is another one. Not with each message: whoever forges some may forge many.
 * - "call-changed" (LiaCall): a new call, or one that is different, its end (`ended_ms`, `outcome`) included, after which it leaves the lists.
 *   Several changes of one instant are one signal.
 * - "call-gone" (char *uniqueid, char *into): the call is in no list any more and did not end: it turned out to be a part of the call @into.
 * - "member-changed" (LiaQueueMember): a new member, or one that is different.
 * - "member-gone" (char *queue, char *interface).
 * - "queue-changed" (char *queue): a queue appeared or went, see lia_phone_provider_dup_queues().
 */
G_DECLARE_INTERFACE (LiaPhoneProvider, lia_phone_provider, LIA, PHONE_PROVIDER, GObject)

/**
 * LiaPhoneProviderInterface:
 * @set_agents: of LiaAgent: whose telephone is whose (`phone`, `extension`, `member`). Before @connect, and whenever it changes
 * @restore: of LiaCall, as this provider reported them before the engine ended: they may still go on. Before @connect. What is found again is
 *   reported with what was known of it and `recovered`; what is not is left to the caller, who closes it as lost
 * @connect: begin, and go on trying until @disconnect; returns at once
 * @disconnect: resolves when nothing runs any more; there are no signals after the call
 * @get_link: valid until the next "link-changed"
 * @dup_calls: of LiaCall: all that go on
 * @dup_members: of LiaQueueMember
 * @dup_queues: names
 * @run: resolves (to anything) when the PBX has accepted the command, which is before what it causes is seen, except where
 *   lia-phone-command.h says more; rejects with %LIA_PHONE_ERROR, whose message is a sentence for the agent who asked. Has its own deadline
 *   of a few seconds. One at a time for a call: a second one is %LIA_PHONE_ERROR_BUSY.
 * @list_left: calls that are over and that the PBX made a note of by itself, whether they were reported or not: how the provider tells of the time
 *   in which it was not connected. @day: 0 = today, 1 = yesterday, by the PBX's clock, less than %LIA_PHONE_LEFT_DAYS. Resolves to a
 *   GPtrArray of LiaCall (`offline`), oldest first. NULL for one that has no such notes
 * @forget_left: of LiaCall, from @list_left: they are kept, the PBX need not note them any longer. Resolves (to anything) when it was asked. NULL
 *   together with @list_left
 * @fetch: (nullable): writes the recording @file, as a call names it, to the empty file @fd. Resolves to TRUE when all of it is there; rejects with
 *   %LIA_PHONE_ERROR: %LIA_PHONE_ERROR_GONE when there is no such file, %LIA_PHONE_ERROR_UNSUPPORTED when trying again is of no use; the message is
 *   a sentence for people. NULL: recordings stay there
 * @can_fetch: (nullable): whether @fetch can be used as things are set up
 * @get_abilities: (nullable): what only some makes can do to a telephone on a desk: "answer", "mute". NULL: nothing of it
 */
struct _LiaPhoneProviderInterface
{
  GTypeInterface parent_iface;

  void (*set_agents) (LiaPhoneProvider *self,
                      GPtrArray        *agents);
  void (*restore) (LiaPhoneProvider *self,
                   GPtrArray        *calls);
  void (*connect) (LiaPhoneProvider *self);
  DexFuture *(*disconnect) (LiaPhoneProvider *self);
  const LiaPhoneLink *(*get_link) (LiaPhoneProvider *self);
  GPtrArray *(*dup_calls) (LiaPhoneProvider *self);
  GPtrArray *(*dup_members) (LiaPhoneProvider *self);
  GStrv (*dup_queues) (LiaPhoneProvider *self);
  DexFuture *(*run) (LiaPhoneProvider *self,
                     LiaPhoneCommand  *command);
  DexFuture *(*list_left) (LiaPhoneProvider *self,
                           guint             day);
  DexFuture *(*forget_left) (LiaPhoneProvider *self,
                             GPtrArray        *calls);
  gboolean (*can_fetch) (LiaPhoneProvider *self);
  DexFuture *(*fetch) (LiaPhoneProvider *self,
                       const char       *file,
                       int               fd);
  const char *const *(*get_abilities) (LiaPhoneProvider *self);
};

void                lia_phone_provider_set_agents (LiaPhoneProvider *self,
                                                   GPtrArray        *agents);
void                lia_phone_provider_restore (LiaPhoneProvider *self,
                                                GPtrArray        *calls);
void                lia_phone_provider_connect (LiaPhoneProvider *self);
DexFuture          *lia_phone_provider_disconnect (LiaPhoneProvider *self) G_GNUC_WARN_UNUSED_RESULT;
const LiaPhoneLink *lia_phone_provider_get_link (LiaPhoneProvider *self);
GPtrArray          *lia_phone_provider_dup_calls (LiaPhoneProvider *self);
GPtrArray          *lia_phone_provider_dup_members (LiaPhoneProvider *self);
GStrv               lia_phone_provider_dup_queues (LiaPhoneProvider *self);
DexFuture          *lia_phone_provider_run (LiaPhoneProvider *self,
                                            LiaPhoneCommand  *command) G_GNUC_WARN_UNUSED_RESULT;
DexFuture          *lia_phone_provider_list_left (LiaPhoneProvider *self,
                                                  guint             day) G_GNUC_WARN_UNUSED_RESULT;
DexFuture          *lia_phone_provider_forget_left (LiaPhoneProvider *self,
                                                    GPtrArray        *calls) G_GNUC_WARN_UNUSED_RESULT;
gboolean            lia_phone_provider_can_fetch (LiaPhoneProvider *self);
const char *const  *lia_phone_provider_get_abilities (LiaPhoneProvider *self);
DexFuture          *lia_phone_provider_fetch (LiaPhoneProvider *self,
                                              const char       *file,
                                              int               fd) G_GNUC_WARN_UNUSED_RESULT;

/* For implementations: emit the signals */
void lia_phone_provider_link_changed (LiaPhoneProvider *self);
void lia_phone_provider_forged (LiaPhoneProvider *self);
void lia_phone_provider_call_changed (LiaPhoneProvider *self,
                                      LiaCall          *call);
void lia_phone_provider_call_gone (LiaPhoneProvider *self,
                                   const char       *uniqueid,
                                   const char       *into);
void lia_phone_provider_member_changed (LiaPhoneProvider *self,
                                        LiaQueueMember   *member);
void lia_phone_provider_member_gone (LiaPhoneProvider *self,
                                     const char       *queue,
                                     const char       *interface);
void lia_phone_provider_queue_changed (LiaPhoneProvider *self,
                                       const char       *queue);

G_END_DECLS
