/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is offered which waiting chat: a table of cases. */

#include "lia-chat-route.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1795334400000)
#define OFFER_MS 25000
#define ANN 1
#define BEN 2
#define EVE 3

/* An agent, as words: "ready 1/3", "member", … */
typedef struct
{
  gint64   id;
  gboolean away;
  gint64   chats;
  gint64   capacity; /* 0 = three */
  gint64   free_s;   /* for so long */
  gint64   queue;    /* whose member; 0 = of none */
} Agent;

/* Who was asked for the chat already, and how long ago. */
typedef struct
{
  gint64   id;
  gint64   ago_s;
  gboolean declined;
} Asked;

typedef struct
{
  const char *name;
  Agent       agents[3];
  gint64      last;    /* who knows the customer */
  gint64      offered; /* to whom it is offered now */
  gint64      left_s;  /* for how much longer */
  Asked       asked[3];
  gint64      expected; /* to whom it is offered then */
  gint64      next_s;   /* when to look again, from now; 0 = never */
} Case;

static const Case cases[] = {
  { "nobody-is-there", .expected = 0 },
  { "the-only-one", { { ANN } }, .expected = ANN, .next_s = 25 },
  { "away", { { ANN, .away = TRUE } }, .expected = 0 },
  { "fewest-chats", { { ANN, .chats = 2, .free_s = 900 }, { BEN, .chats = 1 } }, .expected = BEN, .next_s = 25 },
  { "free-for-longest", { { ANN, .chats = 1, .free_s = 10 }, { BEN, .chats = 1, .free_s = 60 } }, .expected = BEN, .next_s = 25 },
  { "all-the-same", { { BEN }, { ANN } }, .expected = ANN, .next_s = 25 },
  { "at-capacity", { { ANN, .chats = 3 } }, .expected = 0 },
  { "over-capacity", { { ANN, .chats = 4 } }, .expected = 0 },
  { "capacity-of-her-own", { { ANN, .chats = 3, .capacity = 4 } }, .expected = ANN, .next_s = 25 },
  { "none-at-all", { { ANN, .capacity = -1 }, { BEN, .chats = 2 } }, .expected = BEN, .next_s = 25 },
  { "knows-the-customer", { { ANN, .free_s = 60 }, { BEN, .chats = 2 } }, .last = BEN, .expected = BEN, .next_s = 25 },
  { "who-knows-is-full", { { ANN, .chats = 1 }, { BEN, .chats = 3 } }, .last = BEN, .expected = ANN, .next_s = 25 },
  { "who-knows-is-away", { { ANN, .chats = 1 }, { BEN, .away = TRUE } }, .last = BEN, .expected = ANN, .next_s = 25 },
  { "members-only", { { ANN }, { BEN, .chats = 2, .queue = 1 } }, .expected = BEN, .next_s = 25 },
  { "members-are-away", { { ANN }, { BEN, .away = TRUE, .queue = 1 } }, .expected = 0 },
  { "members-of-another", { { ANN }, { BEN, .queue = 2, .chats = 1 } }, .expected = ANN, .next_s = 25 },
  { "stands", { { ANN, .chats = 2 }, { BEN } }, .offered = ANN, .left_s = 7, .expected = ANN, .next_s = 7 },
  { "goes-on", { { ANN }, { BEN, .chats = 2 } }, .last = ANN, .offered = ANN, .left_s = 0, .expected = BEN, .next_s = 25 },
  { "goes-on-when-she-pauses", { { ANN, .away = TRUE }, { BEN } }, .offered = ANN, .left_s = 7, .expected = BEN, .next_s = 25 },
  { "goes-on-when-she-is-full", { { ANN, .chats = 3 }, { BEN } }, .offered = ANN, .left_s = 7, .expected = BEN, .next_s = 25 },
  { "goes-on-when-she-left-the-queue", { { ANN }, { BEN, .queue = 1 } }, .offered = ANN, .left_s = 7, .expected = BEN, .next_s = 25 },
  { "nobody-else", { { ANN } }, .offered = ANN, .left_s = 0, .expected = 0, .next_s = 25 },
  { "again-after-a-rest", { { ANN } }, .asked = { { ANN, 25 } }, .expected = ANN, .next_s = 25 },
  { "not-yet-again", { { ANN } }, .asked = { { ANN, 20 } }, .expected = 0, .next_s = 5 },
  { "round-about", { { ANN }, { BEN }, { EVE } }, .asked = { { ANN, 60 }, { BEN, 30 } }, .expected = EVE, .next_s = 25 },
  { "round-again", { { ANN }, { BEN }, { EVE } }, .asked = { { BEN, 90 }, { ANN, 60 }, { EVE, 30 } }, .expected = BEN, .next_s = 25 },
  { "declined", { { ANN } }, .asked = { { ANN, 60, TRUE } }, .expected = 0, .next_s = 240 },
  { "declined-long-ago", { { ANN } }, .asked = { { ANN, 300, TRUE } }, .expected = ANN, .next_s = 25 },
  { "declined-then-others-again", { { ANN }, { BEN } }, .asked = { { BEN, 60 }, { ANN, 30, TRUE } }, .expected = BEN, .next_s = 25 },
};

static void
agent_free (gpointer data)
{
  LiaRouteAgent *agent = data;

  g_clear_pointer (&agent->queues, g_array_unref);
  g_free (agent);
}

static LiaRouteAgent *
new_agent (const Agent *from)
{
  LiaRouteAgent *agent = g_new0 (LiaRouteAgent, 1);

  agent->id = from->id;
  agent->ready = !from->away;
  agent->chats = from->chats;
  agent->capacity = from->capacity == 0 ? 3 : MAX (from->capacity, 0);
  agent->free_ms = NOW - from->free_s * 1000;
  agent->queues = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (from->queue != 0)
    g_array_append_val (agent->queues, from->queue);

  return agent;
}

