/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-pbx.h"

G_DEFINE_FINAL_TYPE (LiaPbx, lia_pbx, G_TYPE_OBJECT)

static void
lia_pbx_finalize (GObject *object)
{
  LiaPbx *self = (LiaPbx *)object;

  g_clear_pointer (&self->system, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->tls, g_free);
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->ca, g_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->context, g_free);
  g_clear_pointer (&self->dial_abroad, g_free);
  g_clear_pointer (&self->dial_agent, g_free);
  g_clear_pointer (&self->dial_supervisor, g_free);
  g_clear_pointer (&self->dial_admin, g_free);
  g_clear_pointer (&self->recordings_url, g_free);
  g_clear_pointer (&self->recordings_login, g_free);
  g_clear_pointer (&self->hidden_queues, g_strfreev);
  g_clear_pointer (&self->traces, g_free);

  G_OBJECT_CLASS (lia_pbx_parent_class)->finalize (object);
}

static void
lia_pbx_class_init (LiaPbxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_pbx_finalize;
}

static void
lia_pbx_init (LiaPbx *self)
{
}

/** lia_pbx_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaPbx *
lia_pbx_new (void)
{
  return g_object_new (LIA_TYPE_PBX, NULL);
}
