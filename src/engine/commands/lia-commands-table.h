/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-chat-way.h"
#include "lia-command.h"
#include "lia-entry.h"
#include "lia-journal.h"

G_BEGIN_DECLS

/* The handlers, each in the file of its subject, and what they share. All run on the store thread unless they say otherwise. */

#define LIA_COMMAND_HANDLER(name) gboolean name (LiaCommandCall *call, GError **error);

LIA_COMMAND_HANDLER (lia_command_message_send)
LIA_COMMAND_HANDLER (lia_command_chat_send)
LIA_COMMAND_HANDLER (lia_command_chat_send_quietly)
LIA_COMMAND_HANDLER (lia_command_chat_take)
LIA_COMMAND_HANDLER (lia_command_chat_decline)
LIA_COMMAND_HANDLER (lia_command_chat_capacity)
LIA_COMMAND_HANDLER (lia_command_message_cancel)
LIA_COMMAND_HANDLER (lia_command_message_retry)
LIA_COMMAND_HANDLER (lia_command_message_settle)
LIA_COMMAND_HANDLER (lia_command_note_add)
LIA_COMMAND_HANDLER (lia_command_conversation_create)
LIA_COMMAND_HANDLER (lia_command_conversation_take)
LIA_COMMAND_HANDLER (lia_command_conversation_assign)
LIA_COMMAND_HANDLER (lia_command_conversation_release)
LIA_COMMAND_HANDLER (lia_command_conversation_move)
LIA_COMMAND_HANDLER (lia_command_conversation_snooze)
LIA_COMMAND_HANDLER (lia_command_conversation_close)
LIA_COMMAND_HANDLER (lia_command_conversation_reopen)
LIA_COMMAND_HANDLER (lia_command_conversation_tag)
LIA_COMMAND_HANDLER (lia_command_conversation_language)
LIA_COMMAND_HANDLER (lia_command_conversation_read)
LIA_COMMAND_HANDLER (lia_command_customer_update)
LIA_COMMAND_HANDLER (lia_command_draft_save)
LIA_COMMAND_HANDLER (lia_command_availability_set)
LIA_COMMAND_HANDLER (lia_command_call_done)
LIA_COMMAND_HANDLER (lia_command_call_record)
LIA_COMMAND_HANDLER (lia_command_call_dial)
LIA_COMMAND_HANDLER (lia_command_call_join)
LIA_COMMAND_HANDLER (lia_command_call_note)
LIA_COMMAND_HANDLER (lia_command_call_wrapup)
LIA_COMMAND_HANDLER (lia_command_queue_pause_agent)
LIA_COMMAND_HANDLER (lia_command_queue_save)
LIA_COMMAND_HANDLER (lia_command_agent_save)
LIA_COMMAND_HANDLER (lia_command_agent_phone)
LIA_COMMAND_HANDLER (lia_command_callback_create)
LIA_COMMAND_HANDLER (lia_command_response_publish)
LIA_COMMAND_HANDLER (lia_command_chat_transcript)
LIA_COMMAND_HANDLER (lia_command_chat_offer_call)
LIA_COMMAND_HANDLER (lia_command_callback_done)
LIA_COMMAND_HANDLER (lia_command_channel_add)
LIA_COMMAND_HANDLER (lia_command_channel_update)
LIA_COMMAND_HANDLER (lia_command_channel_remove)
LIA_COMMAND_HANDLER (lia_command_channel_sync)
LIA_COMMAND_HANDLER (lia_command_response_save)
LIA_COMMAND_HANDLER (lia_command_response_import)
LIA_COMMAND_HANDLER (lia_command_response_revert)
LIA_COMMAND_HANDLER (lia_command_response_retire)
LIA_COMMAND_HANDLER (lia_command_response_remove)
LIA_COMMAND_HANDLER (lia_command_suggestion_dismiss)
LIA_COMMAND_HANDLER (lia_command_finding_capture)
LIA_COMMAND_HANDLER (lia_command_finding_uncapture)
LIA_COMMAND_HANDLER (lia_command_finding_update)
LIA_COMMAND_HANDLER (lia_command_finding_merge)
LIA_COMMAND_HANDLER (lia_command_finding_unmerge)
LIA_COMMAND_HANDLER (lia_command_finding_split)
LIA_COMMAND_HANDLER (lia_command_finding_weigh)
LIA_COMMAND_HANDLER (lia_command_finding_push)
LIA_COMMAND_HANDLER (lia_command_question_done)
LIA_COMMAND_HANDLER (lia_command_finding_link)
LIA_COMMAND_HANDLER (lia_command_finding_unlink)
LIA_COMMAND_HANDLER (lia_command_notice_send)
LIA_COMMAND_HANDLER (lia_command_notice_save)
LIA_COMMAND_HANDLER (lia_command_notice_skip)
LIA_COMMAND_HANDLER (lia_command_notice_snooze)
LIA_COMMAND_HANDLER (lia_command_notice_restore)
LIA_COMMAND_HANDLER (lia_command_push_retry)
LIA_COMMAND_HANDLER (lia_command_push_cancel)
LIA_COMMAND_HANDLER (lia_command_push_retract)
LIA_COMMAND_HANDLER (lia_command_tracker_set)
LIA_COMMAND_HANDLER (lia_command_tracker_sync)
LIA_COMMAND_HANDLER (lia_command_tracker_remove)
LIA_COMMAND_HANDLER (lia_command_tracker_test)
LIA_COMMAND_HANDLER (lia_command_settings_set)

