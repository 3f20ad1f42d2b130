/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-audio.h"

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_SOUND_TEST (lia_phone_sound_test_get_type ())

/**
 * LiaPhoneSoundTest:
 *
 * The agent hears what the microphone hears, a second later. Stops when it is disposed of.
 *
 * Signal "level" (double): how loud the agent speaks, 0 to 1, about ten times a second.
 * Signal "failed" (string): there is no sound, why in the system's words.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneSoundTest, lia_phone_sound_test, LIA, PHONE_SOUND_TEST, GObject)

LiaPhoneSoundTest *lia_phone_sound_test_new (LiaPhoneAudio *audio, GError **error);
void               lia_phone_sound_test_stop (LiaPhoneSoundTest *self);

G_END_DECLS
