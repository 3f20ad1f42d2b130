/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What can be asked for: one function a command of API.md. A command, once given, is carried out even when its future is dropped; it is
 * repeated with its key while there is no answer. The commands of one conversation are carried out in the order in which they were given.
 */

#include "lia-client-private.h"

#include "lia-replies.h"

/* lia_client_command: @key NULL is a new one; @d is (transfer full) (nullable). A future of the answer's `d`. */
DexFuture *
lia_client_command (LiaClient  *self,
                    const char *key,
                    const char *kind,
                    const char *conversation,
                    gint64      ver,
                    gint64      seen,
                    gboolean    force,
                    JsonObject *d)
{
  g_autofree char *new_key = key == NULL ? g_uuid_string_random () : NULL;
  g_autoptr (JsonObject) body = lia_command_encode (key != NULL ? key : new_key, kind, conversation, ver, seen, force, d);

  return lia_api_command (lia_client_get_api (self), conversation != NULL ? conversation : kind, body);
}

/* lia_client_to_true_cb: a command's answer that says no more than that it was done. */
DexFuture *
lia_client_to_true_cb (DexFuture *future,
                       gpointer   data)
{
  return dex_future_new_true ();
}

/* lia_client_to_string_cb: the member @name of a command's answer. */
DexFuture *
lia_client_to_string_cb (DexFuture *future,
                         gpointer   name)
{
  JsonObject *d = g_value_get_boxed (dex_future_get_value (future, NULL));
  GError     *error = NULL;
  const char *text;

  if (!lia_json_str (d, name, LIA_JSON_REQUIRED, 256, &text, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_string (text);
}

static DexFuture *
to_draft_cb (DexFuture *future,
             gpointer   data)
{
  JsonObject *d = g_value_get_boxed (dex_future_get_value (future, NULL));
  GError     *error = NULL;
  JsonObject *object;
  LiaDraft   *draft = NULL;

  if (lia_json_obj (d, "draft", LIA_JSON_REQUIRED, &object, &error))
    draft = lia_wire_decode_draft (object, &error);

  return draft != NULL ? dex_future_new_take_object (draft) : dex_future_new_for_error (error);
}

/* A command that answers nothing but that it is done */
static DexFuture *
simple (LiaClient  *self,
        const char *kind,
        const char *conversation,
        JsonObject *d)
{
  return dex_future_then (lia_client_command (self, NULL, kind, conversation, 0, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}

/* One that answers with the text @member */
static DexFuture *
naming (LiaClient  *self,
        const char *kind,
        const char *conversation,
        JsonObject *d,
        const char *member)
{
  return dex_future_then (lia_client_command (self, NULL, kind, conversation, 0, 0, FALSE, d), lia_client_to_string_cb, (gpointer)member, NULL);
}

JsonObject *
lia_client_with_text (const char *name,
                      const char *value)
{
  JsonObject *d = json_object_new ();

  lia_json_set_str (d, name, value);

  return d;
}

/* What goes out is a command, which has the key itself. */
static JsonObject *
without_key (JsonObject *draft)
{
  json_object_remove_member (draft, "key");

  return draft;
}

/**
 * lia_client_send_message:
 * @seen: the last entry's seq that the agent has seen, or 0
 * @force: send although there is something newer
 * @then: (nullable): "keep", "close" or "pending"
 *
 * The draft's key, where it has one, is the command's: the same sent again after a lost answer goes out at most once, and something else with
 * the same key only if the first did not arrive; else it rejects with %LIA_PROBLEM_IDEMPOTENCY_KEY_REUSED.
 *
 * Answers with the outbox id, in a chat, where nothing can be taken back, with that of the entry. Rejects with %LIA_PROBLEM_STALE_VIEW, %LIA_PROBLEM_CHANNEL_DOWN, %LIA_PROBLEM_TOO_LARGE, ….
 */
DexFuture *
lia_client_send_message (LiaClient  *self,
                         const char *conversation,
                         LiaDraft   *draft,
                         gint64      seen,
                         gboolean    force,
                         const char *then)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (conversation != NULL);
  dex_return_error_if_fail (draft != NULL);

  d = without_key (lia_wire_encode_draft (draft));
  if (then != NULL)
    json_object_set_string_member (d, "then", then);

  return dex_future_then (lia_client_command (self, draft->key, "message.send", conversation, 0, seen, force, d),
                          lia_client_to_string_cb, (gpointer)(g_strcmp0 (draft->mode, "chat") == 0 ? "entry" : "outbox"), NULL);
}

/** lia_client_cancel_message: takes a message back and answers with the draft it was; %LIA_PROBLEM_VERSION_CONFLICT when it has gone. */
DexFuture *
lia_client_cancel_message (LiaClient  *self,
                           const char *outbox)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return dex_future_then (lia_client_command (self, NULL, "message.cancel", NULL, 0, 0, FALSE, lia_client_with_text ("outbox", outbox)),
                          to_draft_cb, NULL, NULL);
}

/** lia_client_retry_message: sends it again, also one of which nobody knows whether it arrived. */
DexFuture *
lia_client_retry_message (LiaClient  *self,
                          const char *outbox)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "message.retry", NULL, lia_client_with_text ("outbox", outbox));
}

