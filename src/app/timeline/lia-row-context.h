/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-folding.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaRowContext:
 * @previous: (nullable): the entry before
 * @previous_subject: (nullable): the last subject before this entry
 * @folding: (nullable): what was unfolded in this one
 * @agents: (nullable): of LiaAgent, for names
 * @queues: (nullable): of LiaQueue, for names
 * @now_ms: the wall clock, for "Today"
 * @unread: the line "New" stands above
 * @narrow: there is little width
 *
 * What a row must know beside its entry.
 */
typedef struct
{
  LiaEntry         *previous;
  const char       *previous_subject;
  const LiaFolding *folding;
  GListModel       *agents;
  GListModel       *queues;
  gint64            now_ms;
  gboolean          unread;
  gboolean          narrow;
} LiaRowContext;

G_END_DECLS
