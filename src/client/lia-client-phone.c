/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands of the telephone: those of one call reach the engine in the order in which they were given, and wait for no other call's. */

#include "lia-client-phone.h"

#include "lia-client-private.h"
#include "lia-replies.h"

/* @d is (transfer full); @lane is what it must stay in order with */
static DexFuture *
send_command (LiaClient  *self,
              const char *kind,
              const char *lane,
              const char *conversation,
              JsonObject *d)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (JsonObject) body = lia_command_encode (key, kind, conversation, 0, 0, FALSE, d);

  return lia_api_command_now (lia_client_get_api (self), lane, body);
}

static DexFuture *
simple (LiaClient  *self,
        const char *kind,
        const char *lane,
        const char *conversation,
        JsonObject *d)
{
  return dex_future_then (send_command (self, kind, lane, conversation, d), lia_client_to_true_cb, NULL, NULL);
}

static JsonObject *
naming_call (LiaCall *call)
{
  JsonObject *d = lia_client_with_text ("call", call->uniqueid);

  if (*call->pbx != '\0')
    json_object_set_string_member (d, "pbx", call->pbx);

  return d;
}

static DexFuture *
of_call (LiaClient  *self,
         const char *kind,
         LiaCall    *call,
         JsonObject *d)
{
  return simple (self, kind, call->uniqueid, NULL, d);
}

static DexFuture *
switching (LiaClient  *self,
           const char *kind,
           LiaCall    *call,
           gboolean    on)
{
  JsonObject *d = naming_call (call);

  json_object_set_boolean_member (d, "on", on);

  return of_call (self, kind, call, d);
}

static DexFuture *
saying (LiaClient  *self,
        const char *kind,
        LiaCall    *call,
        const char *member,
        const char *text)
{
  JsonObject *d = naming_call (call);

  json_object_set_string_member (d, member, text);

  return of_call (self, kind, call, d);
}

static DexFuture *
read_softphone_cb (DexFuture *future,
                   gpointer   data)
{
  JsonObject   *object = g_value_get_boxed (dex_future_get_value (future, NULL));
  GError       *error = NULL;
  LiaSoftphone *softphone = lia_wire_decode_softphone (object, &error);

  return softphone != NULL ? dex_future_new_take_object (softphone) : dex_future_new_for_error (error);
}

/** lia_client_get_softphone: the account of the telephone in my app; %LIA_PROBLEM_NOT_FOUND when I have none. */
DexFuture *
lia_client_get_softphone (LiaClient *self)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return dex_future_then (lia_api_get (lia_client_get_api (self), "/v1/phone/account"), read_softphone_cb, NULL, NULL);
}

/** lia_client_get_softphone_of: the account of a colleague's, without its secret; %LIA_PROBLEM_NOT_FOUND when there is none. For administrators. */
DexFuture *
lia_client_get_softphone_of (LiaClient  *self,
                             const char *agent)
{
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (agent != NULL);

  path = g_strconcat ("/v1/phone/account?agent=", agent, NULL);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), read_softphone_cb, NULL, NULL);
}

/**
 * lia_client_set_softphone:
 * @softphone: (nullable): NULL takes it away; an empty secret keeps the one that there is
 *
 * The account of the telephone in @agent's app. For administrators.
 */
DexFuture *
lia_client_set_softphone (LiaClient    *self,
                          const char   *agent,
                          LiaSoftphone *softphone)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = lia_client_with_text ("agent", agent);
  if (softphone != NULL)
    json_object_set_object_member (d, "account", lia_wire_encode_softphone (softphone));
  else
    json_object_set_null_member (d, "account");

  return simple (self, "agent.phone", agent, NULL, d);
}

/**
 * lia_client_dial:
 * @number: as people write it
 * @conversation: (nullable): which the call becomes a part of
 *
 * My telephone rings, and when it is taken the number is called. Answers with the call's `uniqueid`, which the telephone is also told as the mark
 * of the call that rings there.
 */
