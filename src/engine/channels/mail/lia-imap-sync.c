/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-sync.h"

/* Pure: what is known and what the server says in, what to ask out. Three kinds of servers: QRESYNC (RFC 7162), CONDSTORE, and neither. */

#define BATCH_MESSAGES 100
#define BATCH_BYTES (4 * 1024 * 1024)

LiaImapFolderState *
lia_imap_folder_state_new (void)
{
  LiaImapFolderState *self = g_new0 (LiaImapFolderState, 1);

  self->done = lia_uid_set_new (NULL);
  self->present = lia_uid_set_new (NULL);
  return self;
}

void
lia_imap_folder_state_free (LiaImapFolderState *self)
{
  lia_uid_set_free (self->done);
  lia_uid_set_free (self->present);
  g_free (self->path);
  g_free (self);
}

/**
 * lia_imap_plan:
 *
 * A folder whose UIDVALIDITY changed, or that went back in UIDNEXT or HIGHESTMODSEQ (a restored backup), is read anew: the messages that
 * are in the store are recognised by what they are.
 */
LiaImapPlan
lia_imap_plan (const LiaImapFolderState *known,
               const LiaImapSelected    *now)
{
  LiaImapPlan plan = { 0 };
  gboolean    first = known->uidvalidity == 0;
  gboolean    went_back = (now->uidnext > 0 && now->uidnext < known->uidnext) || (now->modseq > 0 && now->modseq < known->modseq);

  plan.reset = !first && (known->uidvalidity != now->uidvalidity || went_back);
  if (first || plan.reset)
    {
      plan.list = TRUE;
      return plan;
    }
  if (known->last_sync_ms == 0 || !now->qresync)
    plan.list = TRUE;
  else if (now->uidnext == 0 || now->uidnext > known->uidnext)
    plan.list_from = MAX (known->uidnext, 1);

  if (now->qresync)
    return plan;
  if (now->condstore && known->modseq > 0)
    {
      if (now->modseq == 0 || now->modseq > known->modseq)
        plan.changed_since = known->modseq;
    }
  else if (known->uidnext > 1)
    plan.flags_from = MAX (known->uidnext - LIA_IMAP_FLAGS_WINDOW, 1);

  return plan;
}

/**
 * lia_imap_next_batch:
 * @newest_first: of LiaImapListed
 * @position: (inout): how many of them were given out
 *
 * The next messages to fetch together: at most 100 and 4 MiB, but always one.
 *
 * Returns: (transfer full) (nullable): NULL when all were given out
 */
LiaUidSet *
lia_imap_next_batch (GArray *newest_first,
                     guint  *position)
{
  LiaUidSet *batch;
  gint64     bytes = 0;
  guint      count = 0;

  if (*position >= newest_first->len)
    return NULL;

  batch = lia_uid_set_new (NULL);
  for (; *position < newest_first->len && count < BATCH_MESSAGES; (*position)++, count++)
    {
      LiaImapListed *listed = &g_array_index (newest_first, LiaImapListed, *position);

      if (count > 0 && bytes + listed->size_bytes > BATCH_BYTES)
        break;
      bytes += listed->size_bytes;
      lia_uid_set_add (batch, listed->uid, listed->uid);
    }

  return batch;
}
