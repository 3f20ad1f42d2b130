/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Chats that are offered to an agent. An offer gives no right: whoever takes the chat first has it, and the store knows who that was.
 */

#include "lia-commands-table.h"

#include "lia-chat-hub.h"
#include "lia-id.h"

#define MOST_CHATS 50

/* On the main context: whose it is until then, where it is offered to her in place of somebody who is away; NULL: nobody's. */
DexFuture *
lia_command_chat_take_prepare (LiaCommandCall *call)
{
  gint64 owner_id;

  if (!lia_chat_hub_is_offered (lia_engine_get_chat (call->engine), call->agent_id, call->conversation_id, &owner_id) || owner_id == 0)
    return dex_future_new_for_pointer (NULL);
  call->free_after_data = g_free;

  return dex_future_new_for_pointer (lia_id_format ("a", owner_id));
}

/** lia_command_chat_take: it is hers, unless a colleague was faster. */
gboolean
lia_command_chat_take (LiaCommandCall *call,
                       GError        **error)
{
  gint64 owner_id = 0;
  gint64 same;

  if (call->after_data != NULL && lia_id_parse (call->after_data, "a", &owner_id))
    {
      if (!lia_db_get_int (call->db, &same, error, "SELECT count (*) FROM conversation WHERE id = $1 AND assignee_id = $2", "ii",
                           call->conversation_id, owner_id))
        return FALSE;
      call->force = call->force || same > 0;
    }

  return lia_command_conversation_take (call, error);
}

gboolean
lia_command_chat_decline (LiaCommandCall *call,
                          GError        **error)
{
  return TRUE;
}

void
lia_command_chat_decline_after (LiaCommandCall *call)
{
  lia_chat_hub_decline (lia_engine_get_chat (call->engine), call->agent_id, call->conversation_id);
}

/** lia_command_copy_chats: how many at once an agent is offered, where it is given. */
gboolean
lia_command_copy_chats (JsonObject *from,
                        JsonObject *to,
                        GError    **error)
{
  gint64 chats;

  if (!json_object_has_member (from, "chats"))
    return TRUE;
  if (!lia_json_int (from, "chats", LIA_JSON_REQUIRED, 0, MOST_CHATS, &chats, error))
    return FALSE;
  json_object_set_int_member (to, "chats", chats);

  return TRUE;
}

/** lia_command_chat_capacity: how many she is offered at once, as she says herself. */
gboolean
lia_command_chat_capacity (LiaCommandCall *call,
                           GError        **error)
{
  JsonObject *data;
  gint64      chats;

  if (!lia_json_int (call->d, "chats", LIA_JSON_REQUIRED, 0, MOST_CHATS, &chats, error))
    return FALSE;
  data = json_object_new ();
  json_object_set_int_member (data, "agent", call->agent_id);
  json_object_set_int_member (data, "chats", chats);

  return lia_command_append (call, "agent.changed", 0, data, error) != 0;
}
