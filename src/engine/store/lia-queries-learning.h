/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonArray  *lia_query_unused_responses (LiaDb   *db,
                                        gint64   agent_id,
                                        gint64   now_ms,
                                        guint    limit,
                                        GError **error);
JsonArray  *lia_query_edited_responses (LiaDb   *db,
                                        gint64   agent_id,
                                        guint    limit,
                                        GError **error);
JsonArray  *lia_query_answers_by_hand (LiaDb   *db,
                                       gint64   agent_id,
                                       gint64   now_ms,
                                       guint    limit,
                                       GError **error);
JsonArray  *lia_query_dismissed_twins (LiaDb   *db,
                                       gint64   agent_id,
                                       GError **error);
JsonObject *lia_query_response_figures (LiaDb   *db,
                                        gint64   agent_id,
                                        gint64   response_id,
                                        GError **error);

G_END_DECLS
