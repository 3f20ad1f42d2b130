/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-conversation.h"

G_DEFINE_FINAL_TYPE (LiaConversation, lia_conversation, G_TYPE_OBJECT)

static void
lia_conversation_finalize (GObject *object)
{
  LiaConversation *self = (LiaConversation *)object;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->customer_id, g_free);
  g_clear_pointer (&self->customer, lia_address_unref);
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->queue, g_free);
  g_clear_pointer (&self->assignee, g_free);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->due_kind, g_free);
  g_clear_pointer (&self->snippet, g_free);
  g_clear_pointer (&self->sending, g_free);

  G_OBJECT_CLASS (lia_conversation_parent_class)->finalize (object);
}

static void
lia_conversation_class_init (LiaConversationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_conversation_finalize;
}

static void
lia_conversation_init (LiaConversation *self)
{
}

/** lia_conversation_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaConversation *
lia_conversation_new (void)
{
  return g_object_new (LIA_TYPE_CONVERSATION, NULL);
}
