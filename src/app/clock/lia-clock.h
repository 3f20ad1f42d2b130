/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_CLOCK (lia_clock_get_type ())

/**
 * LiaClock:
 *
 * Emits `tick` when the minute changes, and `second` when the second does, as long as somebody counts seconds. One for all rows, so that a thousand
 * times that grow cost one timer.
 */
G_DECLARE_FINAL_TYPE (LiaClock, lia_clock, LIA, CLOCK, GObject)

LiaClock *lia_clock_get_default (void);
void      lia_clock_count (LiaClock *self,
                           GCallback callback,
                           gpointer  object);
void      lia_clock_uncount (LiaClock *self,
                             GCallback callback,
                             gpointer  object);

G_END_DECLS
