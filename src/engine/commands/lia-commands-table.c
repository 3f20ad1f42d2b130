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
  { "availability.set", "agent", FALSE, lia_command_availability_set },
  { "channel.add", "admin", FALSE, lia_command_channel_add, lia_command_channel_after, lia_command_channel_add_prepare },
  { "channel.update", "admin", FALSE, lia_command_channel_update, lia_command_channel_after, lia_command_channel_update_prepare },
  { "channel.remove", "admin", FALSE, lia_command_channel_remove, lia_command_channel_remove_after },
  { "channel.sync", "agent", FALSE, lia_command_channel_sync, lia_command_channel_sync_after },
  { "settings.set", "admin", FALSE, lia_command_settings_set },
};

const LiaCommand *
lia_commands_list (gsize *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}
