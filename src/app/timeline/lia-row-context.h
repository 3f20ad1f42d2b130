/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-folding.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaRowContext:
 * @previous: (nullable): the entry before
 * @next: (nullable): the entry after, unless the line "New" stands between
 * @previous_subject: (nullable): the last subject before this entry
 * @folding: (nullable): what was unfolded in this one
 * @agents: (nullable): of LiaAgent, for names
 * @queues: (nullable): of LiaQueue, for names
 * @now_ms: the wall clock, for "Today"
 * @seen: seq of the last entry that who chats has seen, or 0
 * @unread: the line "New" stands above
 * @narrow: there is little width
 *
 * What a row must know beside its entry.
 */
typedef struct
{
  LiaEntry         *previous;
  LiaEntry         *next;
  const char       *previous_subject;
  const LiaFolding *folding;
  GListModel       *agents;
  GListModel       *queues;
  gint64            now_ms;
  gint64            seen;
  gboolean          unread;
  gboolean          narrow;
} LiaRowContext;

G_END_DECLS
