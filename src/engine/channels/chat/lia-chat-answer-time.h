/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-hours.h"

G_BEGIN_DECLS

/* When the site's queue is open, and how soon it answers mail. Thread of the store. */

gboolean lia_chat_hours_read (LiaDb     *db,
                              gint64     channel_id,
                              LiaHours **hours,
                              GError   **error);
gboolean lia_chat_call_time_read (LiaDb   *db,
                                  gint64   channel_id,
                                  gint64  *call_by_ms,
                                  GError **error);
gboolean lia_chat_answer_time_read (LiaDb   *db,
                                    gint64   channel_id,
                                    gint64  *answer_by_ms,
                                    GError **error);

G_END_DECLS
