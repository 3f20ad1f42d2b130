/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-draft.h"

G_DEFINE_FINAL_TYPE (LiaDraft, lia_draft, G_TYPE_OBJECT)

static void
lia_draft_finalize (GObject *object)
{
  LiaDraft *self = (LiaDraft *)object;

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->mode, g_free);
  g_clear_pointer (&self->reply, g_free);
  g_clear_pointer (&self->entry, g_free);
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->cc, g_ptr_array_unref);
  g_clear_pointer (&self->bcc, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->responses, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_free);

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

/** lia_draft_response_new: to be filled by its maker before anybody else sees it. */
LiaDraftResponse *
lia_draft_response_new (void)
{
  return g_rc_box_new0 (LiaDraftResponse);
}

LiaDraftResponse *
lia_draft_response_ref (LiaDraftResponse *self)
{
  return g_rc_box_acquire (self);
}

static void
response_clear (gpointer data)
{
  LiaDraftResponse *self = data;

  g_free (self->response);
  g_free (self->text);
  g_free (self->sent);
}

void
lia_draft_response_unref (LiaDraftResponse *self)
{
  g_rc_box_release_full (self, response_clear);
}
