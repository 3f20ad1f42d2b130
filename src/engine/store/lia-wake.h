/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

gboolean lia_conversations_wake_due (LiaDb   *db,
                                     gint64   now_ms,
                                     guint   *n_woken,
                                     gint64  *next_ms,
                                     GError **error);

G_END_DECLS
