/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-hub-private.h"

/*
 * Who may see what of the telephone. Supervisors everything; an agent the queues he is in, the calls that are or were in them, those in which he has or
 * had a part, and who is parked, as anybody may take that one back. What was seen of a call stays so: it never has to be taken from anybody's list.
 */

/* NULL: nobody is known yet */
static LiaAgent *
find_agent (LiaPhoneHub *self,
            const char  *agent)
{
  return self->setup != NULL ? lia_phone_setup_find_agent (self->setup, agent) : NULL;
}

static gboolean
sees_all (LiaPhoneHub *self,
          const char  *agent)
{
  return lia_agent_supervises (find_agent (self, agent));
}

static gboolean
is_in_queue (LiaPhoneHub *self,
             const char  *agent,
             const char  *queue)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      GHashTableIter  iter;
      LiaQueueMember *member;

      g_hash_table_iter_init (&iter, lia_phone_line_get_members (self->lines->pdata[i]));
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&member))
        if (g_str_equal (member->agent, agent) && g_str_equal (member->queue, queue))
          return TRUE;
    }

  return FALSE;
}

static gboolean
had_part (LiaCall    *call,
          const char *agent)
{
  for (guint i = 0; i < call->legs->len; i++)
    if (g_str_equal (((LiaCallLeg *)call->legs->pdata[i])->agent, agent))
      return TRUE;
  for (guint i = 0; i < call->offers->len; i++)
    if (g_str_equal (((LiaCallOffer *)call->offers->pdata[i])->agent, agent))
      return TRUE;
  for (guint i = 0; i < call->segments->len; i++)
    if (g_str_equal (((LiaCallSegment *)call->segments->pdata[i])->agent, agent))
      return TRUE;

  return FALSE;
}

static gboolean
was_parked (LiaCall *call)
{
  for (guint i = 0; i < call->segments->len; i++)
    if (((LiaCallSegment *)call->segments->pdata[i])->kind == LIA_SEGMENT_PARK)
      return TRUE;

  return call->state == LIA_CALL_PARKED;
}

/** lia_phone_hub_sees_queue: @agent: "a_1"; @queue: "q_1". */
gboolean
lia_phone_hub_sees_queue (LiaPhoneHub *self,
                          const char  *agent,
                          const char  *queue)
{
  return sees_all (self, agent) || is_in_queue (self, agent, queue);
}

/** lia_phone_hub_sees_call: @agent: "a_1"; @call: with our ids. */
gboolean
lia_phone_hub_sees_call (LiaPhoneHub *self,
                         const char  *agent,
                         LiaCall     *call)
{
  if (sees_all (self, agent) || had_part (call, agent) || was_parked (call) || is_in_queue (self, agent, call->queue))
    return TRUE;
  for (guint i = 0; i < call->waits->len; i++)
    if (is_in_queue (self, agent, ((LiaCallWait *)call->waits->pdata[i])->queue))
      return TRUE;

  return FALSE;
}

/** lia_phone_hub_sees_member: own memberships, and who else is in the own queues. */
gboolean
lia_phone_hub_sees_member (LiaPhoneHub    *self,
                           const char     *agent,
                           LiaQueueMember *member)
{
  return g_str_equal (member->agent, agent) || lia_phone_hub_sees_queue (self, agent, member->queue);
}
