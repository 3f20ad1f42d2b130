/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-enums.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LiaEntryFacts:
 * @waits: a message of the customer that wants an answer
 * @answers: it answers the customer, unless sending it failed or was taken back
 * @quiet: `x.quiet`: nobody has to do anything about it
 * @is_question: of the engineers, and @asks: nobody has answered it
 * @keep_state: `x.then` is "keep": the conversation stays in the state it is in
 *
 * What the store has to know of an entry, read from its JSON. Texts belong to that.
 */
typedef struct
{
  LiaEntryKind kind;
  LiaDirection direction;
  gint64       at_ms; /* 0 = not said */
  gint64       agent_id;
  const char  *state;
  const char  *message_id;
  const char  *text;
  JsonObject  *details; /* or NULL */
  gint64       target_ms;
  gboolean     auto_reply;
  gboolean     waits;
  gboolean     answers;
  gboolean     quiet;
  gboolean     keep_state;
  gboolean     is_question;
  gboolean     asks;
} LiaEntryFacts;

gboolean    lia_entry_facts_read (LiaEntryFacts *self,
                                  JsonObject    *entry,
                                  JsonObject    *x,
                                  GError       **error);
gboolean    lia_entry_facts_send_state_counts (const char *state);
char       *lia_entry_facts_visible_text (JsonObject *entry,
                                          GError    **error);
char       *lia_entry_facts_snippet (const char *visible_text);
const char *lia_entry_facts_file_name (JsonObject *entry);
gboolean    lia_entry_facts_words (JsonObject *entry,
                                   const char *visible_text,
                                   GString    *words,
                                   GString    *wholes,
                                   GError    **error);

G_END_DECLS
