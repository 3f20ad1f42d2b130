/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mail-ingest.h"
#include "lia-mailbox.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaImapSession:
 *
 * One connection's work on one folder, from the login until it breaks: make store and server the same, then listen.
 */
typedef struct _LiaImapSession LiaImapSession;

/**
 * LiaImapSessionFunc:
 * @ready: everything is here, we listen
 * @done: messages that are here
 * @total: messages in the folder while a sync runs, 0 else
 *
 * How it goes. Called whenever the server has shown that it lives.
 */
typedef void (*LiaImapSessionFunc) (gboolean ready,
                                    gint64   done,
                                    gint64   total,
                                    gpointer data);

LiaImapSession *lia_imap_session_new (LiaStore          *store,
                                      LiaMailIngest     *ingest,
                                      gint64             channel_id,
                                      const char        *role,
                                      LiaImapSessionFunc func,
                                      gpointer           data);
gboolean        lia_imap_session_run (LiaImapSession *self,
                                      LiaMailbox     *mailbox,
                                      const char     *password,
                                      GError        **error);
void            lia_imap_session_set_plain (LiaImapSession *self);
void            lia_imap_session_set_silence (LiaImapSession *self,
                                              guint           silence_ms);
void            lia_imap_session_wake (LiaImapSession *self);
void            lia_imap_session_stop (LiaImapSession *self);
void            lia_imap_session_free (LiaImapSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaImapSession, lia_imap_session_free)

G_END_DECLS
