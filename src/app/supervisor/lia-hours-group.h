/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-hours.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_HOURS_GROUP (lia_hours_group_get_type ())

/**
 * LiaHoursGroup:
 *
 * The opening hours of a queue, a line a day, as one types them: "9-12, 13-17".
 */
G_DECLARE_FINAL_TYPE (LiaHoursGroup, lia_hours_group, LIA, HOURS_GROUP, AdwPreferencesGroup)

void     lia_hours_group_set_hours (LiaHoursGroup *self,
                                    LiaHours      *hours);
gboolean lia_hours_group_read (LiaHoursGroup *self,
                               LiaHours     **hours);

G_END_DECLS
