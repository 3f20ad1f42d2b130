/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What agents know of visitors at this moment, and these of them. */

#include "lia-http-resources.h"

#include "lia-chat-hub.h"
#include "lia-chat-way.h"
#include "lia-workspace.h"

/** lia_http_get_chats: whose visitors are there now. */
gboolean
lia_http_get_chats (LiaHttpCall *call,
                    GError     **error)
{
  JsonObject *answer = json_object_new ();

  json_object_set_array_member (answer, "chats", lia_chat_hub_list (lia_engine_get_chat (call->engine)));
  lia_http_answer_object (call, SOUP_STATUS_OK, answer);

  return TRUE;
}

/* Whose answer it is, and since when that visitor is away. */
typedef struct
{
  gint64 conversation_id;
  gint64 left_ms;
} WayAsked;

static gboolean
read_way (LiaDb    *db,
          gpointer  data,
          gpointer *result,
          GError  **error)
{
  const WayAsked *asked = data;

  *result = lia_chat_way_read (db, asked->conversation_id, asked->left_ms, error);
  return *result != NULL;
}

static JsonObject *
encode_way (const LiaChatWay *way,
            gboolean          online)
{
  JsonObject *answer = json_object_new ();

  json_object_set_boolean_member (answer, "online", online);
  json_object_set_string_member (answer, "by", lia_chat_way_is_mail (way) ? "email" : "chat");
  if (lia_chat_way_can_mail (way))
    json_object_set_string_member (answer, "address", way->address->address);
  else
    json_object_set_null_member (answer, "address");
  if (way->from_ms != 0)
    lia_json_set_time (answer, "email_from", way->from_ms);
  else
    json_object_set_null_member (answer, "email_from");

  return answer;
}

/** lia_http_get_way: how an answer reaches the visitor of this chat now. */
gboolean
lia_http_get_way (LiaHttpCall *call,
                  GError     **error)
{
  LiaStore *store = lia_engine_get_store (call->engine);
  WayAsked  asked;
  g_autoptr (LiaChatWay) way = NULL;

  if (!lia_http_argument_id (call, 0, "c", &asked.conversation_id, error))
    return FALSE;
  asked.left_ms = lia_chat_hub_get_left (lia_engine_get_chat (call->engine), asked.conversation_id);
  way = lia_store_await (lia_store_read (store, read_way, g_memdup2 (&asked, sizeof asked), g_free, (GDestroyNotify)lia_chat_way_free), error);
  if (way == NULL)
    return FALSE;
  lia_http_answer_object (call, SOUP_STATUS_OK, encode_way (way, asked.left_ms == 0));

  return TRUE;
}

static gboolean
read_name (LiaDb    *db,
           gpointer  agent_id,
           gpointer *name,
           GError  **error)
{
  g_autoptr (LiaAgent) agent = lia_workspace_agent (db, *(gint64 *)agent_id, error);

  if (agent != NULL)
    *name = g_strdup (agent->name);

  return agent != NULL;
}

/** lia_http_post_typing: the visitor is told, if there is one, that somebody answers. */
gboolean
lia_http_post_typing (LiaHttpCall *call,
                      GError     **error)
{
  g_autofree char *name = NULL;
  gint64           conversation_id;

  if (!lia_http_argument_id (call, 0, "c", &conversation_id, error))
    return FALSE;
  name = lia_store_await (lia_store_read (lia_engine_get_store (call->engine), read_name, &call->agent_id, NULL, g_free), error);
  if (name == NULL)
    return FALSE;
  lia_chat_hub_type (lia_engine_get_chat (call->engine), conversation_id, name);
  lia_http_answer_object (call, SOUP_STATUS_OK, json_object_new ());

  return TRUE;
}
