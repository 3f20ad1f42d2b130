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
 * customer.changed       {customer:N, name?, org?, lang?, notes?, zone?, formality?, add_addresses?:[…]}
 * conversation.created   {subject, channel, queue?:N, state?}     customer_id is set       -> conversation
 *                        channel: "email"; queue: N or "q_N"; state: "open" (default), or "closed" for what was dealt with before we knew of it
 * entry.added            the entry as API.md gives it, without id, seq, conv, and with `x`, which stays inside the engine (the row
 *                        keeps the two apart, the entry with its id, seq and conv):
 *                        {raw:BLOB, html:BLOB, refs:[msgid…], channel:N, target_ms:N, then:"keep", quiet:BOOL, canned:[{response:N, formality?, edited:BOOL, text?, sent?}],
 *                        fields:TEXT (of a draft: what of the responses a message that is taken back shall have again)}  -> entry, search, conversation
 *                        `at` of a message that came in is when it was received, not what its sender's clock says.
 *                        An entry of kind "state" changes the conversation: d.what = assigned, released, snoozed, woken, closed,
 *                        reopened, tagged, renamed, language, moved; d.assignee ("a_1"), d.until, d.tags, d.subject, d.language, d.queue
 *                        ("q_1") say to what. call-offered and call-declined (lia-chat-voice.h) change nothing.
 *                        A customer's message says in which language the conversation is, unless an agent has said it.
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
 *                        service_level?, wrapup_ms?, callback_target_ms?, hours?:{…}}      -> queue
 * channel.changed        {channel?:N, kind?, name?, queue?:N, config?:{…}}                 -> channel; the number alone: its connection's state is another one.
 *                        That state is nobody's row: who hears of it is told the one of then (GET /v1/snapshot, too)
 * channel.removed        {channel:N}
 * audit.noted            {what:COMMAND, d:{…}}                    actor_id is set          -> audit; told to no app
 * settings.changed       {KEY: value, …}; null takes one away                              -> setting
 * response.changed       {response?:N, data:{…}}: a canned response as API.md gives it, without id, ver, owner and uses; without a number a
 *                        new one, its owner is actor_id                                    -> response, response_version, response_rest
 * finding.captured       {kind, title, product?, url?}                                    -> finding, finding_word, finding_term. What was said of it is
 *                        an entry of kind "finding": `text` the words, d.finding ("f_90") which one it belongs to, d.source ("e_12") where
 *                        they stand; its state `cancelled`: it was taken back                    -> quote, finding_word, finding_term
 * finding.changed        {finding:N, kind?, title?, product?, url?, state?}
 * finding.merged         {finding:N, into:M}; finding.unmerged {finding:N}
 * finding.pushed         {finding:N, tracker:N, marker, title, text, hash, files?:[…], question?:N, issue?:N}: somebody has looked at that and wants it filed; actor_id is set  -> push
 * push.changed           {push:N, state, problem?, retry_at?, issue?:{…}, files?:[…]}: `sending` is durable before the first byte leaves; `filed` has the issue as API.md gives
 *                        it, without what is ours of it                                    -> push, issue, finding_issue, finding
 * notice.added           {finding:N, fix:N, customer:N, conversation:N}: a customer is to be told of a fix       -> notice
 * notice.changed         {notice:N, state?, reason?, entry?:N, subject?, body?, snooze?}
 * issue.linked           {finding:N, tracker:N, issue:{…}}; issue.unlinked {finding:N, issue:N}; issue.changed {issue:N, set:{…}}: as the tracker has it now
 *                        -> issue, finding_issue, finding. Where it was said an entry of kind "state" tells of it: d.what "issue"
 * issue.heard            {issue:N, updated:TEXT, at, wants_info}: its comments are known up to where it says that it was changed `updated`, the newest of `at`. What
 *                        in them is a question is an entry of kind "note" with d.what "question", d.issue, d.comment  -> issue_heard, question; told to no app
 * issue.told             {issue:N, marker, customers?:N, problem?}: in its one comment, which has the marker; without the number it is about to be written. problem:
 *                        why it cannot be                                                  -> issue_told
 * tracker.changed        {tracker?:N, config?:{…}}: as API.md gives it, and `secret`         -> tracker; without a number a new one. The number alone: its state
 *                        is another one, as with channels; tracker.removed {tracker:N}
 * suggestion.dismissed   {key, agent:N, dismissed:BOOL}; agent 0: for everybody            -> suggestion_dismissed; told to no app
 * response.removed       {response:N}
 * response.published     {response:N, sites:[N…]}: all the sites whose visitors may read it -> response_site
 * response.used          {response:N, agent:N, entry:N, edited:BOOL, ver?:N, variant?, distance?:{words, of_words, characters, of_characters},
 *                        edits?:[{before, after}]}: it was sent                            -> response_use, response_sent, response_edit, response_place
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
