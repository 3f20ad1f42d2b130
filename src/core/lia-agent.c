/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-agent.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (LiaAgent, lia_agent, G_TYPE_OBJECT)

static void
lia_agent_finalize (GObject *object)
{
  LiaAgent *self = (LiaAgent *)object;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->role, g_free);
  g_clear_pointer (&self->availability, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->after, g_free);
  g_clear_pointer (&self->after_reason, g_free);
  g_clear_pointer (&self->phone, g_free);
  g_clear_pointer (&self->extension, g_free);
  g_clear_pointer (&self->member, g_free);

  G_OBJECT_CLASS (lia_agent_parent_class)->finalize (object);
}

static void
lia_agent_class_init (LiaAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_agent_finalize;
}

static void
lia_agent_init (LiaAgent *self)
{
}

/** lia_agent_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaAgent *
lia_agent_new (void)
{
  return g_object_new (LIA_TYPE_AGENT, NULL);
}

/** lia_agent_is_admin: @self: (nullable): nobody is none. Whether she sets up what holds for everybody. */
gboolean
lia_agent_is_admin (LiaAgent *self)
{
  return self != NULL && g_strcmp0 (self->role, "admin") == 0;
}

/** lia_agent_supervises: @self: (nullable): as above. Whether she watches queues and other agents; administrators do, too. */
gboolean
lia_agent_supervises (LiaAgent *self)
{
  return self != NULL && self->role != NULL && strcmp (self->role, "agent") != 0;
}
