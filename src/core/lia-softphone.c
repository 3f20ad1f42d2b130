/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-softphone.h"

G_DEFINE_FINAL_TYPE (LiaSoftphone, lia_softphone, G_TYPE_OBJECT)

static void
lia_softphone_finalize (GObject *object)
{
  LiaSoftphone *self = (LiaSoftphone *)object;

  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->transport, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->secret, g_free);
  g_clear_pointer (&self->ca, g_free);

  G_OBJECT_CLASS (lia_softphone_parent_class)->finalize (object);
}

static void
lia_softphone_class_init (LiaSoftphoneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_softphone_finalize;
}

static void
lia_softphone_init (LiaSoftphone *self)
{
}

/** lia_softphone_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaSoftphone *
lia_softphone_new (void)
{
  return g_object_new (LIA_TYPE_SOFTPHONE, NULL);
}