#undef LIA_COMMAND_HANDLER

/* On the main context. */
DexFuture *lia_command_chat_take_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
void       lia_command_chat_decline_after (LiaCommandCall *call);
void       lia_command_message_after (LiaCommandCall *call);
DexFuture *lia_command_chat_offer_call_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_message_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_channel_add_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_channel_update_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
void       lia_command_channel_after (LiaCommandCall *call);
void       lia_command_channel_sync_after (LiaCommandCall *call);
void       lia_command_channel_remove_after (LiaCommandCall *call);
DexFuture *lia_command_tracker_set_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_tracker_test_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
void       lia_command_tracker_set_after (LiaCommandCall *call);
void       lia_command_tracker_remove_after (LiaCommandCall *call);
void       lia_command_tracker_sync_after (LiaCommandCall *call);
void       lia_command_push_after (LiaCommandCall *call);
DexFuture *lia_command_finding_push_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_finding_link_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;

/* On the main context: the telephone. */
DexFuture *lia_command_call_dial_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_answer_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_hangup_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_hold_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_mute_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_dtmf_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_transfer_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_consult_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_complete_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_cancel_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_park_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_record_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_take_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_call_supervise_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_queue_move_call_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_queue_priority_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_command_queue_login_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
void       lia_command_availability_after (LiaCommandCall *call);
void       lia_command_call_wrapup_after (LiaCommandCall *call);
DexFuture *lia_command_call_join_prepare (LiaCommandCall *call);
void       lia_command_call_join_after (LiaCommandCall *call);
DexFuture *lia_command_wrapup_extend_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;
void       lia_command_queue_pause_agent_after (LiaCommandCall *call);
void       lia_command_phone_reload_after (LiaCommandCall *call);
DexFuture *lia_command_agent_phone_prepare (LiaCommandCall *call) G_GNUC_WARN_UNUSED_RESULT;

/**
 * LiaCommandMail:
 * @mailbox_id: which sends it; 0: as the conversation has it
 * @visitor: (nullable): in whose panel it is seen, too
 * @is_chat: it was written in the field for chats, to which it goes back when it is taken back
 * @own_bytes: then: of its text; what is behind that was said before
 * @quiet: it answers nothing
 *
 * What a mail that is asked for as in `message.send` has besides.
 */
typedef struct
{
  gint64      mailbox_id;
  const char *visitor;
  gsize       own_bytes;
  gboolean    is_chat;
  gboolean    quiet;
} LiaCommandMail;

/* What they share. */
gboolean    lia_command_copy_chats (JsonObject *from,
                                    JsonObject *to,
                                    GError    **error);
gboolean    lia_command_mail_send (LiaCommandCall       *call,
                                   const LiaCommandMail *mail,
                                   GError              **error);
gboolean    lia_command_chat_mail (LiaCommandCall   *call,
                                   const LiaChatWay *way,
                                   const char       *body,
                                   GError          **error);
gboolean    lia_command_note_audit (LiaCommandCall *call,
                                    const char     *name,
                                    GError        **error);
char       *lia_command_make_account (LiaCommandCall *call,
                                      const char     *prefix);
gint64      lia_command_promise_call (LiaCommandCall *call,
                                      gint64          due_ms,
                                      const char     *number,
                                      const char     *reason,
                                      GError        **error);
gboolean    lia_command_send_quietly (LiaCommandCall *call,
                                      gboolean        by_chat,
                                      GError        **error);
gboolean    lia_command_id (LiaCommandCall *call,
                            const char     *name,
                            const char     *prefix,
                            gint64         *id,
                            GError        **error);
gboolean    lia_command_say_availability (LiaCommandCall *call,
                                          LiaAgent       *agent,
                                          const char     *state,
                                          const char     *reason,
                                          GError        **error);
gint64      lia_command_append (LiaCommandCall *call,
                                const char     *kind,
                                gint64          customer_id,
                                JsonObject     *data,
                                GError        **error);
LiaEntry   *lia_command_new_entry (LiaCommandCall *call,
                                   LiaEntryKind    kind,
                                   GError        **error);
gint64      lia_command_append_entry_with (LiaCommandCall *call,
                                           LiaEntry       *entry,
                                           JsonObject     *x,
                                           GError        **error);
gint64      lia_command_append_entry (LiaCommandCall *call,
                                      LiaEntry       *entry,
                                      GError        **error);
JsonObject *lia_command_entry_details (LiaCommandCall *call,
                                       gint64          seq,
                                       GError        **error);
gboolean    lia_command_change_entry (LiaCommandCall *call,
                                      gint64          seq,
                                      JsonObject     *set,
                                      GError        **error);
gboolean    lia_command_delete_draft (LiaCommandCall *call,
                                      const char     *key,
                                      GError        **error);
gboolean    lia_command_complete_attachments (LiaCommandCall *call,
                                              GPtrArray      *attachments,
                                              gint64         *total,
                                              GError        **error);
void        lia_command_answer_id (LiaCommandCall *call,
                                   const char     *name,
                                   const char     *prefix,
                                   gint64          id);

G_END_DECLS
