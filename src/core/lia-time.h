/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are milliseconds since 1970 UTC, as the store and the wire keep them, in gint64 variables that end in `_ms`. */

gint64   lia_time_now (void);
char    *lia_time_to_string (gint64 time_ms);
gboolean lia_time_from_string (const char *text,
                               gint64     *time_ms);

G_END_DECLS
