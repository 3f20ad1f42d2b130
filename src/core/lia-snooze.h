/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 lia_snooze_until (const char *when,
                         GDateTime  *now);
gint64 lia_snooze_morning_of (GDateTime *day);

G_END_DECLS
