/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

gboolean lia_sample_write_findings (LiaDb   *db,
                                    gint64   agent_id,
                                    gint64   now_ms,
                                    GError **error);

G_END_DECLS