DexFuture *
lia_client_dial (LiaClient  *self,
                 const char *number,
                 const char *conversation)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (number != NULL);

  d = lia_client_with_text ("number", number);

  return dex_future_then (send_command (self, "call.dial", "call.dial", conversation, d), lia_client_to_string_cb, (gpointer) "call", NULL);
}

DexFuture *
lia_client_answer_call (LiaClient *self,
                        LiaCall   *call)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return of_call (self, "call.answer", call, naming_call (call));
}

/** lia_client_hang_up: ends my part in it. */
DexFuture *
lia_client_hang_up (LiaClient *self,
                    LiaCall   *call)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return of_call (self, "call.hangup", call, naming_call (call));
}

DexFuture *
lia_client_hold_call (LiaClient *self,
                      LiaCall   *call,
                      gboolean   on)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return switching (self, "call.hold", call, on);
}

DexFuture *
lia_client_mute_call (LiaClient *self,
                      LiaCall   *call,
                      gboolean   on)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return switching (self, "call.mute", call, on);
}

/** lia_client_send_keys: @keys: of 0 to 9, *, #, A to D. */
DexFuture *
lia_client_send_keys (LiaClient  *self,
                      LiaCall    *call,
                      const char *keys)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return saying (self, "call.dtmf", call, "keys", keys);
}

/** lia_client_transfer_call: at once. @to: an extension, a number, or an agent's id. */
DexFuture *
lia_client_transfer_call (LiaClient  *self,
                          LiaCall    *call,
                          const char *to)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return saying (self, "call.transfer", call, "to", to);
}

/** lia_client_consult: the customer hears music while I speak to @to. */
DexFuture *
lia_client_consult (LiaClient  *self,
                    LiaCall    *call,
                    const char *to)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return saying (self, "call.consult", call, "to", to);
}

/** lia_client_complete_transfer: the customer goes to whom I consult, once that one has answered. */
DexFuture *
lia_client_complete_transfer (LiaClient *self,
                              LiaCall   *call)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return of_call (self, "call.complete", call, naming_call (call));
}

/** lia_client_cancel_transfer: I have the customer again. */
DexFuture *
lia_client_cancel_transfer (LiaClient *self,
                            LiaCall   *call)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return of_call (self, "call.cancel", call, naming_call (call));
}

DexFuture *
lia_client_park_call (LiaClient *self,
                      LiaCall   *call,
                      gboolean   on)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return switching (self, "call.park", call, on);
}

/** lia_client_record_call: @consent: the other side was asked, and agreed; it is kept with the call. */
DexFuture *
lia_client_record_call (LiaClient *self,
                        LiaCall   *call,
                        gboolean   on,
                        gboolean   consent)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  d = naming_call (call);
  json_object_set_boolean_member (d, "on", on);
  if (on)
    json_object_set_boolean_member (d, "consent", consent);

  return of_call (self, "call.record", call, d);
}

/** lia_client_take_call: this waiting caller, for me. */
DexFuture *
lia_client_take_call (LiaClient *self,
                      LiaCall   *call)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return of_call (self, "call.take", call, naming_call (call));
}

/** lia_client_note_call: @text replaces the call's note; also after its end. */
DexFuture *
lia_client_note_call (LiaClient  *self,
                      LiaCall    *call,
                      const char *text)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return saying (self, "call.note", call, "text", text);
}

/** lia_client_wrap_up_call: what it came to, and its note; ends my wrap-up. */
DexFuture *
lia_client_wrap_up_call (LiaClient  *self,
                         LiaCall    *call,
                         const char *disposition,
                         const char *text)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  d = naming_call (call);
  json_object_set_string_member (d, "disposition", disposition);
  json_object_set_string_member (d, "text", text);

  return of_call (self, "call.wrapup", call, d);
}

/** lia_client_extend_wrap_up: my wrap-up ends so much later; %LIA_PROBLEM_VERSION_CONFLICT when its clock does not run. */
DexFuture *
lia_client_extend_wrap_up (LiaClient *self,
                           guint      by_s)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = json_object_new ();
  json_object_set_int_member (d, "by_s", by_s);

  return simple (self, "wrapup.extend", "wrapup", NULL, d);
}

