/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How an answer reaches the visitor of a chat, and sending it so. */

#include "lia-client-chat-way.h"

#include "lia-client-private.h"

static DexFuture *
to_way_cb (DexFuture *future,
           gpointer   data)
{
  JsonObject *reply = g_value_get_boxed (dex_future_get_value (future, NULL));
  GError     *error = NULL;
  const char *by;
  const char *address;
  gint64      from_ms = 0;

  if (!lia_json_str (reply, "by", LIA_JSON_REQUIRED, 16, &by, &error) || !lia_json_str (reply, "address", LIA_JSON_OPTIONAL, 1024, &address, &error) ||
      !lia_json_time (reply, "email_from", LIA_JSON_OPTIONAL, &from_ms, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (LIA_TYPE_ANSWER_WAY, lia_answer_way_new (g_str_equal (by, "email"), address, from_ms));
}

/** lia_client_read_answer_way: a future of a #LiaAnswerWay; it rejects where no visitor ever wrote. */
DexFuture *
lia_client_read_answer_way (LiaClient  *self,
                            const char *conversation)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (conversation != NULL);

  escaped = g_uri_escape_string (conversation, NULL, FALSE);
  path = g_strconcat ("/v1/conversations/", escaped, "/way", NULL);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), to_way_cb, NULL, NULL);
}

static DexFuture *
to_sent_cb (DexFuture *future,
            gpointer   data)
{
  JsonObject *d = g_value_get_boxed (dex_future_get_value (future, NULL));
  GError     *error = NULL;
  const char *outbox;

  if (!lia_json_str (d, "outbox", LIA_JSON_OPTIONAL, 256, &outbox, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_string (outbox != NULL ? outbox : "");
}

/**
 * lia_client_send_chat: as lia_client_send_message(), to the visitor of a chat.
 * @by: (nullable): "chat" or "email"; NULL: the engine knows which at that moment
 *
 * Answers with the outbox id of the mail that it became, or with "": it went by chat, and cannot be taken back.
 */
DexFuture *
lia_client_send_chat (LiaClient  *self,
                      const char *conversation,
                      LiaDraft   *draft,
                      const char *by,
                      const char *then)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (conversation != NULL);
  dex_return_error_if_fail (draft != NULL);

  d = lia_wire_encode_draft (draft);
  json_object_remove_member (d, "key");
  lia_json_set_str (d, "by", by);
  lia_json_set_str (d, "then", then);

  return dex_future_then (lia_client_command (self, draft->key, "message.send", conversation, 0, 0, TRUE, d), to_sent_cb, NULL, NULL);
}

/**
 * lia_client_send_transcript: all that was said, as a mail to the visitor.
 * @zone: in which times are told
 *
 * Answers with the address that it goes to. It rejects with “/email” where none is known.
 */
DexFuture *
lia_client_send_transcript (LiaClient  *self,
                            const char *conversation,
                            const char *zone)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (conversation != NULL);

  d = json_object_new ();
  lia_json_set_str (d, "zone", zone);

  return dex_future_then (lia_client_command (self, NULL, "chat.transcript", conversation, 0, 0, FALSE, d), lia_client_to_string_cb, (gpointer) "to", NULL);
}

/** lia_client_offer_call: asks the visitor of a chat whether they want to be called; what they say is an entry. Answers with the offer's. */
DexFuture *
lia_client_offer_call (LiaClient  *self,
                       const char *conversation)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (conversation != NULL);

  return dex_future_then (lia_client_command (self, NULL, "chat.offer-call", conversation, 0, 0, FALSE, NULL), lia_client_to_string_cb, (gpointer) "entry", NULL);
}
