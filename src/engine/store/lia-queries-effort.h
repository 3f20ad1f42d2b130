/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-effort.h"

G_BEGIN_DECLS

LiaEffort *lia_query_effort (LiaDb   *db,
                             gint64   customer_id,
                             gint64   now_ms,
                             GError **error);

G_END_DECLS
