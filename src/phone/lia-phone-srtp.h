/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-srtp-key.h"

#include <gst/gst.h>

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_SRTP (lia_phone_srtp_get_type ())

/**
 * LiaPhoneSrtp:
 *
 * Enciphers and deciphers the sound of one call (SRTP, RFC 3711), in whatever pipelines it has one after the other.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneSrtp, lia_phone_srtp, LIA, PHONE_SRTP, GObject)

LiaPhoneSrtp *lia_phone_srtp_new (void);
void          lia_phone_srtp_add (LiaPhoneSrtp *self, GstElement *rtpbin, const LiaSrtpKey *ours, const LiaSrtpKey *theirs);
guint32       lia_phone_srtp_roc_of (guint32 last, guint16 sequence);

G_END_DECLS
