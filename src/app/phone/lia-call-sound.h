/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CALL_SOUND (lia_call_sound_get_type ())

/**
 * LiaCallSound:
 *
 * How the sound of a call goes that the telephone in the app is in: whether the agent is heard, and whether it is enciphered. Of a telephone on the desk
 * nobody tells that: it is not visible then.
 */
G_DECLARE_FINAL_TYPE (LiaCallSound, lia_call_sound, LIA, CALL_SOUND, AdwBin)

void lia_call_sound_fill (LiaCallSound *self,
                          LiaPhoneLine *line);

G_END_DECLS
