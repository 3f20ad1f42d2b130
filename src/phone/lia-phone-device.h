/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_DEVICE (lia_phone_device_get_type ())

/**
 * LiaPhoneDevice:
 *
 * A microphone or a loudspeaker that is plugged in. Its property "name" is what people call it.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneDevice, lia_phone_device, LIA, PHONE_DEVICE, GObject)

LiaPhoneDevice *lia_phone_device_new (GstDevice *device);
const char     *lia_phone_device_get_id (LiaPhoneDevice *self);
const char     *lia_phone_device_get_name (LiaPhoneDevice *self);
GstDevice      *lia_phone_device_get_device (LiaPhoneDevice *self);

G_END_DECLS
