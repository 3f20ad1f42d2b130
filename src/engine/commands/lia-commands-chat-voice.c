/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A call is offered to the visitor of a chat: she says in her panel whether, and under which number. */

#include "lia-commands-table.h"

#include "lia-chat-hub.h"
#include "lia-chat-voice.h"
#include "lia-commands-phone-private.h"
#include "lia-queries.h"
#include "lia-time.h"

#define GOOD_S 300
#define MAX_GOOD_S 1800

/* On the main context: whether I have a telephone, at a telephone system by whose rules her number can be judged, and she is there. */
DexFuture *
lia_command_chat_offer_call_prepare (LiaCommandCall *call)
{
  GError *error = NULL;

  if (lia_command_phone_me (call, TRUE, &error) == NULL)
    return dex_future_new_for_error (error);
  if (lia_phone_hub_get_pbx (lia_engine_get_phone (call->engine), NULL) == NULL)
    {
      lia_problem_set_invalid (&error, "", "no-pbx", "No telephone system is set up here");
      return dex_future_new_for_error (error);
    }

  return lia_command_message_prepare (call);
}

static gboolean
refuse (const char *code,
        const char *why,
        GError    **error)
{
  lia_problem_set_invalid (error, "", code, "%s", why);
  return FALSE;
}

static gboolean
check (LiaCommandCall  *call,
       LiaConversation *conversation,
       GError         **error)
{
  g_autofree char *visitor = lia_db_get_text (call->db, error, "SELECT coalesce (max (visitor), '') FROM chat_thread WHERE conversation_id = $1", "i",
                                              call->conversation_id);
  LiaChatVoice     offer;

  if (visitor == NULL || !lia_chat_voice_find (call->db, visitor, &offer, error))
    return FALSE;
  if (*visitor == '\0' || conversation->state == LIA_CONVERSATION_CLOSED)
    return refuse ("no-chat", "Nobody chats here", error);
  if (call->visitor_left_ms != 0)
    return refuse ("gone", "The visitor has left the page", error);
  if (offer.n != 0)
    return refuse ("offered", "A call is offered already", error);

  return TRUE;
}

static gint64
append (LiaCommandCall *call,
        gint64          until_ms,
        GError        **error)
{
  g_autoptr (LiaEntry) entry = lia_command_new_entry (call, LIA_ENTRY_STATE, error);
  g_autoptr (JsonObject) d = json_object_new ();

  if (entry == NULL)
    return 0;
  json_object_set_string_member (d, "what", LIA_CHAT_VOICE_OFFERED);
  lia_json_set_time (d, "until", until_ms);
  g_free (entry->details);
  entry->details = lia_json_to_text (d);

  return lia_command_append_entry (call, entry, error);
}

/** lia_command_chat_offer_call: whoever offers it has the chat, as whoever writes there. */
gboolean
lia_command_chat_offer_call (LiaCommandCall *call,
                             GError        **error)
{
  g_autoptr (LiaConversation) conversation = lia_query_conversation (call->db, call->agent_id, call->conversation_id, error);
  gint64 good_s;
  gint64 until_ms;
  gint64 seq;

  if (conversation == NULL || !lia_json_int (call->d, "good_s", LIA_JSON_OPTIONAL, 1, MAX_GOOD_S, &good_s, error) || !check (call, conversation, error))
    return FALSE;
  until_ms = lia_time_now () + 1000 * (good_s != 0 ? good_s : GOOD_S);
  seq = append (call, until_ms, error);
  if (seq == 0 || (conversation->assignee == NULL && !lia_command_conversation_take (call, error)))
    return FALSE;
  lia_command_answer_id (call, "entry", "e", seq);
  lia_json_set_time (call->answer, "until", until_ms);

  return TRUE;
}
