/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mail-ingest.h"
#include "lia-mailbox.h"

G_BEGIN_DECLS

#define LIA_TYPE_IMAP_CONNECTION (lia_imap_connection_get_type ())

/**
 * LiaImapConnection:
 *
 * Keeps one folder of a mailbox (its inbox, its folder of sent mail) and the store the same, for as long as it lives: connects, fetches newest
 * first, listens, comes back after whatever goes wrong. Main context only.
 *
 * Signal "changed": the state, its detail or the progress is another one.
 */
G_DECLARE_FINAL_TYPE (LiaImapConnection, lia_imap_connection, LIA, IMAP_CONNECTION, GObject)

/**
 * LiaImapStatus:
 *
 * How it stands, for agents to see.
 */
typedef struct
{
  const char *state;  /* as LiaChannel has it */
  char       *detail; /* in plain words, may be empty */
  gint64      since_ms;
  gint64      last_ok_ms; /* when the server answered last */
  gint64      done;
  gint64      total; /* 0: no first sync is running */
} LiaImapConnectionStatus;

LiaImapConnection             *lia_imap_connection_new (LiaStore      *store,
                                                        LiaMailIngest *ingest,
                                                        gint64         channel_id,
                                                        const char    *role,
                                                        LiaMailbox    *mailbox,
                                                        const char    *password);
void                           lia_imap_connection_start (LiaImapConnection *self);
DexFuture                     *lia_imap_connection_stop (LiaImapConnection *self);
void                           lia_imap_connection_sync (LiaImapConnection *self);
const LiaImapConnectionStatus *lia_imap_connection_get_status (LiaImapConnection *self);

G_END_DECLS
