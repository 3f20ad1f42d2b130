/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"
#include "lia-store.h"

G_BEGIN_DECLS

#define LIA_TYPE_ENGINE (lia_engine_get_type ())

/**
 * LiaEngine:
 *
 * The context that everything in the engine hangs off: the store, the secrets, who may speak, the channels, the hub that tells the streams.
 * Passed, never global. Main context only.
 */
G_DECLARE_FINAL_TYPE (LiaEngine, lia_engine, LIA, ENGINE, GObject)

typedef struct _LiaSecrets    LiaSecrets;
typedef struct _LiaAuth       LiaAuth;
typedef struct _LiaHub        LiaHub;        /* the streams: stream/lia-hub.h */
typedef struct _LiaMailHub    LiaMailHub;    /* all mailboxes: channels/mail/lia-mail-hub.h */
typedef struct _LiaChatHub    LiaChatHub;    /* all web sites: channels/chat/lia-chat-hub.h */
typedef struct _LiaTrackerHub LiaTrackerHub; /* all issue trackers: trackers/lia-tracker-hub.h */
typedef struct _LiaPhoneHub   LiaPhoneHub;   /* all telephone systems: channels/phone/lia-phone-hub.h */

LiaEngine     *lia_engine_new (LiaStore   *store,
                               LiaSecrets *secrets,
                               const char *worker_path);
DexFuture     *lia_engine_start (LiaEngine *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean       lia_engine_listen (LiaEngine *self,
                                  GSocket   *socket,
                                  GError   **error);
DexFuture     *lia_engine_stop (LiaEngine *self) G_GNUC_WARN_UNUSED_RESULT;
LiaStore      *lia_engine_get_store (LiaEngine *self);
LiaSecrets    *lia_engine_get_secrets (LiaEngine *self);
LiaAuth       *lia_engine_get_auth (LiaEngine *self);
LiaHub        *lia_engine_get_hub (LiaEngine *self);
LiaMailHub    *lia_engine_get_mail (LiaEngine *self);
LiaPhoneHub   *lia_engine_get_phone (LiaEngine *self);
LiaChatHub    *lia_engine_get_chat (LiaEngine *self);
LiaTrackerHub *lia_engine_get_trackers (LiaEngine *self);
GHashTable    *lia_engine_dup_channels (LiaEngine *self);
void           lia_engine_update_channel (LiaEngine *self,
                                          gint64     channel_id);
void           lia_engine_sync_channel (LiaEngine *self,
                                        gint64     channel_id);
DexFuture     *lia_engine_diagnose_channel (LiaEngine  *self,
                                            gint64      channel_id,
                                            LiaMailbox *mailbox,
                                            const char *password) G_GNUC_WARN_UNUSED_RESULT;
gboolean       lia_engine_is_sample (LiaEngine *self);
void           lia_engine_send_ephemeral (LiaEngine  *self,
                                          const char *kind,
                                          const char *data);

G_END_DECLS
