/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-call.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_MICROPHONE_METER (lia_microphone_meter_get_type ())

/**
 * LiaMicrophoneMeter:
 *
 * Shows the agent that they are heard: some bars, lit as loud as they speak, and struck out while the call is muted.
 */
G_DECLARE_FINAL_TYPE (LiaMicrophoneMeter, lia_microphone_meter, LIA, MICROPHONE_METER, GtkWidget)

void  lia_microphone_meter_set_call (LiaMicrophoneMeter *self,
                                     LiaPhoneCall       *call);
guint lia_microphone_meter_get_lit (LiaMicrophoneMeter *self);

G_END_DECLS
