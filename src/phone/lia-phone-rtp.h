/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-sdp.h"

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

gboolean lia_phone_rtp_bind (GInetAddress *address, GSocket **rtp, GSocket **rtcp, GError **error);
guint    lia_phone_rtp_port_of (GSocket *socket);
void     lia_phone_rtp_watch_payloads (GstElement *rtpbin, const LiaPhoneSession *theirs);

G_END_DECLS
