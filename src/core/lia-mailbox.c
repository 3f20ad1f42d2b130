/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mailbox.h"

G_DEFINE_FINAL_TYPE (LiaMailbox, lia_mailbox, G_TYPE_OBJECT)

static void
lia_mailbox_finalize (GObject *object)
{
  LiaMailbox *self = (LiaMailbox *)object;

  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sender_name, g_free);
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->imap_host, g_free);
  g_clear_pointer (&self->imap_tls, g_free);
  g_clear_pointer (&self->smtp_host, g_free);
  g_clear_pointer (&self->smtp_tls, g_free);
  g_clear_pointer (&self->ca, g_free);

  G_OBJECT_CLASS (lia_mailbox_parent_class)->finalize (object);
}

static void
lia_mailbox_class_init (LiaMailboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_mailbox_finalize;
}

static void
lia_mailbox_init (LiaMailbox *self)
{
}

/** lia_mailbox_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaMailbox *
lia_mailbox_new (void)
{
  return g_object_new (LIA_TYPE_MAILBOX, NULL);
}
