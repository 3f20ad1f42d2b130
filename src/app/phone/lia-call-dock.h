/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-station.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CALL_DOCK (lia_call_dock_get_type ())

/**
 * LiaCallDock:
 *
 * The call bars, one a call, and what is wrong with the telephone. Takes no room while there is none of it.
 *
 * Signal "show-line" (LiaPhoneLine): the agent wants to see its conversation.
 */
G_DECLARE_FINAL_TYPE (LiaCallDock, lia_call_dock, LIA, CALL_DOCK, AdwBin)

void     lia_call_dock_set_station (LiaCallDock     *self,
                                    LiaPhoneStation *station);
gboolean lia_call_dock_activate (LiaCallDock  *self,
                                 LiaLineAction action);
void     lia_call_dock_offer (LiaCallDock  *self,
                              LiaPhoneLine *line);

G_END_DECLS
