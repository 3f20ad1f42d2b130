/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-audio.h"
#include "lia-phone-station.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_PAGE (lia_phone_page_get_type ())

/**
 * LiaPhonePage:
 *
 * The preferences of the telephone: what is spoken into and listened to, and a test of both.
 */
G_DECLARE_FINAL_TYPE (LiaPhonePage, lia_phone_page, LIA, PHONE_PAGE, AdwPreferencesPage)

void lia_phone_page_set_up (LiaPhonePage    *self,
                            GSettings       *settings,
                            LiaPhoneStation *station,
                            LiaPhoneAudio   *audio);

G_END_DECLS
