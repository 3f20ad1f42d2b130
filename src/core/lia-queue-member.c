/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queue-member.h"

G_DEFINE_FINAL_TYPE (LiaQueueMember, lia_queue_member, G_TYPE_OBJECT)

static void
lia_queue_member_finalize (GObject *object)
{
  LiaQueueMember *self = (LiaQueueMember *)object;

  g_clear_pointer (&self->queue, g_free);
  g_clear_pointer (&self->agent, g_free);
  g_clear_pointer (&self->interface, g_free);
  g_clear_pointer (&self->phone, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->reason, g_free);

  G_OBJECT_CLASS (lia_queue_member_parent_class)->finalize (object);
}

static void
lia_queue_member_class_init (LiaQueueMemberClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_queue_member_finalize;
}

static void
lia_queue_member_init (LiaQueueMember *self)
{
  self->queue = g_strdup ("");
  self->agent = g_strdup ("");
  self->interface = g_strdup ("");
  self->phone = g_strdup ("");
  self->name = g_strdup ("");
  self->reason = g_strdup ("");
}

/** lia_queue_member_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaQueueMember *
lia_queue_member_new (void)
{
  return g_object_new (LIA_TYPE_QUEUE_MEMBER, NULL);
}

/** lia_queue_member_copy: (transfer full): a value of its own, for a change. */
LiaQueueMember *
lia_queue_member_copy (LiaQueueMember *self)
{
  LiaQueueMember *copy = lia_queue_member_new ();

  g_set_str (&copy->queue, self->queue);
  g_set_str (&copy->agent, self->agent);
  g_set_str (&copy->interface, self->interface);
  g_set_str (&copy->phone, self->phone);
  g_set_str (&copy->name, self->name);
  g_set_str (&copy->reason, self->reason);
  copy->state = self->state;
  copy->paused = self->paused;
  copy->since_ms = self->since_ms;
  copy->penalty = self->penalty;

  return copy;
}
