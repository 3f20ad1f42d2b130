/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What agents know of visitors at this moment, and these of them. */

#include "lia-http-resources.h"

#include "lia-chat-hub.h"
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
