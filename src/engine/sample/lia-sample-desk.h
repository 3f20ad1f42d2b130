/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-sample-story.h"

G_BEGIN_DECLS

#define LIA_SAMPLE_N_AGENTS 4
#define LIA_SAMPLE_N_QUEUES 3

typedef struct
{
  const char *name;
  const char *phone_name; /* NULL = nobody calls there */
  gint64      first_ms;
  gint64      next_ms;
} LiaSampleQueue;

extern const LiaSampleQueue lia_sample_queues[LIA_SAMPLE_N_QUEUES];

gint64   lia_sample_append (LiaDb      *db,
                            const char *kind,
                            gint64      at_ms,
                            JsonObject *data,
                            GError    **error);
gboolean lia_sample_write_agents (LiaDb          *db,
                                  LiaSampleAgent *agents,
                                  gint64          at_ms,
                                  GError        **error);
gboolean lia_sample_write_queues (LiaDb   *db,
                                  gint64  *ids,
                                  gint64   at_ms,
                                  GError **error);

G_END_DECLS
