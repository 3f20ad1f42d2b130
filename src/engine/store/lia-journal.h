/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The journal is the truth. Everything that happens is appended here, and lia_journal_append() itself changes the rows that follow from it,
 * through the projections (lia-projections.h) that `liaisond rebuild` runs over the whole journal: both arrive at equal rows, so an event
 * carries all that its projection needs, and nothing else writes those rows. Ids are sequence numbers: conversation `c_12` was created by
 * event 12, customer `k_3` by event 3, entry `e_815` is event 815, and outbox row `o_816` sends entry `e_816`. In the data of events ids are
 * plain numbers; in the entry that is handed on to the app they are as API.md spells them.
 *
 * kind                   data (JSON)
 * customer.created       {name, org?, lang?, notes?, addresses:[{kind,value}]}             -> customer, address
 * customer.changed       {customer:N, name?, org?, lang?, notes?, add_addresses?:[…]}
 * conversation.created   {subject, channel, queue?:N, state?}     customer_id is set       -> conversation
 *                        channel: "email"; queue: N or "q_N"; state: "open" (default), or "closed" for what was dealt with before we knew of it
 * entry.added            the entry as API.md gives it, without id, seq, conv, and with `x`, which stays inside the engine (the row
 *                        keeps the two apart, the entry with its id, seq and conv):
 *                        {raw:BLOB, html:BLOB, refs:[msgid…], channel:N, target_ms:N, then:"keep", quiet:BOOL, canned:[{response:N, edited:BOOL}]}  -> entry, search, conversation
 *                        `at` of a message that came in is when it was received, not what its sender's clock says.
 *                        An entry of kind "state" changes the conversation: d.what = assigned, released, snoozed, woken, closed,
 *                        reopened, tagged, renamed; d.assignee ("a_1"), d.until, d.tags, d.subject say to what.
 *                        A customer's message opens the conversation (waiting_since, due_at), unless it carries the flag "auto-reply" or was
 *                        answered before (lia-projections-entry.c). Our public one makes it pending, unless x.then is "keep".
 *                        With x.quiet it changes no state and no due time, and is not unread: auto-replies, lists, and mail older than our watch.
 * entry.changed          {entry:N, set:{state?, problem?, undo_until?, message_id?, at?}, x?:{…}}
 *                        A message that becomes `failed` or `cancelled` is no answer any more: the conversation opens again.
 * conversation.read      {seq:N}                                  actor_id is set          -> conversation_read
 * draft.saved            {draft:{…} or null}                      actor_id is set          -> draft; the one before loses its text in the journal
 *                        An entry of kind "call" carries the whole call in `d` (API.md); with it go rows of `call`, `call_wait`, `call_segment`.
 *                        d.settled: somebody said that no call back is needed. One of kind "promise" with d.what "callback" waits as a
 *                        missed call does.
 * agent.changed          {agent?:N, name?, address?, role?, availability?, reason?, until?, after?, after_reason?, phone?, extension?, member?}
 *                        -> agent, agent_state; without a number a new one. until: when a wrap-up ends by itself; after: what comes then
 * queue.changed          {queue?:N, name?, first_target_ms?, next_target_ms?, phone_channel?:N, phone_name?, service_target_ms?, short_ms?,
 *                        service_level?, wrapup_ms?, callback_target_ms?}                  -> queue
 * channel.changed        {channel?:N, kind?, name?, queue?:N, config?:{…}}                 -> channel; the number alone: its connection's state is another one.
 *                        That state is nobody's row: who hears of it is told the one of then (GET /v1/snapshot, too)
 * channel.removed        {channel:N}
 * audit.noted            {what:COMMAND, d:{…}}                    actor_id is set          -> audit; told to no app
 * settings.changed       {KEY: value, …}; null takes one away                              -> setting
 * response.changed       {response?:N, data:{…}}: a canned response as API.md gives it, without id, ver, owner and uses; without a number a
 *                        new one, its owner is actor_id                                    -> response, response_version
 * response.removed       {response:N}
 * response.used          {response:N, agent:N, entry:N, edited:BOOL}: it was sent           -> response_use
 */
typedef struct
{
  const char *kind;
  gint64      conversation_id; /* 0 = none */
  gint64      customer_id;     /* 0 = none */
  gint64      actor_id;        /* agent; 0 = the system or a customer */
  const char *command_key;     /* of the command that caused it, or NULL */
  gint64      at_ms;           /* when it happened; 0 = now */
  const char *data;            /* JSON object text */
  JsonObject *object;          /* the same, where the caller has it; or NULL, and it is parsed */
} LiaJournalEvent;

gint64 lia_journal_append (LiaDb                 *db,
                           const LiaJournalEvent *event,
                           GError               **error);

G_END_DECLS
