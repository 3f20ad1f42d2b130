/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"
#include "lia-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LiaResponseRow:
 * @seq: of its last change or use
 * @id: "r_40"
 * @canned: (nullable): NULL: it is not, or no longer, for this agent
 */
typedef struct
{
  gint64     seq;
  char      *id;
  LiaCanned *canned;
} LiaResponseRow;

void lia_response_row_free (gpointer row);

GPtrArray  *lia_query_responses (LiaDb   *db,
                                 gint64   agent_id,
                                 gint64   since,
                                 guint    limit,
                                 GError **error);
LiaCanned  *lia_query_response (LiaDb   *db,
                                gint64   agent_id,
                                gint64   id,
                                GError **error);
JsonObject *lia_response_encode_data (LiaCanned *canned);
char       *lia_query_response_with_shortcut (LiaDb      *db,
                                              gint64      agent_id,
                                              const char *shortcut,
                                              gint64      except_id,
                                              GError    **error);

/**
 * LiaResponseVersion:
 *
 * What a response was: its text of then, who wrote it, and when.
 */
typedef struct
{
  gint64     ver;
  gint64     at_ms;
  char      *agent; /* an id, or "" */
  LiaCanned *canned;
} LiaResponseVersion;

void lia_response_version_free (gpointer version);

GPtrArray *lia_query_response_versions (LiaDb   *db,
                                        gint64   id,
                                        gint64   before_ver,
                                        guint    limit,
                                        GError **error);

G_END_DECLS
