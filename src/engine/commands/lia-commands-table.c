/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of commands: the only list of what can be asked for, with who may. src/wire/API.md describes each; a test compares the two. */

#include "lia-commands-table.h"

#include "lia-commands.h"

static const LiaCommand commands[] = {
  { "message.send", "agent", TRUE, lia_command_message_send, lia_command_message_after },
  { "message.cancel", "agent", FALSE, lia_command_message_cancel },
  { "message.retry", "agent", FALSE, lia_command_message_retry, lia_command_message_after },
  { "message.settle", "agent", FALSE, lia_command_message_settle, lia_command_message_after },
  { "note.add", "agent", TRUE, lia_command_note_add },
  { "conversation.create", "agent", FALSE, lia_command_conversation_create },
  { "conversation.take", "agent", TRUE, lia_command_conversation_take },
  { "conversation.assign", "agent", TRUE, lia_command_conversation_assign },
  { "conversation.release", "agent", TRUE, lia_command_conversation_release },
  { "conversation.snooze", "agent", TRUE, lia_command_conversation_snooze },
  { "conversation.close", "agent", TRUE, lia_command_conversation_close },
  { "conversation.reopen", "agent", TRUE, lia_command_conversation_reopen },
  { "conversation.tag", "agent", TRUE, lia_command_conversation_tag },
  { "conversation.read", "agent", TRUE, lia_command_conversation_read },
  { "customer.update", "agent", FALSE, lia_command_customer_update },
  { "draft.save", "agent", TRUE, lia_command_draft_save },
  { "availability.set", "agent", FALSE, lia_command_availability_set, lia_command_availability_after },
  { "call.dial", "agent", FALSE, lia_command_call_dial, NULL, lia_command_call_dial_prepare },
  { "call.answer", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_answer_prepare },
  { "call.hangup", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_hangup_prepare },
  { "call.hold", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_hold_prepare },
  { "call.mute", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_mute_prepare },
  { "call.dtmf", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_dtmf_prepare },
  { "call.transfer", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_transfer_prepare },
  { "call.consult", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_consult_prepare },
  { "call.complete", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_complete_prepare },
  { "call.cancel", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_cancel_prepare },
  { "call.park", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_park_prepare },
  { "call.record", "agent", FALSE, lia_command_call_record, NULL, lia_command_call_record_prepare },
  { "call.take", "agent", FALSE, lia_command_call_done, NULL, lia_command_call_take_prepare },
  { "call.supervise", "supervisor", FALSE, lia_command_call_done, NULL, lia_command_call_supervise_prepare, TRUE },
  { "call.note", "agent", FALSE, lia_command_call_note },
  { "call.wrapup", "agent", FALSE, lia_command_call_wrapup, lia_command_call_wrapup_after },
  { "wrapup.extend", "agent", FALSE, lia_command_call_done, NULL, lia_command_wrapup_extend_prepare },
  { "queue.pause-agent", "supervisor", FALSE, lia_command_queue_pause_agent, lia_command_queue_pause_agent_after, NULL, TRUE },
  { "queue.move-call", "supervisor", FALSE, lia_command_call_done, NULL, lia_command_queue_move_call_prepare, TRUE },
  { "queue.priority", "supervisor", FALSE, lia_command_call_done, NULL, lia_command_queue_priority_prepare, TRUE },
  { "queue.login", "agent", FALSE, lia_command_call_done, NULL, lia_command_queue_login_prepare, TRUE },
  { "queue.save", "admin", FALSE, lia_command_queue_save, lia_command_phone_reload_after },
  { "agent.save", "admin", FALSE, lia_command_agent_save, lia_command_phone_reload_after },
  { "agent.phone", "admin", FALSE, lia_command_agent_phone, NULL, lia_command_agent_phone_prepare },
  { "callback.create", "agent", TRUE, lia_command_callback_create },
  { "callback.done", "agent", FALSE, lia_command_callback_done },
  { "channel.add", "admin", FALSE, lia_command_channel_add, lia_command_channel_after, lia_command_channel_add_prepare },
  { "channel.update", "admin", FALSE, lia_command_channel_update, lia_command_channel_after, lia_command_channel_update_prepare },
  { "channel.remove", "admin", FALSE, lia_command_channel_remove, lia_command_channel_remove_after },
  { "channel.sync", "agent", FALSE, lia_command_channel_sync, lia_command_channel_sync_after },
  { "response.save", "agent", FALSE, lia_command_response_save },
  { "response.retire", "agent", FALSE, lia_command_response_retire },
  { "response.remove", "agent", FALSE, lia_command_response_remove },
  { "settings.set", "admin", FALSE, lia_command_settings_set },
};

const LiaCommand *
lia_commands_list (gsize *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}
