/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-pbx.h"

#include "lia-client-private.h"
#include "lia-wire.h"

/**
 * lia_channel_dup_pbx:
 * @channel: a phone channel
 * @error: %LIA_PROBLEM_BAD_JSON or %LIA_PROBLEM_VALIDATION when its configuration cannot be read
 *
 * Returns: (transfer full): how the telephone system is set up, without its password
 */
LiaPbx *
lia_channel_dup_pbx (LiaChannel *channel,
                     GError    **error)
{
  g_autoptr (JsonObject) config = lia_json_parse (channel->config != NULL ? channel->config : "", -1, LIA_JSON_MAX_BYTES, error);

  return config != NULL ? lia_wire_decode_pbx (config, error) : NULL;
}

static void
set_passwords (JsonObject *d,
               const char *password,
               const char *recordings_password)
{
  if (password != NULL)
    json_object_set_string_member (d, "password", password);
  if (recordings_password != NULL)
    json_object_set_string_member (d, "recordings_password", recordings_password);
}

static DexFuture *
read_report_cb (DexFuture *future,
                gpointer   data)
{
  JsonObject   *object = g_value_get_boxed (dex_future_get_value (future, NULL));
  GError       *error = NULL;
  LiaPbxReport *report = lia_wire_decode_pbx_report (object, &error);

  return report != NULL ? dex_future_new_take_object (report) : dex_future_new_for_error (error);
}

/**
 * lia_client_test_pbx:
 * @channel: (nullable): the channel that is set up, or is to be changed; NULL for a new one
 * @pbx: (nullable): how it would be; NULL for how it is
 * @password: (nullable): NULL for the one that is kept
 * @recordings_password: (nullable): with which recordings are fetched; NULL for the one that is kept
 * @phone: (nullable): "PJSIP/ann": rings this telephone instead, and lets whoever answers hear a tone
 *
 * Takes up to half a minute, and changes nothing.
 */
DexFuture *
lia_client_test_pbx (LiaClient  *self,
                     const char *channel,
                     LiaPbx     *pbx,
                     const char *password,
                     const char *recordings_password,
                     const char *phone)
{
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (channel != NULL || (pbx != NULL && password != NULL));

  path = g_strconcat ("/v1/doctor/", channel != NULL ? channel : "phone", NULL);
  body = pbx != NULL ? lia_wire_encode_pbx (pbx) : json_object_new ();
  set_passwords (body, password, recordings_password);
  if (phone != NULL)
    json_object_set_string_member (body, "phone", phone);

  return dex_future_then (lia_api_ask (lia_client_get_api (self), path, body), read_report_cb, NULL, NULL);
}

static DexFuture *
to_true_cb (DexFuture *future,
            gpointer   data)
{
  return dex_future_new_true ();
}

static DexFuture *
to_channel_cb (DexFuture *future,
               gpointer   data)
{
  JsonObject *d = g_value_get_boxed (dex_future_get_value (future, NULL));
  GError     *error = NULL;
  const char *channel;

  if (!lia_json_str (d, "channel", LIA_JSON_REQUIRED, 256, &channel, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_for_string (channel);
}

/** lia_client_add_pbx: answers with the channel's id. */
DexFuture *
lia_client_add_pbx (LiaClient  *self,
                    LiaPbx     *pbx,
                    const char *password,
                    const char *recordings_password)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (pbx != NULL);

  d = lia_wire_encode_pbx (pbx);
  json_object_set_string_member (d, "kind", "phone");
  set_passwords (d, password != NULL ? password : "", recordings_password);

  return dex_future_then (lia_client_command (self, NULL, "channel.add", NULL, 0, 0, FALSE, d), to_channel_cb, NULL, NULL);
}

/** lia_client_update_pbx: a password that is NULL stays the one that is set. */
DexFuture *
lia_client_update_pbx (LiaClient  *self,
                       const char *channel,
                       LiaPbx     *pbx,
                       const char *password,
                       const char *recordings_password)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (pbx != NULL);

  d = lia_wire_encode_pbx (pbx);
  lia_json_set_str (d, "channel", channel);
  set_passwords (d, password, recordings_password);

  return dex_future_then (lia_client_command (self, NULL, "channel.update", NULL, 0, 0, FALSE, d), to_true_cb, NULL, NULL);
}

/** lia_client_set_agent_phone: at which telephone the agent sits; all three empty: at none. */
DexFuture *
lia_client_set_agent_phone (LiaClient  *self,
                            const char *agent,
                            const char *phone,
                            const char *extension,
                            const char *member)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = json_object_new ();
  lia_json_set_str (d, "agent", agent);
  lia_json_set_str (d, "phone", phone);
  lia_json_set_str (d, "extension", extension);
  lia_json_set_str (d, "member", member);

  return dex_future_then (lia_client_command (self, NULL, "agent.save", NULL, 0, 0, FALSE, d), to_true_cb, NULL, NULL);
}

/** lia_client_save_queue: what its callers are promised, what its agents have time for, and when it is open; its name and where it is stay. */
DexFuture *
lia_client_save_queue (LiaClient *self,
                       LiaQueue  *queue)
{
  JsonObject *d;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  d = json_object_new ();
  lia_json_set_str (d, "queue", queue->id);
  lia_json_set_str (d, "service_level", queue->service_level);
  json_object_set_int_member (d, "service_target_s", queue->service_target_ms / 1000);
  json_object_set_int_member (d, "short_s", queue->short_ms / 1000);
  json_object_set_int_member (d, "wrapup_s", queue->wrapup_ms / 1000);
  json_object_set_int_member (d, "callback_target_s", queue->callback_target_ms / 1000);
  if (queue->hours != NULL)
    json_object_set_object_member (d, "hours", lia_wire_encode_hours (queue->hours));
  else
    json_object_set_null_member (d, "hours");

  return dex_future_then (lia_client_command (self, NULL, "queue.save", NULL, 0, 0, FALSE, d), to_true_cb, NULL, NULL);
}
