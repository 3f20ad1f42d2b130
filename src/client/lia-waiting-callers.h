/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

guint lia_waiting_callers_count (GListModel *calls,
                                 const char *queue,
                                 gint64      now_ms,
                                 gint64     *longest_ms);

G_END_DECLS
