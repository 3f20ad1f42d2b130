/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-enums.h"
#include "lia-sample-files.h"
#include "lia-sample-script.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LIA_SAMPLE_ADDRESS "support@larkspur.example"

typedef enum {
  LIA_SAMPLE_EVENT_PLAIN,
  LIA_SAMPLE_EVENT_CREATED, /* makes the conversation */
  LIA_SAMPLE_EVENT_READ,    /* `seq` is put in: the conversation's newest */
  LIA_SAMPLE_EVENT_DRAFT,   /* `entry` is put in: the conversation's newest */
  LIA_SAMPLE_EVENT_ALONE,   /* of no conversation */
} LiaSampleEventKind;

/**
 * LiaSampleEvent:
 *
 * A journal event to be. Conversations and customers are known by their index until they have a number.
 */
typedef struct
{
  LiaSampleEventKind special;
  gint64             at_ms;
  guint              order; /* among events of the same time */
  const char        *kind;
  guint              conversation;
  guint              customer;
  gint64             actor;
  JsonObject        *data;
} LiaSampleEvent;

typedef struct
{
  gint64      id;
  const char *name;
  const char *address;
} LiaSampleAgent;

/**
 * LiaSampleStory:
 * @end_ms: when the last turn was
 * @until_ms: of a snooze, or when it was closed
 * @turns: (element-type LiaSampleTurn): what is said in it, the script's up to where it stands
 *
 * One conversation, as it is to be told.
 */
typedef struct
{
  LiaSampleScript      *script;
  GPtrArray            *turns;
  LiaSampleCustomer    *customer;
  guint                 conversation;
  guint                 customer_index;
  LiaConversationState  state;
  const LiaSampleAgent *agent; /* who answers */
  gboolean              assigned;
  gboolean              read; /* by agent 1 */
  gboolean              draft;
  gint64                end_ms;
  gint64                until_ms;
  gint64                queue;
} LiaSampleStory;

gboolean lia_sample_story_cut (LiaSampleStory      *self,
                               LiaConversationState state,
                               GRand               *rand);
void     lia_sample_story_tell (LiaSampleStory *self,
                                LiaSampleFiles *files,
                                GRand          *rand,
                                GPtrArray      *events);
void     lia_sample_event_free (LiaSampleEvent *event);

G_END_DECLS
