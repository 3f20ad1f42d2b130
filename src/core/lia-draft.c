/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-draft.h"

G_DEFINE_FINAL_TYPE (LiaDraft, lia_draft, G_TYPE_OBJECT)

static void
lia_draft_finalize (GObject *object)
{
  LiaDraft *self = (LiaDraft *)object;

  g_clear_pointer (&self->mode, g_free);
  g_clear_pointer (&self->reply, g_free);
  g_clear_pointer (&self->entry, g_free);
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->cc, g_ptr_array_unref);
  g_clear_pointer (&self->bcc, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_draft_parent_class)->finalize (object);
}

static void
lia_draft_class_init (LiaDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_draft_finalize;
}

static void
lia_draft_init (LiaDraft *self)
{
}

/** lia_draft_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaDraft *
lia_draft_new (void)
{
  return g_object_new (LIA_TYPE_DRAFT, NULL);
}

static guint
length_of (GPtrArray *list)
{
  return list != NULL ? list->len : 0;
}

static gboolean
addresses_equal (GPtrArray *a,
                 GPtrArray *b)
{
  if (length_of (a) != length_of (b))
    return FALSE;

  for (guint i = 0; i < length_of (a); i++)
    {
      const LiaAddress *one = a->pdata[i];
      const LiaAddress *other = b->pdata[i];

      if (g_strcmp0 (one->name, other->name) != 0 || g_strcmp0 (one->address, other->address) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
attachments_equal (GPtrArray *a,
                   GPtrArray *b)
{
  if (length_of (a) != length_of (b))
    return FALSE;

  for (guint i = 0; i < length_of (a); i++)
    {
      const LiaAttachment *one = a->pdata[i];
      const LiaAttachment *other = b->pdata[i];

      if (g_strcmp0 (one->blob, other->blob) != 0 || g_strcmp0 (one->name, other->name) != 0)
        return FALSE;
    }

  return TRUE;
}

/** lia_draft_equal: whether both would go out as the same message: same words, same files, to the same addresses, in the same order. */
gboolean
lia_draft_equal (LiaDraft *a,
                 LiaDraft *b)
{
  return g_strcmp0 (a->mode, b->mode) == 0 && g_strcmp0 (a->reply, b->reply) == 0 && g_strcmp0 (a->entry, b->entry) == 0 &&
         g_strcmp0 (a->body, b->body) == 0 && g_strcmp0 (a->subject, b->subject) == 0 && addresses_equal (a->to, b->to) &&
         addresses_equal (a->cc, b->cc) && addresses_equal (a->bcc, b->bcc) && attachments_equal (a->attachments, b->attachments);
}
