/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_AGENT (lia_agent_get_type ())

G_DECLARE_FINAL_TYPE (LiaAgent, lia_agent, LIA, AGENT, GObject)

/**
 * LiaAgent:
 *
 * A person who answers. Immutable once published.
 */
struct _LiaAgent
{
  GObject parent_instance;

  char  *id;
  char  *name;
  char  *address;
  char  *role;         /* "agent", "supervisor", "admin" */
  char  *availability; /* "available", "busy", "wrap-up", "paused", "offline" */
  char  *reason;       /* of a pause */
  gint64 since_ms;     /* in this availability */
  gint64 until_ms;     /* when a wrap-up ends by itself; 0 = it does not, or there is none */
  char  *after;        /* what comes after a wrap-up, and its reason; the engine's alone */
  char  *after_reason;
  char  *phone;     /* the telephone, as the PBX names it: "PJSIP/alice"; "" = none */
  char  *extension; /* by which colleagues reach it: "1001" */
  gint64 chats;     /* how many at once are offered to her; 0 = none */
  char  *member;    /* as phone queues name it: "Local/1001@from-queue/n"; "" = as `phone` */
};

LiaAgent *lia_agent_new (void);
gboolean  lia_agent_is_admin (LiaAgent *self);
gboolean  lia_agent_supervises (LiaAgent *self);

G_END_DECLS
