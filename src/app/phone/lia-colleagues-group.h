/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-station.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_COLLEAGUES_GROUP (lia_colleagues_group_get_type ())

/**
 * LiaColleaguesGroup:
 *
 * The telephones of everybody else, for administrators; hidden from others, and where there is nobody else.
 */
G_DECLARE_FINAL_TYPE (LiaColleaguesGroup, lia_colleagues_group, LIA, COLLEAGUES_GROUP, AdwPreferencesGroup)

void lia_colleagues_group_set_station (LiaColleaguesGroup *self,
                                       LiaPhoneStation    *station);

G_END_DECLS
