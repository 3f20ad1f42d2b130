/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *lia_library_day_to_words (gint64 time_ms);
gboolean lia_library_day_from_words (const char *words,
                                     gint64     *time_ms);

G_END_DECLS
