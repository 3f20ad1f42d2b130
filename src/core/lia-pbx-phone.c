/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-pbx-phone.h"

G_DEFINE_FINAL_TYPE (LiaPbxPhone, lia_pbx_phone, G_TYPE_OBJECT)

static void
lia_pbx_phone_finalize (GObject *object)
{
  LiaPbxPhone *self = (LiaPbxPhone *)object;

  g_clear_pointer (&self->phone, g_free);
  g_clear_pointer (&self->extension, g_free);
  g_clear_pointer (&self->context, g_free);
  g_clear_pointer (&self->member, g_free);

  G_OBJECT_CLASS (lia_pbx_phone_parent_class)->finalize (object);
}

static void
lia_pbx_phone_class_init (LiaPbxPhoneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_pbx_phone_finalize;
}

static void
lia_pbx_phone_init (LiaPbxPhone *self)
{
  self->phone = g_strdup ("");
  self->extension = g_strdup ("");
  self->context = g_strdup ("");
  self->member = g_strdup ("");
}

/** lia_pbx_phone_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaPbxPhone *
lia_pbx_phone_new (void)
{
  return g_object_new (LIA_TYPE_PBX_PHONE, NULL);
}
