/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-setup.h"

#include "lia-workspace.h"

static void
setup_clear (gpointer data)
{
  LiaPhoneSetup *self = data;

  g_clear_pointer (&self->agents, g_ptr_array_unref);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
}

/* Made on a store thread, then of the main context: whoever hands it over keeps none. */
gboolean
lia_phone_setup_read (LiaDb    *db,
                      gpointer  unused,
                      gpointer *result,
                      GError  **error)
{
  g_autoptr (LiaPhoneSetup) self = g_atomic_rc_box_new0 (LiaPhoneSetup);

  self->agents = lia_workspace_agent_values (db, error);
  if (self->agents == NULL)
    return FALSE;
  self->queues = lia_workspace_queue_values (db, 0, error);
  if (self->queues == NULL)
    return FALSE;
  *result = g_steal_pointer (&self);

  return TRUE;
}

LiaPhoneSetup *
lia_phone_setup_ref (LiaPhoneSetup *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lia_phone_setup_unref (LiaPhoneSetup *self)
{
  g_atomic_rc_box_release_full (self, setup_clear);
}

/** lia_phone_setup_find_agent: (transfer none) (nullable): @id: "a_1". */
LiaAgent *
lia_phone_setup_find_agent (LiaPhoneSetup *self,
                            const char    *id)
{
  for (guint i = 0; i < self->agents->len; i++)
    {
      LiaAgent *agent = self->agents->pdata[i];

      if (g_strcmp0 (agent->id, id) == 0)
        return agent;
    }

  return NULL;
}

/** lia_phone_setup_member_of: (transfer none): what queues ring to reach the agent; "" without a telephone. */
const char *
lia_phone_setup_member_of (LiaAgent *agent)
{
  return agent->member != NULL && agent->member[0] != '\0' ? agent->member : agent->phone;
}

/** lia_phone_setup_find_queue: (transfer none) (nullable): @id: "q_1". */
LiaQueue *
lia_phone_setup_find_queue (LiaPhoneSetup *self,
                            const char    *id)
{
  for (guint i = 0; i < self->queues->len; i++)
    {
      LiaQueue *queue = self->queues->pdata[i];

      if (g_strcmp0 (queue->id, id) == 0)
        return queue;
    }

  return NULL;
}

/** lia_phone_setup_find_phone_queue: (transfer none) (nullable): @channel: the PBX's id; @name: the PBX's name of the queue. */
LiaQueue *
lia_phone_setup_find_phone_queue (LiaPhoneSetup *self,
                                  const char    *channel,
                                  const char    *name)
{
  for (guint i = 0; i < self->queues->len; i++)
    {
      LiaQueue *queue = self->queues->pdata[i];

      if (g_strcmp0 (queue->phone_channel, channel) == 0 && g_strcmp0 (queue->phone_name, name) == 0)
        return queue;
    }

  return NULL;
}
