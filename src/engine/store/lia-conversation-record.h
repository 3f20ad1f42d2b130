/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-enums.h"

G_BEGIN_DECLS

/**
 * LiaConversationPlace:
 *
 * What decides in which views a conversation stands.
 */
typedef struct
{
  LiaConversationState state;
  gint64               assignee_id; /* 0 = nobody's */
  gint64               queue_id;
  gint64               last_in_seq; /* newest entry from the customer, 0 = none */
  gboolean             callback;    /* the customer is to be called */
} LiaConversationPlace;

/**
 * LiaConversationRecord:
 *
 * A row of `conversation` while a projection changes it: load, change the fields, save. Due time, order and counts of the views follow at
 * saving. Times of 0 are NULL in the row.
 */
typedef struct
{
  gint64               id;
  gint64               ver;
  gint64               customer_id;
  char                *subject;
  char                *tags; /* JSON array */
  LiaConversationPlace place;
  LiaConversationPlace before; /* as loaded */
  gint64               waiting_since;
  gint64               target_ms;
  gint64               asked_since; /* the engineers' first question that nobody has answered */
  gint64               snooze_until;
  gint64               woken_at;
  gint64               last_out_at;
  gint64               last_at;
  gint64               last_seq;
  gint64               entries;
  char                *snippet;
  char                *sending;
  gint64               closed_at;
  char                *language;     /* BCP 47, or "" */
  gboolean             language_set; /* by an agent */
} LiaConversationRecord;

LiaConversationRecord *lia_conversation_record_load (LiaDb   *db,
                                                     gint64   id,
                                                     GError **error);
gboolean               lia_conversation_record_save (LiaConversationRecord *self,
                                                     LiaDb                 *db,
                                                     GError               **error);
void                   lia_conversation_record_free (LiaConversationRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaConversationRecord, lia_conversation_record_free)

G_END_DECLS
