/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-message.h"

G_BEGIN_DECLS

/**
 * LiaAmiSnapshot:
 *
 * What the PBX lists when asked for everything: the answers to CoreShowChannels, BridgeList, QueueStatus and ParkedCalls.
 */
typedef struct
{
  GPtrArray  *channels;  /* of LiaAmiMessage: "CoreShowChannel" */
  GPtrArray  *bridges;   /* "BridgeListItem" */
  GPtrArray  *queues;    /* "QueueParams" */
  GPtrArray  *members;   /* "QueueMember" */
  GPtrArray  *entries;   /* "QueueEntry" */
  GPtrArray  *parked;    /* "ParkedCall" */
  GHashTable *tainted;   /* names of channels whose item must not be believed, or of which events know better */
  gint64      offset_ms; /* what our clock says more than the PBX's */
  gboolean    is_check;  /* no event was missed, as far as is known: a call that is listed is not "recovered" by that */
} LiaAmiSnapshot;

LiaAmiSnapshot *lia_ami_snapshot_new (void);
void            lia_ami_snapshot_free (LiaAmiSnapshot *self);
gboolean        lia_ami_snapshot_add (LiaAmiSnapshot *self,
                                      LiaAmiMessage  *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaAmiSnapshot, lia_ami_snapshot_free)

G_END_DECLS
