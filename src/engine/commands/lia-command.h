/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-engine.h"
#include "lia-json.h"
#include "lia-problem.h"

G_BEGIN_DECLS

/**
 * LiaCommandCall:
 *
 * One command on its way: what was asked, by whom, and the answer. Before run() is called the conversation has been found, its `ver` compared,
 * and looked whether it holds entries newer than `seen` (unless `force`).
 */
typedef struct
{
  LiaEngine     *engine;
  LiaDb         *db; /* in the command's write transaction */
  gint64         agent_id;
  const char    *key;
  gint64         conversation_id; /* 0 = none given */
  gint64         ver;             /* 0 = not given */
  gint64         seen;            /* 0 = not given */
  gboolean       force;
  JsonObject    *d;               /* never NULL */
  JsonObject    *answer;          /* to be filled */
  GPtrArray     *stale_entries;   /* char *: JSON text, for LIA_PROBLEM_STALE_VIEW */
  JsonObject    *current;         /* the newer state, for LIA_PROBLEM_VERSION_CONFLICT; a conversation's is filled in by itself */
  gint64         visitor_left_ms; /* of a message: since when nobody is there to read it in a chat; 0: somebody is */
  gpointer       after_data;      /* handed from run() to after() */
  GDestroyNotify free_after_data;
} LiaCommandCall;

/**
 * LiaCommand:
 * @run: on the store thread, inside the transaction that also keeps the answer for the key; appends journal events. FALSE with
 *   %LIA_PROBLEM rolls back
 * @after: (nullable): on the main context once it is durable: connect, wake the outbox, …
 * @prepare: (nullable): on the main context before it: a future whose result (or rejection) comes first, for what must not run in a
 *   transaction (keep a secret). Its value becomes @after_data
 * @is_audited: whether it is written down for administrators when it concerns others
 *
 * One row of the table of commands (lia-commands.c): the only list of what can be asked for, with who may.
 */
typedef struct
{
  const char *name;
  const char *role; /* least role: "agent", "supervisor", "admin" */
  gboolean    needs_conversation;
  gboolean (*run) (LiaCommandCall *call,
                   GError        **error);
  void (*after) (LiaCommandCall *call);
  DexFuture *(*prepare) (LiaCommandCall *call);
  gboolean is_audited;
} LiaCommand;

G_END_DECLS
