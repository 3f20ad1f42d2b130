/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Who is offered which waiting chat. A chat is before one agent at a time, and an agent has one offer at a time, as a telephone rings for one call.
 *
 * Of those who may be asked comes first who was not asked for this chat yet, then who was asked the longest ago; then who knows the customer; then who
 * has the fewest chats; then who is free for the longest time. So an offer that was not taken goes round, and comes back to the same one only when
 * nobody else is free, after a rest.
 */

#include "lia-chat-route.h"

static LiaRouteAgent *
find_agent (GPtrArray *agents,
            gint64     id)
{
  for (guint i = 0; i < agents->len; i++)
    if (((LiaRouteAgent *)agents->pdata[i])->id == id)
      return agents->pdata[i];

  return NULL;
}

static gboolean
is_member (const LiaRouteAgent *agent,
           gint64               queue_id)
{
  for (guint i = 0; agent->queues != NULL && i < agent->queues->len; i++)
    if (g_array_index (agent->queues, gint64, i) == queue_id)
      return TRUE;

  return FALSE;
}

/* A queue that has no members of its own is everybody's. */
static gboolean
has_members (GPtrArray *agents,
             gint64     queue_id)
{
  for (guint i = 0; i < agents->len; i++)
    if (is_member (agents->pdata[i], queue_id))
      return TRUE;

  return FALSE;
}

static gboolean
may_have (const LiaRouteChat  *chat,
          const LiaRouteAgent *agent,
          GPtrArray           *agents)
{
  return agent->ready && agent->chats < agent->capacity && (is_member (agent, chat->queue_id) || !has_members (agents, chat->queue_id));
}

/* When she was asked for this chat last; NULL: never. */
static const LiaRouteAsked *
find_asked (const LiaRouteChat *chat,
            gint64              agent_id)
{
  for (guint i = chat->asked->len; i > 0; i--)
    {
      const LiaRouteAsked *asked = &g_array_index (chat->asked, LiaRouteAsked, i - 1);

      if (asked->agent_id == agent_id)
        return asked;
    }

  return NULL;
}

/* From when on she may be asked again. */
static gint64
rested_ms (const LiaRouteAsked *asked,
           gint64               offer_ms)
{
  return asked != NULL ? asked->at_ms + (asked->declined ? LIA_CHAT_ROUTE_DECLINED_MS : offer_ms) : 0;
}

static int
compare (gint64 a,
         gint64 b)
{
  return a < b ? -1 : a > b;
}

/* < 0: rather @a */
static int
compare_agents (const LiaRouteChat  *chat,
                const LiaRouteAgent *a,
                const LiaRouteAgent *b)
{
  const LiaRouteAsked *asked_a = find_asked (chat, a->id);
  const LiaRouteAsked *asked_b = find_asked (chat, b->id);
  int                  order = compare (asked_a != NULL ? asked_a->at_ms : 0, asked_b != NULL ? asked_b->at_ms : 0);

  if (order == 0)
    order = compare (a->id != chat->last_agent_id, b->id != chat->last_agent_id);
  if (order == 0)
    order = compare (a->chats, b->chats);
  if (order == 0)
    order = compare (a->free_ms, b->free_ms);

  return order != 0 ? order : compare (a->id, b->id);
}

/* @next_ms: (inout): lowered to when somebody may be asked again */
static LiaRouteAgent *
choose (const LiaRouteChat *chat,
        GPtrArray          *agents,
        gint64              now_ms,
        gint64              offer_ms,
        gint64             *next_ms)
{
  LiaRouteAgent *best = NULL;

  for (guint i = 0; i < agents->len; i++)
    {
      LiaRouteAgent *agent = agents->pdata[i];
      gint64         rested = rested_ms (find_asked (chat, agent->id), offer_ms);

      if (agent->asked || !may_have (chat, agent, agents))
        continue;
      if (rested > now_ms)
        *next_ms = MIN (*next_ms, rested);
      else if (best == NULL || compare_agents (chat, agent, best) < 0)
        best = agent;
    }

  return best;
}

/** lia_chat_route_refuse: whoever it is offered to does not take it. */
void
lia_chat_route_refuse (LiaRouteChat *chat,
                       gint64        now_ms,
                       gboolean      declined)
{
  LiaRouteAsked asked = { .agent_id = chat->agent_id, .at_ms = now_ms, .declined = declined };

  g_array_append_val (chat->asked, asked);
  chat->agent_id = 0;
}

/* Offers that stand, and those that do not any more. Whoever was called away has not refused: others come first while she is away, and then as ever. */
static void
review (LiaRouteChat *chat,
        GPtrArray    *agents,
        gint64        now_ms)
{
  LiaRouteAgent *agent = chat->agent_id != 0 ? find_agent (agents, chat->agent_id) : NULL;

  if (chat->agent_id == 0)
    return;
  if (agent == NULL || agent->asked || !may_have (chat, agent, agents))
    chat->agent_id = 0;
  else if (chat->until_ms <= now_ms)
    lia_chat_route_refuse (chat, now_ms, FALSE);
  else
    agent->asked = TRUE;
}

static int
compare_chats (gconstpointer a,
               gconstpointer b)
{
  const LiaRouteChat *one = *(LiaRouteChat *const *)a;
  const LiaRouteChat *other = *(LiaRouteChat *const *)b;
  int                 order = compare (one->since_ms, other->since_ms);

  return order != 0 ? order : compare (one->id, other->id);
}

/**
 * lia_chat_route:
 * @chats: of #LiaRouteChat: all that wait; sorted, and their offers brought up to date, by this
 * @agents: of #LiaRouteAgent
 * @offer_ms: how long an offer stands
 *
 * Returns: when it is to be looked at again, if nothing changes before; %G_MAXINT64: never
 */
gint64
lia_chat_route (GPtrArray *chats,
                GPtrArray *agents,
                gint64     now_ms,
                gint64     offer_ms)
{
  gint64 next_ms = G_MAXINT64;

  g_ptr_array_sort (chats, compare_chats);
  for (guint i = 0; i < agents->len; i++)
    ((LiaRouteAgent *)agents->pdata[i])->asked = FALSE;
  for (guint i = 0; i < chats->len; i++)
    review (chats->pdata[i], agents, now_ms);

  for (guint i = 0; i < chats->len; i++)
    {
      LiaRouteChat  *chat = chats->pdata[i];
      LiaRouteAgent *agent = chat->agent_id == 0 ? choose (chat, agents, now_ms, offer_ms, &next_ms) : NULL;

      if (agent != NULL)
        {
          agent->asked = TRUE;
          chat->agent_id = agent->id;
          chat->from_ms = now_ms;
          chat->until_ms = now_ms + offer_ms;
        }
      if (chat->agent_id != 0)
        next_ms = MIN (next_ms, chat->until_ms);
    }

  return next_ms;
}
