/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-client-state.h"
#include "lia-conversation.h"
#include "lia-customer.h"
#include "lia-draft.h"
#include "lia-entry.h"
#include "lia-live-chats.h"
#include "lia-mailbox.h"
#include "lia-value-page.h"
#include "lia-responses.h"
#include "lia-search-page.h"
#include "lia-view.h"

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

#define LIA_TYPE_CLIENT (lia_client_get_type ())

/**
 * LiaClient:
 *
 * The session with one engine: reconnects and resumes by itself. All lists stay the same objects over reconnects. Futures reject with
 * %LIA_PROBLEM (the engine's answer, see lia-problem.h) or %G_IO_ERROR (no answer).
 *
 * Properties: `state` (LiaClientState), `stale` (boolean: shown data may be old), `me` (LiaAgent), `undo-send-s` (int), `signature` (string),
 * `sample` (boolean: a sample workspace). Signals: `entry-added` (LiaConversation *, LiaEntry *) for every new live entry, for notifications.
 */
G_DECLARE_FINAL_TYPE (LiaClient, lia_client, LIA, CLIENT, GObject)

LiaClient     *lia_client_new (GSocketConnectable *address,
                               const char         *secret);
void           lia_client_start (LiaClient *self);
void           lia_client_stop (LiaClient *self);
LiaClientState lia_client_get_state (LiaClient *self);
LiaAgent      *lia_client_get_me (LiaClient *self);

/* Lists that stay true by themselves */
GListModel *lia_client_get_views (LiaClient *self);    /* of LiaView */
GListModel *lia_client_get_channels (LiaClient *self); /* of LiaChannel */
GListModel *lia_client_get_trackers (LiaClient *self); /* of LiaTrackerSetup */
GListModel *lia_client_get_queues (LiaClient *self);   /* of LiaQueue */
GListModel *lia_client_get_agents (LiaClient *self);   /* of LiaAgent */
GListModel *lia_client_get_calls (LiaClient *self);    /* of LiaCall */
GListModel *lia_client_get_members (LiaClient *self);  /* of LiaQueueMember */

LiaLiveChats *lia_client_get_chats (LiaClient *self);
void          lia_client_send_typing (LiaClient  *self,
                                      const char *conversation);
LiaResponses *lia_client_get_responses (LiaClient *self);

/* Reading; each is a future of the named type */
DexFuture *lia_client_get_customer (LiaClient  *self,
                                    const char *customer) G_GNUC_WARN_UNUSED_RESULT; /* LiaCustomer */
DexFuture *lia_client_get_customer_conversations (LiaClient  *self,
                                                  const char *customer) G_GNUC_WARN_UNUSED_RESULT; /* GListStore of LiaConversation */
DexFuture *lia_client_complete_address (LiaClient  *self,
                                        const char *typed) G_GNUC_WARN_UNUSED_RESULT; /* GListStore of LiaCustomer, best first */
DexFuture *lia_client_search (LiaClient  *self,
                              const char *query,
                              const char *before) G_GNUC_WARN_UNUSED_RESULT; /* LiaSearchPage */
DexFuture *lia_client_get_metric_rows (LiaClient  *self,
                                       const char *name,
                                       const char *of,
                                       const char *after) G_GNUC_WARN_UNUSED_RESULT; /* LiaValuePage of LiaQueueStay */
DexFuture *lia_client_get_audit (LiaClient  *self,
                                 const char *agent,
                                 const char *before) G_GNUC_WARN_UNUSED_RESULT; /* LiaValuePage of LiaDeed */
DexFuture *lia_client_get_blob (LiaClient  *self,
                                const char *blob) G_GNUC_WARN_UNUSED_RESULT; /* GBytes */
DexFuture *lia_client_get_html (LiaClient  *self,
                                const char *entry) G_GNUC_WARN_UNUSED_RESULT; /* GBytes, UTF-8 */
DexFuture *lia_client_get_source (LiaClient  *self,
                                  const char *entry) G_GNUC_WARN_UNUSED_RESULT; /* GBytes */
DexFuture *lia_client_upload (LiaClient  *self,
                              GBytes     *bytes,
                              const char *name,
                              const char *type) G_GNUC_WARN_UNUSED_RESULT; /* LiaAttachment */
DexFuture *lia_client_discover_mailbox (LiaClient  *self,
                                        const char *address) G_GNUC_WARN_UNUSED_RESULT; /* GListStore of LiaMailbox, best first */
