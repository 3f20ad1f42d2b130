/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-imap-parse.h"
#include "lia-imap-store.h"

G_BEGIN_DECLS

/**
 * LiaImapEvents:
 *
 * What a server told about the selected folder and nobody has dealt with yet. Filled by lia_imap_events_take(), emptied by who deals with it.
 */
typedef struct
{
  LiaImapSelected selected;
  gboolean        exists_changed; /* perhaps new mail */
  gboolean        expunged;       /* something is gone, and the server cannot say which number it had */
  LiaUidSet      *listed;         /* answer of SEARCH */
  GArray         *sizes;          /* of LiaImapListed: answer of FETCH RFC822.SIZE */
  GPtrArray      *messages;       /* of LiaMailFetched: answer of FETCH BODY[] */
  GArray         *flags;          /* of LiaImapFlags */
  LiaUidSet      *vanished;
  GPtrArray      *folders; /* of LiaImapFolder: answer of LIST */
} LiaImapEvents;

LiaImapEvents *lia_imap_events_new (void);
void           lia_imap_events_free (LiaImapEvents *self);
void           lia_imap_events_take (const LiaImapResponse *response,
                                     gpointer               events);
gboolean       lia_imap_events_is_quiet (LiaImapEvents *self);
gint64         lia_imap_parse_date (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaImapEvents, lia_imap_events_free)

G_END_DECLS