/** lia_client_settle_message: an unconfirmed message did arrive. */
DexFuture *
lia_client_settle_message (LiaClient  *self,
                           const char *outbox)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "message.settle", NULL, lia_client_with_text ("outbox", outbox));
}

/**
 * lia_client_add_note:
 * @note: its body, attachments and responses are taken, and nothing else; its key as in lia_client_send_message()
 *
 * Answers with the entry's id.
 */
DexFuture *
lia_client_add_note (LiaClient  *self,
                     const char *conversation,
                     LiaDraft   *note)
{
  g_autoptr (LiaDraft) words = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (note != NULL);

  words = lia_draft_new ();
  g_set_str (&words->body, note->body);
  words->attachments = note->attachments != NULL ? g_ptr_array_ref (note->attachments) : NULL;
  words->responses = note->responses != NULL ? g_ptr_array_ref (note->responses) : NULL;

  return dex_future_then (lia_client_command (self, note->key, "note.add", conversation, 0, 0, FALSE, without_key (lia_wire_encode_draft (words))),
                          lia_client_to_string_cb, (gpointer) "entry", NULL);
}

/** lia_client_create_conversation: for a message that we begin; answers with its id. */
DexFuture *
lia_client_create_conversation (LiaClient  *self,
                                LiaAddress *customer,
                                const char *subject)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (customer != NULL);

  d = lia_client_with_text ("subject", subject != NULL ? subject : "");
  json_object_set_object_member (d, "customer", lia_wire_encode_address (customer));

  return naming (self, "conversation.create", NULL, d, "conversation");
}

/** lia_client_take: assigns it to me; %LIA_PROBLEM_VERSION_CONFLICT when a colleague has it. */
DexFuture *
lia_client_take (LiaClient  *self,
                 const char *conversation)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "conversation.take", conversation, NULL);
}

/** lia_client_take_chat: one that is offered to me; %LIA_PROBLEM_VERSION_CONFLICT when a colleague was faster. */
DexFuture *
lia_client_take_chat (LiaClient  *self,
                      const char *conversation)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "chat.take", conversation, NULL);
}

/** lia_client_decline_chat: somebody else is asked. */
DexFuture *
lia_client_decline_chat (LiaClient  *self,
                         const char *conversation)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "chat.decline", conversation, NULL);
}

/** lia_client_set_chats: how many are offered to me at once. */
DexFuture *
lia_client_set_chats (LiaClient *self,
                      int        chats)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = json_object_new ();
  json_object_set_int_member (d, "chats", chats);

  return simple (self, "chat.capacity", NULL, d);
}

