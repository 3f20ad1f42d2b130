/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-callers.h"

#include "lia-call-words.h"

#include <glib/gi18n.h>

/** lia_callers_find: (transfer full) (nullable): the call that goes on in @conversation. */
LiaCall *
lia_callers_find (GListModel *calls,
                  const char *conversation)
{
  for (guint i = 0; conversation != NULL && *conversation != '\0' && i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      if (g_str_equal (call->conv, conversation) && call->ended_ms == 0)
        return g_steal_pointer (&call);
    }
  return NULL;
}

/* Whose telephone is off the hook for it; whom they ask came after them. */
static const char *
agent_in (LiaCall *call)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->kind == LIA_LEG_AGENT && leg->state == LIA_LEG_UP && leg->ended_ms == 0)
        return leg->agent;
    }

  return NULL;
}

static char *
dup_name (GListModel *agents,
          const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (g_str_equal (agent->id, id))
        return g_strdup (agent->name);
    }

  return NULL;
}

/**
 * lia_callers_with:
 * @me: (nullable): this agent
 * @agents: for their names
 *
 * Returns: (transfer full): with whom of us the customer of @call is on the phone; "" while that is nobody
 */
char *
lia_callers_with (LiaCall    *call,
                  LiaAgent   *me,
                  GListModel *agents)
{
  const char      *id = agent_in (call);
  g_autofree char *name = id != NULL ? dup_name (agents, id) : NULL;

  if (id == NULL)
    return g_strdup ("");
  if (me != NULL && g_str_equal (id, me->id))
    return g_strdup (_ ("On the phone with you"));

  return g_strdup_printf (_ ("On the phone with %s"), name != NULL ? name : _ ("a colleague"));
}

/** lia_callers_find_queue: (transfer full) (nullable). */
LiaQueue *
lia_callers_find_queue (GListModel *queues,
                        const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (queues, i);

      if (g_str_equal (queue->id, id))
        return g_steal_pointer (&queue);
    }
  return NULL;
}

/** lia_callers_due: when a waiting caller is to be answered by the queue's target. */
gint64
lia_callers_due (LiaCall    *call,
                 GListModel *queues)
{
  LiaCallWait *wait = lia_call_last_wait (call);
  g_autoptr (LiaQueue) queue = wait != NULL ? lia_callers_find_queue (queues, wait->queue) : NULL;

  if (wait == NULL)
    return call->created_ms;
  return wait->from_ms + (queue != NULL ? queue->service_target_ms : 0);
}

/** lia_callers_most_urgent: (transfer full) (nullable): who is to be answered first. Anybody may take anybody. */
LiaCall *
lia_callers_most_urgent (GListModel *calls,
                         GListModel *queues,
                         gint64     *due_ms)
{
  g_autoptr (LiaCall) first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);
      gint64 due = lia_callers_due (call, queues);

      if (!lia_call_is_waiting (call) || (first != NULL && due >= *due_ms))
        continue;
      g_set_object (&first, call);
      *due_ms = due;
    }
  return g_steal_pointer (&first);
}

gboolean
lia_callers_member_is_free (LiaQueueMember *member)
{
  return !member->paused && member->state == LIA_MEMBER_FREE;
}

static const char *
words_of_state (LiaQueueMember *member)
{
  switch (member->state)
    {
    case LIA_MEMBER_FREE:
      /* Translators: an agent who can be called */
      return _ ("Free");
    case LIA_MEMBER_RINGING:
      return _ ("Is rung");
    case LIA_MEMBER_IN_USE:
    case LIA_MEMBER_RINGING_IN_USE:
    case LIA_MEMBER_BUSY:
      return _ ("In a call");
    case LIA_MEMBER_ON_HOLD:
      return _ ("Has a call on hold");
    case LIA_MEMBER_INVALID:
    case LIA_MEMBER_UNREACHABLE:
      return _ ("Telephone not reachable");
    case LIA_MEMBER_UNKNOWN:
    default:
      return _ ("Unknown");
    }
}

/** lia_callers_member_words: what a member does, why, and for how long: "Paused: Lunch · 12:05". */
char *
lia_callers_member_words (LiaQueueMember *member,
                          gint64          now_ms)
{
  g_autofree char *span = member->since_ms > 0 ? lia_call_words_span (now_ms - member->since_ms) : NULL;
  g_autofree char *state = NULL;

  if (member->paused && *member->reason != '\0')
    /* Translators: why an agent takes no calls */
    state = g_strdup_printf (_ ("Paused: %s"), member->reason);
  else
    state = g_strdup (member->paused ? _ ("Paused") : words_of_state (member));
  return span != NULL ? g_strdup_printf ("%s · %s", state, span) : g_steal_pointer (&state);
}
