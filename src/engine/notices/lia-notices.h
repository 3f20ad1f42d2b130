/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Who is to be told of a fix, and when nobody is any more. All of it within the transaction of what it follows from, so that there is no moment at which
 * something is fixed and nobody is to be told.
 */

gboolean lia_notices_refresh (LiaDb   *db,
                              gint64   finding_id,
                              GError **error);
gboolean lia_notices_refresh_issue (LiaDb   *db,
                                    gint64   issue_id,
                                    GError **error);
gboolean lia_notices_follow (LiaDb      *db,
                             gint64      entry_seq,
                             const char *state,
                             const char *problem,
                             GError    **error);
gboolean lia_notices_follow_calls (LiaDb   *db,
                                   gint64   conversation_id,
                                   GError **error);
gboolean lia_notices_skip_all (LiaDb   *db,
                               gint64   finding_id,
                               gint64   actor_id,
                               GError **error);
gboolean lia_notices_wake_due (LiaDb   *db,
                               gint64   now_ms,
                               GError **error);
gboolean lia_notices_append_change (LiaDb      *db,
                                    gint64      id,
                                    gint64      actor_id,
                                    JsonObject *data,
                                    GError    **error);

G_END_DECLS
