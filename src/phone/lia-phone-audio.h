/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-device.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_AUDIO (lia_phone_audio_get_type ())

/**
 * LiaPhoneAudio:
 *
 * Where sound comes from and goes to: the microphone and the loudspeaker that the agent chose, with echo cancellation between them.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneAudio, lia_phone_audio, LIA, PHONE_AUDIO, GObject)

LiaPhoneAudio *lia_phone_audio_new (void);
LiaPhoneAudio *lia_phone_audio_new_described (const char *source, const char *sink);
LiaPhoneAudio *lia_phone_audio_dup_default (LiaPhoneAudio *self);
GListModel    *lia_phone_audio_get_microphones (LiaPhoneAudio *self);
GListModel    *lia_phone_audio_get_loudspeakers (LiaPhoneAudio *self);
GstElement    *lia_phone_audio_make_source (LiaPhoneAudio *self, GError **error);
GstElement    *lia_phone_audio_make_sink (LiaPhoneAudio *self, GError **error);
GstElement    *lia_phone_audio_make_ringer_sink (LiaPhoneAudio *self, GError **error);

G_END_DECLS
