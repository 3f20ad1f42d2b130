/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-imap-sync.h"
#include "lia-store.h"

G_BEGIN_DECLS

/* What the connector keeps in the tables of 0002-mail.sql. */

/* A folder as LIST names it. */
typedef struct
{
  char *path;
  char *role; /* "inbox", "sent", … or "" */
} LiaImapFolder;

void lia_imap_folder_free (LiaImapFolder *self);

/* Flags of one message, in the letters that mail_location.flags keeps. */
typedef struct
{
  gint64 uid;
  char   letters[4];
} LiaImapFlags;

/**
 * LiaImapChanges:
 *
 * What was learnt of a folder, to be kept in one transaction.
 */
typedef struct
{
  gint64     folder_id;
  gboolean   reset;
  gint64     uidvalidity;
  gint64     uidnext; /* 0 = as it was */
  gint64     modseq;  /* 0 = as it was */
  gboolean   complete;
  gboolean   lacking; /* complete but for what the server could not give: to be compared anew next time */
  LiaUidSet *gone;    /* or NULL */
  LiaUidSet *skipped; /* not to be asked for again, or NULL */
  GArray    *flags;   /* of LiaImapFlags, or NULL */
} LiaImapChanges;

LiaImapChanges *lia_imap_changes_new (gint64 folder_id);
void            lia_imap_changes_free (LiaImapChanges *self);

DexFuture          *lia_imap_store_folders (LiaStore  *store,
                                            gint64     channel_id,
                                            GPtrArray *folders) G_GNUC_WARN_UNUSED_RESULT;
LiaImapFolderState *lia_imap_store_load (LiaStore   *store,
                                         gint64      channel_id,
                                         const char *role,
                                         GError    **error);
DexFuture          *lia_imap_store_apply (LiaStore       *store,
                                          LiaImapChanges *changes) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaImapChanges, lia_imap_changes_free)

G_END_DECLS
