/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIA_CHAT_ROUTE_DECLINED_MS (5 * 60 * 1000) /* for so long who declined is asked only after everybody else, and not again */

/** LiaRouteAgent: somebody who may be offered a chat. */
typedef struct
{
  gint64   id;
  gboolean ready; /* available, at her app, and in no call */
  gint64   chats; /* that she has */
  gint64   capacity;
  gint64   free_ms; /* since when she is as free as she is */
  GArray  *queues;  /* gint64: whose member she is; NULL = of none */
  gboolean asked;   /* an offer is before her: set by lia_chat_route() */
} LiaRouteAgent;

/** LiaRouteAsked: somebody was offered the chat and has not taken it. */
typedef struct
{
  gint64   agent_id;
  gint64   at_ms; /* the end of that */
  gboolean declined;
} LiaRouteAsked;

/** LiaRouteChat: a visitor who is there and waits for us. */
typedef struct
{
  gint64  id;
  gint64  queue_id;
  gint64  since_ms;
  gint64  last_agent_id; /* who wrote to her, or spoke with her, last; 0 = nobody */
  gint64  agent_id;      /* to whom it is offered; 0 = nobody */
  gint64  from_ms;       /* since when */
  gint64  until_ms;      /* for how long */
  GArray *asked;         /* LiaRouteAsked, the last one last */
} LiaRouteChat;

gint64 lia_chat_route (GPtrArray *chats,
                       GPtrArray *agents,
                       gint64     now_ms,
                       gint64     offer_ms);
void   lia_chat_route_refuse (LiaRouteChat *chat,
                              gint64        now_ms,
                              gboolean      declined);

G_END_DECLS