static void
chat_free (gpointer data)
{
  LiaRouteChat *chat = data;

  g_array_unref (chat->asked);
  g_free (chat);
}

static LiaRouteChat *
new_chat (gint64 id,
          gint64 since_s)
{
  LiaRouteChat *chat = g_new0 (LiaRouteChat, 1);

  chat->id = id;
  chat->queue_id = 1;
  chat->since_ms = NOW - since_s * 1000;
  chat->asked = g_array_new (FALSE, FALSE, sizeof (LiaRouteAsked));

  return chat;
}

static GPtrArray *
new_agents (const Agent *from,
            guint        n)
{
  GPtrArray *agents = g_ptr_array_new_with_free_func (agent_free);

  for (guint i = 0; i < n && from[i].id != 0; i++)
    g_ptr_array_add (agents, new_agent (&from[i]));

  return agents;
}

static void
test_case (gconstpointer data)
{
  const Case *this = data;
  g_autoptr (GPtrArray) agents = new_agents (this->agents, G_N_ELEMENTS (this->agents));
  g_autoptr (GPtrArray) chats = g_ptr_array_new_with_free_func (chat_free);
  LiaRouteChat *chat = new_chat (10, 60);
  gint64        next_ms;

  chat->last_agent_id = this->last;
  chat->agent_id = this->offered;
  chat->until_ms = NOW + this->left_s * 1000;
  for (guint i = 0; i < G_N_ELEMENTS (this->asked) && this->asked[i].id != 0; i++)
    {
      LiaRouteAsked asked = { this->asked[i].id, NOW - this->asked[i].ago_s * 1000, this->asked[i].declined };

      g_array_append_val (chat->asked, asked);
    }
  g_ptr_array_add (chats, chat);

  next_ms = lia_chat_route (chats, agents, NOW, OFFER_MS);
  g_assert_cmpint (chat->agent_id, ==, this->expected);
  g_assert_cmpint (next_ms, ==, this->next_s != 0 ? NOW + this->next_s * 1000 : G_MAXINT64);
}

static LiaRouteChat *
find_chat (GPtrArray *chats,
           gint64     id)
{
  for (guint i = 0; i < chats->len; i++)
    if (((LiaRouteChat *)chats->pdata[i])->id == id)
      return chats->pdata[i];

  g_assert_not_reached ();
}

/* The longest wait first; nobody has two offers, and no chat is before two. */
static void
test_several (void)
{
  const Agent two[] = { { ANN }, { BEN, .chats = 1 } };
  g_autoptr (GPtrArray) agents = new_agents (two, G_N_ELEMENTS (two));
  g_autoptr (GPtrArray) chats = g_ptr_array_new_with_free_func (chat_free);

  g_ptr_array_add (chats, new_chat (10, 5));
  g_ptr_array_add (chats, new_chat (11, 50));
  g_ptr_array_add (chats, new_chat (12, 20));
  lia_chat_route (chats, agents, NOW, OFFER_MS);
  g_assert_cmpint (find_chat (chats, 11)->agent_id, ==, ANN);
  g_assert_cmpint (find_chat (chats, 12)->agent_id, ==, BEN);
  g_assert_cmpint (find_chat (chats, 10)->agent_id, ==, 0);

  /* Ann has taken hers: the next one. */
  g_ptr_array_remove (chats, find_chat (chats, 11));
  ((LiaRouteAgent *)agents->pdata[0])->chats = 1;
  lia_chat_route (chats, agents, NOW + 1000, OFFER_MS);
  g_assert_cmpint (find_chat (chats, 10)->agent_id, ==, ANN);
  g_assert_cmpint (find_chat (chats, 12)->agent_id, ==, BEN);
  g_assert_cmpint (find_chat (chats, 12)->until_ms, ==, NOW + OFFER_MS);
}

/* Nobody takes it: both are asked in turn, and nobody twice in a row. */
static void
test_in_turn (void)
{
  const Agent two[] = { { ANN }, { BEN, .chats = 2 } };
  g_autoptr (GPtrArray) agents = new_agents (two, G_N_ELEMENTS (two));
  g_autoptr (GPtrArray) chats = g_ptr_array_new_with_free_func (chat_free);
  LiaRouteChat *chat = new_chat (10, 5);
  gint64        now_ms = NOW;

  chat->last_agent_id = ANN;
  g_ptr_array_add (chats, chat);
  for (guint i = 0; i < 12; i++)
    {
      now_ms = lia_chat_route (chats, agents, now_ms, OFFER_MS);
      g_assert_cmpint (chat->agent_id, ==, i % 2 == 0 ? ANN : BEN);
    }

  /* Ann says no: Ben has it now, and then he alone. */
  now_ms = lia_chat_route (chats, agents, now_ms, OFFER_MS);
  g_assert_cmpint (chat->agent_id, ==, ANN);
  lia_chat_route_refuse (chat, NOW + 12 * OFFER_MS + 1000, TRUE);
  now_ms = lia_chat_route (chats, agents, NOW + 12 * OFFER_MS + 1000, OFFER_MS);
  g_assert_cmpint (chat->agent_id, ==, 0); /* he was asked a second ago */
  now_ms = lia_chat_route (chats, agents, now_ms, OFFER_MS);
  g_assert_cmpint (chat->agent_id, ==, BEN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/chat-route/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/chat-route/several", test_several);
  g_test_add_func ("/chat-route/in-turn", test_in_turn);

  return g_test_run ();
}
