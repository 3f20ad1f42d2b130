/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIA_SAMPLE_SUPPORT "support" /* the queues, as the sample's telephone system calls them */
#define LIA_SAMPLE_ORDERS "orders"

/**
 * LiaSampleCaller:
 * @name: as the telephone network tells it; may be empty
 * @patience_ms: how long they wait
 * @talk_ms: how long they talk
 *
 * Somebody who calls the sample workspace.
 */
typedef struct
{
  char       *number;
  char       *name;
  const char *queue;
  gboolean    withheld;
  gint64      patience_ms;
  gint64      talk_ms;
} LiaSampleCaller;

GPtrArray       *lia_sample_callers_load (GRand   *rand,
                                          GError **error);
LiaSampleCaller *lia_sample_callers_pick (GPtrArray *callers,
                                          guint      nth,
                                          GRand     *rand);

G_END_DECLS
