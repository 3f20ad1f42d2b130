/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-router.h"

#include "lia-chat-hub-private.h"
#include "lia-chat-picture.h"
#include "lia-chat-route.h"

G_BEGIN_DECLS

#define LIA_CHAT_SETTLE_MS 1000 /* after the start: apps and visitors come back, each at their time */

/* A chat that waits. */
typedef struct
{
  LiaRouteChat route;
  gint64       owner_id; /* who has it, and is away */
  char        *name;
  char        *text;
  gboolean     seen;
} LiaChatWaiting;

/* An agent, as far as chats are concerned. */
typedef struct
{
  LiaRouteAgent route;
  gint64        here_ms; /* when she was seen last */
  gboolean      here;
  gboolean      ready; /* but for the time after the start */
  char         *told;  /* what her apps know */
} LiaChatDesk;

struct _LiaChatRouter
{
  GObject parent_instance;

  LiaChatHub *hub;     /* not owned; NULL: it is over */
  GHashTable *waiting; /* conversation -> LiaChatWaiting */
  GHashTable *desks;   /* agent -> LiaChatDesk */
  gint64      started_ms;
  gint64      gap_ms; /* between two looks */
  gint64      looked_ms;
  gint64      due_ms; /* when `timer` looks */
  guint       timer;
  gboolean    running;
  gboolean    dirty;
};

void  lia_chat_router_take (LiaChatRouter  *self,
                            LiaChatPicture *picture,
                            gint64          now_ms);
char *lia_chat_router_dup_offer (LiaChatRouter *self,
                                 LiaChatDesk   *desk);

G_END_DECLS
