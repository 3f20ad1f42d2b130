/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-enums.h"

G_BEGIN_DECLS

#define LIA_TYPE_CONVERSATION (lia_conversation_get_type ())

G_DECLARE_FINAL_TYPE (LiaConversation, lia_conversation, LIA, CONVERSATION, GObject)

/**
 * LiaConversation:
 *
 * One concern of one customer, as a row of a list shows it. Immutable once published: a change is a new value with a higher `ver`.
 */
struct _LiaConversation
{
  GObject parent_instance;

  char                *id;
  gint64               ver;
  gint64               sort; /* rows stand in ascending order of (sort, id) */
  char                *subject;
  char                *customer_id;
  LiaAddress          *customer;
  char                *channel; /* "email", "phone", "chat" */
  char                *queue;
  LiaConversationState state;
  char                *assignee; /* an agent's id, or NULL */
  gboolean             unread;
  gint64               priority;
  GStrv                tags;             /* never NULL */
  char                *language;         /* that the customer writes in (BCP 47), or "" */
  gboolean             language_set;     /* by an agent; else it was found out */
  gint64               due_ms;           /* 0 = nothing due */
  char                *due_kind;         /* "first", "next", "snooze", or NULL */
  gint64               waiting_since_ms; /* 0 = the customer does not wait */
  gint64               snooze_until_ms;
  gint64               last_ms;
  char                *snippet;
  gint64               entries;
  char                *sending;  /* worst state of what we send here, or "" */
  gboolean             draft;    /* I have an unsent draft here */
  gboolean             callback; /* the customer is to be called */
  gboolean             question; /* the engineers want to know something */
  gint64               seq;      /* of the last entry; 0 in a row */
  gint64               created_ms;
  gint64               closed_ms;
};

LiaConversation *lia_conversation_new (void);

G_END_DECLS
