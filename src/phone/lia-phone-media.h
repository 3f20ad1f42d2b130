/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-audio.h"
#include "lia-phone-sdp.h"

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_MEDIA (lia_phone_media_get_type ())

/**
 * LiaPhoneMedia:
 *
 * The sound of one call: two ports for RTP and RTCP (RFC 3550), and a GStreamer pipeline between them and the agent's devices.
 *
 * Signal "level" (double): how loud the agent speaks, 0 to 1, about ten times a second.
 * Signal "failed" (string): there is no sound any more, why in the system's words.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneMedia, lia_phone_media, LIA, PHONE_MEDIA, GObject)

LiaPhoneMedia *lia_phone_media_new (LiaPhoneAudio *audio, GInetAddress *address, GError **error);
guint          lia_phone_media_get_port (LiaPhoneMedia *self);
gboolean       lia_phone_media_start (LiaPhoneMedia *self, const LiaPhoneSession *theirs, const LiaSrtpKey *ours, GError **error);
void           lia_phone_media_use_default (LiaPhoneMedia *self);
void           lia_phone_media_stop (LiaPhoneMedia *self);
void           lia_phone_media_set_muted (LiaPhoneMedia *self, gboolean muted);
void           lia_phone_media_set_held (LiaPhoneMedia *self, gboolean held);
void           lia_phone_media_set_key (LiaPhoneMedia *self, int key);

G_END_DECLS