DexFuture *lia_client_test_mailbox (LiaClient  *self,
                                    LiaMailbox *mailbox,
                                    const char *password) G_GNUC_WARN_UNUSED_RESULT; /* GListStore of LiaDiagnosis */
DexFuture *lia_client_test_channel (LiaClient  *self,
                                    const char *channel,
                                    LiaMailbox *mailbox,
                                    const char *password) G_GNUC_WARN_UNUSED_RESULT; /* GListStore of LiaDiagnosis */

/* Commands (see API.md); each has a key of its own, so that a retry after a lost answer does nothing twice */
DexFuture *lia_client_send_message (LiaClient  *self,
                                    const char *conversation,
                                    LiaDraft   *draft,
                                    gint64      seen,
                                    gboolean    force,
                                    const char *then) G_GNUC_WARN_UNUSED_RESULT; /* string: the outbox id, or in a chat the entry's */
DexFuture *lia_client_cancel_message (LiaClient  *self,
                                      const char *outbox) G_GNUC_WARN_UNUSED_RESULT; /* LiaDraft */
DexFuture *lia_client_retry_message (LiaClient  *self,
                                     const char *outbox) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_settle_message (LiaClient  *self,
                                      const char *outbox) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_add_note (LiaClient  *self,
                                const char *conversation,
                                LiaDraft   *note) G_GNUC_WARN_UNUSED_RESULT; /* string: the entry's id */
DexFuture *lia_client_create_conversation (LiaClient  *self,
                                           LiaAddress *customer,
                                           const char *subject) G_GNUC_WARN_UNUSED_RESULT; /* string: its id */
DexFuture *lia_client_take (LiaClient  *self,
                            const char *conversation) G_GNUC_WARN_UNUSED_RESULT; /* boolean; so the following */
DexFuture *lia_client_take_chat (LiaClient  *self,
                                 const char *conversation) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_decline_chat (LiaClient  *self,
                                    const char *conversation) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_set_chats (LiaClient *self,
                                 int        chats) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_assign (LiaClient  *self,
                              const char *conversation,
                              const char *agent) G_GNUC_WARN_UNUSED_RESULT; /* NULL: release */
DexFuture *lia_client_move (LiaClient  *self,
                            const char *conversation,
                            const char *queue) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_snooze (LiaClient  *self,
                              const char *conversation,
                              gint64      until_ms) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_close_conversation (LiaClient  *self,
                                          const char *conversation,
                                          gint64      seen,
                                          gboolean    force) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_reopen (LiaClient  *self,
                              const char *conversation) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_set_tags (LiaClient         *self,
                                const char        *conversation,
                                const char *const *tags) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_set_language (LiaClient  *self,
                                    const char *conversation,
                                    const char *language) G_GNUC_WARN_UNUSED_RESULT; /* "": as the customer writes */
DexFuture *lia_client_mark_read (LiaClient  *self,
                                 const char *conversation,
                                 gint64      seq) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_update_customer (LiaClient   *self,
                                       LiaCustomer *customer) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_set_manners (LiaClient                *self,
                                   const char               *customer,
                                   const char               *zone,
                                   const LiaCannedFormality *formality) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_save_draft (LiaClient  *self,
                                  const char *conversation,
                                  LiaDraft   *draft) G_GNUC_WARN_UNUSED_RESULT; /* NULL: discard */
DexFuture *lia_client_set_availability (LiaClient  *self,
                                        const char *state,
                                        const char *reason) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_add_mailbox (LiaClient  *self,
                                   LiaMailbox *mailbox,
                                   const char *password) G_GNUC_WARN_UNUSED_RESULT; /* string: the channel's id */
DexFuture *lia_client_update_mailbox (LiaClient  *self,
                                      const char *channel,
                                      LiaMailbox *mailbox,
                                      const char *password) G_GNUC_WARN_UNUSED_RESULT; /* password NULL: keep */
DexFuture *lia_client_remove_channel (LiaClient  *self,
                                      const char *channel) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_sync_channel (LiaClient  *self,
                                    const char *channel) G_GNUC_WARN_UNUSED_RESULT;
int        lia_client_get_notice_gap (LiaClient *self);
int        lia_client_get_chat_offer (LiaClient *self);
DexFuture *lia_client_set_notice_gap (LiaClient *self,
                                      int        days) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_set_chat_offer (LiaClient *self,
                                      int        seconds) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_set_undo_send (LiaClient *self,
                                     int        seconds) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_client_set_signature (LiaClient  *self,
                                     const char *signature) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
