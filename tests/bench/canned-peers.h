/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-index.h"

G_BEGIN_DECLS

/**
 * CannedPeer:
 * @find: writes the ids of at most @max responses, the best first; returns how many
 *
 * Something that searches canned responses.
 */
typedef struct _CannedPeer CannedPeer;
struct _CannedPeer
{
  const char *name;
  guint (*find) (CannedPeer *self, const char *typed, const char **ids, guint max);
  void (*free) (CannedPeer *self);
};

CannedPeer *canned_peer_liaison_new (LiaCannedIndex *index,
                                     gint64          now_ms,
                                     gboolean        suggest);
CannedPeer *canned_peer_fts5_new (GPtrArray *responses,
                                  gboolean   suggest);
CannedPeer *canned_peer_process_new (const char *program,
                                     GPtrArray  *responses);

G_END_DECLS
