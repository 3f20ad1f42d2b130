/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-device.h"

struct _LiaPhoneDevice
{
  GObject parent_instance;

  GstDevice *device;
  char      *id;
  char      *name;
};

G_DEFINE_FINAL_TYPE (LiaPhoneDevice, lia_phone_device, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
lia_phone_device_finalize (GObject *object)
{
  LiaPhoneDevice *self = LIA_PHONE_DEVICE (object);

  g_clear_object (&self->device);
  g_free (self->id);
  g_free (self->name);

  G_OBJECT_CLASS (lia_phone_device_parent_class)->finalize (object);
}

static void
lia_phone_device_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  g_value_set_string (value, LIA_PHONE_DEVICE (object)->name);
}

static void
lia_phone_device_class_init (LiaPhoneDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lia_phone_device_finalize;
  object_class->get_property = lia_phone_device_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lia_phone_device_init (LiaPhoneDevice *self)
{
}

/* A name that the sound server keeps over restarts; the display name when it has none. */
static char *
dup_id (GstDevice *device)
{
  g_autoptr (GstStructure) more = gst_device_get_properties (device);
  const char *node = more != NULL ? gst_structure_get_string (more, "node.name") : NULL;

  return node != NULL ? g_strdup (node) : gst_device_get_display_name (device);
}

/**
 * lia_phone_device_new:
 * @device: as the sound system has it
 */
LiaPhoneDevice *
lia_phone_device_new (GstDevice *device)
{
  LiaPhoneDevice *self = g_object_new (LIA_TYPE_PHONE_DEVICE, NULL);

  self->device = g_object_ref (device);
  self->id = dup_id (device);
  self->name = gst_device_get_display_name (device);

  return self;
}

/**
 * lia_phone_device_get_id:
 * @self: a microphone or loudspeaker
 *
 * Returns: what to keep in the settings; the same after a restart
 */
const char *
lia_phone_device_get_id (LiaPhoneDevice *self)
{
  return self->id;
}

/**
 * lia_phone_device_get_name:
 * @self: a microphone or loudspeaker
 *
 * Returns: what people call it
 */
const char *
lia_phone_device_get_name (LiaPhoneDevice *self)
{
  return self->name;
}

/** lia_phone_device_get_device: (transfer none): as the sound system has it. */
GstDevice *
lia_phone_device_get_device (LiaPhoneDevice *self)
{
  return self->device;
}