/** lia_client_assign: @agent NULL makes it nobody's. */
DexFuture *
lia_client_assign (LiaClient  *self,
                   const char *conversation,
                   const char *agent)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  if (agent == NULL)
    return simple (self, "conversation.release", conversation, NULL);

  return simple (self, "conversation.assign", conversation, lia_client_with_text ("agent", agent));
}

/** lia_client_move: into another queue. */
DexFuture *
lia_client_move (LiaClient  *self,
                 const char *conversation,
                 const char *queue)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "conversation.move", conversation, lia_client_with_text ("queue", queue));
}

/** lia_client_snooze: until @until_ms, or until the customer writes. */
DexFuture *
lia_client_snooze (LiaClient  *self,
                   const char *conversation,
                   gint64      until_ms)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = json_object_new ();
  lia_json_set_time (d, "until", until_ms);

  return simple (self, "conversation.snooze", conversation, d);
}

/** lia_client_close_conversation: %LIA_PROBLEM_STALE_VIEW when there is something newer than @seen, unless @force. */
DexFuture *
lia_client_close_conversation (LiaClient  *self,
                               const char *conversation,
                               gint64      seen,
                               gboolean    force)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return dex_future_then (lia_client_command (self, NULL, "conversation.close", conversation, 0, seen, force, NULL), lia_client_to_true_cb, NULL, NULL);
}

DexFuture *
lia_client_reopen (LiaClient  *self,
                   const char *conversation)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "conversation.reopen", conversation, NULL);
}

/** lia_client_set_language: in which the customer is answered; "" leaves it to what they write. */
DexFuture *
lia_client_set_language (LiaClient  *self,
                         const char *conversation,
                         const char *language)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "conversation.language", conversation, lia_client_with_text ("language", language));
}

/** lia_client_set_tags: the whole list. */
DexFuture *
lia_client_set_tags (LiaClient         *self,
                     const char        *conversation,
                     const char *const *tags)
{
  JsonObject *d;
  JsonArray  *array;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    json_array_add_string_element (array, tags[i]);
  json_object_set_array_member (d, "tags", array);

  return simple (self, "conversation.tag", conversation, d);
}

/** lia_client_mark_read: I have seen everything up to the entry @seq; 0 makes it unread. */
DexFuture *
lia_client_mark_read (LiaClient  *self,
                      const char *conversation,
                      gint64      seq)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = json_object_new ();
  json_object_set_int_member (d, "seq", seq);

  return simple (self, "conversation.read", conversation, d);
}

/** lia_client_update_customer: name, org and notes, if nobody else changed it since its `ver`; else %LIA_PROBLEM_VERSION_CONFLICT. */
DexFuture *
lia_client_update_customer (LiaClient   *self,
                            LiaCustomer *customer)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (customer != NULL);

  d = lia_client_with_text ("customer", customer->id);
  json_object_set_string_member (d, "name", customer->name != NULL ? customer->name : "");
  json_object_set_string_member (d, "org", customer->org != NULL ? customer->org : "");
  json_object_set_string_member (d, "notes", customer->notes != NULL ? customer->notes : "");

  return dex_future_then (lia_client_command (self, NULL, "customer.update", NULL, customer->ver, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}

/**
 * lia_client_set_manners: how a customer is written to.
 * @zone: in which they read times, "" = nobody says; NULL leaves it
 * @formality: (nullable): how responses address them; NULL leaves it
 */
DexFuture *
lia_client_set_manners (LiaClient                *self,
                        const char               *customer,
                        const char               *zone,
                        const LiaCannedFormality *formality)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (customer != NULL);

  d = lia_client_with_text ("customer", customer);
  if (zone != NULL)
    json_object_set_string_member (d, "zone", zone);
  if (formality != NULL)
    json_object_set_string_member (d, "formality", lia_canned_formality_to_string (*formality));

  return dex_future_then (lia_client_command (self, NULL, "customer.update", NULL, 0, 0, FALSE, d), lia_client_to_true_cb, NULL, NULL);
}

