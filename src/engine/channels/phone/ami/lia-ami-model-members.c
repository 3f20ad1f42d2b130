/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

/* Queues and their members: who is logged in, paused and why, and whether the telephone is free. */

static char *
member_key (const char *queue,
            const char *interface)
{
  return g_strconcat (queue, "\n", interface, NULL);
}

/** lia_ami_model_add_queue: there is such a queue. */
void
lia_ami_model_add_queue (LiaAmiModel *self,
                         const char  *queue)
{
  if (g_hash_table_add (self->queues, g_strdup (queue)))
    g_hash_table_add (self->new_queues, g_strdup (queue));
}

/**
 * lia_ami_model_find_agent:
 * @endpoint: "PJSIP/alice"
 *
 * Returns: (nullable): who sits there by the directory; "" for a colleague: it is known as a queue's member only; NULL: somebody outside
 */
const char *
lia_ami_model_find_agent (LiaAmiModel *self,
                          const char  *endpoint)
{
  const char     *agent = lia_ami_directory_find_endpoint (self->directory, endpoint);
  GHashTableIter  iter;
  LiaQueueMember *member;

  if (agent != NULL)
    return agent;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&member))
    {
      if (g_str_equal (member->phone, endpoint) || g_str_equal (member->interface, endpoint))
        return "";
    }

  return NULL;
}

/* Asterisk's states of a device. */
static LiaMemberState
state_from_number (gint64 status)
{
  static const LiaMemberState states[] = { LIA_MEMBER_UNKNOWN, LIA_MEMBER_FREE, LIA_MEMBER_IN_USE, LIA_MEMBER_BUSY, LIA_MEMBER_INVALID, LIA_MEMBER_UNREACHABLE, LIA_MEMBER_RINGING, LIA_MEMBER_RINGING_IN_USE, LIA_MEMBER_ON_HOLD };

  return status >= 0 && status < (gint64)G_N_ELEMENTS (states) ? states[status] : LIA_MEMBER_UNKNOWN;
}

/* Events and lists name the same things differently. */
static const char *
get_either (LiaAmiMessage *message,
            const char    *name,
            const char    *list_name)
{
  const char *value = lia_ami_message_get (message, name);

  if (value == NULL)
    value = lia_ami_message_get (message, list_name);

  return value != NULL ? value : "";
}

static LiaQueueMember *
read_member (LiaAmiModel   *self,
             LiaAmiMessage *message)
{
  LiaQueueMember *member = lia_queue_member_new ();
  const char     *agent;

  g_set_str (&member->queue, get_either (message, "Queue", "Queue"));
  g_set_str (&member->interface, get_either (message, "Interface", "Location"));
  g_set_str (&member->phone, get_either (message, "StateInterface", "StateInterface"));
  g_set_str (&member->name, get_either (message, "MemberName", "Name"));
  g_set_str (&member->reason, get_either (message, "PausedReason", "PausedReason"));
  member->state = state_from_number (lia_ami_message_get_int64 (message, "Status", 0));
  member->paused = lia_ami_message_get_int64 (message, "Paused", 0) == 1;
  member->penalty = lia_ami_message_get_int64 (message, "Penalty", 0);
  agent = lia_ami_directory_find_interface (self->directory, member->interface);
  if (agent == NULL)
    agent = lia_ami_directory_find_endpoint (self->directory, member->phone);
  g_set_str (&member->agent, agent != NULL ? agent : "");

  return member;
}

static gboolean
is_same_state (LiaQueueMember *one,
               LiaQueueMember *other)
{
  return one->state == other->state && one->paused == other->paused && g_str_equal (one->reason, other->reason);
}

static gboolean
is_same (LiaQueueMember *one,
         LiaQueueMember *other)
{
  return is_same_state (one, other) && one->penalty == other->penalty && g_str_equal (one->agent, other->agent) && g_str_equal (one->phone, other->phone) && g_str_equal (one->name, other->name);
}

/**
 * lia_ami_model_set_member:
 * @message: that describes a member, an event or an item of a list
 * @at_ms: since when it is so, 0 = not known
 */
void
lia_ami_model_set_member (LiaAmiModel   *self,
                          LiaAmiMessage *message,
                          gint64         at_ms)
{
  g_autoptr (LiaQueueMember) member = read_member (self, message);
  g_autofree char *key = member_key (member->queue, member->interface);
  LiaQueueMember  *known = g_hash_table_lookup (self->members, key);

  if (*member->queue == '\0' || *member->interface == '\0')
    return;

  lia_ami_model_add_queue (self, member->queue);
  if (known != NULL && is_same (known, member))
    return;

  member->since_ms = known != NULL && is_same_state (known, member) ? known->since_ms : at_ms;
  g_hash_table_insert (self->new_members, g_strdup (key), g_object_ref (member));
  g_hash_table_insert (self->members, g_steal_pointer (&key), g_steal_pointer (&member));
}

void
lia_ami_model_drop_member (LiaAmiModel *self,
                           const char  *queue,
                           const char  *interface)
{
  g_autofree char *key = member_key (queue, interface);

  if (!g_hash_table_remove (self->members, key))
    return;

  g_hash_table_remove (self->new_members, key);
  g_hash_table_add (self->gone_members, g_steal_pointer (&key));
}

/* QueueMemberAdded, -Status, -Pause, -Penalty, -Ringinuse. "InCall" is not used: it is seen both ways for the same state. */
void
lia_ami_model_handle_member (LiaAmiModel   *self,
                             LiaAmiMessage *message)
{
  lia_ami_model_set_member (self, message, self->now_ms);
}

void
lia_ami_model_handle_member_removed (LiaAmiModel   *self,
                                     LiaAmiMessage *message)
{
  const char *queue = lia_ami_message_get (message, "Queue");
  const char *interface = lia_ami_message_get (message, "Interface");

  if (queue != NULL && interface != NULL)
    lia_ami_model_drop_member (self, queue, interface);
}