/** lia_client_supervise_call: @mode: "listen", "whisper" or "barge". @name: (nullable): by which my telephone knows the ringing: see API.md. */
DexFuture *
lia_client_supervise_call (LiaClient  *self,
                           LiaCall    *call,
                           const char *agent,
                           const char *mode,
                           const char *name)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  d = naming_call (call);
  json_object_set_string_member (d, "agent", agent);
  json_object_set_string_member (d, "mode", mode);
  if (name != NULL)
    json_object_set_string_member (d, "name", name);

  return of_call (self, "call.supervise", call, d);
}

DexFuture *
lia_client_move_call (LiaClient  *self,
                      LiaCall    *call,
                      const char *queue)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  return saying (self, "queue.move-call", call, "queue", queue);
}

/** lia_client_set_call_priority: higher is sooner. */
DexFuture *
lia_client_set_call_priority (LiaClient *self,
                              LiaCall   *call,
                              int        priority)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  d = naming_call (call);
  json_object_set_int_member (d, "priority", priority);

  return of_call (self, "queue.priority", call, d);
}

/** lia_client_log_in_queue: @agent joins the phone queue, or leaves it. */
DexFuture *
lia_client_log_in_queue (LiaClient  *self,
                         const char *queue,
                         const char *agent,
                         gboolean    on)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = lia_client_with_text ("queue", queue);
  lia_json_set_str (d, "agent", agent);
  json_object_set_boolean_member (d, "on", on);

  return simple (self, "queue.login", agent, NULL, d);
}

DexFuture *
lia_client_pause_agent (LiaClient  *self,
                        const char *agent,
                        gboolean    on,
                        const char *reason)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = lia_client_with_text ("agent", agent);
  json_object_set_boolean_member (d, "on", on);
  json_object_set_string_member (d, "reason", reason != NULL ? reason : "");

  return simple (self, "queue.pause-agent", agent, NULL, d);
}

static DexFuture *
read_joined_page_cb (DexFuture *future,
                     gpointer   data)
{
  GError        *error = NULL;
  LiaJoinedPage *page = lia_wire_decode_joined_page (lia_client_get_reply (future), &error);

  return page != NULL ? dex_future_new_take_object (page) : dex_future_new_for_error (error);
}

/**
 * lia_client_join_page:
 * @code: that the caller has read out, as it was typed
 * @same: the agent says that page and call are the same customer's
 *
 * %LIA_PROBLEM_NOT_FOUND: no page shows it; %LIA_PROBLEM_RATE_LIMITED: too many were wrong.
 */
DexFuture *
lia_client_join_page (LiaClient  *self,
                      LiaCall    *call,
                      const char *code,
                      gboolean    same)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (LIA_IS_CALL (call));

  d = naming_call (call);
  json_object_set_string_member (d, "code", code);
  json_object_set_boolean_member (d, "same", same);

  return dex_future_then (send_command (self, "call.join", call->uniqueid, NULL, d), read_joined_page_cb, NULL, NULL);
}

/** lia_client_create_callback: a call that was promised; answers with its entry. */
DexFuture *
lia_client_create_callback (LiaClient  *self,
                            const char *conversation,
                            gint64      due_ms,
                            const char *number,
                            const char *reason)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (conversation != NULL);

  d = lia_client_with_text ("number", number);
  lia_json_set_time (d, "due", due_ms);
  json_object_set_string_member (d, "reason", reason != NULL ? reason : "");

  return dex_future_then (lia_client_command (self, NULL, "callback.create", conversation, 0, 0, FALSE, d), lia_client_to_string_cb, (gpointer) "entry", NULL);
}

/** lia_client_finish_callback: @entry: a promise or a missed call; no call is needed any more. */
DexFuture *
lia_client_finish_callback (LiaClient  *self,
                            const char *entry)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  return dex_future_then (lia_client_command (self, NULL, "callback.done", NULL, 0, 0, FALSE, lia_client_with_text ("entry", entry)), lia_client_to_true_cb, NULL, NULL);
}
