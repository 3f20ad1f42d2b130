/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_CLOCK (lia_clock_get_type ())

/**
 * LiaClock:
 *
 * Emits `tick` when the minute changes. One for all rows, so that a thousand relative times cost one timer.
 */
G_DECLARE_FINAL_TYPE (LiaClock, lia_clock, LIA, CLOCK, GObject)

LiaClock *lia_clock_get_default (void);

G_END_DECLS
