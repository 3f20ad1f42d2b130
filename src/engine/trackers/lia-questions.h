/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

gboolean lia_question_find (LiaDb    *db,
                            gint64    id,
                            gboolean *settled,
                            GError  **error);
gboolean lia_question_settle (LiaDb   *db,
                              gint64   id,
                              gint64   push_id,
                              gint64   actor_id,
                              GError **error);
gboolean lia_question_follow_push (LiaDb   *db,
                                   gint64   push_id,
                                   gboolean leaves,
                                   GError **error);

G_END_DECLS
