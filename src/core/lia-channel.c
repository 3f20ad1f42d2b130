/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-channel.h"

G_DEFINE_FINAL_TYPE (LiaChannel, lia_channel, G_TYPE_OBJECT)

static void
lia_channel_finalize (GObject *object)
{
  LiaChannel *self = (LiaChannel *)object;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->queue, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->abilities, g_strfreev);
  g_clear_pointer (&self->config, g_free);

  G_OBJECT_CLASS (lia_channel_parent_class)->finalize (object);
}

static void
lia_channel_class_init (LiaChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_channel_finalize;
}

static void
lia_channel_init (LiaChannel *self)
{
  self->abilities = g_new0 (char *, 1);
}

/** lia_channel_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaChannel *
lia_channel_new (void)
{
  return g_object_new (LIA_TYPE_CHANNEL, NULL);
}
