/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-imap-events.h"
#include "lia-imap-session.h"
#include "lia-imap.h"

G_BEGIN_DECLS

/* What the parts of a session share: lia-imap-session.c, lia-imap-reconcile.c and lia-imap-fetch.c. */

struct _LiaImapSession
{
  LiaStore          *store;
  LiaMailIngest     *ingest;
  gint64             channel_id;
  char              *role;
  LiaImapSessionFunc func;
  gpointer           data;

  gboolean            plain; /* use no extension that changes how a folder is read */
  gboolean            stopped;
  guint               silence_ms;
  DexPromise         *wake; /* or NULL */
  LiaImap            *imap;
  LiaImapEvents      *events;
  LiaImapFolderState *folder;
  LiaUidSet          *skipped;  /* listed, but the server did not give it; not kept yet */
  gboolean            lacking;  /* some of the listed could not be given now: the next session asks again */
  LiaUidSet          *missing;  /* on the server and not here; without what is in the window or on its way */
  GArray             *window;   /* of LiaImapListed, newest first */
  guint               position; /* in the window */
  gint64              total;
  gint64              left; /* messages of the total that are not here */
};

void     lia_imap_session_report (LiaImapSession *self,
                                  gboolean        ready);
gboolean lia_imap_session_check_stopped (LiaImapSession *self,
                                         GError        **error);

gboolean        lia_imap_session_find_folders (LiaImapSession *self,
                                               GError        **error);
gboolean        lia_imap_session_select (LiaImapSession *self,
                                         GError        **error);
gboolean        lia_imap_session_reconcile (LiaImapSession *self,
                                            GError        **error);
gboolean        lia_imap_session_compare_all (LiaImapSession *self,
                                              LiaImapChanges *changes,
                                              GError        **error);
LiaImapChanges *lia_imap_session_take_changes (LiaImapSession *self);
gboolean        lia_imap_session_keep (LiaImapSession *self,
                                       LiaImapChanges *changes,
                                       GError        **error);
gboolean        lia_imap_session_keep_complete (LiaImapSession *self,
                                                GError        **error);

gboolean lia_imap_session_fetch (LiaImapSession *self,
                                 GError        **error);

G_END_DECLS
