/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the engine about chats of this moment. */

#include "lia-client-private.h"

#define RETRY_MS 2000

/* What a frame has told meanwhile is newer. */
static void
take_pages (LiaLiveChats *chats,
            JsonArray    *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *chat;
      JsonArray  *pages = NULL;
      const char *conversation;

      if (lia_json_arr_obj (array, i, &chat, NULL) && lia_json_str (chat, "conv", LIA_JSON_REQUIRED, 256, &conversation, NULL) &&
          lia_json_arr (chat, "pages", LIA_JSON_OPTIONAL, 100, &pages, NULL) && pages != NULL && lia_live_chats_get_pages (chats, conversation) == NULL)
        lia_live_chats_take_pages (chats, conversation, pages);
    }
}

static DexFuture *
read_chats_cb (DexFuture *future,
               gpointer   data)
{
  JsonObject *reply = g_value_get_boxed (dex_future_get_value (future, NULL));
  LiaClient  *self = data;
  JsonArray  *array;
  GError     *error = NULL;
  g_autoptr (GStrvBuilder) here = g_strv_builder_new ();
  g_auto (GStrv) conversations = NULL;

  if (!lia_json_arr (reply, "chats", LIA_JSON_REQUIRED, G_MAXUINT, &array, &error))
    return dex_future_new_for_error (error);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *chat;
      const char *conversation;

      if (lia_json_arr_obj (array, i, &chat, NULL) && lia_json_str (chat, "conv", LIA_JSON_REQUIRED, 256, &conversation, NULL))
        g_strv_builder_add (here, conversation);
    }
  take_pages (lia_client_get_chats (self), array);
  conversations = g_strv_builder_end (here);
  lia_live_chats_take_here (lia_client_get_chats (self), (const char *const *)conversations);

  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
again_cb (DexFuture *future,
          gpointer   data)
{
  return lia_client_read_chats (data);
}

/* The connection stays, so nobody else would read it again. */
static DexFuture *
wait_cb (DexFuture *future,
         gpointer   data)
{
  return dex_future_catch (dex_timeout_new_msec (RETRY_MS), again_cb, data, NULL);
}

/**
 * lia_client_read_chats:
 *
 * Who is there now goes to lia_client_get_chats(); what cannot be read is read again. The caller keeps the future no longer than @self, and
 * drops it when the connection ends.
 */
DexFuture *
lia_client_read_chats (LiaClient *self)
{
  DexFuture *reading = dex_future_then (lia_api_get (lia_client_get_api (self), "/v1/chats"), read_chats_cb, self, NULL);

  return dex_future_catch (reading, wait_cb, self, NULL);
}

/** lia_client_send_typing: the agent writes to who chats in @conversation. May be called with each key: the engine is told now and then. */
void
lia_client_send_typing (LiaClient  *self,
                        const char *conversation)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (LIA_IS_CLIENT (self));
  g_return_if_fail (conversation != NULL);

  if (lia_client_get_state (self) != LIA_CLIENT_LIVE || !lia_live_chats_may_tell (lia_client_get_chats (self), conversation))
    return;

  escaped = g_uri_escape_string (conversation, NULL, FALSE);
  path = g_strconcat ("/v1/conversations/", escaped, "/typing", NULL);
  dex_future_disown (lia_api_ask (lia_client_get_api (self), path, nothing));
}
