/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-attachment.h"

G_DEFINE_FINAL_TYPE (LiaAttachment, lia_attachment, G_TYPE_OBJECT)

static void
lia_attachment_finalize (GObject *object)
{
  LiaAttachment *self = (LiaAttachment *)object;

  g_clear_pointer (&self->blob, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->cid, g_free);

  G_OBJECT_CLASS (lia_attachment_parent_class)->finalize (object);
}

static void
lia_attachment_class_init (LiaAttachmentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_attachment_finalize;
}

static void
lia_attachment_init (LiaAttachment *self)
{
}

/** lia_attachment_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaAttachment *
lia_attachment_new (void)
{
  return g_object_new (LIA_TYPE_ATTACHMENT, NULL);
}
