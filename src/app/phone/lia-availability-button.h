/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_AVAILABILITY_BUTTON (lia_availability_button_get_type ())

/**
 * LiaAvailabilityButton:
 *
 * Whether I am there for customers, why not and for how long, and in which phone queues I am.
 */
G_DECLARE_FINAL_TYPE (LiaAvailabilityButton, lia_availability_button, LIA, AVAILABILITY_BUTTON, AdwBin)

void lia_availability_button_set_client (LiaAvailabilityButton *self,
                                         LiaClient             *client);

G_END_DECLS
