/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call-enums.h"

G_BEGIN_DECLS

#define LIA_TYPE_QUEUE_MEMBER (lia_queue_member_get_type ())

G_DECLARE_FINAL_TYPE (LiaQueueMember, lia_queue_member, LIA, QUEUE_MEMBER, GObject)

/**
 * LiaQueueMember:
 *
 * One telephone's place in one phone queue. Immutable once published: a change is a new value with the same `queue` and `interface`. Texts are
 * never NULL. As in LiaCall, a provider fills `queue` with the PBX's name.
 */
struct _LiaQueueMember
{
  GObject parent_instance;

  char          *queue;
  char          *agent;     /* an agent's id, or "" */
  char          *interface; /* what the queue rings: "PJSIP/alice", "Local/5001@from-queue/n" */
  char          *phone;     /* whose state it watches: "PJSIP/alice", "hint:5001@ext-local"; often the same */
  char          *name;      /* the PBX's */
  LiaMemberState state;
  gboolean       paused;
  char          *reason;   /* of the pause */
  gint64         since_ms; /* in this state of `state`, `paused` and `reason`; 0 = not known */
  gint64         penalty;
};

LiaQueueMember *lia_queue_member_new (void);
LiaQueueMember *lia_queue_member_copy (LiaQueueMember *self);

G_END_DECLS
