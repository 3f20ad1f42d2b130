/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-context.h"

G_DEFINE_FINAL_TYPE (LiaCannedContext, lia_canned_context, G_TYPE_OBJECT)

static void
lia_canned_context_finalize (GObject *object)
{
  LiaCannedContext *self = (LiaCannedContext *)object;

  g_clear_pointer (&self->agent, g_free);
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->queue, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->product, g_free);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (lia_canned_context_parent_class)->finalize (object);
}

static void
lia_canned_context_class_init (LiaCannedContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_canned_context_finalize;
}

static void
lia_canned_context_init (LiaCannedContext *self)
{
  self->agent = g_strdup ("");
  self->channel = g_strdup ("");
  self->queue = g_strdup ("");
  self->language = g_strdup ("");
  self->product = g_strdup ("");
  self->message = g_strdup ("");
}

/** lia_canned_context_new: an empty value, to be filled by its maker before it is used. */
LiaCannedContext *
lia_canned_context_new (void)
{
  return g_object_new (LIA_TYPE_CANNED_CONTEXT, NULL);
}