/** lia_client_save_draft: @draft NULL discards it. */
DexFuture *
lia_client_save_draft (LiaClient  *self,
                       const char *conversation,
                       LiaDraft   *draft)
{
  g_autoptr (LiaDraft) empty = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  if (draft == NULL)
    {
      empty = lia_draft_new ();
      empty->mode = g_strdup ("email");
      empty->reply = g_strdup ("reply");
    }

  return simple (self, "draft.save", conversation, lia_wire_encode_draft (draft != NULL ? draft : empty));
}

/** lia_client_set_availability: "available", "busy", "paused" or "offline". */
DexFuture *
lia_client_set_availability (LiaClient  *self,
                             const char *state,
                             const char *reason)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = lia_client_with_text ("state", state);
  json_object_set_string_member (d, "reason", reason != NULL ? reason : "");

  return simple (self, "availability.set", NULL, d);
}

/** lia_client_add_mailbox: answers with the channel's id. */
DexFuture *
lia_client_add_mailbox (LiaClient  *self,
                        LiaMailbox *mailbox,
                        const char *password)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (mailbox != NULL);

  d = lia_wire_encode_mailbox (mailbox);
  json_object_set_string_member (d, "kind", "mail");
  json_object_set_string_member (d, "password", password != NULL ? password : "");

  return naming (self, "channel.add", NULL, d, "channel");
}

/** lia_client_update_mailbox: @password NULL keeps the one that is set. */
DexFuture *
lia_client_update_mailbox (LiaClient  *self,
                           const char *channel,
                           LiaMailbox *mailbox,
                           const char *password)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (mailbox != NULL);

  d = lia_wire_encode_mailbox (mailbox);
  lia_json_set_str (d, "channel", channel);
  if (password != NULL)
    json_object_set_string_member (d, "password", password);

  return simple (self, "channel.update", NULL, d);
}

/** lia_client_remove_channel: its conversations stay. */
DexFuture *
lia_client_remove_channel (LiaClient  *self,
                           const char *channel)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "channel.remove", NULL, lia_client_with_text ("channel", channel));
}

/** lia_client_sync_channel: connects now instead of waiting for the next try. */
DexFuture *
lia_client_sync_channel (LiaClient  *self,
                         const char *channel)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return simple (self, "channel.sync", NULL, lia_client_with_text ("channel", channel));
}

static DexFuture *
set_settings (LiaClient  *self,
              JsonObject *settings)
{
  JsonObject *d = json_object_new ();

  json_object_set_object_member (d, "settings", settings);

  return simple (self, "settings.set", NULL, d);
}

static DexFuture *
set_number (LiaClient  *self,
            const char *name,
            int         number)
{
  JsonObject *settings;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  settings = json_object_new ();
  json_object_set_int_member (settings, name, number);

  return set_settings (self, settings);
}

/** lia_client_set_undo_send: 0 sends at once. */
DexFuture *
lia_client_set_undo_send (LiaClient *self,
                          int        seconds)
{
  return set_number (self, "undo_send_s", seconds);
}

/** lia_client_set_notice_gap: for how many @days a customer who was told of a fix is left alone, 0 to 365. Of administrators. */
DexFuture *
lia_client_set_notice_gap (LiaClient *self,
                           int        days)
{
  return set_number (self, "notice_gap_days", days);
}

/** lia_client_set_chat_offer: how many @seconds a chat is offered to one agent, 1 to 600. Of administrators. */
DexFuture *
lia_client_set_chat_offer (LiaClient *self,
                           int        seconds)
{
  return set_number (self, "chat_offer_s", seconds);
}

DexFuture *
lia_client_set_signature (LiaClient  *self,
                          const char *signature)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return set_settings (self, lia_client_with_text ("signature", signature != NULL ? signature : ""));
}
