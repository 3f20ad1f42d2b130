/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-uid-set.h"

G_BEGIN_DECLS

/**
 * LiaImapFolderState:
 *
 * What the store knows of a folder.
 */
typedef struct
{
  gint64     id;
  char      *path; /* as the server writes it */
  gint64     uidvalidity;
  gint64     uidnext;
  gint64     modseq;
  gint64     last_sync_ms; /* 0: it was never complete */
  LiaUidSet *done;         /* fetched, or skipped for good */
  LiaUidSet *present;      /* fetched, and there when we looked last */
} LiaImapFolderState;

/**
 * LiaImapSelected:
 *
 * What a server says of a folder when it is selected.
 */
typedef struct
{
  gint64   uidvalidity;
  gint64   uidnext;
  gint64   modseq; /* 0: none (NOMODSEQ) */
  gint64   exists;
  gboolean condstore;
  gboolean qresync; /* what changed was told with SELECT */
} LiaImapSelected;

/**
 * LiaImapPlan:
 *
 * What has to be asked so that store and server agree again.
 */
typedef struct
{
  gboolean reset;         /* the folder is another one: forget what we knew of its numbers */
  gboolean list;          /* ask for all numbers: gone and missing come from comparing */
  gint64   list_from;     /* where not all: ask from this number on; 0 = no need */
  gint64   changed_since; /* ask for flags that changed since; 0 = no */
  gint64   flags_from;    /* ask for all flags from this number on; 0 = no */
} LiaImapPlan;

#define LIA_IMAP_FLAGS_WINDOW 2000

LiaImapPlan         lia_imap_plan (const LiaImapFolderState *known,
                                   const LiaImapSelected    *now);
LiaImapFolderState *lia_imap_folder_state_new (void);
void                lia_imap_folder_state_free (LiaImapFolderState *self);

/* One message of a listing. */
typedef struct
{
  gint64 uid;
  gint64 size_bytes;
} LiaImapListed;

LiaUidSet *lia_imap_next_batch (GArray *newest_first,
                                guint  *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaImapFolderState, lia_imap_folder_state_free)

G_END_DECLS
