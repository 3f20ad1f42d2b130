/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"
#include "lia-engine.h"

G_BEGIN_DECLS

#define LIA_TYPE_MAIL_HUB (lia_mail_hub_get_type ())

/**
 * LiaMailHub:
 *
 * All mailboxes of the engine: one connector each, and the outbox that sends for them. Belongs to the engine, on whose main context it lives.
 */
G_DECLARE_FINAL_TYPE (LiaMailHub, lia_mail_hub, LIA, MAIL_HUB, GObject)

LiaMailHub *lia_mail_hub_new (LiaEngine  *engine,
                              const char *worker_path);
DexFuture  *lia_mail_hub_start (LiaMailHub *self) G_GNUC_WARN_UNUSED_RESULT;
DexFuture  *lia_mail_hub_stop (LiaMailHub *self) G_GNUC_WARN_UNUSED_RESULT;
void        lia_mail_hub_update (LiaMailHub *self,
                                 gint64      channel_id);
void        lia_mail_hub_sync (LiaMailHub *self,
                               gint64      channel_id);
void        lia_mail_hub_wake_outbox (LiaMailHub *self);
GHashTable *lia_mail_hub_dup_channels (LiaMailHub *self);
DexFuture  *lia_mail_hub_diagnose (LiaMailHub *self,
                                   gint64      channel_id,
                                   LiaMailbox *mailbox,
                                   const char *password) G_GNUC_WARN_UNUSED_RESULT;

/*
 * lia_mail_hub_start(): resolves once the rows of kind "mail" are read and their connectors run; @worker_path: the program that parses mail.
 * lia_mail_hub_stop(): resolves when nothing is being written to a server any more; what is queued stays queued.
 * lia_mail_hub_update(): a channel was added, changed or removed; call it when that is durable.
 * lia_mail_hub_sync(): try now, whatever went wrong before.
 * lia_mail_hub_wake_outbox(): there is a new row in the outbox, or an older one may go now.
 * lia_mail_hub_dup_channels(): "h_1" -> #LiaChannel: how they are now.
 * lia_mail_hub_diagnose(): as lia_mail_diagnose(); where @mailbox or @password is NULL, with what is kept; rejects with %LIA_PROBLEM_NOT_FOUND.
 */

G_END_DECLS
