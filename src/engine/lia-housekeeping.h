/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"

G_BEGIN_DECLS

#define LIA_TYPE_HOUSEKEEPING (lia_housekeeping_get_type ())

/**
 * LiaHousekeeping:
 *
 * What happens by the clock: snoozed conversations come back, answers to old commands are forgotten.
 */
G_DECLARE_FINAL_TYPE (LiaHousekeeping, lia_housekeeping, LIA, HOUSEKEEPING, GObject)

LiaHousekeeping *lia_housekeeping_new (LiaStore *store);
void             lia_housekeeping_start (LiaHousekeeping *self);

G_END_DECLS
